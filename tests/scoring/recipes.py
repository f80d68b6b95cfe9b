"""Recipes drawn by hypothesis: a law that breaks is shown by the plainest answer that breaks it."""

from hypothesis import strategies as st

from tests.scoring.composed_answers import ComposedAnswer, Recipe, compose, materials


@st.composite
def recipes(draw: st.DrawFn, *, fluent: bool = False) -> Recipe:
    """Draw a recipe; a fluent one has no filled pauses of its own."""
    return Recipe(
        material=draw(st.integers(0, len(materials()) - 1)),
        seed=draw(st.integers(0, 10_000)),
        told=draw(
            st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 4), st.integers(0, 1))
        ),
        specific=draw(st.sampled_from((0.0, 0.5, 1.0))),
        verbatim=draw(st.sampled_from((0.0, 0.5, 1.0))),
        together=draw(st.booleans()),
        opinions=draw(st.integers(0, 3)),
        asides=draw(st.integers(0, 2)),
        words_per_minute=float(draw(st.integers(90, 230))),
        pauses=draw(st.sampled_from((0.0, 1.0, 4.0))),
        fillers=0.0 if fluent else draw(st.sampled_from((0.0, 4.0, 12.0))),
        hedges=draw(st.sampled_from((0.0, 2.0))),
    )


def composed(*, fluent: bool = False) -> st.SearchStrategy[ComposedAnswer]:
    """Draw an answer."""
    return recipes(fluent=fluent).map(compose)

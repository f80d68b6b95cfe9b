"""The laws of scoring, measured: each function tells for each case whether its law held.

The tests ask that enough of a small sample hold; `benchmarks/laws.py` prints the shares of large
ones. Overalls are those of the whole answer with its sound where a recipe says how it was spoken,
and of its content alone where only words are changed.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from question_bank.outline import StarPart
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import (
    WrittenAnswer,
    denied,
    keyword_salad,
    planned,
    spoken,
    unpunctuated,
)
from tests.scoring.composed_answers import (
    ComposedAnswer,
    compose,
    materials,
    other_outlines,
    outline_of,
    spoken_like,
    spoken_twice,
)
from tests.scoring.judging import CONTENT, criterion, judge, levels, score
from voicecoach.scoring.coverage import cover_outline, coverage_level
from voicecoach.scoring.result import CriterionName, PointCoverage, PointState, Score
from voicecoach.scoring.rubric import part_of_overall
from voicecoach.speech.contracts import SentenceEncoder

UNNOTICED: Final = 0.5
"""A gain of less than this (of 100) is nothing: advice does not mention what would win less. A
level that rises evenly moves by hundredths when words are added anywhere, as the words around a
word shift its vector."""

UNNOTICED_LEVEL: Final = 0.1
"""The same for the level (1-5) of one criterion."""

RANK: Final = {PointState.NOT_HEARD: 0, PointState.PARTLY: 1, PointState.SAID: 2}
OF_THE_RUBRIC: Final = (
    "That was the situation, that was my task, that was the action, and that was the result.",
    "So, situation, task, action, result.",
    "Now I come to the situation, then the task, then the action and at last the result.",
    "This answer has a situation, a task, an action and a result.",
)


# An added result


def with_a_result(
    answers: Sequence[ComposedAnswer], encoder: SentenceEncoder
) -> list[tuple[Score, Score]]:
    """Return scores without and with a result, bare and proved; none where there are no stories.

    Both are spoken in the same manner, the result at the end.
    """
    pairs: list[tuple[Score, Score]] = []
    for answer in answers:
        units = materials()[answer.recipe.material].units
        without = _told_without(answer, StarPart.RESULT)
        for unit in units:
            for result in (unit.plain, unit.said) if unit.part is StarPart.RESULT else ():
                before = judge(answer.written, spoken_like(answer.recipe, without), encoder)
                after = judge(
                    answer.written, spoken_like(answer.recipe, f"{without} {result}"), encoder
                )
                if isinstance(before, Score) and isinstance(after, Score):
                    pairs.append((before, after))
    return pairs


def structure_never_falls(before: Score, after: Score) -> bool:
    """An added result never lowers the level of structure."""
    return levels(after)[CriterionName.STRUCTURE] >= levels(before)[CriterionName.STRUCTURE]


def only_delivery_falls(before: Score, after: Score) -> bool:
    """An added result lowers no criterion but delivery, and the overall by no more than that.

    Delivery may fall because the answer grows longer, and with it the overall.
    """
    if any(
        level <= levels(before)[name] - UNNOTICED_LEVEL for name, level in _content(after).items()
    ):
        return False
    lost = max(
        0.0, earned_by(before, CriterionName.DELIVERY) - earned_by(after, CriterionName.DELIVERY)
    )
    return after.overall >= before.overall - lost - UNNOTICED


def _told_without(answer: ComposedAnswer, part: StarPart) -> str:
    ids = {point.id for point in answer.written.outline.points if point.part is part}
    return " ".join(one.text for one in answer.written.sentences if one.says not in ids)


def earned_by(scored: Score, name: CriterionName) -> float:
    """Return what a criterion adds to the overall (of 100); 0 where it is absent."""
    found = criterion(scored, name)
    if found is None or found.level is None:
        return 0.0
    return part_of_overall(found.level, found.weight)


def _content(scored: Score) -> dict[CriterionName, float]:
    return {name: level for name, level in levels(scored).items() if name in CONTENT}


# Filled pauses


def with_filled_pauses(
    answers: Sequence[ComposedAnswer], encoder: SentenceEncoder
) -> list[tuple[Score, Score]]:
    """Return scores of each answer spoken fluently and with exactly ten fillers per 100 words."""
    pairs: list[tuple[Score, Score]] = []
    for answer in answers:
        recipe = replace(answer.recipe, fillers=0.0)
        text = compose(recipe).written.text
        pairs.append(
            (
                score(answer.written, spoken_like(recipe, text), encoder),
                score(answer.written, spoken_like(recipe, _ten_in_a_hundred(text)), encoder),
            )
        )
    return pairs


def content_unmoved(fluent: Score, filled: Score) -> bool:
    """Filled pauses move no content criterion and no point at all."""
    return _content(fluent) == _content(filled) and _states_of(fluent) == _states_of(filled)


def delivery_half_a_level_lower(fluent: Score, filled: Score) -> bool:
    """Ten filled pauses per 100 words lower delivery by half a level at least."""
    return levels(filled)[CriterionName.DELIVERY] <= levels(fluent)[CriterionName.DELIVERY] - 0.5


def _ten_in_a_hundred(text: str) -> str:
    words = text.split()
    return " ".join(
        f"{('um', 'uh', 'er')[place % 3]} {word}" if place % 10 == 5 else word
        for place, word in enumerate(words)
    )


# Another question


@dataclass(frozen=True, slots=True)
class Swapped:
    """An answer given to another question: was its relevance lowered, was the overall capped."""

    lowered: bool
    capped: bool


def swapped(answers: Sequence[ComposedAnswer], encoder: SentenceEncoder) -> list[Swapped]:
    """Give each answer to another question too (the person has outlines for both)."""
    found: list[Swapped] = []
    for answer in answers:
        material = materials()[answer.recipe.material]
        chance = random.Random(answer.recipe.seed)
        other = chance.choice([one for one in materials() if one is not material])
        third = chance.choice([one for one in materials() if one not in (material, other)])
        asked = WrittenAnswer(other.name, other.kind, other.question, outline_of(other), ())
        right = score(
            answer.written,
            answer.written.text,
            encoder,
            others={one.question: outline_of(one) for one in (other, third)},
        )
        wrong = score(
            asked,
            answer.written.text,
            encoder,
            others={one.question: outline_of(one) for one in (material, third)},
        )
        lowered = levels(wrong)[CriterionName.RELEVANCE] < levels(right)[CriterionName.RELEVANCE]
        found.append(Swapped(lowered, wrong.capped_by is not None and wrong.overall <= 20))
    return found


def own_answer_kept(answers: Sequence[ComposedAnswer], encoder: SentenceEncoder) -> list[bool]:
    """Return for each answer to its own question whether it is not capped, two others beside it."""
    return [
        score(
            answer.written,
            answer.written.text,
            encoder,
            others=other_outlines(answer, most=2),
        ).capped_by
        is None
        for answer in answers
    ]


# Words without sense, points without deed


def salad_covers_little(
    answers: Sequence[WrittenAnswer], encoder: SentenceEncoder, *, seeds: Sequence[int | None]
) -> list[bool]:
    """Keyword salad, shuffled or (seed None) in order, has coverage of level 2 at most."""
    return [
        coverage_level(
            cover(answer, keyword_salad(answer.outline, seed=seed), encoder), answer.outline
        )
        <= 2
        for answer in answers
        for seed in seeds
    ]


def denied_not_said(answers: Sequence[WrittenAnswer], encoder: SentenceEncoder) -> list[bool]:
    """Return for each point that is denied, sentence by sentence, whether it is not "said"."""
    return _not_said(answers, encoder, lambda answer: denied(answer.sentences, seed=1))


def planned_not_said(answers: Sequence[WrittenAnswer], encoder: SentenceEncoder) -> list[bool]:
    """Return for each point merely planned whether it is not "said" (questions on the past)."""
    past = [one for one in answers if one.kind is QuestionKind.BEHAVIOURAL]
    return _not_said(past, encoder, lambda answer: planned(answer.outline, seed=1))


def _not_said(
    answers: Sequence[WrittenAnswer],
    encoder: SentenceEncoder,
    told: Callable[[WrittenAnswer], str],
) -> list[bool]:
    return [
        point.state is not PointState.SAID
        for answer in answers
        for point in cover(answer, told(answer), encoder)
    ]


# More of the same, less of it


def doubling_raises_nothing(
    answers: Sequence[ComposedAnswer], encoder: SentenceEncoder
) -> list[bool]:
    """Saying the whole answer twice raises no criterion and not the overall."""
    held: list[bool] = []
    for answer in answers:
        text = answer.text
        once = judge(answer.written, spoken_like(answer.recipe, text), encoder)
        twice = judge(answer.written, spoken_twice(answer.recipe, text), encoder)
        if isinstance(once, Score):
            held.append(isinstance(twice, Score) and _raises_nothing(once, twice))
    return held


def gains_by_rubric_words(
    answers: Sequence[ComposedAnswer], encoder: SentenceEncoder
) -> list[float]:
    """Return what the overall (content, of 100) gains by saying "situation, task, action, result".

    The words are said before the answer and after it, in four ways each.
    """
    gains: list[float] = []
    for answer in answers:
        text = answer.written.text
        plain = score(answer.written, text, encoder)
        gains += [
            round(score(answer.written, said, encoder).overall - plain.overall, 1)
            for words in OF_THE_RUBRIC
            for said in (f"{words} {text}", f"{text} {words}")
        ]
    return gains


def _raises_nothing(before: Score, after: Score) -> bool:
    return after.overall <= before.overall and all(
        level <= levels(before)[name] for name, level in levels(after).items()
    )


@dataclass(frozen=True, slots=True)
class Deletion:
    """A sentence left out: did its point drop, how many other points moved, of how many."""

    dropped: bool
    moved: int
    others: int


def deletions(answers: Sequence[WrittenAnswer], encoder: SentenceEncoder) -> list[Deletion]:
    """Leave out each sentence whose point was heard, one at a time."""
    found: list[Deletion] = []
    for answer in answers:
        before = states(answer, answer.text, encoder)
        told = {sentence.says for sentence in answer.sentences}
        for number, point in enumerate(answer.outline.points):
            if point.id not in told or before[number] is PointState.NOT_HEARD:
                continue
            after = states(answer, answer.without(point.id), encoder)
            others = [place for place in range(len(before)) if place != number]
            found.append(
                Deletion(
                    RANK[after[number]] < RANK[before[number]],
                    sum(before[place] is not after[place] for place in others),
                    len(others),
                )
            )
    return found


# The same in another form


def unmoved_without_punctuation(
    answers: Sequence[WrittenAnswer], encoder: SentenceEncoder
) -> list[bool]:
    """Return for each point whether it keeps its state without punctuation and capitals."""
    return [
        before is after
        for answer in answers
        for before, after in zip(
            states(answer, answer.text, encoder),
            states(answer, unpunctuated(answer.text), encoder),
            strict=True,
        )
    ]


# Points


def cover(answer: WrittenAnswer, text: str, encoder: SentenceEncoder) -> tuple[PointCoverage, ...]:
    """Return the coverage of the answer's outline in a text."""
    return cover_outline(spoken(text), answer.outline, encoder, kind=answer.kind)


def states(answer: WrittenAnswer, text: str, encoder: SentenceEncoder) -> list[PointState]:
    """Return the state of each point of the answer's outline in a text."""
    return [point.state for point in cover(answer, text, encoder)]


def _states_of(scored: Score) -> list[PointState]:
    found = criterion(scored, CriterionName.COVERAGE)
    return [] if found is None else [point.state for point in found.points]


def share(held: Sequence[bool]) -> float:
    """Return the share (0-1) of cases that held."""
    return sum(held) / len(held)

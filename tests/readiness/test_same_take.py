"""When two takes are one recording: laws over any words and any rhythm."""

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.same_take import FEWEST_WORDS, RHYTHM_SECONDS, same_sound
from voicecoach.speech.transcript import TranscriptSource, Word, transcript_from_words

STEPS = st.lists(st.floats(0.15, 2.0), min_size=3 * FEWEST_WORDS, max_size=4 * FEWEST_WORDS)


def words(steps: list[float], *, first: int = 0) -> tuple[Word, ...]:
    """Distinct words, each after its step (seconds), from one of them on."""
    starts = [sum(steps[first:place]) for place in range(first, len(steps))]
    said = [f"word{place}" for place in range(first, len(steps))]
    timed: list[tuple[str, float | None, float | None, float | None]] = [
        (word, at, at + 0.1, 0.9) for word, at in zip(said, starts, strict=True)
    ]
    return transcript_from_words(timed, version=1, source=TranscriptSource.MACHINE).words


@given(steps=STEPS, cut=st.integers(0, FEWEST_WORDS))
def test_a_recording_is_the_same_wherever_its_beginning_was_cut(
    steps: list[float], cut: int
) -> None:
    assert same_sound(words(steps), words(steps, first=cut))
    assert same_sound(words(steps, first=cut), words(steps))


@given(steps=STEPS, hold=st.floats(2.1 * RHYTHM_SECONDS, 0.5))
def test_the_same_words_in_another_rhythm_are_another_take(steps: list[float], hold: float) -> None:
    held = [step + hold * (place % 2) for place, step in enumerate(steps)]
    assert not same_sound(words(steps), words(held))


@given(steps=STEPS)
def test_other_words_and_few_words_are_never_the_same(steps: list[float]) -> None:
    assert not same_sound(words(steps), ())
    assert not same_sound(words(steps[: FEWEST_WORDS - 1]), words(steps[: FEWEST_WORDS - 1]))

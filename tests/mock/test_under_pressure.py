"""When the interviewer breaks in, how their silence ends, and what is no longer the person's."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import InvalidInputError
from question_bank.question import QuestionKind
from tests.store.attempts import heard, whole
from voicecoach.intervention import (
    Intervention,
    InterventionKind,
    sound_of_the_person,
    words_of_the_person,
)
from voicecoach.mock_pressure import (
    EARLIEST_SHARE,
    LATEST_SHARE,
    PROMPTS,
    SHARE_INTERRUPTED,
    Interruption,
    Pressure,
    checked_pressure,
    interruption_of,
)
from voicecoach.speech.span import Span
from voicecoach.under_pressure import AnswerPressure, Moment, UnderPressure

LOUD, QUIET = -20.0, -70.0
PROMPT = Interruption(after_seconds=5.0, words="Sorry to cut in: what was the result?")


def play(
    watch: UnderPressure, blocks: Sequence[tuple[float, float]], begin: float = 0.0
) -> list[tuple[float, Moment]]:
    """Let it hear (level, seconds) stretches in blocks of a tenth; return what happened when."""
    happened = []
    count = round(begin * 10)
    for level, seconds in blocks:
        for _ in range(round(seconds * 10)):
            count += 1
            moment = watch.hear(level, count / 10)
            if moment is not None:
                happened.append((count / 10, moment))
    return happened


def test_the_interviewer_breaks_in_at_the_first_pause_after_the_time_and_only_once() -> None:
    watch = UnderPressure(AnswerPressure(interruption=PROMPT))
    # Two seconds of silence first, so that 5 s of speaking are reached 7.5 s into the answer.
    happened = play(
        watch,
        [(QUIET, 2), (LOUD, 3), (QUIET, 0.5), (LOUD, 4), (QUIET, 0.3), (LOUD, 1), (QUIET, 2)],
    )
    assert happened == [(11.2, Moment.BREAK_IN)], "0.3 s is no pause, 0.4 s is one"
    assert play(watch, [(LOUD, 20), (QUIET, 3)], begin=12.8) == []


def test_nobody_breaks_in_where_no_pause_comes_or_nothing_was_chosen() -> None:
    speaking = [(QUIET, 1.0), *[(LOUD, 1.5), (QUIET, 0.2)] * 40]  # stops, and no pause
    assert play(UnderPressure(AnswerPressure(interruption=PROMPT)), speaking) == []
    silent = [*speaking, (QUIET, 9.0)]
    assert play(UnderPressure(AnswerPressure()), silent) == []


def test_thinking_before_speaking_counts_for_nothing() -> None:
    watch = UnderPressure(AnswerPressure(interruption=PROMPT))
    assert play(watch, [(QUIET, 60), (LOUD, 4.9), (QUIET, 10)]) == []


def test_a_noisy_room_is_not_taken_for_speech() -> None:
    watch = UnderPressure(AnswerPressure(interruption=PROMPT))
    assert play(watch, [(-38.0, 40)]) == []
    assert play(watch, [(LOUD, 6), (-38.0, 1)], begin=40) == [(46.4, Moment.BREAK_IN)]


def test_where_the_prompt_lies_is_taken_from_who_played_it_and_from_nobody_who_lies() -> None:
    watch = UnderPressure(AnswerPressure(interruption=PROMPT))
    play(watch, [(QUIET, 1), (LOUD, 5), (QUIET, 0.4)])
    said = watch.break_in(2.0)
    assert (said.start_seconds, said.end_seconds, said.words) == (6.4, 8.9, PROMPT.words)
    play(watch, [(QUIET, 0.2), (LOUD, 2), (QUIET, 1)], begin=6.4)
    for start, end in ((1.0, 2.0), (7.0, 6.9), (6.7, 60.0)):
        assert not watch.prompt_was_heard(start, end)
    assert watch.interventions == (said,)
    assert not said.played
    assert not watch.prompt_begins(1.0)
    assert watch.prompt_begins(6.5)
    begun = watch.interventions[0]
    assert (begun.start_seconds, begun.end_seconds, begun.played) == (6.5, 8.5, True)
    assert watch.prompt_was_heard(6.6, 8.6)
    assert (watch.interventions[0].start_seconds, watch.interventions[0].end_seconds) == (6.6, 8.6)


def test_only_a_prompt_that_was_played_takes_words_and_pauses_out_of_the_answer() -> None:
    transcript = heard(text="one two three four five six seven eight")
    sound = whole("question").sound
    assert sound is not None
    sound = replace(sound, pauses=(Span(start_seconds=3.0, end_seconds=4.5),))
    decided = Intervention(
        kind=InterventionKind.INTERRUPTION,
        start_seconds=1.0,
        end_seconds=3.0,
        words=PROMPT.words,
        played=False,
    )
    assert words_of_the_person(transcript, [decided]) == transcript
    assert sound_of_the_person(sound, [decided]) == sound
    played = replace(decided, played=True)
    assert words_of_the_person(transcript, [played]).text == "one two seven eight"
    assert sound_of_the_person(sound, [played]).pauses == ()


def test_after_the_silence_the_answer_ends() -> None:
    watch = UnderPressure(AnswerPressure(silence_seconds=5))
    assert play(watch, [(QUIET, 1), (LOUD, 4)]) == []
    assert not watch.end(), "the recording goes on"
    assert watch.in_silence
    # A chair creaks for 0.3 s.
    assert play(watch, [(QUIET, 2), (LOUD, 0.3), (QUIET, 8)], begin=5)[0] == (
        10.0,
        Moment.SILENCE_OVER,
    )


def test_who_goes_on_in_the_silence_goes_on_with_the_same_answer_and_may_end_it_again() -> None:
    watch = UnderPressure(AnswerPressure(silence_seconds=5))
    play(watch, [(QUIET, 1), (LOUD, 4)])
    watch.end()
    assert play(watch, [(QUIET, 3), (LOUD, 2)], begin=5) == [(8.5, Moment.GOES_ON)]
    assert not watch.in_silence
    silence = watch.interventions[0]
    assert silence.kind is InterventionKind.SILENCE
    assert (silence.start_seconds, silence.end_seconds) == (5.0, 8.0)
    assert not watch.end()
    assert watch.end(), "whoever says it twice means it"


def test_without_a_silence_the_end_is_the_end() -> None:
    assert UnderPressure(AnswerPressure()).end()


def test_an_answer_gone_on_with_is_not_broken_into_again() -> None:
    first = UnderPressure(AnswerPressure(interruption=PROMPT))
    play(first, [(QUIET, 1), (LOUD, 5), (QUIET, 0.4)])
    first.break_in(2.0)
    again = UnderPressure(
        AnswerPressure(interruption=PROMPT), before=first.interventions, begun_seconds=12
    )
    assert play(again, [(LOUD, 20), (QUIET, 3)], begin=12) == []


@given(st.text(), st.integers(1, 20), st.sampled_from(QuestionKind), st.integers(20, 300))
def test_chance_is_the_interviews_own_and_stays_within_its_bounds(
    seed: str, number: int, kind: QuestionKind, target: int
) -> None:
    found = interruption_of(seed, number, kind=kind, target_seconds=target)
    assert found == interruption_of(seed, number, kind=kind, target_seconds=target)
    if found is not None:
        assert EARLIEST_SHARE * target - 0.1 <= found.after_seconds <= LATEST_SHARE * target + 0.1
        assert found.words in PROMPTS[kind]


def test_about_half_of_the_answers_are_broken_into_and_every_prompt_is_used() -> None:
    found = [
        interruption_of(f"m{seed}", number, kind=QuestionKind.BEHAVIOURAL, target_seconds=120)
        for seed in range(100)
        for number in range(1, 6)
    ]
    used = [one.words for one in found if one is not None]
    assert abs(len(used) / len(found) - SHARE_INTERRUPTED) < 0.07
    assert set(used) == set(PROMPTS[QuestionKind.BEHAVIOURAL])


def test_no_pressure_is_on_unless_it_is_chosen_and_what_is_on_is_said_plainly() -> None:
    assert not Pressure().is_on
    assert Pressure().words == ()
    everything = checked_pressure(interruptions=True, limit_seconds=90, silence_seconds=10)
    assert everything.is_on
    assert len(everything.words) == 3
    assert "each answer ends after 1 minute and 30 seconds" in everything.words


@pytest.mark.parametrize(("limit", "silence"), [(14, None), (601, None), (None, 1), (None, 31)])
def test_limits_and_silences_out_of_bounds_are_refused(
    limit: int | None, silence: int | None
) -> None:
    with pytest.raises(InvalidInputError, match="seconds"):
        checked_pressure(interruptions=False, limit_seconds=limit, silence_seconds=silence)

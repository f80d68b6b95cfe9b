"""Words that are not English, made up or in circles are refused; unusual words are not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from benchmarks.unscoreable_transcripts import (
    HOPELESS,
    answers,
    clear_voice,
    fluent,
    unusual_answers,
    word_cases,
)
from question_bank.question import QuestionKind
from tests.scoring.speaking import sound_of
from voicecoach.scoring.content import content_of
from voicecoach.scoring.language_of_words import is_not_english
from voicecoach.scoring.one_near_voice import (
    FAR_VOICE,
    LEAST_SECONDS,
    SEVERAL_VOICES,
    reason_against_the_voice,
)
from voicecoach.scoring.unscoreable import reasons_against_scoring
from voicecoach.scoring.words_in_circles import runs_in_circles, share_of_different_runs
from voicecoach.scoring.words_without_voice import is_made_up, share_with_voice
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, typed_transcript
from voicecoach.speech.voice_nearness import Nearness

GERMAN = (
    "Ich habe dann jeden Lieferanten angerufen und nach den Zahlen gefragt und danach haben wir "
    "uns jeden Montag getroffen bis es besser wurde und am Ende waren alle zufrieden mit der Arbeit"
)
CHINESE = "我打电话给每个供应商 然后我们每周一开会 最后客户续签了合同"

BABBLE = Nearness(level_range=11.0, fading=0.5, periodicity=0.55)
FAR = Nearness(level_range=12.0, fading=7.0, periodicity=0.7)


def reasons(transcript: Transcript, sound: SoundMeasures | None) -> tuple[str, ...]:
    return reasons_against_scoring(
        transcript,
        content_of(transcript),
        sound,
        kind=QuestionKind.BEHAVIOURAL,
        expected_language="en",
        follow_up=False,
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("words of low probability", "could not be made out"),
        ("words in circles", "over and over"),
        ("hallucinated lines", "over and over"),
        ("words where nobody speaks", "nobody is heard speaking"),
    ],
)
def test_hopeless_words_are_refused_under_a_clear_voice(name: str, words: str) -> None:
    (reason,) = reasons(*HOPELESS[name](default_rng(3)))

    assert words in reason
    assert "answer again" in reason
    assert "type what you said" in reason


def test_genuine_answers_with_unusual_words_are_never_refused() -> None:
    genuine = [case for case in word_cases(1, seed=0) if not case.refuse]

    assert len(genuine) > 20
    assert [case.name for case in genuine if reasons(case.transcript, case.sound)] == []


@given(st.integers(min_value=1, max_value=3))
def test_an_answer_said_up_to_three_times_does_not_run_in_circles(times: int) -> None:
    assert not runs_in_circles(typed_transcript(" ".join([answers()[0]] * times)))


@given(st.lists(st.sampled_from(answers()[0].split()), min_size=1, max_size=9))
def test_any_few_words_ten_times_over_run_in_circles(words: list[str]) -> None:
    said = typed_transcript(" ".join([*words] * 10))

    # Filled pauses leave no words to go round.
    assert runs_in_circles(said) or share_of_different_runs(said) == 1.0


@pytest.mark.parametrize("text", [GERMAN, CHINESE])
def test_typed_words_in_another_language_are_refused(text: str) -> None:
    (reason,) = reasons(typed_transcript(text), None)

    assert "don't read as English" in reason
    assert "settings" in reason


@given(st.permutations(answers()[0].split()))
def test_no_order_of_english_words_is_another_language(words: list[str]) -> None:
    assert not is_not_english(content_of(typed_transcript(" ".join(words))))


def test_a_short_list_of_names_is_not_another_language() -> None:
    names = unusual_answers()["jargon"][0].split()[:19]

    assert not is_not_english(content_of(typed_transcript(" ".join(names))))


@given(st.lists(st.floats(min_value=0, max_value=60), min_size=5, max_size=30))
def test_words_all_within_speech_are_never_made_up(gaps: list[float]) -> None:
    spans = [Span(start_seconds=100.0 * n, end_seconds=100.0 * n + g) for n, g in enumerate(gaps)]
    sound = sound_of(spans, seconds=100.0 * len(spans))

    transcript = fluent(answers()[0], [span for span in spans if span.seconds > 0] or spans)

    assert share_with_voice(transcript, sound) == 1.0
    assert not is_made_up(transcript, sound)


def test_words_without_times_are_not_called_made_up() -> None:
    assert not is_made_up(typed_transcript(answers()[0]), sound_of([], seconds=20))


def test_a_recording_measured_before_nearness_was_known_is_judged_as_then() -> None:
    assert reason_against_the_voice(clear_voice(20)) is None


UNBROKEN = clear_voice(20)
WITH_BREAKS = sound_of(
    [Span(start_seconds=start, end_seconds=start + 3.0) for start in (1, 5, 9, 13)], seconds=20
)


@pytest.mark.parametrize(
    ("sound", "near", "reason"),
    [(UNBROKEN, BABBLE, SEVERAL_VOICES), (WITH_BREAKS, FAR, FAR_VOICE)],
)
def test_several_signs_are_needed_against_a_voice(
    sound: SoundMeasures, near: Nearness, reason: str
) -> None:
    assert reason_against_the_voice(replace(sound, nearness=near)) == reason
    for one_sign_less in (
        replace(near, level_range=22.5),
        replace(near, periodicity=0.85),
    ):
        assert reason_against_the_voice(replace(sound, nearness=one_sign_less)) is None
    assert reason_against_the_voice(replace(WITH_BREAKS, nearness=BABBLE)) is None


@given(st.floats(min_value=0.6, max_value=LEAST_SECONDS - 0.1))
def test_what_is_too_short_to_tell_is_not_refused_for_its_voice(seconds: float) -> None:
    for near in (BABBLE, FAR):
        assert reason_against_the_voice(replace(clear_voice(seconds), nearness=near)) is None

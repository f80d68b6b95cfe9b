"""Silence, noise, music, other languages and too few words give reasons and no numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import QuestionKind
from tests.scoring.speaking import sound_of, speak
from voicecoach.scoring.content import content_of
from voicecoach.scoring.unscoreable import reasons_against_scoring
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    transcript_from_words,
    typed_transcript,
)

TEXT = (
    "When I started there the orders were late every week so I called each of the suppliers and "
    "asked them for their numbers and after that we met every Monday until it was better"
)


def reasons(
    transcript: Transcript,
    sound: SoundMeasures | None,
    *,
    kind: QuestionKind = QuestionKind.BEHAVIOURAL,
    follow_up: bool = False,
) -> tuple[str, ...]:
    return reasons_against_scoring(
        transcript,
        content_of(transcript),
        sound,
        kind=kind,
        expected_language="en",
        follow_up=follow_up,
    )


def heard(text: str, language: str, probability: float | None) -> Transcript:
    return transcript_from_words(
        [(word, None, None, 0.9) for word in text.split()],
        version=1,
        source=TranscriptSource.MACHINE,
        language=language,
        language_probability=probability,
    )


def test_a_clear_answer_is_judged() -> None:
    assert reasons(*speak(TEXT)) == ()


@pytest.mark.parametrize(
    ("sound", "word"),
    [
        (sound_of([], seconds=20, noise_level=-80), "Nobody"),
        (sound_of([], seconds=20, noise_level=-20), "noise"),
        (sound_of([], seconds=20, noise_level=-20, harmonic_share=0.98), "music"),
        (
            sound_of(
                [Span(start_seconds=0, end_seconds=15)],
                seconds=20,
                harmonic_share=0.9,
            ),
            "music",
        ),
        (
            sound_of([Span(start_seconds=0, end_seconds=15)], seconds=20, clipped_share=0.16),
            "overdriven",
        ),
        (
            sound_of([Span(start_seconds=0, end_seconds=4)], seconds=20, speech_probability=0.5),
            "stands out",
        ),
    ],
)
def test_sound_without_a_clear_voice_is_refused(sound: SoundMeasures, word: str) -> None:
    transcript, _ = speak(TEXT)

    (reason,) = reasons(transcript, sound)

    assert word in reason
    assert "answer again" in reason


def test_another_language_is_refused_where_it_is_sure() -> None:
    german = "ich habe dann jeden Lieferanten angerufen " * 8

    (reason,) = reasons(heard(german, "de", 0.97), None)

    assert "German" in reason
    assert "English" in reason
    assert reasons(heard(TEXT, "de", 0.3), None) == ()
    assert "the language “xx”" in reasons(heard(TEXT, "xx", None), None)[0]


def test_words_that_were_hardly_made_out_are_refused() -> None:
    transcript, sound = speak(TEXT, probability=0.5)

    (reason,) = reasons(transcript, sound)

    assert "type what you said" in reason


@pytest.mark.parametrize(
    ("words", "kind", "follow_up", "refused"),
    [
        (29, QuestionKind.BEHAVIOURAL, False, True),
        (30, QuestionKind.BEHAVIOURAL, False, False),
        (7, QuestionKind.BEHAVIOURAL, True, True),
        (8, QuestionKind.BEHAVIOURAL, True, False),
        (4, QuestionKind.TO_ASK, False, True),
        (5, QuestionKind.TO_ASK, False, False),
        (0, QuestionKind.TECHNICAL, False, True),
    ],
)
def test_too_few_words_depend_on_what_was_asked(
    words: int, kind: QuestionKind, follow_up: bool, refused: bool
) -> None:
    typed = typed_transcript(" ".join(TEXT.split()[:words]))

    assert bool(reasons(typed, None, kind=kind, follow_up=follow_up)) is refused


@given(st.integers(min_value=0, max_value=40))
def test_filled_pauses_do_not_make_an_answer_long_enough(fillers: int) -> None:
    typed = typed_transcript(" ".join(TEXT.split()[:29]) + " um" * fillers)

    assert "only 29 words" in reasons(typed, None)[0]


def test_words_a_person_wrote_are_judged_whatever_the_sound() -> None:
    silence = sound_of([], seconds=20, noise_level=-80)

    assert reasons(typed_transcript(TEXT), silence) == ()


def test_a_reply_to_something_else_is_not_refused() -> None:
    recipe = "First you chop the onions and then you fry them slowly in butter until golden. "

    assert reasons(*speak(recipe * 1 + TEXT)) == ()

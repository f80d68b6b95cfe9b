"""Real sound that is no answer is refused whatever the words say; a person's answer never is."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

from benchmarks.unscoreable_cases import GOOD, REFUSED
from benchmarks.unscoreable_sounds import Samples, as_recorded
from benchmarks.unscoreable_transcripts import answers, fluent, whole
from question_bank.question import QuestionKind
from voicecoach.scoring.content import content_of
from voicecoach.scoring.unscoreable import reasons_against_scoring
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.recording import SAMPLE_RATE, Recording

SEED = 7


def reasons(samples: Samples, text: str, *, language: str | None = None) -> tuple[str, ...]:
    """Judge a recording with fluent words laid under what was heard in it."""
    sound = measure_sound(Recording(samples))
    transcript = fluent(text, sound.speech or whole(sound.seconds), language=language)
    return reasons_against_scoring(
        transcript,
        content_of(transcript),
        sound,
        kind=QuestionKind.BEHAVIOURAL,
        expected_language="en",
        follow_up=False,
    )


@cache
def good_answer(name: str) -> tuple[Samples, str]:
    samples, text, _ = GOOD[name](default_rng([SEED, len(name)]), "tuning")
    return as_recorded(samples), text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("silence", "Nobody"),
        ("noise", "noise"),
        ("hum", "hum|noise"),
        ("fan", "noise"),
        ("music", "music"),
        ("babble", "Several voices at once"),
        ("clipped", "overdriven"),
        ("far television", "far from the microphone"),
    ],
)
def test_sound_that_is_no_answer_is_refused_whatever_the_words_say(name: str, words: str) -> None:
    samples, said, _ = REFUSED[name](default_rng([SEED, len(name)]), "tuning")

    found = reasons(as_recorded(samples), said or answers()[0])

    assert re.search(words, found[0])
    assert "answer again" in found[0]


def test_another_language_is_refused_with_and_without_its_name() -> None:
    samples, said, language = REFUSED["another language"](default_rng(SEED), "tuning")
    recorded = as_recorded(samples)

    assert "not English" in reasons(recorded, said, language=language)[0]
    assert "don't read as English" in reasons(recorded, said)[0]


@pytest.mark.parametrize("name", GOOD)
def test_an_answer_is_judged_under_all_that_a_home_sounds_like(name: str) -> None:
    assert reasons(*good_answer(name)) == ()


@settings(max_examples=8, deadline=None)
@given(
    before=st.floats(min_value=0, max_value=20),
    after=st.floats(min_value=0, max_value=20),
    name=st.sampled_from(sorted(GOOD)),
)
def test_silence_around_an_answer_never_makes_it_unscoreable(
    before: float, after: float, name: str
) -> None:
    samples, text = good_answer(name)
    silences = [np.zeros(round(seconds * SAMPLE_RATE), np.float32) for seconds in (before, after)]

    assert reasons(np.concatenate([silences[0], samples, silences[1]]), text) == ()


@settings(max_examples=6, deadline=None)
@given(louder=st.floats(min_value=-20, max_value=6))
def test_how_loud_an_answer_is_never_makes_it_unscoreable(louder: float) -> None:
    samples, text = good_answer("plain answer")
    loudest = float(np.abs(samples).max())

    scaled = samples * min(10 ** (louder / 20), 0.99 / loudest)

    assert reasons(as_recorded(scaled), text) == ()

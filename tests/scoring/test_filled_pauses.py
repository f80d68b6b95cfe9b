"""Filled pauses: in the text, in the sound, and what they cost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.speaking import sound_of, speak
from voicecoach.scoring.delivery import measure_delivery
from voicecoach.scoring.evidence import Measurement, Quote
from voicecoach.scoring.filled_pauses import (
    FilledPause,
    FilledPauseSource,
    hear_filled_pauses,
)
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import DELIVERY_WEIGHTS, DeliveryMeasure
from voicecoach.scoring.swallowed_time import WordTime, fit_between, without
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words
from voicecoach.speech.vocalic_stretches import VocalicStretch

WORDS = 60


def uh(start: float, seconds: float = 0.4, **changed: float | bool) -> VocalicStretch:
    """Return a stretch as a plain “uh” leaves it."""
    plain = VocalicStretch(
        start_seconds=start,
        end_seconds=start + seconds,
        vowel_end_seconds=start + seconds,
        hum=False,
        first_formant=620.0,
        second_formant=1_300.0,
        first_shift=0.05,
        second_shift=-0.1,
        change=1.8,
        pitch_slope=-3.0,
        pitch_spread=0.4,
        periodicity=0.9,
        level=-6.0,
        brightness=-20.0,
        quiet_beside=20.0,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def answer(
    *,
    gaps: dict[int, float] | None = None,
    stretched: dict[int, float] | None = None,
    texts: dict[int, str] | None = None,
) -> Transcript:
    """Return 60 words of five letters; a gap before some, some longer than they should be."""
    rows: list[tuple[str, float | None, float | None, float | None]] = []
    now = 0.5
    for number in range(WORDS):
        now += (gaps or {}).get(number, 0.0)
        seconds = 0.34 + (stretched or {}).get(number, 0.0)
        rows.append(((texts or {}).get(number, "plans"), now, now + seconds, 0.95))
        now += seconds + 0.02
    return transcript_from_words(rows, version=1, source=TranscriptSource.MACHINE, language="en")


def sound_with(*stretches: VocalicStretch, seconds: float = 40.0) -> SoundMeasures:
    return sound_of(
        [Span(start_seconds=0.5, end_seconds=seconds - 0.5)],
        seconds=seconds,
        vocalic_stretches=stretches,
    )


def filled_measure(transcript: Transcript, sound: SoundMeasures) -> Measure:
    delivery = measure_delivery(transcript, sound, target_seconds=60)
    return next(
        measure
        for measure in delivery.measures
        if measure.name == DeliveryMeasure.FILLED_PAUSES.value
    )


def start_of(transcript: Transcript, word: int) -> float:
    start = transcript.words[word].start_seconds
    assert start is not None
    return start


def test_a_steady_vowel_that_no_word_covers_is_a_filled_pause() -> None:
    transcript = answer(gaps={20: 1.0})
    at = start_of(transcript, 20) - 0.7
    assert hear_filled_pauses(transcript, sound_with(uh(at))) == (
        FilledPause(
            start_seconds=at, end_seconds=at + 0.4, source=FilledPauseSource.SOUND, word=None
        ),
    )


def test_one_that_a_neighbour_swallowed_is_heard() -> None:
    transcript = answer(stretched={20: 0.6}, gaps={40: 1.0})
    swallowed = start_of(transcript, 20) + 0.5
    free = start_of(transcript, 40) - 0.7
    heard = hear_filled_pauses(transcript, sound_with(uh(swallowed), uh(free)))
    assert [pause.start_seconds for pause in heard] == [swallowed, free]


def test_the_same_vowel_in_a_word_of_usual_length_is_none() -> None:
    transcript = answer()
    at = start_of(transcript, 20) + 0.1
    assert hear_filled_pauses(transcript, sound_with(uh(at, 0.15))) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"brightness": -4.0, "periodicity": 0.35, "first_formant": 900.0, "level": -20.0},
        {"pitch_spread": 0.0, "pitch_slope": 0.0, "periodicity": 1.0},
    ],
    ids=["breath", "held tone"],
)
def test_breaths_and_tones_in_a_pause_are_none(changed: dict[str, float]) -> None:
    transcript = answer(gaps={20: 1.0})
    stretch = uh(start_of(transcript, 20) - 0.7, **changed)
    assert hear_filled_pauses(transcript, sound_with(stretch)) == ()


def test_a_hum_inside_a_word_is_its_own_consonant() -> None:
    transcript = answer(stretched={20: 0.6})
    stretch = uh(start_of(transcript, 20) + 0.5, hum=True, first_formant=270.0)
    assert hear_filled_pauses(transcript, sound_with(stretch)) == ()


def test_one_in_the_text_and_in_the_sound_counts_once() -> None:
    transcript = answer(texts={20: "um,"})
    at = start_of(transcript, 20) + 0.05
    heard = hear_filled_pauses(transcript, sound_with(uh(at, 0.25)))
    assert [(pause.source, pause.word) for pause in heard] == [(FilledPauseSource.BOTH, 20)]


def test_stretches_close_together_are_one_filled_pause() -> None:
    transcript = answer(gaps={20: 1.5})
    at = start_of(transcript, 20) - 1.2
    heard = hear_filled_pauses(transcript, sound_with(uh(at, 0.3), uh(at + 0.35, 0.3)))
    assert [pause.start_seconds for pause in heard] == [at]
    assert heard[0].end_seconds == pytest.approx(at + 0.65)


def test_what_was_taken_off_a_long_word_does_not_explain_a_second_one() -> None:
    """A word that swallowed one filled pause is no longer too long once that is known."""
    words = (WordTime(start_seconds=1.0, end_seconds=2.0, expected_seconds=0.4),)
    taken = Span(start_seconds=1.5, end_seconds=2.0)
    vowel = Span(start_seconds=1.1, end_seconds=1.3)
    before = fit_between(vowel, words, (), pace=1.0)
    after = fit_between(vowel, without(words, taken), (), pace=1.0)
    assert before.surplus > 1
    assert after.surplus <= 0.51
    assert after.stretched < before.stretched


def test_silence_inside_a_word_is_not_time_spoken() -> None:
    words = (WordTime(start_seconds=1.0, end_seconds=2.4, expected_seconds=0.4),)
    vowel = Span(start_seconds=1.1, end_seconds=1.3)
    silence = Span(start_seconds=1.4, end_seconds=2.4)
    assert fit_between(vowel, words, (silence,), pace=1.0).stretched == pytest.approx(1.0)


@given(
    places=st.lists(st.integers(1, WORDS - 1), min_size=0, max_size=12, unique=True),
    stretched=st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_events_are_ordered_apart_and_inside_the_stretches(
    places: list[int], *, stretched: bool
) -> None:
    extra = dict.fromkeys(places, 0.9)
    transcript = answer(stretched=extra) if stretched else answer(gaps=extra)
    shift = 0.5 if stretched else -0.6
    stretches = tuple(
        sorted((uh(start_of(transcript, place) + shift) for place in places), key=_start)
    )
    heard = hear_filled_pauses(transcript, sound_with(*stretches, seconds=90))
    starts = [pause.start_seconds for pause in heard]
    assert starts == sorted(starts)
    assert len(heard) <= len(stretches)
    assert {pause.start_seconds for pause in heard} <= {one.start_seconds for one in stretches}


def _start(span: Span) -> float:
    return span.start_seconds


@given(extra=st.integers(0, 8))
@settings(deadline=None, max_examples=20)
def test_another_filled_pause_in_the_text_never_raises_the_level(extra: int) -> None:
    levels = [
        filled_measure(answer(texts=dict.fromkeys(range(0, 6 * count, 6), "um")), sound_with())
        for count in (extra, extra + 1)
    ]
    assert (levels[1].level or 5) <= (levels[0].level or 5)


def test_ten_in_100_words_cost_half_a_level_of_delivery() -> None:
    plain = "On this day we checked that route again and it was quite fine then."
    text = " ".join(plain.split()[number % 14] for number in range(150))
    words = text.split()
    with_fillers = " ".join(f"um {word}" if n % 10 == 5 else word for n, word in enumerate(words))
    levels = []
    for said in (text, with_fillers):
        transcript, sound = speak(said, words_per_minute=150)
        levels.append(measure_delivery(transcript, sound, target_seconds=60).level)
    assert levels[0] is not None
    assert levels[1] is not None
    assert levels[0] - levels[1] >= 0.5


def test_those_heard_only_in_the_sound_are_told_without_a_level() -> None:
    transcript = answer(gaps=dict.fromkeys((10, 20, 30, 40), 1.0))
    places = (10, 20, 30, 40)
    stretches = [uh(start_of(transcript, place) - 0.7) for place in places]

    filled = filled_measure(transcript, sound_with(*stretches))

    assert filled.level is None
    assert filled.not_measured is not None
    assert filled.not_measured.startswith("About 4 were heard")
    rate, *events = filled.evidence
    assert isinstance(rate, Measurement)
    assert (rate.name, rate.value) == ("filled_pauses", round(100 * 4 / WORDS, 1))
    assert [(event.start_seconds, event.end_seconds) for event in events] == [
        (stretch.start_seconds, stretch.end_seconds) for stretch in stretches
    ]


def test_those_in_the_text_set_the_level_and_are_quoted() -> None:
    transcript = answer(texts=dict.fromkeys((10, 20, 30, 40), "um"))

    filled = filled_measure(transcript, sound_with())

    assert filled.level == 3  # 4 among 56 words: 7.1 per 100
    assert [piece.quote for piece in filled.evidence if isinstance(piece, Quote)] == ["um"] * 4


def test_without_a_level_the_weight_is_shared_out() -> None:
    delivery = measure_delivery(answer(), sound_with(), target_seconds=60)
    measured = [measure for measure in delivery.measures if measure.level is not None]
    names = {measure.name for measure in measured}
    assert DeliveryMeasure.FILLED_PAUSES.value not in names
    total = sum(DELIVERY_WEIGHTS[DeliveryMeasure(name)] for name in names)
    expected = sum((measure.level or 0) * measure.weight for measure in measured) / total
    assert delivery.level == pytest.approx(expected, abs=0.01)


def test_a_recording_measured_before_is_not_measured_but_its_text_is_quoted() -> None:
    sound = replace(sound_with(), vocalic_stretches=None)
    filled = filled_measure(answer(texts={5: "um"}), sound)
    assert filled.level is None
    assert filled.not_measured is not None
    assert "before" in filled.not_measured
    assert [piece.quote for piece in filled.evidence if isinstance(piece, Quote)] == ["um"]


def test_words_without_times_leave_it_unmeasured() -> None:
    typed = transcript_from_words(
        [("word", None, None, None)] * 60, version=1, source=TranscriptSource.TYPED
    )
    filled = filled_measure(typed, sound_with())
    assert filled.level is None
    assert filled.not_measured is not None
    assert "no times" in filled.not_measured


def test_a_noisy_recording_is_not_even_counted_about() -> None:
    transcript = answer(gaps={20: 1.0})
    sound = replace(
        sound_with(uh(start_of(transcript, 20) - 0.7)), speech_level=-30.0, noise_level=-33.0
    )
    filled = filled_measure(transcript, sound)
    assert filled.level is None
    assert filled.not_measured is not None
    assert "noisy" in filled.not_measured


def test_correcting_the_text_does_not_erase_what_was_heard() -> None:
    transcript = answer(gaps={20: 1.0}, texts={19: "um"})
    sound = sound_with(uh(start_of(transcript, 20) - 0.7))
    corrected = correct_transcript(transcript, transcript.text.replace("um ", ""))
    heard = hear_filled_pauses(corrected, sound)
    assert [pause.source for pause in heard] == [FilledPauseSource.SOUND]

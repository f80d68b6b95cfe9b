"""Laws of the pace: it follows time, numbers as said, and the sound rather than sloppy times."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.speaking import speak
from voicecoach.scoring.delivery import measure_delivery
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.rubric import DeliveryMeasure
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, transcript_from_words

TEXT = " ".join(f"On day {word} we checked the route again." for word in "abcdefghij")


def rates(transcript: Transcript, sound: SoundMeasures) -> dict[str, float]:
    delivery = measure_delivery(transcript, sound, target_seconds=60)
    return {
        piece.name: piece.value
        for piece in delivery.measures[0].evidence
        if isinstance(piece, Measurement)
    }


def stretched(
    transcript: Transcript, sound: SoundMeasures, factor: float
) -> tuple[Transcript, SoundMeasures]:
    """Return the same answer with all its times multiplied."""

    def longer(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            Span(start_seconds=span.start_seconds * factor, end_seconds=span.end_seconds * factor)
            for span in spans
        )

    words = [
        (
            word.text,
            (word.start_seconds or 0) * factor,
            (word.end_seconds or 0) * factor,
            word.probability,
        )
        for word in transcript.words
    ]
    return (
        transcript_from_words([*words], version=1, source=transcript.source),
        replace(
            sound,
            seconds=sound.seconds * factor,
            speech=longer(sound.speech),
            pauses=longer(sound.pauses),
        ),
    )


@given(factor=st.floats(min_value=0.5, max_value=1.8))
def test_stretching_time_divides_both_rates(factor: float) -> None:
    # Pauses of one second stay below the two that count in full.
    transcript, sound = speak(TEXT, pauses_before={9: 1.0, 20: 0.6})
    before = rates(transcript, sound)
    after = rates(*stretched(transcript, sound, factor))
    for name in ("speech_rate", "articulation_rate"):
        assert after[name] == pytest.approx(before[name] / factor, rel=0.001)


@given(pause=st.floats(min_value=0.3, max_value=30.0))
def test_a_pause_lowers_the_speech_rate_and_leaves_the_articulation_rate(pause: float) -> None:
    plain = rates(*speak(TEXT, pauses_before={9: 0.3}))
    paused = rates(*speak(TEXT, pauses_before={9: 0.3, 20: pause}))
    assert paused["speech_rate"] < plain["speech_rate"]
    # Each pause takes the tail of the word before it out of the speaking time.
    assert paused["articulation_rate"] == pytest.approx(plain["articulation_rate"], rel=0.01)


def test_numbers_written_in_digits_count_as_said() -> None:
    said, sound = speak("We cut it by twenty five percent " * 12)
    times = [(word.text, word.start_seconds, word.end_seconds, 0.9) for word in said.words]
    rows: list[tuple[str, float | None, float | None, float | None]] = []
    for place in range(0, len(times), 7):
        rows += times[place : place + 4]
        rows.append(("25%", times[place + 4][1], times[place + 6][2], 0.9))
    written = transcript_from_words(rows, version=1, source=said.source)

    assert rates(written, sound) == pytest.approx(rates(said, sound), rel=0.001)


def test_times_that_reach_into_the_silence_around_an_answer_do_not_slow_it() -> None:
    transcript, sound = speak(TEXT)
    rows = [
        (word.text, word.start_seconds, word.end_seconds, word.probability)
        for word in transcript.words
    ]
    text, _, end, probability = rows[0]
    rows[0] = (text, 0.0, end, probability)
    text, start, _, probability = rows[-1]
    rows[-1] = (text, start, sound.seconds + 5, probability)
    sloppy = transcript_from_words(rows, version=1, source=transcript.source)

    assert rates(sloppy, sound)["speech_rate"] == pytest.approx(
        rates(transcript, sound)["speech_rate"], rel=0.01
    )


def test_in_loud_noise_silences_are_shown_without_a_level_and_give_no_articulation_rate() -> None:
    transcript, sound = speak(TEXT, pauses_before={9: 1.5, 20: 1.5})
    noisy = replace(sound, noise_level=sound.speech_level - 6)

    delivery = measure_delivery(transcript, noisy, target_seconds=60)

    silent = next(
        one for one in delivery.measures if one.name == DeliveryMeasure.SILENT_PAUSES.value
    )
    assert silent.level is None
    assert silent.not_measured is not None
    assert "background" in silent.not_measured
    assert len(silent.evidence) == 3
    assert set(rates(transcript, noisy)) == {"speech_rate"}

"""What the sound tells, on synthetic speech whose gaps, noise and level are known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.speech.spoken import join, noise, silence, speak, tone
from voicecoach.speech.acoustics import LOWEST_LEVEL, SoundMeasures, measure_sound
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.sustained_tones import tonal_frames
from voicecoach.speech.voice_activity import speech_probabilities, speech_spans

FIRST = speak("I led the migration of the billing system.").samples
SECOND = speak("We cut the cost by forty percent.").samples
GAPS = (0.3, 0.5, 0.8, 1.2, 2.5)


def answer_with_gaps() -> NDArray[np.float32]:
    """One second of silence, then six sentences parted by `GAPS`, then 0.7 s of silence."""
    parts = [silence(1), FIRST]
    for number, gap in enumerate(GAPS):
        parts += [silence(gap), (SECOND, FIRST)[number % 2]]
    return np.concatenate([*parts, silence(0.7)])


def true_pauses() -> list[tuple[float, float]]:
    pauses = []
    now = 1 + len(FIRST) / SAMPLE_RATE
    for number, gap in enumerate(GAPS):
        pauses.append((now, now + gap))
        now += gap + len((SECOND, FIRST)[number % 2]) / SAMPLE_RATE
    return pauses


@pytest.mark.parametrize("noise_level", [None, -50, -40])
def test_pauses_are_found_within_a_tenth_of_a_second(noise_level: float | None) -> None:
    samples = answer_with_gaps()
    if noise_level is not None:
        samples = samples + noise(len(samples) / SAMPLE_RATE, level=noise_level)
    measures = measure_sound(Recording(samples))
    found = [(pause.start_seconds, pause.end_seconds) for pause in measures.pauses]
    assert found == pytest.approx(np.array(true_pauses()), abs=0.1)


def test_silence_before_and_after_the_answer_is_no_pause() -> None:
    measures = measure_sound(join(silence(3), FIRST, silence(3)))
    assert measures.pauses == ()
    assert len(measures.speech) == 1
    assert measures.speech[0].start_seconds == pytest.approx(3, abs=0.1)
    assert measures.speaking_seconds == pytest.approx(len(FIRST) / SAMPLE_RATE, abs=0.1)


def test_spans_lie_inside_the_recording_in_order_and_pauses_lie_between_them() -> None:
    measures = measure_sound(Recording(answer_with_gaps()))
    edges = [edge for span in measures.speech for edge in (span.start_seconds, span.end_seconds)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= measures.seconds
    assert [(p.start_seconds, p.end_seconds) for p in measures.pauses] == list(
        zip(edges[1:-1:2], edges[2:-1:2], strict=True)
    )


def test_levels_follow_the_sound() -> None:
    clean = measure_sound(join(silence(1), FIRST, silence(1)))
    assert clean.noise_level == LOWEST_LEVEL
    softer = measure_sound(join(silence(1), FIRST / np.float32(10), silence(1)))
    assert softer.speech_level == pytest.approx(clean.speech_level - 20, abs=0.5)
    room = join(silence(1), FIRST, silence(1)).samples
    room = room + noise(len(room) / SAMPLE_RATE, level=-45)
    assert measure_sound(Recording(room)).noise_level == pytest.approx(-45, abs=1.5)


@pytest.mark.parametrize("gain", [-20, -40, -55])
def test_quiet_speech_is_still_speech(gain: int) -> None:
    whole = join(silence(1), FIRST, silence(1)).samples * np.float32(10 ** (gain / 20))
    measures = measure_sound(Recording(whole))
    assert measures.speaking_seconds == pytest.approx(len(FIRST) / SAMPLE_RATE, abs=0.2)
    assert measures.speech_probability > 0.7


def test_clipping_is_the_share_of_samples_at_full_scale() -> None:
    assert measure_sound(Recording(FIRST)).clipped_share == 0
    clipped = np.clip(FIRST * 20, -1, 1)
    share = float(np.mean(np.abs(clipped) >= 0.999))
    assert measure_sound(Recording(clipped)).clipped_share == pytest.approx(share)
    assert share > 0.1


@pytest.mark.parametrize(
    "sound",
    [
        silence(2),
        noise(3, level=-30),
        noise(3, level=-60),
        tone(3, hertz=[50, 100, 150], level=-25),
        tone(3, hertz=[220, 277, 330], level=-20),
    ],
    ids=["silence", "noise", "faint noise", "hum", "chord"],
)
def test_nobody_speaks_in_silence_noise_hum_and_music(sound: NDArray[np.float32]) -> None:
    measures = measure_sound(Recording(sound))
    assert measures.speech == ()
    assert measures.pauses == ()
    assert measures.speech_level == LOWEST_LEVEL
    assert measures.speech_probability == 0


def test_held_tones_are_told_from_voices() -> None:
    assert measure_sound(Recording(tone(3, hertz=[220, 277, 330], level=-20))).harmonic_share > 0.9
    assert measure_sound(Recording(tone(3, hertz=[50, 100], level=-30))).harmonic_share > 0.9
    assert measure_sound(Recording(noise(3, level=-30))).harmonic_share == 0
    assert measure_sound(Recording(FIRST)).harmonic_share < 0.05
    chance = np.random.default_rng(5)
    tune = [
        tone(0.4, hertz=[note, 1.26 * note, 1.5 * note, 2 * note], level=-20)
        for note in chance.uniform(150, 500, 12)
    ]
    assert measure_sound(join(*tune)).harmonic_share > 0.5


def test_hum_under_a_voice_does_not_make_it_music() -> None:
    hum = tone(len(FIRST) / SAMPLE_RATE, hertz=[50, 100, 150], level=-35)
    measures = measure_sound(Recording(FIRST + hum[: len(FIRST)]))
    assert measures.harmonic_share < 0.1
    assert measures.speaking_seconds == pytest.approx(len(FIRST) / SAMPLE_RATE, abs=0.2)


def test_a_filled_pause_is_not_silence() -> None:
    """Silero calls a soft, even “uh” silence; its level and pitch say otherwise."""
    times = np.arange(round(0.4 * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 2 * np.pi * np.cumsum(118 - 20 * times) / SAMPLE_RATE
    voiced = np.sum([np.sin(n * pitch) / n for n in range(1, 12)], axis=0) * np.hanning(len(times))
    uh = (voiced * 0.08).astype(np.float32)
    measures = measure_sound(join(FIRST, silence(0.6), uh, silence(0.6), SECOND))
    middle = len(FIRST) / SAMPLE_RATE + 0.8
    assert any(span.start_seconds < middle < span.end_seconds for span in measures.speech)


def test_rumble_does_not_hide_speech() -> None:
    """Wind and handling noise below 30 Hz, 20 dB louder than the voice."""
    chance = np.random.default_rng(1)
    whole = join(silence(1), FIRST / np.float32(10), silence(1)).samples
    steps = chance.standard_normal(len(whole) // 800 + 2) * 0.15
    drift = np.interp(np.arange(len(whole)), np.arange(len(steps)) * 800, steps)
    measures = measure_sound(Recording((whole + drift).astype(np.float32)))
    assert measures.speaking_seconds == pytest.approx(len(FIRST) / SAMPLE_RATE, abs=0.4)


@pytest.mark.parametrize("samples", [0, 1, 159, 160, 511, 513])
def test_recordings_of_next_to_nothing_are_measured(samples: int) -> None:
    measures = measure_sound(Recording(np.zeros(samples, dtype=np.float32)))
    assert measures == SoundMeasures(
        seconds=samples / SAMPLE_RATE,
        speech=(),
        pauses=(),
        speech_level=LOWEST_LEVEL,
        noise_level=LOWEST_LEVEL,
        clipped_share=0,
        speech_probability=0,
        harmonic_share=0,
        vocalic_stretches=(),
    )


def test_numbers_are_plain_so_that_they_can_be_stored() -> None:
    measures = measure_sound(join(FIRST, silence(0.5), SECOND))
    for name in ("seconds", "speech_level", "noise_level", "clipped_share", "speech_probability"):
        assert type(getattr(measures, name)) is float
    assert type(measures.speech[0].end_seconds) is float


def test_voice_activity_runs_once_per_recording() -> None:
    recording = join(FIRST, silence(0.5), SECOND)
    assert speech_probabilities(recording) is speech_probabilities(Recording(recording.samples))
    assert speech_probabilities(Recording(recording.samples.copy())) is not speech_probabilities(
        recording
    )


def test_padding_ends_at_the_middle_of_a_gap_and_at_the_ends_of_the_recording() -> None:
    recording = join(FIRST, silence(0.5), SECOND)
    first, second = speech_spans(recording, min_silence_seconds=0.2, pad_seconds=5)
    assert first.start_seconds == 0
    assert first.end_seconds == pytest.approx(second.start_seconds)
    assert second.end_seconds == recording.seconds


def test_tones_are_looked_for_in_pieces_without_seams() -> None:
    long = tone(140, hertz=[220, 330], level=-20)
    assert tonal_frames(long).mean() > 0.99

"""What the sound alone tells, without words: speech activity, pauses, levels, how a voice moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.known_sound import KnownSound
from voicecoach.speech.levels import (
    LOWEST_LEVEL,
    STEP_SAMPLES,
    STEP_SECONDS,
    above_noise,
    mean_level,
    to_levels,
)
from voicecoach.speech.loudness import LoudnessMeasures, measure_loudness
from voicecoach.speech.pitch import PitchMeasures, measure_pitch
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.silero import FRAME_SAMPLES
from voicecoach.speech.span import Span
from voicecoach.speech.sustained_tones import STEP_SAMPLES as TONE_STEP_SAMPLES
from voicecoach.speech.vocalic_stretches import VocalicStretch, vocalic_stretches
from voicecoach.speech.voice_activity import speech_probabilities, speech_spans
from voicecoach.speech.voice_nearness import Nearness, measure_nearness

__all__ = ["LOWEST_LEVEL", "MIN_PAUSE_SECONDS", "SoundMeasures", "Span", "measure_sound"]

MIN_PAUSE_SECONDS: Final = 0.25
"""Shorter silences are part of articulation: closures of stops last up to 0.2 s."""

MIN_SPEECH_SECONDS: Final = 0.08
"""Shorter stretches are clicks: the shortest word, “I”, takes about 0.1 s."""

QUIET_BELOW_SPEECH: Final = 30.0
"""A step is quiet 30 dB below the speech: weak fricatives lie 20 to 25 dB below."""

ABOVE_NOISE: Final = 1.5
"""A step is also quiet where it stands out of the noise by less than this many dB (`above_noise`).

Measured by `benchmarks/delivery.py`: at 1.5 dB the edges of pauses stay within 0.1 s in 97% with
10 dB between voice and noise; 2.5 and 3.5 dB lose final consonants (95 and 89%)."""

QUIET_ABOVE_NOISE: Final = 6.0
"""What voice activity left out counts as a filled pause only where it is this much louder than the
noise."""

EDGE_REACH_SECONDS: Final = 0.1
"""How far levels may move an edge of voice activity outwards: Silero's own are within 0.05 s, but
it leaves out weak sounds such as a final “s”."""

NOISE_QUANTILE: Final = 0.25
"""The noise is the quietest quarter outside voice activity: the rest may be breath, doors and
speech that voice activity missed."""

FILLED_PAUSE_BELOW_SPEECH: Final = 15.0
FILLED_PAUSE_PERIODICITY: Final = 0.5
"""Silero misses two filled pauses of five (measured on improvised speech). A stretch at most 15 dB
below the speech whose autocorrelation peaks above .5 where voices lie is no silence either."""

VOICE_HERTZ: Final = (60.0, 400.0)
"""Range of a speaking voice's fundamental."""

FULL_SCALE: Final = 0.999
"""From here on a sample counts as clipped: one step of 16 bits is 0.00003, and codecs round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundMeasures:
    """Measured on the recording, stored with the attempt so re-scoring needs no sound.

    `speech` are the stretches with voice activity and `pauses` the silent stretches of at least
    0.25 s between them (silence before the first and after the last word is no pause).
    Levels are dB relative to full scale; `clipped_share` is the share of samples at full scale
    (0–1); `speech_probability` is the mean voice-activity probability (0–1) inside `speech`;
    `harmonic_share` the share (0–1) of speech frames that look like sustained tones (music, hum).
    `pitch` and `loudness` tell how the voice moves; None where there is too little of it, or where
    the recording was measured before voicecoach knew them.
    `vocalic_stretches` are what may be filled pauses; None where the recording was measured before
    they were looked for.
    `nearness` tells one near voice from many and from a far one; None where there is too little
    speech, or where the recording was measured before voicecoach knew it.
    `interviewer` are stretches that are not the person's: an interviewer spoke, or waited.
    """

    seconds: float
    speech: tuple[Span, ...]
    pauses: tuple[Span, ...]
    speech_level: float
    noise_level: float
    clipped_share: float
    speech_probability: float
    harmonic_share: float
    pitch: PitchMeasures | None = None
    loudness: LoudnessMeasures | None = None
    vocalic_stretches: tuple[VocalicStretch, ...] | None = None
    nearness: Nearness | None = None
    interviewer: tuple[Span, ...] = ()

    @property
    def speaking_seconds(self) -> float:
        """Seconds with voice activity."""
        return sum(span.seconds for span in self.speech)


def measure_sound(recording: Recording, known: KnownSound | None = None) -> SoundMeasures:
    """Measure a recording without words; 0.6 s for two minutes, half of it voice activity.

    `known` is what has been read of it while it was being spoken.

    Voice activity says where somebody speaks; levels then find the edges, the silences inside and
    the filled pauses that voice activity leaves out. Where nobody speaks there are no spans,
    `speech_level` is `LOWEST_LEVEL`, `speech_probability` 0, and `harmonic_share` that of all
    sounding frames, so that music can be told from silence.
    """
    samples = recording.samples
    known = KnownSound() if known is None else known
    bands = known.all_bands(samples)
    powers = bands.sum(axis=1, dtype=np.float64)
    active = _covered(
        speech_spans(
            recording,
            min_silence_seconds=0.1,
            pad_seconds=0.0,
            min_speech_seconds=MIN_SPEECH_SECONDS,
        ),
        steps=len(powers),
    )
    noise_level = _noise_level(powers, active)
    spoken = _refine(samples, bands, active, noise_level) if active.any() else active
    speech = _stretches(spoken, seconds=recording.seconds)
    spoken = _covered(speech, steps=len(powers))
    tonal = known.all_tonal(samples)
    return SoundMeasures(
        seconds=recording.seconds,
        speech=speech,
        pauses=tuple(
            Span(start_seconds=earlier.end_seconds, end_seconds=later.start_seconds)
            for earlier, later in pairwise(speech)
        ),
        speech_level=mean_level(powers[spoken]),
        noise_level=noise_level,
        clipped_share=float(np.mean(np.abs(samples) >= FULL_SCALE)) if len(samples) else 0.0,
        speech_probability=_share(speech_probabilities(recording), _sampled(spoken, FRAME_SAMPLES)),
        harmonic_share=_share(
            tonal,
            _sampled(
                spoken if speech else to_levels(powers) > noise_level - QUIET_BELOW_SPEECH,
                TONE_STEP_SAMPLES,
            ),
        ),
        pitch=measure_pitch(recording, speech, known.pitch),
        loudness=measure_loudness(recording, speech, known.loudness),
        vocalic_stretches=vocalic_stretches(samples, powers, tonal) if speech else (),
        nearness=measure_nearness(samples, powers, speech),
    )


def _noise_level(powers: NDArray[np.float64], active: NDArray[np.bool_]) -> float:
    """Return the level of what sounds beside speech, in dB relative to full scale.

    The quietest quarter outside voice activity; the quietest twentieth of everything where speech
    leaves less than 0.3 s.
    """
    levels = to_levels(powers)
    beside = levels[~active]
    if len(beside) * STEP_SECONDS >= 0.3:
        return float(np.quantile(beside, NOISE_QUANTILE))
    return float(np.quantile(levels, 0.05)) if len(levels) else LOWEST_LEVEL


def _refine(
    samples: NDArray[np.float32],
    bands: NDArray[np.float32],
    active: NDArray[np.bool_],
    noise_level: float,
) -> NDArray[np.bool_]:
    """Return the steps with speech: voice activity, its edges and gaps corrected by level."""
    powers = bands.sum(axis=1, dtype=np.float64)
    speech_level = mean_level(powers[active])
    levels = to_levels(powers)
    near = _widened(active, EDGE_REACH_SECONDS)
    loud = (levels > speech_level - QUIET_BELOW_SPEECH) & (above_noise(bands, near) > ABOVE_NOISE)
    spoken = active & loud
    for start, end in _runs(loud & near):
        if active[start:end].any():
            spoken[start:end] = True
    filled = spoken.copy()
    voiced = levels > max(noise_level + QUIET_ABOVE_NOISE, speech_level - FILLED_PAUSE_BELOW_SPEECH)
    for start, end in _runs(voiced & ~spoken):
        if (end - start) * STEP_SECONDS >= MIN_SPEECH_SECONDS and _is_voiced(
            samples[start * STEP_SAMPLES : end * STEP_SAMPLES]
        ):
            filled[start:end] = True
    return filled


def _is_voiced(samples: NDArray[np.float32]) -> bool:
    """Whether the stretch repeats itself at the pitch of a voice; its middle 0.1 s is looked at."""
    middle = len(samples) // 2
    reach = SAMPLE_RATE // 20
    frame = samples[max(0, middle - reach) : middle + reach].astype(np.float64)
    frame -= frame.mean()
    spectrum = np.fft.rfft(frame, 2 * len(frame))
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)[: len(frame)]
    shortest, longest = int(SAMPLE_RATE / VOICE_HERTZ[1]), int(SAMPLE_RATE / VOICE_HERTZ[0])
    lags = np.arange(shortest, min(longest, len(frame) // 2))
    periodicity = correlation[lags] / (correlation[0] + 1e-30) / (1 - lags / len(frame))
    return bool(periodicity.max(initial=0.0) > FILLED_PAUSE_PERIODICITY)


def _stretches(spoken: NDArray[np.bool_], *, seconds: float) -> tuple[Span, ...]:
    """Return spans of speech: gaps too short for a pause closed, clicks left out."""
    closed = spoken.copy()
    for start, end in _runs(~spoken):
        inside = start > 0 and end < len(spoken)
        if inside and (end - start) * STEP_SECONDS < MIN_PAUSE_SECONDS:
            closed[start:end] = True
    return tuple(
        Span(
            start_seconds=start * STEP_SECONDS,
            end_seconds=seconds if end == len(spoken) else end * STEP_SECONDS,
        )
        for start, end in _runs(closed)
        if (end - start) * STEP_SECONDS >= MIN_SPEECH_SECONDS
    )


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return [start, end) of each run of true steps."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _widened(mask: NDArray[np.bool_], seconds: float) -> NDArray[np.bool_]:
    """Return the mask with each run grown by `seconds` at both ends."""
    reach = round(seconds / STEP_SECONDS)
    wider = mask.copy()
    for start, end in _runs(mask):
        wider[max(0, start - reach) : end + reach] = True
    return wider


def _covered(spans: Sequence[Span], *, steps: int) -> NDArray[np.bool_]:
    """Return which of the 10 ms steps lie in one of the spans."""
    mask = np.zeros(steps, dtype=np.bool_)
    for span in spans:
        mask[round(span.start_seconds / STEP_SECONDS) : round(span.end_seconds / STEP_SECONDS)] = (
            True
        )
    return mask


def _sampled(mask: NDArray[np.bool_], frame_samples: int) -> NDArray[np.bool_]:
    """Return the mask at the middle of each frame of `frame_samples`."""
    middles = np.arange(frame_samples // 2, len(mask) * STEP_SAMPLES, frame_samples)
    return mask[middles // STEP_SAMPLES]


def _share(values: NDArray[np.float32] | NDArray[np.bool_], chosen: NDArray[np.bool_]) -> float:
    """Return the mean (0–1) of the chosen frames' values; 0 where none is chosen."""
    count = min(len(values), len(chosen))
    picked = values[:count][chosen[:count]]
    return float(np.mean(picked)) if len(picked) else 0.0

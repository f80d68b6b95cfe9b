"""Where somebody speaks: Silero's voice-activity probabilities and the spans read off them.

The network (bundled with faster-whisper) runs once per recording; the transcriber and
`measure_sound` both read its probabilities and cut their own spans.
"""

import threading
import weakref
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.silero import CONTEXT_SAMPLES, FRAME_SAMPLES, SileroHearing
from voicecoach.speech.span import Span

FRAME_SECONDS: Final = FRAME_SAMPLES / SAMPLE_RATE

SPEECH_PROBABILITY: Final = 0.5
"""A span starts at this probability: Silero's own default."""

SILENCE_PROBABILITY: Final = 0.35
"""A span may end below this probability: Silero's own default, 0.15 under the start."""

TARGET_LEVEL: Final = -25.0
MAX_GAIN: Final = 20.0
"""Rumble is taken out and quiet recordings are raised, by 20 dB at most, until their loudest
twentieth reaches -25 dB relative to full scale. On one real, quiet, rumbling recording this finds
99% of the speech instead of 78%; noise, hum and chords at any level stay below the threshold."""

RUMBLE_REACH: Final = 80
"""Rumble is the mean of the 10 ms around a sample: so many before it, so many less one after."""

_RUMBLE_SAMPLES: Final = 2 * RUMBLE_REACH
_CHUNK_SAMPLES: Final = 10 * SAMPLE_RATE
_REMEMBERED: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """Silero's probabilities for some samples, and the factor that made those loud enough."""

    probabilities: NDArray[np.float32]
    gain: float


_lock = threading.Lock()
_remembered: "list[tuple[weakref.ref[NDArray[np.float32]], _Heard]]" = []


def speech_probabilities(recording: Recording) -> NDArray[np.float32]:
    """Return the probability (0–1) of speech in each 32 ms, float32 of shape (frames,).

    The last frame may reach past the end. The four recordings asked for last are remembered for as
    long as they live; 120 s take about 0.2 s on one core.
    """
    return _hear(recording.samples).probabilities


def note_probabilities(
    recording: Recording, probabilities: NDArray[np.float32], gain: float
) -> None:
    """Remember what was heard in a recording while it was being spoken.

    Args:
        recording: the sound.
        probabilities: of speech in each 32 ms, as `speech_probabilities` gives them.
        gain: the factor the recording must be raised by, as `gain_of` gives it.
    """
    _note(recording.samples, _Heard(probabilities, gain))


def gain_of(powers: NDArray[np.float32], recording: Recording) -> float:
    """Return the factor a recording is raised by, from the powers of its frames.

    They are those of whole frames, rumble taken away; what is left at the end does not count.
    """
    return gain_for(powers[: len(recording.samples) // FRAME_SAMPLES])


def raised(recording: Recording) -> NDArray[np.float32]:
    """Return the samples as loud as voice activity heard them: a quiet recording's raised."""
    gain = _hear(recording.samples).gain
    return recording.samples if gain == 1.0 else recording.samples * np.float32(gain)


def speech_spans(
    recording: Recording,
    *,
    min_silence_seconds: float,
    pad_seconds: float,
    min_speech_seconds: float = 0.0,
) -> tuple[Span, ...]:
    """Return the stretches with speech, in order and without overlap.

    Args:
        recording: the sound.
        min_silence_seconds: shorter silences do not end a span.
        pad_seconds: each span grows by this at both ends; neighbours meet halfway at most.
        min_speech_seconds: spans that are not longer than this are left out.
    """
    raw = spans_of(speech_probabilities(recording), recording.seconds, min_silence_seconds)
    return pad_spans(
        [span for span in raw if span.end_seconds - span.start_seconds > min_speech_seconds],
        pad_seconds=pad_seconds,
        limit_seconds=recording.seconds,
    )


def pad_spans(spans: "list[Span]", *, pad_seconds: float, limit_seconds: float) -> tuple[Span, ...]:
    """Grow ordered spans by `pad_seconds` at both ends, to the middle of each gap at most."""
    padded: list[Span] = []
    for number, span in enumerate(spans):
        before = (
            span.start_seconds
            if number == 0
            else ((span.start_seconds - spans[number - 1].end_seconds) / 2)
        )
        after = (
            limit_seconds - span.end_seconds
            if number == len(spans) - 1
            else (spans[number + 1].start_seconds - span.end_seconds) / 2
        )
        padded.append(
            Span(
                start_seconds=span.start_seconds - min(pad_seconds, before),
                end_seconds=span.end_seconds + min(pad_seconds, after),
            )
        )
    return tuple(padded)


def spans_of(
    probabilities: NDArray[np.float32], seconds: float, min_silence_seconds: float
) -> list[Span]:
    """Read spans off the probabilities with hysteresis, as Silero's reference code does."""
    spans: list[Span] = []
    start: float | None = None
    silent_from: float | None = None
    for number, probability in enumerate(probabilities.tolist()):
        now = number * FRAME_SECONDS
        if probability >= SPEECH_PROBABILITY:
            silent_from = None
            if start is None:
                start = now
        elif probability < SILENCE_PROBABILITY and start is not None:
            if silent_from is None:
                silent_from = now
            if now - silent_from >= min_silence_seconds:
                spans.append(Span(start_seconds=start, end_seconds=silent_from))
                start = silent_from = None
    if start is not None:
        spans.append(Span(start_seconds=start, end_seconds=seconds))
    return spans


def _hear(samples: NDArray[np.float32]) -> _Heard:
    with _lock:
        _remembered[:] = [entry for entry in _remembered if entry[0]() is not None]
        for known, heard in _remembered:
            if known() is samples:
                return heard
    heard = _run_silero(samples)
    _note(samples, heard)
    return heard


def _note(samples: NDArray[np.float32], heard: _Heard) -> None:
    heard.probabilities.setflags(write=False)
    with _lock:
        _remembered[:] = [*_remembered, (weakref.ref(samples), heard)][-_REMEMBERED:]


def _run_silero(samples: NDArray[np.float32]) -> _Heard:
    if len(samples) == 0:
        return _Heard(np.zeros(0, dtype=np.float32), 1.0)
    prepared = _prepared(samples)
    cleaned = prepared[: len(samples)]
    gain = _gain(cleaned)
    cleaned *= np.float32(gain)
    return _Heard(_probabilities(prepared), gain)


def probabilities_at_gain(samples: NDArray[np.float32], gain: float) -> NDArray[np.float32]:
    """Return the probability (0–1) of speech in each 32 ms of samples raised by a factor."""
    return _probabilities(_prepared(samples) * np.float32(gain))


def _prepared(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the samples without rumble, filled up to a whole number of frames."""
    prepared = np.zeros(-(-len(samples) // FRAME_SAMPLES) * FRAME_SAMPLES, dtype=np.float32)
    _take_rumble(samples, prepared[: len(samples)])
    return prepared


def _probabilities(prepared: NDArray[np.float32]) -> NDArray[np.float32]:
    prepared[-CONTEXT_SAMPLES:] = 0  # as faster-whisper does, on whom the thresholds were set
    return SileroHearing().probabilities(prepared.reshape(-1, FRAME_SAMPLES))


def _take_rumble(samples: NDArray[np.float32], cleaned: NDArray[np.float32]) -> None:
    """Write into `cleaned` the samples less the mean of the 10 ms around each.

    What is above about 60 Hz stays. In place and in pieces: two hours are half a gigabyte, and ten
    seconds at once take half as long as a minute.
    """
    reach = RUMBLE_REACH
    for first in range(0, len(samples), _CHUNK_SAMPLES):
        last = min(len(samples), first + _CHUNK_SAMPLES)
        around = samples[max(0, first - reach) : last + reach].astype(np.float64)
        around = np.pad(around, (max(0, reach - first), max(0, last + reach - len(samples))))
        cleaned[first:last] = samples[first:last] - rumble(around)[: last - first]


def rumble(around: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of the 10 ms around each sample but `RUMBLE_REACH` at both ends."""
    sums = np.cumsum(np.concatenate([[0.0], around]))
    means = (sums[_RUMBLE_SAMPLES:] - sums[:-_RUMBLE_SAMPLES]) / _RUMBLE_SAMPLES
    return np.asarray(means)


def _gain(samples: NDArray[np.float32]) -> float:
    return gain_for(frame_powers(samples))


def frame_powers(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean square of each whole frame of `FRAME_SAMPLES`, float32 of shape (frames,)."""
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    return np.asarray(np.einsum("ij,ij->i", frames, frames) / FRAME_SAMPLES, dtype=np.float32)


def gain_for(powers: NDArray[np.float32]) -> float:
    """Return the factor, at least 1, that brings the loudest twentieth to `TARGET_LEVEL`.

    Args:
        powers: the mean square of each frame, rumble taken away.
    """
    if len(powers) == 0:
        return 1.0
    level = 10 * float(np.log10(np.quantile(powers, 0.95) + 1e-30))
    return float(10 ** (min(max(TARGET_LEVEL - level, 0.0), MAX_GAIN) / 20))

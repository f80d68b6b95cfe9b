"""How much the loudness of a voice varies: ITU-R BS.1770 loudness, as FFmpeg measures it.

PyAV, which reads uploads, brings FFmpeg's `ebur128` filter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.span import Span

if TYPE_CHECKING:
    from av.filter.context import FilterContext

STEP_SAMPLES: Final = SAMPLE_RATE // 10
"""The filter tells the loudness every 100 ms (EBU Tech 3341)."""

WINDOW_STEPS: Final = 4
"""Each is the momentary loudness of the 400 ms before it: about two syllables."""

LEAST_STEPS: Final = 50
"""Less than five seconds of speech say nothing of how its loudness moves (a judgement)."""

_BLOCK_SAMPLES: Final = 10 * SAMPLE_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessMeasures:
    """The momentary loudness (400 ms, K-weighted) inside speech, taken every 100 ms.

    `median` is in LUFS; `deviation` and `quartile_range` are the standard deviation and the
    interquartile range in dB; `seconds` is how much speech was looked at.
    """

    median: float
    deviation: float
    quartile_range: float
    seconds: float


def measure_loudness(
    recording: Recording, speech: Sequence[Span], loudness: NDArray[np.float64] | None = None
) -> LoudnessMeasures | None:
    """Measure the loudness where all 400 ms lie in speech; None where there is too little of it.

    `loudness` is the recording's own, as `momentary_loudness` gives it, where it is known.
    """
    if loudness is None:
        loudness = momentary_loudness(recording.samples)
    ends = (np.arange(len(loudness)) + 1) * STEP_SAMPLES / SAMPLE_RATE
    starts = ends - WINDOW_STEPS * STEP_SAMPLES / SAMPLE_RATE
    inside = np.zeros(len(loudness), dtype=np.bool_)
    for span in speech:
        inside |= (starts >= span.start_seconds) & (ends <= span.end_seconds)
    values = loudness[inside]
    if len(values) < LEAST_STEPS:
        return None
    low, high = np.quantile(values, [0.25, 0.75])
    return LoudnessMeasures(
        median=float(np.median(values)),
        deviation=float(values.std()),
        quartile_range=float(high - low),
        seconds=len(values) * STEP_SAMPLES / SAMPLE_RATE,
    )


def momentary_loudness(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the momentary loudness in LUFS of the 400 ms up to each 100 ms, float64 (steps,)."""
    meter = LoudnessMeter()
    meter.hear(samples)
    return meter.finish()


class LoudnessMeter:
    """Measures momentary loudness of sound that arrives in pieces; `finish` ends it."""

    def __init__(self) -> None:
        from av.filter import Graph  # noqa: PLC0415 - 17 MB, which an idle server need not hold

        self._graph = Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE,
            format="flt",
            layout="mono",
            time_base=Fraction(1, SAMPLE_RATE),
        )
        meter = self._graph.add("ebur128", "metadata=1:framelog=quiet")
        self._sink = self._graph.add("abuffersink")
        self._source.link_to(meter)
        meter.link_to(self._sink)
        self._graph.configure()
        self._rest = np.zeros(0, dtype=np.float32)
        self._pushed = 0
        self._found: list[float] = []

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples; what is less than a step waits for more."""
        import av  # noqa: PLC0415 - as above

        samples = np.concatenate([self._rest, samples])
        whole = len(samples) // STEP_SAMPLES * STEP_SAMPLES
        self._rest = samples[whole:]
        for first in range(0, whole, _BLOCK_SAMPLES):
            block = np.ascontiguousarray(samples[first : min(first + _BLOCK_SAMPLES, whole)])
            frame = av.AudioFrame.from_ndarray(block[None, :], format="flt", layout="mono")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = self._pushed
            self._pushed += len(block)
            self._source.push(frame)
            self._found.extend(_read(self._sink))

    def finish(self) -> NDArray[np.float64]:
        """Return the loudness in LUFS of the 400 ms up to each 100 ms, float64 (steps,)."""
        self._source.push(None)
        self._found.extend(_read(self._sink))
        return np.array(self._found, dtype=np.float64)


def _read(sink: "FilterContext") -> Iterator[float]:
    import av.error  # noqa: PLC0415 - as above

    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield float(frame.metadata["lavfi.r128.M"])

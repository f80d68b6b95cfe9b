"""Sound files of every kind, made when a test asks for them."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

CODECS = {
    "wav": "pcm_s16le",
    "flac": "flac",
    "mp3": "libmp3lame",
    "ogg": "libopus",
    "opus": "libopus",
    "webm": "libopus",
    "m4a": "aac",
    "aiff": "pcm_s16be",
}


def sine(
    seconds: float, *, hertz: float = 440.0, rate: int = 48_000, peak: int = 8000
) -> NDArray[np.int16]:
    """Return a tone as int16 of shape (n,)."""
    times = np.arange(round(seconds * rate)) / rate
    return (peak * np.sin(2 * np.pi * hertz * times)).astype(np.int16)


def encode(
    path: Path,
    left: NDArray[np.int16],
    right: NDArray[np.int16] | None = None,
    *,
    rate: int = 48_000,
    codec: str | None = None,
) -> Path:
    """Write one or two channels of int16 in the form that the file's suffix names."""
    channels = [left] if right is None else [left, right]
    layout = "mono" if right is None else "stereo"
    samples = np.ascontiguousarray(np.stack(channels, axis=1).reshape(1, -1))
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            codec or CODECS[path.suffix[1:]], rate=rate, options={"layout": layout}
        )
        assert isinstance(stream, av.AudioStream)
        stream.codec_context.layout = layout
        container.start_encoding()
        if not len(left):
            return path
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout=layout)
        frame.sample_rate = rate
        resampler = av.AudioResampler(
            format=stream.codec_context.format.name, layout=layout, rate=rate
        )
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def cut(path: Path, share: float = 0.5) -> Path:
    """Return a copy of a file that ends after a share of its bytes."""
    whole = path.read_bytes()
    shorter = path.with_stem(f"{path.stem}-cut")
    shorter.write_bytes(whole[: int(len(whole) * share)])
    return shorter

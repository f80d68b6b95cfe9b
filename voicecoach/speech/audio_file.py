"""Sound files in and out: wav, flac, mp3, ogg/opus, webm, m4a and their like, through PyAV.

Whatever is inside, mono at 16 kHz comes out. What a damaged file still holds is kept, and the
damage is told. Files are opened by us and handed over as bytes, and only sound containers are
recognised, so a playlist dressed up as an answer can't make the decoder fetch anything.
"""

import os
import tempfile
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import RecordingError
from voicecoach.speech.recording import PCM16_FULL_SCALE, SAMPLE_RATE, Recording

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

ANSWER_LIMIT_SECONDS: Final = 30 * 60.0
"""An answer given as a file may be this long; an interview answer lasts a few minutes."""

READABLE: Final = "wav, flac, mp3, ogg, opus, webm or m4a"

_CONTAINERS: Final = "aac,aiff,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,w64,wav"
_SIDE_IS_LOST: Final = 0.05
"""A stereo mix with less than this share of the louder side's energy has cancelled itself out,
and a side with less than this share of the other's is an unused input."""

_OGG_PAGE_BYTES: Final = 65_307
"""No page of an Ogg file is longer; the last one carries the mark of the end."""

_SHORTER_BY_SECONDS: Final = 0.5
_SHORTER_BY_SHARE: Final = 0.02
"""A file that ends this much before the length it names was cut off; less is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedAudio:
    """A file's sound, and in one sentence what was wrong with the file (None: nothing)."""

    recording: Recording
    warning: str | None = None


def read_audio(path: Path, *, max_seconds: float = ANSWER_LIMIT_SECONDS) -> Recording:
    """Return the sound of a file as mono 16 kHz; what a damaged file still holds is kept.

    Raises:
        RecordingError: there is no such file, it holds no sound, or more than `max_seconds`.
    """
    return decode_audio(path, max_seconds=max_seconds).recording


def decode_audio(path: Path, *, max_seconds: float = ANSWER_LIMIT_SECONDS) -> DecodedAudio:
    """Return the sound of a file as mono 16 kHz, and what was wrong with the file.

    Stereo becomes the mean of both sides; where one side is silent, or the two cancel each other
    out (swapped wires), the louder side alone. Memory is bounded by `max_seconds`: about 6 bytes
    a sample, 6 MB a minute.

    Raises:
        RecordingError: there is no such file, it holds no sound, or more than `max_seconds`.
    """
    decoded = _decode(path, rate=SAMPLE_RATE, max_seconds=max_seconds, side=None)
    if decoded.lost_side is not None:
        decoded = _decode(path, rate=SAMPLE_RATE, max_seconds=max_seconds, side=decoded.lost_side)
    if not decoded.sample_count:
        raise _no_sound(path)
    return DecodedAudio(recording=Recording(decoded.samples()), warning=decoded.warning)


def sound_seconds(path: Path) -> float:
    """Return the length of a sound file in seconds without decoding it.

    Where the file names no length (a browser's webm), its packets are counted.

    Raises:
        RecordingError: there is no such file, or it holds no sound.
    """
    with _opened(path) as (container, stream):
        declared = _declared_seconds(container, stream)
        if declared is not None:
            return declared
        end = 0.0
        with suppress(_ffmpeg_error()):
            for packet in container.demux(stream):
                if packet.pts is not None and packet.time_base is not None:
                    end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    if not end:
        raise _no_sound(path)
    return end


def write_wav(path: Path, recording: Recording) -> None:
    """Write a recording as a 16-bit mono WAV, readable by its owner only.

    The file appears whole or not at all; an existing one is replaced.

    Raises:
        RecordingError: it can't be written there.
    """
    write_pcm16_wav(path, recording.to_pcm16(), sample_rate=SAMPLE_RATE)


def write_pcm16_wav(path: Path, pcm: bytes, *, sample_rate: int) -> None:
    """Write 16-bit little-endian mono PCM at any rate as a WAV, as `write_wav` does.

    Raises:
        RecordingError: it can't be written there.
    """
    partial: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".partial")
        partial = Path(name)
        with os.fdopen(descriptor, "wb") as file, wave.open(file, "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(sample_rate)
            wav.writeframes(pcm)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                partial.unlink()
        raise RecordingError(
            f"The sound can't be written to {path}: {error.strerror or error}.",
            "Make the folder writable, or make room on that disk.",
        ) from error


def pcm16_at_rate(path: Path, *, rate: int | None, max_seconds: float) -> tuple[bytes, int]:
    """Return a file's sound as mono 16-bit PCM at `rate` (None: its own), and that rate.

    Raises:
        RecordingError: there is no such file, it holds no sound, or more than `max_seconds`.
    """
    decoded = _decode(path, rate=rate, max_seconds=max_seconds, side=None)
    if not decoded.sample_count:
        raise _no_sound(path)
    return b"".join(chunk.astype("<i2").tobytes() for chunk in decoded.chunks), decoded.rate


@dataclass(slots=True, kw_only=True)
class _Decoded:
    """Mono chunks as they came out; `lost_side` is the side to take alone where a mix is none."""

    chunks: list[NDArray[np.int16]]
    sample_count: int
    rate: int
    warning: str | None
    lost_side: int | None

    def samples(self) -> NDArray[np.float32]:
        """Hand over the chunks as float32, giving each one's memory back as it is copied."""
        samples = np.empty(self.sample_count, dtype=np.float32)
        position = 0
        self.chunks.reverse()
        while self.chunks:
            chunk = self.chunks.pop()
            np.multiply(chunk, 1 / PCM16_FULL_SCALE, out=samples[position : position + len(chunk)])
            position += len(chunk)
        return samples


def _decode(path: Path, *, rate: int | None, max_seconds: float, side: int | None) -> _Decoded:
    """Decode a file to mono; `side` picks one side of a stereo file, None mixes both."""
    with _opened(path) as (container, stream):
        rate = rate or stream.rate
        most_samples = int(max_seconds * rate)
        stereo = stream.channels == 2
        decoded = _Decoded(chunks=[], sample_count=0, rate=rate, warning=None, lost_side=None)
        energy = _StereoEnergy()
        damage = _Damage(broke_off=_lacks_its_end(path))
        for frame in _resampled(
            _frames(container, stream, damage), rate=rate, layout="stereo" if stereo else "mono"
        ):
            block = frame.to_ndarray().astype(np.int16, copy=False)
            block = block.reshape(-1, 2 if stereo else 1)
            chunk = _mono(block, side=side)
            if stereo and side is None:
                energy.add(block, chunk)
            decoded.chunks.append(chunk)
            decoded.sample_count += len(chunk)
            if decoded.sample_count > most_samples:
                raise RecordingError(
                    f"{path} is longer than {_minutes(max_seconds)}.",
                    "Cut it to what matters, or into parts, and try again.",
                )
        decoded.lost_side = energy.lost_side()
        decoded.warning = _warning(
            seconds=decoded.sample_count / rate,
            declared_seconds=_declared_seconds(container, stream),
            damage=damage,
        )
    return decoded


def _mono(block: NDArray[np.int16], *, side: int | None) -> NDArray[np.int16]:
    """Return one channel of (n, channels) samples: a side of them, or their mean."""
    if block.shape[1] == 1:
        return block[:, 0]
    if side is not None:
        return block[:, side].copy()
    wide = block.astype(np.int32)
    return ((wide[:, 0] + wide[:, 1]) >> 1).astype(np.int16)


@dataclass(slots=True)
class _StereoEnergy:
    """Sums of squares of both sides and of their mix, to tell when mixing loses the voice."""

    left: float = 0.0
    right: float = 0.0
    mix: float = 0.0

    def add(self, block: NDArray[np.int16], mix: NDArray[np.int16]) -> None:
        left, right = block.astype(np.float64).T
        self.left += float(left @ left)
        self.right += float(right @ right)
        whole = mix.astype(np.float64)
        self.mix += float(whole @ whole)

    def lost_side(self) -> int | None:
        """Return the side (0 left, 1 right) to take alone; None where the mix is right."""
        louder, softer = max(self.left, self.right), min(self.left, self.right)
        if not louder or (softer >= _SIDE_IS_LOST * louder and self.mix >= _SIDE_IS_LOST * louder):
            return None
        return 0 if self.left >= self.right else 1


@dataclass(slots=True)
class _Damage:
    """What went wrong while a file was decoded."""

    bad_parts: int = 0
    broke_off: bool = False


def _lacks_its_end(path: Path) -> bool:
    """Return whether a wav or ogg file stops before its own end, which the decoder won't say."""
    with path.open("rb") as file:
        length = os.fstat(file.fileno()).st_size
        start = file.read(8)
        if start[:4] == b"RIFF":
            named = int.from_bytes(start[4:8], "little")
            return named != 0xFFFFFFFF and length < named + 8 - named % 2
        if start[:4] == b"OggS":
            file.seek(max(0, length - _OGG_PAGE_BYTES))
            tail = file.read()
            last_page = tail.rfind(b"OggS")
            return last_page < 0 or last_page + 5 >= len(tail) or not tail[last_page + 5] & 4
    return False


def _warning(*, seconds: float, declared_seconds: float | None, damage: _Damage) -> str | None:
    missing = 0.0 if declared_seconds is None else declared_seconds - seconds
    if declared_seconds is not None and missing > max(
        _SHORTER_BY_SECONDS, _SHORTER_BY_SHARE * declared_seconds
    ):
        return (
            f"The file breaks off after {seconds:.1f} s of {declared_seconds:.1f} s; "
            "what is there was kept."
        )
    if damage.broke_off:
        return f"The file breaks off after {seconds:.1f} s; what is there was kept."
    if damage.bad_parts:
        return f"{damage.bad_parts} damaged parts of the file were left out."
    return None


@contextmanager
def _opened(path: Path) -> "Iterator[tuple[InputContainer, AudioStream]]":
    """Open a file and its first sound stream; everything that can be wrong is a RecordingError."""
    import av  # noqa: PLC0415 - loading it takes longer than `voicecoach --help` may

    if path.is_dir():
        raise RecordingError(f"{path} is a folder.", "Name the audio file inside it.")
    if not path.exists():
        raise RecordingError(f"There is no file {path}.", "Check the name and the folder.")
    if not path.is_file():
        raise RecordingError(f"{path} is not an ordinary file.", f"Give a {READABLE} file.")
    try:
        file = path.open("rb")
    except OSError as error:
        raise RecordingError(
            f"{path} can't be read: {error.strerror or error}.", "Check that you may read it."
        ) from error
    with file:
        if not os.fstat(file.fileno()).st_size:
            raise RecordingError(f"{path} is empty.", "Record the answer again.")
        try:
            container = av.open(file, mode="r", options={"format_whitelist": _CONTAINERS})
        except (av.FFmpegError, ValueError) as error:
            raise RecordingError(
                f"{path} is broken or no audio file.", f"Give a {READABLE} file."
            ) from error
        with container:
            if not container.streams.audio:
                raise _no_sound(path)
            stream = container.streams.audio[0]
            try:
                unusable = stream.rate <= 0 or stream.channels <= 0
            except (av.FFmpegError, AttributeError, ValueError):
                unusable = True
            if unusable:
                raise RecordingError(
                    f"The sound in {path} is in a form that can't be read.",
                    f"Give a {READABLE} file.",
                )
            yield container, stream


def _frames(
    container: "InputContainer", stream: "AudioStream", damage: _Damage
) -> "Iterator[AudioFrame]":
    """Decode packet by packet, leaving out what is broken and counting it."""
    import av  # noqa: PLC0415 - as above

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            damage.broke_off = True
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except av.EOFError:
            return
        except av.FFmpegError:
            damage.bad_parts += 1


def _resampled(frames: "Iterator[AudioFrame]", *, rate: int, layout: str) -> "Iterator[AudioFrame]":
    """Bring frames to 16 bit at `rate`, beginning afresh where a file changes its own form."""
    import av  # noqa: PLC0415 - as above

    resampler: av.AudioResampler | None = None
    form: tuple[str, str, int] | None = None
    for frame in frames:
        this_form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or this_form != form:
            if resampler is not None:
                yield from resampler.resample(None)
            resampler = av.AudioResampler(format="s16", layout=layout, rate=rate)
            form = this_form
        frame.pts = None
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


def _declared_seconds(container: "InputContainer", stream: "AudioStream") -> float | None:
    """Return the length the file itself names, in seconds; None where it names none."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration:
        return container.duration / 1_000_000
    return None


def _ffmpeg_error() -> type[Exception]:
    import av  # noqa: PLC0415 - as above

    return av.FFmpegError


def _no_sound(path: Path) -> RecordingError:
    return RecordingError(
        f"{path} holds no sound.", f"Give a {READABLE} file with an answer in it."
    )


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"

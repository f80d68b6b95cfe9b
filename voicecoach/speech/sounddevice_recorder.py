"""The Recorder: the microphone through sounddevice, onto the disk as it arrives.

PortAudio's own thread only puts blocks into a queue; the caller's thread writes them, so a slow
disk costs memory and never sound. Time is counted in samples and in waits, not by the clock: a
process that was stopped and continued has not lost its microphone.
"""

import queue
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from voicecoach.errors import MicrophoneError, RecordingError
from voicecoach.speech.contracts import RecordedAnswer, RecordingProgress
from voicecoach.speech.level_meter import level_of_pcm16
from voicecoach.speech.native_noise import without_native_noise
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.recording_file import BYTES_PER_SAMPLE, RecordingWriter
from voicecoach.speech.sound_system import (
    close_stream,
    device_problem,
    load_sounddevice,
    look_for_devices_again,
)

_BLOCK_SECONDS: Final = 0.1
_WAIT_SECONDS: Final = 0.1
_INSTEAD: Final = "give the answer as a sound file with --answer FILE"
_MUTED_SECONDS: Final = 1.0


class _Block(NamedTuple):
    """What one callback brought: mono or interleaved PCM, and whether sound was lost before it."""

    pcm: bytes
    overflowed: bool


class _Form(NamedTuple):
    """How the device gives its sound."""

    sample_rate: int
    channels: int


class SounddeviceRecorder:
    """Records from a microphone at 16 kHz, or at the device's own rate where it refuses that.

    Args:
        device: number or (part of the) name of an input device; None: the system's default.
        first_sound_seconds: how long the device may take to deliver its first samples.
        gone_seconds: a device that delivers nothing for so long has gone away.
    """

    def __init__(
        self,
        device: int | str | None = None,
        *,
        first_sound_seconds: float = 10.0,
        gone_seconds: float = 2.0,
    ) -> None:
        self._device = int(device) if isinstance(device, str) and device.isdigit() else device
        self._first_sound_seconds = first_sound_seconds
        self._gone_seconds = gone_seconds

    def microphone(self) -> str:
        """Return the name of the microphone that `record` would use; nothing is recorded.

        Raises:
            MicrophoneError: there is none, or no PortAudio.
        """
        sounddevice = load_sounddevice(MicrophoneError, instead=_INSTEAD)
        try:
            return str(_device_information(sounddevice, self._device)["name"])
        except MicrophoneError:
            look_for_devices_again(sounddevice)
            return str(_device_information(sounddevice, self._device)["name"])

    def record(
        self,
        path: Path,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        should_stop: Callable[[], bool],
        limit_seconds: float | None,
    ) -> RecordedAnswer:
        """Record into a new file `path` (16-bit mono WAV) until `should_stop` or the limit.

        `on_started` is called once the first samples are on disk ("speak now"), `on_progress`
        about ten times a second. Silence never ends a recording. If the device goes away or the
        disk fills up, what was recorded is kept and `interrupted` says why. An exception from a
        callback, Ctrl-C among them, leaves the finished file behind.

        Raises:
            MicrophoneError: no microphone could be opened, or it delivered nothing; no file is
                left behind.
            RecordingError: the file can't be made, or exists already.
        """
        with without_native_noise():
            return self._record(
                path,
                on_started=on_started,
                on_progress=on_progress,
                should_stop=should_stop,
                limit_seconds=limit_seconds,
            )

    def _record(
        self,
        path: Path,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        should_stop: Callable[[], bool],
        limit_seconds: float | None,
    ) -> RecordedAnswer:
        sounddevice = load_sounddevice(MicrophoneError, instead=_INSTEAD)
        blocks: queue.SimpleQueue[_Block] = queue.SimpleQueue()

        def take(indata: Any, _frames: int, _time: Any, status: Any) -> None:
            blocks.put(_Block(bytes(indata), bool(status.input_overflow)))

        stream, form = _open_stream(sounddevice, self._device, take)
        try:
            writer = RecordingWriter(path, sample_rate=form.sample_rate)
        except RecordingError:
            close_stream(stream)
            raise
        session = _Session(
            writer,
            form,
            on_started=on_started,
            on_progress=on_progress,
            limit_seconds=limit_seconds,
        )
        try:
            stream.start()
            self._listen(stream, blocks, session, should_stop)
        except sounddevice.PortAudioError as problem:
            session.break_off(_gone(device_problem(problem)))
        finally:
            try:
                close_stream(stream)
            finally:
                session.finish(blocks)
        if session.interrupted and not writer.seconds:
            writer.discard()
            raise session.failure()
        return RecordedAnswer(
            path=path,
            seconds=writer.seconds,
            interrupted=session.interrupted,
            warning=session.warning(),
        )

    def _listen(
        self,
        stream: Any,
        blocks: "queue.SimpleQueue[_Block]",
        session: "_Session",
        should_stop: Callable[[], bool],
    ) -> None:
        """Write block after block until somebody or something ends it."""
        waited_seconds = 0.0
        while not session.ended and not should_stop():
            try:
                block = blocks.get(timeout=_WAIT_SECONDS)
            except queue.Empty:
                waited_seconds += _WAIT_SECONDS
                patience = self._gone_seconds if session.started else self._first_sound_seconds
                if waited_seconds >= patience or not stream.active:
                    session.break_off(_gone("it stopped delivering sound"))
            else:
                waited_seconds = 0.0
                session.take(block)


class _Session:
    """One recording under way: what has arrived, and why it ended."""

    def __init__(
        self,
        writer: RecordingWriter,
        form: _Form,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        limit_seconds: float | None,
    ) -> None:
        self.writer = writer
        self.started = False
        self.interrupted: str | None = None
        self._form = form
        self._on_started = on_started
        self._on_progress = on_progress
        self._bytes_left = (
            None
            if limit_seconds is None
            else max(0, round(limit_seconds * form.sample_rate)) * BYTES_PER_SAMPLE
        )
        self._told_seconds = 0.0
        self._overflows = 0
        self._only_zeros = True
        self._disk_error: OSError | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be written."""
        return self.interrupted is not None or self._bytes_left == 0

    def take(self, block: _Block) -> None:
        """Write a block, then tell how it goes."""
        pcm = self._write(block)
        if self.interrupted is not None:
            return
        if not self.started:
            self.started = True
            self._on_started()
        if self.writer.seconds - self._told_seconds >= _BLOCK_SECONDS - 1e-6:
            self._told_seconds = self.writer.seconds
            self._on_progress(
                RecordingProgress(seconds=self.writer.seconds, level=level_of_pcm16(pcm))
            )

    def break_off(self, why: str) -> None:
        """Note why the recording ended before the person ended it; the first reason stays."""
        self.interrupted = self.interrupted or why

    def finish(self, blocks: "queue.SimpleQueue[_Block]") -> None:
        """Write what still waits in the queue and close the file."""
        with suppress(queue.Empty):
            while not self.ended:
                self._write(blocks.get_nowait())
        try:
            self.writer.close()
        except OSError as error:
            self._disk_failed(error)

    def failure(self) -> MicrophoneError | RecordingError:
        """Return the error for a recording that broke off before anything was recorded."""
        if self._disk_error is not None:
            return RecordingError(
                f"The disk takes no recording ({self._disk_error.strerror or self._disk_error}).",
                "Make room on it and try again.",
            )
        return MicrophoneError("The microphone delivered no sound.", _denied_remedy())

    def warning(self) -> str | None:
        """Return what was wrong with the sound, in a sentence."""
        if self._only_zeros and self.writer.seconds >= _MUTED_SECONDS:
            return f"The microphone gave digital silence throughout. {_denied_remedy()}"
        if self._overflows:
            return (
                f"The computer was too busy {self._overflows} times while recording; "
                "short pieces of the sound are missing."
            )
        return None

    def _write(self, block: _Block) -> bytes:
        pcm = _mono(block.pcm, self._form.channels)
        if self._bytes_left is not None:
            pcm = pcm[: self._bytes_left]
            self._bytes_left -= len(pcm)
        # The first block of a stream may name sound lost before anybody was listening.
        self._overflows += block.overflowed and self.started
        self._only_zeros = self._only_zeros and not any(pcm)
        try:
            self.writer.append(pcm)
        except OSError as error:
            self._disk_failed(error)
        return pcm

    def _disk_failed(self, error: OSError) -> None:
        self._disk_error = error
        self.break_off(
            f"The disk failed ({error.strerror or error}); what was recorded until then is kept. "
            "Make room before the next answer."
        )


def _mono(pcm: bytes, channels: int) -> bytes:
    if channels == 1:
        return pcm
    samples = np.frombuffer(pcm, dtype=np.int16).reshape(-1, channels)
    mixed: bytes = np.rint(samples.mean(axis=1)).astype("<i2").tobytes()
    return mixed


def _open_stream(
    sounddevice: Any, device: int | str | None, take: Callable[..., None]
) -> tuple[Any, _Form]:
    """Open the microphone; where there is none, look once more for what was plugged in since."""
    try:
        return _first_granted(sounddevice, device, take)
    except MicrophoneError:
        look_for_devices_again(sounddevice)
        return _first_granted(sounddevice, device, take)


def _first_granted(
    sounddevice: Any,
    device: int | str | None,
    take: Callable[..., None],
) -> tuple[Any, _Form]:
    information = _device_information(sounddevice, device)
    native = int(information["default_samplerate"])
    channels = min(2, int(information["max_input_channels"]))
    refusal: Exception | None = None
    for form in dict.fromkeys((_Form(SAMPLE_RATE, 1), _Form(native, 1), _Form(native, channels))):
        try:
            stream = sounddevice.RawInputStream(
                device=device,
                samplerate=form.sample_rate,
                channels=form.channels,
                dtype="int16",
                blocksize=round(form.sample_rate * _BLOCK_SECONDS),
                callback=take,
            )
        except sounddevice.PortAudioError as problem:
            refusal = problem
        else:
            return stream, form
    assert refusal is not None
    raise MicrophoneError(
        f"The microphone “{information['name']}” can't be opened ({device_problem(refusal)}).",
        _denied_remedy(),
    ) from refusal


def _device_information(sounddevice: Any, device: int | str | None) -> dict[str, Any]:
    try:
        information: dict[str, Any] = sounddevice.query_devices(device, "input")
    except (sounddevice.PortAudioError, ValueError) as problem:
        names = [
            str(entry["name"])
            for entry in sounddevice.query_devices()
            if entry["max_input_channels"] > 0
        ]
        if device is not None and names:
            raise MicrophoneError(
                f"There is no one microphone “{device}”.",
                f"Choose one of these: {'; '.join(names[:6])}.",
            ) from problem
        raise MicrophoneError(
            "No microphone was found.",
            f"Plug one in and check that the system's sound settings show it, or {_INSTEAD}.",
        ) from problem
    return information


def _gone(reason: str) -> str:
    return f"The microphone went away ({reason}); what was recorded until then is kept."


def _denied_remedy() -> str:
    if sys.platform == "darwin":
        where = "Allow it in System Settings, Privacy & Security, Microphone"
    elif sys.platform == "win32":
        where = "Allow it in Settings, Privacy & security, Microphone"
    else:
        where = "Close other programs that use it and check that it is not muted"
    return f"{where}, or {_INSTEAD}."

"""The Player: sound files through sounddevice."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from voicecoach.errors import AudioPlaybackError
from voicecoach.speech.audio_file import pcm16_at_rate
from voicecoach.speech.native_noise import without_native_noise
from voicecoach.speech.sound_system import (
    close_stream,
    device_problem,
    load_sounddevice,
    look_for_devices_again,
)

LONGEST_SECONDS: Final = 3 * 3600.0

_INSTEAD: Final = "read the question on the screen"
_WAIT_SECONDS: Final = 0.05
_STALLED_SECONDS: Final = 5.0


def _never() -> bool:
    return False


class SounddevicePlayer:
    """Plays on a sound card, at the file's rate or, where it is refused, at the card's own.

    Args:
        device: number or (part of the) name of an output device; None: the system's default.
    """

    def __init__(self, device: int | str | None = None) -> None:
        self._device = int(device) if isinstance(device, str) and device.isdigit() else device

    def output(self) -> str:
        """Return the name of the device that `play` would use; nothing is played.

        Raises:
            AudioPlaybackError: there is none, or no PortAudio.
        """
        sounddevice = load_sounddevice(AudioPlaybackError, instead=_INSTEAD)
        try:
            return str(self._information(sounddevice)["name"])
        except AudioPlaybackError:
            look_for_devices_again(sounddevice)
            return str(self._information(sounddevice)["name"])

    def play(self, path: Path, *, should_stop: Callable[[], bool] = _never) -> None:
        """Play the whole file, or until `should_stop`, and return when it has been heard.

        Raises:
            AudioPlaybackError: there is no PortAudio or sound card, it refuses the sound, or it
                stops taking it.
            RecordingError: the file holds no sound.
        """
        with without_native_noise():
            self._play(path, should_stop)

    def _play(self, path: Path, should_stop: Callable[[], bool]) -> None:
        sounddevice = load_sounddevice(AudioPlaybackError, instead=_INSTEAD)
        self.output()
        pcm, file_rate = pcm16_at_rate(path, rate=None, max_seconds=LONGEST_SECONDS)
        card_rate = int(self._information(sounddevice)["default_samplerate"])
        try:
            self._play_pcm(sounddevice, pcm, file_rate, should_stop)
        except sounddevice.PortAudioError:
            pcm, _ = pcm16_at_rate(path, rate=card_rate, max_seconds=LONGEST_SECONDS)
            try:
                self._play_pcm(sounddevice, pcm, card_rate, should_stop)
            except sounddevice.PortAudioError as problem:
                raise AudioPlaybackError(
                    f"The sound card refuses the sound ({device_problem(problem)}).",
                    f"Close other programs that use it, or {_INSTEAD}.",
                ) from problem

    def _play_pcm(
        self,
        sounddevice: Any,
        pcm: bytes,
        rate: int,
        should_stop: Callable[[], bool],
    ) -> None:
        finished = threading.Event()
        position = 0

        def fill(outdata: Any, _frames: int, _time: Any, _status: Any) -> None:
            nonlocal position
            wanted = len(outdata)
            part = pcm[position : position + wanted]
            outdata[:] = part + bytes(wanted - len(part))
            position += wanted
            if position >= len(pcm):
                raise sounddevice.CallbackStop

        stream = sounddevice.RawOutputStream(
            device=self._device,
            samplerate=rate,
            channels=1,
            dtype="int16",
            callback=fill,
            finished_callback=finished.set,
        )
        try:
            stream.start()
            patience_seconds = len(pcm) / 2 / rate + _STALLED_SECONDS
            waited_seconds = 0.0
            while not finished.wait(_WAIT_SECONDS):
                waited_seconds += _WAIT_SECONDS
                if should_stop():
                    stream.abort()
                    return
                if waited_seconds > patience_seconds:
                    stream.abort()
                    raise AudioPlaybackError(
                        "The sound card stopped taking sound.",
                        f"Check that it is still plugged in, or {_INSTEAD}.",
                    )
        finally:
            close_stream(stream)

    def _information(self, sounddevice: Any) -> dict[str, Any]:
        try:
            information: dict[str, Any] = sounddevice.query_devices(self._device, "output")
        except (sounddevice.PortAudioError, ValueError) as problem:
            which = "" if self._device is None else f" “{self._device}”"
            raise AudioPlaybackError(
                f"No loudspeaker or headphones{which} were found.",
                f"Plug them in and check the system's sound settings, or {_INSTEAD}.",
            ) from problem
        return information

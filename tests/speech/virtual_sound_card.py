"""A sound card made of a private PulseAudio daemon: its microphone hears its loudspeaker.

Needs on Linux: pulseaudio, libasound2-plugins (the way from ALSA to PulseAudio), libportaudio2.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ALSA_CONFIGURATION = "/usr/share/alsa/alsa.conf"
PACKAGES = "pulseaudio libasound2-plugins libportaudio2"


@dataclass(frozen=True, slots=True)
class VirtualSoundCard:
    """`environment` leads a process to the card; it is set in this process already."""

    environment: Mapping[str, str]
    daemon: "subprocess.Popen[bytes]"

    def unplug(self) -> None:
        """Take the card away for good."""
        self.daemon.kill()


def _portaudio_problem() -> str | None:
    try:
        import sounddevice  # noqa: F401
    except OSError as error:
        return str(error)
    return None


@contextmanager
def virtual_sound_card() -> Iterator[VirtualSoundCard]:
    """Start the daemon and lead PortAudio to it; skip the test where that can't be done."""
    if sys.platform != "linux":
        pytest.skip("the virtual sound card needs Linux")
    if shutil.which("pulseaudio") is None:
        pytest.skip(f"no pulseaudio here (apt-get install {PACKAGES})")
    if (problem := _portaudio_problem()) is not None:
        pytest.skip(f"{problem} (apt-get install {PACKAGES})")
    from voicecoach.errors import MicrophoneError
    from voicecoach.speech.sound_system import load_sounddevice, look_for_devices_again

    # Not pytest's folder: a socket's path may have no more than 107 characters.
    with tempfile.TemporaryDirectory(prefix="vc-card-") as name, pytest.MonkeyPatch.context() as m:
        environment = _environment(Path(name))
        with _daemon(Path(name), environment) as daemon:
            for key, value in environment.items():
                m.setenv(key, value)
            sounddevice = load_sounddevice(MicrophoneError, instead="skip the test")
            look_for_devices_again(sounddevice)
            if not list(sounddevice.query_devices()):
                pytest.skip(f"ALSA finds no way to PulseAudio (apt-get install {PACKAGES})")
            yield VirtualSoundCard(environment, daemon)
        m.undo()
        look_for_devices_again(sounddevice)


def _environment(folder: Path) -> dict[str, str]:
    alsa = folder / "asound.conf"
    alsa.write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    return {
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_COOKIE": str(folder / "cookie"),
        "PULSE_SERVER": f"unix:{folder / 'native'}",
        "ALSA_CONFIG_PATH": f"{ALSA_CONFIGURATION}:{alsa}",
    }


@contextmanager
def _daemon(folder: Path, environment: Mapping[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    socket = folder / "native"
    command = [
        *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
        *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
        # Without norewinds the first samples come 1.8 s late.
        *("-L", "module-null-sink sink_name=card norewinds=1"),
    ]
    with (
        (folder / "pulseaudio.log").open("wb") as log,
        subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=log
        ) as process,
    ):
        try:
            for _ in range(100):
                if socket.exists():
                    break
                if process.poll() is not None:
                    break
                time.sleep(0.1)
            if not socket.exists():
                pytest.skip(f"pulseaudio does not start: {(folder / 'pulseaudio.log').read_text()}")
            yield process
        finally:
            process.kill()

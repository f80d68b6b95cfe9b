"""A `sounddevice` module whose device does what a test says, for what no real card does on demand.

Put it in place with `monkeypatch.setitem(sys.modules, "sounddevice", FakeSounddevice(...))`.
"""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


class FakePortAudioError(Exception):
    """As PortAudio's own: a message first."""


class FakeSounddevice:
    """One input device that delivers a rising count as its samples, faster than real time.

    Args:
        rates: sample rates it grants.
        channels: numbers of channels it grants.
        blocks: how many blocks it delivers before it falls silent for good (None: no end).
        overflows: numbers of the blocks before which sound was lost.
        fails_to_start: whether starting the stream fails.
        ends: whether the stream also says that it has ended.
        zeros: it delivers digital silence.
        appears: there is no device until PortAudio looks again.
    """

    PortAudioError = FakePortAudioError

    def __init__(
        self,
        *,
        rates: tuple[int, ...] = (16_000, 48_000),
        channels: tuple[int, ...] = (1, 2),
        native_rate: int = 48_000,
        blocks: int | None = None,
        overflows: tuple[int, ...] = (),
        fails_to_start: bool = False,
        ends: bool = False,
        zeros: bool = False,
        appears: bool = False,
    ) -> None:
        self.rates = rates
        self.channels = channels
        self.native_rate = native_rate
        self.blocks = blocks
        self.overflows = overflows
        self.fails_to_start = fails_to_start
        self.ends = ends
        self.zeros = zeros
        self.there = not appears
        self.streams: list[FakeInputStream] = []

    def _terminate(self) -> None:
        self.there = True

    def _initialize(self) -> None: ...

    def query_devices(self, device: int | str | None = None, kind: str | None = None) -> Any:
        entry: dict[str, Any] = {
            "name": "Fake microphone",
            "max_input_channels": max(self.channels),
            "default_samplerate": float(self.native_rate),
        }
        if kind is None:
            return [entry] if self.there else []
        if not self.there:
            raise FakePortAudioError("Error querying device -1")
        if isinstance(device, str) and device not in entry["name"]:
            raise ValueError(f"No input device matching {device!r}")
        return entry

    def RawInputStream(self, **form: Any) -> "FakeInputStream":  # noqa: N802 - sounddevice's name
        if form["samplerate"] not in self.rates:
            raise FakePortAudioError("Error opening RawInputStream: Invalid sample rate", -9997)
        if form["channels"] not in self.channels:
            raise FakePortAudioError("Error opening RawInputStream: Invalid channels", -9998)
        stream = FakeInputStream(self, **form)
        self.streams.append(stream)
        return stream


class FakeInputStream:
    """Calls back from a thread of its own, as PortAudio does."""

    def __init__(
        self,
        module: FakeSounddevice,
        *,
        callback: Callable[[bytes, int, None, SimpleNamespace], None],
        blocksize: int,
        channels: int,
        samplerate: int,
        **_: object,
    ) -> None:
        self.samplerate = samplerate
        self.channels = channels
        self.closed = False
        self._module = module
        self._callback = callback
        self._blocksize = blocksize
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._deliver, daemon=True)

    @property
    def active(self) -> bool:
        return not self._module.ends or self._thread.is_alive()

    def start(self) -> None:
        if self._module.fails_to_start:
            raise FakePortAudioError("Error starting stream: Device unavailable", -9985)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def close(self) -> None:
        self.closed = True

    def _deliver(self) -> None:
        number = 0
        while not self._stop.wait(0.002) and number != self._module.blocks:
            first = number * self._blocksize
            samples = b"".join(
                (0 if self._module.zeros else (first + index) % 30_000).to_bytes(2, "little")
                * self.channels
                for index in range(self._blocksize)
            )
            overflowed = number in self._module.overflows
            self._callback(
                samples, self._blocksize, None, SimpleNamespace(input_overflow=overflowed)
            )
            number += 1

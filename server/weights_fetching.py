"""Fetches model weights in the background, one at a time, and says how far it has come.

Only when a person asks. Stopped or broken off, what has arrived is kept, and the next start goes on
from there.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from voicecoach.errors import CoachError, ConflictError, WeightsDownloadStoppedError
from voicecoach.speech.weights_download import download_size_bytes, download_weights


class FetchState(StrEnum):
    """Where a download stands."""

    RUNNING = "running"
    ARRIVED = "arrived"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One download: bytes that have arrived, bytes in all, and in words what went wrong."""

    name: str
    state: FetchState
    done_bytes: int
    total_bytes: int
    said: str = ""

    @property
    def share(self) -> float:
        """How far it has come, from 0 to 1."""
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else 0.0


class WeightsFetching:
    """The downloads of one server.

    Args:
        folder: where weights are kept.
        on_arrived: called in the background once some are complete.
    """

    def __init__(self, folder: Callable[[], Path], on_arrived: Callable[[], None]) -> None:
        self._folder = folder
        self._on_arrived = on_arrived
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._latest: Fetch | None = None

    @property
    def latest(self) -> Fetch | None:
        """The download that is running, or the last one that was."""
        return self._latest

    def start(self, name: str) -> Fetch:
        """Begin to fetch weights.

        Raises:
            WeightsDownloadError: no weights of that name are known.
            ConflictError: others are being fetched at the moment.
        """
        size_bytes = download_size_bytes(name)
        with self._lock:
            latest = self._latest
            if latest is not None and latest.state is FetchState.RUNNING:
                raise ConflictError(
                    f"“{latest.name}” is being fetched at the moment.", "Wait for it, or stop it."
                )
            self._stopping.clear()
            begun = Fetch(name=name, state=FetchState.RUNNING, done_bytes=0, total_bytes=size_bytes)
            self._latest = begun
            self._thread = threading.Thread(target=self._run, args=(begun,), daemon=True)
            self._thread.start()
        return begun

    def stop(self) -> None:
        """Stop what is being fetched, and wait until it has stopped."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, begun: Fetch) -> None:
        def on_progress(_file: str, done_bytes: int, total_bytes: int) -> None:
            self._latest = replace(begun, done_bytes=done_bytes, total_bytes=total_bytes)

        try:
            download_weights(
                begun.name,
                self._folder(),
                on_progress=on_progress,
                should_stop=self._stopping.is_set,
            )
        except WeightsDownloadStoppedError as error:
            self._end(FetchState.STOPPED, error.what_to_do)
        except CoachError as error:
            self._end(FetchState.FAILED, f"{error.what_happened} {error.what_to_do}")
        else:
            self._end(FetchState.ARRIVED, "")
            self._on_arrived()

    def _end(self, state: FetchState, said: str) -> None:
        assert self._latest is not None
        self._latest = replace(self._latest, state=state, said=said)

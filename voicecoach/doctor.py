"""What works on this machine, and how to mend the rest.

Each check is a plain record. The parts it looks at come in as functions: one returns in a few
words what was found, or raises a `CoachError` that says what is wrong and how to mend it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voicecoach.errors import CoachError, DatabaseError

Probe = Callable[[], str]
"""Returns what was found, or raises a CoachError with the remedy."""

LEAST_FREE_BYTES: Final = 200_000_000
"""Disk space below which practising is refused: about 100 minutes of recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part: whether it works, what was found, and how to mend it (empty where it works).

    `needed` parts decide whether one can practise aloud; without the others something is left out,
    which `without` names.
    """

    name: str
    works: bool
    found: str
    remedy: str
    needed: bool
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All checks, in the order in which they are worth mending."""

    checks: tuple[Check, ...]
    can_practise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """What is looked at. `home` is where the data lies; the others are probes."""

    home: Path
    data: Probe
    microphone: Probe
    speaker: Probe
    voice: Probe
    weights: Probe
    encoder: Probe


def examine(checkup: Checkup) -> Report:
    """Look at every part; one that breaks does not keep the others from being looked at."""
    checks = (
        _check("home", lambda: home_state(checkup.home), without="nothing can be kept"),
        _check("disk", lambda: disk_state(checkup.home), without="recordings find no room"),
        _check("data", checkup.data, without="nothing can be kept"),
        _check(
            "microphone",
            checkup.microphone,
            without="answer with a sound file (drill --answer FILE) or typed (drill --typed)",
        ),
        _check("weights", checkup.weights, without="recordings wait until there are some"),
        _check(
            "speaker",
            checkup.speaker,
            needed=False,
            without="questions are shown, and their sound lies in a file",
        ),
        _check("voice", checkup.voice, needed=False, without="questions are shown, not spoken"),
        _check(
            "encoder",
            checkup.encoder,
            needed=False,
            without="relevance and coverage are told from the words alone",
        ),
    )
    return Report(
        checks=checks,
        can_practise=all(check.works for check in checks if check.needed),
    )


def home_state(home: Path) -> str:
    """Return where the data lies, having written there.

    Raises:
        DatabaseError: it can't be written, or others can read it.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise DatabaseError(
            f"{home} can't be written ({error.strerror or error}).",
            "Choose another folder with --home or VOICECOACH_HOME.",
        ) from error
    if os.name == "posix" and home.stat().st_mode & 0o077:
        raise DatabaseError(f"Others can read {home}.", f"Close it: chmod 700 '{home}'")
    return str(home)


def disk_state(home: Path) -> str:
    """Return how much room there is for recordings.

    Raises:
        DatabaseError: there is too little.
    """
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE_BYTES:
        raise DatabaseError(
            f"Only {free / 1e6:.0f} MB are free beside {home}.",
            f"Free at least {LEAST_FREE_BYTES / 1e6:.0f} MB.",
        )
    return f"{free / 1e9:.1f} GB free"


def _check(name: str, probe: Probe, *, without: str, needed: bool = True) -> Check:
    try:
        found, works, remedy = probe(), True, ""
    except CoachError as error:
        found, works, remedy = error.what_happened, False, error.what_to_do
    except Exception as error:  # noqa: BLE001 - a broken driver must not hide the other checks
        found, works = f"{type(error).__name__}: {error}", False
        remedy = "This should not happen; run `make test` and report it."
    return Check(name=name, works=works, found=found, remedy=remedy, needed=needed, without=without)

"""Fetches model weights from the hub: with progress, deadlines, resuming, and checked hashes.

Files arrive in `NAME.partial/` beside the folder they are for, under names that hold their hash, so
that a stopped download goes on where it stopped. Only when every file is there and right does the
folder get its name. `HF_ENDPOINT` names another hub.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from voicecoach.errors import WeightsDownloadError
from voicecoach.speech.encoder_conversion import (
    ENCODER_NAME,
    ENCODER_REPOSITORY,
    ENCODER_SOURCE_FILES,
    convert_encoder,
    is_converted,
)
from voicecoach.speech.weights import (
    OPTIONAL_WHISPER_FILES,
    VOCABULARY_FILES,
    WHISPER_FILES,
    is_whisper,
    missing_whisper_files,
    weights_state,
)
from voicecoach.speech.weights_catalogue import find_known_weights
from voicecoach.speech.weights_hub import (
    ENCODER_ALIAS,
    Hub,
    HubFile,
    hub_failure,
    names_to_choose,
    never,
)
from voicecoach.speech.weights_manifest import (
    WeightsManifest,
    describe_files,
    write_manifest,
)

SILENCE_SECONDS: Final = 30.0
"""A hub that sends nothing for this long is given up on."""

SPARE_BYTES: Final = 50_000_000
"""Disk space left free: recordings and the database need room to live on."""

Progress = Callable[[str, int, int], None]
"""Called with the file's name, bytes that have arrived and bytes wanted, both over all files."""


def download_weights(
    name: str,
    models_folder: Path,
    *,
    on_progress: Progress | None = None,
    silence_seconds: float = SILENCE_SECONDS,
    should_stop: Callable[[], bool] = never,
) -> Path:
    """Bring weights into `models_folder / NAME`; does nothing where they are complete already.

    Args:
        name: a name of the catalogue, or "encoder" for the sentence encoder.
        models_folder: made if it is not there.
        on_progress: called many times a second while something arrives.
        silence_seconds: the hub is given up on after this long without a byte.
        should_stop: asked several times a second; once true, the download ends.

    Returns:
        The folder of the weights.

    Raises:
        WeightsDownloadError: no such weights, no network, a hub that does not answer, a full
            disk, a damaged file, or another process is fetching them. What has arrived is kept.
        WeightsDownloadStoppedError: it was to stop.
    """
    fetch = _fetch_encoder if name in {ENCODER_ALIAS, ENCODER_NAME} else _fetch_whisper
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        bounds = _Bounds(silence_seconds=silence_seconds, should_stop=should_stop)
        return fetch(name, models_folder, on_progress or _ignore, bounds)
    except OSError as error:
        raise WeightsDownloadError(
            f"The weights “{name}” can't be written to {models_folder} ({error.strerror}).",
            "Make room or set models_folder to another folder; what has arrived is kept.",
        ) from error


def download_size_bytes(name: str) -> int:
    """Return about how much a download of these weights takes.

    Raises:
        WeightsDownloadError: no weights of that name are known.
    """
    if name in {ENCODER_ALIAS, ENCODER_NAME}:
        return sum(file.size_bytes for file in ENCODER_SOURCE_FILES)
    known = find_known_weights(name)
    if known is None:
        raise _unknown(name)
    return known.size_bytes


class _Bounds(NamedTuple):
    """When a download ends before its time: see `download_weights`."""

    silence_seconds: float
    should_stop: Callable[[], bool]


def _fetch_whisper(name: str, models_folder: Path, on_progress: Progress, bounds: _Bounds) -> Path:
    known = find_known_weights(name)
    if known is None:
        raise _unknown(name)
    target = models_folder / known.name
    if is_whisper(weights_state(target)):
        return target
    staging = models_folder / f"{known.name}.partial"
    wanted = (*WHISPER_FILES, *VOCABULARY_FILES, *OPTIONAL_WHISPER_FILES)
    with _alone(models_folder, known.name):
        revision = _fetch(
            known.repository,
            staging,
            wanted=wanted,
            hashes={},
            on_progress=on_progress,
            bounds=bounds,
        )
        missing = missing_whisper_files(staging)
        if missing:
            raise WeightsDownloadError(
                f"{known.repository} on the model hub lacks {', '.join(missing)}.",
                f"Choose others: {names_to_choose()}.",
            )
        arrived = [file for file in wanted if (staging / file).is_file()]
        for leftover in {path.name for path in staging.iterdir()} - set(arrived):
            (staging / leftover).unlink()
        write_manifest(
            staging,
            WeightsManifest(
                name=known.name,
                source=known.repository,
                revision=revision,
                files=describe_files(staging, arrived),
            ),
        )
        if target.exists():
            shutil.rmtree(target)
        staging.rename(target)
    return target


def _fetch_encoder(_name: str, models_folder: Path, on_progress: Progress, bounds: _Bounds) -> Path:
    target = models_folder / ENCODER_NAME
    if is_converted(target):
        return target
    staging = models_folder / f"{ENCODER_NAME}.partial"
    hashes = {file.name: file.sha256 for file in ENCODER_SOURCE_FILES if file.sha256}
    with _alone(models_folder, ENCODER_NAME):
        _fetch(
            ENCODER_REPOSITORY,
            staging,
            wanted=tuple(hashes),
            hashes=hashes,
            on_progress=on_progress,
            bounds=bounds,
        )
        convert_encoder(staging, target)
        shutil.rmtree(staging)
    return target


def _fetch(
    repository: str,
    staging: Path,
    *,
    wanted: Sequence[str],
    hashes: Mapping[str, str],
    on_progress: Progress,
    bounds: _Bounds,
) -> str:
    """Bring the wanted files, as far as the hub has them, into `staging`; return the revision.

    Args:
        repository: "owner/name" on the hub.
        staging: the folder files arrive in.
        wanted: names of files; what else the hub has is left there.
        hashes: SHA-256 by file name where ours counts more than the hub's.
        on_progress: as for `download_weights`.
        bounds: when to end early.
    """
    with Hub(repository, bounds.silence_seconds, bounds.should_stop) as hub:
        listed = hub.list_files()
        files = [
            HubFile(
                name=file["name"],
                size_bytes=int(file["size_bytes"]),
                sha256=hashes.get(file["name"], file["sha256"]),
                git_blob=file["git_blob"],
            )
            for file in listed["files"]
            if file["name"] in wanted and file["size_bytes"] is not None
        ]
        if set(hashes) - {file.name for file in files}:
            raise hub_failure(repository, "not_found", "", bounds.silence_seconds)
        staging.mkdir(exist_ok=True)
        missing = [file for file in files if not file.is_at(staging / file.name)]
        arrived = {file.name: _arrived_bytes(file, staging) for file in missing}
        total = sum(file.size_bytes for file in files)
        there = total - sum(file.size_bytes for file in missing)
        _require_room(staging, sum(file.size_bytes for file in missing) - sum(arrived.values()))
        for file_name, file_bytes in hub.fetch(missing, staging):
            arrived[file_name] = file_bytes
            on_progress(file_name, there + sum(arrived.values()), total)
    for file in missing:
        partial = file.partial(staging)
        if not file.is_at(partial):
            partial.unlink(missing_ok=True)
            raise WeightsDownloadError(
                f"The file {file.name} of {repository} arrived damaged: its hash differs from the "
                "published one.",
                "It was thrown away. Try again; if it happens twice, something between you and "
                "the model hub changes files.",
            )
        partial.replace(staging / file.name)
    return str(listed["revision"])


def _arrived_bytes(file: HubFile, staging: Path) -> int:
    """Return how much of a file is there; one longer than it should be is thrown away."""
    partial = file.partial(staging)
    if not partial.is_file():
        return 0
    size = partial.stat().st_size
    if size > file.size_bytes:
        partial.unlink()
        return 0
    return size


def _require_room(folder: Path, wanted_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted_bytes + SPARE_BYTES:
        raise WeightsDownloadError(
            f"The disk is too full: {(wanted_bytes + SPARE_BYTES) / 1e6:.0f} MB are needed in "
            f"{folder.parent}, {free / 1e6:.0f} MB are free.",
            "Make room, set models_folder to another disk, or choose smaller weights.",
        )


def _unknown(name: str) -> WeightsDownloadError:
    return WeightsDownloadError(
        f"No weights are called “{name}”.", f"Known ones: {names_to_choose()}."
    )


@contextmanager
def _alone(models_folder: Path, name: str) -> Iterator[None]:
    """Hold the lock of these weights; the system frees it when the process ends.

    Raises:
        WeightsDownloadError: another process holds it.
    """
    with (models_folder / f".{name}.lock").open("a+b") as file:
        try:
            _lock(file)
        except OSError:
            raise WeightsDownloadError(
                f"The weights “{name}” are being fetched by another process.", "Wait for it."
            ) from None
        yield


def _lock(file: IO[bytes]) -> None:
    """Lock an open file for this process, or raise OSError at once."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _ignore(_file: str, _done_bytes: int, _total_bytes: int) -> None:
    """Take no notice of progress."""

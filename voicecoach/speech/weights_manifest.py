"""What a folder of weights should hold: each file's size and hash, written once it is complete.

The manifest lies beside the weights as `voicecoach-manifest.json`. It is written last, so a
folder that has one was complete when it was made; checking sizes against it is cheap, re-hashing
proves it.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MANIFEST_NAME: Final = "voicecoach-manifest.json"
"""File name of the manifest inside a folder of weights."""

_BLOCK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsFile:
    """One file of some weights: its name, size in bytes and SHA-256 in lower-case hexadecimal.

    `sha256` is None where nobody has published or computed it.
    """

    name: str
    size_bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsManifest:
    """What a folder holds: the weights' name, where they came from, which revision, which files.

    `source` is a repository of the hub, or words ("imported"); `revision` its commit, or the
    version of the conversion that made the files.
    """

    name: str
    source: str
    revision: str
    files: tuple[WeightsFile, ...]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal, reading 1 MiB at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def describe_files(folder: Path, names: Iterable[str]) -> tuple[WeightsFile, ...]:
    """Return size and hash of the named files in `folder`, in the order given."""
    return tuple(
        WeightsFile(
            name=name,
            size_bytes=(folder / name).stat().st_size,
            sha256=sha256_of(folder / name),
        )
        for name in names
    )


def write_manifest(folder: Path, manifest: WeightsManifest) -> None:
    """Write the manifest beside the weights, whole or not at all."""
    body = {
        "name": manifest.name,
        "source": manifest.source,
        "revision": manifest.revision,
        "files": [
            {"name": file.name, "size_bytes": file.size_bytes, "sha256": file.sha256}
            for file in manifest.files
        ],
    }
    unfinished = folder / f"{MANIFEST_NAME}.partial"
    unfinished.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(folder / MANIFEST_NAME)


def read_manifest(folder: Path) -> WeightsManifest | None:
    """Return the manifest in `folder`; None where there is none or it can't be understood."""
    try:
        body = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        return WeightsManifest(
            name=str(body["name"]),
            source=str(body["source"]),
            revision=str(body["revision"]),
            files=tuple(
                WeightsFile(
                    name=str(file["name"]),
                    size_bytes=int(file["size_bytes"]),
                    sha256=None if file["sha256"] is None else str(file["sha256"]),
                )
                for file in body["files"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def failing_files(
    folder: Path, files: Iterable[WeightsFile], *, hashes: bool = False
) -> tuple[str, ...]:
    """Return the names of files that are missing or differ, in the order given.

    Sizes are compared always; with `hashes` every file whose hash is known is read and hashed
    too (about 1 s for 500 MB).
    """
    failing: list[str] = []
    for file in files:
        path = folder / file.name
        same = path.is_file() and path.stat().st_size == file.size_bytes
        if same and hashes and file.sha256 is not None:
            same = sha256_of(path) == file.sha256
        if not same:
            failing.append(file.name)
    return tuple(failing)

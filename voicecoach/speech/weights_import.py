"""Takes over weights that were copied from another machine: a folder, or a zip or tar archive.

From an archive only files with the names of weights are read, each under its bare name: whatever
paths, links or devices it names, nothing is written outside the folder the weights are for.
"""

import re
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from voicecoach.errors import InvalidInputError
from voicecoach.speech.encoder_conversion import (
    ENCODER_FILES,
    ENCODER_NAME,
    ENCODER_SOURCE_FILES,
    convert_encoder,
)
from voicecoach.speech.weights import (
    OPTIONAL_WHISPER_FILES,
    VOCABULARY_FILES,
    WHISPER_FILES,
    WHISPER_SPECIFICATION,
    missing_whisper_files,
    read_specification,
    weights_state,
)
from voicecoach.speech.weights_catalogue import find_known_weights
from voicecoach.speech.weights_manifest import (
    MANIFEST_NAME,
    WeightsManifest,
    describe_files,
    failing_files,
    read_manifest,
    write_manifest,
)

WEIGHTS_FILES: Final = frozenset(
    {
        *WHISPER_FILES,
        *VOCABULARY_FILES,
        *OPTIONAL_WHISPER_FILES,
        *ENCODER_FILES,
        *(file.name for file in ENCODER_SOURCE_FILES),
        MANIFEST_NAME,
    }
)
"""Names of files that are taken; everything else stays where it is."""

LARGEST_BYTES: Final = 8_000_000_000
"""More than any weights we know take; an archive that claims more is refused."""

_COPY_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One file on offer: the folder it lies in, its name, its size, and what opens it."""

    folder: PurePosixPath
    name: str
    size_bytes: int
    entry: Any


def import_weights(source: Path, models_folder: Path, *, name: str = "") -> Path:
    """Copy weights from a folder or an archive into `models_folder / NAME`.

    Args:
        source: a folder with Whisper weights or the sentence encoder somewhere inside, or such a
            folder as .zip, .tar, .tar.gz, .tar.bz2 or .tar.xz.
        models_folder: made if it is not there.
        name: what to call them; by default the name in their manifest, or in the path they lie in.

    Returns:
        The folder of the weights.

    Raises:
        InvalidInputError: there are no complete weights in it, they are damaged or of another
            kind, there is no room, or the name can't be used. Weights that were there stay.
        WeightsMissingError: a sentence encoder's files are not the published ones.
    """
    if not source.exists():
        raise InvalidInputError(f"There is nothing at {source}.", "Check the path.")
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=".import-", suffix=".partial", dir=models_folder
        ) as staging_name:
            staging = Path(staging_name) / "weights"
            staging.mkdir()
            folder = _copy_weights(source, staging)
            if (staging / ENCODER_SOURCE_FILES[0].name).is_file():
                return _finish_encoder(staging, models_folder)
            return _finish(staging, models_folder, name or _name_of(staging, folder))
    except OSError as error:
        raise InvalidInputError(
            f"The weights in {source} can't be copied to {models_folder} ({error.strerror}).",
            "Check that both can be read and written, and that there is room.",
        ) from error
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, RuntimeError, ValueError) as error:
        raise InvalidInputError(
            f"{source} is no archive that can be read, or it is cut short ({error}).",
            "Copy it again, or give the folder itself.",
        ) from error


def _finish_encoder(staging: Path, models_folder: Path) -> Path:
    target = models_folder / ENCODER_NAME
    convert_encoder(staging, target)
    return target


def _finish(staging: Path, models_folder: Path, name: str) -> Path:
    """Check the copied files, describe them, and put them into their place in one step."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name) or name.endswith(".partial"):
        raise InvalidInputError(
            f"Weights can't be called “{name}”.",
            "Give a name of letters, digits, dots and dashes: voicecoach models import --name.",
        )
    manifest = read_manifest(staging)
    is_encoder = manifest is not None and manifest.name == ENCODER_NAME
    if manifest is not None:
        failing = failing_files(staging, manifest.files, hashes=True)
        if failing:
            raise InvalidInputError(
                f"The weights are damaged: {', '.join(failing)} differ from what they were.",
                "Copy them again from the other machine.",
            )
    if not is_encoder:
        _require_whisper(staging)
    if manifest is None:
        write_manifest(
            staging,
            WeightsManifest(
                name=name,
                source="imported",
                revision="",
                files=describe_files(staging, sorted(path.name for path in staging.iterdir())),
            ),
        )
    target = models_folder / (ENCODER_NAME if is_encoder else name)
    if weights_state(target).present:
        shutil.rmtree(target)
    staging.rename(target)
    return target


def _require_whisper(folder: Path) -> None:
    """Refuse a folder that is not a complete Whisper model of CTranslate2."""
    missing = missing_whisper_files(folder)
    if missing:
        raise InvalidInputError(
            f"The Whisper weights are not complete: {', '.join(missing)} is missing.",
            "Copy the whole folder from the other machine (files, not links: tar needs -h).",
        )
    specification = read_specification(folder / "model.bin")
    if specification != WHISPER_SPECIFICATION:
        raise InvalidInputError(
            "model.bin is no Whisper model of CTranslate2"
            + (f" but a {specification}." if specification else "."),
            "Take weights made for faster-whisper, such as Systran/faster-whisper-small.",
        )


def _name_of(staging: Path, folder: PurePosixPath) -> str:
    """Return the weights' name: from the manifest, else from the path they lay in.

    The hub's cache keeps them as `models--Systran--faster-whisper-small/snapshots/COMMIT`.
    """
    manifest = read_manifest(staging)
    if manifest is not None:
        return manifest.name
    parts = [
        re.sub(r"^(models--.*?--)?(faster-(distil-)?whisper-)?", r"", part) for part in folder.parts
    ]
    for original, part in zip(folder.parts, parts, strict=True):
        distilled = f"distil-{part}" if "faster-distil-whisper-" in original else part
        if find_known_weights(distilled):
            return distilled.lower()
    return parts[-1] if parts else ""


def _copy_weights(source: Path, staging: Path) -> PurePosixPath:
    """Copy the weights' files into `staging`; return the path they lay in."""
    with _offer(source) as (files, open_file):
        chosen = _choose(source, files)
        wanted_bytes = sum(file.size_bytes for file in chosen)
        free = shutil.disk_usage(staging).free
        if wanted_bytes > min(LARGEST_BYTES, free):
            raise InvalidInputError(
                f"The weights take {wanted_bytes / 1e6:.0f} MB, {free / 1e6:.0f} MB are free.",
                "Make room, or set models_folder to another disk.",
            )
        for file in chosen:
            with open_file(file.entry) as incoming, (staging / file.name).open("wb") as outgoing:
                _copy(incoming, outgoing, file.size_bytes)
    return chosen[0].folder


def _copy(incoming: IO[bytes], outgoing: IO[bytes], size_bytes: int) -> None:
    """Copy a file that must have exactly the size it claims."""
    left = size_bytes
    while block := incoming.read(_COPY_BYTES):
        left -= len(block)
        if left < 0:
            break
        outgoing.write(block)
    if left != 0:
        raise ValueError("a file in it is longer or shorter than it says")


def _choose(source: Path, files: list[_Found]) -> list[_Found]:
    """Return the files of the one folder that holds weights; nearest the top, if several do."""
    models = {"model.bin", ENCODER_SOURCE_FILES[0].name}
    folders = sorted(
        {file.folder for file in files if file.name in models},
        key=lambda folder: (len(folder.parts), str(folder)),
    )
    if not folders:
        raise InvalidInputError(
            f"There are no weights in {source}: no model.bin.",
            "Give a folder made for faster-whisper, or an archive of one (files, not links: tar "
            "needs -h).",
        )
    return [file for file in files if file.folder == folders[0]]


@contextmanager
def _offer(source: Path) -> Iterator[tuple[list[_Found], Any]]:
    """Yield the files of weights in a folder or an archive, and a function that opens one."""
    with ExitStack() as stack:
        if source.is_dir():
            found = [
                _Found(
                    folder=PurePosixPath(path.parent.as_posix()),
                    name=path.name,
                    size_bytes=path.stat().st_size,
                    entry=path,
                )
                for path in sorted(source.absolute().rglob("*"))
                if path.name in WEIGHTS_FILES and path.is_file()
            ]
            yield found, lambda path: path.open("rb")
        elif zipfile.is_zipfile(source):
            archive = stack.enter_context(zipfile.ZipFile(source))
            found = [
                _found_in_archive(source, item.filename, item.file_size, item)
                for item in archive.infolist()
                if not item.is_dir() and PurePosixPath(item.filename).name in WEIGHTS_FILES
            ]
            yield found, archive.open
        else:
            tar = stack.enter_context(tarfile.open(source))
            found = [
                _found_in_archive(source, item.name, item.size, item)
                for item in tar
                if item.isreg() and PurePosixPath(item.name).name in WEIGHTS_FILES
            ]
            yield found, tar.extractfile


def _found_in_archive(source: Path, path: str, size_bytes: int, entry: Any) -> _Found:
    """Describe a file of an archive; weights at its top lie in a folder named after it."""
    place = PurePosixPath(path)
    top = PurePosixPath(re.sub(r"(\.tar)?\.[A-Za-z0-9]+$", "", source.name))
    return _Found(folder=top / place.parent, name=place.name, size_bytes=size_bytes, entry=entry)

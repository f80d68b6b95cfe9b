"""Which model weights are on this machine, where, and whether they are complete.

Weights lie in folders named after them: `models/small/`, `models/all-MiniLM-L6-v2/`. Fetching is in
`weights_download`, taking them over from another machine in `weights_import`.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voicecoach.errors import WeightsMissingError
from voicecoach.speech.encoder_conversion import ENCODER_NAME, is_converted
from voicecoach.speech.weights_catalogue import (
    KNOWN_WEIGHTS,
    KnownWeights,
    default_whisper,
    find_known_weights,
)
from voicecoach.speech.weights_manifest import MANIFEST_NAME, failing_files, read_manifest

__all__ = [
    "ENCODER_NAME",
    "KNOWN_WEIGHTS",
    "KnownWeights",
    "WeightsState",
    "default_whisper",
    "find_known_weights",
    "find_whisper",
    "installed_weights",
    "is_whisper",
    "missing_whisper_files",
    "read_specification",
    "verify_weights",
    "weights_state",
]

WHISPER_FILES: Final = ("model.bin", "config.json", "tokenizer.json")
"""What faster-whisper can't do without."""

VOCABULARY_FILES: Final = ("vocabulary.json", "vocabulary.txt")
"""One of these must be there too; older conversions have the second."""

OPTIONAL_WHISPER_FILES: Final = ("preprocessor_config.json", "card.json")
"""Taken along where they are: large-v3 hears finer frequencies and says so in the first."""


WHISPER_SPECIFICATION: Final = "WhisperSpec"
"""What CTranslate2 writes at the start of a Whisper model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsState:
    """What is known about one folder of weights.

    Attributes:
        folder: the folder looked at.
        name: the weights' name.
        present: whether there is anything at all.
        complete: whether every file is there (and, with a manifest, has its size; after
            `verify_weights` also its hash).
        failing: names of the files that are missing or differ.
        size_bytes: what the folder takes on disk.
        hashes_known: whether there is a manifest, so that `verify_weights` can compare hashes.
        source: where the weights came from ("Systran/faster-whisper-small", "imported"), empty
            where unknown.
    """

    folder: Path
    name: str
    present: bool
    complete: bool
    failing: tuple[str, ...]
    size_bytes: int
    hashes_known: bool
    source: str


def missing_whisper_files(folder: Path) -> tuple[str, ...]:
    """Return the names of files a CTranslate2 Whisper folder lacks; empty where all are there."""
    missing = [name for name in WHISPER_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARY_FILES):
        missing.append(VOCABULARY_FILES[0])
    return tuple(missing)


def read_specification(model: Path) -> str:
    """Return the kind of network a CTranslate2 model.bin says it is; empty if it is none.

    The file starts with a 32-bit version, then a 16-bit length and that many bytes of name.
    """
    with model.open("rb") as file:
        head = file.read(64)
    if len(head) < 6:
        return ""
    version, length = struct.unpack_from("<IH", head)
    if not 1 <= version <= 100 or not 2 <= length <= 58:
        return ""
    return head[6 : 6 + length - 1].decode("ascii", errors="replace")


def weights_state(folder: Path) -> WeightsState:
    """Look at a folder of weights; sizes are compared, nothing is read through."""
    return _state(folder, hashes=False)


def verify_weights(folder: Path) -> WeightsState:
    """Read every file of the weights and compare its hash; about 1 s for 500 MB.

    Weights without a manifest (copied by hand) can only be checked for missing files:
    `hashes_known` is false then.
    """
    return _state(folder, hashes=True)


def installed_weights(folders: Sequence[Path]) -> tuple[WeightsState, ...]:
    """Return the weights in these folders, complete or not; of a name met twice the first."""
    found: dict[str, WeightsState] = {}
    for parent in folders:
        if not parent.is_dir():
            continue
        for folder in sorted(parent.iterdir()):
            holds_weights = any(
                (folder / name).is_file() for name in ("model.bin", MANIFEST_NAME)
            ) and not folder.name.endswith(".partial")
            if holds_weights and folder.name not in found:
                found[folder.name] = weights_state(folder)
    return tuple(found.values())


def find_whisper(name: str, folders: Sequence[Path]) -> Path:
    """Return the folder of complete Whisper weights.

    Args:
        name: a name such as "small", or the path of a folder.
        folders: where named weights are looked for, first come first.

    Raises:
        WeightsMissingError: they are not there, or not complete; says how to get them.
    """
    as_path = Path(name).expanduser()
    if len(as_path.parts) > 1:
        if not as_path.is_dir():
            raise WeightsMissingError(
                f"There is no folder {as_path} with Whisper weights.",
                "Set whisper_model to an existing folder, or to a name such as small.",
            )
        candidates = [as_path]
    else:
        candidates = [folder / name for folder in folders if (folder / name).is_dir()]
    states = [weights_state(candidate) for candidate in candidates]
    for state in states:
        if is_whisper(state):
            return state.folder
    if states and states[0].complete and not missing_whisper_files(states[0].folder):
        what_happened = f"The weights in {states[0].folder} hold another kind of model, no Whisper."
    elif states:
        failing = states[0].failing or missing_whisper_files(states[0].folder)
        what_happened = (
            f"The Whisper weights in {states[0].folder} are not complete "
            f"(missing or damaged: {', '.join(failing)})."
        )
    else:
        what_happened = f"The Whisper weights “{name}” are not on this machine."
    known = find_known_weights(name)
    if known:
        what_to_do = (
            f"Fetch them (about {known.size_bytes / 1e6:.0f} MB): voicecoach models download "
            f"{known.name}; or bring them from another machine: voicecoach models import FILE."
        )
    elif len(as_path.parts) > 1:
        what_to_do = "Copy the whole folder again, or set whisper_model to a name such as small."
    else:
        what_to_do = f"Known weights are {', '.join(weights.name for weights in KNOWN_WEIGHTS)}."
    raise WeightsMissingError(what_happened, what_to_do)


def is_whisper(state: WeightsState) -> bool:
    """Whether these are complete Whisper weights, and no other kind of model."""
    return (
        state.complete
        and not missing_whisper_files(state.folder)
        and read_specification(state.folder / "model.bin") == WHISPER_SPECIFICATION
    )


def _state(folder: Path, *, hashes: bool) -> WeightsState:
    manifest = read_manifest(folder)
    if manifest is None:
        failing = missing_whisper_files(folder)
    else:
        failing = failing_files(folder, manifest.files, hashes=hashes)
        if manifest.name == ENCODER_NAME and not failing and not is_converted(folder):
            failing = ("model.bin",)
    files = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return WeightsState(
        folder=folder,
        name=folder.name,
        present=bool(files),
        complete=not failing,
        failing=failing,
        size_bytes=sum(path.stat().st_size for path in files),
        hashes_known=manifest is not None,
        source=manifest.source if manifest else "",
    )

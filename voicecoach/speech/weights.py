"""Which Whisper weights are on this machine, where, and whether they are complete."""

from pathlib import Path
from typing import Final

WHISPER_FILES: Final = ("model.bin", "config.json", "tokenizer.json")
"""What faster-whisper can't do without."""

VOCABULARY_FILES: Final = ("vocabulary.json", "vocabulary.txt")
"""One of these must be there too; older conversions have the second."""


def missing_whisper_files(folder: Path) -> tuple[str, ...]:
    """Return the names of files a CTranslate2 Whisper folder lacks; empty where all are there."""
    missing = [name for name in WHISPER_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARY_FILES):
        missing.append(VOCABULARY_FILES[0])
    return tuple(missing)

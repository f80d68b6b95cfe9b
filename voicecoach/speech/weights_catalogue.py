"""The Whisper weights we know by name, and which of them suit a machine."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWeights:
    """Weights on the hub, converted for CTranslate2.

    `size_bytes` is about what a download takes; `multilingual` weights can tell that another
    language is spoken than the one expected; `description` says in a few words whom they suit.
    """

    name: str
    repository: str
    size_bytes: int
    multilingual: bool
    description: str


KNOWN_WEIGHTS: Final = (
    KnownWeights(
        name="tiny",
        repository="Systran/faster-whisper-tiny",
        size_bytes=78_000_000,
        multilingual=True,
        description="fastest, makes many mistakes",
    ),
    KnownWeights(
        name="tiny.en",
        repository="Systran/faster-whisper-tiny.en",
        size_bytes=78_000_000,
        multilingual=False,
        description="fastest, English only",
    ),
    KnownWeights(
        name="base",
        repository="Systran/faster-whisper-base",
        size_bytes=148_000_000,
        multilingual=True,
        description="for machines with fewer than four cores",
    ),
    KnownWeights(
        name="base.en",
        repository="Systran/faster-whisper-base.en",
        size_bytes=148_000_000,
        multilingual=False,
        description="as base, a little better, English only",
    ),
    KnownWeights(
        name="small",
        repository="Systran/faster-whisper-small",
        size_bytes=486_000_000,
        multilingual=True,
        description="the usual choice",
    ),
    KnownWeights(
        name="small.en",
        repository="Systran/faster-whisper-small.en",
        size_bytes=486_000_000,
        multilingual=False,
        description="as small, a little better, English only",
    ),
    KnownWeights(
        name="distil-small.en",
        repository="Systran/faster-distil-whisper-small.en",
        size_bytes=336_000_000,
        multilingual=False,
        description="nearly as good as small.en, faster",
    ),
    KnownWeights(
        name="medium",
        repository="Systran/faster-whisper-medium",
        size_bytes=1_530_000_000,
        multilingual=True,
        description="better and three times slower than small",
    ),
    KnownWeights(
        name="medium.en",
        repository="Systran/faster-whisper-medium.en",
        size_bytes=1_530_000_000,
        multilingual=False,
        description="as medium, English only",
    ),
    KnownWeights(
        name="distil-medium.en",
        repository="Systran/faster-distil-whisper-medium.en",
        size_bytes=792_000_000,
        multilingual=False,
        description="nearly as good as medium.en, faster",
    ),
    KnownWeights(
        name="large-v3",
        repository="Systran/faster-whisper-large-v3",
        size_bytes=3_090_000_000,
        multilingual=True,
        description="the best, slow without a graphics card",
    ),
    KnownWeights(
        name="large-v3-turbo",
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        size_bytes=1_620_000_000,
        multilingual=True,
        description="nearly as good as large-v3, much faster",
    ),
    KnownWeights(
        name="distil-large-v3",
        repository="Systran/faster-distil-whisper-large-v3",
        size_bytes=1_520_000_000,
        multilingual=True,
        description="nearly as good as large-v3 for English, much faster",
    ),
)
"""In the order in which they are worth considering. The sizes are those of the repositories'
files as float16, in which they are published."""

CORES_FOR_SMALL: Final = 4
MEMORY_FOR_SMALL_BYTES: Final = 2 * 1024**3
"""`small` needs about 4 s for each 30 s on one core and 0.6 GB while it runs; with fewer cores one
would wait longer for one's words than one spoke."""


def find_known_weights(name: str) -> KnownWeights | None:
    """Return the weights of that name, in capitals or not; None where we know none."""
    plain = name.strip().lower()
    return next((weights for weights in KNOWN_WEIGHTS if weights.name == plain), None)


def default_whisper(cores: int, memory_bytes: int) -> str:
    """Return the name of the weights that suit a machine.

    Always multilingual ones, so that the wrong language can be told.

    Args:
        cores: processor cores that may be used.
        memory_bytes: memory of the machine; 0 where it is not known.
    """
    enough_memory = memory_bytes == 0 or memory_bytes >= MEMORY_FOR_SMALL_BYTES
    return "small" if cores >= CORES_FOR_SMALL and enough_memory else "base"

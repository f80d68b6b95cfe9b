"""A way to a higher level, before it is known what it would win."""

from dataclasses import dataclass

from voicecoach.scoring.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Step:
    """A way to a higher level: the words, the level reached, and the evidence behind it."""

    text: str
    level: float
    because: tuple[Evidence, ...]

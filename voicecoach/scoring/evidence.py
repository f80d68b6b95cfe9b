"""Evidence: what a number stands on. A quote, a measurement, or an absence; nothing else."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the answer: `text[start_char:end_char] == quote` in the transcript version named.

    Seconds are None where the words were typed.
    """

    quote: str
    start_char: int
    end_char: int
    start_seconds: float | None
    end_seconds: float | None
    transcript_version: int
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A value measured over a span of the sound (or of the text, seconds then None)."""

    name: str
    value: float
    unit: str
    start_seconds: float | None
    end_seconds: float | None
    transcript_version: int
    kind: Literal["measurement"] = "measurement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What was looked for and not found, and the span of text that was searched."""

    looked_for: str
    start_char: int
    end_char: int
    start_seconds: float | None
    end_seconds: float | None
    transcript_version: int
    kind: Literal["absence"] = "absence"


Evidence = Quote | Measurement | Absence

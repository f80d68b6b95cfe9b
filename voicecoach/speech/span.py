"""A stretch of a recording."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the recording in seconds from its start."""

    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.end_seconds - self.start_seconds

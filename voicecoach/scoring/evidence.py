"""Evidence: what a number stands on. A quote, a measurement, or an absence; nothing else.

These are msgspec records, so that a stored union of them reads back as what it was: in JSON the
field `kind` says which of the three it is.
"""

from typing import Literal

import msgspec

from voicecoach.speech.transcript import Transcript


class Quote(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="quote"):
    """Words of the answer: `text[start_char:end_char] == quote` in the transcript version named.

    Seconds are None where the words were typed.
    """

    quote: str
    start_char: int
    end_char: int
    start_seconds: float | None
    end_seconds: float | None
    transcript_version: int

    @property
    def kind(self) -> Literal["quote"]:
        """Which of the three kinds of evidence this is."""
        return "quote"


class Measurement(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="measurement"):
    """A value measured over a span of the sound (or of the text, seconds then None)."""

    name: str
    value: float
    unit: str
    start_seconds: float | None
    end_seconds: float | None
    transcript_version: int

    @property
    def kind(self) -> Literal["measurement"]:
        """Which of the three kinds of evidence this is."""
        return "measurement"


class Absence(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="absence"):
    """What was looked for and not found, and the span of text that was searched."""

    looked_for: str
    start_char: int
    end_char: int
    start_seconds: float | None
    end_seconds: float | None
    transcript_version: int

    @property
    def kind(self) -> Literal["absence"]:
        """Which of the three kinds of evidence this is."""
        return "absence"


Evidence = Quote | Measurement | Absence


def quote_words(transcript: Transcript, first_word: int, last_word: int) -> Quote:
    """Quote the words from one position to another, both included."""
    first, last = transcript.words[first_word], transcript.words[last_word]
    return Quote(
        quote=transcript.text[first.start_char : last.end_char],
        start_char=first.start_char,
        end_char=last.end_char,
        start_seconds=first.start_seconds,
        end_seconds=last.end_seconds,
        transcript_version=transcript.version,
    )


def absence(transcript: Transcript, looked_for: str) -> Absence:
    """State that something was looked for in the whole transcript and not found."""
    words = transcript.words
    return Absence(
        looked_for=looked_for,
        start_char=0,
        end_char=len(transcript.text),
        start_seconds=words[0].start_seconds if words else None,
        end_seconds=words[-1].end_seconds if words else None,
        transcript_version=transcript.version,
    )

"""A transcript: timed words, who or what made them, and where each stands in the text."""

from dataclasses import dataclass
from enum import StrEnum


class TranscriptSource(StrEnum):
    """What made a transcript."""

    MACHINE = "machine"
    CORRECTED = "corrected"
    TYPED = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word with its place in the sound and in the transcript's text.

    `transcript.text[start_char:end_char] == text`. Times are seconds from the start of the
    recording; None where the words were typed without sound. `probability` (0–1) is the engine's
    own that it heard the word, or that a word a person wrote is said there; None where neither is
    known: a time without a probability is an estimate between its neighbours.
    """

    text: str
    start_char: int
    end_char: int
    start_seconds: float | None
    end_seconds: float | None
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said.

    `version` counts from 1 within an attempt. `engine` and `weights` name what the times are from
    ("faster-whisper 1.2.1", "small"); both are empty for words without times. `aligned` tells that
    words a person wrote were looked for in the sound (forced alignment).
    `language` is the ISO 639-1 code heard, with the engine's probability for it (None: typed, or
    the weights know one language only). `synthetic` is true when weights trained on synthetic
    voices made it; it is stamped on every result.
    """

    version: int
    source: TranscriptSource
    text: str
    words: tuple[Word, ...]
    engine: str = ""
    weights: str = ""
    language: str | None = None
    language_probability: float | None = None
    synthetic: bool = False
    aligned: bool = False

    @property
    def estimated_words(self) -> int:
        """How many words have a time that is only an estimate between their neighbours."""
        return sum(
            word.start_seconds is not None and word.probability is None for word in self.words
        )


def transcript_from_words(
    words: "list[tuple[str, float | None, float | None, float | None]]",
    *,
    version: int,
    source: TranscriptSource,
    engine: str = "",
    weights: str = "",
    language: str | None = None,
    language_probability: float | None = None,
    synthetic: bool = False,
) -> Transcript:
    """Build a transcript from (text, start_seconds, end_seconds, probability) rows.

    The text is the words joined by single spaces. Blank words are left out.
    """
    placed: list[Word] = []
    position = 0
    for text, start_seconds, end_seconds, probability in words:
        stripped = text.strip()
        if not stripped:
            continue
        placed.append(
            Word(
                text=stripped,
                start_char=position,
                end_char=position + len(stripped),
                start_seconds=None if start_seconds is None else float(start_seconds),
                end_seconds=None if end_seconds is None else float(end_seconds),
                probability=None if probability is None else float(probability),
            )
        )
        position += len(stripped) + 1
    return Transcript(
        version=version,
        source=source,
        text=" ".join(word.text for word in placed),
        words=tuple(placed),
        engine=engine,
        weights=weights,
        language=language,
        language_probability=language_probability,
        synthetic=synthetic,
    )


def typed_transcript(text: str, *, version: int = 1) -> Transcript:
    """Return what a person typed as a transcript without times."""
    return transcript_from_words(
        [(word, None, None, None) for word in text.split()],
        version=version,
        source=TranscriptSource.TYPED,
    )

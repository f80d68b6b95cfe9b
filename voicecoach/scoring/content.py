"""What was said, apart from how: an answer without filled pauses and word-for-word repeats.

Every content criterion reads the answer through here, so that by construction a filled pause
moves no content, saying everything twice earns nothing, and reading the question aloud is no
answer. Evidence found in the content is led back to the transcript it came from.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import msgspec

from voicecoach.scoring.evidence import Absence, Evidence, Measurement
from voicecoach.scoring.repeats import fresh_positions
from voicecoach.scoring.result import PointCoverage
from voicecoach.scoring.vocabulary import FILLED_PAUSES
from voicecoach.speech.transcript import Transcript, Word

QUESTION_RUN: Final = 6
"""A run of at least so many of the question's words, in its order, is the question said back.

A judgement: shorter runs come up in answering ("when I worked under pressure"). "You" and "I" count
as the same, as who repeats a question turns it to themselves."""

_TURNED: Final = {
    "you": "i",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
    "you've": "i've",
    "you're": "i'm",
    "you'd": "i'd",
    "are": "am",
}

_ENDS_SENTENCE: Final = (".", "?", "!")
_KEEPS_YOU_KNOW: Final = frozenset(
    {"do", "did", "does", "don't", "didn't", "would", "will", "could", "can", "should", "let"}
    | {"how", "if", "when", "as", "all", "what", "to"}
)
"""After these words "you know" is meant ("how do you know", "as you know")."""
_KEEPS_I_MEAN: Final = frozenset({"what", "how", "if"})


@dataclass(frozen=True, slots=True)
class Content:
    """The words of an answer that carry content.

    `transcript` is the answer as if it had been said without filled pauses and repeats, with the
    times of the words that stayed; `original` is what was said; `kept` gives for each word of
    `transcript` its position among the original's words.
    """

    transcript: Transcript
    original: Transcript
    kept: tuple[int, ...]

    def restore(self, evidence: Evidence) -> Evidence:
        """Return evidence found in the content as evidence in what was said."""
        if isinstance(evidence, Measurement):
            return evidence
        if evidence.start_char >= evidence.end_char or not self.kept:
            return evidence
        start = self._original_char(evidence.start_char)
        end = self._original_char(evidence.end_char - 1) + 1
        if isinstance(evidence, Absence):
            return msgspec.structs.replace(evidence, start_char=start, end_char=end)
        return msgspec.structs.replace(
            evidence, quote=self.original.text[start:end], start_char=start, end_char=end
        )

    def restore_all(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Restore each piece of evidence."""
        return tuple(self.restore(piece) for piece in evidence)

    def restore_point(self, point: PointCoverage) -> PointCoverage:
        """Restore the evidence of one outline point."""
        return PointCoverage(
            point_id=point.point_id,
            text=point.text,
            state=point.state,
            similarity=point.similarity,
            guard=point.guard,
            evidence=self.restore_all(point.evidence),
        )

    def _original_char(self, position: int) -> int:
        """Return where a character of the content stands in the original text."""
        starts = [word.start_char for word in self.transcript.words]
        index = max(0, bisect_right(starts, position) - 1)
        offset = position - starts[index]
        original = self.original.words[self.kept[index]]
        return min(original.start_char + offset, original.end_char - 1)


def plain(text: str) -> str:
    """Return a word in lower case without the punctuation around it."""
    return text.lower().replace("’", "'").strip(" .,;:!?\"'“”‘()[]…-–—")


def content_of(transcript: Transcript, *, question_text: str = "") -> Content:
    """Return what carries content in a transcript.

    Left out are filled pauses ("um", "you know", "I mean"), what was said before word for word
    (`repeats`), and runs of at least `QUESTION_RUN` of the question's words.
    """
    words = transcript.words
    spoken = [index for index, filler in enumerate(filled_pauses(transcript)) if not filler]
    heard = [plain(words[index].text) for index in spoken]
    question = [plain(word) for word in question_text.split()]
    own = [place for place, echoed in enumerate(_echoes(question, heard)) if not echoed]
    kept = [spoken[place] for place in own]
    said = fresh_positions([heard[place] for place in own], _sentence_ends(transcript, kept))
    fresh = [kept[position] for position in said]
    return Content(_rebuilt(transcript, fresh), transcript, tuple(fresh))


def filled_pauses(transcript: Transcript) -> tuple[bool, ...]:
    """Tell for each word of a transcript whether it is (part of) a filled pause."""
    forms = [plain(word.text) for word in transcript.words]
    marked = [form in FILLED_PAUSES for form in forms]
    # Two-word fillers are looked for past the one-word ones: "you er know" is one too.
    rest = [index for index, filler in enumerate(marked) if not filler]
    for place in range(len(rest) - 1):
        first, second = rest[place], rest[place + 1]
        before = forms[rest[place - 1]] if place else ""
        pair = (forms[first], forms[second])
        if (pair == ("you", "know") and before not in _KEEPS_YOU_KNOW) or (
            pair == ("i", "mean") and before not in _KEEPS_I_MEAN
        ):
            marked[first] = marked[second] = True
    return tuple(marked)


def _echoes(question: list[str], words: list[str]) -> list[bool]:
    """Tell for each word whether it belongs to a run of the question's words."""
    asked = [_TURNED.get(word, word) for word in question]
    heard = [_TURNED.get(word, word) for word in words]
    runs = {
        tuple(asked[start : start + QUESTION_RUN]) for start in range(len(asked) - QUESTION_RUN + 1)
    }
    echoed = [False] * len(heard)
    for start in range(len(heard) - QUESTION_RUN + 1):
        if tuple(heard[start : start + QUESTION_RUN]) in runs:
            echoed[start : start + QUESTION_RUN] = [True] * QUESTION_RUN
    return echoed


def _rebuilt(transcript: Transcript, kept: list[int]) -> Transcript:
    """Return the transcript with only the kept words; a full stop that went is put back."""
    words: list[Word] = []
    position = 0
    for index, ends in zip(kept, _sentence_ends(transcript, kept), strict=True):
        word = transcript.words[index]
        text = word.text
        if ends and not text.endswith(_ENDS_SENTENCE):
            text = text.rstrip(",;:") + "."
        words.append(
            Word(
                text=text,
                start_char=position,
                end_char=position + len(text),
                start_seconds=word.start_seconds,
                end_seconds=word.end_seconds,
                probability=word.probability,
            )
        )
        position += len(text) + 1
    return Transcript(
        version=transcript.version,
        source=transcript.source,
        text=" ".join(word.text for word in words),
        words=tuple(words),
        engine=transcript.engine,
        weights=transcript.weights,
        language=transcript.language,
        language_probability=transcript.language_probability,
        synthetic=transcript.synthetic,
    )


def _sentence_ends(transcript: Transcript, kept: Sequence[int]) -> list[bool]:
    """Tell for each kept word whether a sentence ends with it or with words dropped behind it."""
    words = transcript.words
    return [
        any(word.text.endswith(_ENDS_SENTENCE) for word in words[index:following])
        for index, following in pairwise([*kept, len(words)])
    ]

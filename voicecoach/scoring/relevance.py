"""Relevance: does the answer belong to this question more than to the person's other ones?"""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.outline import Outline
from voicecoach.scoring.evidence import Evidence
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How far an answer belongs to its question.

    `level` is 1-5. Similarities are cosines (-1 to 1). `best_other` is the text of the other
    question that fits best (None: there was none). `clearly_other` caps the overall.
    """

    level: int
    own_similarity: float
    best_other: str | None
    best_other_similarity: float | None
    clearly_other: bool
    evidence: tuple[Evidence, ...]


def measure_relevance(
    transcript: Transcript,
    question_text: str,
    other_questions: Sequence[str],
    encoder: SentenceEncoder,
    outline: Outline | None = None,
) -> Relevance:
    """Judge whether the answer is an answer to this question."""
    raise NotImplementedError

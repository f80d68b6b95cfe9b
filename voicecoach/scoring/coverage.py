"""Coverage: which points of the outline the answer says, and in which words."""

from question_bank.outline import Outline
from question_bank.question import QuestionKind
from voicecoach.scoring.result import PointCoverage
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import Transcript


def cover_outline(
    transcript: Transcript, outline: Outline, encoder: SentenceEncoder, *, kind: QuestionKind
) -> tuple[PointCoverage, ...]:
    """Judge each point of the outline, in its order."""
    raise NotImplementedError


def coverage_level(points: tuple[PointCoverage, ...], outline: Outline) -> int:
    """Return the level 1-5."""
    raise NotImplementedError

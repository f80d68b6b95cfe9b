"""What was found in an answer before it is weighed: the ground of score, advice and follow-up."""

from dataclasses import dataclass
from typing import Final

from question_bank.outline import Outline
from question_bank.question import QuestionKind
from voicecoach.scoring.clauses import Clause
from voicecoach.scoring.content import Content
from voicecoach.scoring.delivery import Delivery
from voicecoach.scoring.evidence import Evidence, Quote, absence, quote_words
from voicecoach.scoring.own_part import OwnPart
from voicecoach.scoring.relevance import Relevance
from voicecoach.scoring.result import PointCoverage
from voicecoach.scoring.specificity import Specificity
from voicecoach.scoring.structure import Structure

MOST_QUOTED_WORDS: Final = 12
"""A longer quote in a sentence of advice is hard to take in (a judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found. `relevance` is None and `points` empty where they were not measured."""

    kind: QuestionKind
    question_text: str
    outline: Outline | None
    content: Content
    relevance: Relevance | None
    points: tuple[PointCoverage, ...]
    structure: Structure
    specificity: Specificity
    own_part: OwnPart
    delivery: Delivery

    def quote(self, clause: Clause) -> Quote:
        """Quote the beginning of a clause as it was said, short enough for a sentence."""
        last = min(clause.last_word, clause.first_word + MOST_QUOTED_WORDS - 1)
        quote = self.content.restore(quote_words(self.content.transcript, clause.first_word, last))
        assert isinstance(quote, Quote)
        return quote

    def missing(self, looked_for: str) -> Evidence:
        """State that something was looked for in the whole answer and not found."""
        return absence(self.content.original, looked_for)


def in_marks(words: str) -> str:
    """Return words of the person's in quotation marks, the punctuation around them left out."""
    return f"“{words.strip(' .,;:!?“”')}”"

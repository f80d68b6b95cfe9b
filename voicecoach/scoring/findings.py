"""What was found in an answer before it is weighed: the ground of score, advice and follow-up."""

from dataclasses import dataclass
from typing import Final

from question_bank.outline import Outline
from question_bank.question import QuestionKind
from voicecoach.scoring.clauses import Clause
from voicecoach.scoring.content import Content, plain
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.delivery import Delivery
from voicecoach.scoring.evidence import Evidence, Quote, absence, quote_words
from voicecoach.scoring.own_part import OwnPart
from voicecoach.scoring.relevance import Relevance
from voicecoach.scoring.result import CutPoints, PointCoverage
from voicecoach.scoring.rubric import HIGHEST_LEVEL, LOWEST_LEVEL
from voicecoach.scoring.specificity import Specificity
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.structure import Structure
from voicecoach.scoring.vocabulary import is_function_word, word_set

MOST_QUOTED_WORDS: Final = 12
"""A longer quote in a sentence of advice is hard to take in (a judgement)."""

_OPENERS: Final = word_set("and so but or then okay ok yeah yes well sure right because also")


GIVEN: Final = "It gives what the follow-up asked for."
NOT_GIVEN: Final = "What the follow-up asked for was not heard in it."
"""What the two levels of relevance mean for an answer to a follow-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Whether a follow-up got what it asked for: the highest level, or the lowest; and why."""

    given: bool
    evidence: tuple[Evidence, ...]

    @property
    def level(self) -> int:
        """The level of relevance."""
        return HIGHEST_LEVEL if self.given else LOWEST_LEVEL

    @property
    def anchor(self) -> str:
        """What that level means."""
        return GIVEN if self.given else NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found. `relevance` is None and `points` empty where they were not measured.

    `answered` is what takes relevance's place where a follow-up is answered.
    """

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
    cut_points: CutPoints = CUT_POINTS
    answered: Answered | None = None

    def quote(self, clause: Clause) -> Quote:
        """Quote the gist of a clause as it was said: short, without "and then" before it."""
        words = self.content.transcript.words
        first, last = clause.first_word, clause.last_word
        while first < last and plain(words[first].text) in _OPENERS:
            first += 1
        if last - first >= MOST_QUOTED_WORDS:
            last = self._before_a_cut_number(first, first + MOST_QUOTED_WORDS - 1, last)
            while last > first and is_function_word(plain(words[last].text)):
                last -= 1
        quote = self.content.restore(quote_words(self.content.transcript, first, last))
        assert isinstance(quote, Quote)
        return quote

    def _before_a_cut_number(self, first: int, cut: int, last: int) -> int:
        """Return where to end a quote instead of `cut`, so that no half of a number is quoted.

        "We saved two" is not what somebody said who saved two hundred pounds.
        """
        words = self.content.transcript.words[first : last + 1]
        for number in find_numbers([plain(word.text) for word in words]):
            if number.first_word <= cut - first < number.last_word:
                return max(first, first + number.first_word - 1)
        return cut

    def missing(self, looked_for: str) -> Evidence:
        """State that something was looked for in the whole answer and not found."""
        return absence(self.content.original, looked_for)


def in_marks(words: str) -> str:
    """Return words of the person's in quotation marks, the punctuation around them left out."""
    return f"“{words.strip(' .,;:!?“”')}”"

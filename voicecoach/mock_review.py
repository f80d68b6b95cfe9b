"""What is made of a mock interview afterwards: questions for the bank, what pressure did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from question_bank.near_duplicate import most_alike
from question_bank.outline import DraftPoint
from question_bank.question import Question
from voicecoach.attempt import AttemptStatus
from voicecoach.errors import InvalidInputError
from voicecoach.mock_additions import Addition, additions
from voicecoach.mock_interview import MockAnswer, MockInterview
from voicecoach.mock_practice import MockPractice
from voicecoach.pressure_comparison import PressureComparison, compare_pressure
from voicecoach.scoring.result import Score

MOST_ANSWERS: Final = 10
"""How many answers to a question, the newest, are looked at for points that none has made."""

MOST_INTERVIEWS: Final = 30
"""Over how many interviews, the latest, pressure is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockReview:
    """Looks back at mock interviews, inside the session they are given in."""

    mocks: MockPractice

    def additions(self, mock: MockInterview) -> tuple[Addition, ...]:
        """Return the questions an interview raised that the bank does not have."""
        bank = self.mocks.standing.bank
        answers = self.mocks.answers(mock)
        others = [(one.id, one.text) for one in bank.every_active_question()]
        return additions(
            answers,
            scores={one.question.id: self._scores(one) for one in answers},
            near=lambda text: _near(text, others),
            known=lambda text: bank.find_question(text) is not None,
        )

    def add(self, mock: MockInterview, wordings: Mapping[str, str]) -> tuple[Question, ...]:
        """Put questions that an interview raised into the bank.

        Args:
            mock: the interview.
            wordings: the text of each by its key; where it asks for a point, that is its outline.

        Raises:
            InvalidInputError: the interview raised no such question, or a text can't be used.
        """
        raised = {one.key: one for one in self.additions(mock)}
        bank = self.mocks.standing.bank
        added = []
        for key, text in wordings.items():
            if key not in raised:
                raise InvalidInputError(
                    "That question is no longer offered.", "Look at the report again."
                )
            one = raised[key]
            met = bank.add_question(text, kind=one.kind, competency=one.competency)
            if one.point and met.is_new:
                bank.set_outline(met.question.id, [DraftPoint(text=one.point)])
            added.append(met.question)
        return tuple(added)

    def comparison(self) -> PressureComparison:
        """Return how answers under pressure compare with calm ones."""
        pressed = {
            answer.attempt.id
            for mock in self.mocks.latest(MOST_INTERVIEWS)
            if mock.pressure.is_on
            for answer in self.mocks.answers(mock)
            if answer.attempt is not None
        }
        return compare_pressure(self.mocks.standing.takes(), pressed)

    def _scores(self, answer: MockAnswer) -> tuple[Score, ...]:
        """Return the scores of the newest answers to a question, oldest first."""
        attempts = self.mocks.standing.store.list(
            question_id=answer.question.id, status=AttemptStatus.SCORED, limit=MOST_ANSWERS
        )
        return tuple(
            one.score
            for one in reversed(attempts)
            if one.score is not None and one.parent_id is None
        )


def _near(text: str, others: list[tuple[str, str]]) -> list[tuple[str, str]]:
    texts = dict(others)
    return [(key, texts[key]) for key, _ in most_alike(text, others)]

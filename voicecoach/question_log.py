"""What the log says about single questions: how often practised, how well, then and now.

Inside one session, so that what is shown together was true together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from question_bank.question import Question, Trip
from question_bank.schedule import GOOD_DAYS_WANTED, tripped_up
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_reading import Take
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import CriterionName, PointState, Score
from voicecoach.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionStanding:
    """Where one question stands.

    `tripped_up` is whether it went badly in an interview. `takes` counts the answers that are kept,
    follow-ups apart; `last_overall` and `best_overall` (0–100) are None where none has a score.
    `next_review` is None for what was never practised or is no longer asked. `good_days` counts
    the days on which it went well; what tripped them up is to have `good_days_wanted`.
    """

    question: Question
    tripped_up: bool
    takes: int
    last_overall: float | None
    last_at: datetime | None
    best_overall: float | None
    next_review: datetime | None
    outlined: bool
    good_days: int = 0
    good_days_wanted: int = GOOD_DAYS_WANTED


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPoint:
    """A point of the outline that is made by now, and the words that make it."""

    text: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenAndNow:
    """The answer that is remembered from the interview, beside the best one since.

    `best` is None while no answer has a score; `said` are its points that were heard.
    """

    trip: Trip
    best: Attempt | None
    said: tuple[SaidPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLog:
    """Reads the log of answers by question."""

    standing: Standing

    def standings(self, questions: Iterable[Question]) -> tuple[QuestionStanding, ...]:
        """Return where these questions stand, in their order."""
        asked = tuple(questions)
        takes: dict[str, list[Take]] = {question.id: [] for question in asked}
        for take in self._main_takes():
            if take.question_id in takes:
                takes[take.question_id].append(take)
        reviews = self.standing.next_reviews(question for question in asked if not question.retired)
        outlines = self.standing.bank.outlines_of(takes)
        states = self.standing.states(self.standing.horizon())
        return tuple(
            _standing(
                question,
                takes[question.id],
                next_review=reviews.get(question.id),
                outlined=question.id in outlines and bool(outlines[question.id].points),
                good_days=states[question.id].good_days if question.id in states else 0,
            )
            for question in asked
        )

    def to_practise_three_times(
        self, interview_id: str | None = None
    ) -> tuple[QuestionStanding, ...]:
        """Return the questions that tripped the person up, the least practised first.

        Args:
            interview_id: only those that did so in this interview.
        """
        found = [
            question
            for question in self.standing.bank.every_active_question()
            if tripped_up(question)
            and (
                interview_id is None
                or any(trip.interview_id == interview_id for trip in question.tripped_up)
            )
        ]
        return tuple(sorted(self.standings(found), key=lambda one: one.good_days))

    def takes(self, question_id: str) -> tuple[Take, ...]:
        """Return the answers to a question that are kept, follow-ups apart, oldest first."""
        return tuple(take for take in self._main_takes() if take.question_id == question_id)

    def best(self, question_id: str) -> Attempt | None:
        """Return the answer with the highest score, the latest of equal ones; None without one."""
        scored = [take for take in self.takes(question_id) if take.overall is not None]
        if not scored:
            return None
        best = max(scored, key=lambda take: (take.overall or 0.0, take.started_at))
        return self.standing.store.get(best.attempt_id)

    def then_and_now(self, question: Question) -> ThenAndNow | None:
        """Return the failed answer beside the best one; None where none is remembered."""
        remembered = [trip for trip in question.tripped_up if trip.remembered_answer]
        if not remembered:
            return None
        best = self.best(question.id)
        said = () if best is None or best.score is None else said_points(best.score)
        return ThenAndNow(trip=remembered[-1], best=best, said=said)

    def _main_takes(self) -> list[Take]:
        return [
            take
            for take in self.standing.takes()
            if take.parent_id is None and take.status is not AttemptStatus.DELETED
        ]


def said_points(score: Score) -> tuple[SaidPoint, ...]:
    """Return the points of the outline that a judgement heard, each with its words. Pure."""
    coverage = (one for one in score.criteria if one.name is CriterionName.COVERAGE)
    return tuple(
        SaidPoint(text=point.text, quote=quote)
        for criterion in coverage
        for point in criterion.points
        if point.state is PointState.SAID
        for quote in [one for one in point.evidence if isinstance(one, Quote)][:1]
    )


def _standing(
    question: Question,
    takes: list[Take],
    *,
    next_review: datetime | None,
    outlined: bool,
    good_days: int,
) -> QuestionStanding:
    scores = [take.overall for take in takes if take.overall is not None]
    return QuestionStanding(
        question=question,
        tripped_up=tripped_up(question),
        takes=len(takes),
        last_overall=scores[-1] if scores else None,
        last_at=takes[-1].started_at if takes else None,
        best_overall=max(scores, default=None),
        next_review=next_review,
        outlined=outlined,
        good_days=good_days,
    )

"""When each question should be rehearsed next: FSRS over the reviews, bounded by the interview.

The log is the truth: `rebuild` computes every state from it, in any order, with the same result
as `advance` (py-fsrs itself) review by review. Two things are ours, since FSRS knows no target
date: nothing is ever due after the horizon, and a question that tripped the person up is brought
forward so that three good rehearsals on three different days fit before the interview, evenly
spaced (even beats massed and equals expanding spacing: Latimier 2021).

Pure: time comes in as UTC-aware datetimes, the person's zone within the horizon.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

import numpy as np
from fsrs import Card, Scheduler, State
from fsrs import Rating as FsrsRating

from question_bank import memory
from question_bank.local_days import local_day, local_days, local_moment, next_midnight
from question_bank.memory import SECONDS_PER_DAY
from question_bank.question import Question
from question_bank.review import Rating, Review

ASSUMED_DAYS: Final = 14
"""How far to look ahead without an upcoming interview, in days."""

INTERVIEW_HOUR: Final = 9
"""An interview is known by its day; it is taken to begin at this local hour."""

GOOD_DAYS_WANTED: Final = 3
"""Good rehearsals, on different days, that a question which tripped the person up should get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """What everything works towards.

    `day` is the interview's day where the person lives; `until` the UTC moment after which nothing
    is due; `assumed` is true when there is no upcoming interview and a date was put in its place.
    """

    day: date
    until: datetime
    assumed: bool
    zone: tzinfo

    def last_practice_day(self, today: date) -> date:
        """Return the last day worth planning: the one before the interview, or today if later."""
        return max(today, self.day - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """Where one question stands after its reviews.

    `stability` is in days (recall sinks to 90% after so many), `difficulty` 1–10. `lapses` counts
    the Again ratings after the first rehearsal; `good_days` the different days with a Good or
    better one. `due` and `last_review` are UTC; `due` is never after the horizon.
    """

    question_id: str
    due: datetime
    stability: float
    difficulty: float
    last_review: datetime
    rehearsals: int
    lapses: int
    good_days: int
    last_good_day: date | None


def horizon_for(interview_day: date | None, now: datetime, zone: tzinfo) -> Horizon:
    """Return the horizon of the next interview, or of `ASSUMED_DAYS` from now without one.

    On the day of the interview itself, once its assumed hour has passed, the horizon is the end
    of that day; a day that is over counts as no interview.
    """
    today = local_day(now, zone)
    upcoming = interview_day is not None and interview_day >= today
    day = (
        interview_day
        if interview_day is not None and upcoming
        else today + timedelta(days=ASSUMED_DAYS)
    )
    until = local_moment(day, INTERVIEW_HOUR, zone)
    if until <= now:
        until = next_midnight(now, zone) - timedelta(seconds=1)
    return Horizon(day=day, until=until, assumed=not upcoming, zone=zone)


def rating_for(overall: float, target: float) -> Rating:
    """Return what a score (0–100) means to the schedule, against the person's target."""
    return Rating(int(ratings_for(np.asarray([overall]), target)[0]))


def ratings_for(overall: memory.Floats, target: float) -> memory.Integers:
    """Return the ratings of many scores: below target − 20 Again, target Good, + 15 Easy."""
    return np.asarray(1 + np.searchsorted([target - 20, target, target + 15], overall, "right"))


def scheduler(reviewed_at: datetime, horizon: Horizon) -> Scheduler:
    """Return FSRS as we use it, with no interval longer than the whole days that are left."""
    days_left = (horizon.until - reviewed_at).days
    return Scheduler(
        desired_retention=memory.DESIRED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
        maximum_interval=max(1, days_left),
    )


def advance(state: CardState | None, review: Review, *, horizon: Horizon) -> CardState:
    """Return the state after one more review, which is not older than the state's last one."""
    before = (
        Card(card_id=0, due=review.reviewed_at)
        if state is None
        else Card(
            card_id=0,
            state=State.Review,
            stability=state.stability,
            difficulty=state.difficulty,
            due=state.due,
            last_review=state.last_review,
        )
    )
    after, _ = scheduler(review.reviewed_at, horizon).review_card(
        before, FsrsRating(review.rating), review.reviewed_at.astimezone(UTC)
    )
    day = local_day(review.reviewed_at, horizon.zone)
    good = review.rating >= Rating.GOOD
    last_good_day = state.last_good_day if state else None
    return CardState(
        question_id=review.question_id,
        due=min(after.due, horizon.until),
        stability=after.stability or 0.0,
        difficulty=after.difficulty or 0.0,
        last_review=review.reviewed_at,
        rehearsals=(state.rehearsals if state else 0) + 1,
        lapses=(state.lapses if state else 0)
        + (state is not None and review.rating == Rating.AGAIN),
        good_days=(state.good_days if state else 0) + (good and last_good_day != day),
        last_good_day=day if good else last_good_day,
    )


def rebuild(reviews: Iterable[Review], *, horizon: Horizon) -> dict[str, CardState]:
    """Return the state of every reviewed question, computed from the log alone.

    The order of `reviews` doesn't matter, and a review met twice counts once.
    """
    log = list({review.attempt_id: review for review in reviews}.values())
    index: dict[str, int] = {}
    question = np.array([index.setdefault(r.question_id, len(index)) for r in log], dtype=np.int64)
    at = np.array([r.reviewed_at.timestamp() for r in log], dtype=np.float64)
    rating = np.array([int(r.rating) for r in log], dtype=np.int64)
    replayed = memory.replay(question, at, rating)
    at, rating, sorted_question = at[replayed.order], rating[replayed.order], replayed.question
    last = np.flatnonzero(np.diff(sorted_question, append=-1))

    days = local_days(at, horizon.zone)
    good = np.flatnonzero(rating >= Rating.GOOD)
    new_day = np.diff(sorted_question[good], prepend=-1) != 0
    new_day |= np.diff(days[good], prepend=-1) != 0
    good_days = np.bincount(sorted_question[good], weights=new_day, minlength=len(index))
    last_good = np.zeros(len(index), dtype=np.int64)
    np.maximum.at(last_good, sorted_question[good], days[good])
    lapsed = (rating == Rating.AGAIN) & (replayed.rank > 0)
    lapses = np.bincount(sorted_question, weights=lapsed, minlength=len(index))

    until = horizon.until.timestamp()
    days_left = np.maximum(1.0, np.floor((until - at[last]) / SECONDS_PER_DAY))
    wait = np.minimum(memory.interval_days(replayed.stability[last]), days_left)
    last_reviews = [log[position].reviewed_at for position in replayed.order[last].tolist()]
    return {
        question_id: CardState(
            question_id=question_id,
            due=min(reviewed_at + timedelta(days=wait_days), horizon.until),
            stability=stability,
            difficulty=difficulty,
            last_review=reviewed_at,
            rehearsals=rehearsals,
            lapses=int(lapse_count),
            good_days=int(good_count),
            last_good_day=date.fromordinal(good_ordinal) if good_ordinal else None,
        )
        for (
            question_id,
            reviewed_at,
            wait_days,
            stability,
            difficulty,
            rehearsals,
            lapse_count,
            good_count,
            good_ordinal,
        ) in zip(
            index,
            last_reviews,
            wait.tolist(),
            replayed.stability[last].tolist(),
            replayed.difficulty[last].tolist(),
            (replayed.rank[last] + 1).tolist(),
            lapses.tolist(),
            good_days.tolist(),
            last_good.tolist(),
            strict=True,
        )
    }


def retrievability(state: CardState, at: datetime) -> float:
    """Return how likely (0–1) the answer is still at hand at a moment, as py-fsrs computes it."""
    elapsed = (at - state.last_review).total_seconds() / SECONDS_PER_DAY
    return float(memory.retrievability(np.asarray([state.stability]), np.asarray([elapsed]))[0])


def spaced_days(first: date, last: date, count: int) -> tuple[date, ...]:
    """Return up to `count` different days from first to last, both included, evenly spaced.

    Fewer where there are fewer days; with a count of one, the last day.
    """
    span = (last - first).days
    wanted = min(count, span + 1)
    if wanted <= 0:
        return ()
    if wanted == 1:
        return (last,)
    return tuple(first + timedelta(days=round(k * span / (wanted - 1))) for k in range(wanted))


def rehearsal_days(
    question: Question, state: CardState | None, *, now: datetime, horizon: Horizon
) -> tuple[date, ...]:
    """Return the days on which a question that tripped the person up is still to go well.

    Enough of them for `GOOD_DAYS_WANTED` good rehearsals in all where time allows, evenly spread
    over the days that are left and never two on one day; empty for other questions.
    """
    missing = GOOD_DAYS_WANTED - (state.good_days if state else 0)
    if not tripped_up(question) or missing <= 0:
        return ()
    today = local_day(now, horizon.zone)
    last = horizon.last_practice_day(today)
    if state is None:
        return (today,) if last == today else spaced_days(today, last, missing)
    rehearsed = local_day(state.last_review, horizon.zone)
    after_last = spaced_days(rehearsed, last, missing + 1)[1:]
    earliest = today if rehearsed < today else today + timedelta(days=1)
    if after_last and after_last[0] >= earliest:
        return after_last
    return () if earliest > last else spaced_days(earliest, last, missing)


def with_due_day(
    question: Question, state: CardState, *, now: datetime, horizon: Horizon
) -> CardState:
    """Return the state, brought forward where three good rehearsals need it to be."""
    days = rehearsal_days(question, state, now=now, horizon=horizon)
    if not days:
        return state
    brought_forward = max(
        local_moment(days[0], 0, horizon.zone), state.last_review + timedelta(seconds=1)
    )
    return replace(state, due=min(state.due, brought_forward))


def tripped_up(question: Question) -> bool:
    """Say whether the question went badly in an interview, rather than was merely met there."""
    trips = question.tripped_up
    return bool(trips) and any(trip.how or (trip.difficulty or 0) > 1 for trip in trips)


def next_questions(
    questions: Sequence[Question],
    states: Mapping[str, CardState],
    *,
    now: datetime,
    horizon: Horizon,
    limit: int,
) -> tuple[Question, ...]:
    """Return what to rehearse next, best first.

    Due today comes first, those that tripped the person up before others and the least
    remembered before the better kept; then what was never practised; then what is not due yet. A
    question that tripped the person up and was never practised is due at once, one that was
    rehearsed today is not due again today. Retired questions are left out.
    """
    day_ends = next_midnight(now, horizon.zone)
    day_starts = local_moment(local_day(now, horizon.zone), 0, horizon.zone)
    due: list[Question] = []
    new: list[Question] = []
    later: list[Question] = []
    for question in questions:
        if question.retired:
            continue
        state = states.get(question.id)
        if state is None:
            (due if tripped_up(question) else new).append(question)
        elif state.last_review >= day_starts:
            later.append(question)
        elif state.due < day_ends:
            due.append(question)
        else:
            forward = with_due_day(question, state, now=now, horizon=horizon)
            (due if forward.due < day_ends else later).append(question)
    found: list[Question] = []
    for group in (*_tripping_first(due), new, *_tripping_first(later)):
        if len(found) < limit:
            found += _least_remembered(group, states, now, limit - len(found))
    return tuple(found)


def _tripping_first(questions: Sequence[Question]) -> tuple[list[Question], list[Question]]:
    parted: tuple[list[Question], list[Question]] = ([], [])
    for question in questions:
        parted[not tripped_up(question)].append(question)
    return parted


def _least_remembered(
    questions: Sequence[Question], states: Mapping[str, CardState], now: datetime, limit: int
) -> list[Question]:
    """Return the least remembered first, and of the never practised the oldest."""
    practised = [state for question in questions if (state := states.get(question.id))]
    stability = np.array([state.stability for state in practised], dtype=np.float64)
    last = np.array([state.last_review.timestamp() for state in practised], dtype=np.float64)
    elapsed_days = (now.timestamp() - last) / SECONDS_PER_DAY
    recalled = iter(memory.retrievability(stability, elapsed_days).tolist())
    ranked = [
        (
            next(recalled) if question.id in states else 0.0,
            question.created_at,
            question.id,
            question,
        )
        for question in questions
    ]
    return [entry[-1] for entry in heapq.nsmallest(limit, ranked)]

"""The days until the interview while a plan is being made: what stands on each, what room is left.

Demands are placed first, then the days are walked through one by one: what is left of each goes to
the questions whose rehearsal raises readiness most for its minutes, by the coach's own idea of
every skill, moved on by what the rehearsals so far are expected to bring. Pure.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import numpy as np

from question_bank.local_days import local_moment
from question_bank.memory import Floats
from question_bank.question import Question
from voicecoach.foresight import gain_of_rehearsing, imagine_rehearsals
from voicecoach.interviews_ahead import InterviewAhead
from voicecoach.plan_demands import Demand
from voicecoach.readiness import ENOUGH_TAKES
from voicecoach.skill import Skills, outlook

FEEDBACK_SECONDS: Final = 90
"""Hearing the question and reading the feedback, beside the answer itself (a judgement)."""

MOST_DAYS: Final = 366
"""How far a plan reaches, also for an interview further away (or a mistyped year)."""

PRACTICE_HOUR: Final = 18
"""The local hour at which planned rehearsals are taken to happen."""

LATER_INTERVIEW: Final = 0.7
"""What a gain for the second interview ahead counts beside one for the nearest; for the third,
this squared."""

WAITING_BONUS: Final = 0.004
"""Chance (0–1) that each day of waiting adds to a question's gain, `PATIENCE_DAYS` at most. It
grows with the days left, fully counted from `UNHURRIED_DAYS` on: in a hurry spreading thin is
worse than starving a question. A judgement: on simulated people (benchmarks/plan.py) none at all
and twice as much made no difference that could be told from chance."""
PATIENCE_DAYS: Final = 10
UNHURRIED_DAYS: Final = 14

WORTH_A_REHEARSAL: Final = 0.02
"""What a rehearsal must be worth, in a question's chance (0–1) and with its bonus, to be planned:
nobody is asked for four minutes that change next to nothing (a judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One rehearsal: about so many whole minutes, why on this day, and for which interview.

    `interview_id` is None where no interview is known.
    """

    question_id: str
    minutes: int
    why: str
    interview_id: str | None = None


def rehearsal_minutes(question: Question) -> int:
    """Return about how many whole minutes one rehearsal takes, feedback included."""
    return math.ceil((question.target_seconds + FEEDBACK_SECONDS) / 60)


def last_day_planned(interview: InterviewAhead, today: date) -> date:
    """Return the last day that is planned: the one before the interview, within `MOST_DAYS`."""
    return min(interview.horizon.last_practice_day(today), today + timedelta(days=MOST_DAYS - 1))


class _Prospects(NamedTuple):
    """What rehearsing each question on a day is worth, one entry a question.

    `worth` is what counts: `gains` in the chance (0–1) of a good answer, and a bonus for the days
    it `waited`; `places` are those of the interviews still ahead.
    """

    worth: Floats
    gains: Floats
    waited: Floats
    places: Sequence[int]


@dataclass(slots=True, kw_only=True)
class DaysInMaking:
    """The days of a plan while it is made.

    `skills` moves on with the days; `room` is how many minutes each day has left, `items` what
    stands on it; `done_today` are the questions rehearsed today, whose minutes are taken off.
    """

    skills: Skills
    ahead: Sequence[InterviewAhead]
    now: datetime
    room: dict[date, int]
    items: dict[date, list[PlanItem]] = field(init=False)
    done_today: set[str] = field(init=False)
    _minutes: list[int] = field(init=False)
    _likely: list[Floats] = field(init=False)

    def __post_init__(self) -> None:
        self.items = {day: [] for day in self.room}
        self.done_today = set()
        self._minutes = [rehearsal_minutes(question) for question in self.skills.questions]
        self._likely = [
            np.array([one.likely.get(question.id, 0.0) for question in self.skills.questions])
            for one in self.ahead
        ]
        self._take_off_today()

    @property
    def today(self) -> date:
        """The first day of the plan."""
        return next(iter(self.room))

    def _take_off_today(self) -> None:
        practised = ~np.isnan(self.skills.last_at)
        that_day = practised & (self.skills.last_day == self.today.toordinal())
        for row in np.flatnonzero(that_day).tolist():
            self.done_today.add(self.skills.questions[row].id)
            self.room[self.today] -= self._minutes[row] * int(self.skills.takes_that_day[row])

    def place(self, wanted: Sequence[Demand]) -> None:
        """Place demands in their order, each on its day or the nearest one with room, if any."""
        for demand in wanted:
            id_ = demand.question.id
            minutes = rehearsal_minutes(demand.question)
            interview = self.ahead[demand.place]
            last = last_day_planned(interview, self.today)
            free = [
                day
                for day, left in self.room.items()
                if left >= minutes and day <= last and not self.stands(id_, day)
            ]
            if free:
                day = min(free, key=lambda one: (abs((one - demand.day).days), one))
                self._put(day, id_, minutes, demand.why, interview)

    def walk(self) -> list[Skills]:
        """Walk through the days and fill what room is left.

        Returns:
            For each interview the skills as they are expected to be after its last day.
        """
        zone = self.ahead[0].horizon.zone
        reached = [self.skills] * len(self.ahead)
        for day in self.room:
            at = max(self.now, local_moment(day, PRACTICE_HOUR, zone))
            places = [
                place
                for place, one in enumerate(self.ahead)
                if day <= last_day_planned(one, self.today)
            ]
            self._fill(day, at, places)
            for place in places:
                reached[place] = self.skills
        return reached

    def share_at_target(self, place: int, skills: Skills) -> float | None:
        """Return the share (0–1) of an interview's likely questions expected at target there.

        None while too little is known of the person.
        """
        likely = self._likely[place]
        if skills.takes < ENOUGH_TAKES or not likely.any():
            return None
        expected = outlook(skills, self.ahead[place].horizon.until)
        return float(likely @ expected.probability / likely.sum())

    def stands(self, question_id: str, day: date) -> bool:
        """Say whether a question stands on a day, or was rehearsed on it already."""
        done = day == self.today and question_id in self.done_today
        return done or self.stands_planned(question_id, day)

    def stands_planned(self, question_id: str, day: date) -> bool:
        """Say whether a rehearsal of a question is planned on a day."""
        return any(item.question_id == question_id for item in self.items[day])

    def without_last_rehearsal(self, question_id: str) -> int:
        """Return before how many interviews a question doesn't stand on the last day."""
        days = {last_day_planned(one, self.today) for one in self.ahead}
        return sum(not self.stands(question_id, day) for day in days)

    def _fill(self, day: date, at: datetime, places: Sequence[int]) -> None:
        rows = self.skills.row_of
        chosen = [rows[item.question_id] for item in self.items[day]]
        busy = {*chosen, *(rows[id_] for id_ in self.done_today if day == self.today)}
        if self.room[day] > 0:
            waited = self._waited(day)
            calm = min(1.0, (self.ahead[places[0]].horizon.day - day).days / UNHURRIED_DAYS)
            likely = np.max([self._relative(place) for place in places], axis=0)
            gains = self._gains(at, places)
            bonus = WAITING_BONUS * calm * waited * likely
            chosen += self._choose(day, _Prospects(gains + bonus, gains, waited, places), busy)
        self._rehearse(chosen, at)

    def _choose(self, day: date, prospects: _Prospects, busy: set[int]) -> list[int]:
        """Put what is worth most for its minutes on a day, as far as they reach."""
        worth = prospects.worth
        chosen: list[int] = []
        for row in np.argsort(-worth / np.array(self._minutes), kind="stable").tolist():
            question = self.skills.questions[row]
            if worth[row] < WORTH_A_REHEARSAL or question.retired or row in busy:
                continue
            if self._minutes[row] <= self.room[day]:
                interview = self._rehearsed_for(row, prospects.places)
                self._put(
                    day, question.id, self._minutes[row], self._why(row, prospects), interview
                )
                chosen.append(row)
        return chosen

    def _gains(self, at: datetime, places: Sequence[int]) -> Floats:
        """Return what rehearsing each question gains over the interviews ahead."""
        imagined = imagine_rehearsals(self.skills, at=at)
        gains = np.zeros(len(self._minutes))
        for rank, place in enumerate(places):
            until = self.ahead[place].horizon.until
            gain = gain_of_rehearsing(self.skills, imagined, at=at, until=until)
            gains += LATER_INTERVIEW**rank * self._relative(place) * gain
        return gains

    def _rehearsed_for(self, row: int, places: Sequence[int]) -> InterviewAhead:
        """Return where a question is likeliest to be asked, a later interview counting less."""
        counted = [LATER_INTERVIEW**rank * self._likely[p][row] for rank, p in enumerate(places)]
        return self.ahead[places[int(np.argmax(counted))]]

    def _relative(self, place: int) -> Floats:
        """Return how likely each question is at an interview, beside the average one."""
        likely = self._likely[place]
        usual = float(likely[likely > 0].mean()) if likely.any() else 1.0
        return np.asarray(likely / usual)

    def _waited(self, day: date) -> Floats:
        fresh = np.isnan(self.skills.last_at)
        days = (day.toordinal() - self.skills.last_day).astype(np.float64)
        return np.where(fresh, PATIENCE_DAYS, np.clip(days, 0, PATIENCE_DAYS))

    def _rehearse(self, rows: Sequence[int], at: datetime) -> None:
        if rows:
            mask = np.zeros(len(self._minutes), dtype=np.bool_)
            mask[list(rows)] = True
            self.skills = imagine_rehearsals(self.skills, at=at, rows=mask)

    def _why(self, row: int, prospects: _Prospects) -> str:
        if np.isnan(self.skills.last_at[row]):
            return "not practised yet"
        points = round(100 * float(prospects.gains[row]))
        if points >= 1:
            return f"raises the chance of a good answer by about {points} in 100"
        waited = int(prospects.waited[row])
        return f"kept fresh after {waited} day{'s' * (waited != 1)}"

    def _put(
        self, day: date, question_id: str, minutes: int, why: str, interview: InterviewAhead
    ) -> None:
        self.room[day] -= minutes
        self.items[day].append(
            PlanItem(
                question_id=question_id,
                minutes=minutes,
                why=why,
                interview_id=interview.interview_id,
            )
        )

"""The days until the interview while a plan is being made: what stands on each, what room is left.

The days up to each interview are filled together, the nearest interview's first: how often each
question is rehearsed there goes by what readiness gains for its minutes (`plan_allocation`), by the
coach's own idea of every skill, moved on by what the rehearsals before are expected to bring. What
the rules demand comes first where it all fits. Then each question's rehearsals are spread evenly.
Pure.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import numpy as np

from question_bank.local_days import local_moment
from question_bank.memory import Floats
from question_bank.question import Question
from voicecoach.foresight import chances_by_rehearsals, imagine_rehearsals
from voicecoach.interviews_ahead import InterviewAhead
from voicecoach.plan_allocation import allocate
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

WORTH_A_REHEARSAL: Final = 0.01
"""What a rehearsal must be worth, in a question's chance (0–1), to be planned: nobody is asked for
four minutes that change next to nothing (a judgement)."""


FRESH_DAYS: Final = 3
"""After so many days a rehearsal counts as just worth it, whatever it is believed to gain, so that
a wrong idea of the person starves no question (a judgement; without it simulated people, see
benchmarks/plan.py, had forgotten by the day what they were believed to know well)."""


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


class _Stretch(NamedTuple):
    """The days up to the next interview and when practice takes place on each.

    `places` are those of the interviews still ahead, from 0 for the nearest.
    """

    days: Sequence[date]
    moments: Sequence[datetime]
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
    _on: dict[date, set[str]] = field(init=False)
    _minutes: list[int] = field(init=False)
    _likely: list[Floats] = field(init=False)

    def __post_init__(self) -> None:
        self.items = {day: [] for day in self.room}
        self._on = {day: set() for day in self.room}
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

    def fill(self, demanded: Sequence[Demand]) -> list[Skills]:
        """Fill the days, those up to the nearest interview first.

        Args:
            demanded: what the rules demand, most urgent first.

        Returns:
            For each interview the skills as they are expected to be after its last day.
        """
        zone = self.ahead[0].horizon.zone
        reached: list[Skills] = []
        begins = self.today
        for place, interview in enumerate(self.ahead):
            ends = last_day_planned(interview, self.today)
            days = [day for day in self.room if begins <= day <= ends]
            if days:
                stretch = _Stretch(
                    days=days,
                    moments=[max(self.now, local_moment(day, PRACTICE_HOUR, zone)) for day in days],
                    places=range(place, len(self.ahead)),
                )
                self._fill_stretch(stretch, [one for one in demanded if one.day in set(days)])
                begins = ends + timedelta(days=1)
            reached.append(self.skills)
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
        return question_id in self._on[day]

    def without_last_rehearsal(self, question_id: str) -> int:
        """Return before how many interviews a question doesn't stand on the last day."""
        days = {last_day_planned(one, self.today) for one in self.ahead}
        return sum(not self.stands(question_id, day) for day in days)

    def _fill_stretch(self, stretch: _Stretch, demanded: Sequence[Demand]) -> None:
        if self._all_fit(stretch, demanded):
            self._place(stretch, demanded)
        chances = self._chances(stretch)
        worth = self._worth(stretch, chances)
        counts = self._times_planned(stretch)
        filled = -1
        while filled < sum(counts):  # a rehearsal may find only days on which its question stands
            filled = sum(counts)
            self._spread(stretch, self._allocated(stretch, worth, counts), counts)
            counts = self._times_planned(stretch)
        self._place(stretch, demanded)
        counts = self._times_planned(stretch)
        gains = np.max([chance[range(len(counts)), counts] - chance[:, 0] for chance in chances], 0)
        for day, at in zip(stretch.days, stretch.moments, strict=True):
            rows = [self.skills.row_of[item.question_id] for item in self.items[day]]
            self.items[day] = [
                item
                if item.why
                else replace(item, why=self._why(row, gains[row] / counts[row], day))
                for item, row in zip(self.items[day], rows, strict=True)
            ]
            self._rehearse(rows, at)

    def _allocated(self, stretch: _Stretch, worth: Floats, placed: Sequence[int]) -> list[int]:
        """Return how often each question is best rehearsed in what room is left."""
        return allocate(
            worth,
            minutes=self._minutes,
            room=sum(max(0, self.room[day]) for day in stretch.days),
            at_least=placed,
            at_most=[
                before + len(self._free_days(row, stretch)) for row, before in enumerate(placed)
            ],
            least_worth=WORTH_A_REHEARSAL,
        )

    def _all_fit(self, stretch: _Stretch, demanded: Sequence[Demand]) -> bool:
        needed = sum(rehearsal_minutes(demand.question) for demand in demanded)
        return needed <= sum(max(0, self.room[day]) for day in stretch.days)

    def _place(self, stretch: _Stretch, demanded: Sequence[Demand]) -> None:
        """Place demands in their order, each on its day or the nearest one with room, if any.

        A question that stands on as many days as are demanded of it has enough.
        """
        wanted = Counter(demand.question.id for demand in demanded)
        standing = Counter(item.question_id for day in stretch.days for item in self.items[day])
        for demand in demanded:
            row = self.skills.row_of[demand.question.id]
            free = self._free_days(row, stretch)
            if free and standing[demand.question.id] < wanted[demand.question.id]:
                standing[demand.question.id] += 1
                day = min(free, key=lambda one: (abs((one - demand.day).days), one))
                self._put(day, row, demand.why, self.ahead[demand.place])

    def _spread(self, stretch: _Stretch, counts: Sequence[int], placed: Sequence[int]) -> None:
        """Put each question on so many days, evenly spread, those due first on a day first."""
        wanted = sorted(
            (day, -count, row)
            for row, (count, before) in enumerate(zip(counts, placed, strict=True))
            if count > before
            for day in self._even_days(row, count, stretch)
        )
        for ideal, _, row in wanted:
            free = self._free_days(row, stretch)
            if free:
                day = min(free, key=lambda one: (abs(one.toordinal() - ideal), one))
                self._put(day, row, "", self._rehearsed_for(row, stretch.places))

    def _even_days(self, row: int, count: int, stretch: _Stretch) -> list[float]:
        """Return the days (as ordinals) of so many rehearsals, less those that stand already.

        The first comes as long after the last rehearsal as they are apart from one another.
        """
        first, after = stretch.days[0].toordinal(), stretch.days[-1].toordinal() + 1
        begins = float(first)
        if not np.isnan(self.skills.last_at[row]):
            begins = max(begins, int(self.skills.last_day[row]) + (after - first) / count)
            begins = min(begins, float(after - 1))
        days = [begins + k * (after - begins) / count for k in range(count)]
        for day in stretch.days:
            if self.stands_planned(self.skills.questions[row].id, day):
                days.remove(min(days, key=lambda one: abs(one - day.toordinal())))
        return days

    def _free_days(self, row: int, stretch: _Stretch) -> list[date]:
        """Return the days on which a question does not stand yet and finds room."""
        question = self.skills.questions[row]
        if question.retired:
            return []
        minutes = self._minutes[row]
        return [
            day
            for day in stretch.days
            if self.room[day] >= minutes and not self.stands(question.id, day)
        ]

    def _times_planned(self, stretch: _Stretch) -> list[int]:
        """Return on how many of the days each question stands."""
        return [
            sum(self.stands_planned(question.id, day) for day in stretch.days)
            for question in self.skills.questions
        ]

    def _chances(self, stretch: _Stretch) -> list[Floats]:
        """Return what 0, 1, 2 … rehearsals make of each chance (0–1) at the interviews ahead."""
        untils = [self.ahead[place].horizon.until for place in stretch.places]
        return chances_by_rehearsals(self.skills, stretch.moments, untils)

    def _worth(self, stretch: _Stretch, chances: Sequence[Floats]) -> Floats:
        """Return what 0, 1, 2 … rehearsals of each question are worth at all of them together."""
        kept_fresh = np.minimum(
            np.arange(chances[0].shape[1]), (len(stretch.days) - 1) // FRESH_DAYS
        )
        worth = np.tile(WORTH_A_REHEARSAL * kept_fresh, (len(self._minutes), 1))
        for rank, (place, chance) in enumerate(zip(stretch.places, chances, strict=True)):
            worth += LATER_INTERVIEW**rank * self._relative(place)[:, None] * chance
        return worth

    def _rehearsed_for(self, row: int, places: Sequence[int]) -> InterviewAhead:
        """Return where a question is likeliest to be asked, a later interview counting less."""
        counted = [LATER_INTERVIEW**rank * self._likely[p][row] for rank, p in enumerate(places)]
        return self.ahead[places[int(np.argmax(counted))]]

    def _relative(self, place: int) -> Floats:
        """Return how likely each question is at an interview, beside the average one."""
        likely = self._likely[place]
        usual = float(likely[likely > 0].mean()) if likely.any() else 1.0
        return np.asarray(likely / usual)

    def _rehearse(self, rows: Sequence[int], at: datetime) -> None:
        if rows:
            mask = np.zeros(len(self._minutes), dtype=np.bool_)
            mask[list(rows)] = True
            self.skills = imagine_rehearsals(self.skills, at=at, rows=mask)

    def _why(self, row: int, gain: float, day: date) -> str:
        if np.isnan(self.skills.last_at[row]):
            return "not practised yet"
        points = round(100 * gain)
        if points >= 1:
            return f"raises the chance of a good answer by about {points} in 100 on average"
        waited = day.toordinal() - int(self.skills.last_day[row])
        return f"kept fresh after {waited} day{'s' * (waited != 1)}"

    def _put(self, day: date, row: int, why: str, interview: InterviewAhead) -> None:
        minutes = self._minutes[row]
        self.room[day] -= minutes
        self._on[day].add(self.skills.questions[row].id)
        self.items[day].append(
            PlanItem(
                question_id=self.skills.questions[row].id,
                minutes=minutes,
                why=why,
                interview_id=interview.interview_id,
            )
        )

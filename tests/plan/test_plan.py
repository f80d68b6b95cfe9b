"""What to rehearse on which day: three good days where time allows, and what is given up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from question_bank.interview import Interview, Outcome
from question_bank.question import Question
from question_bank.review import Rating, Review
from question_bank.schedule import rebuild
from tests.rehearsals import BERLIN, MONDAY, at_day, question, review
from voicecoach.interviews_ahead import interviews_ahead
from voicecoach.plan import Plan, make_plan
from voicecoach.plan_calendar import plan_ics
from voicecoach.plan_days import MOST_DAYS, rehearsal_minutes
from voicecoach.readiness import person_skills
from voicecoach.take_log import ScoredTake, take_log

TODAY = date(2026, 3, 2)
FROZE = question("froze", tripped=True)
SCORES = {Rating.AGAIN: 40.0, Rating.HARD: 60.0, Rating.GOOD: 75.0, Rating.EASY: 90.0}


def interview(days: int, name: str = "Acme", *, met: str = "") -> Interview:
    return Interview(
        id=f"{name}{met}",
        company=name,
        role="",
        day=min(date.max, TODAY + timedelta(days=days)),
        outcome=Outcome.UPCOMING,
        created_at=MONDAY,
    )


def planned(
    bank: Sequence[Question],
    *interviews: Interview,
    log: Iterable[Review] = (),
    day: float = 0.0,
    minutes: int = 20,
    past: Sequence[Interview] = (),
    weighed: bool = False,
) -> Plan:
    """Plan so many days after `MONDAY`, from this log of reviews and the scores they stand for."""
    reviews, now = list(log), at_day(day)
    ahead = interviews_ahead(
        interviews, bank, met={one.id: one for one in past}, now=now, zone=BERLIN
    )
    takes = [
        ScoredTake(question_id=one.question_id, at=one.reviewed_at, overall=SCORES[one.rating])
        for one in reviews
    ]
    return make_plan(
        person_skills(bank, take_log(takes, zone=BERLIN)),
        rebuild(reviews, horizon=ahead[0].horizon),
        ahead=ahead,
        now=now,
        minutes_per_day=minutes,
        weigh_minutes=weighed,
    )


def days_of(plan: Plan, question_id: str) -> list[date]:
    return [day.day for day in plan.days if question_id in {item.question_id for item in day.items}]


def test_what_tripped_the_person_up_stands_today_in_the_middle_and_on_the_last_day() -> None:
    days = days_of(planned([FROZE], interview(15)), "froze")

    assert {TODAY, date(2026, 3, 9), date(2026, 3, 16)} <= set(days)


def test_the_last_rehearsal_is_on_the_day_before_even_after_three_good_ones() -> None:
    log = [review("froze", day, Rating.EASY) for day in (0, 2, 4)]

    assert days_of(planned([FROZE], interview(12), log=log, day=5), "froze")[-1] == date(
        2026, 3, 13
    )


def test_a_missed_day_moves_the_rest_at_once() -> None:
    """With just enough minutes a day for what the rules demand, and others to fill the rest."""
    log = [review("froze", 0, Rating.EASY)]
    bank = [FROZE, *(question(f"other{n}") for n in range(20))]
    kept_to = days_of(planned(bank, interview(9), log=log, day=0.1, minutes=8), "froze")
    missed = days_of(planned(bank, interview(9), log=log, day=6, minutes=8), "froze")

    assert {date(2026, 3, 6), date(2026, 3, 10)} <= set(kept_to)
    assert {date(2026, 3, 8), date(2026, 3, 10)} <= set(missed)


@settings(deadline=None, max_examples=25)
@given(moved=st.integers(1, 30))
def test_a_moved_date_gives_the_plan_it_would_have_had_all_along(moved: int) -> None:
    bank, log = [FROZE, question("fine")], [review("froze", 0)]
    planned(bank, interview(12), log=log, day=1)

    plan = planned(bank, interview(1 + moved), log=log, day=1)

    assert plan.horizon == TODAY + timedelta(days=1 + moved)
    assert days_of(plan, "froze")[-1] == plan.horizon - timedelta(days=1)


def test_with_one_day_left_says_what_is_given_up() -> None:
    plan = planned([FROZE], interview(1))

    assert days_of(plan, "froze") == [TODAY]
    (given_up,) = plan.sacrificed
    assert given_up.rehearsals == 2
    assert given_up.why == "three good days don't fit into the one day left"


def test_when_minutes_are_short_a_few_have_their_three_days_rather_than_all_one() -> None:
    bank = [question(f"froze{n}", tripped=True) for n in range(4)]
    plan = planned(bank, interview(3), minutes=8)

    counts = Counter(item.question_id for day in plan.days for item in day.items)
    assert sorted(counts.values()) == [3, 3]
    assert {entry.why for entry in plan.sacrificed} == {"8 minutes are full on the 3 days left"}
    assert {entry.question_id: entry.rehearsals for entry in plan.sacrificed} == {
        entry.id: 3 for entry in bank if entry.id not in counts
    }


def test_when_minutes_are_short_they_go_to_what_is_nearest_to_good() -> None:
    bank = [question(f"froze{n}", tripped=True) for n in range(4)]
    log = [review(one.id, 0, Rating.HARD if one.id == "froze3" else Rating.AGAIN) for one in bank]
    plan = planned(bank, interview(3), log=log, day=1, minutes=4)

    assert days_of(plan, "froze3") == [day.day for day in plan.days]


def test_no_minutes_are_called_full_while_there_is_room() -> None:
    """With three rehearsals a day for four days, one question's third finds only its own days."""
    bank = [question(f"froze{n}", tripped=True) for n in range(6)]
    plan = planned(bank, interview(4), minutes=12)

    assert [day.minutes for day in plan.days] == [12] * 4
    assert {one.why for one in plan.sacrificed} == {"12 minutes are full on the 4 days left"}


def test_a_question_is_rehearsed_on_days_evenly_spread() -> None:
    bank = [question(f"q{n:02}") for n in range(12)]
    plan = planned(bank, interview(28), minutes=20)

    for entry in bank:
        days = [day.toordinal() for day in days_of(plan, entry.id)]
        gaps = [later - sooner for sooner, later in pairwise(days)]
        assert max(gaps) - min(gaps) <= 4


def test_a_last_rehearsal_that_has_to_come_earlier_is_named() -> None:
    bank = [question(f"froze{n}", tripped=True) for n in range(6)]
    log = [review(one.id, day, Rating.EASY) for one in bank for day in (0, 1, 2)]
    plan = planned(bank, interview(8), log=log, day=3, minutes=20)

    (earlier,) = plan.sacrificed
    assert (
        earlier.why == "the day before the interview is full, so its last rehearsal comes earlier"
    )
    assert days_of(plan, earlier.question_id)[-1] == TODAY + timedelta(days=6)


def test_a_question_longer_than_a_day_is_named() -> None:
    plan = planned([question("saga", target_seconds=600)], interview(5), minutes=5)

    assert plan.days == ()
    assert plan.sacrificed[0].why == "it takes about 12 minutes, more than the 5 a day you have"


def test_what_never_had_its_turn_for_want_of_room_is_named() -> None:
    bank = [question(f"new{n:02}") for n in range(30)]
    plan = planned(bank, interview(2), minutes=20)

    rehearsed = {item.question_id for day in plan.days for item in day.items}
    assert len(rehearsed) >= 5
    assert {one.question_id for one in plan.sacrificed} == {one.id for one in bank} - rehearsed


def test_the_minutes_are_used_where_that_still_raises_something() -> None:
    bank = [question(f"q{n:02}", tripped=n % 2 == 0) for n in range(12)]
    plan = planned(bank, interview(21), minutes=20)

    assert [day.minutes for day in plan.days] == [20] * 21


def test_what_was_rehearsed_today_is_taken_off_todays_minutes() -> None:
    bank = [question(f"q{n}") for n in range(9)]
    log = [review(f"q{n}", n / 200) for n in range(4)]
    plan = planned(bank, interview(9), log=log, day=0.1, minutes=20)

    (item,) = plan.days[0].items
    assert plan.days[0].day == TODAY
    assert item.question_id not in {one.question_id for one in log}


def test_no_question_comes_twice_on_a_day_however_many_minutes_are_left() -> None:
    plan = planned([question("a"), question("b")], interview(1), minutes=60)

    (only,) = plan.days
    assert [item.question_id for item in only.items] == ["a", "b"]


def test_nobody_is_asked_for_a_rehearsal_that_changes_next_to_nothing() -> None:
    log = [review("a", day, Rating.EASY) for day in range(6)]
    plan = planned([question("a")], interview(9), log=log, day=6, minutes=60)

    assert not days_of(plan, "a")


def test_what_was_rehearsed_today_is_done_for_today() -> None:
    log = [review("a", 0, Rating.HARD)]
    plan = planned([question("a")], interview(9), log=log, day=0.1, minutes=60)

    assert TODAY not in days_of(plan, "a")


def test_what_is_known_well_is_left_alone_for_a_weaker_question() -> None:
    bank = [question("strong"), question("weak")]
    log = [
        review(name, day, rating)
        for day in range(6)
        for name, rating in (("strong", Rating.EASY), ("weak", Rating.HARD))
    ]
    plan = planned(bank, interview(9), log=log, day=6, minutes=4)

    assert len(days_of(plan, "weak")) > len(days_of(plan, "strong"))


def test_says_what_following_it_brings_beside_doing_nothing() -> None:
    bank = [question(f"q{n}") for n in range(6)]
    (before,) = planned(bank, interview(10)).interviews
    log = [review(f"q{n}", 0, Rating.HARD) for n in range(3)]
    (after,) = planned(bank, interview(10), log=log, day=1).interviews

    assert (before.share_followed, before.share_unrehearsed) == (None, None)
    assert after.share_followed is not None
    assert after.share_unrehearsed is not None
    assert 0 < after.share_unrehearsed < after.share_followed < 1
    assert after.share_in_half is None


def test_tells_how_little_the_last_minutes_help() -> None:
    bank = [question(f"q{n}") for n in range(3)]
    log = [review(f"q{n}", day, Rating.EASY) for n in range(3) for day in (0, 2, 4)]
    (little,) = planned(bank, interview(20), log=log, day=5, minutes=30, weighed=True).interviews
    weak = [question(f"q{n}") for n in range(12)]
    (much,) = planned(weak, interview(20), log=log, day=5, minutes=30, weighed=True).interviews

    gains = [(one.share_followed or 0.0) - (one.share_in_half or 0.0) for one in (little, much)]
    assert 0 <= gains[0] < gains[1]


def test_only_the_first_rehearsal_of_a_question_says_that_it_is_not_practised_yet() -> None:
    plan = planned([question("a"), question("b")], interview(9), log=[review("b", 0)], day=1)
    why = {
        id_: [item.why for day in plan.days for item in day.items if item.question_id == id_]
        for id_ in ("a", "b")
    }

    assert why["a"][0] == "not practised yet"
    assert "not practised yet" not in {*why["a"][1:], *why["b"]}
    assert all(one.startswith("raises the chance of a good answer by about ") for one in why["b"])


class TestSeveralInterviews:
    NEAR, FAR = interview(5, "Near"), interview(12, "Far")
    BANK = tuple(question(f"froze{n}", tripped=True) for n in range(2))

    def test_each_gets_a_last_rehearsal_the_day_before(self) -> None:
        plan = planned(self.BANK, self.FAR, self.NEAR)

        assert [one.name for one in plan.interviews] == ["Near", "Far"]
        for entry in self.BANK:
            assert {TODAY + timedelta(days=4), TODAY + timedelta(days=11)} <= set(
                days_of(plan, entry.id)
            )

    def test_each_rehearsal_names_its_interview_and_the_nearest_comes_first(self) -> None:
        plan = planned(self.BANK, self.NEAR, self.FAR)

        assert {item.interview_id for item in plan.days[0].items} == {"Near"}
        assert {item.interview_id for day in plan.days[5:] for item in day.items} == {"Far"}
        assert plan.horizon == self.FAR.day

    def test_a_question_that_company_asked_before_is_rehearsed_for_it(self) -> None:
        past = interview(-30, "far", met="then")
        asked = question("again", tripped=True)
        (trip,) = asked.tripped_up
        there = replace(trip, interview_id=past.id, how="", difficulty=None)
        again = replace(asked, tripped_up=(there,))
        plan = planned(
            [again, *(question(f"q{n}") for n in range(3))], self.NEAR, self.FAR, past=[past]
        )
        of_first_day = {item.question_id: item.interview_id for item in plan.days[0].items}

        assert of_first_day["again"] == "Far"
        assert of_first_day["q0"] == "Near"

    def test_the_day_after_the_first_belongs_to_the_second(self) -> None:
        plan = planned(self.BANK, self.NEAR, self.FAR, day=5)

        assert TODAY + timedelta(days=5) in {day.day for day in plan.days}


def test_a_plan_reaches_a_year_ahead_at_most() -> None:
    plan = planned([FROZE, question("new")], interview((date.max - TODAY).days))

    assert plan.horizon == date.max
    assert plan.days[-1].day < TODAY + timedelta(days=MOST_DAYS)


def test_retired_questions_are_not_planned() -> None:
    plan = planned([question("old", retired=True)], interview(5))

    assert (plan.days, plan.sacrificed) == ((), ())


@settings(deadline=None, max_examples=40)
@given(
    histories=st.lists(
        st.builds(
            review,
            st.sampled_from(["froze", "blank", "fine"]),
            st.floats(0, 5),
            st.sampled_from(Rating),
        ),
        max_size=12,
    ),
    first=st.integers(5, 40),
    second=st.none() | st.integers(5, 40),
    minutes=st.integers(1, 30),
)
def test_no_plan_leaves_its_bounds(
    histories: list[Review], first: int, second: int | None, minutes: int
) -> None:
    bank = [FROZE, question("blank", tripped=True), question("fine"), question("new")]
    interviews = [interview(first), *([interview(second, "Other")] if second else [])]
    plan = planned(bank, *interviews, log=histories, day=5, minutes=minutes)

    today = at_day(5).astimezone(BERLIN).date()
    done = {
        one.question_id for one in histories if one.reviewed_at.astimezone(BERLIN).date() == today
    }
    for day in plan.days:
        assert today <= day.day <= max(today, plan.horizon - timedelta(days=1))
        assert day.minutes <= minutes
        asked = Counter(item.question_id for item in day.items)
        asked.update(done if day.day == today else ())
        if max(asked.values()) > 1:
            assert set(asked) == {entry.id for entry in bank}
    states = rebuild(
        histories,
        horizon=interviews_ahead(interviews, bank, met={}, now=at_day(5), zone=BERLIN)[0].horizon,
    )
    for entry in bank[:2]:
        state = states.get(entry.id)
        good_days = min(3, state.good_days) if state else 0
        given_up = sum(s.rehearsals for s in plan.sacrificed if s.question_id == entry.id)
        assert good_days + len(days_of(plan, entry.id)) + given_up >= 3


def test_a_rehearsal_takes_its_answer_and_the_feedback() -> None:
    assert rehearsal_minutes(question("two minutes", target_seconds=120)) == 4


def test_what_went_well_on_the_last_day_is_done_and_nothing_of_it_is_given_up() -> None:
    log = [review("froze", day, Rating.EASY) for day in (0, 2, 4)]
    plan = planned([FROZE], interview(5), log=log, day=4.1, minutes=4)

    assert plan.days == ()
    assert plan.sacrificed == ()


class TestCalendarFile:
    PLAN = planned([FROZE], interview(15))

    def events(self, plan: Plan) -> dict[str, Component]:
        listed = Calendar.from_ical(plan_ics(plan, [FROZE])).walk("VEVENT")
        return {str(event["uid"]): event for event in listed}

    def test_has_one_event_a_day_with_what_to_rehearse(self) -> None:
        events = [
            event
            for event in self.events(self.PLAN).values()
            if str(event["status"]) == "CONFIRMED"
        ]

        assert [event.decoded("dtstart") for event in events] == days_of(self.PLAN, "froze")
        assert str(events[0]["summary"]) == "Rehearse 1 question, 4 minutes"
        assert "What about froze?" in str(events[0]["description"])
        assert events[0].decoded("dtstamp") == MONDAY.astimezone(UTC)

    def test_importing_again_updates_since_a_day_keeps_its_uid(self) -> None:
        first, second = (
            self.events(self.PLAN),
            self.events(planned([FROZE], interview(15), day=0.1)),
        )
        uid = "rehearsals-2026-03-02@voicecoach"

        assert int(second[uid].decoded("sequence")) > int(first[uid].decoded("sequence"))

    def test_days_that_fall_away_are_cancelled(self) -> None:
        sooner = self.events(planned([FROZE], interview(4), day=0.1))
        fallen = [
            uid
            for uid, event in self.events(self.PLAN).items()
            if str(event["status"]) == "CONFIRMED" and event.decoded("dtstart") > date(2026, 3, 5)
        ]

        assert fallen
        assert {str(sooner[uid]["status"]) for uid in fallen} == {"CANCELLED"}

    def test_is_the_same_for_the_same_plan(self) -> None:
        assert plan_ics(self.PLAN, [FROZE]) == plan_ics(self.PLAN, [FROZE])

"""What to rehearse on which day: three good days where time allows, and what is given up."""

from collections import Counter
from datetime import UTC, date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from question_bank.review import Rating, Review
from question_bank.schedule import Horizon, horizon_for, rebuild
from tests.rehearsals import BERLIN, MONDAY, at_day, question, review
from voicecoach.plan import MOST_DAYS, Plan, make_plan, plan_ics, rehearsal_minutes

TODAY = date(2026, 3, 2)
FROZE = question("froze", tripped=True)


def towards(days: int) -> Horizon:
    return horizon_for(TODAY + timedelta(days=days), MONDAY, BERLIN)


def days_of(plan: Plan, question_id: str) -> list[date]:
    return [day.day for day in plan.days if question_id in {item.question_id for item in day.items}]


def test_what_tripped_the_person_up_gets_three_days_evenly_spaced() -> None:
    plan = make_plan([FROZE], {}, horizon=towards(15), now=MONDAY)

    assert days_of(plan, "froze") == [TODAY, date(2026, 3, 9), date(2026, 3, 16)]
    assert plan.sacrificed == ()


def test_the_last_rehearsal_is_on_the_day_before_even_after_three_good_ones() -> None:
    log = [review("froze", day) for day in (0, 2, 4)]
    states = rebuild(log, horizon=towards(12))
    plan = make_plan([FROZE], states, horizon=towards(12), now=at_day(5))

    assert days_of(plan, "froze") == [date(2026, 3, 13)]


def test_a_missed_day_moves_the_rest_at_once() -> None:
    states = rebuild([review("froze", 0)], horizon=towards(9))
    planned = make_plan([FROZE], states, horizon=towards(9), now=at_day(0.1))
    missed = make_plan([FROZE], states, horizon=towards(9), now=at_day(6))

    assert days_of(planned, "froze") == [date(2026, 3, 6), date(2026, 3, 10)]
    assert days_of(missed, "froze") == [date(2026, 3, 8), date(2026, 3, 10)]


def test_with_one_day_left_says_what_is_given_up() -> None:
    plan = make_plan([FROZE], {}, horizon=towards(1), now=MONDAY)

    assert days_of(plan, "froze") == [TODAY]
    (given_up,) = plan.sacrificed
    assert given_up.rehearsals == 2
    assert given_up.why == "three good days don't fit into the one day left"


def test_when_minutes_are_short_every_first_rehearsal_comes_before_any_third() -> None:
    bank = [question(f"froze{n}", tripped=True) for n in range(4)]
    plan = make_plan(bank, {}, horizon=towards(3), now=MONDAY, minutes_per_day=8)

    planned = Counter(item.question_id for day in plan.days for item in day.items)
    assert sum(planned.values()) == 6
    assert set(planned) == {entry.id for entry in bank}
    assert {entry.why for entry in plan.sacrificed} == {"8 minutes are full on the 3 days left"}
    assert sum(entry.rehearsals for entry in plan.sacrificed) == 12 - 6


def test_a_question_longer_than_a_day_is_named() -> None:
    plan = make_plan(
        [question("saga", target_seconds=600)],
        {},
        horizon=towards(5),
        now=MONDAY,
        minutes_per_day=5,
    )

    assert plan.days == ()
    assert plan.sacrificed[0].why == "it takes about 12 minutes, more than the 5 a day you have"


def test_practised_ones_come_when_due_and_new_ones_are_spread() -> None:
    states = rebuild([review("kept", 0, Rating.EASY)], horizon=towards(13))
    bank = [question("kept"), *(question(f"new{n}") for n in range(3))]
    plan = make_plan(bank, states, horizon=towards(13), now=at_day(0.1))

    assert days_of(plan, "kept") == [date(2026, 3, 10), date(2026, 3, 14)]
    assert [days_of(plan, f"new{n}") for n in range(3)] == [
        [date(2026, 3, 2)],
        [date(2026, 3, 6)],
        [date(2026, 3, 10)],
    ]


def test_a_plan_reaches_a_year_ahead_at_most() -> None:
    horizon = horizon_for(date(9999, 12, 31), MONDAY, BERLIN)
    plan = make_plan([FROZE, question("new")], {}, horizon=horizon, now=MONDAY)

    assert plan.horizon == date(9999, 12, 31)
    assert plan.days[-1].day < TODAY + timedelta(days=MOST_DAYS)


def test_retired_questions_are_not_planned() -> None:
    plan = make_plan([question("old", retired=True)], {}, horizon=towards(5), now=MONDAY)

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
    interview=st.integers(5, 40),
    minutes=st.integers(1, 30),
)
def test_no_plan_leaves_its_bounds(histories: list[Review], interview: int, minutes: int) -> None:
    now, horizon = at_day(5), towards(interview)
    bank = [FROZE, question("blank", tripped=True), question("fine"), question("new")]
    states = rebuild(histories, horizon=horizon)
    plan = make_plan(bank, states, horizon=horizon, now=now, minutes_per_day=minutes)

    today = now.astimezone(BERLIN).date()
    for day in plan.days:
        assert today <= day.day <= max(today, horizon.day - timedelta(days=1))
        assert day.minutes <= minutes
        asked = [item.question_id for item in day.items]
        assert len(asked) == len(set(asked)) > 0
    for entry in bank[:2]:
        state = states.get(entry.id)
        good_days = min(3, state.good_days) if state else 0
        given_up = sum(s.rehearsals for s in plan.sacrificed if s.question_id == entry.id)
        assert good_days + len(days_of(plan, entry.id)) + given_up >= 3


class TestCalendarFile:
    PLAN = make_plan([FROZE], {}, horizon=towards(15), now=MONDAY)

    def test_has_one_event_a_day_with_what_to_rehearse(self) -> None:
        events = Calendar.from_ical(plan_ics(self.PLAN, [FROZE])).walk("VEVENT")

        assert [event.decoded("dtstart") for event in events] == days_of(self.PLAN, "froze")
        assert str(events[0]["summary"]) == "Rehearse 1 question, 4 minutes"
        assert "What about froze?" in str(events[0]["description"])
        assert events[0].decoded("dtstamp") == MONDAY.astimezone(UTC)

    def test_importing_again_updates_since_a_day_keeps_its_uid(self) -> None:
        later = make_plan([FROZE], {}, horizon=towards(15), now=at_day(0.1))
        first, second = (
            Calendar.from_ical(plan_ics(plan, [FROZE])).walk("VEVENT")[0]
            for plan in (self.PLAN, later)
        )

        assert first["uid"] == second["uid"] == "rehearsals-2026-03-02@voicecoach"
        assert int(second.decoded("sequence")) > int(first.decoded("sequence"))

    def test_is_the_same_for_the_same_plan(self) -> None:
        assert plan_ics(self.PLAN, [FROZE]) == plan_ics(self.PLAN, [FROZE])


def test_a_rehearsal_takes_its_answer_and_the_feedback() -> None:
    assert rehearsal_minutes(question("two minutes", target_seconds=120)) == 4


def test_what_went_well_on_the_last_day_is_done_and_nothing_of_it_is_given_up() -> None:
    log = [review("froze", day) for day in (0, 2, 4)]
    plan = make_plan([FROZE], rebuild(log, horizon=towards(5)), horizon=towards(5), now=at_day(4.1))

    assert plan.days == ()
    assert plan.sacrificed == ()

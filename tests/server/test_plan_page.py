"""The plan follows what happens: a missed day, a moved date, a rehearsal; on page, API and .ics."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import httpx
import pytest
from icalendar import Calendar

from question_bank.question import QuestionKind
from tests.practice.conftest import ANSWER, Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach


class Served:
    """A coach whose days can pass, and a client of it."""

    def __init__(self, client: httpx.Client, coach: Coach, clock: Clock) -> None:
        self.client, self.coach, self.clock = client, coach, clock
        self.question = fill_bank(coach)

    def plan(self) -> dict[date, list[str]]:
        """Return the plan's days with their questions, as the API tells them."""
        days = self.client.get("/api/plan", params={"limit": 500}).json()["days"]["items"]
        return {
            date.fromisoformat(day["day"]): [item["question_id"] for item in day["items"]]
            for day in days
        }

    def page(self, path: str = "/plan") -> str:
        answer = self.client.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200
        return unescape(answer.text)

    def upcoming(self) -> str:
        with self.coach.reading_bank() as bank:
            interview = bank.next_interview(self.coach.today())
        assert interview is not None
        return interview.id


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    clock = Clock()
    settings = Settings(
        home=tmp_path_factory.mktemp("plan") / "home", synthetic=True, time_zone="UTC"
    )
    coach = build_coach(settings, clock=clock)
    with served(coach) as client:
        yield Served(client, coach, clock)
    coach.database.close()


class CalendarProgram:
    """A calendar that takes in .ics files by the rules of RFC 5546.

    What has the UID of a known event takes its place if its SEQUENCE is higher, or equal with a
    later DTSTAMP; a cancelled one goes.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, str], date | None]] = {}

    def take_in(self, file: bytes) -> None:
        for event in Calendar.from_ical(file).walk("VEVENT"):
            age = (int(event.decoded("sequence")), str(event.decoded("dtstamp")))
            uid = str(event["uid"])
            if uid in self._known and self._known[uid][0] >= age:
                continue
            cancelled = str(event["status"]) == "CANCELLED"
            self._known[uid] = (age, None if cancelled else event.decoded("dtstart"))

    def days(self, since: date) -> set[date]:
        return {day for _, day in self._known.values() if day is not None and day >= since}


def test_the_plan_follows_a_missed_day_a_rehearsal_and_a_moved_date_at_once(
    home: Served,
) -> None:
    calendar = CalendarProgram()

    def imported() -> set[date]:
        calendar.take_in(home.client.get("/api/plan.ics").content)
        return calendar.days(home.coach.today())

    first = home.plan()
    today = home.coach.today()
    assert home.question in first[today]
    assert imported() == set(first)
    assert "today" in home.page()

    attempt = home.coach.begin(home.question, typed=True)
    home.coach.answer_typed(attempt.id, " ".join(ANSWER))
    home.clock.wait(minutes=2)
    assert home.question not in home.plan().get(today, [])
    assert imported() == set(home.plan())

    home.clock.wait(days=3)
    missed = home.plan()
    assert min(missed) == today + timedelta(days=3)
    assert any(home.question in questions for questions in missed.values())
    assert imported() == set(missed)
    shown = home.page()
    assert "Rehearsed:" in shown
    assert shown.count("a day off") == 2 * 2, "two days, in the table and in the list"

    nearer = home.coach.today() + timedelta(days=4)
    home.client.patch(f"/api/interviews/{home.upcoming()}", json={"day": nearer.isoformat()})
    home.clock.wait(minutes=2)
    moved = home.plan()
    assert max(moved) < nearer
    assert imported() == set(moved)
    assert f"{nearer:%A} {nearer.day} {nearer:%B}" in home.page()


def test_every_interview_is_named_on_its_day_and_a_planned_rehearsal_leads_to_its_drill(
    home: Served,
) -> None:
    with home.coach.bank() as bank:
        bank.add_interview(
            company="Rowan <Labs>", role="", day=home.coach.today() + timedelta(days=9)
        )
    raw = home.client.get("/plan", headers={"accept": "text/html"}).text
    assert raw.count('class="interview"') >= 2 * 2
    assert "Rowan <Labs>" not in raw
    assert "Rowan &lt;Labs&gt;" in raw
    assert f'href="/drill/{home.question}"' in raw
    assert re.search(r'<th scope="col"><abbr title="Monday">Mon</abbr></th>', raw)


def test_a_month_that_cannot_be_read_or_is_far_away_is_no_failure(home: Served) -> None:
    for first in ("2026-11", "nonsense", "0001-01", "9999-12", "2026-13", "1999-02"):
        assert "<h1>The plan</h1>" in home.page(f"/plan?first={first}")


def test_the_week_begins_on_the_day_that_is_set(home: Served) -> None:
    before = home.coach.settings
    home.coach.settings = Settings(
        home=before.home, synthetic=True, time_zone="UTC", week_starts="sunday"
    )
    try:
        assert re.search(r'<tr><th scope="col"><abbr title="Sunday">', home.page())
    finally:
        home.coach.settings = before


def test_what_tripped_the_person_up_is_counted_on_plan_questions_and_road_back(
    home: Served,
) -> None:
    for path in ("/plan", "/questions", "/road-back"):
        assert re.search(r"\d of 3", home.page(path)), path


def test_what_finds_no_room_is_said_with_the_reason(home: Served) -> None:
    before = home.coach.settings
    home.coach.settings = Settings(
        home=before.home, synthetic=True, time_zone="UTC", minutes_per_day=5
    )
    try:
        with home.coach.bank() as bank:
            for number in range(8):
                bank.add_question(f"What about thing {number}?", kind=QuestionKind.BEHAVIOURAL)
        shown = home.page()
    finally:
        home.coach.settings = before
    assert "What does not fit in" in shown


def test_a_plan_without_questions_leads_to_some(fresh: httpx.Client) -> None:
    shown = fresh.get("/plan", headers={"Accept": "text/html"}).text
    assert "There is nothing to plan yet" in shown
    assert 'href="/questions/packs"' in shown
    assert 'href="/debrief"' in shown
    assert "<table" not in shown

"""The checklist kept in a real database, over the API and on the page."""

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from question_bank.interview import Outcome
from question_bank.question import QuestionKind
from tests.practice.conftest import Clock
from tests.server.conftest import fresh, fresh_coach
from tests.server.test_page_forms import token_of
from voicecoach.day_checklist import add, day_close_by, day_of, take_off, tick
from voicecoach.erasure import erase_everything
from voicecoach.export import export_everything
from voicecoach.practice import Coach

__all__ = ["fresh", "fresh_coach"]


@pytest.fixture
def interview_id(fresh_coach: Coach) -> str:
    """An interview on 19 November; the coach's clock begins the evening before."""
    with fresh_coach.bank() as bank:
        bank.add_interview(
            company="Birch", day=date(2026, 11, 10), outcome=Outcome.REJECTED, lessons=["Breathe."]
        )
        bank.add_question("How is the team made up?", kind=QuestionKind.TO_ASK)
        bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL)
        return bank.add_interview(company="Alder", role="Analyst", day=date(2026, 11, 19)).id


def test_ticks_and_own_items_are_remembered_for_their_interview_alone(
    fresh_coach: Coach, interview_id: str
) -> None:
    with fresh_coach.bank() as bank:
        other = bank.add_interview(company="Cedar", day=date(2026, 12, 1)).id
    tick(fresh_coach, interview_id, "food")
    add(fresh_coach, interview_id, "the blue folder")
    take_off(fresh_coach, interview_id, "technology")
    day = day_of(fresh_coach, interview_id[:8])
    assert [item.item for item in day.items if item.ticked] == ["food"]
    assert day.items[-1].text == "the blue folder"
    assert [item.item for item in day.left_out] == ["technology"]
    assert day_of(fresh_coach, other).ready == 0
    assert day_of(fresh_coach, other).left_out == ()


def test_an_own_item_taken_off_is_gone_and_with_the_interview_everything(
    fresh_coach: Coach, interview_id: str
) -> None:
    add(fresh_coach, interview_id, "the blue folder")
    take_off(fresh_coach, interview_id, "own-1")
    assert not any(item.own for item in day_of(fresh_coach, interview_id).items)
    add(fresh_coach, interview_id, "the red folder")
    assert b"red folder" in archive_of(fresh_coach)
    with fresh_coach.bank() as bank:
        bank.delete_interview(interview_id)
    assert b"folder" not in archive_of(fresh_coach)


def test_deleting_everything_deletes_checklists(fresh_coach: Coach, interview_id: str) -> None:
    add(fresh_coach, interview_id, "the blue folder")
    erase_everything(fresh_coach)
    assert b"folder" not in archive_of(fresh_coach)


def archive_of(coach: Coach) -> bytes:
    """Return the checklists of everything exported."""
    path = Path(coach.settings.home) / "taken.zip"
    path.write_bytes(b"".join(export_everything(coach)))
    with ZipFile(path) as archive:
        return archive.read("tables/interview_day_notes.jsonl")


def test_home_shows_the_checklist_from_the_day_before_until_the_day_is_over(
    fresh_coach: Coach, interview_id: str
) -> None:
    clock = fresh_coach._clock
    assert isinstance(clock, Clock)
    clock.moment = clock.moment.replace(day=17)
    assert day_close_by(fresh_coach) is None
    for day in (18, 19):
        clock.moment = clock.moment.replace(day=day)
        shown = day_close_by(fresh_coach)
        assert shown is not None
        assert shown.interview.id == interview_id
    clock.moment = clock.moment.replace(day=20)
    assert day_close_by(fresh_coach) is None


def test_the_api_ticks_adds_takes_off_and_names_what_it_does_not_know(
    fresh: httpx.Client, interview_id: str
) -> None:
    address = f"/api/interviews/{interview_id}/checklist"
    assert fresh.get(address).json()["lessons"][0]["lessons"] == ["Breathe."]
    ticked = fresh.patch(f"{address}/clothes", json={"ticked": True})
    assert ticked.status_code == 200
    added = fresh.post(address, json={"text": "the blue folder"})
    assert added.status_code == 201
    items = {item["item"]: item for item in added.json()["items"]}
    assert items["clothes"]["ticked"]
    assert items["own-1"]["text"] == "the blue folder"
    assert fresh.delete(f"{address}/own-1").status_code == 204
    assert fresh.delete(f"{address}/own-1").status_code == 404
    assert fresh.patch(f"{address}/spats", json={"ticked": True}).status_code == 404
    assert fresh.post(address, json={"text": ""}).status_code == 400
    assert fresh.get("/api/interviews/nope/checklist").status_code == 404


def test_the_page_keeps_ticks_without_javascript(
    fresh: httpx.Client, fresh_coach: Coach, interview_id: str
) -> None:
    address = f"/interviews/{interview_id}/day"
    page = fresh.get(address).text
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    fields = {"_csrf_token": token_of(fresh), "shown": shown, "ticked": ["food", "route"]}
    assert fresh.post(address, data=fields, follow_redirects=True).status_code == 200
    day = day_of(fresh_coach, interview_id)
    assert [item.item for item in day.items if item.ticked] == ["route", "food"]
    fresh.post(address, data={**fields, "remove": "technology"})
    day = day_of(fresh_coach, interview_id)
    assert [item.item for item in day.left_out] == ["technology"]
    assert day.ready == 2, "taking one off keeps the ticks"
    refused = fresh.post(f"{address}/items", data={"_csrf_token": token_of(fresh), "text": " "})
    assert refused.status_code == 400
    assert "Write at least a word" in refused.text


def test_questions_to_ask_them_are_a_drill_of_their_own(
    fresh: httpx.Client, interview_id: str
) -> None:
    led = fresh.get("/drill?kind=to_ask", follow_redirects=True).text
    assert "How is the team made up?" in led
    found = fresh.get("/api/next?kind=to_ask").json()
    assert [one["question"]["kind"] for one in found["items"]] == ["to_ask"]
    assert found["total"] == 1
    assert fresh.get("/drill?kind=technical").text.count("no questions of that kind") == 1
    assert fresh.get("/drill?kind=nonsense").status_code == 400


def test_asking_them_something_is_never_judged_as_a_story(
    fresh_coach: Coach, interview_id: str
) -> None:
    asked = fresh_coach.next_questions(1, QuestionKind.TO_ASK)[0].question
    attempt = fresh_coach.begin(asked.id, typed=True)
    answered = fresh_coach.answer_typed(
        attempt.id, "Could you tell me how the team is made up, and who would be beside me?"
    )
    assert answered.score is not None
    judged = {criterion.name.value for criterion in answered.score.criteria}
    assert not judged & {"structure", "own_part"}
    assert answered.score.follow_up is None

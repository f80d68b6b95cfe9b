"""What the API tells: every address that reads, over a real server."""

from datetime import date

import pytest

from server.schemas import MOST_LISTED
from tests.practice.conftest import QUESTION
from tests.server.conftest import Lived

LISTS = (
    "/api/interviews",
    "/api/questions",
    "/api/attempts",
    "/api/packs",
    "/api/next",
)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_bounded_and_says_its_total(lived: Lived, address: str) -> None:
    page = lived.client.get(address, params={"limit": 1}).json()
    assert page.keys() == {"items", "total", "limit", "offset"}
    assert len(page["items"]) == 1
    assert page["total"] >= 2
    assert (page["limit"], page["offset"]) == (1, 0)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("limit", ["0", "-1", str(MOST_LISTED + 1), "9" * 40, "1e3", "many", ""])
def test_a_limit_out_of_bounds_is_refused(lived: Lived, address: str, limit: str) -> None:
    answer = lived.client.get(address, params={"limit": limit})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["limit"]


def test_an_offset_leads_through_a_list(lived: Lived) -> None:
    whole = lived.client.get("/api/questions").json()["items"]
    second = lived.client.get("/api/questions", params={"limit": 1, "offset": 1}).json()["items"]
    beyond = lived.client.get("/api/questions", params={"offset": 1000}).json()
    assert second == whole[1:2]
    assert (beyond["items"], beyond["total"]) == ([], 2)


def test_questions_can_be_chosen_by_kind(lived: Lived) -> None:
    chosen = lived.client.get("/api/questions", params={"kind": "behavioural"}).json()
    assert [question["text"] for question in chosen["items"]] == [QUESTION]
    assert chosen["total"] == 1
    assert lived.client.get("/api/questions", params={"retired": True}).json()["total"] == 0


def test_interviews_can_be_chosen_by_outcome(lived: Lived) -> None:
    chosen = lived.client.get("/api/interviews", params={"outcome": "rejected"}).json()
    assert [interview["company"] for interview in chosen["items"]] == ["Birch & Co"]
    assert chosen["total"] == 1
    one = chosen["items"][0]
    assert lived.client.get(f"/api/interviews/{one['id']}").json() == one


def test_a_beginning_of_an_id_is_enough(lived: Lived) -> None:
    found = lived.client.get(f"/api/questions/{lived.question_id[:12]}").json()
    assert found["id"] == lived.question_id
    assert found["tripped_up"][0]["difficulty"] == 4


def test_an_outline_names_its_version(lived: Lived) -> None:
    outline = lived.client.get(f"/api/questions/{lived.question_id}/outline").json()
    assert outline["version"] == 1
    assert [point["part"] for point in outline["points"]] == ["situation", "action", "result"]


def test_a_result_has_its_score_with_evidence(lived: Lived) -> None:
    result = lived.client.get(f"/api/attempts/{lived.spoken_id}").json()
    assert result["status"] == "scored"
    assert result["synthetic"] is True
    assert 0 <= result["score"]["overall"] <= 100
    text = result["transcript"]["text"]
    quotes = [
        evidence
        for criterion in result["score"]["criteria"]
        for evidence in criterion["evidence"]
        if evidence["kind"] == "quote"
    ]
    assert quotes
    assert all(text[quote["start_char"] : quote["end_char"]] == quote["quote"] for quote in quotes)


def test_attempts_are_listed_without_their_words(lived: Lived) -> None:
    page = lived.client.get(f"/api/questions/{lived.question_id}/attempts").json()
    assert page["total"] == 2
    latest, first = page["items"]
    assert (latest["attempt_id"], latest["has_recording"]) == (lived.typed_id, False)
    assert (first["attempt_id"], first["has_recording"]) == (lived.spoken_id, True)
    assert "transcript" not in first
    by_status = lived.client.get("/api/attempts", params={"status": "scored"}).json()
    assert by_status["total"] == 2


def test_all_versions_of_a_transcript_are_there(lived: Lived) -> None:
    page = lived.client.get(f"/api/attempts/{lived.spoken_id}/transcripts").json()
    assert page["total"] == len(page["items"])
    assert page["items"][0]["source"] == "machine"


def test_readiness_says_what_is_missing(lived: Lived) -> None:
    found = lived.client.get("/api/readiness").json()
    assert found["share"] is None
    assert found["sentence"] == found["not_enough"]
    assert found["horizon"] == "2026-12-09"
    assert found["per_question"]["total"] == 2


def test_readiness_looks_at_the_day_asked_for(lived: Lived) -> None:
    found = lived.client.get("/api/readiness", params={"on": "2026-12-01"}).json()
    assert date.fromisoformat(found["horizon"]) == date(2026, 12, 1)
    over = lived.client.get("/api/readiness", params={"on": "2020-01-01"})
    assert over.status_code == 400
    assert "over" in over.json()["detail"]


def test_the_plan_reaches_to_the_interview(lived: Lived) -> None:
    plan = lived.client.get("/api/plan").json()
    days = plan["days"]["items"]
    assert days
    assert all(day["day"] < plan["horizon"] == "2026-12-09" for day in days)


def test_the_plan_goes_into_a_calendar(lived: Lived) -> None:
    answer = lived.client.get("/api/plan.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.text.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:Rehearse" in answer.text


def test_the_next_question_is_the_one_to_rehearse(lived: Lived) -> None:
    page = lived.client.get("/api/next").json()
    assert {item["question"]["text"] for item in page["items"]} == {
        QUESTION,
        "Why do you want this job?",
    }


def test_recovery_follows_the_latest_past_interview(lived: Lived) -> None:
    path = lived.client.get("/api/recovery").json()
    assert "Birch & Co" in path["heading"]
    assert len(path["steps"]) == 7


def test_packs_bring_their_questions_and_points(lived: Lived) -> None:
    page = lived.client.get("/api/packs").json()
    assert page["total"] == 5
    assert sum(len(pack["questions"]) for pack in page["items"]) >= 60
    one = lived.client.get("/api/packs", params={"kind": "to_ask"}).json()
    assert [pack["kind"] for pack in one["items"]] == ["to_ask"]


def test_health_counts_what_is_there(lived: Lived) -> None:
    health = lived.client.get("/api/health").json()
    assert (health["status"], health["questions"], health["unfinished"]) == ("ok", 2, 0)

"""The rubric, the person's word on points, and recalibration over HTTP."""

import httpx
import pytest

from question_bank.outline import DraftPoint
from tests.practice.conftest import ANSWER
from tests.practice.test_point_verdicts import POINTS
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.rubric import RUBRIC_VERSION

WORDS = " ".join(ANSWER)


@pytest.fixture
def typed(fresh_coach: Coach) -> str:
    attempt = fresh_coach.begin(fill_bank(fresh_coach), typed=True)
    return fresh_coach.answer_typed(attempt.id, WORDS).id


def test_the_rubric_is_told_with_its_sources(lived: Lived) -> None:
    sheet = lived.client.get("/api/rubric").json()
    assert sheet["version"] == RUBRIC_VERSION
    assert all(threshold["source"] for threshold in sheet["thresholds"])
    assert sum(sheet["weights"][0]["weights"].values()) == 100
    one = lived.client.get("/api/rubric", params={"kind": "technical"}).json()
    assert [row["kind"] for row in one["weights"]] == ["technical"]
    refused = lived.client.get("/api/rubric", params={"kind": "charming"})
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_verdict_stands_beside_the_score_and_is_taken_back(
    fresh: httpx.Client, typed: str
) -> None:
    before = fresh.get(f"/api/attempts/{typed}").json()
    points = next(c for c in before["score"]["criteria"] if c["name"] == "coverage")["points"]
    address = f"/api/attempts/{typed}/points/{points[1]['point_id']}/verdict"
    given = fresh.post(address, json={"verdict": "not_said"})
    assert given.status_code == 201
    assert given.json()["score"] == before["score"]
    (verdict,) = given.json()["verdicts"]
    assert (verdict["verdict"], verdict["state"]) == ("not_said", points[1]["state"])
    assert verdict["similarity"] == points[1]["similarity"]
    agreement = fresh.get("/api/agreement").json()
    assert agreement["overall"]["judged"] == 1
    assert agreement["overall"]["low"] < agreement["overall"]["high"]
    assert fresh.delete(address).json()["verdicts"] == []
    assert fresh.delete(address).status_code == 404
    assert fresh.get("/api/agreement").json()["overall"]["share"] is None


@pytest.mark.parametrize(
    ("place", "body", "status"),
    [("9", {"verdict": "said"}, 404), ("1", {"verdict": "perhaps"}, 400), ("1", {}, 400)],
)
def test_a_verdict_that_cant_be_used_is_a_problem(
    fresh: httpx.Client, typed: str, place: str, body: dict[str, str], status: int
) -> None:
    refused = fresh.post(f"/api/attempts/{typed}/points/{place}/verdict", json=body)
    assert refused.status_code == status
    assert refused.json()["what_to_do"]


def test_scoring_again_over_http_keeps_the_earlier_score(
    fresh: httpx.Client, fresh_coach: Coach, typed: str
) -> None:
    before = fresh.get(f"/api/attempts/{typed}").json()
    assert fresh.post(f"/api/attempts/{typed}/rescore").json() == before
    with fresh_coach.bank() as bank:
        bank.set_outline(before["question"]["id"], [DraftPoint(text="I learnt to skydive")])
    after = fresh.post(f"/api/attempts/{typed}/rescore").json()
    assert after["score"]["outline_version"] == 2
    assert [e["overall"] for e in after["earlier_scores"]] == [before["score"]["overall"]]


def test_recalibration_needs_consent_to_what_was_shown(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question = fill_bank(fresh_coach)
    assert "It takes 20" in fresh.get("/api/cut-points").json()["missing"]
    refused = fresh.post("/api/cut-points", json={"verdicts": 0})
    assert refused.status_code == 409
    with fresh_coach.bank() as bank:
        bank.set_outline(question, [DraftPoint(text=text) for text in POINTS])
    for _ in range(3):
        attempt = fresh_coach.begin(question, typed=True)
        fresh_coach.answer_typed(attempt.id, WORDS)
        with fresh_coach.verdicts() as verdicts:
            for place in range(1, len(POINTS) + 1):
                word = Verdict.SAID if place <= 5 else Verdict.NOT_SAID
                verdicts.give(attempt.id, str(place), word)
    shown = fresh.get("/api/cut-points").json()
    assert shown["missing"] is None
    assert fresh.post("/api/cut-points", json={"verdicts": 3}).status_code == 409
    done = fresh.post("/api/cut-points", json={"verdicts": shown["verdicts"]})
    assert done.status_code == 201
    assert done.json() == shown
    current = fresh.get("/api/cut-points").json()["current"]
    assert current == shown["proposed"] | {"number": 1}
    assert fresh.delete("/api/cut-points").json() == shown["rubric"]
    assert fresh.delete("/api/cut-points").status_code == 409

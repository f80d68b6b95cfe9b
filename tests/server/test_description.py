"""The API describes itself, and does what it describes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok

from question_bank.interview import Feeling
from server import problems
from tests.practice.conftest import ANSWER
from tests.server.conftest import Lived, fill_bank
from tests.server.serving import served
from voicecoach.feedback_step import FeedbackStep
from voicecoach.inventory import DraftEntry, EntryKind
from voicecoach.practice import Coach
from voicecoach.preparing import preparing
from voicecoach.resource_list import ResourceKind
from voicecoach.spoken_debriefs import SpokenDebriefs
from voicecoach.takeaway_desk import Wish
from voicecoach.takeaways import TakeawaySource, Use

load_all_checks()
MAY_BE_REFUSED = [CHECKS.get_one("positive_data_acceptance")]
"""The bank refuses more than a schema can say: blank words, days that are over, ambiguous ids."""

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def description(client: httpx.Client) -> dict[str, Any]:
    answer = client.get("/schema/openapi.json")
    assert answer.status_code == 200
    described: dict[str, Any] = answer.json()
    return described


def operations(client: httpx.Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description(client)["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_operation_has_an_id_and_says_what_it_does(lived: Lived) -> None:
    assert description(lived.client)["openapi"].startswith("3.1")
    found = list(operations(lived.client))
    ids = [operation["operationId"] for _, _, operation in found]
    assert len(ids) == len(set(ids))
    assert all(operation["description"].endswith(".") for _, _, operation in found)
    assert all(path.startswith("/api/") for _, path, _ in found)


def test_every_refusal_is_described_as_a_problem(lived: Lived) -> None:
    for _, _, operation in operations(lived.client):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"]


def test_the_documentation_names_every_route(lived: Lived) -> None:
    text = DOCS.read_text(encoding="utf-8")
    missing = [
        f"{method} {path}"
        for method, path, _ in operations(lived.client)
        if f"`{method} {path}" not in text
    ]
    assert missing == []


def test_the_documentation_names_every_sort_of_problem() -> None:
    names = {sort.name for sort in problems.SORTS.values()} | {
        sort.name for sort, _ in problems._BY_STATUS.values()
    }
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in sorted(names | {"unforeseen"}) if f"`{name}`" not in text] == []


def test_the_page_is_drawn_from_our_own_files(fresh_coach: Coach, tmp_path: Path) -> None:
    library = tmp_path / "vendor" / "swagger-ui" / "swagger-ui-bundle.js"
    library.parent.mkdir(parents=True)
    library.write_text("// the library", encoding="utf-8")
    with served(fresh_coach, vendor=tmp_path / "vendor") as client:
        page = client.get("/schema")
        assert page.headers["content-type"].startswith("text/html")
        assert "/vendor/swagger-ui/swagger-ui-bundle.js" in page.text
        assert "http:" not in page.text.replace("http-equiv", "")
        assert "https:" not in page.text
        assert client.get("/vendor/swagger-ui/swagger-ui-bundle.js").text == "// the library"
        assert "SwaggerUIBundle" in client.get("/static/schema.js").text


def test_without_the_library_one_sentence_says_how_to_get_it(
    fresh_coach: Coach, tmp_path: Path
) -> None:
    with served(fresh_coach, vendor=tmp_path / "nowhere") as client:
        page = client.get("/schema")
        assert page.status_code == 200
        assert "make install" in page.text
        assert "<script" not in page.text
        assert description(client)["info"]["title"] == "voicecoach"
        assert client.get("/api/health").status_code == 200


def test_the_lock_of_the_page_holds_no_download_address() -> None:
    lock = json.loads((DOCS.parents[1] / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_the_api_does_what_it_describes(fresh_coach: Coach) -> None:
    """Generated requests to every operation: no 500, nothing but what the description says."""
    question_id = fill_bank(fresh_coach)
    attempt = fresh_coach.begin(question_id, typed=True)
    fresh_coach.answer_typed(attempt.id, " ".join(ANSWER))
    with fresh_coach.reading_bank() as bank:
        interview_id = bank.list_interviews()[0].id
    with preparing(fresh_coach) as preparation:
        skill = preparation.add_entry(DraftEntry(kind=EntryKind.SKILL, name="SQL"))
        preparation.keep_advert(interview_id, "Requirements\n- SQL")
        resource = preparation.add_resource(ResourceKind.BOOK, "A book")
    with fresh_coach.roads_back() as roads:
        check_in = roads.check_in([Feeling(word="sad", intensity=4)])
        movement = roads.move("walk", 20)
    (kept,) = FeedbackStep(fresh_coach).keep(
        [Wish(source=TakeawaySource.REPLY, quote="You were calm.", use=Use.STRENGTH)]
    )
    with fresh_coach.mocks() as mocks:
        mock = mocks.start(1)
    stored = {
        "question_id": question_id,
        "attempt_id": attempt.id,
        "interview_id": interview_id,
        "point_id": "1",
        "item": "food",
        "skill_id": skill.id,
        "number": "1",
        "resource_id": str(resource.id),
        "step": "move",
        "check_in_id": check_in.id,
        "movement_id": movement.id,
        "takeaway_id": kept.id,
        "mock_id": mock.id,
        "debrief_id": SpokenDebriefs(book=fresh_coach).begin().id,
    }
    with served(fresh_coach) as client:
        schema = schemathesis.openapi.from_url(f"{client.base_url}/schema/openapi.json")
        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            _try_operation(found.ok(), stored)
        assert client.get("/api/health").json()["status"] == "ok"


def _try_operation(operation: Any, stored: dict[str, str]) -> None:
    @given(case=operation.as_strategy(), known=st.booleans())
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: Any, known: bool) -> None:
        if known:
            case.path_parameters = {name: stored[name] for name in case.path_parameters}
        case.call_and_validate(timeout=30, excluded_checks=MAY_BE_REFUSED)

    holds()


def test_the_first_page_leads_programs_to_the_description(lived: Lived) -> None:
    answer = lived.client.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="/schema"' in answer.text

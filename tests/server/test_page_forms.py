"""Whatever the forms of the page send, the answer is a page and never a failure."""

import re

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.conftest import fill_bank
from voicecoach.debrief_draft_file import FILE_NAME
from voicecoach.practice import Coach

FIELDS = (
    *("text", "kind", "competency", "target", "tripped_up", "difficulty", "remembered_answer"),
    *("points", "interview", "point", "part", "weight", "version", "skills", "stories", "do"),
    *("company", "role", "day", "outcome", "feelings", "went_well", "differed_from_expected"),
    *("could_answer_better", "feedback_received", "lessons", "next_company", "next_role"),
    *("next_day", "format", "question", "keep", "drop", "back"),
)
TELLING = st.sampled_from(
    (
        *("", "save", "next", "enter", "add", "up-1", "up-x", "remove:0", "remove:x", "to:"),
        *("to:check", "technical", "rejected", "2026-11-12", "1", "0", "-1", "5", "9" * 30),
        *("situation", "look", "behavioural-mistake-owned", "/questions/", "//elsewhere"),
    )
)
VALUES = st.one_of(TELLING, st.text(max_size=20))
SENT = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=14)


def token_of(client: httpx.Client) -> str:
    found = re.search(r'name="_csrf_token" value="([0-9a-f]+)"', client.get("/questions/new").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "path",
    [
        *("/questions/new", "/questions/packs", "/questions/merge"),
        *("/questions/{id}/edit", "/questions/{id}/trips", "/questions/{id}/outline"),
        *("/interviews/new", "/debrief/facts", "/debrief/questions", "/debrief/check"),
        *("/debrief/looking-ahead", "/debrief/questions/keep", "/debrief/read/keep"),
    ],
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=SENT)
def test_a_form_is_answered_with_a_page_whatever_it_sends(
    fresh: httpx.Client, fresh_coach: Coach, path: str, sent: list[tuple[str, str]]
) -> None:
    with fresh_coach.reading_bank() as bank:
        known = bank.every_question(retired=None)
    question_id = known[0].id if known else fill_bank(fresh_coach)
    fields: dict[str, list[str]] = {"_csrf_token": [token_of(fresh)]}
    for name, value in sent:
        fields.setdefault(name, []).append(value.encode("utf-8", "replace").decode())
    answer = fresh.post(path.format(id=question_id), data=fields, headers={"accept": "text/html"})

    assert answer.status_code in {200, 204, 303, 400, 404, 409}
    if answer.status_code == 303:
        assert answer.headers["location"].startswith(("/questions", "/interviews", "/debrief"))
    (fresh_coach.settings.home / FILE_NAME).unlink(missing_ok=True)


@given(text=st.text(max_size=200))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_pasted_text_comes_back_as_it_was_or_enters(
    fresh: httpx.Client, fresh_coach: Coach, text: str
) -> None:
    text = text.encode("utf-8", "replace").decode()
    answer = fresh.post(
        "/debrief/read",
        data={"text": text, "format": "markdown", "do": "look"},
        files={"file": ("", b"")},
        headers={"x-csrftoken": token_of(fresh), "accept": "text/html"},
    )

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("path", ["/questions/new", "/interviews/new", "/debrief/facts"])
def test_a_form_without_its_token_changes_nothing(
    fresh: httpx.Client, fresh_coach: Coach, path: str
) -> None:
    fresh.get(path)
    answer = fresh.post(path, data={"text": "Why us?", "company": "Northwind", "do": "next"})

    assert answer.status_code == 403
    with fresh_coach.reading_bank() as bank:
        assert bank.count_questions(retired=None) == 0
        assert bank.count_interviews() == 0
    assert not (fresh_coach.settings.home / FILE_NAME).exists()

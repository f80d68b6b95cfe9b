"""A list of questions through the page's form and through the API."""

import re

import httpx
import pytest

from tests.server.conftest import fresh, fresh_coach
from tests.taking.test_taking_in_the_page import token_of
from voicecoach.practice import Coach

__all__ = ["fresh", "fresh_coach"]

DISAGREED = "Tell me about a time you disagreed with a colleague."
NEARLY = "Describe a time when you disagreed with one of your colleagues."
TABLE = f"question;points\nWhy us?;They ship|I use it\n{DISAGREED};\n{NEARLY};\nWho?;a;b\n"


def send(client: httpx.Client, *, file: bytes = b"", **fields: str | list[str]) -> httpx.Response:
    name = "list.csv" if file else ""
    return client.post(
        "/questions/import",
        data={"text": "", "format": "", **fields},
        files={"file": (name, file)},
        headers={"x-csrftoken": token_of(client), "accept": "text/html"},
    )


def asked(coach: Coach) -> list[str]:
    with coach.reading_bank() as bank:
        return [question.text for question in bank.every_question()]


def test_a_file_is_shown_and_enters_as_it_was_ticked(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    shown = send(fresh, file=TABLE.encode("utf-16"), do="enter")
    assert shown.status_code == 200
    assert asked(fresh_coach) == [], "a file is looked at first, whichever button was pressed"
    for words in ("in UTF-16", "semicolon", "nearly the same", "line 5", "They ship"):
        assert words in shown.text
    ticked = re.findall(r'name="take" value="(\d+)" checked', shown.text)
    assert ticked == ["1", "2"]
    entered = send(fresh, text=TABLE, format="csv", do="enter", take=["1", "3"])
    assert entered.status_code == 303
    assert sorted(asked(fresh_coach)) == sorted(["Why us?", NEARLY])
    known = send(fresh, text=TABLE, format="csv", do="look")
    assert "you have it" in known.text


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [(b"\x89PNG\0\0", "", "no text"), (b"", "", "There is no list yet"), (b"", " \n", "no list")],
)
def test_what_is_no_list_is_told_on_the_same_page(
    fresh: httpx.Client, file: bytes, text: str, says: str
) -> None:
    refused = send(fresh, file=file, text=text, do="look")
    assert refused.status_code == 400
    assert says in refused.text


def test_a_tick_that_is_no_number_of_a_list_is_left_aside(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    sent = send(fresh, text=TABLE, format="csv", do="enter", take=["1", "9" * 5000, "²"])
    assert sent.status_code == 303
    assert asked(fresh_coach) == ["Why us?"]


def test_the_api_shows_first_and_takes_in_what_was_chosen(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    body = {"text": TABLE, "file_name": "list.csv"}
    preview = fresh.post("/api/questions/import", json=body | {"dry_run": True}).json()
    assert preview["taken"] is None
    assert asked(fresh_coach) == []
    standings = [one["standing"] for one in preview["preview"]["incoming"]]
    assert standings == ["new", "new", "alike"]
    assert [one["line"] for one in preview["preview"]["read"]["problems"]] == [5]
    taken = fresh.post("/api/questions/import", json=body).json()["taken"]
    assert [one["text"] for one in taken["new"]] == ["Why us?", DISAGREED]
    merged = fresh.post("/api/questions/import", json=body | {"merge": True}).json()["taken"]
    assert (merged["new"], merged["left_out"]) == ([], 0)
    wrong = fresh.post("/api/questions/import", json=body | {"take": [9]})
    assert wrong.status_code == 400
    assert wrong.headers["content-type"].startswith("application/problem+json")

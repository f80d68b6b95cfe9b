"""Grey areas and the right company: the same from every format, kept, exported and read again."""

import json

import pytest

from question_bank.debrief import DebriefFormat, read_debrief
from question_bank.debrief_draft import DebriefDraft, read_draft
from question_bank.debrief_entry import enter_debrief
from question_bank.debrief_values import right_company_of
from question_bank.interview import RightCompany
from tests.database_fixtures import BankOf
from voicecoach.database import Database

WHY = "the work yes, the hours not."
GREY = ("They went quiet.", "He smiled.")

MARKDOWN = f"""# Interview: Analyst at Acme
## Grey areas
- {GREY[0]}
- {GREY[1]}

## Was it the right company?
Unsure: {WHY}
"""
YAML = f"""company: Acme
role: Analyst
gray areas: [{GREY[0]}, {GREY[1]}]
right_company: "unsure, {WHY}"
"""
JSON = json.dumps(
    {"company": "Acme", "role": "Analyst", "grey_areas": GREY, "right_company": f"Unsure. {WHY}"}
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (MARKDOWN, DebriefFormat.MARKDOWN),
        (YAML, DebriefFormat.YAML),
        (JSON, DebriefFormat.JSON),
    ],
)
def test_every_format_says_the_same(text: str, written: DebriefFormat) -> None:
    result = read_debrief(text, written)
    assert result.problems == ()
    debrief = result.debrief
    assert debrief.grey_areas == GREY
    assert (debrief.right_company, debrief.right_company_why) == (RightCompany.UNSURE, WHY)


def test_the_page_form_says_the_same() -> None:
    typed = DebriefDraft(
        company="Acme", grey_areas="\n".join(GREY), right_company="unsure", right_company_why=WHY
    )
    read = read_draft(typed)
    assert read.problems == ()
    assert read.debrief.grey_areas == GREY
    assert (read.debrief.right_company, read.debrief.right_company_why) == (
        RightCompany.UNSURE,
        WHY,
    )


@pytest.mark.parametrize(
    ("said", "answer", "why"),
    [
        ("Yes", RightCompany.YES, ""),
        ("no - too far away", RightCompany.NO, "too far away"),
        ("Not really what I want", None, "Not really what I want"),
        ("Nobody asked me anything", None, "Nobody asked me anything"),
        ("", None, ""),
    ],
)
def test_the_first_word_answers_and_no_word_is_lost(
    said: str, answer: RightCompany | None, why: str
) -> None:
    assert right_company_of(said) == (answer, why)


def test_a_debrief_entered_exported_and_imported_keeps_them(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    with sqlite_database.transaction() as session:
        bank = bank_of(session)
        entered = enter_debrief(bank, read_debrief(YAML, DebriefFormat.YAML).debrief).interview
        exported = bank.export_json()
        assert entered is not None
        bank.delete_interview(entered.id)
        bank.import_json(exported)
        again = bank.get_interview(entered.id)
    assert again == entered
    assert (again.grey_areas, again.right_company, again.right_company_why) == (
        GREY,
        RightCompany.UNSURE,
        WHY,
    )

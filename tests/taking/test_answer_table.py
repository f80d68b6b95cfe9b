"""The table of answers: every answer a row, plain figures, nothing a spreadsheet would run."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.taking.filled_home import filled_home
from voicecoach.answer_table import BYTE_ORDER_MARK, COLUMNS, _cell, answers_as_csv
from voicecoach.attempt_store import AttemptStore
from voicecoach.practice import Coach


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    coach = filled_home(tmp_path_factory.mktemp("filled") / "home")
    yield coach
    coach.database.close()


def rows(coach: Coach) -> list[dict[str, str]]:
    text = "".join(answers_as_csv(coach))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_every_answer_is_a_row_with_the_figures_that_its_page_shows(filled: Coach) -> None:
    table = {row["answer_id"]: row for row in rows(filled)}
    assert set(table) == {"spoken", "follow-up", "broken-off", "deleted"}
    spoken, attempt = table["spoken"], filled.attempt("spoken")
    assert attempt.score is not None
    assert float(spoken["overall"]) == pytest.approx(attempt.score.overall)
    for criterion in attempt.score.criteria:
        told = spoken[criterion.name.value]
        assert told == ("" if criterion.level is None else f"{criterion.level:g}")
    assert (spoken["day"], spoken["time"], spoken["seconds"]) == ("2026-11-23", "09:00", "12.5")
    assert spoken["words"] == "6"
    assert (spoken["rating"], spoken["forecast"]) == ("3", "55")
    assert table["follow-up"]["follows_up"] == "spoken"


def test_a_deleted_answer_has_only_what_its_mark_has(filled: Coach) -> None:
    row = next(row for row in rows(filled) if row["answer_id"] == "deleted")
    with filled.database.reading() as session:
        mark = AttemptStore(session).get("deleted")
    assert (row["status"], row["asked"], row["words"], row["seconds"]) == ("deleted", "", "", "")
    assert float(row["overall"]) == mark.overall_at_deletion


def test_every_column_says_what_it_holds(filled: Coach) -> None:
    assert list(rows(filled)[0]) == list(COLUMNS)
    assert all(what for _value, what in COLUMNS.values())


@given(st.text())
def test_no_text_is_a_formula_and_none_is_lost(text: str) -> None:
    cell = _cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_a_question_that_looks_like_a_formula_is_plain_text_in_the_table(filled: Coach) -> None:
    with filled.bank() as bank:
        question = next(iter(bank.every_question()))
        bank.edit_question(question.id, text='=HYPERLINK("http://x","why us?")')
    told = {row["question"] for row in rows(filled)}
    assert told == {'\'=HYPERLINK("http://x","why us?")'}


def test_the_documentation_names_every_column_with_what_it_holds() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")
    for name, (_value, what) in COLUMNS.items():
        assert f"| `{name}` | {what} |" in documented

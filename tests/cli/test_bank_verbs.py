"""interviews, debrief and questions, off a terminal."""

import json
from pathlib import Path

from tests.cli.conftest import DEBRIEF
from tests.cli.process import Voicecoach

HARD = "Tell me about a time you had to deliver bad news to a client."


def _id_of(run: Voicecoach, text: str) -> str:
    return next(
        str(question["id"])
        for question in run("questions", "list", "--json").data
        if question["text"] == text
    )


def test_an_interview_is_added_edited_and_listed(voicecoach: Voicecoach) -> None:
    added = voicecoach(
        *("interviews", "add", "--company", "Acme", "--role", "Analyst"),
        *("--date", "9 December 2040", "--feeling", "hopeful 4/5", "--lesson", "Breathe"),
        "--json",
    ).data
    assert (added["company"], added["day"], added["outcome"]) == ("Acme", "2040-12-09", "upcoming")
    assert added["feelings"] == [{"word": "hopeful", "intensity": 4}]
    voicecoach("interviews", "edit", added["id"][:6], "--outcome", "offered")
    shown = voicecoach("interviews").out
    assert "Acme" in shown
    assert "offered" in shown


def test_a_deleted_interview_is_gone_and_its_questions_stay(practised: Voicecoach) -> None:
    interview = next(
        one
        for one in practised("interviews", "list", "--json").data
        if one["outcome"] != "upcoming"
    )
    questions = len(practised("questions", "list", "--json").data)
    unasked = practised("interviews", "delete", interview["id"], code=None)
    assert unasked.code != 0
    assert "--yes" in unasked.err
    practised("interviews", "delete", interview["id"], "--yes")
    assert interview["id"] not in practised("interviews", "list", "--json").out
    assert len(practised("questions", "list", "--json").data) == questions


def test_the_upcoming_interview_is_what_readiness_looks_at(voicecoach: Voicecoach) -> None:
    assert voicecoach("readiness", "--json").data["assumed_horizon"]
    voicecoach("interviews", "add", "--company", "Acme", "--date", "2040-12-09")
    readiness = voicecoach("readiness", "--json").data
    assert not readiness["assumed_horizon"]
    assert readiness["horizon"] == "2040-12-09"


def test_a_debrief_from_a_file_fills_the_bank(voicecoach: Voicecoach) -> None:
    entered = voicecoach("debrief", str(DEBRIEF), "--json").data
    assert entered["problems"] == []
    assert entered["entered"]["interview"]["company"] == "Northwind Logistics"
    assert next(question["text"] for question in entered["entered"]["new"]) == HARD
    outline = voicecoach("questions", "outline", _id_of(voicecoach, HARD), "--json").data
    assert len(outline["points"]) == 6


def test_the_same_debrief_again_doubles_nothing(practised: Voicecoach) -> None:
    before = practised("questions", "list", "--json").data
    again = practised("debrief", str(DEBRIEF), "--json").data
    assert again["entered"]["new"] == []
    assert practised("questions", "list", "--json").data == before


def test_what_a_debrief_says_badly_is_told_with_its_line_and_the_rest_is_kept(
    voicecoach: Voicecoach,
) -> None:
    text = "# Interview: Analyst at Acme\n- Date: someday\n\n## Questions\n### Why us?\n"
    ran = voicecoach("debrief", "-", stdin=text)
    assert ran.err.startswith("line 2: ")
    assert "Why us?" in ran.out
    assert voicecoach("interviews", "list", "--json").data[0]["company"] == "Acme"


def test_yaml_and_json_debriefs_are_read(voicecoach: Voicecoach, tmp_path: Path) -> None:
    yaml = tmp_path / "one.yaml"
    yaml.write_text("company: Acme\nrole: Analyst\nquestions:\n  - Why us?\n", encoding="utf-8")
    other = tmp_path / "two.json"
    other.write_text(json.dumps({"company": "Umbra", "questions": ["Why you?"]}), encoding="utf-8")
    for file in (yaml, other):
        assert len(voicecoach("debrief", str(file), "--json").data["entered"]["new"]) == 1


def test_near_duplicates_are_named_kept_or_merged(practised: Voicecoach) -> None:
    near = "Tell me about a time when you had to deliver some bad news to a client."
    told = practised("questions", "add", near, "--kind", "behavioural")
    assert "voicecoach questions merge" in told.err
    count = len(practised("questions", "list", "--json").data)
    keep, drop = _id_of(practised, HARD), _id_of(practised, near)
    practised("questions", "merge", keep[:8], drop[:8])
    assert len(practised("questions", "list", "--json").data) == count - 1

    merged = practised("questions", "add", near.upper(), "--merge", "--json").data
    assert merged["question"]["id"] == keep


def test_a_question_is_added_edited_retired_and_asked_again(voicecoach: Voicecoach) -> None:
    added = voicecoach(
        *("questions", "add", "How would you find a slow query?", "--tripped-up", "I froze"),
        *("--difficulty", "5", "--json"),
    )
    question = added.data["question"]
    assert question["tripped_up"][0]["how"] == "I froze"
    key = question["id"][:8]
    voicecoach("questions", "edit", key, "--target-seconds", "60", "--kind", "technical")
    voicecoach("questions", "retire", key)
    assert "No questions here" in voicecoach("questions", "list").out
    assert "slow query" in voicecoach("questions", "list", "--retired").out
    voicecoach("questions", "retire", key, "--undo")
    shown = voicecoach("questions", "show", key).out
    assert "1:00" in shown
    assert "I froze" in shown


def test_an_outline_is_written_shown_and_taken_away(voicecoach: Voicecoach) -> None:
    added = voicecoach("questions", "add", "Why us?", "--json").data["question"]["id"]
    points = ("--point", "[situation] We were four", "--point", "(2) I led the move")
    outline = voicecoach("questions", "outline", added, *points, "--skill", "SQL", "--json").data
    assert [(p["part"], p["weight"]) for p in outline["points"]] == [("situation", 1), (None, 2)]
    assert "I led the move (weighs 2)" in voicecoach("questions", "outline", added).out
    assert voicecoach("questions", "outline", added, "--clear", "--json").data is None


def test_packs_are_listed_and_taken_over_once(voicecoach: Voicecoach) -> None:
    assert "behavioural" in voicecoach("questions", "packs").out
    first = voicecoach("questions", "import", "to_ask", "--json").data
    assert len(first["added"]) >= 10
    assert voicecoach("questions", "import", "to_ask", "--json").data["added"] == []


def test_a_bank_is_exported_and_imported_whole(practised: Voicecoach, tmp_path: Path) -> None:
    exported = practised("questions", "export").out
    practised("questions", "export", str(tmp_path / "bank.json"))
    assert (tmp_path / "bank.json").read_text(encoding="utf-8") == exported
    other = Voicecoach(tmp_path / "other")
    report = other("questions", "import", str(tmp_path / "bank.json"), "--json").data
    assert report["questions_added"] == 4
    assert other("questions", "export").out == exported

"""questions import: a list from another program, shown before it enters."""

from pathlib import Path

from tests.cli.process import Voicecoach

TABLE = (
    "Frage;question;tags;points\n"
    "1;Why us?;motivational;They ship|I use it\n"
    "2;Tell me about a time you disagreed with a colleague.;behavioural;\n"
    "3;Describe a time when you disagreed with one of your colleagues.;;\n"
    "4;Who are you?;tags;points;more;than there are\n"
)


def test_a_dry_run_shows_what_would_enter_and_stores_nothing(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(TABLE.encode("utf-16"))
    shown = voicecoach("questions", "import", str(file), "--dry-run").out
    for words in (
        "Read as csv in UTF-16, columns separated by a semicolon.",
        "question → question",
        "Not read: Frage.",
        "+ Why us? (motivational, 2 points)",
        "nearly the same as: Tell me about a time you disagreed with a colleague.",
        "Line 5 was left out",
    ):
        assert words in shown
    assert voicecoach("questions", "list", "--json").data == []


def test_a_list_enters_once_and_near_duplicates_where_they_are_wanted(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(TABLE, encoding="utf-8")
    taken = voicecoach("questions", "import", str(file), "--json").data
    assert [one["text"] for one in taken["taken"]["new"]] == [
        "Why us?",
        "Tell me about a time you disagreed with a colleague.",
    ]
    assert [problem["line"] for problem in taken["problems"]] == [5]
    again = voicecoach("questions", "import", str(file), "--json").data["taken"]
    assert (again["new"], again["strengthened"], again["left_out"]) == ([], [], 1)
    both = voicecoach("questions", "import", str(file), "--keep-both", "--json").data["taken"]
    assert len(both["new"]) == 1
    assert len(voicecoach("questions", "list", "--json").data) == 3


def test_what_is_no_text_is_refused_in_one_line(voicecoach: Voicecoach, tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    refused = voicecoach("questions", "import", str(file), code=None)
    assert refused.code != 0
    assert len(refused.error_lines) == 1


def test_a_dry_run_of_an_exported_bank_stores_nothing_either(
    practised: Voicecoach, tmp_path: Path
) -> None:
    file = tmp_path / "bank.json"
    practised("questions", "export", str(file))
    other = Voicecoach(tmp_path / "other")
    assert "Would add" in other("questions", "import", str(file), "--dry-run").out
    assert other("questions", "list", "--json").data == []
    other("questions", "import", str(file))
    assert len(other("questions", "list", "--json").data) > 0

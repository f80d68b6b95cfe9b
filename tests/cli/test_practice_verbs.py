"""drill, mock, attempts, readiness, plan and recover, off a terminal."""

from pathlib import Path

from tests.cli.process import Voicecoach

HARD = "Tell me about a time you had to deliver bad news to a client."


def test_a_typed_answer_is_scored_with_evidence_and_scheduled(practised: Voicecoach) -> None:
    attempt = practised("attempts", "list", "--json").data[0]
    assert attempt["status"] == "scored"
    assert attempt["question"]["text"] == HARD
    assert attempt["next_review"] is not None
    shown = practised("attempts", "show", attempt["attempt_id"][:8]).out
    for words in ("Overall", "coverage", "structure", "“", "What to do next", "Next review"):
        assert words in shown
    text = attempt["transcript"]["text"]
    quotes = [
        found
        for criterion in attempt["score"]["criteria"]
        for found in criterion["evidence"]
        if found["kind"] == "quote"
    ]
    assert quotes
    assert all(text[q["start_char"] : q["end_char"]] == q["quote"] for q in quotes)


def test_a_correction_scores_content_anew_and_keeps_both_versions(practised: Voicecoach) -> None:
    before = practised("attempts", "list", "--json").data[0]
    text = before["transcript"]["text"] + " We saved 20,000 euros in June."
    after = practised("attempts", "correct", before["attempt_id"], "--text", text, "--json").data
    assert after["transcript_versions"] == 2
    assert after["previous_overall"] == before["score"]["overall"]
    shown = practised("attempts", "show", before["attempt_id"]).out
    assert "before the correction" in shown


def test_versions_are_shown_compared_and_gone_back_to(practised: Voicecoach) -> None:
    before = practised("attempts", "list", "--json").data[0]
    attempt, said = before["attempt_id"], before["transcript"]["text"]
    practised("attempts", "correct", attempt, "--text", said + " We saved 20,000 euros in June.")
    compared = practised("attempts", "compare", attempt).out
    assert "added “We saved 20,000 euros in June.”" in compared
    assert "Overall " in compared
    data = practised("attempts", "compare", attempt, "1", "2", "--json").data
    assert (data["before"]["version"], data["after"]["version"]) == (1, 2)
    assert data["words_changed"] == 6
    first = practised("attempts", "show", attempt, "--version", "1", "--json").data
    assert first["transcript"]["text"] == said
    assert first["score"] == before["score"]
    undone = practised("attempts", "correct", attempt, "--undo", "--json").data
    assert (undone["transcript"]["text"], undone["transcript_versions"]) == (said, 3)
    assert "No word was changed" in practised("attempts", "compare", attempt, "1", "3").out


def test_what_can_not_be_compared_or_undone_is_told_in_one_line(practised: Voicecoach) -> None:
    attempt = practised("attempts", "list", "--json").data[0]["attempt_id"]
    for words in (
        ("compare", attempt),
        ("compare", attempt, "1", "7"),
        ("show", attempt, "--version", "7"),
        ("correct", attempt, "--undo"),
        ("correct", attempt, "--undo", "--text", "I said more."),
    ):
        assert len(practised("attempts", *words, code=1).error_lines) == 1


def test_a_correction_comes_from_a_file_or_stdin(practised: Voicecoach, tmp_path: Path) -> None:
    attempt = practised("attempts", "list", "--json").data[0]["attempt_id"]
    words = "I phoned the client and told her that the figures were wrong. " * 4
    after = practised("attempts", "correct", attempt, "--file", "-", "--json", stdin=words).data
    assert after["transcript"]["text"] == words.strip()
    binary = tmp_path / "words.txt"
    binary.write_bytes(b"\xff\xfe\x00")
    assert len(practised("attempts", "correct", attempt, "--file", str(binary), code=1).error_lines)


def test_a_deleted_answer_leaves_only_its_mark(practised: Voicecoach) -> None:
    attempt = practised("attempts", "list", "--json").data[0]["attempt_id"]
    practised("attempts", "delete", attempt, code=1)
    practised("attempts", "delete", attempt, "--yes")
    assert practised("attempts", "list", "--json").data == []
    (mark,) = practised("attempts", "list", "--status", "deleted", "--json").data
    assert mark["attempt_id"] == attempt
    assert mark["transcript"] is None


def test_nothing_to_finish_is_said_so(practised: Voicecoach) -> None:
    assert "Nothing is left to finish" in practised("attempts", "finish").out


def test_a_typed_answer_has_no_sound_to_replay(practised: Voicecoach) -> None:
    attempt = practised("attempts", "list", "--json").data[0]["attempt_id"]
    assert "no recording" in practised("attempts", "replay", attempt, code=1).err


def test_a_file_that_holds_no_sound_is_refused_and_leaves_nothing(practised: Voicecoach) -> None:
    before = practised("attempts", "list", "--json").out
    ran = practised("drill", "--no-sound", "--answer", __file__, code=1)
    assert len(ran.error_lines) == 1
    assert practised("attempts", "list", "--json").out == before


def test_readiness_says_not_enough_and_what_would_help(practised: Voicecoach) -> None:
    shown = practised("readiness").out
    assert "Not enough yet" in shown
    assert "What would raise it most" in shown


def test_the_plan_goes_into_a_calendar(practised: Voicecoach, tmp_path: Path) -> None:
    calendar = tmp_path / "plan.ics"
    shown = practised("plan", "--ics", str(calendar))
    assert "minutes a day" in shown.out
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_seven_steps_are_walked(practised: Voicecoach) -> None:
    assert practised("recover", "--json").data["next_step"]["step"] == "breathe"
    practised("recover", "--done", "breathe", "--note", "better")
    practised("recover", "--skip", "move")
    states = {s["step"]: s["state"] for s in practised("recover", "--json").data["steps"]}
    assert (states["breathe"], states["move"]) == ("done", "skipped")
    assert "Northwind Logistics" in practised("recover", "--email").out

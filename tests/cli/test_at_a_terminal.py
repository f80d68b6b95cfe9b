"""What is asked and shown at a terminal: a real process on a pseudo-terminal."""

import os

import pytest

from tests.cli.conftest import ANSWER
from tests.cli.process import Voicecoach

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

DEBRIEF = (
    ("Which company", "Acme"),
    ("Which role", "Analyst"),
    ("On which day", "12 November 2026"),
    ("How did it end", "rej"),
    ("How do you feel", "disappointed 4/5"),
    (">", ""),
    ("Some of it went well", "I was early"),
    (">", ""),
    ("different from what", ""),
    ("answer better now", ""),
    ("still unsure about, good or bad", "They went quiet"),
    (">", ""),
    ("the right company", "unsure, the hours were long"),
    ("Which feedback", ""),
    ("A question, as they asked it", "Tell me about a time you failed."),
    ("Its kind", ""),
    ("How did it trip you up", "I rambled"),
    ("How hard was it", "9"),
    ("whole number from 1 to 5", "4"),
    ("remember having said", "I said we a lot"),
    ("Note the points", "y"),
    ("The points", "[action] (2) I told her at once"),
    (">", ""),
    ("A question, as they asked it", ""),
    ("What do you take away", "Breathe first"),
    (">", ""),
    ("do next time", "Say the result first"),
    (">", ""),
    ("not do again", ""),
    ("Is another interview", "y"),
    ("On which day", "9 December 2040"),
    ("With which company", "Umbra"),
    ("For which role", ""),
)


def test_a_debrief_is_walked_through(voicecoach: Voicecoach) -> None:
    with voicecoach.at_terminal("debrief") as terminal:
        terminal.answer(DEBRIEF)
        assert terminal.end() == 0
    interviews = voicecoach("interviews", "list", "--json").data
    assert [found["company"] for found in interviews] == ["Umbra", "Acme"]
    assert interviews[1]["feelings"] == [{"word": "disappointed", "intensity": 4}]
    assert interviews[1]["lessons"] == ["Breathe first"]
    assert interviews[1]["grey_areas"] == ["They went quiet"]
    assert interviews[1]["right_company"] == "unsure"
    assert interviews[1]["right_company_why"] == "the hours were long"
    assert interviews[1]["dos"] == ["Say the result first"]
    question = voicecoach("questions", "list", "--json").data[0]
    assert question["kind"] == "behavioural"
    assert question["tripped_up"][0]["difficulty"] == 4
    outline = voicecoach("questions", "outline", question["id"], "--json").data
    assert outline["points"][0]["part"] == "action"


def test_a_debrief_that_is_broken_off_keeps_what_was_said(voicecoach: Voicecoach) -> None:
    with voicecoach.at_terminal("debrief") as terminal:
        terminal.answer(DEBRIEF[:3])
        terminal.expect("How did it end [rejected]:")
        terminal.interrupt()
        assert terminal.end() == 130
        assert "what you told me so far is kept" in terminal.shown
    assert voicecoach("interviews", "list", "--json").data[0]["role"] == "Analyst"


def test_what_the_bank_would_not_take_is_kept_in_a_file(voicecoach: Voicecoach) -> None:
    too_long = [
        ("Which role", "x" * 400) if ask == "Which role" else (ask, say) for ask, say in DEBRIEF
    ]
    with voicecoach.at_terminal("debrief") as terminal:
        terminal.answer(too_long)
        assert terminal.end() == 1
        assert "mend it there" in " ".join(terminal.shown.split())
    (kept,) = voicecoach.home.glob("debrief-*.json")
    kept.write_text(
        kept.read_text(encoding="utf-8").replace("x" * 400, "Analyst"), encoding="utf-8"
    )
    entered = voicecoach("debrief", str(kept), "--json").data
    assert entered["problems"] == []
    question = entered["entered"]["new"][0]["id"]
    assert len(voicecoach("questions", "outline", question, "--json").data["points"]) == 1


def test_a_near_duplicate_is_offered_for_merging(practised: Voicecoach) -> None:
    near = "Tell me about a time when you had to deliver some bad news to a client."
    with practised.at_terminal("questions", "add", near, "--kind", "behavioural") as terminal:
        terminal.answer([("Are they the same question?", "y")])
        assert terminal.end() == 0
        assert "Met again" in terminal.shown


def test_a_typed_answer_is_followed_up(practised: Voicecoach) -> None:
    answer = (
        "On a Monday the load failed and I had to tell the client before her meeting at nine. "
        "I phoned her and I told her plainly that the figures were wrong and that I did not know."
    )
    with practised.at_terminal("drill", "--typed", "--no-sound") as terminal:
        terminal.answer([("Type your answer", answer), ("> ", "")])
        terminal.expect("Overall")
        terminal.expect("An interviewer would now ask")
        terminal.answer([("Answer it now?", "a"), ("Type your answer", answer), ("> ", "")])
        terminal.expect("Attempt: ")
        assert terminal.end() == 0
    follow_up, itself = practised("attempts", "list", "--limit", "2", "--json").data
    assert follow_up["follows_up"] == itself["attempt_id"]
    assert follow_up["question"]["asked"] == itself["follow_up"]


def test_deleting_asks_first(practised: Voicecoach) -> None:
    attempt = practised("attempts", "list", "--json").data[0]["attempt_id"]
    with practised.at_terminal("attempts", "delete", attempt) as terminal:
        terminal.answer([("Delete it for good?", "n")])
        assert terminal.end() == 0
    assert practised("attempts", "list", "--json").data[0]["status"] == "scored"


def test_an_editor_that_changes_nothing_changes_nothing(practised: Voicecoach) -> None:
    attempt = practised("attempts", "list", "--json").data[0]["attempt_id"]
    with practised.at_terminal("attempts", "correct", attempt, EDITOR="true") as terminal:
        assert terminal.end() == 1
        assert "Nothing was changed" in terminal.shown


def test_ctrl_c_at_a_question_is_code_130(voicecoach: Voicecoach) -> None:
    with voicecoach.at_terminal("interviews", "add") as terminal:
        terminal.expect("Which company or organisation:")
        terminal.interrupt()
        assert terminal.end() == 130
        assert "Traceback" not in terminal.shown


HOW_IT_WORKED_MISSING = (
    "If a report was late I would first call the person who waits for it and tell them when it "
    "comes. Then I would look for what holds the report up, and I would write down the steps and "
    "ask a colleague to check them."
)


def test_a_mock_interview_follows_up_and_ends_with_ones_own_question(
    practised: Voicecoach,
) -> None:
    practised("questions", "add", "How do you decide what to build?", "--kind", "to_ask")
    practised(
        "questions", "add", "What would you do if a report was late?", "--kind", "situational"
    )
    asked = ("mock", "--typed", "--kind", "situational", "--no-sound", "--limit", "90", "--breathe")
    with practised.at_terminal(*asked) as terminal:
        terminal.expect("breathe in")
        terminal.type()
        terminal.expect("each answer ends after 1 minute and 30 seconds")
        terminal.expect("You have 1 minute and 30 seconds for each")
        terminal.expect("question 1 of 2")
        terminal.answer([(">", HOW_IT_WORKED_MISSING), (">", "")])
        terminal.expect("How would you know that it had worked?")
        terminal.expect("Type your answer")  # the follow-up, whatever it asks about that
        terminal.answer([(">", ANSWER), (">", "")])
        terminal.expect("Do you have any questions for us?")
        terminal.expect("How do you decide what to build?")
        terminal.answer([(">", "How do you decide what to build next?"), (">", "")])
        terminal.expect("That was the interview")
        terminal.expect("How pressure changes your answers shows")
        terminal.answer([("Which of them, by number", "1")])
        terminal.expect("In your bank now: 1.")
        assert terminal.end() == 0
    attempts = practised("attempts", "list", "--json").data
    assert [a["follows_up"] is not None for a in attempts[:3]] == [False, True, False]

"""`voicecoach after`: telling how an interview went, off a terminal and at one."""

import os
from typing import Any

import pytest

from tests.cli.conftest import ANSWER
from tests.cli.process import Voicecoach

NEARLY = "Tell me about a time you had to deliver some bad news to a client."


def over(run: Voicecoach) -> str:
    added: dict[str, Any] = run(
        *("interviews", "add", "--company", "Birch", "--date", "2026-01-12"),
        *("--outcome", "waiting", "--json"),
    ).data
    return str(added["id"])


def test_what_came_is_told_by_id_and_by_words_and_shown_again(practised: Voicecoach) -> None:
    interview = over(practised)
    known = practised("questions", "list", "--json").data[0]["id"]
    told = practised(
        *("after", interview, "--outcome", "rejected", "--well", known[:8]),
        *("--tripped-up", "How would you halve our costs?", "--json"),
    ).data
    assert [one["went"] for one in told["came"]["questions"]] == ["well", "tripped_up"]
    assert [one["was_new"] for one in told["came"]["questions"]] == [False, True]
    assert len(told["unpractised"]) == 2, "that answer was given long after the interview"
    assert practised("after", interview, "--json").data == told
    shown = practised("after", interview).out
    assert "How would you halve our costs?: it tripped you up (new in your bank)" in shown
    assert "2 questions came that you hadn’t practised" in shown
    after = practised("after", interview, "--outcome", "withdrawn", "--json").data
    assert after["came"]["questions"] == [
        one | {"trip_id": new["trip_id"]}
        for one, new in zip(told["came"]["questions"], after["came"]["questions"], strict=True)
    ]
    assert practised("after", "--foresaw", "--json").data["missing"] == 5
    assert "0 of 5 interviews" in practised("after", "--foresaw").out


def test_what_can_t_be_kept_is_one_clear_line(practised: Voicecoach) -> None:
    interview = over(practised)
    untold = practised("after", interview, code=1)
    assert "--none" in untold.err
    nearly = practised("after", interview, "--so-so", NEARLY, code=1)
    assert "nearly a question you have" in nearly.err
    both = practised("after", interview, "--none", "--well", "x", code=2)
    for refused in (untold, nearly, both):
        assert len(refused.error_lines) == 1
    upcoming = practised(
        "interviews", "add", "--company", "Umbra", "--date", "2040-12-09", "--json"
    ).data
    assert "still to come" in practised("after", upcoming["id"], "--none", code=1).err
    assert practised("after", interview, "--so-so", NEARLY, "--new").code == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_at_a_terminal_it_asks_and_settles_what_is_nearly_the_same(practised: Voicecoach) -> None:
    interview = over(practised)
    with practised.at_terminal("after", interview) as terminal:
        terminal.answer(
            [
                ("How did it end", "rej"),
                ("Their numbers", "99"),
                ("Please give numbers", "1"),
                ("How did it go", "trip"),
                ("How did it trip you up", "I lost the thread"),
                ("Another question that came", "Why us and not the others?"),
                ("How did it go", "so"),
                ("Another question that came", NEARLY),
                ("How did it go", "well"),
                ("Is it this one", "y"),
                ("Another question that came", ""),
            ]
        )
        assert terminal.end() == 0
    came = practised("after", interview, "--json").data["came"]["questions"]
    assert [(one["went"], one["was_new"]) for one in came][:2] == [
        ("tripped_up", False),
        ("so_so", True),
    ]
    assert came[0]["how"] == "I lost the thread"


def test_a_guess_is_given_with_the_answer_or_refused_where_nobody_can_be_asked(
    practised: Voicecoach,
) -> None:
    practised("drill", "--typed", "--no-sound", "--expect", "55", stdin=ANSWER)
    record = practised("attempts", "guesses", "--json").data
    assert [one["guessed"] for one in record["outcomes"]] == [55]
    assert "After 19 more guesses" in practised("attempts", "guesses").out
    asked = practised("drill", "--typed", "--no-sound", "--guess", stdin=ANSWER, code=1)
    assert "--expect" in asked.err
    assert practised("drill", "--guess", "--json", code=2).code == 2
    assert practised("drill", "--typed", "--expect", "101", stdin=ANSWER, code=2).code == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_guess_is_asked_for_before_the_score_is_shown(practised: Voicecoach) -> None:
    options = ("--typed", "--no-sound", "--no-follow-up")
    with practised.at_terminal("--ask-guess", "yes", "drill", *options) as terminal:
        terminal.answer([("Type your answer", ANSWER), (">", "")])
        terminal.expect("empty: just show me")
        assert "Overall" not in terminal.shown
        terminal.type("48")
        terminal.expect("Overall")
        assert terminal.end() == 0
    record = practised("attempts", "guesses", "--json").data
    assert [one["guessed"] for one in record["outcomes"]] == [48]

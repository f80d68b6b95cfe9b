"""The road back in the terminal: each step's own verb, off a terminal and on one."""

import os

import pytest

from tests.cli.process import Voicecoach


def test_how_it_feels_is_kept_and_shown_over_the_days(practised: Voicecoach) -> None:
    practised("recover", "feel", "--feeling", "sad 4", "--feeling", "calm", "--note", "It rained.")
    data = practised("recover", "feel", "--json").data
    (kept,) = data["check_ins"]
    assert kept["feelings"] == [{"word": "sad", "intensity": 4}, {"word": "calm", "intensity": 3}]
    assert not kept["note_may_leave"]
    assert data["perspective"]
    shown = practised("recover", "feel").out
    assert "●●●●" in shown
    assert "It rained." in shown
    assert "crisis" in shown
    practised("recover", "feel", "--delete", kept["id"])
    assert practised("recover", "feel", "--json").data["check_ins"] == []


def test_breathing_is_a_list_off_a_terminal_and_is_remembered(practised: Voicecoach) -> None:
    shown = practised("recover", "breathe", "--pattern", "4-7-8", "--rounds", "12").out
    assert "hold while you count to 7" in shown
    assert "light-headed" in shown
    data = practised("recover", "breathe", "--json").data
    assert (data["pattern"]["name"], data["rounds"], data["finished"]) == ("4-7-8", 8, False)


def test_moving_is_logged_and_what_is_kept_joins_what_was(practised: Voicecoach) -> None:
    moved = practised("recover", "move", "--minutes", "25", "--before", "2", "--after", "4")
    assert "You moved once, 25 minutes in all." in moved.out
    assert practised("recover", "move", "--before", "2", code=2).error_lines
    practised("recover", "continue", "--do", "Say the result first")
    kept = practised("recover", "continue", "--dont", "Apologise", "--json").data["kept"]
    assert (kept[0]["dos"], kept[0]["donts"]) == (["Say the result first"], ["Apologise"])
    assert "Do: Say the result first" in practised("plan").out


def test_paths_are_begun_reopened_and_compared(practised: Voicecoach) -> None:
    practised(
        "interviews", "add", "--company", "Oak", "--date", "2026-11-01", "--outcome", "waiting"
    )
    oak = next(
        one["id"]
        for one in practised("interviews", "list", "--json").data
        if one["company"] == "Oak"
    )
    assert practised("recover", "--begin", oak, "--json").data["interview_id"] == oak
    practised("recover", "--skip", "move", "--interview", oak)
    again = practised("recover", "--reopen", "move", "--interview", oak, "--json").data
    assert again["steps"][3]["state"] == "later"
    assert [one["name"] for one in practised("recover", "--compare", "--json").data] == [
        "Data analyst at Northwind Logistics",
        "Oak",
    ]
    assert "Oak, 01 Nov 2026" in practised("recover", "--compare").out
    assert practised("recover", "--compare", "--begin", oak, code=2).error_lines


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_at_a_terminal_a_line_breathes_and_enter_ends_it(practised: Voicecoach) -> None:
    with practised.at_terminal("recover", "breathe", "--silent", COLUMNS="80") as terminal:
        terminal.expect("Enter ends it.")
        terminal.expect("█")
        terminal.expect("breathe in 2")
        terminal.type()
        assert terminal.end() == 0
        assert "Stopped. Every breath counts." in terminal.shown
    states = {one["step"]: one["state"] for one in practised("recover", "--json").data["steps"]}
    assert states["breathe"] == "next", "it was not breathed to the end"


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_breathing_comes_before_a_debrief_where_it_is_asked_for(voicecoach: Voicecoach) -> None:
    with voicecoach.at_terminal("debrief", "--breathe") as terminal:
        terminal.expect("breathe in")
        terminal.type()
        terminal.expect("Which company or organisation was it:")
        terminal.interrupt()
        terminal.end()

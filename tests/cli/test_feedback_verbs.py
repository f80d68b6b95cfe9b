"""recover feedback and recover positives: all of it off a terminal, and asked for at one."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.process import Voicecoach
from voicecoach.cli import recover_feedback, takeaway_verbs
from voicecoach.feedback_letter import Tone
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaways import Use

REPLY = """Dear Kim,

please bring more concrete examples. Your energy was great.

Best, Dana
"""


def test_the_choices_spelt_out_are_the_domains_own() -> None:
    assert tuple(Tone) == recover_feedback.TONES
    assert tuple(Use) == takeaway_verbs.USES
    assert tuple(CriterionName) == takeaway_verbs.CRITERIA


def test_a_letter_is_kept_edited_linked_and_written_as_a_draft(
    practised: Voicecoach, tmp_path: Path
) -> None:
    feedback = ("recover", "feedback")
    drafted = practised(*feedback, "letter", "--tone", "plain", "--name", "Kim", "--to", "Ana")
    assert "Hello Ana," in drafted.out
    assert "Northwind" in drafted.out
    own = tmp_path / "own.txt"
    own.write_text("Hello Ana,\n\nMy own words.", encoding="utf-8")
    draft = tmp_path / "draft.eml"
    practised(*feedback, "letter", "--eml", str(draft))
    assert os.name == "nt" or stat.S_IMODE(draft.stat().st_mode) == 0o600
    practised(*feedback, "letter", "--text", str(own), "--eml", str(draft))
    assert draft.read_bytes().count(b"X-Unsent: 1") == 1
    assert "My own words." in practised(*feedback, "letter").out
    assert practised(*feedback, "letter", "--mailto").out.startswith("mailto:?subject=Feedback")
    assert "My own words." in practised("recover", "--email").out
    refused = practised(*feedback, "letter", "--address", "nobody", code=None)
    assert refused.code != 0
    assert "no e-mail address" in refused.err


def test_asking_is_noted_and_undone(practised: Voicecoach) -> None:
    feedback = ("recover", "feedback")
    assert "Sent." in practised(*feedback, "sent").out
    again = practised(*feedback, "sent", code=None)
    assert again.code != 0
    assert "noted already" in again.err
    state = practised(*feedback, "wait", "3", "--json").data["standing"]["request"]
    assert (state["state"], state["wait_days"]) == ("sent", 3)
    practised(*feedback, "undo")
    assert "Nothing is sent yet." in practised(*feedback, "undo").out


def test_a_reply_becomes_a_focus_that_the_drill_names(practised: Voicecoach) -> None:
    read = practised("recover", "feedback", "reply", "-", "--json", stdin=REPLY).data
    assert "Dana" not in read["reply"]["kept"]
    first = read["sentences"][0]
    assert (first["use"], first["criterion"]) == ("focus", "specificity")
    kept = practised(
        *("recover", "feedback", "keep", "--quote", first["quote"], "--as", "focus"),
        *("--criterion", "specificity", "--json"),
    ).data
    assert "They asked for more concrete examples" in practised("readiness").out
    assert "They asked for more concrete examples" in practised("plan").out
    practised("recover", "feedback", "take-back", kept["id"][:8])
    assert "They asked for" not in practised("readiness").out
    assert "Dana" in practised("recover", "feedback", "reply", "--take", "3", "--json").out


def test_an_entry_of_looking_back_becomes_a_strength_and_goes_again(
    practised: Voicecoach,
) -> None:
    positives = ("recover", "positives")
    added = practised(*positives, "--went-well", "I asked good questions", "--json").data
    number = next(
        one["number"] for one in added["entries"] if one["text"] == "I asked good questions"
    )
    practised(*positives, "keep", str(number), "--as", "strength")
    shown = practised(*positives)
    assert "became a strength: I asked good questions" in shown.out
    entry = practised(*positives, "--json").data["entries"][number - 1]
    practised(*positives, "take-back", entry["became"][0]["id"])
    assert "became" not in practised(*positives).out
    assert practised(*positives, "keep", "99", "--as", "strength", code=None).code != 0


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_at_a_terminal_each_sentence_is_asked_about_once(
    practised: Voicecoach, tmp_path: Path
) -> None:
    reply = tmp_path / "reply.txt"
    reply.write_text(REPLY, encoding="utf-8")
    with practised.at_terminal("recover", "feedback", "reply", str(reply)) as terminal:
        terminal.answer((("What becomes of it", ""), ("What becomes of it", "strength")))
        terminal.answer((("among what you can show", ""),))
        assert terminal.end() == 0
    (shown,) = practised("skills", "list", "--json").data
    assert (shown["name"], shown["proofs"][0]["kind"]) == ("Your energy was great.", "person")
    kept = practised("recover", "feedback", "--json").data["standing"]["takeaways"]
    assert [(one["use"], one["criterion"]) for one in kept] == [
        ("focus", "specificity"),
        ("strength", None),
    ]

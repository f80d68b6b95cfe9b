"""Wording help at the command line."""

from tests.cli.process import Voicecoach
from tests.fakes.language_model import language_model


def test_a_point_is_worded_from_own_words_or_the_reason_is_told(practised: Voicecoach) -> None:
    question = practised("questions", "list", "--json").data[0]["id"]
    practised("questions", "outline", question, "--point", "I phoned her at nine")
    ask = ("questions", "suggest", question, "--point", "1")
    off = practised(*ask, code=1)
    assert len(off.error_lines) == 1
    assert "No wording help is set up. Set wording_help_url" in off.err
    with language_model() as model:
        there = ("--wording-help-url", model.url, "--wording-help-model", "tiny")
        model.says = "At nine I phoned her."
        assert practised(*there, *ask).out == "At nine I phoned her.\n"
        model.says = "At nine I phoned Brunhilde."
        made = practised(*there, *ask, "--json").data
        assert made["text"] is None
        assert "Brunhilde" in made["dropped"]
    dead = practised(*there, *ask, code=1)
    assert len(dead.error_lines) == 1
    assert "can't be reached" in dead.err
    away = ("--wording-help-url", "http://8.8.8.8/v1", "--wording-help-model", "tiny")
    assert "neither this machine" in practised(*away, *ask, code=1).err

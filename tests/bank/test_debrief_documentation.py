"""What docs/debrief-format.md shows is what is read."""

import re
from pathlib import Path

from question_bank.debrief import Debrief, DebriefFormat, read_debrief

DOCUMENT = Path(__file__).parents[2] / "docs" / "debrief-format.md"


def example(language: str) -> Debrief:
    """Read the document's example in that language; it must have no problem."""
    found = re.search(
        rf"^```{language}\n(.*?)^```",
        DOCUMENT.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    assert found is not None
    result = read_debrief(found[1], DebriefFormat(language))
    assert result.problems == ()
    return result.debrief


def test_the_documented_examples_read_without_a_problem_and_agree() -> None:
    markdown, yaml = example("markdown"), example("yaml")

    assert (markdown.company, markdown.day, markdown.outcome) == (
        yaml.company,
        yaml.day,
        yaml.outcome,
    )
    assert markdown.next_interview == yaml.next_interview
    assert markdown.went_well == yaml.went_well
    assert (markdown.dos, markdown.donts) == (yaml.dos, yaml.donts)
    assert (len(yaml.dos), len(yaml.donts)) == (1, 1)
    first, same = markdown.questions[0], yaml.questions[0]
    assert (first.text, first.kind, first.difficulty, first.target_seconds) == (
        same.text,
        same.kind,
        same.difficulty,
        same.target_seconds,
    )
    assert (first.skills, first.stories, first.remembered_answer) == (
        same.skills,
        same.stories,
        same.remembered_answer,
    )

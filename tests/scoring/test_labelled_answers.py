from collections import Counter
from pathlib import Path

import pytest

from question_bank.question import QuestionKind
from tests.scoring.labelled_answers import (
    KINDS,
    ClauseLabel,
    Half,
    LabelledAnswer,
    labelled_answers,
    read_labelled_answer,
)
from voicecoach.scoring.rubric import HIGHEST_LEVEL, LOWEST_LEVEL

HALVES: tuple[Half, ...] = ("development", "test")
GOOD = """
kind = "behavioural"
question = "Tell me about a hard week."
style = "one action"
level = 3
clauses = [
  ["situation", "it was a hard week"],
  ["action", "I called the supplier"],
]
"""


def bare_words(answer: LabelledAnswer) -> tuple[str, ...]:
    """The words as letters and digits only: punctuation and capitals make no other answer."""
    kept = ("".join(c for c in word if c.isalnum()) for word in answer.text.casefold().split())
    return tuple(word for word in kept if word)


@pytest.mark.parametrize("half", HALVES)
def test_every_file_holds_an_answer_with_its_labels(half: Half) -> None:
    for answer in labelled_answers(half):
        assert answer.kind in KINDS, answer.slug
        assert LOWEST_LEVEL <= answer.level <= HIGHEST_LEVEL, answer.slug
        assert {clause.label for clause in answer.clauses} <= set(ClauseLabel), answer.slug
        assert len(answer.word_labels) == len(answer.text.split()), answer.slug


def test_the_test_half_holds_at_least_sixty_answers() -> None:
    assert len(labelled_answers("test")) >= 60


def test_the_test_half_has_every_level_kind_and_label() -> None:
    answers = labelled_answers("test")
    levels = Counter(answer.level for answer in answers)
    assert set(levels) == set(range(LOWEST_LEVEL, HIGHEST_LEVEL + 1))
    assert min(levels.values()) >= len(answers) / 10, levels
    assert {answer.kind for answer in answers} == KINDS
    assert {label for answer in answers for label in answer.word_labels} == set(ClauseLabel)


def test_every_answer_of_the_test_half_is_forty_to_two_hundred_and_twenty_words() -> None:
    lengths = {answer.slug: len(answer.text.split()) for answer in labelled_answers("test")}
    assert {slug: n for slug, n in lengths.items() if not 40 <= n <= 220} == {}


def test_no_answer_stands_twice() -> None:
    answers = [answer for half in HALVES for answer in labelled_answers(half)]
    assert [w for w, n in Counter(map(bare_words, answers)).items() if n > 1] == []
    assert [s for s, n in Counter(a.slug for a in answers).items() if n > 1] == []


def test_the_words_carry_the_labels_of_their_clauses(tmp_path: Path) -> None:
    path = tmp_path / "hard-week.toml"
    path.write_text(GOOD, encoding="utf-8")
    answer = read_labelled_answer(path)
    assert (answer.slug, answer.kind, answer.level) == ("hard-week", QuestionKind.BEHAVIOURAL, 3)
    assert answer.text == "it was a hard week I called the supplier"
    assert answer.word_labels == (ClauseLabel.SITUATION,) * 5 + (ClauseLabel.ACTION,) * 4


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("level = 3", "level = 6", "level is 6"),
        ("level = 3", "level = true", "level is True"),
        ('"action"', '"deed"', "deed"),
        ('"behavioural"', '"to_ask"', "no structure"),
        ('"behavioural"', '"chatty"', "chatty"),
        ('"it was a hard week"', '""', "not a label and words"),
        ('"it was a hard week"', '"it  was"', "not a label and words"),
        ('style = "one action"', "", "has the fields"),
        ('style = "one action"', 'style = ""', "style is ''"),
        ("clauses = [", "clauses = [] \nlater = [", "has the fields"),
        ("level = 3", "level", "hard-week.toml"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_name(
    tmp_path: Path, was: str, becomes: str, fault: str
) -> None:
    assert was in GOOD
    path = tmp_path / "hard-week.toml"
    path.write_text(GOOD.replace(was, becomes), encoding="utf-8")
    with pytest.raises(ValueError, match=r"hard-week\.toml") as refusal:
        read_labelled_answer(path)
    assert fault in str(refusal.value)

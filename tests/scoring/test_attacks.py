"""Attacks on the scores: next to none gets through, whatever the words and the seed."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.attack_counts import (
    attack_points,
    double_answers,
    point_attacks,
    repeat_questions,
    talk_rubric,
)
from benchmarks.attack_sources import Half, Sample, read_data
from benchmarks.attacks import main
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import WrittenAnswer, mixed_answer, spoken
from tests.scoring.attack_generator import (
    changed_numbers,
    mixed_targets,
    outline_read_aloud,
    pack_targets,
    rubric_talk,
    target_of,
    with_other_numbers,
    written_targets,
)
from tests.scoring.attack_phrasings import HELD_BACK
from voicecoach.engines import NamedEncoder
from voicecoach.scoring.coverage import cover_outline
from voicecoach.scoring.own_part import measure_own_part
from voicecoach.scoring.result import PointState
from voicecoach.scoring.story import tell_story
from voicecoach.scoring.structure import measure_structure
from voicecoach.speech.contracts import SentenceEncoder

MOST_THROUGH = 0.05
ATTACKS = (
    "keyword salad",
    "ordered keywords",
    "joined keywords",
    "outline read aloud",
    "negation",
    "plans and conditionals",
    "another person's doing",
    "a number changed",
)
ROW = {"point": "It rained all day", "raters": [1, 1, 0]}
SEEDS = st.integers(min_value=0, max_value=10_000)


@pytest.fixture(scope="module")
def named(encoder: SentenceEncoder) -> NamedEncoder:
    return NamedEncoder(name="test", encode=encoder)


@pytest.mark.parametrize("attack", ATTACKS)
def test_at_most_one_attacked_point_in_twenty_counts_as_said(
    attack: str, named: NamedEncoder
) -> None:
    targets = [*written_targets(), *mixed_targets(8)]
    attacks = point_attacks(targets, pack_targets()[::12], HELD_BACK, 1)[attack]
    outcome = attack_points(attack, attacks, named)
    assert outcome.count >= 20
    assert outcome.after / outcome.count <= MOST_THROUGH


def test_a_question_said_back_earns_nothing(named: NamedEncoder) -> None:
    outcome = repeat_questions(pack_targets()[::5], HELD_BACK, 2, named)
    assert outcome.after / outcome.count <= MOST_THROUGH


def test_an_answer_said_twice_in_any_way_hardly_ever_rises(
    answers: list[WrittenAnswer], named: NamedEncoder
) -> None:
    outcome = double_answers(answers[::4], 3, named)
    assert outcome.after / outcome.count <= MOST_THROUGH


def test_the_rubrics_own_words_earn_nothing(
    answers: list[WrittenAnswer], named: NamedEncoder
) -> None:
    alone, put_in = talk_rubric(answers[::4], HELD_BACK, 2, named)
    assert alone.after / alone.count <= MOST_THROUGH
    assert put_in.after / put_in.count <= MOST_THROUGH


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_no_note_of_an_outline_read_aloud_is_said(encoder: SentenceEncoder, seed: int) -> None:
    target = target_of(mixed_answer(seed % 40))
    attack = outline_read_aloud(target, HELD_BACK, seed=seed)
    covered = cover_outline(spoken(attack.text), target.outline, encoder, kind=target.kind)
    said = [point for point in covered if point.state is PointState.SAID]
    assert len(said) <= len(covered) / 4


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_no_point_is_said_with_its_numbers_changed(encoder: SentenceEncoder, seed: int) -> None:
    target = target_of(mixed_answer(seed % 40))
    attack = changed_numbers(target, seed=seed)
    if attack is None:
        return
    aimed_at = {point.id for point in attack.aimed_at}
    covered = cover_outline(spoken(attack.text), target.outline, encoder, kind=target.kind)
    assert all(
        point.state is not PointState.SAID for point in covered if point.point_id in aimed_at
    )


@settings(deadline=None)
@given(SEEDS)
def test_rubric_talk_is_nobodys_story(seed: int) -> None:
    transcript = spoken(rubric_talk(HELD_BACK, seed=seed))
    story = tell_story(transcript, QuestionKind.BEHAVIOURAL)
    assert measure_own_part(transcript, story).level == 1
    assert not measure_structure(transcript, story).actions


def test_changing_the_numbers_of_a_text_leaves_none_of_them() -> None:
    changed = with_other_numbers("Cut it from 34 dishes to 18 in two weeks", random.Random(1))
    assert changed is not None
    assert not {"34", "18", "two"} & set(changed.split())
    assert with_other_numbers("Cut the menu", random.Random(1)) is None


DATA = "".join(
    json.dumps({"document": f"d{n}", "text": "It rained.", "points": [ROW, ROW]}) + "\n"
    for n in range(40)
)


def test_the_halves_of_a_data_file_share_no_group_and_make_it_up(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(DATA, encoding="utf-8")

    def documents(half: Half | None) -> set[str]:
        (file,) = read_data([path], Sample(100, seed=1, half=half))
        return {target.name for target in file.targets}

    assert documents("practice") | documents("held_back") == documents(None)
    assert not documents("practice") & documents("held_back")
    assert documents("practice")
    assert documents("held_back")


def test_a_sample_of_a_data_file_has_so_many_cases_and_hangs_on_its_seed(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(DATA, encoding="utf-8")

    (once,), (again,), (other,) = (read_data([path], Sample(7, seed)) for seed in (1, 1, 2))

    assert len(once.targets) == len(once.genuine) == 7
    assert once == again != other


@pytest.mark.parametrize("content", [None, "", "not json", '{"neither": 1}'])
def test_a_bad_data_file_is_one_clear_line(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main([str(path)])
    assert stopped.value.code == 2
    assert str(path) in capsys.readouterr().err.splitlines()[-1]

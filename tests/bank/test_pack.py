"""The curated packs."""

from collections import Counter
from pathlib import Path

import pytest

from question_bank.errors import InvalidInputError, NotFoundError
from question_bank.limits import checked_target, checked_weight
from question_bank.pack import (
    STARTER,
    load_packs,
    pack_question,
    take_from_pack,
    take_starter_set,
)
from question_bank.question import QuestionKind, QuestionSource
from tests.database_fixtures import BankOf
from voicecoach.database import Database


def test_there_are_at_least_sixty_questions_across_all_kinds() -> None:
    kinds = Counter({pack.kind: len(pack.questions) for pack in load_packs()})

    assert set(kinds) == set(QuestionKind)
    assert kinds.total() >= 60


def test_every_question_has_a_competency_a_target_and_points() -> None:
    for pack in load_packs():
        for question in pack.questions:
            assert question.competency
            assert checked_target(question.target_seconds)
            assert len(question.points) >= 2
            assert all(point.text and checked_weight(point.weight) for point in question.points)


def test_a_question_of_a_pack_enters_the_bank_once(database: Database, bank_of: BankOf) -> None:
    pack = load_packs()[0]
    with database.transaction() as session:
        bank = bank_of(session)
        first = take_from_pack(bank, pack.questions[0].id)
        again = take_from_pack(bank, pack.questions[0].id)

    assert (first.is_new, again.is_new) == (True, False)
    assert first.question.source is QuestionSource.PACK
    assert first.question.pack_id == pack.questions[0].id
    assert first.question == again.question


def test_an_unknown_pack_question_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        pack_question("nowhere")


@pytest.mark.parametrize("text", ["not = [toml", "name = 'no questions'", "\n"])
def test_a_broken_pack_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.toml").write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInputError, match=r"broken\.toml"):
        load_packs(tmp_path)


def test_the_starter_set_puts_questions_of_the_packs_into_the_bank_once(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        taken = take_starter_set(bank)
        again = take_starter_set(bank)

    assert [met.question.pack_id for met in taken] == list(STARTER)
    assert all(met.is_new and not met.near_duplicates for met in taken)
    assert not any(met.is_new for met in again)

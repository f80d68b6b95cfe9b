"""Words as scoring sees them: plain forms, stems, rarity, and what a recogniser may not expect."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.outline import Outline, Point
from question_bank.question import Question, QuestionKind, QuestionSource
from voicecoach.scoring.vocabulary import (
    is_content_word,
    is_function_word,
    plain_words,
    rare_terms,
    rarity,
    stem,
)


def plain(text: str) -> list[str]:
    return [word.text for word in plain_words(text)]


def test_plain_words_have_no_capitals_no_punctuation_and_no_hyphens() -> None:
    assert plain("So — it’s a FOLLOW-UP, 40% of $1.5m; don't (ever)!") == [
        *("so", "it's", "a", "follow", "up", "40%", "of", "$1.5m", "don't", "ever")
    ]


@given(st.text(max_size=60))
def test_every_plain_word_stands_where_it_says(text: str) -> None:
    for word in plain_words(text):
        original = text[word.start_char : word.end_char]
        assert original.translate(str.maketrans("’‘ʼ", "'''")).lower() == word.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organised", "organizing"),
        ("led", "leading"),
        ("taught", "teaches"),
        ("behaviour", "behavior"),
        ("analysed", "analyzes"),
        ("colleague", "colleague's"),
        ("children", "child"),
        ("centre", "center"),
    ],
)
def test_inflections_and_spellings_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_different_words_keep_different_stems() -> None:
    assert len({stem(word) for word in ("customer", "colleague", "custard", "collage")}) == 4


def test_a_word_is_the_rarer_the_more_it_tells() -> None:
    ordered = ["the", "people", "project", "migration", "kubernetes"]
    assert [rarity(word) for word in ordered] == sorted(rarity(word) for word in ordered)
    assert rarity("the") == pytest.approx(0.0, abs=0.01)
    assert rarity("kubernetes") == 1.0


def test_inflections_are_as_rare_as_each_other() -> None:
    assert rarity("migrations") == rarity("migrating")


def test_function_words_and_filled_pauses_carry_no_content() -> None:
    for word in ("didn't", "that's", "the", "um", "erm", "we'll"):
        assert not is_content_word(word), word
    assert is_function_word("didn't")
    assert not is_function_word("um")
    assert is_content_word("checklist")
    assert is_content_word("7")


def question(text: str) -> Question:
    return Question(
        id="q",
        text=text,
        kind=QuestionKind.TECHNICAL,
        competency="",
        target_seconds=120,
        source=QuestionSource.ADDED,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_rare_terms_are_names_and_abbreviations_first_then_rare_words() -> None:
    outline = Outline(
        question_id="q",
        version=1,
        points=(Point(id="1", text="We moved the invoices from SAP to PostgreSQL and reconciled"),),
        skills=("Kubernetes",),
    )
    terms = rare_terms(question("How did you move the ledger?"), outline, 10)
    assert set(terms[:2]) == {"SAP", "PostgreSQL"}
    assert "Kubernetes" in terms
    assert "the" not in terms
    assert "move" not in terms


def test_rare_terms_are_as_many_as_asked_for_at_most_and_never_twice() -> None:
    asked = question("Tell me about GraphQL. Why GraphQL, and why graphql at Zalando?")
    assert rare_terms(asked, None, 1) == ("GraphQL",)
    assert sorted(rare_terms(asked, None, 9)) == ["GraphQL", "Zalando"]
    assert rare_terms(asked, None, 0) == ()

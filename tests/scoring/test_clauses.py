"""Clauses of speech without punctuation, and what is denied, planned or supposed in them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.answer_generator import WrittenAnswer, unpunctuated
from voicecoach.scoring.clauses import Clause, split_clauses
from voicecoach.speech.transcript import typed_transcript


def clauses(text: str) -> list[str]:
    return [clause.text for clause in split_clauses(typed_transcript(text))]


def only(text: str) -> Clause:
    (clause,) = split_clauses(typed_transcript(text))
    return clause


def test_a_run_on_falls_into_its_clauses() -> None:
    said = (
        "so last year we had a problem where the nurses were not handing over properly and I was "
        "asked to fix it so I set up a shared checklist and trained the whole ward and within "
        "three months the error rate fell by forty percent my manager was happy about that"
    )
    assert clauses(said) == [
        "so last year we had a problem",
        "where the nurses were not handing over properly",
        "and I was asked to fix it",
        "so I set up a shared checklist",
        "and trained the whole ward",
        "and within three months the error rate fell by forty percent",
        "my manager was happy about that",
    ]


def test_a_subject_inside_a_clause_does_not_open_one() -> None:
    assert clauses("I think we should do what they asked") == [
        "I think we should do what they asked"
    ]


def test_full_stops_help_where_there_are_any() -> None:
    assert clauses("We cut costs. Customers noticed nothing.") == [
        "We cut costs.",
        "Customers noticed nothing.",
    ]


def test_filled_pauses_are_looked_through() -> None:
    plain = split_clauses(typed_transcript("I did not call them but I wrote to them"))
    filled = split_clauses(typed_transcript("um I did uh not call them um but I er wrote to them"))
    assert [clause.negated for clause in filled] == [clause.negated for clause in plain]


@pytest.mark.parametrize(
    "text",
    [
        "I did not call the customer",
        "I never called the customer",
        "nobody called the customer",
        "It is not true that I called the customer",
        "I failed to call the customer",
        "we shipped without a test",
    ],
)
def test_what_is_denied(text: str) -> None:
    assert only(text).negated


@pytest.mark.parametrize(
    "text",
    [
        "I not only called the customer",
        "there was no doubt about the plan",
        "I'm not going to lie it was hard",
        "we called the customer",
    ],
)
def test_what_only_sounds_denied(text: str) -> None:
    assert not any(clause.negated for clause in split_clauses(typed_transcript(text)))


def test_a_denied_proposition_is_denied_to_its_end() -> None:
    said = "it is not true that I set up a checklist and the error rate fell by half"
    assert all(clause.negated for clause in split_clauses(typed_transcript(said)))


def test_a_short_denial_leaves_its_neighbour_alone() -> None:
    said = "He didn't, and I came in on the Saturday."
    (clause,) = split_clauses(typed_transcript(said))
    assert clause.negation is not None
    assert clause.negation[1] < said.split().index("came")


@pytest.mark.parametrize(
    "text",
    [
        "I plan to call the customer",
        "I will call the customer",
        "we're going to call the customer",
        "next time I call the customer first",
        "I'd like to call the customer",
    ],
)
def test_what_is_planned(text: str) -> None:
    clause = only(text)
    assert clause.future
    assert clause.own_plan


@pytest.mark.parametrize("text", ["I was going to work by bus", "we went to the customer"])
def test_what_only_sounds_planned(text: str) -> None:
    assert not only(text).future


@pytest.mark.parametrize(
    "text",
    ["I would call the customer", "I could have called them", "if they had called us"],
)
def test_what_is_supposed(text: str) -> None:
    assert only(text).conditional


def test_habits_and_indirect_questions_are_not_supposed() -> None:
    assert not only("every Monday I would call the customer").conditional
    assert not only("I asked if it was late").conditional


def test_a_verb_without_its_own_subject_keeps_the_mood() -> None:
    said = split_clauses(
        typed_transcript("I would have called the buyer and asked for her reasons")
    )
    assert len(said) == 2
    assert all(clause.conditional for clause in said)


WORDS = (
    *("i", "we", "and", "but", "so", "then", "not", "never", "will", "would", "if", "um", "uh"),
    *("the", "team", "called", "fixed", "it.", "was", "Paris,", "no", "without", "because"),
    *("customer's", "twenty"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=80))
def test_clauses_are_in_order_apart_and_exact(said: list[str]) -> None:
    transcript = typed_transcript(" ".join(said))
    found = split_clauses(transcript)
    for clause in found:
        assert transcript.text[clause.start_char : clause.end_char] == clause.text
        assert transcript.words[clause.first_word].start_char == clause.start_char
        assert transcript.words[clause.last_word].end_char == clause.end_char
        for reach in (clause.negation, clause.futurity, clause.condition):
            if reach is not None:
                assert clause.first_word <= reach[0] <= reach[1] <= clause.last_word
    for before, after in pairwise(found):
        assert before.last_word < after.first_word


def test_most_boundaries_are_found_without_punctuation(answers: list[WrittenAnswer]) -> None:
    """Of the sentence ends of the written answers, at least 55% are clause ends without them."""
    found = wanted = 0
    for answer in answers:
        bare = [unpunctuated(sentence.text) for sentence in answer.sentences]
        ends = {clause.last_word for clause in split_clauses(typed_transcript(" ".join(bare)))}
        position = -1
        for sentence in bare[:-1]:
            position += len(sentence.split())
            wanted += 1
            found += position in ends
    assert found / wanted >= 0.55

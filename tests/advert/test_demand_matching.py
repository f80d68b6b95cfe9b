"""A demand is shown by what a story tells: not by a wish, a denial, or too few years."""

from datetime import UTC, datetime

import pytest

from benchmarks import adverts as benchmark
from question_bank.pack import load_packs
from question_bank.question import QuestionKind
from voicecoach.demand_matching import best_shown, shown_by
from voicecoach.demand_wording import looked_for, missing_amount, question_for
from voicecoach.inventory import EntryKind, InventoryEntry, Proof, ProofKind, Story
from voicecoach.scoring.result import PointState
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.story_competencies import competencies_in, shipped_deeds


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return benchmark.encoder_of_the_coach()


def entry(name: str, action: str = "", *proofs: str) -> InventoryEntry:
    return InventoryEntry(
        id=name,
        kind=EntryKind.SKILL,
        name=name,
        level=None,
        story=Story(action=action),
        proofs=tuple(Proof(kind=ProofKind.CERTIFICATE, text=text) for text in proofs),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("demand", "wanted"),
    [
        ("You have at least five years of experience with PostgreSQL", "PostgreSQL"),
        ("Excellent knowledge of Go is required", "Go"),
        ("German at B1 or better", "German"),
        ("SQL", "SQL"),
        ("3+ years' experience on commercial sites", "commercial sites"),
        ("A driving licence", "driving licence"),
        ("Experience", "Experience"),
        ("", ""),
    ],
)
def test_what_every_advert_says_is_not_looked_for(demand: str, wanted: str) -> None:
    assert looked_for(demand) == wanted


@pytest.mark.parametrize(
    ("demand", "told", "missing"),
    [
        ("five years of Java", "I wrote Java for six years.", ""),
        (
            "five years of Java",
            "I wrote Java for 2 years.",
            "it asks for 5 years; your story says 2",
        ),
        (
            "at least one year of sales",
            "I sold shoes.",
            "it asks for 1 year; your story names no number of years",
        ),
        ("German B2", "I passed the C1 exam.", ""),
        ("German B2", "I passed the A2 exam.", "it asks for B2; your story says A2"),
        ("German", "I learnt it for a year.", ""),
    ],
)
def test_years_and_levels_are_compared_as_such(demand: str, told: str, missing: str) -> None:
    assert missing_amount(demand, told) == missing


@pytest.mark.parametrize(
    ("demand", "question"),
    [
        ("At least two years of experience with SQL", "Tell me about your experience with SQL."),
        (
            "You are reliable",
            "This job asks for: “You are reliable”. What can you tell us about that?",
        ),
    ],
)
def test_a_demand_becomes_a_question_in_its_own_words(demand: str, question: str) -> None:
    assert question_for(demand) == question


def test_a_story_shows_a_demand_and_is_quoted(encoder: SentenceEncoder) -> None:
    told = entry("Java", "I developed the ticket shop in Java for five years.")
    found = shown_by(told, "At least four years of experience with Java", encoder)
    assert found.state is PointState.SAID
    assert found.lacking == ""
    assert any("Java" in quote.quote for quote in found.quotes)


def test_too_few_years_show_it_in_part_and_say_so(encoder: SentenceEncoder) -> None:
    told = entry("Java", "I developed the ticket shop in Java for five years.")
    found = shown_by(told, "Seven years of experience with Java", encoder)
    assert found.state is PointState.PARTLY
    assert found.lacking == "it asks for 7 years; your story says 5"


def test_a_name_without_a_story_shows_a_demand_in_part_at_most(encoder: SentenceEncoder) -> None:
    found = shown_by(entry("Java"), "Experience with Java", encoder)
    assert found.state is PointState.PARTLY
    assert found.lacking == "there is no story behind it yet"
    certified = shown_by(entry("Java", "", "Certified in Java, 2024"), "Java", encoder)
    assert certified.state is PointState.SAID


@pytest.mark.parametrize(
    "story", ["I would like to do a first aid course next year.", "I never did any first aid."]
)
def test_what_is_only_planned_or_denied_is_not_shown(story: str, encoder: SentenceEncoder) -> None:
    found = shown_by(entry("First aid", story), "Knowledge of first aid", encoder)
    assert found.state is PointState.NOT_HEARD


def test_the_entry_that_shows_it_best_is_taken(encoder: SentenceEncoder) -> None:
    bare, told = entry("Java"), entry("Shop", "I wrote our ticket shop in Java.")
    java, fire = best_shown(["Experience with Java", "Fire safety"], [bare, told], encoder)
    assert java is not None
    assert java.entry_id == "Shop"
    assert fire is None
    assert best_shown(["Java"], [], encoder) == (None,)


def test_the_pairs_that_were_held_back_come_out_as_promised(encoder: SentenceEncoder) -> None:
    pairs = list(benchmark.pairs_of("held_back", encoder))
    assert len(pairs) >= 60
    assert (benchmark.precision_of_shown(pairs) or 0.0) >= benchmark.GOAL_PRECISION
    part = benchmark.share(pairs, "shown", PointState.SAID, PointState.PARTLY)
    assert part >= benchmark.GOAL_RECALL
    assert benchmark.share(pairs, "shown", PointState.SAID) >= benchmark.GOAL_WHOLE
    assert benchmark.share(pairs, "not", PointState.SAID) <= 1 / 31


def test_a_demand_in_other_words_is_shown_by_a_sentence_of_the_story_and_quotes_it(
    encoder: SentenceEncoder,
) -> None:
    told = entry("Hotline", "I answered thirty callers a day. On Fridays I baked a cake.")
    found = shown_by(told, "Experience in a call centre", encoder)
    assert found.state is not PointState.NOT_HEARD
    assert found.quotes
    assert all(found.text[one.start_char : one.end_char] == one.quote for one in found.quotes)
    planned = entry("Hotline", "I would like to answer callers one day. I never worked on a phone.")
    assert shown_by(planned, "Experience in a call centre", encoder).state is PointState.NOT_HEARD


def test_the_questions_suggested_fit_more_often_than_chance_would_have_it(
    encoder: SentenceEncoder,
) -> None:
    suggested, by_chance = benchmark.suggestions(
        benchmark.harder_fitting_stories("held_back"), encoder
    )
    assert suggested > 1.5 * by_chance


def test_every_competency_of_the_behavioural_questions_has_deeds_that_tell_it() -> None:
    asked = {
        one.competency
        for pack in load_packs()
        if pack.kind is QuestionKind.BEHAVIOURAL
        for one in pack.questions
    }
    assert shipped_deeds().keys() == asked
    assert all(len(deeds) >= 5 for deeds in shipped_deeds().values())


def test_an_empty_story_tells_of_no_competency(encoder: SentenceEncoder) -> None:
    assert set(competencies_in("...", shipped_deeds(), encoder).values()) == {0.0}

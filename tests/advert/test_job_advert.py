"""Adverts are taken apart into their demands, and nothing they hold breaks that."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import adverts as benchmark
from tests.advert.labelled_adverts import HALVES, LabelledAdvert, labelled_adverts, unmarked
from voicecoach.job_advert import LONGEST_ADVERT, MOST_DEMANDS, Demand, split_demands


def texts(advert: str) -> list[str]:
    return [demand.text for demand in split_demands(advert)]


def musts(advert: str) -> list[str]:
    return [demand.text for demand in split_demands(advert) if demand.must]


def test_lists_under_demands_are_demands_and_lists_under_offers_are_none() -> None:
    advert = "Your profile:\n- A degree\n- Fluent Dutch\n\nWe offer:\n- Experience\n- A degree\n"
    assert texts(advert) == ["A degree", "Fluent Dutch"]


def test_what_is_nice_to_have_is_a_wish_by_its_heading_or_by_its_own_words() -> None:
    advert = "Requirements\n- SQL\n- Kafka is a plus\n\nNice to have\n- Rust\n"
    assert texts(advert) == ["SQL", "Kafka is a plus", "Rust"]
    assert musts(advert) == ["SQL"]


@pytest.mark.parametrize(
    "sentence",
    [
        "You have run a shift in a café.",
        "A food hygiene certificate is required.",
        "Fluent in Spanish.",
        "The ideal candidate has a degree in law.",
        "Experience with nervous horses.",
    ],
)
def test_a_sentence_that_demands_is_a_demand(sentence: str) -> None:
    assert texts(f"We are a riding school. {sentence}") == [sentence.rstrip(".")]


@pytest.mark.parametrize(
    "sentence",
    [
        "You will manage two shops.",
        "You'll get 30 days of holiday.",
        "No experience necessary.",
        "We are looking for a manager for our second shop.",
        "You have the right to ask for adjustments.",
        "If you have questions, call Jean.",
        "You can apply until Friday.",
        "We have fourteen people and one office.",
    ],
)
def test_a_sentence_about_the_job_or_the_company_is_none(sentence: str) -> None:
    assert texts(sentence) == []


def test_an_enumeration_behind_we_expect_is_split() -> None:
    assert texts("We expect two years of practice, good English and a driving licence.") == [
        "two years of practice",
        "good English",
        "a driving licence",
    ]


@given(
    st.text(max_size=400)
    | st.sampled_from([one.text for h in HALVES for one in labelled_adverts(h)])
)
def test_each_demand_is_a_stretch_of_the_advert_and_none_overlaps(advert: str) -> None:
    found = split_demands(advert)
    assert all(advert[one.start_char : one.end_char] == one.text for one in found)
    assert all(one.end_char <= two.start_char for one, two in pairwise(found))
    assert all(one.text.strip() == one.text != "" for one in found)


@given(st.sampled_from([one for half in HALVES for one in labelled_adverts(half)]), st.data())
def test_blank_lines_bullets_and_line_ends_change_no_demand(
    advert: LabelledAdvert, data: st.DataObject
) -> None:
    text = advert.text
    bullet = data.draw(st.sampled_from(["- ", "* ", "• ", "– "]))
    other = text.replace("\n- ", f"\n{bullet}").replace("\n", "\r\n") + "\n\n"
    assert texts(other) == texts(text)


def test_a_very_long_text_is_split_in_no_time_worth_a_word() -> None:
    long = ("You have a, " * LONGEST_ADVERT)[:LONGEST_ADVERT]
    assert len(split_demands(long)) <= MOST_DEMANDS
    listed = "Requirements\n" + "- SQL\n" * 500
    assert len(split_demands(listed)) == MOST_DEMANDS


def test_the_marks_are_taken_out_and_remembered() -> None:
    advert = unmarked("x", "A {!must!} and a {?wish?}.")
    assert advert.text == "A must and a wish."
    assert [(advert.text[one.start : one.end], one.must) for one in advert.demands] == [
        ("must", True),
        ("wish", False),
    ]


def test_the_labelled_adverts_that_were_held_back_are_split_as_well_as_promised() -> None:
    split = benchmark.split_half("held_back")
    assert split.adverts >= 13
    assert split.right + len(split.missed) >= 60
    assert split.precision >= benchmark.GOAL_PRECISION
    assert split.recall >= benchmark.GOAL_RECALL


def test_the_benchmark_counts_what_is_invented_and_what_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def first_line_only(advert: str) -> tuple[Demand, ...]:
        line = advert.strip().split("\n")[0]
        start = advert.index(line)
        return (Demand(text=line, must=True, start_char=start, end_char=start + len(line)),)

    monkeypatch.setattr(benchmark, "split_demands", first_line_only)
    split = benchmark.split_half("development")
    assert split.recall < 0.1
    assert split.precision < 0.2
    assert split.missed

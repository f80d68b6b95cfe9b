"""A text made of a person's own words claims nothing; any number or name put into it is a claim."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.borrowed_facts import facts_beyond

OWN = (
    "In March I phoned our largest client at Alder Foods before nine.",
    "I told her that forty percent of the figures were wrong.",
    "She renewed the contract for 12,000 pounds and thanked Priya.",
    "we moved twenty three reports to the new system in two weeks",
)
NUMBERS = (
    *("7", "41%", "2019", "$500", "3.5", "half", "twice", "a hundred", "thirty percent", "sixteen"),
    *("the third", "doubled", "dozens", "a million", "forty", "12,001", "1,200", "0", "twenty one"),
)
NAMES = (
    *("Northwind", "Brunhilde", "Microsoft", "Berlin", "Apple", "Target", "Alder House"),
    *("google", "northwind", "April", "on Monday", "in summer", "iPhone", "IBM", "O'Brien"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(OWN), min_size=1, max_size=4))
def test_a_text_of_ones_own_sentences_claims_nothing_in_any_order(sentences: list[str]) -> None:
    assert facts_beyond(" ".join(one.rstrip(".") + "." for one in sentences), OWN) == ()


@settings(deadline=None)
@given(
    st.sampled_from(OWN), st.sampled_from([*NUMBERS, *NAMES]), st.integers(min_value=0, max_value=9)
)
def test_a_number_or_name_put_in_anywhere_is_a_claim(sentence: str, claim: str, place: int) -> None:
    words = sentence.split()
    changed = " ".join([*words[:place], claim, *words[place:]])
    assert facts_beyond(changed, OWN) != ()


@settings(deadline=None)
@given(st.from_regex(r"[A-Z][bdfgklmnprtvz][aeiou][bdfgklmnprtvz]{2}[aeiou]x", fullmatch=True))
def test_an_unheard_of_name_is_a_claim_wherever_it_stands(name: str) -> None:
    for text in (f"{name} thanked Priya.", f"I phoned {name}.", f"I phoned {name.lower()}."):
        assert facts_beyond(text, OWN) != (), text


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**7))
def test_a_number_counts_however_it_is_written(number: int) -> None:
    held = number in {12_000, 23, 9, 2}
    assert (facts_beyond(f"I moved {number} reports.", OWN) == ()) == held


@pytest.mark.parametrize(
    "text",
    [
        "I phoned Alder Foods before nine in March.",
        "She thanked Priya and renewed the contract for 12000 pounds.",
        "40% of the figures were wrong, and I told her.",
        "When she phoned, I told her.",
        "Phoning our client was what I told her.",
        "We moved 23 reports.",
        "She renewed the contract for twelve thousand pounds.",
    ],
)
def test_another_wording_of_ones_own_facts_claims_nothing(text: str) -> None:
    assert facts_beyond(text, OWN) == ()


@pytest.mark.parametrize("text", ["When she phoned, I told her the truth.", "We won an award."])
def test_everyday_words_that_are_not_theirs_may_stand_in_a_question_alone(text: str) -> None:
    assert facts_beyond(text, OWN) != ()
    assert facts_beyond(text, OWN, everyday=True) == ()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Forty clients left.", "forty"),
        ("I saved 12,000 euros.", "euros"),
        ("I phoned Foods Alder.", "Foods Alder"),
        ("Leveraging reports helped.", "Leveraging"),
        ("Microsoft thanked Priya.", "Microsoft"),
    ],
)
def test_the_claim_is_named(text: str, claim: str) -> None:
    assert claim in facts_beyond(text, OWN)

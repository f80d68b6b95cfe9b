"""Content is what was said without filled pauses and word-for-word repeats."""

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.scoring.content import content_of, filled_pauses, plain
from voicecoach.scoring.evidence import Quote, quote_words
from voicecoach.speech.transcript import typed_transcript

ANSWER = (
    "When I was at the bank our releases took three weeks. I mapped every step and I talked to the "
    "testers. In the end we shipped every two days."
)
FILLERS = ["um", "uh", "er", "erm", "hm", "Um,", "uh..."]


def said(text: str, question: str = "") -> str:
    return content_of(typed_transcript(text), question_text=question).transcript.text


def test_filled_pauses_are_left_out() -> None:
    assert said("So um I you know called uh, the erm supplier") == "So I called the supplier"


def test_you_know_and_i_mean_stay_where_they_are_meant() -> None:
    assert said("How do you know what I mean") == "How do you know what I mean"


def test_a_filled_pause_that_ends_a_sentence_leaves_its_full_stop() -> None:
    assert said("We left, um. Then we won.") == "We left. Then we won."


def test_an_answer_said_twice_has_the_content_of_one() -> None:
    assert said(f"{ANSWER} {ANSWER}") == ANSWER
    assert said(f"{ANSWER} {ANSWER.lower()} {ANSWER.upper()}") == ANSWER


def test_the_question_read_aloud_is_no_content() -> None:
    question = "Tell me about a time when you disagreed with a colleague at work."

    assert said(f"{question} {ANSWER}", question) == ANSWER


def test_the_question_turned_to_oneself_is_no_content_either() -> None:
    question = "Tell me about a time when you disagreed with a colleague at work."

    assert said(f"A time when I disagreed with a colleague, well. {ANSWER}", question) == (
        f"well. {ANSWER}"
    )
    assert said(f"I disagreed with a colleague. {ANSWER}", question).startswith("I disagreed")


def test_short_turns_of_phrase_may_come_again() -> None:
    text = "At the end of the day we won. At the end of the day we rested."

    assert said(text) == text


def test_an_empty_transcript_has_no_content() -> None:
    assert said("") == ""
    assert said("um uh") == ""


@given(
    st.lists(
        st.tuples(st.integers(min_value=0, max_value=29), st.sampled_from(FILLERS)), max_size=12
    )
)
def test_fillers_anywhere_leave_the_content_as_it_was(fillers: list[tuple[int, str]]) -> None:
    words = ANSWER.split()
    for position, filler in sorted(fillers, reverse=True):
        words.insert(position, filler)

    content = content_of(typed_transcript(" ".join(words)))

    assert [plain(word.text) for word in content.transcript.words] == [
        plain(word) for word in ANSWER.split()
    ]


@given(st.integers(min_value=0, max_value=27), st.integers(min_value=0, max_value=27))
def test_evidence_in_the_content_leads_back_to_the_words_that_were_said(one: int, two: int) -> None:
    original = typed_transcript(
        "Um, " + ANSWER.replace(" I ", " I uh ").replace(" the ", " the um, ")
    )
    content = content_of(original)
    first, last = min(one, two), max(one, two)

    found = quote_words(content.transcript, first, last)
    restored = content.restore(found)

    assert isinstance(restored, Quote)
    assert original.text[restored.start_char : restored.end_char] == restored.quote
    assert said(restored.quote).split()[0].lower() == found.quote.split()[0].lower()
    assert said(restored.quote).split()[-1].lower() == found.quote.split()[-1].lower()


def test_filled_pauses_are_marked_word_by_word() -> None:
    assert filled_pauses(typed_transcript("well um you know yes")) == (
        False,
        True,
        True,
        True,
        False,
    )

"""Which points an answer says: paraphrase is heard, tricks are not, and the words are quoted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import WrittenAnswer, spoken
from voicecoach.scoring.coverage import cover_outline, cover_points_alone, coverage_level
from voicecoach.scoring.coverage_calibration import (
    PARTLY_FROM,
    SAID_FROM,
    chance_said,
    state_of,
    worth_of,
)
from voicecoach.scoring.evidence import Absence, Quote
from voicecoach.scoring.result import PointCoverage, PointState
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import typed_transcript

CHECKLIST = "Set up a shared checklist with the night nurses"
ERRORS = "Missed allergies fell by 40 percent"


def cover(
    text: str,
    point: str,
    encoder: SentenceEncoder,
    kind: QuestionKind = QuestionKind.BEHAVIOURAL,
) -> PointCoverage:
    outline = Outline(question_id="q", version=1, points=(Point(id="p", text=point),))
    (covered,) = cover_outline(spoken(text), outline, encoder, kind=kind)
    return covered


def test_a_point_in_other_words_is_heard_and_quoted(encoder: SentenceEncoder) -> None:
    said = "Well, it was chaos. So I made a checklist together with the nurses on nights."
    covered = cover(said, CHECKLIST, encoder)
    assert covered.state is not PointState.NOT_HEARD
    assert covered.guard is None
    (quote,) = covered.evidence
    assert isinstance(quote, Quote)
    assert quote.quote == "made a checklist together with the nurses on nights."
    assert said[quote.start_char : quote.end_char] == quote.quote
    assert quote.start_seconds is not None


def test_a_point_that_was_not_made_is_absent_from_the_whole_answer(
    encoder: SentenceEncoder,
) -> None:
    said = "I like the sea and I go swimming there with my brother every summer."
    covered = cover(said, CHECKLIST, encoder)
    assert covered.state is PointState.NOT_HEARD
    (absence,) = covered.evidence
    assert isinstance(absence, Absence)
    assert absence.looked_for == CHECKLIST
    assert (absence.start_char, absence.end_char) == (0, len(said))


@pytest.mark.parametrize(
    "said",
    [
        "We never set up a shared checklist with the night nurses.",
        "It is not true that I set up a shared checklist with the night nurses.",
        "Nobody set up a shared checklist with the night nurses.",
    ],
)
def test_what_is_denied_through_and_through_is_not_heard(
    said: str, encoder: SentenceEncoder
) -> None:
    covered = cover(said, CHECKLIST, encoder)
    assert covered.state is PointState.NOT_HEARD
    assert covered.guard == "negation"


def test_a_point_that_denies_is_said_by_a_denial(encoder: SentenceEncoder) -> None:
    point = "We did not lose a single order"
    assert cover("And we didn't lose one single order.", point, encoder).state is PointState.SAID
    assert cover("And we did lose a single order.", point, encoder).guard == "negation"
    disowned = cover("It is not true that we didn't lose a single order.", point, encoder)
    assert disowned.guard == "negation"


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ("I plan to set up a shared checklist with the night nurses.", "future"),
        ("Next time I will set up a shared checklist with the night nurses.", "future"),
        ("I would set up a shared checklist with the night nurses.", "conditional"),
        ("If I could I might set up a shared checklist with night nurses.", "conditional"),
    ],
)
def test_what_was_not_done_is_partly_heard_at_most(
    said: str, guard: str, encoder: SentenceEncoder
) -> None:
    covered = cover(said, CHECKLIST, encoder)
    assert covered.state is PointState.PARTLY
    assert covered.guard == guard


@pytest.mark.parametrize("kind", [QuestionKind.SITUATIONAL, QuestionKind.TO_ASK])
def test_situations_are_about_what_one_would_do(
    kind: QuestionKind, encoder: SentenceEncoder
) -> None:
    said = "I would set up a shared checklist with the night nurses."
    assert cover(said, CHECKLIST, encoder, kind).state is PointState.SAID


def test_a_technical_answer_may_suppose_but_not_what_the_point_reports(
    encoder: SentenceEncoder,
) -> None:
    said = "I would cache the results that rarely change."
    technical = QuestionKind.TECHNICAL
    assert cover(said, "Cache results that rarely change", encoder, technical).guard is None
    reported = cover(said, "Cached the results that rarely changed", encoder, technical)
    assert reported.guard == "conditional"


@pytest.mark.parametrize("number", ["forty percent", "40%", "40 per cent"])
def test_a_number_may_be_worded_in_any_way(number: str, encoder: SentenceEncoder) -> None:
    covered = cover(f"In the end the missed allergies fell by {number}.", ERRORS, encoder)
    assert covered.state is PointState.SAID


@pytest.mark.parametrize("number", ["sixty percent", "a lot", "14%"])
def test_another_number_is_not_that_number(number: str, encoder: SentenceEncoder) -> None:
    covered = cover(f"In the end the missed allergies fell by {number}.", ERRORS, encoder)
    assert covered.state is not PointState.SAID


def test_keywords_are_a_list_and_not_an_answer(encoder: SentenceEncoder) -> None:
    covered = cover("shared checklist night nurses set up ward allergies forty", CHECKLIST, encoder)
    assert covered.state is PointState.NOT_HEARD
    assert covered.guard == "list"


def test_one_sentence_pays_for_two_points_at_most(encoder: SentenceEncoder) -> None:
    outline = Outline(
        question_id="q",
        version=1,
        points=tuple(
            Point(id=str(number), text=text)
            for number, text in enumerate(
                (
                    "Set up a shared checklist with the nurses",
                    "A checklist was set up and shared with nurses",
                    "The nurses and I set up a checklist we shared",
                )
            )
        ),
    )
    said = "So I set up a shared checklist with the nurses."
    covered = cover_outline(spoken(said), outline, encoder, kind=QuestionKind.BEHAVIOURAL)
    assert sorted(point.guard or "" for point in covered) == ["", "", "shared"]
    assert [point.state for point in covered].count(PointState.NOT_HEARD) == 1


def test_words_that_the_question_gave_tell_little(encoder: SentenceEncoder) -> None:
    outline = Outline(
        question_id="q",
        version=1,
        points=(Point(id="p", text="I shared the checklist with the night nurses"),),
    )
    question = "How did you come to share a checklist?"
    echo = spoken("I want to tell you how I shared that checklist.")
    plain, asked = (
        cover_outline(echo, outline, encoder, kind=QuestionKind.BEHAVIOURAL, question_text=text)[0]
        for text in ("", question)
    )
    assert asked.similarity < plain.similarity
    said = spoken("I gave the list to the nurses on nights.")
    heard = cover_outline(
        said, outline, encoder, kind=QuestionKind.BEHAVIOURAL, question_text=question
    )
    assert heard[0].similarity > asked.similarity


def test_a_point_of_given_words_only_is_looked_for_as_it_stands(encoder: SentenceEncoder) -> None:
    outline = Outline(question_id="q", version=1, points=(Point(id="p", text=CHECKLIST),))
    said = spoken("Well, I set up a shared checklist with the night nurses.")
    plain, asked = (
        cover_outline(said, outline, encoder, kind=QuestionKind.BEHAVIOURAL, question_text=text)
        for text in ("", CHECKLIST)
    )
    assert asked[0].similarity == pytest.approx(plain[0].similarity, abs=1e-3)


def test_words_that_every_point_has_do_not_tell_which_was_made(encoder: SentenceEncoder) -> None:
    texts = ("Buhari won the election", "Buhari fought corruption", "Buhari was a general")
    outline = Outline(
        question_id="q",
        version=1,
        points=tuple(Point(id=text, text=text) for text in texts),
    )
    said = spoken("And then Buhari won that election after all.")
    found = cover_points_alone(said, outline, encoder, kind=QuestionKind.TECHNICAL)
    assert found[0].state is PointState.SAID
    for point in found[1:]:
        alone = cover("And then Buhari won that election after all.", point.text, encoder)
        assert point.similarity < alone.similarity


def test_an_empty_answer_says_nothing(encoder: SentenceEncoder) -> None:
    for text in ("", "um uh", "..."):
        assert cover(text, CHECKLIST, encoder).state is PointState.NOT_HEARD


def test_an_outline_without_points_covers_nothing(encoder: SentenceEncoder) -> None:
    outline = Outline(question_id="q", version=1, points=())
    assert cover_outline(spoken("Hello"), outline, encoder, kind=QuestionKind.TECHNICAL) == ()
    with pytest.raises(ValueError, match="no coverage"):
        coverage_level((), outline)


def test_a_point_of_signs_alone_is_not_heard(encoder: SentenceEncoder) -> None:
    assert cover("I set up a checklist.", "???", encoder).state is PointState.NOT_HEARD


def test_typed_words_are_quoted_without_times(encoder: SentenceEncoder) -> None:
    outline = Outline(question_id="q", version=1, points=(Point(id="p", text=CHECKLIST),))
    typed = typed_transcript("I set up a shared checklist with the night nurses.", version=3)
    (covered,) = cover_outline(typed, outline, encoder, kind=QuestionKind.BEHAVIOURAL)
    (quote,) = covered.evidence
    assert isinstance(quote, Quote)
    assert quote.start_seconds is None
    assert quote.transcript_version == 3


def test_every_written_answer_says_nearly_all_its_points(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    states = [
        point.state
        for answer in answers
        for point in cover_outline(spoken(answer.text), answer.outline, encoder, kind=answer.kind)
    ]
    assert states.count(PointState.SAID) / len(states) >= 0.88
    assert PointState.NOT_HEARD not in states


HALFWAY = (PARTLY_FROM + SAID_FROM) / 2
STATES = st.sampled_from(list(PointState))


@given(st.lists(st.tuples(STATES, st.floats(0.1, 10)), min_size=1, max_size=8))
def test_the_level_follows_the_weighted_share(drawn: list[tuple[PointState, float]]) -> None:
    outline = Outline(
        question_id="q",
        version=1,
        points=tuple(
            Point(id=str(number), text="x", weight=weight)
            for number, (_, weight) in enumerate(drawn)
        ),
    )
    points = [covered(str(number), state) for number, (state, _) in enumerate(drawn)]
    worth = {PointState.SAID: 1.0, PointState.PARTLY: 0.5, PointState.NOT_HEARD: 0.0}
    total = sum(weight for _, weight in drawn)
    share = sum(worth[state] * weight for state, weight in drawn) / total
    assert coverage_level(points, outline) == pytest.approx(min(5, 1 + 5 * share), abs=0.006)
    better = [covered(point.point_id, PointState.SAID) for point in points]
    assert coverage_level(better, outline) == 5


SIMILARITIES = st.floats(0, 1)


@given(SIMILARITIES, SIMILARITIES)
def test_a_nearer_point_is_worth_and_likely_as_much_or_more(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert worth_of(near(low)) <= worth_of(near(high))
    assert chance_said(low) <= chance_said(high)
    assert 0 <= worth_of(near(low)) <= 1


@given(SIMILARITIES)
def test_worth_moves_by_no_more_than_three_times_the_similarity(similarity: float) -> None:
    step = 0.01
    gain = worth_of(near(min(1.0, similarity + step))) - worth_of(near(similarity))
    assert gain <= 3 * step


@given(SIMILARITIES)
def test_a_point_held_back_is_worth_half_at_most(similarity: float) -> None:
    held = replace(near(similarity), state=PointState.PARTLY, guard="negation")
    assert worth_of(held) <= 0.5
    assert worth_of(replace(held, state=PointState.NOT_HEARD, guard="list")) == 0


def near(similarity: float) -> PointCoverage:
    return replace(covered("p", state_of(similarity)), similarity=similarity)


@pytest.mark.parametrize(("said", "level"), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 5)])
def test_levels_step_at_every_fifth(said: int, level: int) -> None:
    outline = Outline(
        question_id="q",
        version=1,
        points=tuple(Point(id=str(number), text="x") for number in range(5)),
    )
    points = [
        covered(str(number), PointState.SAID if number < said else PointState.NOT_HEARD)
        for number in range(5)
    ]
    assert coverage_level(points, outline) == level


def covered(point_id: str, state: PointState) -> PointCoverage:
    return PointCoverage(
        point_id=point_id, text="x", state=state, similarity=HALFWAY, guard=None, evidence=()
    )

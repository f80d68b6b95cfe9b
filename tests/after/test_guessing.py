"""The person's own guesses: before the score is shown or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Question
from tests.after.conftest import add_question, log_scored
from tests.practice.conftest import ANSWER, Clock
from voicecoach.attempt import Attempt
from voicecoach.errors import ConflictError, InvalidInputError, NotFoundError
from voicecoach.guesses import ENOUGH_GUESSES, GuessOutcome, GuessRecord, guess_record
from voicecoach.guessing import guess_of, guess_score, is_guess_open, past_guesses, scores_shown
from voicecoach.practice import Coach

AT = datetime(2026, 11, 18, 18, tzinfo=UTC)


@pytest.fixture
def question(coach: Coach) -> Question:
    return add_question(coach, "Tell me about a time you failed.")


@pytest.fixture
def scored(coach: Coach, question: Question) -> Attempt:
    return log_scored(coach, question, AT, 64)


def test_a_guess_is_kept_once_and_stands(coach: Coach, scored: Attempt) -> None:
    assert is_guess_open(coach, scored)
    kept = guess_score(coach, scored.id, 55)
    assert (kept.attempt_id, kept.expected) == (scored.id, 55)
    assert guess_of(coach, scored.id) == kept
    assert not is_guess_open(coach, scored)
    with pytest.raises(ConflictError, match="55"):
        guess_score(coach, scored.id, 64)
    scores_shown(coach)
    assert guess_of(coach, scored.id) == kept


def test_a_guess_after_the_score_was_shown_is_refused(coach: Coach, scored: Attempt) -> None:
    scores_shown(coach)
    assert not is_guess_open(coach, scored)
    with pytest.raises(ConflictError, match="shown already"):
        guess_score(coach, scored.id, 64)
    assert past_guesses(coach).outcomes == ()


def test_an_answer_without_a_score_yet_stays_open_when_others_are_shown(
    coach: Coach, question: Question
) -> None:
    """Its score can't have been seen, so the person may still guess."""
    begun = coach.begin(question.id, typed=True)
    with pytest.raises(InvalidInputError, match="Nothing was answered"):
        guess_score(coach, begun.id, 50)
    scores_shown(coach)
    attempt = coach.answer_typed(begun.id, " ".join(ANSWER))
    assert is_guess_open(coach, attempt)
    guess_score(coach, attempt.id[:12], 50)


def test_follow_ups_and_impossible_numbers_are_refused(
    coach: Coach, question: Question, scored: Attempt
) -> None:
    follow_up = coach.begin(question.id, asked="And then?", parent_id=scored.id, typed=True)
    answered = coach.answer_typed(follow_up.id, " ".join(ANSWER))
    assert not is_guess_open(coach, answered)
    with pytest.raises(InvalidInputError, match="follow-up"):
        guess_score(coach, answered.id, 50)
    for impossible in (-1, 100.5, float("nan")):
        with pytest.raises(InvalidInputError, match="0 to 100"):
            guess_score(coach, scored.id, impossible)
    with pytest.raises(NotFoundError):
        guess_score(coach, "nope", 50)
    assert guess_of(coach, scored.id) is None


def test_deleting_an_answer_deletes_what_was_guessed_of_it(coach: Coach, scored: Attempt) -> None:
    guess_score(coach, scored.id, 55)
    coach.delete(scored.id)
    assert guess_of(coach, scored.id) is None
    assert past_guesses(coach).outcomes == ()


def test_guesses_stand_beside_what_the_coach_expected_of_the_same_answers(
    coach: Coach, question: Question, clock: Clock
) -> None:
    for place, (guessed, expected, came) in enumerate(((50, 60, 64), (60, 66, 70))):
        at = AT.replace(day=19 + place)
        guess_score(coach, log_scored(coach, question, at, came, expected=expected).id, guessed)
    record = past_guesses(coach)
    assert [(one.guessed, one.coach, one.overall) for one in record.outcomes] == [
        (50, 60, 64),
        (60, 66, 70),
    ]
    assert record.missing == ENOUGH_GUESSES - 2
    assert record.as_sentences == ("After 18 more guesses you see here how well they fit.",)


def outcome(number: int, guessed: float, overall: float, *, coach: float = 60.0) -> GuessOutcome:
    return GuessOutcome(
        attempt_id=str(number),
        question_id="q",
        at=AT,
        guessed=guessed,
        coach=coach,
        overall=overall,
    )


def record_of(*differences: float, coach_off: float = 5.0) -> GuessRecord:
    return guess_record(
        [
            outcome(place, 60 - difference, 60, coach=60 + (-1) ** place * coach_off)
            for place, difference in enumerate(differences)
        ]
    )


def test_who_expects_less_than_comes_is_told_so_only_where_it_is_clear() -> None:
    clear = record_of(*([6, 10] * 10))
    unclear = record_of(*([-20, 24] * 10))
    assert "expect less of yourself than you reach: by 8 points" in clear.as_sentences[0]
    assert "neither" in unclear.as_sentences[0]
    opposite = record_of(*([-6, -10] * 10))
    assert "expect more of yourself than you reach so far: by 8" in opposite.as_sentences[0]


def test_who_is_nearer_is_told_only_where_it_is_clear() -> None:
    assert record_of(*([1, 2] * 10)).as_sentences[2] == "You know better than the coach."
    assert record_of(*([15, -17] * 10)).as_sentences[2] == "The coach was nearer."
    mixed = record_of(*([0, 10] * 10))
    assert mixed.as_sentences[2] == "Which of you knows better can’t be told yet."


def test_nineteen_guesses_are_one_too_few() -> None:
    record = record_of(*([8.0] * (ENOUGH_GUESSES - 1)))
    assert (record.own, record.coach, record.missing) == (None, None, 1)
    assert record.as_sentences == ("After 1 more guess you see here how well they fit.",)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=ENOUGH_GUESSES, max_size=60)
)
def test_the_groups_of_the_picture_hold_every_answer_and_keep_the_means(
    pairs: list[tuple[float, float]],
) -> None:
    own = guess_record([outcome(n, *pair) for n, pair in enumerate(pairs)]).own
    assert own is not None
    assert sum(group.count for group in own.groups) == len(pairs)
    mean = sum(group.came * group.count for group in own.groups) / len(pairs)
    assert mean == pytest.approx(sum(came for _, came in pairs) / len(pairs))
    assert [group.expected for group in own.groups] == sorted(g.expected for g in own.groups)

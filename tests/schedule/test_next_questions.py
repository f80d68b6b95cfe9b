"""What comes next: due first, what tripped the person up first, the least remembered first."""

from datetime import timedelta

from question_bank.question import Question
from question_bank.review import Rating, Review
from question_bank.schedule import horizon_for, next_questions, rebuild
from tests.rehearsals import BERLIN, MONDAY, at_day, question, review


def order(questions: list[Question], log: list[Review], *, day: float = 10) -> list[str]:
    horizon = horizon_for((MONDAY + timedelta(days=30)).date(), MONDAY, BERLIN)
    states = rebuild(log, horizon=horizon)
    found = next_questions(questions, states, now=at_day(day), horizon=horizon, limit=10)
    return [question.id for question in found]


def test_due_comes_before_new_and_new_before_what_can_wait() -> None:
    questions = [question("can wait"), question("new"), question("due")]
    log = [review("can wait", 9, Rating.EASY), review("due", 5, Rating.HARD)]

    assert order(questions, log) == ["due", "new", "can wait"]


def test_what_tripped_the_person_up_comes_first_even_when_never_practised() -> None:
    questions = [question("due"), question("froze", tripped=True), question("new")]
    log = [review("due", 5, Rating.HARD)]

    assert order(questions, log) == ["froze", "due", "new"]


def test_the_least_remembered_of_the_due_comes_first() -> None:
    questions = [question("fresher"), question("faded")]
    log = [review("fresher", 8, Rating.HARD), review("faded", 2, Rating.HARD)]

    assert order(questions, log) == ["faded", "fresher"]


def test_a_rehearsal_of_this_evening_is_due_from_the_morning_on() -> None:
    """Rehearsed yesterday evening, due today: nobody should wait for the very hour."""
    log = [review("conflict", 9, Rating.AGAIN)]

    assert order([question("new"), question("conflict")], log, day=9.5) == ["conflict", "new"]


def test_what_was_rehearsed_today_is_not_due_again_today() -> None:
    log = [review("conflict", 10, Rating.AGAIN)]

    assert order([question("conflict", tripped=True), question("new")], log, day=10.1) == [
        "new",
        "conflict",
    ]


def test_a_tripping_question_is_brought_forward_before_fsrs_would_have_it() -> None:
    log = [review("froze", 0, Rating.EASY), review("fine", 0, Rating.EASY)]
    questions = [question("fine"), question("new"), question("froze", tripped=True)]

    assert order(questions, log, day=10)[0] == "froze"


def test_retired_questions_are_no_longer_asked() -> None:
    assert order([question("old", retired=True), question("new")], []) == ["new"]


def test_the_limit_is_kept() -> None:
    horizon = horizon_for(None, MONDAY, BERLIN)
    bank = [question(f"q{n}") for n in range(5)]

    assert len(next_questions(bank, {}, now=MONDAY, horizon=horizon, limit=2)) == 2
    assert next_questions([], {}, now=MONDAY, horizon=horizon, limit=2) == ()

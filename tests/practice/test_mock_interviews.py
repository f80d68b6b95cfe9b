"""Mock interviews with a real bank, real scores and a real database."""

import pytest

from question_bank.question import Question, QuestionKind
from tests.practice.conftest import ANSWER
from voicecoach.attempt import Attempt
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.mock_interview import MockInterview, MockTurn
from voicecoach.practice import Coach
from voicecoach.wiring import build_coach


@pytest.fixture
def own(coach: Coach, question: Question) -> Question:
    """A second question of the interviewer's, and one of the person's own, which is returned."""
    with coach.bank() as bank:
        bank.add_question("Why do you want this job?", kind=QuestionKind.MOTIVATIONAL)
        return bank.add_question(
            "How does the team decide what to build?", kind=QuestionKind.TO_ASK
        ).question


def turn(coach: Coach, mock: MockInterview) -> MockTurn | None:
    with coach.reading_mocks() as mocks:
        return mocks.turn(mocks.get(mock.id))


def answer(coach: Coach, asked: MockTurn) -> str:
    attempt = coach.begin(
        asked.question.id,
        asked=asked.asked if asked.is_follow_up else None,
        parent_id=asked.parent_id,
        typed=True,
    )
    return coach.answer_typed(attempt.id, " ".join(ANSWER)).id


def test_a_mock_interview_goes_through_its_questions_and_is_reported(
    coach: Coach, question: Question, own: Question
) -> None:
    with coach.mocks() as mocks:
        mock = mocks.start(5)
    assert len(mock.questions) == 3, "two are asked, one is one's own"
    given = []
    while (asked := turn(coach, mock)) is not None:
        given.append((asked.planned.number, asked.is_follow_up, answer(coach, asked)))
    assert [number for number, follow_up, _ in given if not follow_up] == [1, 2, 3]
    with coach.reading_mocks() as mocks:
        assert mocks.running() is None
        report = mocks.report(mocks.get(mock.id))
    assert report.answered == 3
    first = report.answers[0].answer
    assert first.attempt is not None
    assert first.attempt.id == given[0][2]
    follow_up = first.attempt.score.follow_up if first.attempt.score else None
    assert (first.follow_up is not None) == (follow_up is not None)
    assert report.overall is not None
    assert report.strengths


def test_a_running_interview_is_where_it_was_after_a_restart(coach: Coach, own: Question) -> None:
    with coach.mocks() as mocks:
        mock = mocks.start(2)
    first = turn(coach, mock)
    assert first is not None
    with coach.mocks() as mocks:
        mocks.pass_over(mocks.get(mock.id))
    restarted = build_coach(coach.settings)
    with restarted.reading_mocks() as mocks:
        running = mocks.running()
        assert running is not None
        now = mocks.turn(running)
    restarted.database.close()
    assert now is not None
    assert now.planned.number == 2


def test_a_new_interview_ends_the_one_before(coach: Coach, own: Question) -> None:
    with coach.mocks() as mocks:
        before = mocks.start(1)
    with coach.mocks() as mocks:
        after = mocks.start(2)
        assert mocks.get(before.id).ended_at is not None
        assert [mock.id for mock in mocks.latest()] == [after.id, before.id]
        running = mocks.running()
        assert running is not None
        assert running.id == after.id


def test_an_interview_ended_early_keeps_its_end_and_its_answers(
    coach: Coach, own: Question
) -> None:
    with coach.mocks() as mocks:
        mock = mocks.start(2)
    first = turn(coach, mock)
    assert first is not None
    answer(coach, first)
    with coach.mocks() as mocks:
        ended = mocks.end(mock.id)
    with coach.mocks() as mocks:
        assert mocks.end(mock.id) == ended
        assert mocks.turn(ended) is None
        assert mocks.report(ended).answered == 1


def test_the_answers_survive_a_merge_of_their_question(coach: Coach, own: Question) -> None:
    with coach.mocks() as mocks:
        mock = mocks.start(1)
    first = turn(coach, mock)
    assert first is not None
    answer(coach, first)
    with coach.bank() as bank:
        kept = bank.add_question("What was the worst news you gave?", kind=first.question.kind)
    coach.merge_questions(kept.question.id, first.question.id)
    with coach.reading_mocks() as mocks:
        report = mocks.report(mocks.get(mock.id))
    assert report.answered == 1
    assert report.answers[0].answer.question.id == kept.question.id


@pytest.mark.parametrize("count", [0, 21, -3])
def test_impossible_numbers_of_questions_are_refused(
    coach: Coach, own: Question, count: int
) -> None:
    with coach.mocks() as mocks, pytest.raises(InvalidInputError, match="questions"):
        mocks.start(count)


def test_a_choice_that_no_question_fits_is_refused_and_ends_nothing(
    coach: Coach, own: Question
) -> None:
    with coach.mocks() as mocks:
        running = mocks.start(1)
    with coach.mocks() as mocks, pytest.raises(NotFoundError, match="fits"):
        mocks.start(3, kind=QuestionKind.TECHNICAL)
    with coach.reading_mocks() as mocks:
        assert mocks.get(running.id).ended_at is None


def test_a_mock_interview_that_does_not_exist_is_said_so(coach: Coach) -> None:
    with coach.reading_mocks() as mocks, pytest.raises(NotFoundError):
        mocks.get("nope")


def answered(coach: Coach, question_id: str, text: str) -> Attempt:
    return coach.answer_typed(coach.begin(question_id, typed=True).id, text)


def test_the_weakness_is_computed_from_the_log_told_and_asked_first(
    coach: Coach, question: Question
) -> None:
    with coach.bank() as bank:
        weak = [
            bank.add_question(text, kind=QuestionKind.BEHAVIOURAL).question
            for text in ("Tell me about a time you failed.", "Tell me about a conflict at work.")
        ]
    with coach.mocks() as mocks, pytest.raises(InvalidInputError, match="Too little is known"):
        mocks.start(2, weakness="weakest")
    answered(coach, question.id, " ".join(ANSWER))
    vague = (
        "It was a difficult situation for everybody in the whole office at that time. People were "
        "worried about many things and the mood was not good. There was a lot of pressure."
    )
    for one in weak:
        assert answered(coach, one.id, vague).score is not None
    with coach.mocks() as mocks:
        found = {weakness.name: weakness for weakness in mocks.weaknesses()}
        assert "structure" in found
        mock = mocks.start(2, weakness="structure")
    assert {planned.question_id for planned in mock.questions} == {one.id for one in weak}
    assert mock.reason == found["structure"].reason
    assert any(one.text in mock.reason for one in weak)
    with coach.mocks() as mocks, pytest.raises(InvalidInputError, match="no such weakness"):
        mocks.start(2, weakness="charm")


def test_an_opening_that_only_a_pack_has_joins_the_bank_when_it_is_asked_for(
    coach: Coach, question: Question
) -> None:
    with coach.mocks() as mocks:
        assert len(mocks.start(1).questions) == 1, "none in the bank, none asked for"
    with coach.mocks() as mocks:
        mock = mocks.start(1, opening=True)
    first = turn(coach, mock)
    assert first is not None
    assert "about yourself" in first.question.text
    assert first.greeting
    assert [planned.question_id for planned in mock.questions] == [first.question.id, question.id]
    with coach.mocks() as mocks:
        again = mocks.start(1)
    assert again.questions == mock.questions, "from now on the bank has one"


VAGUE = """
Our report failed. I called the client and told her the figures were wrong. I built some figures by
hand and sent them on. As a result the client stayed with us.
"""
EXACT_BUT_A_POINT = """
In my last job our overnight report failed on Monday 3 March at 7:40 in the Leeds office. I called
our largest client at eight and I told her that 40 figures were wrong. I built 40 figures by hand in
2 hours and I sent them at 9:50. As a result she renewed a contract worth 80,000 pounds in 2024.
"""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (" ".join(ANSWER[:4]), "What was the result?"),
        (VAGUE, "number"),
        (EXACT_BUT_A_POINT, "I added a check"),
    ],
)
def test_a_follow_up_asks_for_what_was_missing_and_only_once(
    coach: Coach, question: Question, text: str, asked: str
) -> None:
    with coach.mocks() as mocks:
        mock = mocks.start(1)
    answered(coach, question.id, text)
    follow_up = turn(coach, mock)
    assert follow_up is not None
    assert follow_up.is_follow_up
    assert asked in follow_up.asked
    answer(coach, follow_up)
    assert turn(coach, mock) is None

"""What comes next in a mock interview, from the plan and the log of answers alone."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Question, QuestionKind
from tests.rehearsals import MONDAY, at_day, question
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.mock_choice import MOST_CLOSING, closing_questions, mock_questions, plan_of
from voicecoach.mock_interview import (
    CLOSING_WORDS,
    MockInterview,
    MockTurn,
    mock_answers,
    next_turn,
    passed_over,
)
from voicecoach.mock_report import mock_report
from voicecoach.scoring.result import Advice, Criterion, CriterionName, Score

ASKED = [question(name) for name in ("one", "two", "three")]
OWN = [replace(question(name), kind=QuestionKind.TO_ASK) for name in ("own-1", "own-2", "own-3")]


def interview(asked: Sequence[Question] = ASKED, closing: Sequence[Question] = ()) -> MockInterview:
    return MockInterview(
        id="m", started_at=MONDAY, follow_ups=True, questions=plan_of(asked, closing)
    )


def score(
    overall: float,
    follow_up: str | None = None,
    *,
    levels: Sequence[tuple[CriterionName, float]] = (),
    advice: Sequence[Advice] = (),
) -> Score:
    return Score(
        overall=overall,
        criteria=tuple(
            Criterion(name=name, level=level, not_measured=None, weight=20, anchor="", evidence=())
            for name, level in levels
        ),
        advice=tuple(advice),
        follow_up=follow_up,
        follow_up_because=(),
        capped_by=None,
        rubric_version="2",
        transcript_version=1,
        outline_version=None,
        encoder=None,
    )


def answered(
    turn: MockTurn,
    number: int,
    judgement: Score | None = None,
    status: AttemptStatus = AttemptStatus.SCORED,
) -> Attempt:
    return Attempt(
        id=f"a{number}",
        question_id=turn.question.id,
        asked=turn.asked,
        started_at=at_day(number / 1000),
        status=status,
        recording="a.wav",
        recording_seconds=60,
        parent_id=turn.parent_id,
        judgements=() if judgement is None else (judgement,),
    )


def turn_of(
    mock: MockInterview, log: Sequence[Attempt], questions: Sequence[Question] = (*ASKED, *OWN)
) -> MockTurn | None:
    return next_turn(mock, {one.id: one for one in questions}, log)


@given(
    st.lists(st.sampled_from(["plain", "followed up", "waiting", "passed"]), min_size=20),
    st.integers(1, 3),
    st.integers(0, 3),
)
def test_every_question_is_asked_once_in_order_and_followed_up_at_most_once(
    ways: list[str], count: int, own: int
) -> None:
    mock = interview(ASKED[:count], closing_questions(OWN[:own]))
    log: list[Attempt] = []
    asked: list[tuple[int, bool]] = []
    for number, way in enumerate(ways, start=1):
        turn = turn_of(mock, log)
        if turn is None:
            break
        asked.append((turn.planned.number, turn.is_follow_up))
        if way == "passed":
            mock = passed_over(mock, turn)
        elif way == "waiting":
            log.append(answered(turn, number, status=AttemptStatus.WAITING))
        else:
            log.append(answered(turn, number, score(60, "And?" if way == "followed up" else None)))
    assert turn_of(mock, log) is None, "it ends"
    assert asked == sorted(set(asked)), "in order, nothing twice"
    assert [number for number, follow_up in asked if not follow_up] == [
        planned.number for planned in mock.questions
    ]
    assert all(not mock.questions[number - 1].closing for number, follow_up in asked if follow_up)


def test_a_follow_up_comes_right_after_its_answer_or_never() -> None:
    mock = interview()
    first = turn_of(mock, [])
    assert first is not None
    waiting = answered(first, 1, status=AttemptStatus.WAITING)
    second = turn_of(mock, [waiting])
    assert second is not None
    assert second.question.id == "two"
    # The weights arrive and the first answer is judged after the second was given.
    late = answered(first, 1, score(50, "What came of it?"))
    third = turn_of(mock, [late, answered(second, 2, score(70))])
    assert third is not None
    assert (third.question.id, third.is_follow_up) == ("three", False)


def test_without_follow_ups_none_is_asked() -> None:
    mock = replace(interview(), follow_ups=False)
    first = turn_of(mock, [])
    assert first is not None
    second = turn_of(mock, [answered(first, 1, score(50, "What came of it?"))])
    assert second is not None
    assert second.question.id == "two"


def test_the_closing_is_announced_in_the_interviewers_words() -> None:
    mock = interview(ASKED[:1], closing_questions(OWN))
    assert len(mock.questions) == 1 + MOST_CLOSING
    log: list[Attempt] = []
    words = []
    while (turn := turn_of(mock, log)) is not None:
        words.append(turn.asked)
        log.append(answered(turn, len(log) + 1, score(60)))
    assert words == [ASKED[0].text, *CLOSING_WORDS]


def test_an_answer_that_was_cut_off_is_offered_to_go_on_with_and_asked_until_it_ends() -> None:
    mock = interview()
    first = turn_of(mock, [])
    assert first is not None
    ended = answered(first, 1, status=AttemptStatus.RECORDED)
    cut_off = replace(ended, recording_seconds=None)
    again = turn_of(mock, [cut_off])
    assert again is not None
    assert again.planned == first.planned
    assert again.open_attempt == cut_off
    second = turn_of(mock, [ended])
    assert second is not None
    assert second.question.id == "two", "an answer that has ended is only not judged yet"


def test_answers_before_the_interview_and_after_its_end_are_not_its_own() -> None:
    mock = interview()
    first = turn_of(mock, [])
    assert first is not None
    before = replace(answered(first, 1, score(90)), started_at=at_day(-1))
    assert turn_of(mock, [before]) == first
    ended = replace(mock, ended_at=at_day(1))
    after = replace(answered(first, 1, score(90)), started_at=at_day(2))
    assert turn_of(ended, [after]) is None
    assert all(a.attempt is None for a in mock_answers(ended, {q.id: q for q in ASKED}, [after]))


def test_the_choice_keeps_the_order_and_leaves_out_what_does_not_fit() -> None:
    technical = replace(question("four"), kind=QuestionKind.TECHNICAL)
    everything = [OWN[0], technical, *ASKED]
    assert mock_questions(everything, count=2) == (technical, ASKED[0])
    assert mock_questions(everything, count=5, kind=QuestionKind.BEHAVIOURAL) == tuple(ASKED)
    met = question("met", tripped=True)
    there = replace(met, tripped_up=(replace(met.tripped_up[0], interview_id="i"),))
    assert mock_questions([*everything, there], count=5, interview_id="i") == (there,)


def test_the_report_names_strengths_first_and_the_advice_that_would_win_most() -> None:
    mock = interview(ASKED[:2])
    first = turn_of(mock, [])
    assert first is not None
    small = Advice(text="small", criterion=CriterionName.STRUCTURE, gain=2, because=())
    large = Advice(text="large", criterion=CriterionName.STRUCTURE, gain=9, because=())
    other = Advice(text="other", criterion=CriterionName.DELIVERY, gain=4, because=())
    one = answered(
        first,
        1,
        score(
            80,
            levels=[(CriterionName.STRUCTURE, 2.0), (CriterionName.DELIVERY, 4.5)],
            advice=[small, other],
        ),
    )
    second = turn_of(mock, [one])
    assert second is not None
    two = answered(
        second,
        2,
        score(
            60,
            levels=[(CriterionName.STRUCTURE, 3.0), (CriterionName.RELEVANCE, 5.0)],
            advice=[large],
        ),
    )
    report = mock_report(mock_answers(mock, {q.id: q for q in ASKED}, [one, two]))
    assert (report.overall, report.scored, report.answered) == (70, 2, 2)
    assert [(found.name, found.level) for found in report.strengths] == [
        (CriterionName.RELEVANCE, 5.0),
        (CriterionName.DELIVERY, 4.5),
    ]
    assert [(found.advice.text, found.attempt) for found in report.work_on] == [
        ("large", two),
        ("other", one),
    ]
    best = report.answers[0].best
    assert best is not None
    assert best.name is CriterionName.DELIVERY


def test_an_interview_without_a_scored_answer_has_no_overall_and_says_how_many_were_answered() -> (
    None
):
    mock = interview()
    first = turn_of(mock, [])
    assert first is not None
    log = [answered(first, 1, status=AttemptStatus.WAITING)]
    report = mock_report(mock_answers(mock, {q.id: q for q in ASKED}, log))
    assert (report.overall, report.scored, report.answered) == (None, 0, 1)
    assert report.strengths == ()

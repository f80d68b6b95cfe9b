"""The roads back as they are kept: a path an interview, private notes that nothing else reads."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from question_bank.interview import Feeling, Interview, Outcome
from question_bank.question import Question
from question_bank.question_shelf import DraftTrip
from tests.practice.conftest import ANSWER, Clock
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.export import export_everything
from voicecoach.interview_progress import interview_progress
from voicecoach.practice import Coach
from voicecoach.recovery import Step, StepState
from voicecoach.retrospect import past_forecasts, past_readiness

SAD = Feeling(word="sad", intensity=4)


def failed(coach: Coach, company: str, day: date, **more: object) -> Interview:
    with coach.bank() as bank:
        return bank.add_interview(
            company=company,
            role="Analyst",
            day=day,
            outcome=more.pop("outcome", Outcome.REJECTED),  # type: ignore[arg-type]
            **more,  # type: ignore[arg-type]
        )


@pytest.fixture
def first(coach: Coach) -> Interview:
    return failed(coach, "Birch & Co", date(2026, 11, 10))


def test_each_failed_interview_begins_a_path_of_its_own(coach: Coach, first: Interview) -> None:
    coach.mark_step(Step.BREATHE)
    second = failed(coach, "Cedar", date(2026, 11, 16))

    path = coach.recovery()
    assert path is not None
    assert path.interview_id == second.id
    assert path.steps[1].state is StepState.LATER
    with coach.reading_roads_back() as roads:
        walked = roads.compare()
    assert [one.name for one in walked] == ["Analyst at Cedar", "Analyst at Birch & Co"]
    assert [one.done for one in walked] == [0, 1]


def test_a_path_begins_where_the_person_says_that_it_went_badly(coach: Coach) -> None:
    waiting = failed(coach, "Cedar", date(2026, 11, 16), outcome=Outcome.WAITING)
    assert coach.recovery() is None
    with coach.reading_roads_back() as roads:
        assert roads.without_path() == (waiting,)

    with coach.roads_back() as roads:
        roads.begin(waiting.id)
    path = coach.recovery()
    assert path is not None
    assert path.interview_id == waiting.id


def test_no_path_begins_before_the_interview(coach: Coach) -> None:
    ahead = failed(coach, "Alder", date(2026, 12, 9), outcome=Outcome.UPCOMING)
    with coach.roads_back() as roads, pytest.raises(InvalidInputError, match="still to come"):
        roads.begin(ahead.id)


def test_a_step_can_be_left_out_and_taken_up_again_with_its_note(
    coach: Coach, first: Interview
) -> None:
    with coach.roads_back() as roads:
        roads.mark(Step.MOVE, StepState.SKIPPED, note="my knee")
    with coach.roads_back() as roads:
        reopened = roads.mark(Step.MOVE, StepState.LATER)
        assert reopened.steps[3].state is StepState.LATER
        assert roads.notes(first.id)[Step.MOVE] == "my knee"
    with coach.roads_back() as roads:
        roads.mark(Step.MOVE, StepState.DONE, note="")
        assert roads.notes(first.id)[Step.MOVE] == ""


def test_check_ins_are_kept_in_order_and_gone_when_deleted(
    coach: Coach, first: Interview, clock: Clock
) -> None:
    with coach.roads_back() as roads:
        one = roads.check_in([SAD, Feeling(word="Sad", intensity=1)], note="It rained.")
    clock.wait(days=1)
    with coach.roads_back() as roads:
        two = roads.check_in([Feeling(word="calm", intensity=2)])
    with coach.roads_back() as roads:
        assert roads.check_ins.of_interview(first.id) == (one, two)
        assert one.feelings == (SAD,), "a word said twice counts once"
        roads.delete_check_in(one.id)
        assert roads.check_ins.of_interview(first.id) == (two,)
        with pytest.raises(NotFoundError):
            roads.delete_check_in(one.id)


def test_what_can_not_be_kept_is_refused_in_words(coach: Coach, first: Interview) -> None:
    for feelings in ([], [Feeling(word="sad")], [Feeling(word="sad", intensity=6)]):
        with coach.roads_back() as roads, pytest.raises(InvalidInputError):
            roads.check_in(feelings, note=" ")
    for kind, minutes, before in (
        ("walk", 0, None),
        ("walk", 601, None),
        ("walk", 20, 6),
        (" ", 20, 1),
    ):
        with coach.roads_back() as roads, pytest.raises(InvalidInputError):
            roads.move(kind, minutes, before=before)


def test_a_note_leaves_only_where_it_may(coach: Coach, first: Interview) -> None:
    with coach.roads_back() as roads:
        roads.check_in([SAD], note="for nobody")
    with coach.roads_back() as roads:
        roads.check_in([SAD], note="for my friend", note_may_leave=True)

    assert b"for my friend" in exported(coach)
    assert b"for nobody" not in exported(coach)
    assert b"for nobody" in exported(coach, private_notes=True)


def exported(coach: Coach, *, private_notes: bool = False) -> bytes:
    """Everything in an archive, unpacked."""
    pieces = export_everything(coach, private_notes=private_notes)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    return b"".join(archive.read(name) for name in archive.namelist())


def test_an_interview_takes_its_records_with_it(coach: Coach, first: Interview) -> None:
    with coach.roads_back() as roads:
        roads.check_in([SAD])
        roads.move("walk", 20, before=2, after=4)
        roads.begin(first.id)
    with coach.bank() as bank:
        bank.delete_interview(first.id)
    with coach.reading_roads_back() as roads:
        assert roads.check_ins.of_interview(first.id) == ()
        assert roads.movements.every() == ()
        assert roads.steps.begun() == {}


def test_nothing_that_scores_plans_or_forecasts_reads_how_somebody_felt(
    coach: Coach, question: Question, first: Interview
) -> None:
    with coach.roads_back() as roads:
        roads.check_in([SAD], note="for nobody")
    read: list[str] = []
    event.listen(
        coach.database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: read.append(statement),
    )
    attempt = coach.begin(question.id, typed=True)
    coach.answer_typed(attempt.id, " ".join(ANSWER))
    coach.result(coach.attempt(attempt.id))
    coach.readiness()
    coach.plan()
    coach.next_questions()
    with coach.mocks() as mocks:
        mocks.report(mocks.start(1))
    with coach.reading_standing() as standing:
        past_readiness(standing)
        past_forecasts(standing)
        interview_progress(standing)
    assert len(read) > 20
    assert not [one for one in read if "feeling_check_ins" in one]


def test_progress_is_told_from_interview_to_interview(
    coach: Coach, question: Question, clock: Clock, answer: Callable[[], str]
) -> None:
    failed(coach, "Birch & Co", date(2026, 11, 10))
    for _ in range(2):
        answer()
        clock.wait(days=1)
    typed = coach.begin(question.id, typed=True)
    coach.answer_typed(typed.id, " ".join(ANSWER))
    failed(coach, "Cedar", clock.moment.date())
    clock.wait(days=2)

    with coach.reading_standing() as standing:
        progress = interview_progress(standing)
        now = standing.readiness()
    before, between, since = progress.figures
    assert (before.readiness, before.mastered, before.practice.answers) == (None, 0, 0)
    assert (between.practice.answers, since.practice.answers) == (3, 0)
    assert between.practice.coverage is not None
    assert 0 <= between.practice.coverage <= 1
    assert between.practice.fillers_per_minute is None, "two spoken answers are too few"
    assert since.practice.coverage is None
    assert since.name == "Now"
    assert since.day == clock.moment.date()
    assert (since.readiness, since.low, since.high) == (now.share, now.low, now.high)
    assert progress.words == (), "nothing certain has changed"


def test_a_question_that_went_well_on_three_days_is_said_to_have(
    coach: Coach, question: Question, clock: Clock
) -> None:
    failed(coach, "Birch & Co", date(2026, 11, 10))
    with coach.bank() as bank:
        bank.note_trip(question.id, DraftTrip(how="I rambled."))
        outline = bank.get_outline(question.id)
        assert outline is not None
        bank.set_outline(question.id, [])
    for _ in range(3):
        attempt = coach.begin(question.id, typed=True)
        coach.answer_typed(attempt.id, " ".join(ANSWER))
        clock.wait(days=1)
    with coach.reading_standing() as standing:
        good = [state.good_days for state in standing.states(standing.horizon()).values()]
        progress = interview_progress(standing)
    assert progress.figures[-1].mastered == sum(days >= 3 for days in good)
    said = "Since Analyst at Birch & Co, 1 more question has gone well on three days."
    assert (said in progress.words) == (good == [3])
    assert progress.figures[0].day + timedelta(days=11) == progress.figures[-1].day

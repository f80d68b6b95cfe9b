"""The seven steps as one path: where you are, what is next, and nothing invented."""

from datetime import date

import pytest

from question_bank.interview import Feeling, Interview, Outcome
from tests.rehearsals import MONDAY, at_day
from voicecoach.recovery import (
    SUPPORT,
    PracticeFacts,
    RecoveryPath,
    Step,
    StepRecord,
    StepState,
    recovery_path,
)

INTERVIEW = Interview(
    id="i1",
    company="Acme",
    role="Engineer",
    day=date(2026, 2, 27),
    outcome=Outcome.REJECTED,
    created_at=MONDAY,
)
NOTHING_YET = PracticeFacts()


def record(step: Step, *, day: float = 0, skipped: bool = False, of: str = "i1") -> StepRecord:
    return StepRecord(
        id=f"{step}@{day}", interview_id=of, step=step, skipped=skipped, recorded_at=at_day(day)
    )


def states(path: RecoveryPath) -> list[StepState]:
    return [step.state for step in path.steps]


def test_has_seven_steps_each_with_something_to_do() -> None:
    path = recovery_path(INTERVIEW, [], NOTHING_YET)

    assert [step.title for step in path.steps] == [
        "Let yourself be upset",
        "Breathe",
        "Get feedback",
        "Move",
        "See the positives",
        "Make a plan",
        "Don't give up",
    ]
    assert all(step.sentence and step.to_do for step in path.steps)
    assert all(step.verb.startswith("voicecoach ") for step in path.steps)
    assert path.heading == "The road back from Engineer at Acme, 27 February 2026"
    assert path.support == SUPPORT


def test_begins_with_the_first_step() -> None:
    path = recovery_path(INTERVIEW, [], NOTHING_YET)

    assert states(path) == [StepState.NEXT, *[StepState.LATER] * 6]
    assert path.next_step == path.steps[0]


def test_done_and_skipped_lead_to_the_next() -> None:
    path = recovery_path(
        INTERVIEW, [record(Step.FEEL), record(Step.BREATHE, skipped=True)], NOTHING_YET
    )

    assert states(path)[:4] == [
        StepState.DONE,
        StepState.SKIPPED,
        StepState.NEXT,
        StepState.LATER,
    ]


def test_steps_may_be_taken_in_any_order() -> None:
    path = recovery_path(INTERVIEW, [record(Step.MOVE)], NOTHING_YET)

    assert path.next_step is not None
    assert path.next_step.step is Step.FEEL
    assert states(path)[3] is StepState.DONE


@pytest.mark.parametrize("backwards", [False, True])
def test_the_newest_word_about_a_step_counts(backwards: bool) -> None:
    records = [record(Step.FEEL, skipped=True), record(Step.FEEL, day=1)]
    path = recovery_path(INTERVIEW, records[::-1] if backwards else records, NOTHING_YET)

    assert states(path)[0] is StepState.DONE


def test_each_interview_has_a_path_of_its_own() -> None:
    path = recovery_path(INTERVIEW, [record(Step.FEEL, of="another")], NOTHING_YET)

    assert states(path)[0] is StepState.NEXT


def test_what_the_debrief_and_the_log_show_need_not_be_said_again() -> None:
    told = Interview(
        id="i1",
        company="Acme",
        role="Engineer",
        day=None,
        outcome=Outcome.REJECTED,
        created_at=MONDAY,
        feelings=(Feeling(word="ashamed", intensity=4),),
        went_well=("the small talk",),
        could_answer_better=("conflict",),
        feedback_received="Too little detail.",
        lessons=("Bring numbers.",),
    )
    facts = PracticeFacts(rehearsals=2, outlined=2, tripped_up=2)
    path = recovery_path(told, [record(Step.BREATHE), record(Step.MOVE, skipped=True)], facts)

    assert path.next_step is None
    assert [step.seen for step in path.steps] == [
        "ashamed",
        "",
        "feedback noted",
        "",
        "2 noted",
        "2 of 2 questions outlined",
        "1 kept for next time, 2 rehearsals",
    ]


def test_a_half_made_plan_is_not_done() -> None:
    path = recovery_path(INTERVIEW, [], PracticeFacts(outlined=1, tripped_up=3))

    assert path.steps[5].state is StepState.LATER
    assert path.steps[5].seen == "1 of 3 questions outlined"

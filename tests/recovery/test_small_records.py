"""Check-ins, perspective, movement and paths side by side: put in order, never interpreted."""

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.interview import Feeling, Interview, Outcome
from tests.rehearsals import MONDAY, at_day
from voicecoach.feelings import (
    FEELING_GROUPS,
    MOST_SHOWN,
    MOST_WORDS,
    CheckIn,
    feeling_picture,
)
from voicecoach.lessons import kept_lessons
from voicecoach.movement import ENOUGH, Movement, movement_summary
from voicecoach.path_comparison import compare_paths
from voicecoach.perspective import (
    FIRST,
    FIRST_WITH_FEEDBACK,
    NO_DECISION,
    SEVERAL,
    SEVERAL_WITH_FEEDBACK,
    perspective,
)
from voicecoach.recovery import (
    PracticeFacts,
    Step,
    StepRecord,
    StepState,
    has_path,
    recovery_path,
)

TODAY = date(2026, 3, 10)


def interview(
    outcome: Outcome = Outcome.REJECTED,
    *,
    day: date | None = date(2026, 3, 2),
    could_answer_better: tuple[str, ...] = (),
    lessons: tuple[str, ...] = (),
) -> Interview:
    return Interview(
        id="i",
        company="Birch",
        role="Clerk",
        day=day,
        outcome=outcome,
        created_at=MONDAY,
        could_answer_better=could_answer_better,
        lessons=lessons,
    )


def check_in(day: float, **felt: int) -> CheckIn:
    return CheckIn(
        id=f"c{day}",
        interview_id="i",
        at=at_day(day),
        feelings=tuple(Feeling(word=word, intensity=level) for word, level in felt.items()),
    )


def moved(before: int | None = None, after: int | None = None) -> Movement:
    return Movement(
        id="m", interview_id="i", at=MONDAY, kind="walk", minutes=20, before=before, after=after
    )


class TestFeelings:
    def test_no_word_is_offered_twice(self) -> None:
        words = [word for group in FEELING_GROUPS.values() for word in group]
        assert len(words) == len(set(words))

    def test_check_ins_stand_side_by_side_the_oldest_first(self) -> None:
        picture = feeling_picture([check_in(2, sad=2, hopeful=3), check_in(0, Sad=5, tired=4)])

        assert picture.times == (at_day(0), at_day(2))
        rows = {row.word: row.intensities for row in picture.rows}
        assert rows == {"Sad": (5, 2), "tired": (4, None), "hopeful": (None, 3)}

    @given(
        st.lists(
            st.dictionaries(st.sampled_from("abcdefghijklmno"), st.integers(1, 5)), max_size=14
        )
    )
    def test_the_picture_shows_what_was_said_and_nothing_else(
        self, said: list[dict[str, int]]
    ) -> None:
        picture = feeling_picture([check_in(day, **felt) for day, felt in enumerate(said)])

        newest = said[-MOST_SHOWN:]
        assert len(picture.times) == len(newest)
        assert len(picture.rows) + picture.left_out == len({word for one in newest for word in one})
        assert len(picture.rows) <= MOST_WORDS
        for row in picture.rows:
            assert row.intensities == tuple(one.get(row.word) for one in newest)


@pytest.mark.parametrize(
    ("rejections", "rejected", "feedback", "sentence"),
    [
        (1, True, False, FIRST),
        (1, True, True, FIRST_WITH_FEEDBACK),
        (3, True, False, SEVERAL),
        (2, True, True, SEVERAL_WITH_FEEDBACK),
        (2, False, False, NO_DECISION),
    ],
)
def test_perspective_is_chosen_by_what_is_known(
    rejections: int, rejected: bool, feedback: bool, sentence: str
) -> None:
    assert perspective(rejections=rejections, rejected=rejected, feedback=feedback) == sentence


class TestMovement:
    def test_nothing_is_compared_before_there_is_enough(self) -> None:
        few = [moved(1, 5)] * (ENOUGH - 1)
        assert movement_summary(few).sentence == "You moved twice, 40 minutes in all."

    def test_what_the_own_records_show_is_said_plainly(self) -> None:
        summary = movement_summary([moved(2, 4), moved(3, 4), moved(3, 3), moved(4, 5)])
        assert summary.sentence == (
            "You moved 4 times, 80 minutes in all; after it you felt better 3 times."
        )

    def test_feeling_worse_is_not_left_out(self) -> None:
        summary = movement_summary([moved(4, 2), moved(2, 4), moved(3, 3), moved()])
        assert summary.sentence == (
            "You moved 4 times, 80 minutes in all; after it you felt better once of the 3 times "
            "you noted it, worse once."
        )

    def test_nothing_logged_says_nothing(self) -> None:
        assert movement_summary([]).sentence == ""

    levels = st.one_of(st.none(), st.integers(1, 5))

    @given(st.lists(st.tuples(levels, levels)))
    def test_better_and_worse_never_count_more_than_was_compared(
        self, said: list[tuple[int | None, int | None]]
    ) -> None:
        summary = movement_summary([moved(*pair) for pair in said])
        assert summary.better + summary.worse <= summary.compared <= summary.times == len(said)


class TestPaths:
    @pytest.mark.parametrize(
        ("one", "said_so", "tripped_up", "begins"),
        [
            (interview(), False, 0, True),
            (interview(Outcome.WAITING), False, 0, False),
            (interview(Outcome.WAITING), True, 0, True),
            (interview(Outcome.WAITING), False, 2, True),
            (interview(Outcome.WITHDRAWN, could_answer_better=("pay",)), False, 0, True),
            (interview(Outcome.OFFERED), False, 2, False),
            (interview(Outcome.OFFERED), True, 0, True),
            (interview(Outcome.UPCOMING, day=TODAY), True, 2, False),
            (interview(Outcome.UPCOMING), False, 1, True),
        ],
    )
    def test_a_path_begins_where_it_went_badly(
        self, one: Interview, said_so: bool, tripped_up: int, begins: bool
    ) -> None:
        assert has_path(one, today=TODAY, said_so=said_so, tripped_up=tripped_up) is begins

    def test_a_reopened_step_stands_as_the_log_shows_it(self) -> None:
        skipped = word(Step.MOVE, day=1, skipped=True)
        again = word(Step.MOVE, day=2, reopened=True)

        path = recovery_path(interview(), [skipped, again], PracticeFacts())
        assert path.steps[3].state is StepState.LATER
        shown = recovery_path(interview(), [skipped, again], PracticeFacts(moved=2))
        assert shown.steps[3].state is StepState.DONE
        assert shown.steps[3].seen == "moved twice"
        assert not shown.steps[3].said

    def test_paths_stand_side_by_side_with_what_was_done_how_soon(self) -> None:
        one = interview(lessons=("Sleep first",))
        records = [word(Step.BREATHE, day=1), word(Step.FEEDBACK, day=6, skipped=True)]
        path = recovery_path(
            one, records, PracticeFacts(check_ins=1, first_at={Step.FEEL: at_day(0)})
        )

        (walked,) = compare_paths([(one, path)], zone=UTC)
        assert {step.step: step.days for step in walked.steps if step.days is not None} == {
            Step.FEEL: 0,
            Step.BREATHE: 1,
            Step.FEEDBACK: 6,
        }
        assert (walked.done, walked.skipped, walked.days_walked) == (2, 1, 6)
        assert (walked.name, walked.began) == ("Clerk at Birch", date(2026, 3, 2))
        assert walked.lessons == ("Sleep first",)


def word(step: Step, *, day: float, skipped: bool = False, reopened: bool = False) -> StepRecord:
    return StepRecord(
        id=f"{step}{day}",
        interview_id="i",
        step=step,
        skipped=skipped,
        recorded_at=at_day(day),
        reopened=reopened,
    )


def test_only_interviews_that_taught_something_are_shown_before_the_next() -> None:
    taught = interview(lessons=("Sleep first",))
    assert [one.lessons for one in kept_lessons([interview(), taught])] == [("Sleep first",)]

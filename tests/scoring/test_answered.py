"""Follow-ups: whether their answers give what was asked for, as far as that can be told.

The examples were written for this by the team that wrote the rules.
"""

import pytest

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import spoken
from voicecoach.scoring.answered import measure_answered, point_asked_for
from voicecoach.scoring.evidence import Absence, Quote
from voicecoach.scoring.follow_up import RESULT_ASKED, ask_for_point
from voicecoach.scoring.result import CriterionName, Score
from voicecoach.scoring.score import score_answer

TOLD = spoken(
    "On a Monday in March our overnight load failed. I had to tell the client before nine. I "
    "called her and I told her plainly that the figures were wrong. Then I built her figures by "
    "hand."
)
RESULTS = (
    "In the end we saved forty hours a month.",
    "The client stayed and renewed her contract.",
    "It worked, and nobody complained after that.",
    "Forty hours a month saved.",
    "We lost the customer, but the next delivery came on time.",
    "The complaints fell by a third.",
    "As a result my manager rolled it out to the other shops.",
    "They were happy with it and asked me to do the next one, too.",
    "The backlog was gone by Friday.",
    "Well, the audit passed without a finding.",
)
NO_RESULTS = (
    "I called the client at eight and told her the figures were wrong.",
    "I always try to be honest with people.",
    "That is a good question, I have not thought about it much.",
    "I made a plan and I asked two colleagues to help.",
)


@pytest.mark.parametrize("said", RESULTS)
def test_a_result_given_in_answer_to_the_follow_up_is_found_and_quoted(said: str) -> None:
    answer = spoken(said)
    found = measure_answered(RESULT_ASKED, answer, QuestionKind.BEHAVIOURAL, TOLD)
    assert found is not None
    assert found.given
    for piece in found.evidence:
        assert isinstance(piece, Quote)
        assert piece.quote in answer.text


@pytest.mark.parametrize("said", NO_RESULTS)
def test_an_answer_without_the_result_is_told_to_lack_it(said: str) -> None:
    found = measure_answered(RESULT_ASKED, spoken(said), QuestionKind.BEHAVIOURAL, TOLD)
    assert found is not None
    assert not found.given
    assert isinstance(found.evidence[0], Absence)


def test_what_can_not_be_told_is_not_judged() -> None:
    said, kind = spoken("I wrote the script and tested it."), QuestionKind.BEHAVIOURAL
    assert measure_answered("What was your own part in that?", said, kind, TOLD) is None
    assert measure_answered(RESULT_ASKED, said, kind, None) is None


def test_a_follow_up_about_a_point_asks_for_that_point_alone() -> None:
    outline = Outline(
        question_id="q",
        version=3,
        points=(
            Point(id="1", text="I phoned her before the meeting", part=None, weight=1),
            Point(id="2", text="She renewed the contract", part=None, weight=2),
        ),
    )
    alone = point_asked_for(ask_for_point("She renewed the contract"), outline)
    assert alone is not None
    assert [point.id for point in alone.points] == ["2"]
    assert alone.version == 3
    assert point_asked_for(RESULT_ASKED, outline) is None
    assert point_asked_for(ask_for_point("A point since reworded"), outline) is None


def test_relevance_of_a_follow_up_is_whether_it_gives_what_was_asked_for() -> None:
    def judged(said: str) -> Score:
        found = score_answer(
            transcript=spoken(said),
            sound=None,
            question_text=RESULT_ASKED,
            kind=QuestionKind.BEHAVIOURAL,
            target_seconds=120,
            outline=None,
            other_questions=(),
            encoder=None,
            encoder_name=None,
            expected_language="en",
            follow_up=True,
            follows=TOLD,
        )
        assert isinstance(found, Score)
        return found

    given, missing = judged(RESULTS[0]), judged(NO_RESULTS[3])
    levels = [
        next(one.level for one in score.criteria if one.name is CriterionName.RELEVANCE)
        for score in (given, missing)
    ]
    assert levels == [5, 1]
    assert not any(one.criterion is CriterionName.RELEVANCE for one in given.advice)
    (advice,) = [one for one in missing.advice if one.criterion is CriterionName.RELEVANCE]
    assert RESULT_ASKED.rstrip("?") in advice.text
    assert advice.because

"""What a mock interview leaves for the bank: questions it raised that are worth practising. Pure.

The follow-ups that were asked, each as a question of its own, and the outline points that no answer
has made yet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from question_bank.limits import LONGEST_QUESTION
from question_bank.question import QuestionKind
from voicecoach.mock_interview import MockAnswer
from voicecoach.scoring.follow_up import ask_for_point, asks_again
from voicecoach.scoring.result import PointCoverage, PointState, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A question that could be added. `key` tells it from the others of its interview.

    `why` says where it comes from, `point` is the outline point it asks for ("" for none), `near`
    are questions of the bank that are nearly the same.
    """

    key: str
    text: str
    kind: QuestionKind
    competency: str
    why: str
    point: str = ""
    near: tuple[str, ...] = ()


def additions(
    answers: Sequence[MockAnswer],
    *,
    scores: Mapping[str, Sequence[Score]],
    near: Callable[[str], Sequence[tuple[str, str]]],
    known: Callable[[str], bool],
) -> tuple[Addition, ...]:
    """Return what an interview raised, in the order of its questions.

    Args:
        answers: the interview's questions with their answers.
        scores: every score of the answers to each question, by its id.
        near: the (id, text) of questions in the bank that a wording is nearly the same as.
        known: whether the bank has a question already.
    """
    found: dict[str, Addition] = {}
    for answer in answers:
        for one in _raised_by(answer, scores.get(answer.question.id, ())):
            if len(one.text) > LONGEST_QUESTION or known(one.text):
                continue
            # It begins with its own question, so that one is always near.
            others = tuple(text for key, text in near(one.text) if key != answer.question.id)
            found.setdefault(one.text, replace(one, near=others))
    return tuple(found.values())


def _raised_by(answer: MockAnswer, scores: Sequence[Score]) -> list[Addition]:
    question, planned = answer.question, answer.planned
    if planned.closing or answer.attempt is None:
        return []
    raised = [
        Addition(
            key=f"point-{planned.number}-{point.point_id}",
            text=f"{question.text} {ask_for_point(point.text)}",
            kind=question.kind,
            competency=question.competency,
            why=f"No answer of yours has made this point: {point.text}",
            point=point.text,
        )
        for point in _never_heard(scores)
    ]
    asked = _follow_up(answer)
    if asked is not None and not any(one.text.endswith(asked) for one in raised):
        raised.insert(
            0,
            Addition(
                key=f"follow-up-{planned.number}",
                text=f"{question.text} {asked}",
                kind=question.kind,
                competency=question.competency,
                why="It was asked when you had answered.",
            ),
        )
    return raised


def _follow_up(answer: MockAnswer) -> str | None:
    """Return the follow-up that was asked; None where it was the question itself once more."""
    asked: str | None = None
    if answer.follow_up is not None:
        asked = answer.follow_up.asked
    elif answer.planned.follow_up_passed and answer.attempt is not None and answer.attempt.score:
        asked = answer.attempt.score.follow_up
    return None if asked is None or asks_again(asked, answer.question.text) else asked


def _never_heard(scores: Sequence[Score]) -> list[PointCoverage]:
    """Return the points of the newest outline that no answer has made, not even partly."""
    covered = [
        {point.text: point for criterion in score.criteria for point in criterion.points}
        for score in scores
    ]
    covered = [points for points in covered if points]
    if not covered:
        return []
    return [
        point
        for text, point in covered[-1].items()
        if all(
            text not in points or points[text].state is PointState.NOT_HEARD for points in covered
        )
    ]

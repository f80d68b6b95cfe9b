"""The follow-up question an interviewer would ask, chosen from what was missing."""

from collections.abc import Callable
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.evidence import Evidence
from voicecoach.scoring.findings import Findings, in_marks
from voicecoach.scoring.own_part import ANOTHER_OWN_ACTION, ENOUGH, OWN_ACTION
from voicecoach.scoring.result import PointState
from voicecoach.scoring.structure import A_RESULT, ANY_STORY
from voicecoach.scoring.vocabulary import word_set

FollowUp = tuple[str, tuple[Evidence, ...]]

_QUESTION_WORDS: Final = word_set("what how why who when where which whether")
_STORY_KINDS: Final = frozenset({QuestionKind.BEHAVIOURAL, QuestionKind.SITUATIONAL})
_SPECIFIC_ENOUGH: Final = 3
"""From this specificity level on nobody asks for a number."""

RESULT_ASKED: Final = "What was the result?"

_COME_BACK: Final = "Let me come back to my question: "


def ask_follow_up(findings: Findings) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the follow-up question and the evidence for it; None where nothing is missing.

    Stories are asked first for their result, the speaker's own part, a number, then for outline
    points not heard; other questions first for the points. An answer to another question is asked
    the first question again. Questions to ask them have no follow-up.
    """
    if findings.kind is QuestionKind.TO_ASK:
        return None, ()
    in_order: list[Callable[[Findings], FollowUp | None]] = (
        [_back_to_the_question, _story, _result, _own_part, _number, _missed_point]
        if findings.kind in _STORY_KINDS
        else [_back_to_the_question, _missed_point, _example]
    )
    for ask in in_order:
        asked = ask(findings)
        if asked is not None:
            return asked
    return None, ()


def asks_again(follow_up: str, question_text: str) -> bool:
    """Tell whether a follow-up is the question itself once more: then it wants a whole answer."""
    return follow_up == _COME_BACK + question_text


def _back_to_the_question(findings: Findings) -> FollowUp | None:
    relevance = findings.relevance
    if relevance is None or not relevance.clearly_other:
        return None
    return (
        _COME_BACK + findings.question_text,
        findings.content.restore_all(relevance.evidence),
    )


def _story(findings: Findings) -> FollowUp | None:
    """Ask for an example where there is none, and for the speaker's part where nothing is done."""
    structure = findings.structure
    if structure.actions or structure.results or findings.kind is QuestionKind.SITUATIONAL:
        return None
    if not structure.settings:
        return "Can you give me an example of a time you did that?", (findings.missing(ANY_STORY),)
    evidence = (findings.quote(structure.settings[-1].clause), findings.missing(OWN_ACTION))
    return "What was your own part in that?", evidence


def _result(findings: Findings) -> FollowUp | None:
    if findings.structure.results:
        return None
    evidence = (
        *(findings.quote(told.clause) for told in findings.structure.actions[-1:]),
        findings.missing(A_RESULT),
    )
    if findings.kind is QuestionKind.SITUATIONAL:
        return "How would you know that it had worked?", evidence
    return RESULT_ASKED, evidence


def _own_part(findings: Findings) -> FollowUp | None:
    """Ask for the speaker's own part where it is lost among what was done together."""
    own, shared = findings.own_part.own, findings.own_part.shared
    if len(own) >= ENOUGH or (own and len(shared) <= len(own)):
        return None
    evidence = (
        *(findings.quote(told.clause) for told in shared[:1]),
        findings.missing(OWN_ACTION if not own else ANOTHER_OWN_ACTION),
    )
    if findings.kind is QuestionKind.SITUATIONAL:
        return "What would you do yourself?", evidence
    return "What was your own part in that?", evidence


def _number(findings: Findings) -> FollowUp | None:
    if findings.specificity.level >= _SPECIFIC_ENOUGH or (
        findings.kind is QuestionKind.SITUATIONAL
    ):
        return None
    vague = findings.structure.results[-1:] or findings.structure.actions[-1:]
    evidence = (
        *(findings.quote(told.clause) for told in vague),
        *findings.content.restore_all(findings.specificity.evidence),
    )
    return "Can you put a number on it?", evidence


def _example(findings: Findings) -> FollowUp | None:
    if findings.specificity.level >= _SPECIFIC_ENOUGH:
        return None
    return (
        "Can you give me a concrete example?",
        findings.content.restore_all(findings.specificity.evidence),
    )


def _missed_point(findings: Findings) -> FollowUp | None:
    """Ask for the weightiest point that was not heard at all."""
    if findings.outline is None:
        return None
    weights = {point.id: point.weight for point in findings.outline.points}
    missed = sorted(
        (point for point in findings.points if point.state is PointState.NOT_HEARD),
        key=lambda point: -weights[point.point_id],
    )
    if not missed:
        return None
    return ask_for_point(missed[0].text), findings.content.restore_all(missed[0].evidence)


def ask_for_point(point_text: str) -> str:
    """Turn an outline point into a question, in the outline's own words."""
    text = point_text.strip(" .,;:!?")
    first = text.split(maxsplit=1)[0].lower() if text else ""
    if first in _QUESTION_WORDS:
        return f"Can you tell me {text[0].lower()}{text[1:]}?"
    return f"Can you tell me more about this: {in_marks(text)}?"

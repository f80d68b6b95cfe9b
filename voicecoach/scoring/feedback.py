"""What to do next: at most three things, most valuable first, in the person's own words.

Advice quotes the answer, the question and the outline and says nothing of its own that could be
wrong: no figures, no names, no facts. What each piece would win is worked out from the rubric.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.coverage import coverage_level
from voicecoach.scoring.coverage_calibration import worth_of
from voicecoach.scoring.delivery_advice import better_delivery
from voicecoach.scoring.findings import Findings, in_marks
from voicecoach.scoring.next_step import Step
from voicecoach.scoring.result import (
    Advice,
    Criterion,
    CriterionName,
    PointCoverage,
    PointState,
)
from voicecoach.scoring.rubric import (
    HIGHEST_LEVEL,
    MOST_ADVICE,
    OFF_TOPIC_CAP,
    part_of_overall,
)
from voicecoach.scoring.story import StoryClause
from voicecoach.scoring.structure_advice import better_structure

LEAST_GAIN: Final = 0.5
"""What would win less than half a point of 100 is not worth a person's attention."""

MOST_POINTS_NAMED: Final = 2
"""More outline points in one piece of advice are not taken in (a judgement)."""


def advise(
    findings: Findings, criteria: Sequence[Criterion], *, earned: float
) -> tuple[Advice, ...]:
    """Return at most three pieces of advice, the one that would win most first.

    `earned` is the overall before any cap. An answer that belongs to another question gets that
    one piece of advice: nothing else would help while it is capped.
    """
    steps: dict[CriterionName, Callable[[Findings], Step | None]] = {
        CriterionName.RELEVANCE: _nearer_to_the_question,
        CriterionName.COVERAGE: _more_of_the_outline,
        CriterionName.STRUCTURE: better_structure,
        CriterionName.SPECIFICITY: _more_specific,
        CriterionName.OWN_PART: _more_of_ones_own,
        CriterionName.DELIVERY: better_delivery,
    }
    off_topic = findings.relevance is not None and findings.relevance.clearly_other
    cap_loss = max(0.0, earned - OFF_TOPIC_CAP) if off_topic else 0.0
    advice: list[Advice] = []
    for criterion in criteria:
        if criterion.level is None or (off_topic and criterion.name is not CriterionName.RELEVANCE):
            continue
        step = steps[criterion.name](findings)
        if step is None:
            continue
        gain = part_of_overall(step.level, criterion.weight) - part_of_overall(
            criterion.level, criterion.weight
        )
        advice.append(
            Advice(
                text=step.text,
                criterion=criterion.name,
                gain=round(gain + cap_loss, 1),
                because=step.because,
            )
        )
    worthwhile = [piece for piece in advice if piece.gain >= LEAST_GAIN]
    return tuple(sorted(worthwhile, key=lambda piece: -piece.gain)[:MOST_ADVICE])


def _nearer_to_the_question(findings: Findings) -> Step | None:
    answered = findings.answered
    if answered is not None and not answered.given:
        text = f"You were asked for one thing, so begin with it: {in_marks(findings.question_text)}"
        return Step(text, HIGHEST_LEVEL, findings.content.restore_all(answered.evidence))
    relevance = findings.relevance
    if relevance is None or relevance.level >= HIGHEST_LEVEL - 1:
        return None
    question = in_marks(findings.question_text)
    if relevance.clearly_other:
        text = (
            "This answer fits another of your questions better than the one you were asked. "
            f"Begin with words from this one: {question}"
        )
    else:
        text = (
            "It is not quite clear that this answers the question. "
            f"Take up its words in your first sentence: {question}"
        )
    return Step(text, HIGHEST_LEVEL - 1, findings.content.restore_all(relevance.evidence))


# Coverage


def _more_of_the_outline(findings: Findings) -> Step | None:
    outline = findings.outline
    if outline is None or not findings.points:
        return None
    cut_points = findings.cut_points
    weights = {point.id: point.weight for point in outline.points}
    missed = sorted(
        (point for point in findings.points if point.state is not PointState.SAID),
        key=lambda point: -weights[point.point_id] * (1 - worth_of(point, cut_points)),
    )
    now = level = coverage_level(findings.points, outline, cut_points)
    mended: list[PointCoverage] = []
    for point in missed:
        mended.append(point)
        level = coverage_level(_with_said(findings.points, mended), outline, cut_points)
        if math.floor(level) > math.floor(now):
            break
    if level == now:
        return None
    named = mended[:MOST_POINTS_NAMED]
    return Step(
        " ".join(_about(point) for point in named),
        level,
        tuple(piece for point in named for piece in findings.content.restore_all(point.evidence)),
    )


def _with_said(
    points: Sequence[PointCoverage], mended: Sequence[PointCoverage]
) -> tuple[PointCoverage, ...]:
    ids = {point.point_id for point in mended}
    return tuple(
        replace(point, state=PointState.SAID) if point.point_id in ids else point
        for point in points
    )


_GUARDED: Final = {
    "list": "You only listed the words of {point}. Say it in a sentence.",
    "negation": "You spoke of {point} in the negative. Say plainly what was the case.",
    "future": "You spoke of {point} as something still to come. Say what was done already.",
    "conditional": "You spoke of {point} as something that might be. Say what was done.",
    "other_person": "You told {point} as somebody else's doing. Say what you did yourself.",
    "recited": "You read {point} out from your outline. Tell it in your own words.",
    "number": "The figure you gave for {point} is not the one in your outline. Check it.",
    "shared": "The same words stood for {point} and for other points. Say it in words of its own.",
}


def _about(point: PointCoverage) -> str:
    text = in_marks(point.text)
    if point.guard is not None and point.guard in _GUARDED:
        return _GUARDED[point.guard].format(point=text)
    if point.state is PointState.PARTLY:
        return f"You only touched on {text}. Say it in full."
    return f"You did not get to {text}. Give it a sentence."


# Specificity and own part


def _more_specific(findings: Findings) -> Step | None:
    specificity = findings.specificity
    if specificity.level >= HIGHEST_LEVEL:
        return None
    next_level = specificity.level + (2 if findings.kind is QuestionKind.TO_ASK else 1)
    vague = next(iter(_without_specifics(findings)), None)
    evidence = findings.content.restore_all(specificity.evidence)
    if vague is None:
        text = (
            "Ask about something particular: a team, a task or a time of theirs."
            if findings.kind is QuestionKind.TO_ASK
            else "Add a figure, a name, a date or a before and after."
        )
        return Step(text, next_level, evidence)
    quote = findings.quote(vague.clause)
    concrete = "concrete with a figure, a name, a date or a before and after."
    return Step(f"Make {in_marks(quote.quote)} {concrete}", next_level, (quote, *evidence))


def _without_specifics(findings: Findings) -> Iterator[StoryClause]:
    """Yield results, actions and settings that hold no specific, the most telling first."""
    structure = findings.structure
    taken = {
        index
        for specific in findings.specificity.specifics
        for index in range(specific.first_word, specific.last_word + 1)
    }
    for told in (*structure.results, *structure.actions, *structure.settings):
        if not taken & set(range(told.clause.first_word, told.clause.last_word + 1)):
            yield told


def _more_of_ones_own(findings: Findings) -> Step | None:
    own_part = findings.own_part
    if own_part.level >= HIGHEST_LEVEL:
        return None
    evidence = findings.content.restore_all(own_part.evidence)
    if own_part.own:
        quote = findings.quote(own_part.own[0].clause)
        return Step(
            f"{in_marks(quote.quote)} is your own part. Add something else you did or decided "
            "yourself.",
            own_part.level + 1,
            (quote, *evidence),
        )
    if own_part.shared:
        quote = findings.quote(own_part.shared[0].clause)
        return Step(
            f"You said {in_marks(quote.quote)}. Add which part of it was yours.",
            3,
            (quote, *evidence),
        )
    return Step("Say what you did yourself.", 3, evidence)

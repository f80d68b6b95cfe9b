"""What to do next: at most three things, most valuable first, in the person's own words.

Advice quotes the answer, the question and the outline and says nothing of its own that could be
wrong: no figures, no names, no facts. What each piece would win is worked out from the rubric.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.coverage import coverage_level
from voicecoach.scoring.coverage_calibration import worth_of
from voicecoach.scoring.evidence import Evidence, Measurement, Quote
from voicecoach.scoring.findings import Findings, in_marks
from voicecoach.scoring.result import (
    Advice,
    Criterion,
    CriterionName,
    Measure,
    PointCoverage,
    PointState,
)
from voicecoach.scoring.rubric import (
    HIGHEST_LEVEL,
    LENGTH,
    MOST_ADVICE,
    OFF_TOPIC_CAP,
    PACE,
    DeliveryMeasure,
    part_of_overall,
)
from voicecoach.scoring.story import StoryClause
from voicecoach.scoring.structure import (
    A_RESULT,
    AN_ACTION,
    ANOTHER_ACTION,
    ANY_STORY,
    PROOF_OF_RESULT,
    SEVERAL,
)

LEAST_GAIN: Final = 0.5
"""What would win less than half a point of 100 is not worth a person's attention."""

MOST_POINTS_NAMED: Final = 2
"""More outline points in one piece of advice are not taken in (a judgement)."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A way to a higher level: the words, the level reached, and the evidence behind it."""

    text: str
    level: float
    because: tuple[Evidence, ...]


def advise(
    findings: Findings, criteria: Sequence[Criterion], *, earned: float
) -> tuple[Advice, ...]:
    """Return at most three pieces of advice, the one that would win most first.

    `earned` is the overall before any cap. An answer that belongs to another question gets that
    one piece of advice: nothing else would help while it is capped.
    """
    steps: dict[CriterionName, Callable[[Findings], _Step | None]] = {
        CriterionName.RELEVANCE: _nearer_to_the_question,
        CriterionName.COVERAGE: _more_of_the_outline,
        CriterionName.STRUCTURE: _better_structure,
        CriterionName.SPECIFICITY: _more_specific,
        CriterionName.OWN_PART: _more_of_ones_own,
        CriterionName.DELIVERY: _better_delivery,
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


def _nearer_to_the_question(findings: Findings) -> _Step | None:
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
    return _Step(text, HIGHEST_LEVEL - 1, findings.content.restore_all(relevance.evidence))


# Coverage


def _more_of_the_outline(findings: Findings) -> _Step | None:
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
    return _Step(
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


# Structure


def _better_structure(findings: Findings) -> _Step | None:
    structure = findings.structure
    supposed = findings.kind is QuestionKind.SITUATIONAL
    if not (structure.acted or structure.settings or structure.results):
        text = (
            "Say what you would do, step by step, and how you would know that it worked."
            if supposed
            else "Tell of something that happened: what it was, what you did, what came of it."
        )
        return _Step(text, 3, (findings.missing(ANY_STORY),))
    if not structure.acted:
        return _Step(
            f"{_setting(findings)}Say what you {'would do' if supposed else 'did'} then, "
            "step by step.",
            3,
            (*_quotes(findings, structure.settings[:1]), findings.missing(AN_ACTION)),
        )
    if not structure.results:
        return _missing_result(findings, supposed=supposed)
    if structure.steps < SEVERAL:
        told = structure.actions[:1] or structure.results[:1]
        quote = findings.quote(told[0].clause)
        did = "would do" if supposed else "did"
        return _Step(
            f"You went quickly from {in_marks(quote.quote)} to how it ended. Tell what else you "
            f"{did} on the way.",
            4,
            (quote, findings.missing(ANOTHER_ACTION)),
        )
    if structure.proved and structure.balanced:
        return None
    return _better_result(findings, supposed=supposed)


def _better_result(findings: Findings, *, supposed: bool) -> _Step:
    """Return the step from several actions and a bare result to the highest level."""
    structure = findings.structure
    balance = None if structure.balanced else _better_balance(findings)
    if structure.proved and balance is not None:
        return balance
    quote = findings.quote(structure.results[-1].clause)
    show = (
        "Add how you would check that it worked."
        if supposed
        else "Show it with a figure, a before and after, or what somebody said about it."
    )
    proof = f"You said {in_marks(quote.quote)}. {show}"
    because = (quote, findings.missing(PROOF_OF_RESULT))
    if balance is None:
        return _Step(proof, HIGHEST_LEVEL, because)
    return _Step(f"{proof} {balance.text}", HIGHEST_LEVEL, (*because, *balance.because))


def _missing_result(findings: Findings, *, supposed: bool) -> _Step:
    actions = findings.structure.actions
    several = findings.structure.steps >= SEVERAL
    told = _quotes(findings, actions[-1:] or findings.structure.settings[-1:])
    ending = "how you would know that it worked" if supposed else "what came of it"
    step = "" if several else "your next step and "
    text = f"{step}{ending}."
    text = f"After {in_marks(told[0].quote)}, say {text}" if told else f"Say {text}"
    return _Step(text, 4, (*told, findings.missing(A_RESULT)))


def _better_balance(findings: Findings) -> _Step:
    structure = findings.structure
    action = findings.quote(structure.actions[0].clause)
    if structure.settings:
        setting = findings.quote(structure.settings[0].clause)
        return _Step(
            f"Much of your time goes into what led up to it, from {in_marks(setting.quote)} on. "
            f"Cut that short and get to {in_marks(action.quote)} sooner.",
            5,
            (setting, action),
        )
    return _Step(
        f"Give more of your time to what you did yourself, such as {in_marks(action.quote)}.",
        5,
        (action,),
    )


def _setting(findings: Findings) -> str:
    quotes = _quotes(findings, findings.structure.settings[:1])
    return f"You described the setting: {in_marks(quotes[0].quote)}. " if quotes else ""


def _quotes(findings: Findings, told: Sequence[StoryClause]) -> tuple[Quote, ...]:
    return tuple(findings.quote(clause.clause) for clause in told)


# Specificity and own part


def _more_specific(findings: Findings) -> _Step | None:
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
        return _Step(text, next_level, evidence)
    quote = findings.quote(vague.clause)
    concrete = "concrete with a figure, a name, a date or a before and after."
    return _Step(f"Make {in_marks(quote.quote)} {concrete}", next_level, (quote, *evidence))


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


def _more_of_ones_own(findings: Findings) -> _Step | None:
    own_part = findings.own_part
    if own_part.level >= HIGHEST_LEVEL:
        return None
    evidence = findings.content.restore_all(own_part.evidence)
    if own_part.own:
        quote = findings.quote(own_part.own[0].clause)
        return _Step(
            f"{in_marks(quote.quote)} is your own part. Add something else you did or decided "
            "yourself.",
            own_part.level + 1,
            (quote, *evidence),
        )
    if own_part.shared:
        quote = findings.quote(own_part.shared[0].clause)
        return _Step(
            f"You said {in_marks(quote.quote)}. Add which part of it was yours.",
            3,
            (quote, *evidence),
        )
    return _Step("Say what you did yourself.", 3, evidence)


# Delivery


def _better_delivery(findings: Findings) -> _Step | None:
    """Return the step for the one measure that would win most."""
    level, measures = findings.delivery.level, findings.delivery.measures
    total = sum(measure.weight for measure in measures if measure.level is not None)
    if level is None or total <= 0:
        return None
    weakest = max(
        (measure for measure in measures if measure.level is not None),
        key=lambda measure: measure.weight * (HIGHEST_LEVEL - (measure.level or HIGHEST_LEVEL)),
    )
    if weakest.level is None or weakest.level >= HIGHEST_LEVEL:
        return None
    won = weakest.weight * (HIGHEST_LEVEL - weakest.level) / total
    text = _about_delivery(weakest, findings.kind)
    return _Step(text, min(level + won, HIGHEST_LEVEL), weakest.evidence)


_GO_FURTHER: Final = {
    QuestionKind.BEHAVIOURAL: "Go further into what you did.",
    QuestionKind.SITUATIONAL: "Go further into what you would do.",
    QuestionKind.TECHNICAL: "Go further into your reasons.",
    QuestionKind.MOTIVATIONAL: "Go further into your reasons.",
    QuestionKind.TO_ASK: "Say briefly why you ask.",
}


def _about_delivery(measure: Measure, kind: QuestionKind) -> str:
    name = DeliveryMeasure(measure.name)
    value = _value(measure)
    quotes = [piece.quote for piece in measure.evidence if isinstance(piece, Quote)]
    if name is DeliveryMeasure.PACE:
        return (
            "You spoke faster than is easy to follow. Let each sentence end before the next begins."
            if value > PACE.between[0][1]
            else "You spoke more slowly than is easy to follow. Say each thought in one go."
        )
    if name is DeliveryMeasure.LENGTH:
        return (
            "Your answer ran over the time this question gets. Leave out what is not needed."
            if value > LENGTH.between[0][1]
            else f"This question gives you room for a fuller answer. {_GO_FURTHER[kind]}"
        )
    if name is DeliveryMeasure.FILLED_PAUSES:
        return (
            f"You filled pauses with sounds such as {in_marks(quotes[0])}. Let such a pause be "
            "silent instead: it sounds like thinking."
        )
    if name is DeliveryMeasure.SILENT_PAUSES:
        return (
            "You stopped for a while in the middle of sentences. Take your time before a sentence, "
            "then say it through."
        )
    if name is DeliveryMeasure.HEDGING:
        return f"Words such as {in_marks(quotes[0])} make you sound less sure. Leave them out."
    return f"You repeated yourself in {in_marks(quotes[0])}. Slow down a little at such places."


def _value(measure: Measure) -> float:
    """Return the value a measure's level stands on."""
    wanted = {
        DeliveryMeasure.PACE: "speech_rate",
        DeliveryMeasure.LENGTH: "share_of_target",
    }.get(DeliveryMeasure(measure.name))
    return next(
        (
            piece.value
            for piece in measure.evidence
            if isinstance(piece, Measurement) and wanted in {piece.name, None}
        ),
        0.0,
    )

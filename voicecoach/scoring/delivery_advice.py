"""How an answer's delivery would come to a higher level: the one measure that would win most."""

from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.evidence import Measurement, Quote
from voicecoach.scoring.findings import Findings, in_marks
from voicecoach.scoring.next_step import Step
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import HIGHEST_LEVEL, LENGTH, PACE, DeliveryMeasure


def better_delivery(findings: Findings) -> Step | None:
    """Return the step for the one measure that would win most; None where none would."""
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
    return Step(text, min(level + won, HIGHEST_LEVEL), weakest.evidence)


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

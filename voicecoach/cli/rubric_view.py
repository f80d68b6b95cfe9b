"""How the rubric, the agreement with the coach and a recalibration are printed."""

from collections.abc import Mapping
from typing import Final

from voicecoach.agreement import Agreement
from voicecoach.cli.screen import Screen
from voicecoach.point_verdicts import CutPointProposal
from voicecoach.result_words import STATE_WORDS, rate_words
from voicecoach.rubric_sheet import KindWeights, Ladder, RubricSheet, Rung, SheetThreshold
from voicecoach.scoring.result import CriterionName
from voicecoach.scoring.rubric import RUBRIC_VERSION

MOST_CHANGES: Final = 10
"""Changed points that are named; the rest is counted. `--json` has all of them."""


def show_rubric(screen: Screen, sheet: RubricSheet) -> None:
    """Print the whole rubric."""
    screen.line((f"Rubric {sheet.version}", "bold"))
    screen.heading("How much each criterion weighs")
    screen.table(
        ("question", *(name.value.replace("_", " ") for name in CriterionName), "version"),
        [
            (
                row.kind.value.replace("_", " "),
                *(f"{row.weights[name]:g}" for name in CriterionName),
                row.version + (" (your own)" if row.own else ""),
            )
            for row in sheet.weights
        ],
    )
    screen.line((f"Source: {sheet.weights_source}", "dim"))
    delivery = ", ".join(
        f"{name.replace('_', ' ')} {weight:g}" for name, weight in sheet.delivery_weights.items()
    )
    screen.line(f"Within delivery: {delivery}. What can't be measured shares its weight out.")
    screen.line("Change them: voicecoach rubric weights KIND --set CRITERION=WEIGHT")
    screen.heading("What the levels look like")
    for row in sheet.levels:
        of_kind = "" if row.kind is None else f" ({row.kind.value.replace('_', ' ')})"
        screen.line((row.criterion.value.replace("_", " ") + of_kind, "bold"))
        for level, text in enumerate(row.levels, start=1):
            screen.item(text, mark=f"{level}.")
    screen.heading("Which measured values earn which level (level 1: the rest)")
    for ladder in sheet.ladders:
        _show_ladder(screen, ladder)
    screen.heading("What else decides")
    for threshold in sheet.thresholds:
        _show_threshold(screen, threshold)
    if sheet.cut_points.number:
        screen.line(
            ("Your own cut-points: ", "bold"),
            f"said from {sheet.cut_points.said_from:.2f}, partly said from "
            f"{sheet.cut_points.partly_from:.2f} (recalibration {sheet.cut_points.number}).",
        )


def show_weights(screen: Screen, found: KindWeights) -> None:
    """Print the weights of one kind of question, beside the rubric's where they differ."""
    whose = "your own weights" if found.own else "the rubric's weights"
    screen.line(f"{found.kind.value.replace('_', ' ')}: {whose}, stored as rubric {found.version}")
    for name, weight in found.weights.items():
        before = found.rubric.get(name, 0.0)
        differs = f"  (the rubric: {before:g})" if weight != before else ""
        screen.item(f"{name.value.replace('_', ' ')} {weight:g}{differs}")


def weights_words(weights: Mapping[CriterionName, float]) -> str:
    """Return weights in one line."""
    return ", ".join(f"{name.value.replace('_', ' ')} {w:g}" for name, w in weights.items())


def show_agreement(screen: Screen, found: Agreement) -> None:
    """Print how often the person agrees with the coach, in all and by state."""
    if found.overall.judged == 0:
        screen.line("You have not said anything about a point yet.")
        screen.line("Do so where you see a result: voicecoach attempts say ID POINT said")
        return
    screen.line(("You agree with the coach ", "bold"), rate_words(found.overall))
    for row in found.by_state:
        if row.rate.judged:
            words = rate_words(row.rate)
            screen.item(f"where it heard “{STATE_WORDS[row.state]}”: {words}")
    screen.line("Only points you spoke of count, and people speak of those they disagree with.")


def show_proposal(screen: Screen, proposal: CutPointProposal) -> None:
    """Print what recalibrating would do, in words and figures."""
    screen.line(proposal.explanation)
    if proposal.missing is not None:
        screen.line("Points held back by a guard don't count, nor do words about a transcript you")
        screen.line(
            f"have corrected since, or about scores of another rubric than {RUBRIC_VERSION}."
        )
        return
    screen.table(
        ("", "said from", "partly said from", "you agree"),
        [
            (
                name,
                f"{points.said_from:.3f}",
                f"{points.partly_from:.3f}",
                rate_words(rate) if rate else "",
            )
            for name, points, rate in (
                ("the rubric's", proposal.rubric, None),
                ("now", proposal.current, proposal.agreement_now),
                ("then", proposal.proposed, proposal.agreement_then),
            )
        ],
    )
    screen.line(f"Both move by {proposal.shift:+.3f} on the logit scale (at most 1 either way).")
    if proposal.changes:
        screen.line(f"Of {proposal.points} points of past answers, scored anew:")
    for change in proposal.changes[:MOST_CHANGES]:
        before, after = STATE_WORDS[change.before], STATE_WORDS[change.after]
        screen.item(f"{change.attempt_id[:8]} {before} -> {after}: {change.text}")
    if len(proposal.changes) > MOST_CHANGES:
        screen.item(f"and {len(proposal.changes) - MOST_CHANGES} more")


def _show_ladder(screen: Screen, ladder: Ladder) -> None:
    rungs = "; ".join(f"level {rung.level} {_bounds(rung)}" for rung in ladder.rungs)
    name = ladder.name.replace("_", " ")
    screen.item((f"{name}", "bold"), f" ({ladder.unit}): {rungs}")
    screen.line((f"Source: {ladder.source}", "dim"), indent=4)


def _bounds(rung: Rung) -> str:
    if rung.low is None:
        return f"up to {rung.high:g}"
    return f"from {rung.low:g} to {rung.high:g}"


def _show_threshold(screen: Screen, threshold: SheetThreshold) -> None:
    values = ", ".join(f"{value:g}" for value in threshold.values)
    screen.item(f"{threshold.decides}: ", (f"{values} {threshold.unit}", "bold"))
    screen.line((f"Source: {threshold.source}", "dim"), indent=4)

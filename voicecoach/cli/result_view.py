"""How a result is shown: the overall, each criterion with its evidence, what to do next.

Used wherever a result appears, so that it looks the same everywhere.
"""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Final

from voicecoach.agreement import base_version
from voicecoach.attempt_result import AttemptResult
from voicecoach.cli.rubric_view import weights_words
from voicecoach.cli.screen import Piece, Screen
from voicecoach.result_words import GUARD_WORDS, STATE_WORDS, VERDICT_WORDS, evidence_words
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.evidence import Evidence, Measurement, Quote
from voicecoach.scoring.result import Criterion, Measure, PointCoverage, PointState, Score
from voicecoach.scoring.rubric import RUBRIC_VERSION
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript
from voicecoach.time_words import clock_words, day_words

MOST_EVIDENCE: Final = 3
"""Quotes shown for a criterion; the rest is counted. `--json` has all of it."""

NOTICED_PAUSE_SECONDS: Final = 1.0
MOST_PAUSES: Final = 6

_POINT_COLOURS: Final = {
    PointState.SAID: "green",
    PointState.PARTLY: "yellow",
    PointState.NOT_HEARD: "red",
}

NO_VERDICTS: Final[Mapping[str, Verdict]] = MappingProxyType({})

SYNTHETIC_STAMP: Final = "synthetic voices only"


def show_result(
    screen: Screen, result: AttemptResult, *, recording: Path | None, zone: tzinfo, today: date
) -> None:
    """Print everything about one attempt that a person wants to know.

    Args:
        screen: where.
        result: the attempt as everybody sees it.
        recording: where its sound lies; None where there is none.
        zone: where the person lives.
        today: the day it is there.
    """
    screen.heading(result.question.asked or result.question.text)
    if result.synthetic:
        screen.line((f"[{SYNTHETIC_STAMP}: no judgement of a person's voice]", "yellow"))
    if result.score is not None:
        show_score(
            screen,
            result.score,
            previous_overall=result.previous_overall,
            verdicts={given.point_id: given.verdict for given in result.verdicts if given.verdict},
        )
    elif result.reasons:
        show_reasons(screen, result.reasons)
    else:
        screen.line(f"It is {result.status.value}.")
    if result.interrupted is not None:
        screen.line(f"About the recording: {result.interrupted}")
    if result.sound is not None:
        show_sound(screen, result.sound)
    if result.transcript is not None:
        show_transcript(screen, result.transcript)
    if result.score is not None:
        _show_advice(screen, result.score)
    if result.next_review is not None:
        day = result.next_review.astimezone(zone).date()
        screen.line(("Next review: ", "bold"), day_words(max(day, today), today))
    if recording is not None:
        screen.line(("Recording: ", "bold"), str(recording))
    if result.score is not None:
        if any(criterion.points for criterion in result.score.criteria):
            screen.line(
                ("Is the coach wrong about a point? ", "bold"),
                f"voicecoach attempts say {result.attempt_id[:8]} NUMBER said|partly|not-said",
            )
        _show_origin(screen, result.score, result)
    screen.line(("Attempt: ", "bold"), result.attempt_id)


def _show_origin(screen: Screen, score: Score, result: AttemptResult) -> None:
    """Print which rubric made the score, with weights and cut-points where they were one's own."""
    told = f"rubric {score.rubric_version}"
    if "+" in score.rubric_version:
        told += f", your own weights ({weights_words(score.weights)})"
    if score.cut_points is not None:
        own = score.cut_points
        told += (
            f", your own cut-points (recalibration {own.number}: said from {own.said_from:.2f}, "
            f"partly said from {own.partly_from:.2f})"
        )
    if base_version(score.rubric_version) != RUBRIC_VERSION:
        told += (
            f"; today's is {RUBRIC_VERSION}. Score it again: voicecoach attempts rescore "
            f"{result.attempt_id}"
        )
    screen.line(("Scored by: ", "bold"), told)
    before = [
        f"{earlier.overall:.0f} by rubric {earlier.rubric_version}"
        for earlier in result.earlier_scores
        if earlier.transcript_version == score.transcript_version
    ]
    if before:
        screen.line("The same words scored before: " + ", ".join(before), indent=2)


def show_score(
    screen: Screen,
    score: Score,
    *,
    previous_overall: float | None = None,
    verdicts: Mapping[str, Verdict] = NO_VERDICTS,
) -> None:
    """Print the overall and each criterion with level, anchor and evidence."""
    before = "" if previous_overall is None else f" (before the correction: {previous_overall:.0f})"
    screen.line(
        ("Overall ", "bold"), (f"{score.overall:.0f} of 100", f"bold {_colour(score)}"), before
    )
    if score.capped_by is not None:
        screen.line(f"Held down by {score.capped_by.replace('_', ' ')}.", indent=2)
    for criterion in score.criteria:
        _show_criterion(screen, criterion, verdicts)


def show_reasons(screen: Screen, reasons: Sequence[str]) -> None:
    """Print why there is no number."""
    screen.line(("No score, and here is why:", "bold"))
    for reason in reasons:
        screen.item(reason)


def show_sound(screen: Screen, sound: SoundMeasures) -> None:
    """Print what the sound alone tells: it needs no words and no weights."""
    screen.line(
        ("Sound: ", "bold"),
        f"{clock_words(sound.seconds)} long, {clock_words(sound.speaking_seconds)} of it speech, "
        f"speech at {sound.speech_level:.0f} dB, background at {sound.noise_level:.0f} dB",
    )
    if not sound.speech:
        return
    noticed = [pause for pause in sound.pauses if pause.seconds >= NOTICED_PAUSE_SECONDS]
    if not noticed:
        screen.line("No silent pause of a second or more.", indent=2)
        return
    shown = ", ".join(
        f"{clock_words(pause.start_seconds)} ({pause.seconds:.1f} s)"
        for pause in noticed[:MOST_PAUSES]
    )
    more = f" and {len(noticed) - MOST_PAUSES} more" if len(noticed) > MOST_PAUSES else ""
    screen.line(f"Silent pauses of a second or more: {shown}{more}", indent=2)


def _show_criterion(screen: Screen, criterion: Criterion, verdicts: Mapping[str, Verdict]) -> None:
    name = criterion.name.value.replace("_", " ")
    if criterion.level is None:
        screen.line((f"{name}: ", "bold"), f"not measured: {criterion.not_measured or ''}")
        return
    screen.line(
        (f"{name}: ", "bold"),
        (f"level {criterion.level:g} of 5", _level_colour(criterion.level)),
        f" (weighs {criterion.weight:.0f}). {criterion.anchor}",
    )
    if not criterion.points and not criterion.measures:  # else these carry it
        _show_evidence(screen, criterion.evidence, indent=4)
    for number, point in enumerate(criterion.points, start=1):
        _show_point(screen, point, number, verdicts.get(point.point_id))
    for measure in criterion.measures:
        _show_measure(screen, measure)


def _show_point(screen: Screen, point: PointCoverage, number: int, verdict: Verdict | None) -> None:
    pieces: list[Piece] = [
        (f"{STATE_WORDS[point.state]}: ", _POINT_COLOURS[point.state]),
        point.text,
    ]
    quotes = [found for found in point.evidence if isinstance(found, Quote)]
    if quotes and point.state is not PointState.NOT_HEARD:
        pieces.append((f"  {evidence_words(quotes[0])}", "dim"))
    if point.guard is not None:
        pieces.append(f" ({GUARD_WORDS.get(point.guard, point.guard)})")
    if verdict is not None:
        pieces.append((f" [{VERDICT_WORDS[verdict]}]", "bold"))
    screen.item(*pieces, mark=f"{number}.", indent=4)


def _show_measure(screen: Screen, measure: Measure) -> None:
    name = measure.name.replace("_", " ")
    values = "; ".join(evidence_words(found) for found in measure.evidence[:MOST_EVIDENCE])
    if measure.level is None:
        why = measure.not_measured or ""
        valued = any(isinstance(found, Measurement) for found in measure.evidence)
        told = f"{values} ({why})" if valued else f"not measured: {why}"
        screen.item((f"{name}: ", "bold"), told, indent=4)
        return
    screen.item(
        (f"{name}: ", "bold"),
        (f"level {measure.level} of 5", _level_colour(measure.level)),
        (f"  {values}" if values else "", "dim"),
        indent=4,
    )


def _show_evidence(screen: Screen, evidence: Sequence[Evidence], *, indent: int) -> None:
    for found in evidence[:MOST_EVIDENCE]:
        screen.item((evidence_words(found), "dim"), indent=indent)
    if len(evidence) > MOST_EVIDENCE:
        screen.item((f"and {len(evidence) - MOST_EVIDENCE} more", "dim"), indent=indent)


def show_transcript(screen: Screen, transcript: Transcript) -> None:
    """Print the words that count, and who or what wrote them."""
    by = transcript.source.value
    if transcript.weights:
        placed = "placed by " if transcript.aligned else ""
        by += f", {placed}{transcript.engine} with {transcript.weights}"
    screen.line(("What was heard", "bold"), f" (version {transcript.version}, {by}):")
    screen.line(transcript.text or "(no words)", indent=2)
    if transcript.estimated_words:
        screen.line((estimated_words(transcript), "dim"), indent=2)


def estimated_words(transcript: Transcript) -> str:
    """Return in a sentence how many words have estimated times, and why."""
    count = transcript.estimated_words
    words = (
        "time of one word is an estimate" if count == 1 else f"times of {count} words are estimates"
    )
    why = (
        "not found in the sound"
        if transcript.aligned
        else "“attempts finish ID” looks for them in the sound where the weights are there"
    )
    return f"(The {words}: {why}.)"


def _show_advice(screen: Screen, score: Score) -> None:
    if score.advice:
        screen.line(("What to do next", "bold"))
    for number, advice in enumerate(score.advice, start=1):
        screen.item(advice.text, f" (up to {advice.gain:.0f} points more)", mark=f"{number}.")
    if score.follow_up is not None:
        screen.line(("An interviewer would now ask: ", "bold"), score.follow_up)


def _colour(score: Score) -> str:
    return "green" if score.overall >= 70 else "yellow" if score.overall >= 50 else "red"


def _level_colour(level: float) -> str:
    return "green" if level >= 4 else "yellow" if level >= 3 else "red"

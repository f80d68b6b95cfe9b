"""Going through what was found in a told debrief, one finding after another, at the terminal.

Each decision is stored at once, so that Ctrl-C loses none of them.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from question_bank import debrief_prompts as prompts
from question_bank.interview import Outcome
from question_bank.monologue import FindingKind
from voicecoach.cli.asking import ask_choice, ask_number, ask_optional, ask_text
from voicecoach.cli.interviews import OUTCOMES
from voicecoach.cli.session import Session, StoppedEarlyError
from voicecoach.spoken_debrief import SpokenDebrief, ToldFinding, as_left, with_added
from voicecoach.time_words import clock_words

if TYPE_CHECKING:
    from voicecoach.spoken_debriefs import SpokenDebriefs

KIND_WORDS: Final = {
    FindingKind.COMPANY: "company",
    FindingKind.ROLE: "role",
    FindingKind.DAY: "day",
    FindingKind.QUESTION: "question",
    FindingKind.ANSWER: "your answer",
    FindingKind.FEELING: "feeling",
    FindingKind.WENT_WELL: "went well",
    FindingKind.DIFFERED: "not as expected",
    FindingKind.BETTER: "to answer better",
}
_CHOICES: Final = "keep, change, drop, hear, or rest (keep all the rest)"


def check_told(session: Session, debriefs: "SpokenDebriefs", told: SpokenDebrief) -> Outcome:
    """Let the person keep, change, drop or hear each finding; return how the interview ended.

    Raises:
        StoppedEarlyError: Ctrl-C; what was decided is stored.
    """
    try:
        told = _decide(session, debriefs, told)
        return _name_it(session, debriefs, told)
    except click.Abort:
        raise StoppedEarlyError(
            "You stopped early; what you decided so far is kept, and nothing is in the bank.",
            f"Go on with: voicecoach debriefs check {told.id}",
        ) from None


def finding_line(place: int, finding: ToldFinding) -> tuple[tuple[str, str], ...]:
    """Return a finding as a line: its number, kind, words, and what was said where that differs."""
    strength = f" {finding.intensity}/5" if finding.intensity else ""
    said = f"  you said: “{finding.quote}”" if finding.quote not in ("", finding.words) else ""
    moment = "" if finding.start_seconds is None else f" at {clock_words(finding.start_seconds)}"
    dropped = "" if finding.kept else " (dropped)"
    return (
        (f"{place + 1}. {KIND_WORDS[finding.kind]}: ", "dim"),
        (f"{finding.words}{strength}{dropped}", "bold"),
        (f"{said}{moment}{' (reworded)' if finding.reworded else ''}", "dim"),
    )


def _decide(session: Session, debriefs: "SpokenDebriefs", told: SpokenDebrief) -> SpokenDebrief:
    screen = session.screen
    screen.line("Nothing is in your bank yet. Go through what was found:")
    for place, finding in enumerate(told.findings):
        screen.line(*finding_line(place, finding))
        left = _left(session, debriefs, told, finding)
        if left is None:
            return told
        findings = (*told.findings[:place], left, *told.findings[place + 1 :])
        told = debriefs.keep(told.id, findings)
    return told


def _left(
    session: Session, debriefs: "SpokenDebriefs", told: SpokenDebrief, finding: ToldFinding
) -> ToldFinding | None:
    """Return a finding as the person wants it; None where the rest stays as it is."""
    screen = session.screen
    while True:
        given = ask_text(screen, _CHOICES, default="keep").lower()
        if "keep".startswith(given):
            return replace(finding, kept=True)
        if "drop".startswith(given):
            return replace(finding, kept=False)
        if "rest".startswith(given):
            return None
        if "hear".startswith(given):
            why = debriefs.replay(told, start=finding.start_seconds, end=finding.end_seconds)
            if why is not None:
                screen.note(why)
        elif "change".startswith(given):
            words = ask_text(screen, "In your words", default=finding.words)
            strength = finding.intensity
            if finding.kind is FindingKind.FEELING:
                strength = ask_number(
                    screen, "How strong, 1 to 5", low=1, high=5, default=finding.intensity
                )
            return as_left(
                finding, words=words, kept=True, intensity=strength, answers=finding.answers
            )
        else:
            screen.line("Please answer with one of: keep, change, drop, hear, rest.")


def _name_it(session: Session, debriefs: "SpokenDebriefs", told: SpokenDebrief) -> Outcome:
    """Ask what an interview must have and nobody said: its name, and how it ended."""
    screen = session.screen
    kept = {one.kind for one in told.findings if one.kept}
    if not kept & {FindingKind.COMPANY, FindingKind.ROLE}:
        for kind, asked in (
            (FindingKind.COMPANY, prompts.COMPANY),
            (FindingKind.ROLE, prompts.ROLE),
        ):
            if words := ask_optional(screen, asked):
                told = debriefs.keep(told.id, with_added(told.findings, kind, words))
    outcomes = [outcome for outcome in OUTCOMES if outcome[0] != Outcome.UPCOMING.value]
    return Outcome(ask_choice(screen, prompts.OUTCOME, outcomes, default="rejected"))

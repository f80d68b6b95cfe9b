"""`voicecoach demo`: the whole loop with a synthetic candidate."""

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.time_words import clock_words

if TYPE_CHECKING:
    from question_bank.question import Question
    from voicecoach.attempt_result import AttemptResult
    from voicecoach.readiness import Readiness
    from voicecoach.speech.contracts import SpokenQuestion


@click.command("demo")
@click.option(
    "--samples",
    type=click.Path(file_okay=False, path_type=Path),
    help="Only write sample answers as WAV files into this folder, for drill --answer.",
)
@json_option
@pass_session
def command(session: Session, samples: Path | None) -> None:
    """Show the whole loop with a synthetic candidate: no microphone, nothing of yours touched."""
    if samples is None:
        show_demo(session)
        return
    from voicecoach.demo.run import write_samples  # noqa: PLC0415 - start-up time

    written = write_samples(samples)
    if session.screen.as_json:
        session.screen.data(written)
        return
    for path in written:
        session.screen.line(str(path))
    session.screen.line(
        "They answer the first question of docs/sample-debrief.md. Take it in "
        "(voicecoach debrief docs/sample-debrief.md), then try one: "
        "voicecoach drill QUESTION --synthetic --answer FILE"
    )


def show_demo(session: Session) -> None:
    """Run the demo and show it as it goes."""
    from voicecoach.demo.run import run_demo  # noqa: PLC0415 - start-up time

    shown = _ShownDemo(session)
    home = run_demo(session.settings, shown)
    if session.screen.as_json:
        session.screen.data({"home": home, "results": shown.results, "readiness": shown.readiness})
        return
    session.screen.heading("That was the demo")
    session.screen.line(f"Its data lies in {home}. Look around in it:")
    session.screen.line(f"voicecoach --home '{home}' --synthetic readiness", indent=2)
    session.screen.line("Now with your own questions: voicecoach debrief", indent=2)


class _ShownDemo:
    """Shows each step of the demo; a DemoScreen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._screen = session.screen
        self.results: list[AttemptResult] = []
        self.readiness: Readiness | None = None

    def debriefed(self, questions: "tuple[Question, ...]", problems: int) -> None:
        """Show the questions that the sample debrief brought in."""
        self._screen.line("Everything here is synthetic: a sample debrief, two computer voices.")
        self._screen.heading("1. A debrief enters the bank")
        for question in questions:
            self._screen.item(question.text)
        if problems:
            self._screen.line(f"{problems} places of it could not be read.")

    def asked(self, question: "Question", spoken: "SpokenQuestion") -> None:
        """Show the question and where its sound lies."""
        self._screen.heading("2. The coach speaks a question")
        self._screen.line(question.text)
        self._screen.line(f"{spoken.seconds:.1f} s of speech in {spoken.path}")
        if spoken.not_played is not None:
            self._screen.line(spoken.not_played)

    def answered(self, day: int, recording: Path, seconds: float) -> None:
        """Say that the candidate has answered."""
        self._screen.heading(f"Day {day}: the candidate answers ({clock_words(seconds)})")
        self._screen.line(f"The sound is in {recording}")
        self._screen.transient("  transcribing and scoring ...")

    def judged(self, result: "AttemptResult") -> None:
        """Show the result as `attempts show` would."""
        from voicecoach.cli.result_view import show_result  # noqa: PLC0415 - start-up time

        self._screen.end_transient()
        self.results.append(result)
        show_result(self._screen, result, recording=None, zone=UTC, today=result.started_at.date())

    def stands(self, readiness: "Readiness") -> None:
        """Show where the candidate stands."""
        self.readiness = readiness
        self._screen.line(("Readiness: ", "bold"), readiness.as_sentence)

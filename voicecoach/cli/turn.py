"""One question asked and answered at the terminal: what drill, mock and the greeting share."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.cli.answer_screen import record_answer, require_an_end
from voicecoach.cli.asking import ask_choice, read_paragraphs, wait_for_enter
from voicecoach.cli.result_view import show_result
from voicecoach.cli.session import Session, StoppedEarlyError
from voicecoach.errors import CoachError, InvalidInputError, MicrophoneError
from voicecoach.time_words import clock_words

if TYPE_CHECKING:
    from question_bank.question import Question
    from voicecoach.cli.pressure_screen import PressureScreen
    from voicecoach.standing import NextQuestion
    from voicecoach.under_pressure import AnswerPressure


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an answer comes in: from a file, typed, or (neither) from the microphone."""

    file: Path | None = None
    typed: bool = False
    aloud: bool = True


def ask_aloud(session: Session, text: str, manner: Manner) -> bool:
    """Say a question; where that can't be done, tell why and go on: it is shown anyway.

    Returns:
        whether it was heard.
    """
    if not manner.aloud:
        return False
    try:
        spoken = session.coach.ask(text)
    except CoachError as error:
        session.screen.note(f"The question was not spoken: {error}")
        return False
    if spoken.not_played is not None:
        session.screen.note(spoken.not_played)
    return spoken.not_played is None


def show_question(session: Session, question: "Question", why: str | None) -> None:
    """Show a question, how long a good answer takes, and why it is asked now."""
    session.screen.heading(question.text)
    target = (
        f"{question.kind.value.replace('_', ' ')}, about {clock_words(question.target_seconds)}"
    )
    session.screen.line((f"({target}{'; ' + why if why else ''})", "dim"))


def why_now(following: "NextQuestion") -> str:
    """Return why a question is asked now, in a few words."""
    from question_bank.schedule import tripped_up  # noqa: PLC0415 - start-up time

    reasons = ["it tripped you up"] if tripped_up(following.question) else []
    if following.rehearsals == 0:
        reasons.append("not practised yet")
    else:
        times = "once" if following.rehearsals == 1 else f"{following.rehearsals} times"
        reasons.append(f"practised {times}")
    return ", ".join(reasons)


def take_answer(
    session: Session,
    question: "Question",
    manner: Manner,
    *,
    asked: str | None = None,
    parent_id: str | None = None,
    pressure: "AnswerPressure | None" = None,
) -> Attempt:
    """Take one answer in: on disk, not yet transcribed or scored.

    `pressure` is what it is given under in a mock interview.

    Raises:
        StoppedEarlyError: Ctrl-C ended it; the recording is kept.
    """
    coach, screen = session.coach, session.screen
    if manner.typed:
        text = read_paragraphs(screen, "Type your answer; an empty line ends it.")
        if not text:
            raise InvalidInputError("Nothing was typed.", "Type at least one sentence.")
        return _typed(session, question, text, asked=asked, parent_id=parent_id)
    if manner.file is not None:
        attempt = coach.begin(question.id, asked=asked, parent_id=parent_id)
        return coach.attach(attempt.id, manner.file)
    require_an_end(screen, coach)
    if screen.at_terminal:
        wait_for_enter(screen, "Press Enter when you are ready to speak.")
    attempt = coach.begin(question.id, asked=asked, parent_id=parent_id)
    target = question.target_seconds if parent_id is None else None
    under = None if pressure is None else _under_pressure(session, attempt, pressure, manner)
    try:
        recorded = record_answer(
            screen,
            coach,
            attempt,
            target_seconds=target,
            limit_seconds=None if pressure is None else pressure.limit_seconds,
            pressure=under,
        )
    except MicrophoneError as error:
        if not screen.at_terminal:
            raise
        screen.note(f"{error.what_happened} {error.what_to_do}")
        text = read_paragraphs(screen, "You can type your answer instead; an empty line ends it.")
        if not text:
            raise
        return _typed(session, question, text, asked=asked, parent_id=parent_id)
    if recorded.interrupted:
        raise StoppedEarlyError(
            "You stopped early; your recording is kept.",
            f"Finish it with: voicecoach attempts finish {attempt.id}",
        )
    return recorded.attempt


def _under_pressure(
    session: Session, attempt: Attempt, pressure: "AnswerPressure", manner: Manner
) -> "PressureScreen":
    """Return what follows an answer that is given under pressure."""
    from voicecoach.cli.pressure_screen import PressureScreen  # noqa: PLC0415 - start-up time
    from voicecoach.under_pressure import UnderPressure  # noqa: PLC0415 - start-up time

    watch = UnderPressure(pressure)

    def keep() -> None:
        with session.coach.mocks() as mocks:
            mocks.keep_interventions(attempt.id, watch.interventions)

    return PressureScreen(
        session.screen,
        watch,
        say=lambda words: ask_aloud(session, words, manner),
        keep=keep,
        silence_seconds=pressure.silence_seconds,
    )


def _typed(
    session: Session, question: "Question", text: str, *, asked: str | None, parent_id: str | None
) -> Attempt:
    coach = session.coach
    attempt = coach.begin(question.id, asked=asked, parent_id=parent_id, typed=True)
    return coach.answer_typed(attempt.id, text)


def finish_answer(session: Session, attempt: Attempt) -> Attempt:
    """Transcribe and score, showing the stages; offer typing where weights are missing."""
    coach, screen = session.coach, session.screen
    try:
        finished = coach.finish(
            attempt.id, on_stage=lambda stage: screen.transient(f"  {stage} ...")
        )
    finally:
        screen.end_transient()
    if finished.status is not AttemptStatus.WAITING or screen.as_json or not screen.at_terminal:
        return finished
    show_waiting(session, finished)
    screen.line("Until then you can type what you said, and the content is scored at once.")
    choice = ask_choice(
        screen,
        "What now",
        (("type", "type what I said"), ("later", "leave it waiting")),
        default="later",
    )
    if choice == "later":
        return finished
    text = read_paragraphs(screen, "What did you say? An empty line ends it.")
    return coach.answer_typed(finished.id, text) if text else finished


def finish_quietly(session: Session, attempt: Attempt) -> Attempt:
    """Transcribe and score, showing the stages on a line of their own."""
    screen = session.screen
    try:
        return session.coach.finish(
            attempt.id, on_stage=lambda stage: screen.transient(f"  {stage} ...")
        )
    except KeyboardInterrupt:
        raise StoppedEarlyError(
            "You stopped early; your answer is kept.",
            f"Finish it with: voicecoach attempts finish {attempt.id}",
        ) from None
    finally:
        screen.end_transient()


def finish_what_waits(session: Session) -> None:
    """Finish the answers that waited for weights, if there are weights now."""
    screen = session.screen

    def show(attempt: Attempt) -> None:
        screen.end_transient()
        score = attempt.score
        told = attempt.status.value if score is None else f"{score.overall:.0f} of 100"
        screen.item(f"{attempt.asked}: {told} ({attempt.id})")
        screen.transient("  transcribing ...")

    try:
        done = session.coach.finish_waiting(show)
    finally:
        screen.end_transient()
    if done:
        screen.line(f"{done} answers that waited are done: voicecoach attempts list")


def show_waiting(session: Session, attempt: Attempt) -> None:
    """Say that a recording waits for weights, and how to get them."""
    screen = session.screen
    screen.line("Your answer is recorded and waits: the weights that turn speech into words")
    screen.line("are not on this machine. Fetch them with: voicecoach models download")
    screen.line("or bring them from another machine: voicecoach models import FOLDER")
    screen.line(f"Then: voicecoach attempts finish {attempt.id}")


def align_words(session: Session, attempt: Attempt) -> Attempt:
    """Find corrected words in the sound, the new score shown meanwhile; Ctrl-C leaves it."""
    coach, screen = session.coach, session.screen
    scored = "" if attempt.score is None else f"{attempt.score.overall:.0f} of 100; "
    try:
        return coach.align(
            attempt.id, on_stage=lambda stage: screen.transient(f"  {scored}{stage} ...")
        )
    except KeyboardInterrupt:
        return coach.attempt(attempt.id)
    finally:
        screen.end_transient()


def note_shown(session: Session, attempt_id: str | None = None) -> None:
    """Note that the score of an answer, or all there are, stands on the screen."""
    from voicecoach.guessing import scores_shown  # noqa: PLC0415 - start-up time

    scores_shown(session.coach, attempt_id)


def show_attempt(session: Session, attempt: Attempt, *, version: int | None = None) -> None:
    """Print one attempt's result (of a version of it), as JSON where that is wanted."""
    coach = session.coach
    result = coach.result(attempt, version=version)
    note_shown(session, attempt.id)
    if session.screen.as_json:
        session.screen.data(result)
        return
    show_result(
        session.screen,
        result,
        recording=coach.recording_path(attempt),
        zone=coach.time_zone,
        today=coach.today(),
    )

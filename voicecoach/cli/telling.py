"""Telling a debrief aloud at the terminal, from the microphone or a sound file."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cli.answer_screen import interrupt_noticed, meter_line
from voicecoach.cli.asking import wait_for_enter
from voicecoach.cli.enter_key import enter_pressed, forget_typed_ahead
from voicecoach.cli.session import Session, StoppedEarlyError
from voicecoach.cli.told_check import check_told, finding_line
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.spoken_debrief import SpokenDebrief, SpokenDebriefStatus

if TYPE_CHECKING:
    from voicecoach.speech.contracts import RecordingProgress
    from voicecoach.spoken_debriefs import SpokenDebriefs


def tell(session: Session, recording: str | None, duplicates: str | None) -> None:
    """Take a telling, have it written down, let it be checked, and enter it."""
    from voicecoach.spoken_debriefs import SpokenDebriefs  # noqa: PLC0415 - start-up time

    debriefs = SpokenDebriefs(book=session.coach)
    told = _record(session, debriefs) if recording is None else debriefs.attach(Path(recording))
    written_down(session, debriefs, told.id, duplicates)


def written_down(
    session: Session, debriefs: "SpokenDebriefs", debrief_id: str, duplicates: str | None
) -> None:
    """Write a telling down and go through it where there is a terminal; else show what was found.

    Raises:
        StoppedEarlyError: Ctrl-C; everything so far is kept.
    """
    screen = session.screen
    screen.transient("  writing down what you said ...")
    try:
        told = debriefs.hear(debrief_id)
    except KeyboardInterrupt:
        raise StoppedEarlyError(
            "You stopped early; your recording is kept.",
            f"Have it written down with: voicecoach debriefs hear {debrief_id}",
        ) from None
    finally:
        screen.end_transient()
    if screen.as_json:
        screen.data(told)
        return
    if told.status is not SpokenDebriefStatus.HEARD or not screen.at_terminal:
        show_told(session, told)
        return
    outcome = check_told(session, debriefs, told)
    enter_told(session, debriefs, told.id, outcome.value, duplicates)


def enter_told(
    session: Session,
    debriefs: "SpokenDebriefs",
    debrief_id: str,
    outcome: str,
    duplicates: str | None,
) -> None:
    """Put what is kept into the bank, and tell what became of it.

    Raises:
        InvalidInputError: something in it can't be used yet; what was decided stays.
    """
    from question_bank.interview import Outcome  # noqa: PLC0415 - start-up time
    from voicecoach.cli.debrief import show_entered  # noqa: PLC0415 - start-up time

    try:
        entered = debriefs.enter(debrief_id, outcome=Outcome(outcome))
    except InvalidInputError as error:
        raise InvalidInputError(
            error.what_happened,
            f"{error.what_to_do} What you decided is kept: voicecoach debriefs check {debrief_id}",
        ) from error
    show_entered(session, entered, (), duplicates)


def show_told(session: Session, told: SpokenDebrief) -> None:
    """Print a told debrief: where it stands, and what was found in it."""
    screen = session.screen
    if screen.as_json:
        screen.data(told)
        return
    if told.interrupted:
        screen.line(f"About the recording: {told.interrupted}")
    for reason in told.reasons:
        screen.line(reason)
    for place, finding in enumerate(told.findings):
        screen.line(*finding_line(place, finding))
    screen.line(_onward(told))


def _onward(told: SpokenDebrief) -> str:
    if told.status is SpokenDebriefStatus.HEARD:
        return f"Nothing is in your bank yet. Check it: voicecoach debriefs check {told.id}"
    if told.status is SpokenDebriefStatus.ENTERED:
        return "What you kept of it is in your bank."
    return (
        f"The recording is kept. Hear it: voicecoach debriefs replay {told.id}; "
        f"try again: voicecoach debriefs hear {told.id}"
    )


def _record(session: Session, debriefs: "SpokenDebriefs") -> SpokenDebrief:
    screen = session.screen
    if not screen.at_terminal:
        raise InvalidInputError(
            "There is no terminal here, so nothing could end your telling.",
            "Give a sound file: voicecoach debrief --recording FILE",
        )
    screen.line(
        "Tell me how it went, as you would tell a friend: what they asked, what you said, how it "
        "felt, what you would do differently. Nobody scores this."
    )
    wait_for_enter(screen, "Press Enter when you are ready to speak.")
    screen.transient("  opening the microphone ...")

    def started() -> None:
        screen.end_transient()
        screen.note("I am listening. (Enter ends it; pauses don't.)")
        forget_typed_ahead()

    def progress(now: "RecordingProgress") -> None:
        screen.transient(meter_line(now.seconds, now.level, None))

    with interrupt_noticed() as interrupted:
        try:
            told = debriefs.record(
                on_started=started,
                on_progress=progress,
                should_stop=lambda: interrupted.is_set() or enter_pressed(),
            )
        except CoachError:
            screen.end_transient()
            raise
    screen.end_transient()
    if interrupted.is_set():
        raise StoppedEarlyError(
            "You stopped early; your recording is kept.",
            f"Have it written down with: voicecoach debriefs hear {told.id}",
        )
    return told

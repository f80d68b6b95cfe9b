"""`voicecoach` without a verb: opens the page, or leads to the next thing in the terminal."""

from voicecoach.attempt import AttemptStatus
from voicecoach.cli.after import ask_what_came, show_what_came
from voicecoach.cli.asking import ask_choice, ask_yes
from voicecoach.cli.breathing_screen import offer_breathing
from voicecoach.cli.debrief import walk_through
from voicecoach.cli.demo import show_demo
from voicecoach.cli.drill import drill
from voicecoach.cli.interviews import ask_upcoming, interview_name
from voicecoach.cli.models import download_with_progress, offered_weights
from voicecoach.cli.packs import choose_packs
from voicecoach.cli.serve import serve
from voicecoach.cli.session import Session
from voicecoach.cli.turn import Manner, finish_answer, finish_what_waits, show_attempt
from voicecoach.errors import CoachError
from voicecoach.time_words import day_words


def open_page(session: Session) -> None:
    """Serve the page and open it; without a terminal, where nobody could end it, show the demo."""
    screen = session.screen
    if not screen.at_terminal:
        welcome(session)
        return
    screen.line(("voicecoach", "bold"), ": practise the questions that trip you up.")
    screen.line("Everything stays on this machine. Your coach is at this address:")
    serve(session, opens=True)


def welcome(session: Session) -> None:
    """Greet in the terminal, look where the person stands, and lead to the next thing."""
    screen = session.screen
    screen.line(("voicecoach", "bold"), ": practise the questions that trip you up.")
    screen.line("Everything stays on this machine.")
    if not screen.at_terminal:
        screen.line("There is no terminal to talk at, so here is the demo.")
        show_demo(session)
        return
    missing = _missing_microphone(session)
    if missing is not None:
        screen.line(f"{missing.what_happened} {missing.what_to_do}")
        screen.line("You can still practise typed: voicecoach drill --typed. Here is the demo.")
        show_demo(session)
        return
    _lead(session)


def _lead(session: Session) -> None:
    """Ask for what is missing, then drill until the person has had enough."""
    screen = session.screen
    _settle_interview(session)
    _settle_date(session)
    if not _settle_questions(session):
        return
    _settle_weights(session)
    _settle_unfinished(session)
    _remind_of_recovery(session)
    screen.line(session.coach.readiness().as_sentence)
    while ask_yes(screen, "Shall we practise the next question?", default=True):
        offer_breathing(session, asked_for=False)
        drill(session, None, Manner(), follow_up=True)
    screen.line("Well done. See you tomorrow; `voicecoach plan` shows what comes when.")


def _missing_microphone(session: Session) -> CoachError | None:
    from voicecoach.wiring import build_checkup  # noqa: PLC0415 - start-up time

    try:
        build_checkup(session.settings).microphone()
    except CoachError as error:
        return error
    return None


def _settle_date(session: Session) -> None:
    coach, screen = session.coach, session.screen
    horizon = coach.horizon()
    if horizon.assumed:
        if ask_upcoming(session) is None:
            screen.line("Then let us look 14 days ahead. Tell me later: voicecoach interviews add")
        return
    with coach.reading_bank() as bank:
        following = bank.next_interview(coach.today())
    if following is not None:
        day = day_words(horizon.day, coach.today())
        screen.line(f"Your next interview: {interview_name(following)}, {day}.")


def _settle_interview(session: Session) -> None:
    """Ask how an interview went whose day has passed."""
    from voicecoach.after_interview import (  # noqa: PLC0415 - start-up time
        after_interviews,
        reading_after_interviews,
    )

    coach, screen = session.coach, session.screen
    with reading_after_interviews(coach) as after:
        interview = after.to_ask_about()
    if interview is None or interview.day is None:
        return
    day = day_words(interview.day, coach.today())
    screen.line(f"Your interview ({interview_name(interview)}) was {day}.")
    choice = ask_choice(
        screen,
        "Will you tell me how it went?",
        (
            ("tell", "how it ended, and which questions came"),
            ("later", "not now"),
            ("never", "don't ask about it again"),
        ),
        default="tell",
    )
    if choice == "tell":
        show_what_came(session, ask_what_came(session, interview))
    elif choice == "never":
        with after_interviews(coach) as after:
            after.tell(interview.id, ())


def _settle_questions(session: Session) -> bool:
    """Bring questions in where there are none; return whether there are some now."""
    if session.coach.next_questions(limit=1):
        return True
    screen = session.screen
    screen.line("There are no questions yet. Where shall they come from?")
    choice = ask_choice(
        screen,
        "Your choice",
        (
            ("debrief", "an interview that went badly: we walk through it together"),
            ("pack", "ready-made questions"),
            ("later", "not now"),
        ),
        default="debrief",
    )
    if choice == "debrief":
        offer_breathing(session, asked_for=False)
        walk_through(session)
    elif choice == "pack":
        choose_packs(session)
    return bool(session.coach.next_questions(limit=1))


def _settle_weights(session: Session) -> None:
    screen = session.screen
    offered = offered_weights(session)
    if offered is None:
        return
    screen.line(
        f"To turn your speech into words I need the weights {offered.name} "
        f"({offered.size_bytes / 1e6:.0f} MB, fetched once; nothing else ever leaves or enters)."
    )
    if ask_yes(screen, "Fetch them now?", default=True):
        try:
            download_with_progress(session, offered.name)
        except CoachError as error:
            screen.note(f"{error.what_happened} {error.what_to_do}")
    else:
        screen.line("Your answers wait until then, or you type them: voicecoach models download")


def _remind_of_recovery(session: Session) -> None:
    """Name the next of the seven steps, where a failed interview was logged."""
    path = session.coach.recovery()
    if path is not None and path.next_step is not None:
        session.screen.line(
            f"{path.heading}: the next step is “{path.next_step.title}” (voicecoach recover)."
        )


def _settle_unfinished(session: Session) -> None:
    """Finish what waited for weights, and offer to finish what was interrupted."""
    finish_what_waits(session)
    left = [
        attempt
        for attempt in session.coach.unfinished()
        if attempt.status in {AttemptStatus.RECORDED, AttemptStatus.TRANSCRIBING}
    ]
    for attempt in left:
        session.screen.line(f"An answer is unfinished: {attempt.asked}")
        if ask_yes(session.screen, "Finish it now?", default=True):
            show_attempt(session, finish_answer(session, attempt))

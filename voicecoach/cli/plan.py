"""`voicecoach plan`: what to rehearse on which day until the interview."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from voicecoach.cli.focus_screen import show_focus
from voicecoach.cli.recover_continue import show_lessons
from voicecoach.cli.screen import Piece
from voicecoach.cli.session import Session, json_option, pass_session, synthetic_option
from voicecoach.errors import InvalidInputError
from voicecoach.lessons import kept_lessons
from voicecoach.plan import Plan, PlannedInterview
from voicecoach.time_words import day_words


@click.command("plan")
@click.option(
    "--ics",
    "calendar",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the plan into a calendar file too; bring it in again to update it.",
)
@synthetic_option
@json_option
@pass_session
def command(session: Session, calendar: Path | None) -> None:
    """Show what to rehearse on which day until the interview."""
    coach, screen = session.coach, session.screen
    plan = coach.plan()
    with coach.reading_bank() as bank:
        questions = bank.every_active_question()
    if calendar is not None:
        from voicecoach.plan_calendar import plan_ics  # noqa: PLC0415 - start-up time

        try:
            calendar.write_bytes(plan_ics(plan, questions))
        except OSError as error:
            raise InvalidInputError(
                f"{calendar} can't be written ({error.strerror}).", "Choose another place."
            ) from error
        screen.note(f"Written: {calendar}")
    if screen.as_json:
        screen.data(plan)
        return
    texts = {question.id: question.text for question in questions}
    today = coach.today()
    goal = "no interview date is known, so this looks to" if plan.assumed_horizon else "until"
    screen.line(f"{plan.minutes_per_day} minutes a day, {goal} {day_words(plan.horizon, today)}.")
    for interview in plan.interviews:
        if (sentence := _expected(interview, plan.minutes_per_day)) is not None:
            screen.line(sentence)
    if not plan.days:
        screen.line("Nothing to rehearse: there are no questions yet, or all is done for today.")
    screen.line()
    screen.table(
        ("day", "min", "question", "why"), list(_rows(plan, texts, today)), wrap=("question", "why")
    )
    with coach.question_log() as log:
        three_times = log.to_practise_three_times()
    if three_times:
        screen.heading("Good days so far, of what tripped you up")
    for one in three_times:
        good = min(one.good_days, one.good_days_wanted)
        screen.item(f"{good} of {one.good_days_wanted}: {one.question.text}")
    if plan.interviews:
        with coach.reading_bank() as bank:
            show_lessons(screen, kept_lessons(bank.past_interviews(today))[:1])
    from voicecoach.kept_takeaways import MOST_FOCUSES, practice_focuses  # noqa: PLC0415 - start-up

    show_focus(screen, practice_focuses(coach)[:MOST_FOCUSES])
    if plan.sacrificed:
        screen.heading("What does not fit in")
    for left_out in plan.sacrificed:
        times = "once" if left_out.rehearsals == 1 else f"{left_out.rehearsals} times"
        screen.item(texts[left_out.question_id], f" ({times}: {left_out.why})")


def _rows(plan: Plan, texts: dict[str, str], today: date) -> Iterator[tuple[Piece, ...]]:
    """Give the plan's rows: each rehearsal, a day's first one with the day, and each interview."""
    names = {one.interview_id: one.name for one in plan.interviews}
    held: dict[date, list[str]] = {}
    for one in plan.interviews:
        if one.interview_id is not None:
            held.setdefault(one.day, []).append(one.name or "an interview")
    planned = {day.day: day for day in plan.days}
    for day in sorted({*planned, *held}):
        shown = f"{day:%a} {day.day} {day:%b}" + (", today" if day == today else "")
        for name in held.get(day, ()):
            yield (shown, "bold"), "", (f"Interview: {name}", "bold"), ""
            shown = ""
        for item in planned[day].items if day in planned else ():
            whose = f"; for {names[item.interview_id]}" if len(names) > 1 else ""
            yield shown, str(item.minutes), texts[item.question_id], item.why + whose
            shown = ""


def _expected(interview: PlannedInterview, minutes: int) -> str | None:
    """Say what the plan is expected to bring, and how much of it half the minutes would."""
    if interview.share_followed is None or interview.share_unrehearsed is None:
        return None
    where = f" at {interview.name}" if interview.name else ""
    sentence = (
        f"Followed, it brings about {_percent(interview.share_followed)} of the likely "
        f"questions{where} to the target; without any rehearsal "
        f"{_percent(interview.share_unrehearsed)}."
    )
    if interview.share_in_half is not None and minutes > 1:
        sentence += f" Half the minutes would bring {_percent(interview.share_in_half)}."
    return sentence


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"

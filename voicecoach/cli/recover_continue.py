"""`voicecoach recover continue`: what to keep for the next interview, and how far one has come."""

from typing import TYPE_CHECKING

import click

from question_bank import debrief_prompts as prompts
from voicecoach.cli.asking import ask_several
from voicecoach.cli.interviews import interview_name
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from voicecoach.interview_progress import InterviewProgress
    from voicecoach.lessons import KeptLessons


@click.command("continue")
@click.option("--do", "dos", multiple=True, help="What to do next time; may be repeated.")
@click.option("--dont", "donts", multiple=True, help="What not to do again; may be repeated.")
@click.option("--lesson", "lessons", multiple=True, help="What you learned; may be repeated.")
@click.option("--interview", "interview_id", help="Which interview; the latest path's without it.")
@json_option
@pass_session
def command(
    session: Session,
    dos: tuple[str, ...],
    donts: tuple[str, ...],
    lessons: tuple[str, ...],
    *,
    interview_id: str | None,
) -> None:
    """Keep do's, don'ts and lessons, and see how it went from interview to interview.

    What is given joins what is there (`voicecoach interviews edit` replaces it). Without options
    it asks at a terminal.
    """
    from voicecoach.interview_progress import interview_progress  # noqa: PLC0415 - start-up time
    from voicecoach.lessons import kept_lessons  # noqa: PLC0415 - start-up time

    coach, screen = session.coach, session.screen
    with coach.reading_roads_back() as roads:
        interview = roads.interview(interview_id)
    if screen.at_terminal and not (dos or donts or lessons):
        screen.line((interview_name(interview), "bold"))
        dos = ask_several(screen, prompts.DOS)
        donts = ask_several(screen, prompts.DONTS)
        lessons = ask_several(screen, prompts.LESSONS)
    if dos or donts or lessons:
        with coach.bank() as bank:
            stored = bank.get_interview(interview.id)
            bank.edit_interview(
                interview.id,
                dos=_joined(stored.dos, dos),
                donts=_joined(stored.donts, donts),
                lessons=_joined(stored.lessons, lessons),
            )
    with coach.reading_standing() as standing:
        progress = interview_progress(standing)
        kept = kept_lessons(standing.bank.past_interviews(coach.today()))
    if screen.as_json:
        screen.data({"kept": kept, "progress": progress})
        return
    show_lessons(screen, kept)
    _show_progress(screen, progress)


def _joined(stored: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    return (*stored, *(one for one in said if one.strip() and one.strip() not in stored))


def show_lessons(screen: Screen, kept: "tuple[KeptLessons, ...]") -> None:
    """Print what was kept from each interview."""
    for one in kept:
        name = " at ".join(part for part in (one.role, one.company) if part) or "An interview"
        screen.heading(f"What you take with you from {name}")
        for title, said in (("Do", one.dos), ("Don't", one.donts), ("Remember", one.lessons)):
            for text in said:
                screen.item((f"{title}: ", "bold"), text)


def _show_progress(screen: Screen, progress: "InterviewProgress") -> None:
    screen.heading("From interview to interview")
    for sentence in progress.words:
        screen.line(sentence)
    screen.table(
        ("interview", "day", "ready", "well on 3 days", "answers", "points said", "fillers/min"),
        [
            (
                one.name,
                one.day.isoformat(),
                _share(one.readiness, "not known"),
                str(one.mastered),
                str(one.practice.answers),
                _share(one.practice.coverage, "too few"),
                "too few"
                if one.practice.fillers_per_minute is None
                else f"about {one.practice.fillers_per_minute:.1f}",
            )
            for one in progress.figures
        ],
        wrap=("interview",),
    )
    screen.line(("Each row counts the practice since the interview before it.", "dim"))


def _share(share: float | None, unknown: str) -> str:
    return unknown if share is None else f"{round(100 * share)}%"

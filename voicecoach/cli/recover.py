"""`voicecoach recover`: the seven steps after a failed interview."""

from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli import (
    recover_breathe,
    recover_continue,
    recover_feedback,
    recover_feel,
    recover_move,
    recover_positives,
)
from voicecoach.cli.resources import command as resources
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import NotFoundError

if TYPE_CHECKING:
    from voicecoach.path_comparison import WalkedStep
    from voicecoach.recovery import RecoveryPath

STEPS: Final = ("feel", "breathe", "feedback", "move", "positives", "plan", "continue")
"""`voicecoach.recovery.Step`, spelt out so that completion needs no import; a test compares."""

MOST_COMPARED: Final = 4
"""Paths that a terminal's width has room for."""

_MARKS: Final = {
    "done": ("done", "green"),
    "skipped": ("skipped", "dim"),
    "next": ("next", "bold"),
    "later": ("later", "dim"),
}


@click.group("recover", invoke_without_command=True)
@click.option("--done", type=click.Choice(STEPS), help="Mark a step as done.")
@click.option("--skip", type=click.Choice(STEPS), help="Leave a step out; that is fine.")
@click.option("--reopen", type=click.Choice(STEPS), help="Open a step again that was done or left.")
@click.option("--compare", is_flag=True, help="Show all your paths side by side.")
@click.option(
    "--begin", metavar="INTERVIEW", help="Say that an interview went badly: its path begins."
)
@click.option("--note", default="", help="Words of your own beside it; nobody reads them.")
@click.option("--interview", "interview_id", help="Another interview than the latest.")
@click.option("--email", is_flag=True, help="Draft an e-mail that asks for feedback.")
@json_option
@pass_session
@click.pass_context
def command(
    ctx: click.Context,
    session: Session,
    *,
    done: str | None,
    skip: str | None,
    reopen: str | None,
    compare: bool,
    begin: str | None,
    note: str,
    interview_id: str | None,
    email: bool,
) -> None:
    """Show the seven steps: where you are, what is next.

    Each step with more to it than that has a verb of its own below.
    """
    if ctx.invoked_subcommand is not None:
        if done or skip or reopen or compare or begin or note or email:
            raise click.UsageError("The options of recover itself stand without a further word.")
        return
    if sum(one is not None for one in (done, skip, reopen, begin)) + compare > 1:
        raise click.UsageError(
            "--done, --skip, --reopen, --begin and --compare exclude each other."
        )
    if note and not (done or skip):
        raise click.UsageError("--note goes with --done or --skip.")
    if compare:
        show_paths(session)
        return
    path = _path_after(session, done, skip, reopen, begin, note=note, interview_id=interview_id)
    if email:
        draft = _draft(session, path.interview_id)
        if session.screen.as_json:
            session.screen.data({"email": draft})
        else:
            click.echo(draft)
    elif session.screen.as_json:
        session.screen.data(path)
    else:
        show_path(session, path)


def _draft(session: Session, interview_id: str) -> str:
    """Return the e-mail that asks for feedback, as it is kept or would be drafted."""
    from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time

    step = FeedbackStep(session.coach, interview_id)
    kept = step.standing().letter
    letter = step.draft(step.choice()) if kept is None else kept.letter
    return f"Subject: {letter.subject}\n\n{letter.body}"


def _path_after(
    session: Session,
    done: str | None,
    skip: str | None,
    reopen: str | None,
    begin: str | None,
    *,
    note: str,
    interview_id: str | None,
) -> "RecoveryPath":
    """Note what the options say, if anything, and return the path as it stands then."""
    from voicecoach.recovery import Step, StepState  # noqa: PLC0415 - start-up time

    state = {done: StepState.DONE, skip: StepState.SKIPPED, reopen: StepState.LATER}
    step = done or skip or reopen
    if begin is not None:
        with session.coach.roads_back() as roads:
            return roads.begin(begin)
    if step is not None:
        with session.coach.roads_back() as roads:
            return roads.mark(Step(step), state[step], note=note or None, interview_id=interview_id)
    path = session.coach.recovery(interview_id)
    if path is None:
        raise NotFoundError(
            "No interview that went badly is logged yet.",
            "Begin with: voicecoach debrief, or: voicecoach recover --begin INTERVIEW",
        )
    return path


def show_path(session: Session, path: "RecoveryPath") -> None:
    """Print the path: each step with where it stands, and what the next one asks for."""
    screen = session.screen
    screen.line((path.heading, "bold"))
    for number, step in enumerate(path.steps, start=1):
        seen = f" ({step.seen})" if step.seen else ""
        screen.item(step.title, ": ", _MARKS[step.state.value], seen, mark=f"{number}.")
    upcoming = path.next_step
    if upcoming is None:
        screen.line("All seven are behind you.")
    else:
        screen.heading(upcoming.title)
        screen.line(upcoming.sentence)
        screen.line(upcoming.to_do)
        screen.line(
            f"{upcoming.verb}, or leave it: voicecoach recover --skip {upcoming.step.value}"
        )
    screen.line()
    screen.line((path.support, "dim"))


def show_paths(session: Session) -> None:
    """Print all paths side by side: a row a step, a column a path, the latest first."""
    screen = session.screen
    with session.coach.reading_roads_back() as roads:
        paths = roads.compare()
    if screen.as_json:
        screen.data(paths)
        return
    if not paths:
        screen.line("No path has begun yet. Begin with: voicecoach debrief")
        return
    shown = paths[:MOST_COMPARED]
    screen.table(
        ("", *(f"{one.name}, {one.began:%d %b %Y}" for one in shown)),
        [
            (steps[0].title, *(_how_far(step) for step in steps))
            for steps in zip(*(one.steps for one in shown), strict=True)
        ],
        wrap=[f"{one.name}, {one.began:%d %b %Y}" for one in shown],
    )
    if len(paths) > MOST_COMPARED:
        screen.line(f"The latest {MOST_COMPARED} of {len(paths)}; all with --json.")
    for one in shown:
        kept = (*one.dos, *(f"not: {text}" for text in one.donts), *one.lessons)
        if kept:
            screen.heading(f"Kept from {one.name}")
            for text in kept:
                screen.item(text)


def _how_far(step: "WalkedStep") -> str:
    """Say where a step of a path stands in a few words."""
    if step.state.value == "skipped":
        return "left out"
    if step.state.value != "done":
        return "open"
    if step.days is None:
        return "done"
    return {0: "the same day", 1: "a day later"}.get(step.days, f"{step.days} days later")


for _verb in (
    *(recover_feel, recover_breathe, recover_feedback, recover_move, recover_positives),
    recover_continue,
):
    command.add_command(_verb.command)
command.add_command(resources)

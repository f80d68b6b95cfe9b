"""`voicecoach recover`: the seven steps after a failed interview."""

from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import NotFoundError

if TYPE_CHECKING:
    from voicecoach.recovery import RecoveryPath

STEPS: Final = ("feel", "breathe", "feedback", "move", "positives", "plan", "continue")
"""`voicecoach.recovery.Step`, spelt out so that completion needs no import; a test compares."""

_MARKS: Final = {
    "done": ("done", "green"),
    "skipped": ("skipped", "dim"),
    "next": ("next", "bold"),
    "later": ("later", "dim"),
}


@click.group("recover", invoke_without_command=True)
@click.option("--done", type=click.Choice(STEPS), help="Mark a step as done.")
@click.option("--skip", type=click.Choice(STEPS), help="Leave a step out; that is fine.")
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
    note: str,
    interview_id: str | None,
    email: bool,
) -> None:
    """Show the seven steps: where you are, what is next.

    Each step with more to it than that has a verb of its own below.
    """
    if ctx.invoked_subcommand is not None:
        if done or skip or note or email:
            raise click.UsageError("--done, --skip, --note and --email stand alone.")
        return
    if done and skip:
        raise click.UsageError("--done and --skip exclude each other.")
    if note and not (done or skip):
        raise click.UsageError("--note goes with --done or --skip.")
    from voicecoach.recovery import Step, follow_up_email  # noqa: PLC0415 - start-up time

    coach = session.coach
    if done or skip:
        path: RecoveryPath | None = coach.mark_step(
            Step(done or skip or ""), skipped=skip is not None, note=note, interview_id=interview_id
        )
    else:
        path = coach.recovery(interview_id)
    if path is None:
        raise NotFoundError("No past interview is logged yet.", "Begin with: voicecoach debrief")
    if email:
        with coach.reading_bank() as bank:
            draft = follow_up_email(bank.get_interview(path.interview_id))
        if session.screen.as_json:
            session.screen.data({"email": draft})
        else:
            click.echo(draft)
    elif session.screen.as_json:
        session.screen.data(path)
    else:
        show_path(session, path)


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

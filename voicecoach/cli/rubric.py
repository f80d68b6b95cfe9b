"""`voicecoach rubric`: what is judged and why, your own weights, your agreement with the coach."""

from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.asking import ask_yes
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError

if TYPE_CHECKING:
    from question_bank.question import QuestionKind

KINDS: Final = ("behavioural", "technical", "motivational", "situational", "to_ask")
"""`question_bank.question.QuestionKind`, spelt out so that completion needs no import."""


@click.group("rubric", invoke_without_command=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind of question.")
@json_option
@click.pass_context
def command(ctx: click.Context, kind: str | None) -> None:
    """What is judged, how much it weighs, and where every threshold comes from.

    Without a further word it prints the rubric as it holds for you.
    """
    if ctx.invoked_subcommand is not None:
        if kind is not None:
            raise click.UsageError("--kind goes with `rubric` alone.")
        return
    from voicecoach.cli.rubric_view import show_rubric  # noqa: PLC0415 - start-up time

    session = ctx.find_object(Session)
    assert session is not None
    sheet = session.coach.rubric(_kind(kind))
    if session.screen.as_json:
        session.screen.data(sheet)
        return
    show_rubric(session.screen, sheet)


@command.command("weights")
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="CRITERION=WEIGHT",
    help="Another weight; may be repeated. All must add up to 100.",
)
@click.option("--reset", is_flag=True, help="Go back to the rubric's own weights.")
@json_option
@pass_session
def weights(session: Session, kind: str, changes: tuple[str, ...], *, reset: bool) -> None:
    """Show or change how much each criterion weighs for one kind of question.

    They are kept in config.toml in your home. Old scores stay as they are: `attempts rescore`.
    """
    if changes and reset:
        raise click.UsageError("--set and --reset exclude each other.")
    from voicecoach.cli.rubric_view import show_weights  # noqa: PLC0415 - start-up time
    from voicecoach.wiring import rubric_weights, set_rubric_weights  # noqa: PLC0415

    chosen = _kind(kind)
    assert chosen is not None
    settings = session.settings
    if reset:
        settings = set_rubric_weights(settings, chosen, None)
    elif changes:
        row = {str(name): one for name, one in rubric_weights(settings)[chosen].items()}
        for change in changes:
            name, weight = _change(change)
            row[name] = weight
        settings = set_rubric_weights(settings, chosen, row)
    from voicecoach.rubric_sheet import kind_weights  # noqa: PLC0415

    found = kind_weights(rubric_weights(settings)[chosen], chosen)
    if session.screen.as_json:
        session.screen.data(found)
        return
    show_weights(session.screen, found)


@command.command("agreement")
@json_option
@pass_session
def agreement(session: Session) -> None:
    """How often you agree with the coach, of the points you spoke of with `attempts say`."""
    from voicecoach.cli.rubric_view import show_agreement  # noqa: PLC0415 - start-up time

    with session.coach.reading_verdicts() as verdicts:
        found = verdicts.agreement()
    if session.screen.as_json:
        session.screen.data(found)
        return
    show_agreement(session.screen, found)


@command.command("recalibrate")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--reset", is_flag=True, help="Go back to the rubric's own cut-points.")
@json_option
@pass_session
def recalibrate(session: Session, *, yes: bool, reset: bool) -> None:
    """Fit the cut-points of coverage to your own verdicts, once there are enough.

    Shows what would change and asks; off a terminal it only shows, unless --yes is given.
    """
    from voicecoach.cli.rubric_view import show_proposal  # noqa: PLC0415 - start-up time

    coach, screen = session.coach, session.screen
    if reset:
        with coach.verdicts() as verdicts:
            own = verdicts.reset()
        if screen.as_json:
            screen.data(own)
        else:
            screen.line(
                f"The rubric's own cut-points hold again: said from {own.said_from:.2f}, "
                f"partly said from {own.partly_from:.2f}."
            )
        return
    with coach.reading_verdicts() as verdicts:
        proposal = verdicts.proposal()
    if not screen.as_json:
        show_proposal(screen, proposal)
    wanted = yes or (
        proposal.ready
        and screen.at_terminal
        and not screen.as_json
        and ask_yes(screen, "Use these cut-points from now on?", default=False)
    )
    if wanted:
        with coach.verdicts() as verdicts:
            proposal = verdicts.recalibrate(proposal.verdicts)
    if screen.as_json:
        screen.data(proposal)
    elif wanted:
        screen.line("Done, for all answers to come. Back again: voicecoach rubric recalibrate")
        screen.line("--reset. To score old answers again: voicecoach attempts rescore --all")
    elif proposal.ready:
        screen.line("Nothing was changed. To do it: voicecoach rubric recalibrate --yes")


def _kind(name: str | None) -> "QuestionKind | None":
    from question_bank.question import QuestionKind  # noqa: PLC0415 - start-up time

    return None if name is None else QuestionKind(name)


def _change(text: str) -> tuple[str, float]:
    name, equals, weight = text.partition("=")
    try:
        return name.strip(), float(weight) if equals else float("nan")
    except ValueError:
        raise InvalidInputError(
            f"{text!r} is no weight.", "Write it as CRITERION=NUMBER, such as structure=30."
        ) from None

"""`voicecoach recover positives`: what went well, what differed, and what becomes of it."""

from typing import TYPE_CHECKING

import click

from question_bank.errors import InvalidInputError
from question_bank.interview import RightCompany
from voicecoach.cli.asking import ask_optional, ask_several
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.cli.takeaway_verbs import ask_uses, undo_verb

if TYPE_CHECKING:
    from voicecoach.feedback_step import FeedbackStep
    from voicecoach.positives_step import Entry

USES = ("strength", "question", "point")


@click.group("positives", invoke_without_command=True)
@click.option("--interview", "interview_id", help="Whose path; the latest without it.")
@click.option("--went-well", multiple=True, help="Something that went well; may be repeated.")
@click.option("--differed", multiple=True, help="What was not as expected; may be repeated.")
@click.option("--better", multiple=True, help="What to answer differently; may be repeated.")
@click.option("--grey-area", multiple=True, help="What can't be told good from bad; repeatable.")
@click.option(
    "--right-company",
    type=click.Choice([one.value for one in RightCompany]),
    help="Whether it was the right company.",
)
@click.option("--why", help="What makes you think so.")
@json_option
@pass_session
@click.pass_context
def command(
    ctx: click.Context,
    session: Session,
    *,
    interview_id: str | None,
    went_well: tuple[str, ...],
    differed: tuple[str, ...],
    better: tuple[str, ...],
    grey_area: tuple[str, ...],
    right_company: str | None,
    why: str | None,
) -> None:
    """Look back in peace. Entries are added; at a terminal without options it asks.

    Each entry can become a strength, a question or a point of an outline: see `keep`.
    """
    from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time
    from voicecoach.positives_step import add_entries, entries_of  # noqa: PLC0415
    from voicecoach.takeaways import TakeawaySource  # noqa: PLC0415

    ctx.meta["voicecoach.interview"] = interview_id
    given = went_well or differed or better or grey_area or right_company or why is not None
    if ctx.invoked_subcommand is not None:
        if given:
            raise click.UsageError("The options of positives itself stand without a further word.")
        return
    step = FeedbackStep(session.coach, interview_id)
    if given:
        add_entries(
            session.coach,
            step.interview.id,
            {
                TakeawaySource.WENT_WELL: went_well,
                TakeawaySource.DIFFERED_FROM_EXPECTED: differed,
                TakeawaySource.COULD_ANSWER_BETTER: better,
                TakeawaySource.GREY_AREAS: grey_area,
            },
            right_company=None if right_company is None else RightCompany(right_company),
            right_company_why=why,
        )
        step = FeedbackStep(session.coach, step.interview.id)
    elif session.screen.at_terminal:
        _ask(session, step)
        step = FeedbackStep(session.coach, step.interview.id)
        for one in entries_of(step.standing()):
            if not one.became:
                ask_uses(
                    session,
                    step,
                    [(one.text, one.suggested, None, ())],
                    source=one.source,
                    offered=("leave", *USES),
                )
    _show(session, step)


@command.command("keep")
@click.argument("number", type=int)
@click.option("--as", "use", type=click.Choice(USES), required=True, help="What it becomes.")
@click.option("--words", default="", help="Your own words for it; the entry without them.")
@click.option("--question", "question_id", help="Whose outline: a question's id or a beginning.")
@json_option
@pass_session
@click.pass_context
def keep(
    ctx: click.Context,
    session: Session,
    *,
    number: int,
    use: str,
    words: str,
    question_id: str | None,
) -> None:
    """Make a strength, a question or a point of entry NUMBER of the list."""
    from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time
    from voicecoach.positives_step import entries_of  # noqa: PLC0415
    from voicecoach.takeaway_desk import Wish  # noqa: PLC0415
    from voicecoach.takeaways import Use  # noqa: PLC0415

    step = FeedbackStep(session.coach, ctx.meta.get("voicecoach.interview"))
    entries = entries_of(step.standing())
    entry = next((one for one in entries if one.number == number), None)
    if entry is None:
        raise InvalidInputError(
            f"There is no entry {number}.", "See the list: voicecoach recover positives"
        )
    step.keep(
        [
            Wish(
                source=entry.source,
                quote=entry.text,
                use=Use(use),
                words=words,
                question_id=question_id,
            )
        ]
    )
    _show(session, step)


command.add_command(undo_verb("take-back"))


def _ask(session: Session, step: "FeedbackStep") -> None:
    from question_bank import debrief_prompts as prompts  # noqa: PLC0415 - start-up time
    from question_bank.debrief_values import right_company_of  # noqa: PLC0415
    from voicecoach.positives_step import QUESTIONS_ASKED, add_entries  # noqa: PLC0415

    screen, interview = session.screen, step.interview
    _list(session, step)
    said = {source: ask_several(screen, asked) for source, asked in QUESTIONS_ASKED.items()}
    right, why = None, None
    if interview.right_company is None and not interview.right_company_why:
        typed = ask_optional(screen, f"{prompts.RIGHT_COMPANY} yes, unsure or no, and why")
        right, reason = right_company_of(typed)
        why = reason or None
    if any(said.values()) or right is not None or why is not None:
        add_entries(session.coach, interview.id, said, right_company=right, right_company_why=why)


def _show(session: Session, step: "FeedbackStep") -> None:
    from voicecoach.positives_step import entries_of  # noqa: PLC0415 - start-up time

    if session.screen.as_json:
        standing = step.standing()
        session.screen.data(
            {
                "interview_id": step.interview.id,
                "entries": entries_of(standing),
                "right_company": step.interview.right_company,
                "right_company_why": step.interview.right_company_why,
            }
        )
        return
    _list(session, step)


def _list(session: Session, step: "FeedbackStep") -> None:
    from voicecoach.cli.interviews import interview_name  # noqa: PLC0415 - start-up time
    from voicecoach.positives_step import QUESTIONS_ASKED, entries_of  # noqa: PLC0415

    screen, interview = session.screen, step.interview
    screen.line((f"Looking back at {interview_name(interview)}", "bold"))
    entries = entries_of(step.standing())
    for source, asked in QUESTIONS_ASKED.items():
        there = [one for one in entries if one.source is source]
        if there:
            screen.heading(asked)
        for one in there:
            _item(session, one)
    if interview.right_company is not None or interview.right_company_why:
        screen.heading("Was it the right company?")
        said = (interview.right_company, interview.right_company_why)
        screen.line(": ".join(one for one in said if one))
    if not entries:
        screen.line('Nothing is noted yet. Such as: recover positives --went-well "I was early"')


def _item(session: Session, one: "Entry") -> None:
    session.screen.item(one.text, mark=f"{one.number}.")
    for kept in one.became:
        session.screen.line(
            (f"became a {kept.use}: {kept.words} ({kept.id[:8]})", "green"), indent=5
        )

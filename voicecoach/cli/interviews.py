"""`voicecoach interviews`: past ones, and the one everything works towards."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from question_bank.errors import InvalidInputError
from question_bank.interview import Feeling, Interview, Outcome, RightCompany
from voicecoach.cli.advert import command as advert
from voicecoach.cli.asking import (
    ask_choice,
    ask_day,
    ask_optional,
    ask_text,
    ask_yes,
    require_terminal,
)
from voicecoach.cli.checklist import command as checklist
from voicecoach.cli.inputs import DAY, FEELING, short_ids
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.cli.turn import note_shown

if TYPE_CHECKING:
    from question_bank.interview_shelf import InterviewFields

Function = TypeVar("Function", bound=Callable[..., Any])

OUTCOMES = (
    ("upcoming", "it is still to come"),
    ("waiting", "it took place, no answer yet"),
    ("rejected", "they said no"),
    ("offered", "they said yes"),
    ("withdrawn", "you decided against it"),
)


class GivenFields(TypedDict):
    """What the options said; None or empty where an option was not given."""

    company: str | None
    role: str | None
    day: date | None
    outcome: str | None
    feelings: Sequence[Feeling]
    went_well: Sequence[str]
    differed: Sequence[str]
    better: Sequence[str]
    feedback: str | None
    lessons: Sequence[str]
    grey_areas: Sequence[str]
    right_company: str | None
    right_company_why: str | None
    dos: Sequence[str]
    donts: Sequence[str]


def _field_options(function: Function) -> Function:
    for option in reversed(
        (
            click.option("--company", help="Who the interview is with."),
            click.option("--role", help="The job."),
            click.option("--date", "day", type=DAY, help="The day, as YYYY-MM-DD."),
            click.option(
                "--outcome", type=click.Choice([key for key, _ in OUTCOMES]), help="How it ended."
            ),
            click.option(
                "--feeling",
                "feelings",
                type=FEELING,
                multiple=True,
                help='How it felt, such as "disappointed 4/5"; may be repeated.',
            ),
            click.option("--went-well", multiple=True, help="What went well; may be repeated."),
            click.option(
                "--differed", multiple=True, help="What was not as expected; may be repeated."
            ),
            click.option(
                "--better", multiple=True, help="What you could answer better; may be repeated."
            ),
            click.option("--feedback", help="The feedback you received."),
            click.option(
                "--grey-area",
                "grey_areas",
                multiple=True,
                help="What you can't tell good from bad; may be repeated.",
            ),
            click.option(
                "--right-company",
                type=click.Choice([one.value for one in RightCompany]),
                help="Whether it was the right company for you.",
            ),
            click.option("--right-company-why", help="What makes you think so."),
            click.option("--lesson", "lessons", multiple=True, help="A lesson; may be repeated."),
            click.option(
                "--do", "dos", multiple=True, help="What to do next time; may be repeated."
            ),
            click.option(
                "--dont", "donts", multiple=True, help="What not to do again; may be repeated."
            ),
        )
    ):
        function = option(function)
    return function


@click.group("interviews", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Past interviews, and the upcoming one whose date everything works towards.

    Without a further word it lists them.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_interviews)


command.add_command(checklist)


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@json_option
@pass_session
def list_interviews(session: Session, limit: int = 50, offset: int = 0) -> None:
    """List interviews, the latest first."""
    with session.coach.reading_bank() as bank:
        interviews = bank.list_interviews(limit=limit, offset=offset)
    if session.screen.as_json:
        session.screen.data(interviews)
        return
    if not interviews:
        session.screen.line("No interviews yet. Log one: voicecoach interviews add")
        return
    today = session.coach.today()
    short = short_ids(interview.id for interview in interviews)
    session.screen.table(
        ("id", "day", "company", "role", "outcome"),
        [
            (
                short[interview.id],
                interview.day.isoformat() if interview.day else "not known",
                interview.company,
                interview.role,
                outcome_words(interview, today),
            )
            for interview in interviews
        ],
        wrap=("company", "role"),
    )


@command.command("add")
@_field_options
@json_option
@pass_session
def add_interview(session: Session, **given: Unpack[GivenFields]) -> None:
    """Add an interview. On a terminal it asks for what is not given."""
    fields = _fields(given)
    today = session.coach.today()
    if session.screen.at_terminal and not {"company", "role"} & fields.keys():
        fields["company"] = ask_text(session.screen, "Which company or organisation")
        fields["role"] = ask_optional(session.screen, "Which role")
        if "day" not in fields:
            fields["day"] = ask_day(session.screen, "On which day", today=today)
    day = fields.get("day")
    if "outcome" not in fields and day is not None and day < today:
        if not session.screen.at_terminal:
            raise InvalidInputError(
                f"{day.isoformat()} has passed.", "Say how the interview ended with --outcome."
            )
        fields["outcome"] = _ask_outcome(session.screen, default="rejected")
    with session.coach.bank() as bank:
        interview = bank.add_interview(**fields)
    _show(session, interview, "Added")


@command.command("edit")
@click.argument("interview_id", metavar="ID")
@_field_options
@json_option
@pass_session
def edit_interview(session: Session, interview_id: str, **given: Unpack[GivenFields]) -> None:
    """Change an interview: what is given replaces what was there."""
    fields = _fields(given)
    with session.coach.reading_bank() as bank:
        before = bank.get_interview(interview_id)
    if not fields:
        if not session.screen.at_terminal:
            raise InvalidInputError(
                "Nothing to change was given.", "See: voicecoach interviews edit --help"
            )
        fields["company"] = ask_text(session.screen, "Company", default=before.company)
        fields["role"] = ask_text(session.screen, "Role", default=before.role)
        day = ask_day(session.screen, "Day", today=before.day or session.coach.today())
        fields["day"] = day or before.day
        fields["outcome"] = _ask_outcome(session.screen, default=before.outcome.value)
    with session.coach.bank() as bank:
        interview = bank.edit_interview(before.id, **fields)
    _show(session, interview, "Changed")


@command.command("delete")
@click.argument("interview_id", metavar="ID")
@click.option(
    "--with-questions", is_flag=True, help="Its own questions and every answer to them go too."
)
@click.option("--yes", is_flag=True, help="Don't ask whether I mean it.")
@pass_session
def delete_interview(
    session: Session, interview_id: str, *, with_questions: bool, yes: bool
) -> None:
    """Delete an interview for good with all that was noted about it, and its road back.

    Its questions and your answers stay, unless you say --with-questions: then the questions that
    were met only there go, with their outlines, and every answer to them.
    """
    from voicecoach.deleting import (  # noqa: PLC0415 - start-up time
        delete_interview,
        interview_deletion,
    )

    screen = session.screen
    going = interview_deletion(session.coach, interview_id)
    asked = "Delete it and its notes?"
    if with_questions:
        asked = (
            f"Delete it, its notes, {len(going.questions)} questions and {going.answers} answers?"
        )
    if not yes:
        require_terminal(screen, "Say --yes if you mean it.")
        screen.line(interview_name(going.interview))
        if going.draft:
            screen.line("The debrief of it that you have begun goes too.")
        if going.another_draft:
            screen.line(
                "The debrief that you have begun names this company and role too, but not this "
                "day: it stays."
            )
        if not ask_yes(screen, asked, default=False):
            screen.line("Kept.")
            return
    delete_interview(session.coach, going.interview.id, with_questions=with_questions)
    if with_questions:
        screen.line("Deleted for good: the interview, its notes, questions and answers.")
    else:
        screen.line("Deleted: the interview and its notes. Its questions stay.")


@command.command("report")
@click.argument("interview_id", metavar="ID")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The HTML file to write."
)
@json_option
@pass_session
def report(session: Session, interview_id: str, out: Path | None) -> None:
    """Write a report of the preparation, to print or to keep: one HTML file that needs nothing.

    Questions with outlines, your best answers, what to work on, readiness, the plan until the day.
    A browser prints it or makes a PDF of it.
    """
    from voicecoach.report.contents import interview_report  # noqa: PLC0415 - start-up time
    from voicecoach.report.drawing import report_html  # noqa: PLC0415 - start-up time

    if out is None and not session.screen.as_json:
        raise InvalidInputError(
            "There is no file to write to.",
            "Name one: voicecoach interviews report ID --out FILE.html",
        )
    with session.coach.question_log() as log:
        made = interview_report(log, interview_id)
    note_shown(session)
    if out is not None:
        try:
            handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(report_html(made))
        except OSError as error:
            raise InvalidInputError(
                f"{out} can't be written ({error.strerror or error}).", "Choose another place."
            ) from error
    if session.screen.as_json:
        session.screen.data(made)
    else:
        session.screen.line(f"Written: {out}. Open it in a browser to print it or make a PDF.")


def ask_upcoming(session: Session) -> Interview | None:
    """Ask for the interview that is to come; None where there is none yet."""
    screen = session.screen
    today = session.coach.today()
    day = ask_day(screen, "When is your next interview?", today=today)
    while day is not None and day < today:
        screen.line("That day has passed.")
        day = ask_day(screen, "When is your next interview?", today=today)
    if day is None:
        return None
    company = ask_text(screen, "With which company or organisation")
    role = ask_optional(screen, "For which role")
    with session.coach.bank() as bank:
        return bank.add_interview(company=company, role=role, day=day)


def interview_name(interview: Interview) -> str:
    """Return role and company in a few words."""
    return " at ".join(part for part in (interview.role, interview.company) if part) or "unnamed"


def outcome_words(interview: Interview, today: date) -> str:
    """Return how an interview stands, in words."""
    if interview.outcome is not Outcome.UPCOMING or interview.day is None:
        return interview.outcome.value
    days = (interview.day - today).days
    if days < 0:
        return "upcoming, but its day has passed"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _fields(given: GivenFields) -> "InterviewFields":
    fields = _facts(given)
    if given["feelings"]:
        fields["feelings"] = given["feelings"]
    if given["went_well"]:
        fields["went_well"] = given["went_well"]
    if given["differed"]:
        fields["differed_from_expected"] = given["differed"]
    if given["better"]:
        fields["could_answer_better"] = given["better"]
    if given["grey_areas"]:
        fields["grey_areas"] = given["grey_areas"]
    if given["right_company"] is not None:
        fields["right_company"] = RightCompany(given["right_company"])
    if given["right_company_why"] is not None:
        fields["right_company_why"] = given["right_company_why"]
    if given["feedback"] is not None:
        fields["feedback_received"] = given["feedback"]
    if given["lessons"]:
        fields["lessons"] = given["lessons"]
    if given["dos"]:
        fields["dos"] = given["dos"]
    if given["donts"]:
        fields["donts"] = given["donts"]
    return fields


def _facts(given: GivenFields) -> "InterviewFields":
    facts: InterviewFields = {}
    if given["company"] is not None:
        facts["company"] = given["company"]
    if given["role"] is not None:
        facts["role"] = given["role"]
    if given["day"] is not None:
        facts["day"] = given["day"]
    if given["outcome"] is not None:
        facts["outcome"] = Outcome(given["outcome"])
    return facts


def _ask_outcome(screen: Screen, *, default: str) -> Outcome:
    return Outcome(ask_choice(screen, "How did it end", OUTCOMES, default=default))


def _show(session: Session, interview: Interview, done: str) -> None:
    if session.screen.as_json:
        session.screen.data(interview)
        return
    name = interview_name(interview)
    day = f" on {interview.day.isoformat()}" if interview.day else ""
    how = outcome_words(interview, session.coach.today())
    session.screen.line(f"{done}: {name}{day} ({how}). Its id is {interview.id[:8]}.")


command.add_command(advert)

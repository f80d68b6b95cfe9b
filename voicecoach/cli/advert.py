"""`voicecoach interviews advert`: what a job demands, and which of it you have a story for."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError

if TYPE_CHECKING:
    from voicecoach.advert_match import MatchedAdvert, MatchedDemand

_STATES: Final = {
    "said": ("you have a story", "green"),
    "partly": ("in part", "yellow"),
    "not_heard": ("no story yet", "red"),
}


@click.command("advert")
@click.argument("interview_id", metavar="ID")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--add", "added", multiple=True, help="A demand that was not found in the text.")
@click.option("--ask", "asked", type=int, multiple=True, help="Put demand N into your bank.")
@click.option("--leave-out", "left_out", type=int, multiple=True, help="Demand N is none to me.")
@click.option("--keep", "kept", type=int, multiple=True, help="Demand N is one after all.")
@click.option(
    "--shown-by",
    "own_words",
    type=(int, str),
    multiple=True,
    metavar="N SKILL",
    help="My skill shows demand N, whatever the coach finds.",
)
@click.option(
    "--tell-in",
    "points",
    type=(int, str),
    multiple=True,
    metavar="N QUESTION",
    help="Put demand N as a point to be told into the outline of a question.",
)
@click.option("--delete", is_flag=True, help="Delete the advert.")
@json_option
@pass_session
def command(
    session: Session,
    interview_id: str,
    file: Path | None,
    *,
    added: tuple[str, ...],
    asked: tuple[int, ...],
    left_out: tuple[int, ...],
    kept: tuple[int, ...],
    own_words: tuple[tuple[int, str], ...],
    points: tuple[tuple[int, str], ...],
    delete: bool,
) -> None:
    """Keep a job's advert with an interview, and see what it demands.

    FILE is the advert as text ("-" reads it from stdin). Each demand is compared with your skills
    and their stories (voicecoach skills): which have one, in which words, and which have none yet.
    """
    from voicecoach.advert_match import match_advert  # noqa: PLC0415 - start-up time
    from voicecoach.demand_wording import question_for  # noqa: PLC0415
    from voicecoach.preparing import preparing  # noqa: PLC0415

    coach = session.coach
    with preparing(coach) as preparation:
        if delete:
            preparation.delete_advert(interview_id)
        if file is not None:
            preparation.keep_advert(interview_id, _read(file))
        for text in added:
            preparation.add_demand(interview_id, text, must=True)
        for numbers, out in ((left_out, True), (kept, False)):
            for number in numbers:
                demand = preparation.demand(interview_id, number)
                preparation.change_demand(interview_id, replace(demand, left_out=out))
        for number, skill in own_words:
            demand = preparation.demand(interview_id, number)
            preparation.change_demand(interview_id, replace(demand, entry_id=skill))
        for number, question in points:
            demand = preparation.demand(interview_id, number)
            preparation.outline_task(interview_id, number, question, demand.text)
        for number in asked:
            demand = preparation.demand(interview_id, number)
            met = preparation.ask_for(interview_id, number, question_for(demand.text))
            session.screen.note(f"In your bank: {met.question.text}")
    if delete and file is None:
        session.screen.note("Deleted: the advert, and your word on its demands.")
        return
    matched = match_advert(coach, interview_id)
    if session.screen.as_json:
        session.screen.data(matched)
    else:
        _show(session, matched)


def _read(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInputError(
            f"{file} can't be read ({error.strerror}).", "Give a text file, or - for stdin."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{file} is no text.", "Save the advert as plain text, or paste it on the page."
        ) from error


def _show(session: Session, matched: "MatchedAdvert") -> None:
    screen = session.screen
    if not matched.demands:
        screen.line("No demand was found in that text. Add one with --add WORDS.")
    else:
        told = sum(one.state.value == "said" for one in matched.demands)
        screen.line(f"{told} of {len(matched.demands)} demands have a story of yours.")
    if not matched.compared:
        screen.line("Nothing was compared: the sentence encoder is missing (voicecoach doctor).")
    for must, title in ((True, "It demands"), (False, "It would like")):
        demands = [one for one in matched.demands if one.must is must]
        if demands:
            screen.heading(title)
        for one in demands:
            _show_demand(session, one)
    if matched.left_out:
        screen.heading("Left out")
        for left in matched.left_out:
            screen.item(left.text, mark=f"{left.number}.")


def _show_demand(session: Session, one: "MatchedDemand") -> None:
    screen = session.screen
    screen.item(one.text, ": ", _STATES[one.state.value], mark=f"{one.number}.")
    if one.own_word:
        screen.line(f"by your own word: {one.entry_name}", indent=6)
    elif one.quotes:
        quotes = " … ".join(f"“{quote.quote}”" for quote in one.quotes)
        lacking = f"; {one.lacking}" if one.lacking else ""
        screen.line(f"{one.entry_name}: {quotes}{lacking}", indent=6)
    if one.question_id is not None:
        screen.line((f"in your bank as question {one.question_id[:8]}", "dim"), indent=6)

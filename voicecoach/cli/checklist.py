"""`voicecoach interviews checklist`: what to have ready on the day of an interview."""

from typing import TYPE_CHECKING

import click

from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError
from voicecoach.time_words import day_words

if TYPE_CHECKING:
    from voicecoach.interview_day import InterviewDay


@click.command("checklist")
@click.argument("interview_id", metavar="[ID]", required=False)
@click.option("--tick", multiple=True, metavar="ITEM", help="It is ready; may be repeated.")
@click.option("--untick", multiple=True, metavar="ITEM", help="It is not ready after all.")
@click.option("--add", "added", multiple=True, metavar="WORDS", help="Something of your own.")
@click.option("--remove", multiple=True, metavar="ITEM", help="Take it off the list.")
@click.option("--restore", multiple=True, metavar="ITEM", help="Put it back on the list.")
@json_option
@pass_session
def command(
    session: Session,
    interview_id: str | None,
    *,
    tick: tuple[str, ...],
    untick: tuple[str, ...],
    added: tuple[str, ...],
    remove: tuple[str, ...],
    restore: tuple[str, ...],
) -> None:
    """What to have ready for the next interview, or for interview ID.

    ITEM is the number the list shows, or the item's name. The questions to ask them and what
    earlier interviews taught stand below it.
    """
    from voicecoach import day_checklist  # noqa: PLC0415 - start-up time

    coach = session.coach
    whole_id = interview_id or day_checklist.next_interview_id(coach)
    day = day_checklist.day_of(coach, whole_id)
    # Numbers are those of the list the person has before them, whatever changes meanwhile.
    ticked, unticked, removed = (
        [_named(day, item) for item in items] for items in (tick, untick, remove)
    )
    for text in added:
        day_checklist.add(coach, whole_id, text)
    for item in ticked:
        day_checklist.tick(coach, whole_id, item)
    for item in unticked:
        day_checklist.tick(coach, whole_id, item, ticked=False)
    for item in removed:
        day_checklist.take_off(coach, whole_id, item)
    for item in restore:
        day_checklist.take_off(coach, whole_id, item, removed=False)
    day = day_checklist.day_of(coach, whole_id)
    if session.screen.as_json:
        session.screen.data(day)
        return
    _show(session, day)


def _named(day: "InterviewDay", item: str) -> str:
    """Return an item's name by its number on the list, or the name itself.

    Raises:
        InvalidInputError: the list has no such number.
    """
    if not item.isdigit():
        return item
    if not 1 <= int(item) <= len(day.items):
        raise InvalidInputError(
            f"The list has no item {item}.", f"Give 1 to {len(day.items)}, or an item's name."
        )
    return day.items[int(item) - 1].item


def _show(session: Session, day: "InterviewDay") -> None:
    screen, interview = session.screen, day.interview
    name = " at ".join(part for part in (interview.role, interview.company) if part)
    when = day_words(interview.day, session.coach.today()) if interview.day else "no date yet"
    screen.heading(f"{name or 'Your interview'}, {when}")
    for number, item in enumerate(day.items, start=1):
        mark = "[x]" if item.ticked else "[ ]"
        screen.item(f"{mark} {item.text}", mark=f"{number}.")
        if item.hint:
            screen.line((item.hint, "dim"), indent=9)
    screen.line(day.as_sentence())
    if day.left_out:
        left_out = ", ".join(f"{item.text} ({item.item})" for item in day.left_out)
        screen.line((f"Left out: {left_out}", "dim"))
    screen.heading("What to ask them")
    for question in day.to_ask:
        screen.item(question.text)
    if day.to_ask:
        screen.line("Practise asking them: voicecoach drill --kind to_ask")
    else:
        screen.line("None are in your bank yet. See: voicecoach questions packs")
    if day.lessons:
        from voicecoach.cli.recover_continue import show_lessons  # noqa: PLC0415 - start-up time

        show_lessons(screen, day.lessons)

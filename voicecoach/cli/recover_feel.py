"""`voicecoach recover feel`: how it feels today, for nobody's eyes but one's own."""

from typing import TYPE_CHECKING

import click

from question_bank.interview import Feeling
from voicecoach.cli.asking import ask_optional, ask_several, ask_yes
from voicecoach.cli.inputs import FEELING
from voicecoach.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from voicecoach.feelings import CheckIn


@click.command("feel")
@click.option(
    "--feeling",
    "feelings",
    type=FEELING,
    multiple=True,
    help='A word and its strength, such as "sad 4/5" (3 without one); may be repeated.',
)
@click.option("--note", default="", help="A note for yourself; never analysed, never exported.")
@click.option("--may-leave", is_flag=True, help="Let that note into an export.")
@click.option("--list", "only_list", is_flag=True, help="Only show earlier check-ins.")
@click.option("--delete", "delete_id", metavar="ID", help="Delete a check-in.")
@click.option("--interview", "interview_id", help="Whose path; the latest without it.")
@json_option
@pass_session
def command(
    session: Session,
    feelings: tuple[Feeling, ...],
    note: str,
    *,
    may_leave: bool,
    only_list: bool,
    delete_id: str | None,
    interview_id: str | None,
) -> None:
    """Say how it feels, today and again in some days, and see how that changes.

    Without options it asks at a terminal, and lists elsewhere. Nobody scores it or reads the note.
    """
    coach, screen = session.coach, session.screen
    if only_list and (feelings or note or delete_id):
        raise click.UsageError("--list stands alone.")
    if delete_id:
        with coach.roads_back() as roads:
            roads.delete_check_in(delete_id)
    with coach.reading_roads_back() as roads:
        interview = roads.interview(interview_id)
        sentence = roads.perspective(interview)
    asks = screen.at_terminal and not (feelings or note or only_list or delete_id)
    if asks:
        screen.line(sentence)
        feelings, note, may_leave = _ask(session)
    if feelings or note:
        with coach.roads_back() as roads:
            roads.check_in(
                [_with_strength(one) for one in feelings],
                note=note,
                note_may_leave=may_leave,
                interview_id=interview.id,
            )
    with coach.reading_roads_back() as roads:
        check_ins = roads.check_ins.of_interview(interview.id)
    if screen.as_json:
        screen.data({"perspective": sentence, "check_ins": check_ins})
        return
    _show(session, check_ins)
    from voicecoach.recovery import SUPPORT  # noqa: PLC0415 - start-up time

    screen.line((SUPPORT, "dim"))


def _ask(session: Session) -> tuple[tuple[Feeling, ...], str, bool]:
    from question_bank.debrief_values import feeling_of, level_of  # noqa: PLC0415 - start-up time
    from voicecoach.feelings import FEELING_GROUPS  # noqa: PLC0415 - start-up time

    screen = session.screen
    for title, words in FEELING_GROUPS.items():
        screen.item(f"{title}: ", ", ".join(words))
    said = ask_several(screen, 'What fits? Any word will do, with a strength such as "sad 4"')
    parted = [feeling_of(line) for line in said]
    feelings = tuple(
        Feeling(word=word, intensity=level_of(strength) if strength else None)
        for word, strength in parted
    )
    note = ask_optional(screen, "A note for yourself, if you like")
    may_leave = bool(note) and ask_yes(screen, "May it be in an export?", default=False)
    return feelings, note, may_leave


def _with_strength(feeling: Feeling) -> Feeling:
    from voicecoach.feelings import MIDDLE  # noqa: PLC0415 - start-up time

    return Feeling(word=feeling.word, intensity=feeling.intensity or MIDDLE)


def _show(session: Session, check_ins: "tuple[CheckIn, ...]") -> None:
    """Print the newest check-ins as a table of strengths, and the notes below."""
    from voicecoach.feelings import feeling_picture  # noqa: PLC0415 - start-up time

    screen, zone = session.screen, session.coach.time_zone
    if not check_ins:
        screen.line("Nothing is noted yet.")
        return
    picture = feeling_picture(check_ins)
    if picture.rows:
        days = [f"{at.astimezone(zone):%d %b}" for at in picture.times]
        screen.table(
            ("feeling", *days),
            [
                (row.word, *("●" * level if level else "" for level in row.intensities))
                for row in picture.rows
            ],
            wrap=("feeling",),
        )
    for one in check_ins:
        if one.note:
            screen.item(f"{one.at.astimezone(zone):%d %b %H:%M}: ", one.note)

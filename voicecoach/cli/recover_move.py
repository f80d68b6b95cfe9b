"""`voicecoach recover move`: a timer, and a log of moving and how it felt."""

import time

import click

from voicecoach.cli.asking import ask_number, ask_text, ask_yes
from voicecoach.cli.enter_key import enter_pressed, forget_typed_ahead
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.movement import BEST, KINDS, MOST_MINUTES, USUAL_MINUTES, WORST, movement_summary
from voicecoach.time_words import clock_words


@click.command("move")
@click.option("--kind", help=f"What you did, such as {', '.join(KINDS[:4])}, or any word.")
@click.option("--minutes", type=click.IntRange(1, MOST_MINUTES), help="How long.")
@click.option("--before", type=click.IntRange(WORST, BEST), help="How you felt before, 1 to 5.")
@click.option("--after", type=click.IntRange(WORST, BEST), help="How you felt after, 1 to 5.")
@click.option("--list", "only_list", is_flag=True, help="Only show what was logged.")
@click.option("--delete", "delete_id", metavar="ID", help="Delete a record.")
@click.option("--interview", "interview_id", help="Whose path; the latest without it.")
@json_option
@pass_session
def command(
    session: Session,
    kind: str | None,
    minutes: int | None,
    before: int | None,
    after: int | None,
    *,
    only_list: bool,
    delete_id: str | None,
    interview_id: str | None,
) -> None:
    """Count twenty minutes down, or log what you did; see how it felt before and after.

    Without options it asks at a terminal and counts down if you like; elsewhere it lists.
    """
    coach, screen = session.coach, session.screen
    given = kind is not None or minutes is not None
    if (before or after) and not given:
        raise click.UsageError("--before and --after go with --kind or --minutes.")
    if delete_id:
        with coach.roads_back() as roads:
            roads.delete_movement(delete_id)
    if screen.at_terminal and not (given or only_list or delete_id):
        with coach.reading_roads_back() as roads:
            roads.interview(interview_id)  # nothing is asked where there is no path to keep it on
        before = ask_number(screen, "How do you feel, 1 (bad) to 5 (good)", low=WORST, high=BEST)
        if ask_yes(screen, f"Count {USUAL_MINUTES} minutes down?", default=True):
            minutes = count_down(screen, USUAL_MINUTES)
        kind = ask_text(screen, f"What did you do ({', '.join(KINDS)}, ...)", default=KINDS[0])
        if minutes is None:
            minutes = ask_number(
                screen, "How many minutes", low=1, high=MOST_MINUTES, default=USUAL_MINUTES
            )
        after = ask_number(screen, "And now, 1 (bad) to 5 (good)", low=WORST, high=BEST)
        given = True
    if given:
        with coach.roads_back() as roads:
            roads.move(
                kind or KINDS[0],
                minutes or USUAL_MINUTES,
                before=before,
                after=after,
                interview_id=interview_id,
            )
    with coach.reading_roads_back() as roads:
        moved = roads.movements.every()
    summary = movement_summary(moved)
    if screen.as_json:
        screen.data({"movements": moved, "summary": summary})
        return
    screen.line(summary.sentence or "Nothing is logged yet: voicecoach recover move --minutes 20")
    for one in moved[::-1][:10]:
        felt = f" (felt {one.before} before, {one.after} after)" if one.before and one.after else ""
        screen.item(
            f"{one.at.astimezone(coach.time_zone):%d %b}: {one.kind}, {one.minutes} min{felt}"
        )


def count_down(screen: Screen, minutes: int) -> int:
    """Count down until Enter, Ctrl-C or the end; return the minutes that passed, at least one."""
    screen.note("Off you go. Enter ends it earlier.")
    forget_typed_ahead()
    begun = time.monotonic()
    passed = 0.0
    try:
        while (passed := time.monotonic() - begun) < 60 * minutes and not enter_pressed():
            screen.transient(f"  {clock_words(60 * minutes - passed)} left")
            time.sleep(0.2)
    except KeyboardInterrupt:
        passed = time.monotonic() - begun
    finally:
        screen.end_transient()
    return max(1, round(passed / 60))

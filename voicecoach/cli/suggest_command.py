"""`voicecoach questions suggest`: a clearer wording, from your own language model and own words."""

import click

from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError, NotFoundError


@click.command("suggest")
@click.argument("question_id", metavar="ID")
@click.option("--point", "number", type=click.IntRange(1), metavar="N", help="Point N, to word.")
@click.option("--text", help="A text of yours, to word.")
@click.option("--follow-up", is_flag=True, help="Ask a follow-up question to it instead.")
@json_option
@pass_session
def suggest(
    session: Session, question_id: str, number: int | None, text: str | None, *, follow_up: bool
) -> None:
    """Have a point of question ID's outline, or a text of yours, worded more clearly.

    Only with the settings wording_help_url and wording_help_model. What is suggested holds no
    number and no name that is not in your own words, and a wording no other word either that you
    did not use in some form; else it is dropped, with the reason.
    """
    from voicecoach.suggestion import Wish  # noqa: PLC0415 - start-up time
    from voicecoach.wording_suggestions import suggest_wording  # noqa: PLC0415 - start-up time

    screen, coach = session.screen, session.coach
    if (number is None) == (text is None):
        raise InvalidInputError("Say what is to be worded.", "Give --point N or --text TEXT.")
    if text is None:
        with coach.reading_bank() as bank:
            question = bank.get_question(question_id)
            outline = bank.get_outline(question.id)
        points = () if outline is None else outline.points
        if number is None or number > len(points):
            raise NotFoundError(
                f"The outline has {len(points)} points.",
                f"See it: voicecoach questions outline {question.id}",
            )
        text = points[number - 1].text
    wish = Wish.FOLLOW_UP if follow_up else Wish.WORDING
    made = suggest_wording(coach, question_id, text, wish=wish)
    if screen.as_json:
        screen.data(made)
    elif made.text is None:
        screen.line(made.dropped or "Nothing came.")
    else:
        screen.line(made.text)

"""Wordings for what a person has in their bank, from their own words about that question."""

from question_bank.outline import Outline
from question_bank.question import Question
from voicecoach.errors import InvalidInputError
from voicecoach.practice_book import PracticeBook
from voicecoach.suggestion import Suggestion, Wish
from voicecoach.wording_help import wording_help


def suggest_wording(
    book: PracticeBook, question_id: str, text: str, *, wish: Wish = Wish.WORDING
) -> Suggestion:
    """Ask the wording help for a clearer wording of a text, or a follow-up question to it.

    The text is a point or an answer of the person's. Their outline, stories and remembered answers
    for the question are what else the suggestion may draw on.

    Raises:
        InvalidInputError: there is no text, or no wording help is set up.
        NotFoundError: there is no such question.
        WordingHelpError: the endpoint gave no usable answer.
    """
    helper = wording_help(book.settings)
    if helper is None:
        raise InvalidInputError(
            "No wording help is set up.",
            "Set wording_help_url and wording_help_model to a model that runs on this machine.",
        )
    if not text.strip():
        raise InvalidInputError("There is nothing to word yet.", "Write it roughly first.")
    with book.reading_bank() as bank:
        question = bank.get_question(question_id)
        outline = bank.get_outline(question.id)
    return helper.suggest(text.strip(), own_words(question, outline), wish=wish)


def own_words(question: Question, outline: Outline | None) -> tuple[str, ...]:
    """Return what the person wrote or said about a question, each text alone.

    The question's own text is somebody else's: what it names, they have not claimed.
    """
    said = [one for trip in question.tripped_up for one in (trip.remembered_answer, trip.how)]
    if outline is not None:
        said += [point.text for point in outline.points]
        said += [*outline.stories, *outline.skills]
    return tuple(one for one in said if one.strip())

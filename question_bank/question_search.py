"""Finding a question by what is remembered of it. Pure: questions in, the fitting ones out."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from question_bank.near_duplicate import words_of
from question_bank.question import Question
from question_bank.schedule import tripped_up

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def search_questions(questions: Iterable[Question], wanted: str = "") -> tuple[Question, ...]:
    """Return the questions that hold every word that is wanted, or a word that begins with it.

    Looked at are the wording, the competency and how it tripped the person up; case, accents'
    encoding and punctuation do not matter. Questions that tripped the person up stand first, the
    one met last before the others; the rest keep their order.

    Args:
        questions: those to look through.
        wanted: what is looked for; nothing finds all.
    """
    beginnings = words_of(wanted)
    found = [
        question for question in questions if not beginnings or _holds(_words(question), beginnings)
    ]
    return tuple(sorted(found, key=lambda one: (tripped_up(one), _last_met(one)), reverse=True))


def _last_met(question: Question) -> datetime:
    if not tripped_up(question):
        return _NEVER
    return max(trip.noted_at for trip in question.tripped_up)


def _words(question: Question) -> frozenset[str]:
    told = (trip.how for trip in question.tripped_up)
    return frozenset(words_of(" ".join((question.text, question.competency, *told))))


def _holds(words: frozenset[str], beginnings: list[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)

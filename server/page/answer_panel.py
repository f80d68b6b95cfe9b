"""The part of a page that takes an answer, spoken or typed. Drill and mock share it."""

from dataclasses import dataclass

from question_bank.limits import LONGEST_TEXT
from voicecoach.attempt import Attempt
from voicecoach.errors import InvalidInputError
from voicecoach.practice import Coach


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPanel:
    """What the panel is about.

    `parent_id` is the attempt that a follow-up belongs to, "" for a question of its own. `speech`
    is where the question's sound is, `typed_address` where a typed answer goes. `onward` is where
    the page goes after the answer; "" leads to the answer's own result. `target_seconds` is how
    long a good answer takes, None where none is known; `limit_seconds` when it ends, None: never by
    itself. `mock` is the mock interview whose pressure holds, "" for none. `turn` names the turn of
    it that a typed answer is for. `open_attempt` was begun and not ended.
    `draft` is what was typed and could not be used, `problem` says why.
    """

    question_id: str
    parent_id: str
    speech: str
    typed_address: str
    onward: str = ""
    turn: str = ""
    target_seconds: int | None = None
    limit_seconds: int | None = None
    mock: str = ""
    open_attempt: Attempt | None = None
    draft: str = ""
    problem: str = ""


def take_typed(coach: Coach, question_id: str, text: str, *, parent_id: str, asked: str) -> str:
    """Take a typed answer and score it; return the attempt's id.

    Args:
        coach: takes it.
        question_id: the question answered.
        text: what was typed.
        parent_id: the attempt that a follow-up belongs to, "" for none.
        asked: what was asked.

    Raises:
        InvalidInputError: nothing was typed, or too much; nothing is stored.
    """
    if not text.strip():
        raise InvalidInputError("Nothing was typed yet.", "Type what you would say, then send it.")
    if len(text) > LONGEST_TEXT:
        raise InvalidInputError(
            f"That is {len(text):,} characters; {LONGEST_TEXT:,} is the most.", "Shorten it a bit."
        )
    begun = coach.begin(question_id, asked=asked, parent_id=parent_id or None, typed=True)
    return coach.answer_typed(begun.id, text).id

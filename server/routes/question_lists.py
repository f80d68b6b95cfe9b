"""`/api/questions/import`: a list of questions from another program, looked at or taken in."""

from typing import Annotated

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta

from question_bank.file_text import LARGEST_BYTES
from question_bank.question_intake import (
    Intake,
    TakenIn,
    as_known,
    look_at,
    read_question_list,
    take_in,
)
from question_bank.question_list import MOST_QUESTIONS, ListFormat
from server.routes.documented import ADDING
from voicecoach.practice import Coach


class NewQuestionList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list as text. Without a `format` it is told by `file_name` and the text.

    `take` are the numbers of the questions that are to enter, counted from 1 as the preview has
    them; without it those that are new or known do. With `merge` a question that is nearly the same
    as a stored one is taken as that one. A `dry_run` stores nothing.
    """

    text: Annotated[str, Meta(min_length=1, max_length=LARGEST_BYTES)]
    format: ListFormat | None = None
    file_name: Annotated[str, Meta(max_length=300)] = ""
    dry_run: bool = False
    merge: bool = False
    take: Annotated[tuple[int, ...], Meta(max_length=MOST_QUESTIONS)] | None = None


class QuestionListTaken(msgspec.Struct, frozen=True, kw_only=True):
    """What a list would do to the bank, and what entered (null after a dry run)."""

    preview: Intake
    taken: TakenIn | None


class QuestionListController(Controller):
    """Lists of questions."""

    path = "/questions/import"
    tags = ("questions",)

    @post(
        operation_id="importQuestions",
        sync_to_thread=True,
        responses=ADDING,
        request_max_body_size=2 * LARGEST_BYTES,
    )
    def import_questions(
        self, coach: NamedDependency[Coach], data: JSONBody[NewQuestionList]
    ) -> QuestionListTaken:
        """Take in a list (CSV, Markdown, Anki's plain text), or say what it would do."""
        read = read_question_list(data.text, data.format, data.file_name)
        with coach.reading_bank() if data.dry_run else coach.bank() as bank:
            intake = look_at(bank, read)
            if data.merge:
                intake = as_known(bank, intake)
            taken = None if data.dry_run else take_in(bank, intake, data.take)
        return QuestionListTaken(preview=intake, taken=taken)

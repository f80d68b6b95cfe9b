"""`/api/interviews/{id}/came`, `/api/foresight`: what came in interviews, and was it foreseen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from question_bank.debrief_values import guess_kind
from question_bank.interview import Outcome
from question_bank.limits import LONGEST_QUESTION
from question_bank.question import QuestionKind
from server.routes.documented import ADDING, READING
from server.schemas import Sent, Text
from voicecoach.after_interview import AfterInterview, after_interviews, reading_after_interviews
from voicecoach.errors import NotFoundError
from voicecoach.foresaw import Foreseen
from voicecoach.mean_difference import MeanDifference
from voicecoach.practice import Coach
from voicecoach.what_came import MOST_CAME, ToldQuestion, Went, WhatCame, unpractised_words


class SentQuestion(Sent, frozen=True, kw_only=True):
    """A question that came: one of the bank by `question_id`, or the words that were asked.

    Without a `kind` it is guessed from the words. `is_new` says that words nearly like a stored
    question are another one.
    """

    went: Went
    question_id: Annotated[str, Meta(max_length=100)] = ""
    text: Annotated[str, Meta(max_length=LONGEST_QUESTION)] = ""
    kind: QuestionKind | None = None
    how: Text = ""
    is_new: bool = False


class Telling(Sent, frozen=True, kw_only=True):
    """What came in an interview, in place of what was told before; without an outcome it stays."""

    questions: Annotated[Sequence[SentQuestion], Meta(max_length=MOST_CAME)]
    outcome: Outcome | None = None


class CameAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A question that came; `practised` is false where nothing of it was scored before the day."""

    question_id: str
    text: str
    asked: str
    went: Went
    how: str
    was_new: bool
    practised: bool


class WhatCameAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What came in an interview; `sentence` counts what had not been practised, "" for nothing."""

    interview_id: str
    outcome: Outcome
    told_at: datetime
    questions: tuple[CameAnswer, ...]
    sentence: str


class ForesightAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How well readiness foresaw interviews; `difference` and `brier` are null below five."""

    sentence: str
    foreseen: tuple[Foreseen, ...]
    missing: int
    difference: MeanDifference | None
    brier: float | None
    coin: float


class AfterInterviewController(Controller):
    """After interviews."""

    tags = ("interviews",)

    @get(
        "/interviews/{interview_id:str}/came",
        operation_id="getWhatCame",
        sync_to_thread=True,
        responses=READING,
    )
    def get_what_came(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str]
    ) -> WhatCameAnswer:
        """Return which questions came in an interview, as it was told; 404 while nothing was."""
        with reading_after_interviews(coach) as after:
            came = after.of_interview(interview_id)
            if came is None:
                raise NotFoundError(
                    "Nothing has been told of that interview yet.", "PUT what came in it here."
                )
            return _answer(after, came)

    @put(
        "/interviews/{interview_id:str}/came",
        operation_id="tellWhatCame",
        sync_to_thread=True,
        responses=ADDING,
    )
    def tell_what_came(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str], data: JSONBody[Telling]
    ) -> WhatCameAnswer:
        """Tell which questions came and how each went; what the bank does not have enters it.

        409 names a stored question that words are nearly like: send its id, or `is_new`.
        """
        told = [
            ToldQuestion(
                went=one.went,
                question_id=one.question_id,
                text=one.text,
                kind=one.kind or guess_kind(one.text),
                how=one.how,
                is_new=one.is_new,
            )
            for one in data.questions
        ]
        with after_interviews(coach) as after:
            after.tell(interview_id, told, outcome=data.outcome)
            came = after.of_interview(interview_id)
            assert came is not None
            return _answer(after, came)

    @get("/foresight", operation_id="getForesight", sync_to_thread=True)
    def get_foresight(self, coach: NamedDependency[Coach]) -> ForesightAnswer:
        """Return readiness of the evening before each interview beside what went well there."""
        with reading_after_interviews(coach) as after:
            found = after.foresight()
        return ForesightAnswer(
            sentence=found.as_sentence,
            foreseen=found.foreseen,
            missing=found.missing,
            difference=found.difference,
            brier=found.brier,
            coin=found.coin,
        )


def _answer(after: AfterInterview, came: WhatCame) -> WhatCameAnswer:
    bank = after.standing.bank
    unpractised = {question.id for question in after.unpractised(came)}
    return WhatCameAnswer(
        interview_id=came.interview_id,
        outcome=bank.get_interview(came.interview_id).outcome,
        told_at=came.told_at,
        questions=tuple(
            CameAnswer(
                question_id=one.question_id,
                text=bank.get_question(one.question_id).text,
                asked=one.asked,
                went=one.went,
                how=one.how,
                was_new=one.was_new,
                practised=one.question_id not in unpractised,
            )
            for one in came.questions
        ),
        sentence=unpractised_words(unpractised),
    )

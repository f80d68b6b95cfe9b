"""What can be done with an answer on its page: correct, undo, say, finish, score again, delete.

Each is a plain form. What can't be done is said at the top of the page that is shown again, with
whatever was typed still in its place.
"""

from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from server.jobs import Jobs
from server.page.answer import draw_answer
from server.page.forms import see
from server.page.rendering import draw
from server.problems import problem_of
from voicecoach.attempt import Attempt
from voicecoach.errors import CoachError
from voicecoach.practice import Coach
from voicecoach.scoring.cut_points import Verdict

SEE_OTHER: Final = 303


class WordsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What was really said, as it was typed."""

    text: str = ""


class VerdictForm(msgspec.Struct, frozen=True, kw_only=True):
    """The person's word on a point; empty takes it back."""

    verdict: str = ""


WordsBody = Annotated[WordsForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
VerdictBody = Annotated[VerdictForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


class AnswerForms(Controller):
    """Forms of `/attempts/{id}`."""

    path = "/attempts/{attempt_id:str}"
    include_in_schema = False

    @post("/transcript", sync_to_thread=True)
    def correct(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        data: WordsBody,
    ) -> Template | Redirect:
        """Correct what was heard: the content is scored at once, the words are placed after."""
        return _do(
            request,
            coach,
            attempt_id,
            lambda: coach.correct(attempt_id, data.text.strip(), align=False),
            typed=data.text,
            then="?moved=true",
            align=True,
        )

    @post("/transcript/undo", sync_to_thread=True)
    def undo(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
    ) -> Template | Redirect:
        """Go back to the words before the last correction."""
        return _do(
            request,
            coach,
            attempt_id,
            lambda: coach.undo_correction(attempt_id, align=False),
            then="?moved=true",
            align=True,
        )

    @post("/typed", sync_to_thread=True)
    def type_words(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        data: WordsBody,
    ) -> Template | Redirect:
        """Take typed words as what was said in a recording that can't be transcribed."""
        return _do(
            request,
            coach,
            attempt_id,
            lambda: coach.answer_typed(attempt_id, data.text),
            typed=data.text,
        )

    @post("/finish", sync_to_thread=True)
    def finish(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        jobs: NamedDependency[Jobs],
        attempt_id: FromPath[str],
    ) -> Template | Redirect:
        """Try again, or score what is there of an answer that broke off."""
        return _do(request, coach, attempt_id, lambda: jobs.finish(coach, attempt_id))

    @post("/rescore", sync_to_thread=True)
    def rescore(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
    ) -> Template | Redirect:
        """Score it again as answers are scored today; earlier scores stay."""
        return _do(request, coach, attempt_id, lambda: coach.rescore(attempt_id), then="#origin")

    @post("/points/{point_id:str}/verdict", sync_to_thread=True)
    def say(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        point_id: FromPath[str],
        data: VerdictBody,
    ) -> Template | Redirect:
        """Take the person's word on a point, or take it back."""
        verdict = Verdict(data.verdict) if data.verdict in set(Verdict) else None

        def give() -> Attempt:
            with coach.verdicts() as verdicts:
                return verdicts.give(attempt_id, point_id, verdict)

        return _do(request, coach, attempt_id, give, then="#coverage")

    @get("/delete", sync_to_thread=True)
    def ask_to_delete(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
    ) -> Template:
        """Ask whether the person means it."""
        attempt = coach.attempt(attempt_id)
        return draw(
            request,
            "answer_delete.html",
            attempt=attempt,
            answers=coach.follow_ups(attempt),
            started=attempt.started_at.astimezone(coach.time_zone),
            today=coach.today(),
        )

    @post("/delete", sync_to_thread=True)
    def delete(self, coach: NamedDependency[Coach], attempt_id: FromPath[str]) -> Redirect:
        """Delete it for good and go to the log."""
        coach.delete(attempt_id)
        return see("/attempts", [("deleted", "true")])


def _do(
    request: Request[Any, Any, Any],
    coach: Coach,
    attempt_id: str,
    do: Callable[[], Attempt],
    *,
    then: str = "",
    typed: str | None = None,
    align: bool = False,
) -> Template | Redirect:
    """Do it and go to the answer's page; where it can't be done show the page with the reason.

    With `align` the words are looked for in the sound once the answer has been sent.
    """
    try:
        attempt = do()
    except CoachError as error:
        return draw_answer(request, coach, attempt_id, problem=problem_of(error), typed=typed)
    return Redirect(
        f"/attempts/{attempt.id}{then}",
        status_code=SEE_OTHER,
        background=BackgroundTask(coach.align, attempt.id) if align else None,
    )

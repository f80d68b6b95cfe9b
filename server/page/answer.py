"""The result of one answer: its score and evidence, its words and sound, and where it stands."""

from datetime import date
from typing import Annotated, Any, Final

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from question_bank.local_days import local_day
from server.page.answer_view import view_answer
from server.page.rendering import draw
from server.problems import ProblemDetails
from server.schemas import Version
from voicecoach.attempt import Attempt
from voicecoach.attempt_progress import RESTING, Stage
from voicecoach.attempt_result import AttemptResult
from voicecoach.comparison import Comparison, compare_versions
from voicecoach.guesses import GUESS_STEPS
from voicecoach.guessing import guess_of, is_guess_open, scores_shown
from voicecoach.practice import Coach
from voicecoach.result_words import STATE_WORDS, forecast_words, rate_words
from voicecoach.scoring.rubric import RUBRIC_VERSION

TRIES_TO_FIND_WORDS: Final = 20
"""How often a page looks, every two seconds, whether corrected words were found in the sound.

Where they can't be (no weights, another engine's failure) nobody tells; then estimates stay."""

Tries = Annotated[int, QueryParameter(ge=0, le=TRIES_TO_FIND_WORDS)]


class AnswerPage(Controller):
    """`/attempts/{id}`, and the parts of it that change by themselves."""

    path = "/attempts/{attempt_id:str}"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        version: Version = None,
        moved: FromQuery[bool] = False,
    ) -> Template:
        """Show an answer: `version` as it stood with that version of its words.

        `moved` says that it has just been corrected, so that the page tells what that changed.
        """
        attempt = coach.attempt(attempt_id)
        if coach.settings.ask_guess and is_guess_open(coach, attempt):
            return draw_guess(request, attempt)
        return draw_answer(request, coach, attempt_id, version=version, moved=moved)

    @get("/words", sync_to_thread=True)
    def words(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        tries: Tries = 0,
    ) -> Template:
        """Give the words again once they have their times; until then what looks for them."""
        attempt = coach.attempt(attempt_id)
        result = coach.result(attempt)
        if finding_words(attempt) and tries < TRIES_TO_FIND_WORDS:
            return draw(request, "answer_looking.html", result=result, tries=tries + 1)
        return draw(
            request,
            "answer_words.html",
            headers={"HX-Retarget": "#words", "HX-Reswap": "outerHTML"},
            result=result,
            view=view_answer(result),
            has_sound=coach.recording_path(attempt) is not None,
            finding_words=False,
        )


def draw_answer(
    request: Request[Any, Any, Any],
    coach: Coach,
    attempt_id: str,
    *,
    version: int | None = None,
    moved: bool = False,
    problem: ProblemDetails | None = None,
    typed: str | None = None,
) -> Template:
    """Draw the page of an answer.

    Args:
        request: what is answered.
        coach: knows the answer.
        attempt_id: the answer, or the beginning of its id.
        version: as it stood with that version of its words; the newest without one.
        moved: whether it has just been corrected.
        problem: why what was asked for could not be done, told at the top.
        typed: what the person typed, so that it stands in the form again.
    """
    attempt = coach.attempt(attempt_id)
    result = coach.result(attempt, version=version)
    scores_shown(coach, attempt.id)
    guess = guess_of(coach, attempt.id)
    stage = coach.progress(attempt.id).stage
    with coach.reading_verdicts() as verdicts:
        agreement = verdicts.agreement().overall
    newest = version is None or version == len(attempt.transcripts)
    return draw(
        request,
        "answer.html",
        status_code=200 if problem is None else problem.status,
        attempt=attempt,
        result=result,
        view=view_answer(result),
        stage=stage,
        at_work=stage not in RESTING,
        stages=Stage,
        has_sound=coach.recording_path(attempt) is not None,
        finding_words=newest and finding_words(attempt),
        tries=0,
        started=attempt.started_at.astimezone(coach.time_zone),
        today=coach.today(),
        next_day=_next_day(coach, result),
        target=coach.settings.target,
        forecast=_forecast(coach, result),
        guessed=None if guess is None else guess.expected,
        comparison=_moved(attempt) if moved and newest else None,
        agreement=rate_words(agreement) if agreement.judged else "",
        answers=coach.follow_ups(attempt),
        state_words=STATE_WORDS,
        todays_rubric=RUBRIC_VERSION,
        as_it_stood=None if newest else version,
        problem=problem,
        typed=typed,
    )


def draw_guess(
    request: Request[Any, Any, Any], attempt: Attempt, *, problem: str = "", typed: str = ""
) -> Template:
    """Ask what the person expects of an answer, while it is scored or before its score is shown."""
    return draw(
        request,
        "guess.html",
        status_code=400 if problem else 200,
        attempt=attempt,
        steps=GUESS_STEPS,
        problem=problem,
        typed=typed,
    )


def finding_words(attempt: Attempt) -> bool:
    """Whether words a person wrote have times that are estimates, which may still be found."""
    transcript = attempt.transcript
    return (
        transcript is not None
        and attempt.recording is not None
        and not transcript.aligned
        and transcript.estimated_words > 0
    )


def _next_day(coach: Coach, result: AttemptResult) -> date | None:
    if result.next_review is None:
        return None
    return max(local_day(result.next_review, coach.time_zone), coach.today())


def _forecast(coach: Coach, result: AttemptResult) -> str:
    if result.forecast is None or result.score is None:
        return ""
    return forecast_words(result.forecast, result.score.overall, coach.settings.target)


def _moved(attempt: Attempt) -> Comparison | None:
    return compare_versions(attempt) if len(attempt.transcripts) > 1 else None

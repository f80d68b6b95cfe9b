"""How often the person and the coach agree on points, and the cut-points that follow from it."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from server.page.forms import see
from server.page.rendering import draw
from server.problems import ProblemDetails, problem_of
from voicecoach.errors import CoachError
from voicecoach.practice import Coach
from voicecoach.result_words import STATE_WORDS, rate_words


class ConsentForm(msgspec.Struct, frozen=True, kw_only=True):
    """Consent to a proposal; `verdicts` is how many verdicts the person saw it made from."""

    verdicts: int = -1


ConsentBody = Annotated[ConsentForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


class AgreementPage(Controller):
    """`/agreement`."""

    path = "/agreement"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show how often the two agree, and what recalibrating would change."""
        return _drawn(request, coach)

    @post("/recalibrate", sync_to_thread=True)
    def recalibrate(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        data: ConsentBody,
    ) -> Template | Redirect:
        """Take over the proposed cut-points for all answers to come."""
        try:
            with coach.verdicts() as verdicts:
                verdicts.recalibrate(data.verdicts)
        except CoachError as error:
            return _drawn(request, coach, problem_of(error))
        return see("/agreement")

    @post("/reset", sync_to_thread=True)
    def reset(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]
    ) -> Template | Redirect:
        """Go back to the rubric's own cut-points."""
        try:
            with coach.verdicts() as verdicts:
                verdicts.reset()
        except CoachError as error:
            return _drawn(request, coach, problem_of(error))
        return see("/agreement")


def _drawn(
    request: Request[Any, Any, Any], coach: Coach, problem: ProblemDetails | None = None
) -> Template:
    with coach.reading_verdicts() as verdicts:
        agreement = verdicts.agreement()
        proposal = verdicts.proposal()
        own = verdicts.own_cut_points()
    return draw(
        request,
        "agreement.html",
        status_code=200 if problem is None else problem.status,
        judged=agreement.overall.judged,
        overall=rate_words(agreement.overall),
        by_state=[
            (STATE_WORDS[row.state], rate_words(row.rate))
            for row in agreement.by_state
            if row.rate.judged
        ],
        proposal=proposal,
        now=rate_words(proposal.agreement_now),
        then=rate_words(proposal.agreement_then),
        own=own,
        state_words=STATE_WORDS,
        problem=problem,
    )

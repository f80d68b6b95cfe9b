"""`/api/rubric`, `/api/agreement`, `/api/cut-points`, and the person's word on single points."""

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from question_bank.question import QuestionKind
from server.routes.documented import ADDING, LISTING
from server.schemas import NewVerdict, Recalibration
from voicecoach.agreement import Agreement
from voicecoach.attempt_result import AttemptResult
from voicecoach.guessing import scores_shown
from voicecoach.point_verdicts import CutPointProposal
from voicecoach.practice import Coach
from voicecoach.rubric_sheet import RubricSheet
from voicecoach.scoring.result import CutPoints


class RubricController(Controller):
    """The rubric, and how the person sees it."""

    tags = ("rubric",)

    @get("/rubric", operation_id="getRubric", sync_to_thread=True, responses=LISTING)
    def get_rubric(
        self, coach: NamedDependency[Coach], kind: FromQuery[QuestionKind | None] = None
    ) -> RubricSheet:
        """Return the rubric as it holds for this person: weights, levels, thresholds, sources."""
        return coach.rubric(kind)

    @get("/agreement", operation_id="getAgreement", sync_to_thread=True)
    def get_agreement(self, coach: NamedDependency[Coach]) -> Agreement:
        """Return how often the person agrees with the coach, of the points they spoke of."""
        with coach.reading_verdicts() as verdicts:
            return verdicts.agreement()

    @get("/cut-points", operation_id="getCutPoints", sync_to_thread=True)
    def get_cut_points(self, coach: NamedDependency[Coach]) -> CutPointProposal:
        """Return the cut-points in effect and what recalibrating would do; nothing is changed."""
        with coach.reading_verdicts() as verdicts:
            return verdicts.proposal()

    @post(
        "/cut-points",
        operation_id="recalibrateCutPoints",
        sync_to_thread=True,
        responses=ADDING,
    )
    def recalibrate_cut_points(
        self, coach: NamedDependency[Coach], data: JSONBody[Recalibration]
    ) -> CutPointProposal:
        """Take over the proposed cut-points for all answers to come; no score changes by itself.

        `verdicts` is how many the client was shown; where there are others by now, it is refused.
        """
        with coach.verdicts() as verdicts:
            return verdicts.recalibrate(data.verdicts)

    @delete(
        "/cut-points",
        operation_id="resetCutPoints",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def reset_cut_points(self, coach: NamedDependency[Coach]) -> CutPoints:
        """Go back to the rubric's own cut-points and return them."""
        with coach.verdicts() as verdicts:
            return verdicts.reset()


class VerdictController(Controller):
    """The person's own word on points of an attempt, and scoring it again."""

    path = "/attempts/{attempt_id:str}"
    tags = ("attempts",)

    @post(
        "/points/{point_id:str}/verdict",
        operation_id="giveVerdict",
        sync_to_thread=True,
        responses=ADDING,
    )
    def give_verdict(
        self,
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        point_id: FromPath[str],
        data: JSONBody[NewVerdict],
    ) -> AttemptResult:
        """Say whether a point was made. It stands beside the coach's state and changes no score.

        The point is named by its id or its place in the outline, from 1.
        """
        with coach.verdicts() as verdicts:
            attempt = verdicts.give(attempt_id, point_id, data.verdict)
        scores_shown(coach, attempt.id)
        return coach.result(attempt)

    @delete(
        "/points/{point_id:str}/verdict",
        operation_id="takeBackVerdict",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def take_back_verdict(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str], point_id: FromPath[str]
    ) -> AttemptResult:
        """Take back what was said about a point."""
        with coach.verdicts() as verdicts:
            attempt = verdicts.give(attempt_id, point_id, None)
        scores_shown(coach, attempt.id)
        return coach.result(attempt)

    @post(
        "/rescore",
        operation_id="rescoreAttempt",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def rescore_attempt(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str]
    ) -> AttemptResult:
        """Score an answer again as answers are scored today; its earlier scores stay."""
        attempt = coach.rescore(attempt_id)
        scores_shown(coach, attempt.id)
        return coach.result(attempt)

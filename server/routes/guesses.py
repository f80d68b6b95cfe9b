"""`/api/attempts/{id}/guess`, `/api/guesses`: the person's own guesses beside the coach."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.routes.documented import ADDING
from server.schemas import Sent
from voicecoach.guesses import Expectations, GuessOutcome
from voicecoach.guessing import guess_score, past_guesses
from voicecoach.mean_difference import MeanDifference
from voicecoach.practice import Coach


class SentGuess(Sent, frozen=True, kw_only=True):
    """The score (0-100) a person expects of an answer."""

    expected: Annotated[float, Meta(ge=0, le=100)]


class GuessKept(msgspec.Struct, frozen=True, kw_only=True):
    """A guess as it stands."""

    attempt_id: str
    expected: float
    made_at: datetime


class GuessesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How guesses fitted, beside the coach; `own`, `coach` and `further_off` are null below 20."""

    sentences: tuple[str, ...]
    outcomes: tuple[GuessOutcome, ...]
    missing: int
    own: Expectations | None
    coach: Expectations | None
    further_off: MeanDifference | None


class GuessController(Controller):
    """Guesses."""

    tags = ("attempts",)

    @put(
        "/attempts/{attempt_id:str}/guess",
        operation_id="guessScore",
        sync_to_thread=True,
        responses=ADDING,
    )
    def guess(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str], data: JSONBody[SentGuess]
    ) -> GuessKept:
        """Keep what the person expects of an answer; 409 once its score was shown to anybody."""
        kept = guess_score(coach, attempt_id, data.expected)
        return GuessKept(attempt_id=kept.attempt_id, expected=data.expected, made_at=kept.made_at)

    @get("/guesses", operation_id="getGuesses", sync_to_thread=True)
    def get_guesses(self, coach: NamedDependency[Coach]) -> GuessesAnswer:
        """Return the guesses of scored answers, and from twenty on how well they fitted."""
        found = past_guesses(coach)
        return GuessesAnswer(
            sentences=found.as_sentences,
            outcomes=found.outcomes,
            missing=found.missing,
            own=found.own,
            coach=found.coach,
            further_off=found.further_off,
        )

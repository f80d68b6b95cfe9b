"""Guessing one's own score before it is shown, and whether one is asked to."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from server.page.answer import draw_guess
from server.page.forms import FormBody, Typed, see
from voicecoach.errors import ConflictError, InvalidInputError
from voicecoach.guessing import guess_score, pass_over_guess
from voicecoach.practice import Coach
from voicecoach.settings_desk import SettingsDesk


class GuessesPage(Controller):
    """`/attempts/{id}/guess` and `/guesses`."""

    include_in_schema = False

    @post("/attempts/{attempt_id:str}/guess", sync_to_thread=True)
    def guess(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Keep a guess, or pass over it, and go to the answer.

        One that comes after the score was shown is not kept; the answer's page shows what stands.
        """
        attempt = coach.attempt(attempt_id)
        typed = Typed(data).one("expected").strip()
        try:
            guess_score(coach, attempt.id, _score(typed))
        except ConflictError:
            pass
        except InvalidInputError as error:
            return draw_guess(request, attempt, problem=str(error), typed=typed)
        return see(f"/attempts/{attempt.id}")

    @post("/attempts/{attempt_id:str}/guess/skip", sync_to_thread=True)
    def skip(self, coach: NamedDependency[Coach], attempt_id: FromPath[str]) -> Redirect:
        """Show the score without a guess."""
        attempt = coach.attempt(attempt_id)
        pass_over_guess(coach, attempt)
        return see(f"/attempts/{attempt.id}")

    @post("/guesses", sync_to_thread=True)
    def ask(self, desk: NamedDependency[SettingsDesk], data: FormBody) -> Redirect:
        """Turn on or off that the person is asked."""
        desk.change({"ask_guess": "yes" if Typed(data).one("ask") == "yes" else "no"})
        return see("/readiness", place="guesses")


def _score(typed: str) -> float:
    try:
        return float(typed.replace(",", "."))
    except ValueError as error:
        raise InvalidInputError(
            "That is no number.", "Guess a score from 0 to 100, or choose one of the five."
        ) from error

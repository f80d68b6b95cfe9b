"""How much each criterion weighs, for each kind of question; the person may weigh otherwise."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from question_bank.question import QuestionKind
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from voicecoach.errors import InvalidInputError
from voicecoach.practice import Coach
from voicecoach.scoring.result import CriterionName
from voicecoach.scoring.rubric import WEIGHTS
from voicecoach.settings_desk import SettingsDesk
from voicecoach.wiring import rubric_weights


class RubricWeightsPage(Controller):
    """The rubric's weights."""

    path = "/settings/rubric"
    include_in_schema = False

    @get(sync_to_thread=True)
    def weights(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        saved: FromQuery[str] = "",
    ) -> Template:
        """Show the weights of each kind of question, with what each criterion looks at."""
        return _draw_weights(request, coach, saved=saved)

    @post("/{kind:str}", sync_to_thread=True)
    def weigh(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        desk: NamedDependency[SettingsDesk],
        kind: FromPath[str],
        data: FormBody,
    ) -> Redirect | Template:
        """Keep the weights typed, or go back to the rubric's own."""
        typed = Typed(data)
        row = {name: typed.one(name) for name in CriterionName if name in data}
        try:
            chosen = _kind(kind)
            desk.weigh(chosen, None if typed.one("reset") else _numbers(row))
        except InvalidInputError as error:
            return _draw_weights(request, coach, refused=error, typed=(kind, row))
        return see(f"/settings/rubric?saved={chosen}#{chosen}")


def _draw_weights(
    request: Request[Any, Any, Any],
    coach: Coach,
    *,
    saved: str = "",
    refused: InvalidInputError | None = None,
    typed: tuple[str, Mapping[CriterionName, str]] | None = None,
) -> Template:
    in_effect = rubric_weights(coach.settings)
    kinds = []
    for kind, row in in_effect.items():
        shown = {name: f"{weight:g}" for name, weight in row.items()}
        if typed is not None and typed[0] == kind:
            shown |= dict(typed[1])
        kinds.append((kind, shown, row != WEIGHTS[kind]))
    return draw(
        request,
        "rubric_weights.html",
        status_code=200 if refused is None else 400,
        kinds=kinds,
        saved=saved,
        refused=refused,
        refused_kind=typed[0] if typed else "",
    )


def _kind(name: str) -> QuestionKind:
    try:
        return QuestionKind(name)
    except ValueError as error:
        raise InvalidInputError(
            f"There is no kind of question '{name[:40]}'.", f"Kinds are {', '.join(QuestionKind)}."
        ) from error


def _numbers(row: Mapping[CriterionName, str]) -> dict[str, float]:
    """Return the weights typed; an empty one is 0.

    Raises:
        InvalidInputError: one is no number.
    """
    numbers = {}
    for name, text in row.items():
        try:
            numbers[str(name)] = float(text.replace(",", ".")) if text.strip() else 0.0
        except ValueError as error:
            raise InvalidInputError(
                f"“{text[:40]}” is no number.", "Give each criterion a number from 0 to 100."
            ) from error
    return numbers

"""Readiness: how ready, how sure, how it came about, what would help; and the plan until then."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from server.page.charts import TrendChart, TrendValue, trend_chart
from server.page.forecast_chart import calibration_dots, forecast_chart
from server.page.foresight_chart import expected_dots, foresight_chart
from server.page.lessons_part import lessons_before_next
from server.page.rendering import draw, short_day
from voicecoach.after_interview import reading_after_interviews
from voicecoach.errors import InvalidInputError
from voicecoach.guessing import past_guesses, scores_shown
from voicecoach.kept_takeaways import MOST_FOCUSES, practice_focuses
from voicecoach.practice import Coach
from voicecoach.retrospect import ReadinessThen, past_forecasts, past_readiness
from voicecoach.settings_desk import SettingsDesk

FORECASTS_LISTED: Final = 12
"""How many of the newest forecasts the table holds."""


class ReadinessPage(Controller):
    """Readiness."""

    path = "/readiness"
    include_in_schema = False

    @get(sync_to_thread=True)
    def readiness(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        desk: NamedDependency[SettingsDesk],
        on: FromQuery[str] = "",
    ) -> Template:
        """Show readiness on the day of the next interview, or on the day asked for."""
        day, refusal = _day(on)
        found = coach.readiness()
        if day is not None:
            try:
                found = coach.readiness(day)
            except InvalidInputError as error:
                refusal = f"{error.what_happened} {error.what_to_do}"
        with coach.reading_standing() as standing:
            bank = standing.bank
            questions = {question.id: question for question in standing.likely_questions()}
            interview = bank.next_interview(coach.today())
            then = past_readiness(standing)
            forecasts = past_forecasts(standing)
            newest = [
                (one, bank.get_question(one.question_id).text)
                for one in forecasts.outcomes[::-1][:FORECASTS_LISTED]
            ]
        with reading_after_interviews(coach) as after:
            foresight = after.foresight()
        scores_shown(coach)
        guesses = past_guesses(coach)
        return draw(
            request,
            "readiness.html",
            status_code=400 if refusal else 200,
            refusal=refusal,
            on=on,
            today=coach.today(),
            readiness=found,
            lessons=lessons_before_next(coach) if interview else (),
            interview=interview,
            raise_most=[
                (questions[one.question_id], one)
                for one in found.raise_most
                if one.question_id in questions
            ],
            weakest_first=[
                (questions[one.question_id], one)
                for one in sorted(found.per_question, key=lambda one: one.probability)
                if one.question_id in questions
            ],
            trend=_trend(then),
            then=then,
            forecasts=forecasts,
            newest=newest,
            forecast_chart=forecast_chart(forecasts.outcomes, found.target)
            if forecasts.outcomes
            else None,
            dots=calibration_dots(forecasts.calibration) if forecasts.calibration else (),
            foresight=foresight,
            foresight_chart=foresight_chart(foresight.foreseen) if foresight.foreseen else None,
            guesses=guesses,
            own_dots=expected_dots(guesses.own.groups) if guesses.own else (),
            coach_dots=expected_dots(guesses.coach.groups) if guesses.coach else (),
            asks_guess=coach.settings.ask_guess,
            overruled=desk.overruled,
            focuses=practice_focuses(coach)[:MOST_FOCUSES],
            plan=coach.plan(),
            questions=questions,
        )


def _day(typed: str) -> tuple[date | None, str]:
    """Return the day that was asked for, or why it can't be read."""
    if not typed.strip():
        return None, ""
    with suppress(ValueError):
        return date.fromisoformat(typed.strip()), ""
    return None, "That day could not be read. Write it as year, month, day, such as 2026-12-09."


def _trend(then: Sequence[ReadinessThen]) -> TrendChart | None:
    """Return the line of past days in questions of ten; None where there is no line yet."""
    if len(then) < 2:
        return None
    return trend_chart(
        [
            TrendValue(
                at=one.at,
                value=10 * one.share,
                low=10 * one.low,
                high=10 * one.high,
                name=f"{short_day(one.day)}: about {round(10 * one.share)} of 10",
            )
            for one in then
        ],
        lowest=0,
        highest=10,
    )

"""The conversation of a debrief, one gentle question after another.

Everything but the interview's name may be left empty. What was said so far can be taken at any
moment, so that nothing is lost when the person stops.
"""

from dataclasses import replace
from datetime import date

from question_bank import debrief_prompts as prompts
from question_bank.debrief import Debrief, DebriefedQuestion, NextInterview
from question_bank.debrief_values import feeling_of, guess_kind, level_of, right_company_of
from question_bank.interview import Feeling, Outcome
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from voicecoach.cli.asking import (
    ask_choice,
    ask_day,
    ask_number,
    ask_optional,
    ask_several,
    ask_text,
    ask_yes,
)
from voicecoach.cli.interviews import OUTCOMES
from voicecoach.cli.outline_command import read_points
from voicecoach.cli.screen import Screen


class Dialogue:
    """Asks for a debrief and keeps what has been said."""

    def __init__(self, screen: Screen, today: date) -> None:
        self._screen = screen
        self._today = today
        self._debrief = Debrief()

    def gathered(self) -> Debrief:
        """Return what has been said so far."""
        return self._debrief

    def hold(self) -> None:
        """Ask everything, in an order that begins with facts and ends with the way forward."""
        self._facts()
        self._feelings()
        self._looking_back()
        self._questions()
        self._looking_ahead()

    def _facts(self) -> None:
        screen = self._screen
        screen.line(prompts.OPENING)
        company = ask_text(screen, prompts.COMPANY)
        self._keep(company=company)
        self._keep(role=ask_optional(screen, prompts.ROLE))
        self._keep(day=ask_day(screen, prompts.DAY, today=self._today))
        outcomes = [outcome for outcome in OUTCOMES if outcome[0] != Outcome.UPCOMING.value]
        self._keep(
            outcome=Outcome(ask_choice(screen, prompts.OUTCOME, outcomes, default="rejected"))
        )

    def _feelings(self) -> None:
        said = ask_several(
            self._screen,
            prompts.FEELINGS,
        )
        self._keep(feelings=tuple(_feeling(line) for line in said))

    def _looking_back(self) -> None:
        screen = self._screen
        self._keep(went_well=ask_several(screen, prompts.WENT_WELL))
        self._keep(differed_from_expected=ask_several(screen, prompts.DIFFERED))
        self._keep(could_answer_better=ask_several(screen, prompts.COULD_ANSWER_BETTER))
        self._keep(grey_areas=ask_several(screen, prompts.GREY_AREAS))
        said = ask_optional(screen, f"{prompts.RIGHT_COMPANY} yes, unsure or no, and why")
        right_company, why = right_company_of(said)
        self._keep(right_company=right_company, right_company_why=why)
        self._keep(feedback_received=ask_optional(screen, prompts.FEEDBACK))

    def _questions(self) -> None:
        screen = self._screen
        screen.line(prompts.QUESTIONS)
        while text := ask_optional(screen, f"{prompts.QUESTION} (empty: no more)"):
            self._keep(questions=(*self._debrief.questions, self._question(text)))

    def _question(self, text: str) -> DebriefedQuestion:
        screen = self._screen
        guessed = guess_kind(text)
        kinds = [(kind.value, "") for kind in QuestionKind]
        kind = QuestionKind(ask_choice(screen, prompts.KIND, kinds, default=guessed.value))
        how = ask_optional(screen, prompts.TRIPPED_UP)
        difficulty = ask_number(screen, prompts.DIFFICULTY, low=1, high=5)
        remembered = ask_optional(screen, prompts.REMEMBERED)
        points: tuple[DraftPoint, ...] = ()
        if ask_yes(screen, "Note the points of a good answer now?", default=False):
            points = read_points(ask_several(screen, prompts.POINTS))
        return DebriefedQuestion(
            text=text,
            kind=kind,
            kind_guessed=False,
            line=0,
            tripped_up=how,
            difficulty=difficulty,
            remembered_answer=remembered,
            points=points,
        )

    def _looking_ahead(self) -> None:
        screen = self._screen
        self._keep(lessons=ask_several(screen, prompts.LESSONS))
        self._keep(dos=ask_several(screen, prompts.DOS))
        self._keep(donts=ask_several(screen, prompts.DONTS))
        if ask_yes(screen, prompts.NEXT, default=False):
            day = ask_day(screen, prompts.DAY, today=self._today)
            company = ask_optional(screen, prompts.NEXT_COMPANY)
            role = ask_optional(screen, prompts.NEXT_ROLE)
            if company or role or day:
                self._keep(next_interview=NextInterview(company=company, role=role, day=day))

    def _keep(self, **said: object) -> None:
        self._debrief = replace(self._debrief, **said)  # type: ignore[arg-type]  # our own fields


def _feeling(line: str) -> Feeling:
    word, strength = feeling_of(line)
    return Feeling(word=word, intensity=None if strength is None else level_of(strength))

"""Ready-made questions: looked at, taken over, or begun with in one click."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from question_bank.bank import Bank
from question_bank.pack import (
    STARTER,
    Pack,
    PackQuestion,
    load_packs,
    pack_question,
    take_from_pack,
    take_starter_set,
)
from question_bank.question import Question
from server.page.forms import FormBody, Typed, see
from server.page.questions import see_entered
from server.page.rendering import draw
from server.page.words import KINDS
from voicecoach.errors import InvalidInputError
from voicecoach.practice import Coach


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedQuestion:
    """A question of a pack; `stored` is the bank's own where it has it already."""

    question: PackQuestion
    stored: Question | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPack:
    """A pack, and how many of its questions the bank does not have."""

    pack: Pack
    questions: tuple[OfferedQuestion, ...]

    @property
    def new(self) -> int:
        """How many would be new."""
        return sum(one.stored is None for one in self.questions)


class PacksPage(Controller):
    """The packs."""

    path = "/questions/packs"
    include_in_schema = False

    @get(sync_to_thread=True)
    def packs(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show every pack with its questions and the points that a good answer makes."""
        return _draw(request, coach)

    @post("/starter", sync_to_thread=True)
    def begin(self, coach: NamedDependency[Coach]) -> Redirect:
        """Take the questions that everybody meets, and go straight to practising the first."""
        with coach.bank() as bank:
            taken = take_starter_set(bank)
        return see(f"/drill/{taken[0].question.id}")

    @post(sync_to_thread=True)
    def take(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Take over the questions that were chosen."""
        chosen = Typed(data).many("question")
        if not chosen:
            return _draw(
                request,
                coach,
                problem=InvalidInputError(
                    "No question was chosen.", "Tick those you want to practise."
                ),
            )
        with coach.bank() as bank:
            return see_entered([take_from_pack(bank, one) for one in dict.fromkeys(chosen)])


def _draw(
    request: Request[Any, Any, Any], coach: Coach, problem: InvalidInputError | None = None
) -> Template:
    with coach.reading_bank() as bank:
        offered = [_offered(bank, pack) for pack in load_packs()]
        is_empty = not bank.count_questions(retired=None)
    return draw(
        request,
        "packs.html",
        status_code=400 if problem else 200,
        packs=offered,
        starter=[pack_question(one)[1] for one in STARTER],
        is_empty=is_empty,
        problem=problem,
        kinds=KINDS,
    )


def _offered(bank: Bank, pack: Pack) -> OfferedPack:
    return OfferedPack(
        pack=pack,
        questions=tuple(
            OfferedQuestion(question=one, stored=bank.find_question(one.text))
            for one in pack.questions
        ),
    )

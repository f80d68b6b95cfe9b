"""The outline editor: points in order, their parts and weights, skills and stories.

Every button works without JavaScript: the form is sent, and comes back with what was asked for and
everything else as it was typed. Nothing is stored before it is saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from question_bank.debrief_values import weight_of
from question_bank.limits import MOST_ENTRIES
from question_bank.outline import DraftPoint, Outline, StarPart
from question_bank.question import Question
from server.page.forms import FormBody, Typed, see
from server.page.question import guide_of
from server.page.rendering import draw
from voicecoach.errors import CoachError, ConflictError, InvalidInputError
from voicecoach.practice import Coach
from voicecoach.suggestion import Suggestion, Wish
from voicecoach.wording_help import is_set_up
from voicecoach.wording_suggestions import suggest_wording

WEIGHTS: Final = (("0.5", "matters less"), ("1", "matters"), ("2", "matters more"))
"""What a point can weigh here; a weight of its own that was set elsewhere stays as it is."""

NO_PART: Final = ("", "no part")
_EMPTY_POINTS: Final = 3
"""How many empty lines a new outline offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPoint:
    """A point as it stands in the form."""

    text: str = ""
    part: str = ""
    weight: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOutline:
    """An outline as it stands in the form; `version` is the one it was made from (0: none)."""

    version: int
    points: tuple[TypedPoint, ...]
    skills: str
    stories: str


class OutlinePage(Controller):
    """The outline of one question."""

    path = "/questions/{question_id:str}/outline"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
    ) -> Template:
        """Show the outline to be edited."""
        question, stored, version = _stored(coach, question_id)
        return _draw(request, question, _typed_of(stored, version), help_there=_help(coach))

    @post(sync_to_thread=True)
    def change(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Save the outline, or show it with a point added, moved or taken out."""
        sent = Typed(data)
        question, _, version = _stored(coach, question_id)
        try:
            typed = _read(sent)
            action, _, place = sent.one("do").partition("-")
            if action in {"add", "up", "down", "remove", "suggest", "use"}:
                return _with_change(
                    request,
                    coach,
                    question,
                    typed,
                    sent=sent,
                    action=action,
                    place=int(place or 0),
                )
            with coach.bank() as bank:
                bank.set_outline(
                    question.id,
                    [_draft_of(point) for point in typed.points if point.text.strip()],
                    skills=typed.skills.splitlines(),
                    stories=typed.stories.splitlines(),
                    expected_version=typed.version,
                )
        except ValueError:
            problem = InvalidInputError(
                "The form came in pieces that don't fit together.", "Open the outline again."
            )
            return _draw(request, question, _typed_of(None, version), problem=problem)
        except ConflictError:
            _, stored, version = _stored(coach, question_id)
            return _draw(request, question, replace(typed, version=version), newer=stored)
        except CoachError as error:
            return _draw(request, question, typed, problem=error)
        return see(f"/questions/{question.id}#outline")


def _stored(coach: Coach, question_id: str) -> tuple[Question, Outline | None, int]:
    """Return a question, its newest outline, and that one's version even where it says nothing."""
    with coach.reading_bank() as bank:
        question = bank.get_question(question_id)
        return question, bank.get_outline(question.id), bank.newest_outline_version(question.id)


def _typed_of(outline: Outline | None, version: int) -> TypedOutline:
    points = () if outline is None else outline.points
    return TypedOutline(
        version=version,
        points=tuple(
            TypedPoint(
                text=point.text,
                part="" if point.part is None else point.part.value,
                weight=f"{point.weight:g}",
            )
            for point in points
        )
        or (TypedPoint(),) * _EMPTY_POINTS,
        skills="" if outline is None else "\n".join(outline.skills),
        stories="" if outline is None else "\n".join(outline.stories),
    )


def _read(sent: Typed) -> TypedOutline:
    """Return what the form holds.

    Raises:
        ValueError: its rows are not whole.
    """
    return TypedOutline(
        version=int(sent.one("version")),
        points=tuple(
            TypedPoint(text=" ".join(text.split()), part=part, weight=weight)
            for text, part, weight in sent.rows("point", "part", "weight")
        ),
        skills=sent.one("skills"),
        stories=sent.one("stories"),
    )


def _rearranged(points: Sequence[TypedPoint], action: str, place: int) -> tuple[TypedPoint, ...]:
    """Return the points with one added at the end, moved by one place, or taken out."""
    arranged = list(points)
    if action == "add":
        arranged += [TypedPoint()] if len(arranged) < MOST_ENTRIES else []
    elif not 0 <= place < len(arranged):
        return tuple(arranged)
    elif action == "remove":
        del arranged[place]
    else:
        other = place - 1 if action == "up" else place + 1
        if 0 <= other < len(arranged):
            arranged[place], arranged[other] = arranged[other], arranged[place]
    return tuple(arranged)


def _draft_of(point: TypedPoint) -> DraftPoint:
    return DraftPoint(
        text=point.text,
        part=StarPart(point.part) if point.part else None,
        weight=weight_of(point.weight) or 1.0,
    )


def _help(coach: Coach) -> bool:
    return is_set_up(coach.settings)


def _with_change(
    request: Request[Any, Any, Any],
    coach: Coach,
    question: Question,
    typed: TypedOutline,
    *,
    sent: Typed,
    action: str,
    place: int,
) -> Template:
    """Show the form as a button other than "save" leaves it; nothing is stored."""
    suggestion = None
    if action == "use":
        typed = _using(typed, sent, place)
    elif action == "suggest":
        suggestion = (place, _suggestion(coach, question, typed, place))
    else:
        typed = replace(typed, points=_rearranged(typed.points, action, place))
    return _draw(
        request,
        question,
        typed,
        moved=sent.one("do"),
        help_there=_help(coach),
        suggestion=suggestion,
    )


def _suggestion(coach: Coach, question: Question, typed: TypedOutline, place: int) -> Suggestion:
    """Return a wording of a point as it stands in the form, or why there is none."""
    if not 0 <= place < len(typed.points):
        raise InvalidInputError("That point is not there.", "Open the outline again.")
    try:
        return suggest_wording(coach, question.id, typed.points[place].text)
    except CoachError as error:
        return Suggestion(wish=Wish.WORDING, text=None, dropped=str(error))


def _using(typed: TypedOutline, sent: Typed, place: int) -> TypedOutline:
    """Return the outline with the suggested wording in place of a point's."""
    points = list(typed.points)
    if 0 <= place < len(points) and (text := " ".join(sent.one("suggested").split())):
        points[place] = replace(points[place], text=text)
    return replace(typed, points=tuple(points))


def _draw(
    request: Request[Any, Any, Any],
    question: Question,
    typed: TypedOutline,
    *,
    problem: CoachError | None = None,
    newer: Outline | None = None,
    moved: str = "",
    help_there: bool = False,
    suggestion: tuple[int, Suggestion] | None = None,
) -> Template:
    known = {value for value, _ in WEIGHTS}
    own = sorted({point.weight for point in typed.points} - known)
    status = 400 if problem else 409 if newer else 200
    return draw(
        request,
        "outline.html",
        status_code=status,
        question=question,
        typed=typed,
        problem=problem,
        newer=newer,
        moved=moved,
        help_there=help_there,
        suggestion=suggestion,
        guide=guide_of(question),
        parts=[NO_PART, *((part.value, part.value) for part in StarPart)],
        weights=[*WEIGHTS, *((value, f"weighs {value}") for value in own)],
    )

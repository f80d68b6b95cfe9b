"""What went wrong, as a page: for people in a browser instead of problem+json."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.response import Template

from server.page.rendering import draw, wants_part
from server.problems import ProblemDetails, answer_with_problem, problem_of
from voicecoach.errors import CoachError

_FOR_PEOPLE: Final[Mapping[str, tuple[str, str, str]]] = {
    "not-found": (
        "This page is not here",
        "What it showed may have been deleted, or the address has a slip in it.",
        "Everything else you have is untouched.",
    ),
    "foreign-origin": (
        "This form could not be taken",
        (
            "The page it stood on is no longer valid here, or it came from another site. "
            "Nothing was changed."
        ),
        "Go back and copy what you typed, load that page again, then send it once more.",
    ),
    "method": (
        "This page can’t be opened by itself",
        "Its address only takes a form that is sent to it.",
        "Open the page with the form, and send it from there.",
    ),
}
"""By the last part of a problem's type: title, what happened and what to do, where the words for
programs (methods, ids, the API) would help nobody who looks at a page."""

_NAMES_IDS: Final = "to see their ids."
"""How the remedy ends where a record was asked for by an id that is not stored."""

_LISTS: Final = (
    ("/interviews", "/interviews", "Your interviews"),
    ("/questions", "/questions", "Your questions"),
    ("/drill", "/questions", "Your questions"),
    ("/attempts", "/attempts", "Your answers"),
    ("/mock", "/mock", "Mock interview"),
    ("/skills", "/skills", "What you can show"),
    ("/debrief", "/debrief", "Go through an interview"),
    ("/road-back", "/road-back", "The road back"),
    ("/settings", "/settings", "Settings"),
)
"""Where somebody goes on from, by the beginning of an address that led nowhere."""


def answer_with_page(request: Request[Any, Any, Any], error: Exception) -> Template | Response[Any]:
    """Answer with a page where a browser asks for one, with problem+json everywhere else."""
    answer = answer_with_problem(request, error)
    path = request.url.path
    if path.startswith(("/api/", "/schema", "/static/", "/vendor/")) or not _reads_pages(request):
        return answer
    problem = problem_of(error)
    if _is_for_programs(error, problem):
        problem = _for_people(problem)
    nearest = next(((to, name) for begins, to, name in _LISTS if path.startswith(begins)), None)
    return draw(
        request,
        "problem_part.html" if wants_part(request) else "problem.html",
        status_code=problem.status,
        headers={name: value for name, value in answer.headers.items() if name != "content-type"},
        problem=problem,
        nearest=None if nearest is None or nearest[0] == path else nearest,
    )


def _is_for_programs(error: Exception, problem: ProblemDetails) -> bool:
    """Whether a problem is told in addresses, methods or ids rather than in a person's words."""
    return not isinstance(error, CoachError) or problem.what_to_do.endswith(_NAMES_IDS)


def _for_people(problem: ProblemDetails) -> ProblemDetails:
    """Return the problem in words for somebody who looks at a page."""
    words = _FOR_PEOPLE.get(problem.type.rpartition(":")[2])
    if words is None:
        return problem
    title, detail, what_to_do = words
    return msgspec.structs.replace(problem, title=title, detail=detail, what_to_do=what_to_do)


def _reads_pages(request: Request[Any, Any, Any]) -> bool:
    return "text/html" in request.headers.get("accept", "") or wants_part(request)

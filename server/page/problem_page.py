"""What went wrong, as a page: for people in a browser instead of problem+json."""

from typing import Any

from litestar import Request, Response
from litestar.response import Template

from server.page.rendering import draw, wants_part
from server.problems import answer_with_problem, problem_of


def answer_with_page(request: Request[Any, Any, Any], error: Exception) -> Template | Response[Any]:
    """Answer with a page where a browser asks for one, with problem+json everywhere else."""
    answer = answer_with_problem(request, error)
    path = request.url.path
    if path.startswith(("/api/", "/schema", "/static/", "/vendor/")) or not _reads_pages(request):
        return answer
    problem = problem_of(error)
    return draw(
        request,
        "problem_part.html" if wants_part(request) else "problem.html",
        status_code=problem.status,
        headers={name: value for name, value in answer.headers.items() if name != "content-type"},
        problem=problem,
    )


def _reads_pages(request: Request[Any, Any, Any]) -> bool:
    return "text/html" in request.headers.get("accept", "") or wants_part(request)

"""Errors as problem+json (RFC 9457): one table from what went wrong to a status.

Every answer that is no success has this shape, whoever refuses: the gate, the router, a handler or
the coach. Besides the standard's fields it says `what_to_do`, and for input that can't be used the
fields at fault. What nobody foresaw tells nothing of the inside; its traceback goes to the log.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from voicecoach.errors import (
    AttemptBusyError,
    CoachError,
    ConflictError,
    DatabaseError,
    InvalidInputError,
    NotFoundError,
    NothingToSayError,
    RecordingError,
    SpeechSynthesisError,
    WeightsMissingError,
    WordingHelpError,
)

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:voicecoach:problem:"

log: Final = logging.getLogger("server")


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One field that can't be used, and why; `source` is where it stood (body, query, path)."""

    field: str
    source: str
    message: str


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every refusal looks like. docs/api.md lists the types."""

    type: str
    title: str
    status: int
    detail: str
    what_to_do: str
    errors: tuple[FieldProblem, ...] = ()


class Sort(msgspec.Struct, frozen=True):
    """One sort of problem: its status, the last part of its type, its title."""

    status: HTTPStatus
    name: str
    title: str


SORTS: Final[Mapping[type[CoachError], Sort]] = {
    NotFoundError: Sort(HTTPStatus.NOT_FOUND, "not-found", "Nothing is stored there"),
    AttemptBusyError: Sort(HTTPStatus.CONFLICT, "busy", "Somebody else is working on it"),
    ConflictError: Sort(HTTPStatus.CONFLICT, "conflict", "It contradicts what is stored"),
    RecordingError: Sort(
        HTTPStatus.UNPROCESSABLE_ENTITY, "recording", "The recording can't be used"
    ),
    InvalidInputError: Sort(HTTPStatus.BAD_REQUEST, "invalid", "It can't be used as it is"),
    WeightsMissingError: Sort(
        HTTPStatus.SERVICE_UNAVAILABLE, "weights-missing", "Model weights are missing"
    ),
    NothingToSayError: Sort(
        HTTPStatus.UNPROCESSABLE_ENTITY, "nothing-to-say", "There is nothing in it to be spoken"
    ),
    SpeechSynthesisError: Sort(
        HTTPStatus.SERVICE_UNAVAILABLE, "no-voice", "It can't be spoken on this machine"
    ),
    WordingHelpError: Sort(HTTPStatus.BAD_GATEWAY, "wording-help", "No wording came"),
    DatabaseError: Sort(HTTPStatus.SERVICE_UNAVAILABLE, "database", "The database can't be used"),
    CoachError: Sort(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", "It did not work"),
}
"""What each error means over HTTP; the nearest class of an error counts."""

_BY_STATUS: Final[Mapping[int, tuple[Sort, str]]] = {
    400: (
        Sort(HTTPStatus.BAD_REQUEST, "invalid", "It can't be used as it is"),
        "See the fields named, and the description of the API at /schema.",
    ),
    403: (
        Sort(HTTPStatus.FORBIDDEN, "foreign-origin", "Another site may not change anything"),
        "Use the coach's own page, or a program that sends no Origin.",
    ),
    404: (
        Sort(HTTPStatus.NOT_FOUND, "not-found", "Nothing is stored there"),
        "See the description of the API at /schema.",
    ),
    405: (
        Sort(HTTPStatus.METHOD_NOT_ALLOWED, "method", "That can't be done with this address"),
        "Use one of the methods that the Allow header names.",
    ),
    413: (
        Sort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "That is too much at once"),
        "Send less; a recording may have 500 MB, everything else 2 MB.",
    ),
    415: (
        Sort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", "That sort of body is not read here"),
        "Send JSON with Content-Type: application/json; a recording as multipart/form-data.",
    ),
    416: (
        Sort(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "range", "That part does not exist"),
        "Ask for a range within the length that Content-Range names.",
    ),
    421: (
        Sort(HTTPStatus.MISDIRECTED_REQUEST, "host", "The coach answers to its own address only"),
        "Open it as 127.0.0.1 or localhost with its port.",
    ),
}

_UNFORESEEN: Final = ProblemDetails(
    type=TYPE_PREFIX + "unforeseen",
    title="Something went wrong that should not have",
    status=500,
    detail="The request was not carried out, or not wholly.",
    what_to_do="Look at errors.log in the coach's home; nothing you recorded is lost.",
)


def problem_of(error: Exception) -> ProblemDetails:
    """Return what an error looks like over HTTP."""
    if isinstance(error, CoachError):
        sort = next(SORTS[kind] for kind in type(error).__mro__ if kind in SORTS)
        return _problem(sort, error.what_happened, error.what_to_do)
    if isinstance(error, HTTPException) and error.status_code in _BY_STATUS:
        return problem_of_status(error.status_code, _detail(error), errors=_fields(error))
    if isinstance(error, RecursionError) and "deserializing" in str(error):
        return problem_of_status(400, "The JSON is nested too deeply.")
    return _UNFORESEEN


def problem_of_status(
    status: int, detail: str, *, errors: tuple[FieldProblem, ...] = ()
) -> ProblemDetails:
    """Return the problem of a status that a handler, the router or the gate refuses with."""
    sort, what_to_do = _BY_STATUS[status]
    return _problem(sort, detail, what_to_do, errors)


def answer_with_problem(
    request: Request[Any, Any, Any], error: Exception
) -> Response[ProblemDetails]:
    """Answer a request with what went wrong; what nobody foresaw is logged, without any body."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, CoachError):
        log.error("%s %s failed", request.method, _route(request), exc_info=error)
    headers = error.headers if isinstance(error, HTTPException) else None
    return Response(
        problem,
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={name.title(): value for name, value in (headers or {}).items()},
    )


def _problem(
    sort: Sort, detail: str, what_to_do: str, errors: tuple[FieldProblem, ...] = ()
) -> ProblemDetails:
    return ProblemDetails(
        type=TYPE_PREFIX + sort.name,
        title=sort.title,
        status=sort.status,
        detail=detail,
        what_to_do=what_to_do,
        errors=errors,
    )


def _route(request: Request[Any, Any, Any]) -> str:
    """Return the route's pattern, so that no id gets into the log."""
    return str(request.scope.get("path_template", "an unknown address"))


def _detail(error: HTTPException) -> str:
    if isinstance(error, ValidationException):
        named = [problem.field for problem in _fields(error) if problem.field]
        return f"What was sent can't be used: {', '.join(named)}." if named else _sentence(error)
    match error.status_code:
        case HTTPStatus.NOT_FOUND:
            return "There is no such address here."
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return "The address exists, but not with that method."
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return "The body is larger than is read here."
        case _:
            return _sentence(error)


def _sentence(error: HTTPException) -> str:
    text = (error.detail or "It can't be read").strip()
    return text if text.endswith(".") else f"{text}."


def _fields(error: HTTPException) -> tuple[FieldProblem, ...]:
    if not isinstance(error.extra, list):
        return ()
    return tuple(
        FieldProblem(
            field=str(entry.get("key", "")),
            source=str(getattr(entry.get("source"), "value", entry.get("source", ""))),
            message=str(entry.get("message", "")),
        )
        for entry in error.extra
        if isinstance(entry, dict)
    )

"""How the refusals of a handler are described in the API's description."""

from collections.abc import Mapping
from typing import Final

from litestar.openapi.datastructures import ResponseSpec

from server.problems import MEDIA_TYPE, ProblemDetails

_INVALID: Final = "What was sent can't be used; the fields at fault are named."
_UNKNOWN: Final = "Nothing is stored under that id."
_CONFLICT: Final = "It contradicts what is stored, or somebody was faster."
_FOREIGN: Final = "It comes from another site."
_TOO_LARGE: Final = "The body is larger than is read here."
_MEDIA_TYPE: Final = "The body is not JSON."


def refusal(description: str) -> ResponseSpec:
    """Describe a refusal, which is always a problem."""
    return ResponseSpec(
        data_container=ProblemDetails,
        media_type=MEDIA_TYPE,
        description=description,
        generate_examples=False,
    )


LISTING: Final[Mapping[int, ResponseSpec]] = {400: refusal(_INVALID)}
READING: Final[Mapping[int, ResponseSpec]] = {**LISTING, 404: refusal(_UNKNOWN)}
ADDING: Final[Mapping[int, ResponseSpec]] = {
    **READING,
    403: refusal(_FOREIGN),
    409: refusal(_CONFLICT),
    413: refusal(_TOO_LARGE),
    415: refusal(_MEDIA_TYPE),
}
"""Refusals of a handler that lists, reads one thing, or writes."""

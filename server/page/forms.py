"""What a form sent, as it was typed.

Handlers judge the values themselves, so that a form with something wrong in it can be shown again
with everything that stood in it.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

FormBody = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""The body of a plain form, for a handler's `data`."""

UploadBody = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
"""The body of a form with a file in it."""

_SEE_OTHER: Final = 303


class Typed:
    """The fields of a form that was sent.

    Args:
        body: what the request's body held: a value for each name, or a list where it came twice.
    """

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._body = body

    def one(self, name: str) -> str:
        """Return a field, "" where it was not sent; line ends are made plain."""
        return next(iter(self.many(name)), "")

    def many(self, name: str) -> list[str]:
        """Return every field of a name, in the order in which they stood in the form."""
        value = self._body.get(name, [])
        values = value if isinstance(value, list) else [value]
        return [_plain(one) for one in values if not isinstance(one, UploadFile)]

    def rows(self, *names: str) -> list[tuple[str, ...]]:
        """Return fields that stand in rows, a row for each time the first name came.

        Raises:
            ValueError: the names did not come equally often.
        """
        return list(zip(*(self.many(name) for name in names), strict=True))

    def file(self, name: str) -> UploadFile | None:
        """Return a file that was chosen, None where none was."""
        value = self._body.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None


def see(path: str, parameters: Sequence[tuple[str, str]] = (), *, place: str = "") -> Redirect:
    """Answer a form with the page to look at next; a reload does not send the form again.

    `place` is the id of what on that page to look at.
    """
    query = urlencode(parameters)
    address = f"{path}?{query}" if query else path
    return Redirect(f"{address}#{place}" if place else address, status_code=_SEE_OTHER)


def _plain(value: object) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")

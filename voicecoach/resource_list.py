"""Books, links, courses and people that help: a few that come with the coach, and the person's own.

Those that come with it are named and never fetched: free, public, well known.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.limits import LONGEST_NAME, checked_text
from question_bank.uprooting import note_uprooted
from voicecoach.errors import NotFoundError
from voicecoach.inventory_tables import ResourceRow


class ResourceKind(StrEnum):
    """What sort of thing a resource is."""

    LINK = "link"
    BOOK = "book"
    COURSE = "course"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something or somebody that helps.

    `place` is where it is found (an address, a shelf, a telephone number), "" where that needs no
    word. `id` and `added_at` are None for one that comes with the coach.
    """

    kind: ResourceKind
    title: str
    place: str = ""
    note: str = ""
    id: str | None = None
    added_at: datetime | None = None

    @property
    def address(self) -> str | None:
        """The place as an address of the web that can be opened; None where it is none."""
        try:
            parts = urlsplit(self.place)
        except ValueError:
            return None
        return self.place if parts.scheme in {"http", "https"} and parts.netloc else None


@cache
def resources_of_the_coach() -> tuple[Resource, ...]:
    """Return what comes with the coach."""
    read = tomllib.loads(files("voicecoach").joinpath("resources.toml").read_text("utf-8"))
    return tuple(
        Resource(
            kind=ResourceKind(one["kind"]),
            title=one["title"],
            place=one["place"],
            note=one["note"],
        )
        for one in read["resource"]
    )


class ResourceStore:
    """The person's own resources, inside one session. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, resource: Resource) -> Resource:
        """Store one; its `id` and `added_at` are given.

        Raises:
            InvalidInputError: it has no title, or something in it can't be stored.
        """
        row = ResourceRow(
            id=resource.id,
            kind=resource.kind.value,
            title=checked_text(
                resource.title, "The title of a resource", longest=LONGEST_NAME, empty=False
            ),
            place=checked_text(resource.place, "Where it is", longest=2_000),
            note=checked_text(resource.note, "The note"),
            added_at=resource.added_at,
        )
        self._session.add(row)
        self._session.flush()
        return _resource_of(row)

    def every(self) -> tuple[Resource, ...]:
        """Return the person's own, the oldest first."""
        query = select(ResourceRow).order_by(ResourceRow.added_at, ResourceRow.id)
        return tuple(_resource_of(row) for row in self._session.scalars(query))

    def delete(self, resource_id: str) -> None:
        """Delete one by its full id for good, in the copies too.

        Raises:
            NotFoundError: there is none.
        """
        row = self._session.get(ResourceRow, resource_id) if resource_id.isprintable() else None
        if row is None:
            raise NotFoundError(
                f"There is no resource '{resource_id[:60]}'.", "List them to see their ids."
            )
        self._session.delete(row)
        self._session.flush()
        note_uprooted(self._session, ResourceRow.__tablename__, [row.id])


def _resource_of(row: ResourceRow) -> Resource:
    return Resource(
        kind=ResourceKind(row.kind),
        title=row.title,
        place=row.place,
        note=row.note,
        id=row.id,
        added_at=row.added_at,
    )

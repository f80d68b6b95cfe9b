"""The outlines of the bank: every version stays, so that a score can name the one it judged by."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from question_bank.errors import ConflictError, InvalidInputError, NotFoundError
from question_bank.limits import MOST_ENTRIES, checked_text, checked_texts, checked_weight
from question_bank.outline import DraftPoint, Outline, Point
from question_bank.rows import outline_of
from question_bank.shelf import Shelf
from question_bank.tables import OutlineRow, PointRow


class OutlineShelf(Shelf):
    """The stored outlines."""

    def get_outline(self, question_id: str) -> Outline | None:
        """Return the newest outline of a question; None where there is none or it says nothing.

        It may name skills and stories without making a point.
        """
        row = self._newest_outline(self._question(question_id).id)
        return None if row is None or not _says_something(row) else outline_of(row)

    def newest_outline_version(self, question_id: str) -> int:
        """Return what `set_outline` expects of who changes the newest outline; 0 without one.

        An outline that was taken away has a version too.
        """
        row = self._newest_outline(self._question(question_id).id)
        return 0 if row is None else row.version

    def outlines_of(self, question_ids: Iterable[str]) -> dict[str, Outline]:
        """Return the newest outline of each of these questions that has one. Full ids only."""
        newest = (
            select(OutlineRow.question_id, func.max(OutlineRow.version).label("version"))
            .group_by(OutlineRow.question_id)
            .subquery()
        )
        query = (
            select(OutlineRow)
            .join(
                newest,
                (OutlineRow.question_id == newest.c.question_id)
                & (OutlineRow.version == newest.c.version),
            )
            .options(selectinload(OutlineRow.points))
        )
        wanted = set(question_ids)
        return {
            row.question_id: outline_of(row)
            for row in self._session.scalars(query)
            if row.question_id in wanted and _says_something(row)
        }

    def outline_version(self, question_id: str, version: int) -> Outline:
        """Return an outline as it was, for a score that names its version."""
        row = self._session.get(OutlineRow, (self._question(question_id).id, version))
        if row is None:
            raise NotFoundError(
                f"That question has no outline version {version}.",
                "Look at its outline without a version.",
            )
        return outline_of(row)

    def set_outline(
        self,
        question_id: str,
        points: Sequence[DraftPoint],
        *,
        skills: Sequence[str] = (),
        stories: Sequence[str] = (),
        expected_version: int | None = None,
    ) -> Outline:
        """Store a new version of a question's outline; saying the same again changes nothing.

        A point with the text of one in the version before keeps that point's id.

        Args:
            question_id: whose outline.
            points: the points in order; none takes the outline away.
            skills: what the answer shows.
            stories: what it draws on.
            expected_version: the version the person was looking at (0: there was none).

        Raises:
            ConflictError: the outline has changed since `expected_version`.
            InvalidInputError: a point is empty, said twice, or weighs too much or too little.
        """
        row = self._question(question_id)
        before = self._newest_outline(row.id)
        current = 0 if before is None else before.version
        if expected_version is not None and expected_version != current:
            raise ConflictError(
                f"The outline was changed meanwhile: it is at version {current}.",
                "Look at it again and repeat your change if it is still wanted.",
            )
        known = {} if before is None else {point.text: point.point_id for point in before.points}
        kept = [
            Point(
                id=known.get(text) or self._new_id(),
                text=text,
                part=point.part,
                weight=checked_weight(point.weight),
            )
            for point in points
            if (text := checked_text(point.text, "A point of the outline", empty=False))
        ]
        if len(kept) > MOST_ENTRIES:
            raise InvalidInputError(
                f"The outline has {len(kept)} points; {MOST_ENTRIES} is the most.",
                "Keep the ones that matter.",
            )
        if len({point.text for point in kept}) < len(kept):
            raise InvalidInputError(
                "The outline makes the same point twice.", "Say each point once."
            )
        return self._add_outline(
            row.id,
            tuple(kept),
            tuple(checked_texts(skills, "The skills")),
            tuple(checked_texts(stories, "The stories")),
        )

    def _add_outline(
        self,
        question_id: str,
        points: tuple[Point, ...],
        skills: tuple[str, ...],
        stories: tuple[str, ...],
    ) -> Outline:
        before = self._newest_outline(question_id)
        if before is not None:
            same = outline_of(before)
            if (same.points, same.skills, same.stories) == (points, skills, stories):
                return same
        row = OutlineRow(
            question_id=question_id,
            version=1 if before is None else before.version + 1,
            skills=list(skills),
            stories=list(stories),
            points=[
                PointRow(
                    position=position,
                    point_id=point.id,
                    text=point.text,
                    part=None if point.part is None else point.part.value,
                    weight=point.weight,
                )
                for position, point in enumerate(points, start=1)
            ],
        )
        self._session.add(row)
        self._session.flush()
        return outline_of(row)

    def _newest_outline(self, question_id: str) -> OutlineRow | None:
        return self._session.scalars(
            select(OutlineRow)
            .where(OutlineRow.question_id == question_id)
            .order_by(OutlineRow.version.desc())
            .limit(1)
        ).first()


def _says_something(row: OutlineRow) -> bool:
    return bool(row.points or row.skills or row.stories)

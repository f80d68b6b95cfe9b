"""The review log of the bank: each rehearsal once, its rating that of the newest score."""

from datetime import datetime

from sqlalchemy import select

from question_bank.errors import ConflictError
from question_bank.review import Rating, Review
from question_bank.rows import review_of
from question_bank.shelf import Shelf
from question_bank.tables import ReviewRow


class ReviewShelf(Shelf):
    """The stored reviews."""

    def add_review(
        self, question_id: str, *, attempt_id: str, reviewed_at: datetime, rating: Rating
    ) -> Review:
        """Store one rehearsal.

        Raises:
            ConflictError: that attempt has been reviewed already.
        """
        row = self._question(question_id)
        if self._session.scalar(select(ReviewRow.id).where(ReviewRow.attempt_id == attempt_id)):
            raise ConflictError(
                "That attempt has been reviewed already.", "An attempt counts once: leave it."
            )
        review = ReviewRow(
            id=self._new_id(),
            question_id=row.id,
            attempt_id=attempt_id,
            reviewed_at=reviewed_at,
            rating=int(rating),
        )
        self._session.add(review)
        self._session.flush()
        return review_of(review)

    def rate_attempt(
        self, question_id: str, *, attempt_id: str, reviewed_at: datetime, rating: Rating
    ) -> Review:
        """Store what an attempt's newest score means to the schedule.

        The first call adds the review; after a correction the same review gets the new rating.
        """
        row = self._session.scalar(select(ReviewRow).where(ReviewRow.attempt_id == attempt_id))
        if row is None:
            return self.add_review(
                question_id, attempt_id=attempt_id, reviewed_at=reviewed_at, rating=rating
            )
        row.rating = int(rating)
        self._session.flush()
        return review_of(row)

    def every_review(self, question_id: str | None = None) -> tuple[Review, ...]:
        """Return the whole review log, or one question's, however long, oldest first."""
        query = select(ReviewRow).order_by(ReviewRow.reviewed_at, ReviewRow.id)
        if question_id is not None:
            query = query.where(ReviewRow.question_id == self._question(question_id).id)
        return tuple(review_of(row) for row in self._session.scalars(query))

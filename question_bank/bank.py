"""The bank: the one door to stored interviews, questions, outlines and reviews.

A `Bank` lives inside one session, so whatever it does is stored with the rest of that unit of work
or not at all. It takes ids and the present moment from outside. Ids may be given in full or as any
beginning that fits one record only. Lists are bounded (`limit`, `offset`); the few readers that
need everything (schedule, readiness) say so in their names. Each kind of record has a shelf of its
own; here is what concerns more than one.

Merging keeps the dropped question as a retired row that points to the kept one, so that an old id
still leads to the right question. Attempts live elsewhere: `AttemptStore.move_question` brings them
along in the same session.
"""

from sqlalchemy import update

from question_bank.errors import InvalidInputError
from question_bank.interview_shelf import InterviewShelf
from question_bank.outline_shelf import OutlineShelf
from question_bank.question import Question
from question_bank.question_shelf import QuestionShelf
from question_bank.review_shelf import ReviewShelf
from question_bank.rows import question_of
from question_bank.tables import QuestionRow, ReviewRow, TripRow
from question_bank.transfer import ImportReport, export_bank, import_bank


class Bank(InterviewShelf, QuestionShelf, OutlineShelf, ReviewShelf):
    """The stored bank, inside one session.

    Args:
        session: the unit of work; the bank flushes and never commits.
        new_id: gives a fresh id.
        now: gives the present moment, aware.
    """

    def merge_questions(self, keep: str, drop: str) -> Question:
        """Make two questions one: `drop` gives its trips, reviews and outline to `keep`.

        An outline that `keep` has already stays; then the dropped question's remains readable
        under its own versions only in an export. `drop` stays as a retired row leading to `keep`.

        Raises:
            InvalidInputError: both are the same question.
        """
        kept, dropped = self._question(keep), self._question(drop)
        if kept.id == dropped.id:
            raise InvalidInputError(
                "A question can't be merged with itself.", "Name two different questions."
            )
        if self.get_outline(kept.id) is None and (outline := self.get_outline(dropped.id)):
            self._add_outline(kept.id, outline.points, outline.skills, outline.stories)
        for table, column in (
            (TripRow, TripRow.question_id),
            (ReviewRow, ReviewRow.question_id),
            (QuestionRow, QuestionRow.merged_into),
        ):
            self._session.execute(
                update(table).where(column == dropped.id).values({column.key: kept.id})
            )
        kept.retired = kept.retired and dropped.retired
        dropped.retired = True
        dropped.merged_into = kept.id
        self._session.flush()
        self._session.expire(dropped, ["trips"])
        self._session.refresh(kept, ["trips"])
        return question_of(kept)

    def export_json(self) -> bytes:
        """Return everything the bank holds as JSON; `import_json` brings all of it back."""
        return export_bank(self._session)

    def import_json(self, exported: bytes) -> ImportReport:
        """Add what an export holds and the bank does not.

        Raises:
            InvalidInputError: it is no export, or of a newer voicecoach; nothing was added.
        """
        return import_bank(self._session, exported)

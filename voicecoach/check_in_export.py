"""Check-ins as an export takes them along: every feeling, a note only where the person lets it."""

from typing import Any

from sqlalchemy import select

from voicecoach.check_in_tables import CheckInRow
from voicecoach.practice_book import PracticeBook


def exported_check_ins(
    book: PracticeBook, *, with_private_notes: bool = False
) -> list[dict[str, Any]]:
    """Return the stored check-ins, oldest first, by column.

    Args:
        book: whose they are.
        with_private_notes: take every note along, also those that may not leave by themselves.
    """
    columns = CheckInRow.__table__.columns
    with book.database.reading() as session:
        rows = session.execute(select(*columns).order_by(CheckInRow.at, CheckInRow.id)).mappings()
        return [
            {**row, "note": row["note"] if with_private_notes or row["note_may_leave"] else ""}
            for row in rows
        ]

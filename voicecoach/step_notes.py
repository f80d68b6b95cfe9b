"""What a person noted beside the steps of a road back. Nobody reads it but themselves."""

from voicecoach.practice_book import PracticeBook
from voicecoach.recovery import Step
from voicecoach.recovery_store import RecoveryStore


def notes_of(book: PracticeBook, interview_id: str) -> dict[Step, str]:
    """Return the note of each step of one interview's path; that of the newest word counts."""
    with book.database.reading() as session:
        records = RecoveryStore(session).of_interview(interview_id)
    return {record.step: record.note for record in records}

"""The stored letters, events and replies of asking for feedback, inside one session."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voicecoach.feedback_letter import Letter, Purpose, Tone
from voicecoach.feedback_request import EventKind, FeedbackEvent, FeedbackRequest, request_of
from voicecoach.feedback_tables import FeedbackEventRow, FeedbackLetterRow, FeedbackReplyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter as the person left it, with what it was drafted from.

    `recipient` is how they address them, `address` an e-mail address or "", `signed` their own
    name, `positive` the one thing that went well, or "".
    """

    id: str
    interview_id: str
    purpose: Purpose
    tone: Tone
    recipient: str
    address: str
    signed: str
    positive: str
    letter: Letter
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReply:
    """A reply: what was pasted, and the part of it that counts."""

    id: str
    interview_id: str
    original: str
    kept: str
    received_at: datetime


class FeedbackStore:
    """What is kept about asking for feedback. It flushes, never commits, and only adds.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_letter(self, kept: KeptLetter) -> None:
        """Store a letter; the newest of its purpose counts."""
        self._session.add(
            FeedbackLetterRow(
                id=kept.id,
                interview_id=kept.interview_id,
                purpose=kept.purpose.value,
                tone=kept.tone.value,
                recipient=kept.recipient,
                address=kept.address,
                signed=kept.signed,
                positive=kept.positive,
                subject=kept.letter.subject,
                body=kept.letter.body,
                written_at=kept.written_at,
            )
        )
        self._session.flush()

    def add_event(self, event: FeedbackEvent) -> None:
        """Store one thing that happened, or that another is taken back."""
        self._session.add(
            FeedbackEventRow(
                id=event.id,
                interview_id=event.interview_id,
                kind=event.kind.value,
                day=event.day,
                days=event.days,
                undoes=event.undoes,
                recorded_at=event.recorded_at,
            )
        )
        self._session.flush()

    def add_reply(self, reply: KeptReply) -> None:
        """Store a reply, or another choice of what of it counts."""
        self._session.add(
            FeedbackReplyRow(
                id=reply.id,
                interview_id=reply.interview_id,
                original=reply.original,
                kept=reply.kept,
                received_at=reply.received_at,
            )
        )
        self._session.flush()

    def letter(self, interview_id: str, purpose: Purpose) -> KeptLetter | None:
        """Return the newest letter of a purpose; None where none was kept."""
        row = self._session.scalars(
            select(FeedbackLetterRow)
            .where(
                FeedbackLetterRow.interview_id == interview_id,
                FeedbackLetterRow.purpose == purpose.value,
            )
            .order_by(FeedbackLetterRow.written_at.desc(), FeedbackLetterRow.id.desc())
            .limit(1)
        ).first()
        return None if row is None else _letter_of(row)

    def last_letter(self) -> KeptLetter | None:
        """Return the newest letter about any interview: whose name the next one may carry."""
        row = self._session.scalars(
            select(FeedbackLetterRow)
            .order_by(FeedbackLetterRow.written_at.desc(), FeedbackLetterRow.id.desc())
            .limit(1)
        ).first()
        return None if row is None else _letter_of(row)

    def reply(self, interview_id: str) -> KeptReply | None:
        """Return the newest reply; None where there is none."""
        row = self._session.scalars(
            select(FeedbackReplyRow)
            .where(FeedbackReplyRow.interview_id == interview_id)
            .order_by(FeedbackReplyRow.received_at.desc(), FeedbackReplyRow.id.desc())
            .limit(1)
        ).first()
        if row is None:
            return None
        return KeptReply(
            id=row.id,
            interview_id=row.interview_id,
            original=row.original,
            kept=row.kept,
            received_at=row.received_at,
        )

    def events(self, interview_id: str) -> tuple[FeedbackEvent, ...]:
        """Return everything noted about one request, oldest first."""
        rows = self._session.scalars(
            select(FeedbackEventRow)
            .where(FeedbackEventRow.interview_id == interview_id)
            .order_by(FeedbackEventRow.recorded_at, FeedbackEventRow.id)
        )
        return tuple(_event_of(row) for row in rows)

    def request(self, interview_id: str, today: date) -> FeedbackRequest:
        """Return where asking stands after one interview."""
        drafted = self.letter(interview_id, Purpose.REQUEST) is not None
        return request_of(self.events(interview_id), drafted=drafted, today=today)

    def asked(self) -> tuple[str, ...]:
        """Return the interviews about which something was noted, by id."""
        return tuple(
            self._session.scalars(
                select(FeedbackEventRow.interview_id)
                .distinct()
                .order_by(FeedbackEventRow.interview_id)
            )
        )


def _letter_of(row: FeedbackLetterRow) -> KeptLetter:
    return KeptLetter(
        id=row.id,
        interview_id=row.interview_id,
        purpose=Purpose(row.purpose),
        tone=Tone(row.tone),
        recipient=row.recipient,
        address=row.address,
        signed=row.signed,
        positive=row.positive,
        letter=Letter(subject=row.subject, body=row.body),
        written_at=row.written_at,
    )


def _event_of(row: FeedbackEventRow) -> FeedbackEvent:
    return FeedbackEvent(
        id=row.id,
        interview_id=row.interview_id,
        kind=EventKind(row.kind),
        recorded_at=row.recorded_at,
        day=row.day,
        days=row.days,
        undoes=row.undoes,
    )

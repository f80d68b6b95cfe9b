"""The stored inventory, inside one session."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from question_bank.limits import LONGEST_NAME, MOST_ENTRIES, checked_level, checked_text
from question_bank.uprooting import note_uprooted
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.inventory import DraftEntry, EntryKind, InventoryEntry, Proof, ProofKind, Story
from voicecoach.inventory_tables import InventoryQuestionRow, InventoryRow


class InventoryStore:
    """What the person can show. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: InventoryEntry) -> InventoryEntry:
        """Store a new entry.

        Raises:
            InvalidInputError: it has no name, or something in it can't be stored.
        """
        row = InventoryRow(id=entry.id, created_at=entry.created_at)
        _fill(row, entry)
        self._session.add(row)
        self._session.flush()
        return _entry_of(row)

    def change(self, entry_id: str, draft: DraftEntry) -> InventoryEntry:
        """Put what is written now in the place of what an entry said; its questions stay."""
        row = self._row(entry_id)
        _fill(row, draft)
        self._session.flush()
        return _entry_of(row)

    def get(self, entry_id: str) -> InventoryEntry:
        """Return one entry by its id or an unambiguous beginning of it.

        Raises:
            NotFoundError: there is none.
            InvalidInputError: more than one begins so.
        """
        return _entry_of(self._row(entry_id))

    def every(self) -> tuple[InventoryEntry, ...]:
        """Return all entries, the oldest first."""
        query = (
            select(InventoryRow)
            .order_by(InventoryRow.created_at, InventoryRow.id)
            .options(selectinload(InventoryRow.questions))
        )
        return tuple(_entry_of(row) for row in self._session.scalars(query))

    def delete(self, entry_id: str) -> None:
        """Delete an entry for good; outlines that its story became points of keep them."""
        row = self._row(entry_id)
        self._session.delete(row)
        self._session.flush()
        note_uprooted(self._session, InventoryRow.__tablename__, [row.id])
        self._session.expire_all()  # the database itself took it out of the demands it showed

    def set_questions(self, entry_id: str, question_ids: tuple[str, ...]) -> InventoryEntry:
        """Store which questions an entry helps to answer."""
        row = self._row(entry_id)
        wanted = dict.fromkeys(question_ids)
        kept = [link for link in row.questions if link.question_id in wanted]
        known = {link.question_id for link in kept}
        row.questions = kept + [
            InventoryQuestionRow(entry_id=row.id, question_id=one)
            for one in wanted
            if one not in known
        ]
        self._session.flush()
        return _entry_of(row)

    def _row(self, entry_id: str) -> InventoryRow:
        row = self._session.get(InventoryRow, entry_id) if entry_id.isprintable() else None
        if row is not None:
            return row
        fitting = (
            list(
                self._session.scalars(
                    select(InventoryRow)
                    .where(func.substr(InventoryRow.id, 1, len(entry_id)) == entry_id)
                    .limit(2)
                )
            )
            if entry_id and entry_id.isprintable()
            else []
        )
        if len(fitting) > 1:
            raise InvalidInputError(
                f"More than one skill has an id that begins with '{entry_id}'.",
                "Give more of the id.",
            )
        if not fitting:
            raise NotFoundError(
                f"There is no skill '{entry_id[:60]}'.", "List the skills to see their ids."
            )
        return fitting[0]


def _fill(row: InventoryRow, entry: InventoryEntry | DraftEntry) -> None:
    if len(entry.proofs) > MOST_ENTRIES:
        raise InvalidInputError(
            f"There are {len(entry.proofs)} proofs; {MOST_ENTRIES} is the most.",
            "Keep the ones that matter.",
        )
    row.kind = entry.kind.value
    row.name = checked_text(entry.name, "The name of a skill", longest=LONGEST_NAME, empty=False)
    row.level = checked_level(entry.level, "How strong it is")
    row.situation = checked_text(entry.story.situation, "The situation")
    row.task = checked_text(entry.story.task, "The task")
    row.action = checked_text(entry.story.action, "What you did")
    row.result = checked_text(entry.story.result, "The result")
    row.proofs = [
        [proof.kind.value, text]
        for proof in entry.proofs
        if (text := checked_text(proof.text, "A proof"))
    ]


def _entry_of(row: InventoryRow) -> InventoryEntry:
    return InventoryEntry(
        id=row.id,
        kind=EntryKind(row.kind),
        name=row.name,
        level=row.level,
        story=Story(situation=row.situation, task=row.task, action=row.action, result=row.result),
        proofs=tuple(Proof(kind=ProofKind(kind), text=text) for kind, text in row.proofs),
        created_at=row.created_at,
        question_ids=tuple(link.question_id for link in row.questions),
    )

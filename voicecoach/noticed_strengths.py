"""Strengths that were noticed in interviews, offered to the inventory of what a person can show.

A strength was kept of what went well, or of what somebody wrote in a reply. It becomes an entry of
the inventory once the person says so, with nothing typed twice: its words are the name, the
sentence it came from begins the story, or, where somebody else wrote it, is a proof. The entry has
the strength's own id, which is how it is known to stand there.
"""

from dataclasses import dataclass
from typing import Final

from question_bank.interview import Interview
from question_bank.limits import LONGEST_NAME
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.inventory import DraftEntry, EntryKind, InventoryEntry, Proof, ProofKind, Story
from voicecoach.practice_book import PracticeBook
from voicecoach.preparing import Preparation, preparing, reading_preparation
from voicecoach.takeaway_store import TakeawayStore
from voicecoach.takeaways import Takeaway, TakeawaySource, Use

_SOMEBODY: Final = "the interviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedStrength:
    """A strength that is not in the inventory yet; `draft` is what it would say there."""

    strength: Takeaway
    draft: DraftEntry


def draft_of(strength: Takeaway, interview: Interview) -> DraftEntry:
    """Return what a strength would say in the inventory.

    Args:
        strength: what was kept.
        interview: the one it came from.
    """
    name = " ".join(strength.words.split())
    quote = strength.quote.strip()
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rsplit(maxsplit=1)[0]}…"
    if strength.source is TakeawaySource.REPLY:
        said_by = interview.company or _SOMEBODY
        proof = Proof(kind=ProofKind.PERSON, text=f"{said_by} wrote: “{quote}”")
        return DraftEntry(kind=EntryKind.STRENGTH, name=name, proofs=(proof,))
    return DraftEntry(kind=EntryKind.STRENGTH, name=name, story=Story(action=quote))


def noticed_strengths(book: PracticeBook) -> tuple[NoticedStrength, ...]:
    """Return the strengths that were kept and are not in the inventory, oldest first."""
    with book.database.reading() as session:
        kept = TakeawayStore(session).every(Use.STRENGTH)
    with reading_preparation(book) as preparation:
        there = {entry.id for entry in preparation.inventory.every()}
        return tuple(_noticed(one, preparation) for one in kept if one.id not in there)


def taken_strengths(book: PracticeBook) -> frozenset[str]:
    """Return the ids of strengths that stand in the inventory (and of all that stands there)."""
    with reading_preparation(book) as preparation:
        return frozenset(entry.id for entry in preparation.inventory.every())


def noticed_strength(book: PracticeBook, strength_id: str) -> NoticedStrength:
    """Return one strength with what it would say, by its id or a beginning of it.

    Raises:
        NotFoundError: no strength that counts has that id.
    """
    with book.database.reading() as session:
        strength = TakeawayStore(session).get(strength_id)
    if strength.use is not Use.STRENGTH:
        raise NotFoundError(
            f"What you kept there is a {strength.use}, no strength.",
            "See your strengths: voicecoach skills noticed",
        )
    with reading_preparation(book) as preparation:
        return _noticed(strength, preparation)


def take_strength(
    book: PracticeBook, strength_id: str, draft: DraftEntry | None = None
) -> InventoryEntry:
    """Put a strength into the inventory, as it stands or as the person wrote it.

    Raises:
        NotFoundError: no strength that counts has that id.
        ConflictError: it stands there already.
        InvalidInputError: the draft can't be stored.
    """
    noticed = noticed_strength(book, strength_id)
    with preparing(book) as preparation:
        for entry in preparation.inventory.every():
            if entry.id == noticed.strength.id:
                raise ConflictError(
                    f"“{entry.name}” stands among what you can show already.",
                    "Change it there.",
                )
        return preparation.add_entry(draft or noticed.draft, entry_id=noticed.strength.id)


def _noticed(strength: Takeaway, preparation: Preparation) -> NoticedStrength:
    interview = preparation.bank.get_interview(strength.interview_id)
    return NoticedStrength(strength=strength, draft=draft_of(strength, interview))

"""The day of an interview: what to have ready, what to ask them, what earlier ones taught. Pure.

Every checklist begins with the same items; what is stored is only what differs: ticks, items left
out, items of one's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from question_bank.errors import InvalidInputError, NotFoundError
from question_bank.interview import Interview
from question_bank.limits import checked_text
from question_bank.question import Question, QuestionKind
from voicecoach.lessons import KeptLessons, kept_lessons

LONGEST_ITEM: Final = 300
MOST_OWN_ITEMS: Final = 50
"""Characters of an item of one's own, and how many a checklist takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    """What every checklist has: its name, the words to tick, and what they mean in practice."""

    item: str
    text: str
    hint: str


STANDARD_ITEMS: Final = (
    StandardItem(
        item="questions",
        text="Two or three questions to ask them",
        hint="Said aloud once, and on a sheet of paper you may look at.",
    ),
    StandardItem(
        item="rehearsal",
        text="The last rehearsal",
        hint="Once through what matters most, the evening before or that morning. Then stop.",
    ),
    StandardItem(
        item="clothes",
        text="Clothes laid out, tried on",
        hint="Something you can sit and breathe in; one step smarter than their every day.",
    ),
    StandardItem(
        item="documents",
        text="Documents and names",
        hint="Your CV, the advert, the letter of invitation, who you meet, a number to call.",
    ),
    StandardItem(
        item="route",
        text="The route, and when to leave",
        hint="Door to door, plus a quarter of an hour, plus a way in case that one fails.",
    ),
    StandardItem(
        item="technology",
        text="For video: link, camera, microphone, charger",
        hint="Try the link on the machine you will use; light from the front; messages off.",
    ),
    StandardItem(
        item="food",
        text="Something to eat, and water",
        hint="An hour or two before, nothing new. A glass of water within reach.",
    ),
    StandardItem(
        item="breath",
        text="A minute of breathing before you go in",
        hint="In while you count to four, out while you count to six, ten times.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNote:
    """What a person did to one item. `text` is "" for one that every checklist has."""

    item: str
    text: str = ""
    ticked: bool = False
    removed: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One thing to have ready. `own` items are in the person's words and have no hint."""

    item: str
    text: str
    hint: str
    ticked: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewDay:
    """An interview with its checklist.

    `left_out` are standard items that were taken off and can come back; `to_ask` the bank's own
    questions to ask them; `lessons` what earlier interviews left, the latest first.
    """

    interview: Interview
    items: tuple[ChecklistItem, ...]
    left_out: tuple[ChecklistItem, ...]
    to_ask: tuple[Question, ...]
    lessons: tuple[KeptLessons, ...]

    @property
    def ready(self) -> int:
        """How many items are ticked."""
        return sum(item.ticked for item in self.items)

    def as_sentence(self) -> str:
        """How far it is, in a sentence."""
        if not self.items:
            return "Nothing is on the list."
        if self.ready == len(self.items):
            return "Everything on the list is ready."
        return f"{self.ready} of {len(self.items)} things are ready."


def interview_day(
    interview: Interview,
    notes: Iterable[DayNote],
    *,
    questions: Iterable[Question],
    past: Iterable[Interview],
) -> InterviewDay:
    """Put an interview's day together.

    Args:
        interview: the one to come.
        notes: what was done to its checklist.
        questions: the bank's active questions.
        past: the interviews that are over, the latest first: what they taught is remembered.
    """
    known = {note.item: note for note in notes}
    standard = [
        (known.get(one.item, DayNote(item=one.item)), one.text, one.hint) for one in STANDARD_ITEMS
    ]
    own = sorted((note for note in known.values() if note.text), key=lambda note: note.place)
    listed = [
        *((note, _item(note, text, hint)) for note, text, hint in standard),
        *((note, _item(note, note.text, "")) for note in own),
    ]
    return InterviewDay(
        interview=interview,
        items=tuple(item for note, item in listed if not note.removed),
        left_out=tuple(item for note, item in listed if note.removed and not item.own),
        to_ask=tuple(one for one in questions if one.kind is QuestionKind.TO_ASK),
        lessons=kept_lessons(one for one in past if one.id != interview.id),
    )


def noted(notes: Sequence[DayNote], item: str, *, ticked: bool) -> DayNote:
    """Return the note of an item once it is ticked, or no longer.

    Raises:
        NotFoundError: the checklist has no such item.
    """
    return replace(_note(notes, item), ticked=ticked)


def taken_off(notes: Sequence[DayNote], item: str, *, removed: bool = True) -> DayNote:
    """Return the note of an item once it is taken off the list, or put back.

    Raises:
        NotFoundError: the checklist has no such item.
    """
    return replace(_note(notes, item), removed=removed, ticked=False)


def own_item(notes: Sequence[DayNote], text: str) -> DayNote:
    """Return a new item in the person's own words, at the end of the list.

    Raises:
        InvalidInputError: it is empty or too long, or the list is full.
    """
    kept = " ".join(checked_text(text, "The item", longest=LONGEST_ITEM, empty=False).split())
    own = [note for note in notes if note.text]
    if len(own) >= MOST_OWN_ITEMS:
        raise InvalidInputError(
            f"The list has {MOST_OWN_ITEMS} items of your own already.", "Take one off first."
        )
    place = 1 + max((note.place for note in own), default=0)
    return DayNote(item=f"own-{place}", text=kept, place=place)


def _note(notes: Sequence[DayNote], item: str) -> DayNote:
    for note in notes:
        if note.item == item:
            return note
    if any(one.item == item for one in STANDARD_ITEMS):
        return DayNote(item=item)
    raise NotFoundError(
        f"The checklist has no item '{item[:60]}'.", "Look at the list for what is on it."
    )


def _item(note: DayNote, text: str, hint: str) -> ChecklistItem:
    return ChecklistItem(
        item=note.item, text=text, hint=hint, ticked=note.ticked, own=bool(note.text)
    )

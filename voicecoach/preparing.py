"""What a person can show, the adverts of the jobs they apply for, and how the two meet.

Everything here happens inside one session of the coach's database: `preparing` to change something,
`reading_preparation` to look. What the sentence encoder finds is in `voicecoach.advert_match`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from question_bank.bank import Bank
from question_bank.limits import checked_text
from question_bank.outline import DraftPoint, Outline, Point
from question_bank.question import Question, QuestionKind
from question_bank.question_shelf import MetQuestion
from voicecoach.advert_store import AdvertStore
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.inventory import DraftEntry, InventoryEntry, points_of_story
from voicecoach.inventory_store import InventoryStore
from voicecoach.job_advert import LONGEST_ADVERT, MOST_DEMANDS
from voicecoach.kept_advert import Advert, KeptDemand, advert_of, with_demand
from voicecoach.practice_book import PracticeBook
from voicecoach.resource_list import Resource, ResourceKind, ResourceStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """The inventory, the adverts and the resources, inside one session."""

    inventory: InventoryStore
    adverts: AdvertStore
    resources: ResourceStore
    bank: Bank
    fresh_id: Callable[[], str]
    now: datetime

    def add_entry(self, draft: DraftEntry, *, entry_id: str | None = None) -> InventoryEntry:
        """Store a new entry, under a fresh id if none is given."""
        return self.inventory.add(
            InventoryEntry(
                id=entry_id or self.fresh_id(),
                kind=draft.kind,
                name=draft.name,
                level=draft.level,
                story=draft.story,
                proofs=draft.proofs,
                created_at=self.now,
            )
        )

    def questions_of(self, entry: InventoryEntry) -> tuple[Question, ...]:
        """Return the questions an entry helps to answer, each once, merged ones as they are now."""
        found = (self.bank.get_question(one) for one in entry.question_ids)
        return tuple({question.id: question for question in found}.values())

    def map_question(self, entry_id: str, question_id: str, *, on: bool) -> InventoryEntry:
        """Note that an entry helps to answer a question, or that it does not."""
        entry = self.inventory.get(entry_id)
        question = self.bank.get_question(question_id)
        mapped = dict.fromkeys(one.id for one in self.questions_of(entry))
        if on:
            mapped[question.id] = None
        else:
            mapped.pop(question.id, None)
        return self.inventory.set_questions(entry.id, tuple(mapped))

    def put_into_outline(self, entry_id: str, question_id: str) -> Outline:
        """Add the parts of an entry's story to a question's outline, and map the two.

        Points that the outline makes already are not made twice.

        Raises:
            InvalidInputError: the entry has no story, or the outline is full.
        """
        entry = self.inventory.get(entry_id)
        points = points_of_story(entry)
        if not points:
            raise InvalidInputError(
                f"“{entry.name}” has no story yet.", "Write down what happened first."
            )
        question = self.bank.get_question(question_id)
        self.map_question(entry.id, question.id, on=True)
        return self.add_points(question.id, points, skill=entry.name)

    def add_points(
        self, question_id: str, points: tuple[DraftPoint, ...], *, skill: str = ""
    ) -> Outline:
        """Add points at the end of a question's outline, those it makes already left out."""
        known = self.bank.get_outline(question_id)
        kept = [] if known is None else [_draft_of(point) for point in known.points]
        made = {point.text for point in kept}
        skills = () if known is None else known.skills
        if skill and skill not in skills:
            skills = (*skills, skill)
        return self.bank.set_outline(
            question_id,
            [*kept, *(point for point in points if point.text not in made)],
            skills=skills,
            stories=() if known is None else known.stories,
        )

    def keep_advert(self, interview_id: str, text: str) -> Advert:
        """Keep the advert of an interview's job, in the place of what was there.

        Raises:
            InvalidInputError: it is empty or far too long.
            NotFoundError: there is no such interview.
        """
        interview = self.bank.get_interview(interview_id)
        kept = checked_text(text, "The advert", longest=LONGEST_ADVERT, empty=False)
        advert = advert_of(
            interview.id, kept, now=self.now, before=self.adverts.of_interview(interview.id)
        )
        self.adverts.keep(advert)
        return advert

    def advert(self, interview_id: str) -> Advert:
        """Return the advert of an interview's job.

        Raises:
            NotFoundError: none is kept, or there is no such interview.
        """
        interview = self.bank.get_interview(interview_id)
        advert = self.adverts.of_interview(interview.id)
        if advert is None:
            raise NotFoundError(
                "No advert is kept with that interview.",
                "Paste it on the interview's page, or: voicecoach interviews advert ID FILE",
            )
        return advert

    def delete_advert(self, interview_id: str) -> None:
        """Delete the advert of an interview's job with all that was noted about its demands."""
        self.adverts.delete(self.advert(interview_id).interview_id)

    def demand(self, interview_id: str, number: int) -> KeptDemand:
        """Return one demand by its number.

        Raises:
            NotFoundError: there is none of that number.
        """
        for one in self.advert(interview_id).demands:
            if one.number == number:
                return one
        raise NotFoundError(f"The advert has no demand {number}.", "Look at its demands again.")

    def add_demand(self, interview_id: str, text: str, *, must: bool) -> KeptDemand:
        """Add a demand that the splitter did not find.

        Raises:
            InvalidInputError: it is empty, or there are too many.
        """
        advert = self.advert(interview_id)
        if len(advert.demands) >= MOST_DEMANDS:
            raise InvalidInputError(
                f"The advert has {len(advert.demands)} demands already.",
                "Leave out what matters less.",
            )
        demand = KeptDemand(
            number=max((one.number for one in advert.demands), default=0) + 1,
            text=checked_text(text, "A demand", longest=500, empty=False),
            must=must,
            added=True,
        )
        self.adverts.keep(with_demand(advert, demand))
        return demand

    def change_demand(self, interview_id: str, demand: KeptDemand) -> None:
        """Store the person's word on a demand: left out, a must or a wish, shown by an entry."""
        advert = self.advert(interview_id)
        if demand.entry_id is not None:
            demand = replace(demand, entry_id=self.inventory.get(demand.entry_id).id)
        self.adverts.keep(with_demand(advert, demand))

    def ask_for(
        self,
        interview_id: str,
        number: int,
        text: str,
        kind: QuestionKind = QuestionKind.BEHAVIOURAL,
    ) -> MetQuestion:
        """Put a question about a demand into the bank, or meet the one that says the same."""
        demand = self.demand(interview_id, number)
        met = self.bank.add_question(text, kind=kind)
        self.change_demand(interview_id, replace(demand, question_id=met.question.id))
        return met

    def outline_task(self, interview_id: str, number: int, question_id: str, point: str) -> Outline:
        """Add a point about a demand to a question's outline: something to be told there."""
        demand = self.demand(interview_id, number)
        question = self.bank.get_question(question_id)
        outline = self.add_points(question.id, (DraftPoint(text=point.strip()),))
        self.change_demand(interview_id, replace(demand, question_id=question.id))
        return outline

    def add_resource(
        self, kind: ResourceKind, title: str, *, place: str = "", note: str = ""
    ) -> Resource:
        """Add a book, link, course or person to the person's own list."""
        return self.resources.add(
            Resource(
                kind=kind,
                title=title,
                place=place,
                note=note,
                id=self.fresh_id(),
                added_at=self.now,
            )
        )


@contextmanager
def preparing(book: PracticeBook) -> Iterator[Preparation]:
    """Give the preparation inside one transaction."""
    with book.database.transaction() as session:
        yield _preparation(book, session)


@contextmanager
def reading_preparation(book: PracticeBook) -> Iterator[Preparation]:
    """Give the preparation to read from: no lock, nothing can be stored."""
    with book.database.reading() as session:
        yield _preparation(book, session)


def has_advert(book: PracticeBook, interview_id: str) -> bool:
    """Whether the advert of an interview's job is kept; its full id is needed."""
    with reading_preparation(book) as preparation:
        return preparation.adverts.of_interview(interview_id) is not None


def _preparation(book: PracticeBook, session: Session) -> Preparation:
    return Preparation(
        inventory=InventoryStore(session),
        adverts=AdvertStore(session),
        resources=ResourceStore(session),
        bank=book.standing_in(session).bank,
        fresh_id=book.fresh_id,
        now=book.now(),
    )


def _draft_of(point: Point) -> DraftPoint:
    return DraftPoint(text=point.text, part=point.part, weight=point.weight)

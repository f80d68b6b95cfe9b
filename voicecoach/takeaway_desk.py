"""Making something of a sentence, and taking it back, inside one session.

What is kept here has its effect at once: a point stands in the outline, a question in the bank.
Taking back undoes that effect as far as nothing else has built on it since, and says what stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from question_bank.bank import Bank
from question_bank.debrief_values import guess_kind
from question_bank.limits import LONGEST_QUESTION, LONGEST_TEXT, checked_text
from question_bank.outline import DraftPoint
from question_bank.question import Question
from question_bank.question_shelf import DraftTrip
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import ConflictError, InvalidInputError
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaway_store import TakeawayStore
from voicecoach.takeaways import Takeaway, TakeawaySource, Use

NEEDS_QUESTION: Final = frozenset({Use.NOTE, Use.POINT})
"""Uses that belong to a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to become of a sentence, before it is kept.

    `words` are the person's own for it; "" takes the sentence as it is.
    """

    source: TakeawaySource
    quote: str
    use: Use
    words: str = ""
    question_id: str | None = None
    criterion: CriterionName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was taken back, and in a sentence what stays of it; "" where nothing does."""

    takeaway: Takeaway
    stays: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeawayDesk:
    """Keeps and takes back takeaways of one interview.

    `in_inventory` tells whether an entry of the inventory has that id.
    """

    interview_id: str
    bank: Bank
    attempts: AttemptStore
    store: TakeawayStore
    in_inventory: Callable[[str], bool]
    new_id: Callable[[], str]
    now: datetime

    def keep(self, wish: Wish) -> Takeaway:
        """Make something of a sentence.

        Raises:
            InvalidInputError: there is no sentence, or no question or criterion where one is
                needed.
            ConflictError: the same was made of it already.
            NotFoundError: there is no such question.
        """
        quote = checked_text(wish.quote, "The sentence", empty=False)
        longest = LONGEST_QUESTION if wish.use is Use.QUESTION else LONGEST_TEXT
        words = checked_text(wish.words or _on_one_line(quote), "What it becomes", longest=longest)
        question_id = None
        if wish.question_id:
            question_id = self.bank.get_question(wish.question_id).id
        self._check(wish, question_id)
        if wish.use is Use.QUESTION:
            question_id = self._add_question(words, wish).id
        elif wish.use is Use.POINT and question_id is not None:
            self._add_point(question_id, words)
        keeps_question = wish.use in {*NEEDS_QUESTION, Use.QUESTION, Use.FOCUS}
        kept = Takeaway(
            id=self.new_id(),
            interview_id=self.interview_id,
            source=wish.source,
            quote=quote,
            use=wish.use,
            words=words,
            kept_at=self.now,
            question_id=question_id if keeps_question else None,
            criterion=wish.criterion if wish.use is Use.FOCUS else None,
        )
        self._refuse_twice(kept)
        self.store.add(kept)
        return kept

    def take_back(self, takeaway: Takeaway) -> TakenBack:
        """Take back what was made of a sentence; the sentence itself stays where it was."""
        stays = ""
        if takeaway.question_id is not None and takeaway.use is Use.POINT:
            stays = self._take_point(takeaway.question_id, takeaway.words)
        elif takeaway.question_id is not None and takeaway.use is Use.QUESTION:
            stays = self._put_question_away(takeaway)
        elif takeaway.use is Use.STRENGTH and self.in_inventory(takeaway.id):
            stays = "It stands among what you can show, and stays there."
        self.store.undo(takeaway.id, now=self.now)
        return TakenBack(takeaway=takeaway, stays=stays)

    def _check(self, wish: Wish, question_id: str | None) -> None:
        if wish.use in NEEDS_QUESTION and question_id is None:
            raise InvalidInputError(
                f"A {wish.use} belongs to a question.", "Choose which question it is about."
            )
        if wish.use is Use.FOCUS and question_id is None and wish.criterion is None:
            raise InvalidInputError(
                "A focus needs something to look after.",
                f"Choose a question, or one of {', '.join(CriterionName)}.",
            )

    def _refuse_twice(self, kept: Takeaway) -> None:
        for one in self.store.of_interview(self.interview_id):
            same = (one.quote, one.use, one.question_id, one.criterion)
            if same == (kept.quote, kept.use, kept.question_id, kept.criterion):
                raise ConflictError(
                    "That was made of this sentence already.", "Take it back to do it otherwise."
                )

    def _add_question(self, words: str, wish: Wish) -> Question:
        text = " ".join(words.split())
        known = self.bank.find_question(text)
        if known is not None:
            return self.bank.restore_question(known.id) if known.retired else known
        how = _on_one_line(wish.quote) if wish.source is TakeawaySource.COULD_ANSWER_BETTER else ""
        return self.bank.add_question(
            text, kind=guess_kind(text), trip=DraftTrip(interview_id=self.interview_id, how=how)
        ).question

    def _add_point(self, question_id: str, words: str) -> None:
        outline = self.bank.get_outline(question_id)
        points = () if outline is None else outline.points
        if any(point.text == words for point in points):
            raise ConflictError(
                "The outline makes that point already.", "Choose another question or other words."
            )
        kept = [DraftPoint(text=one.text, part=one.part, weight=one.weight) for one in points]
        self.bank.set_outline(
            question_id,
            [*kept, DraftPoint(text=words)],
            skills=() if outline is None else outline.skills,
            stories=() if outline is None else outline.stories,
        )

    def _take_point(self, question_id: str, words: str) -> str:
        outline = self.bank.get_outline(question_id)
        points = () if outline is None else outline.points
        if outline is None or all(point.text != words for point in points):
            return "The point had been changed or taken out since; the outline stays as it is."
        self.bank.set_outline(
            question_id,
            [
                DraftPoint(text=one.text, part=one.part, weight=one.weight)
                for one in points
                if one.text != words
            ],
            skills=outline.skills,
            stories=outline.stories,
        )
        return ""

    def _put_question_away(self, takeaway: Takeaway) -> str:
        question = self.bank.get_question(takeaway.question_id or "")
        if question.created_at < takeaway.kept_at:
            return "Your bank had that question before, so it stays."
        if self.attempts.count(question_id=question.id, with_deleted=True):
            return "You have practised that question since, so it stays in your bank."
        self.bank.retire_question(question.id)
        return ""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

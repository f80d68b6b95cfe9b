"""The step "Get feedback" of one interview: the letters, where asking stands, what came back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from question_bank.bank import Bank
from question_bank.interview import Interview
from question_bank.limits import LONGEST_NAME, LONGEST_TEXT, checked_text
from question_bank.question import Question
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import ConflictError, InvalidInputError
from voicecoach.feedback_letter import Letter, Purpose, Tone, facts_of, write_letter
from voicecoach.feedback_request import (
    Due,
    EventKind,
    FeedbackEvent,
    FeedbackRequest,
    check_event,
)
from voicecoach.feedback_store import FeedbackStore, KeptLetter, KeptReply
from voicecoach.inventory_tables import InventoryRow
from voicecoach.letter_file import checked_address
from voicecoach.practice_book import PracticeBook
from voicecoach.reply_layer import shipped_layer
from voicecoach.reply_meaning import MeaningReader
from voicecoach.reply_questions import SuggestedQuestion, names_a_question, suggested_questions
from voicecoach.reply_reading import Finding, findings_of
from voicecoach.reply_sentences import sentences_of
from voicecoach.reply_text import kept_text, split_reply
from voicecoach.reply_wording import Nature
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaway_desk import TakeawayDesk, TakenBack, Wish
from voicecoach.takeaway_store import TakeawayStore
from voicecoach.takeaways import Takeaway, Use, became_of

LONGEST_REPLY: Final = LONGEST_TEXT
"""Characters of a pasted reply with everything quoted below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSentence:
    """One sentence of a reply: what it seems to say, what could be made of it, what was made.

    `finding` is None where nothing was recognised; `use`, `criterion` and `questions` are
    suggestions, the most likely question first.
    """

    quote: str
    finding: Finding | None
    use: Use | None
    criterion: CriterionName | None
    questions: tuple[SuggestedQuestion, ...]
    became: tuple[Takeaway, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackStanding:
    """Where asking for feedback stands after one interview; `reply` is None while there is none."""

    interview: Interview
    request: FeedbackRequest
    letter: KeptLetter | None
    reminder: KeptLetter | None
    reply: KeptReply | None
    takeaways: tuple[Takeaway, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChoice:
    """What a letter is drafted from."""

    purpose: Purpose = Purpose.REQUEST
    tone: Tone = Tone.WARM
    recipient: str = ""
    address: str = ""
    signed: str = ""
    positive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFeedback:
    """Something that is due about asking for feedback after an interview."""

    interview: Interview
    due: Due


class FeedbackStep:
    """The step of one interview.

    Args:
        book: the coach's book.
        interview_id: which interview, by its id or a beginning; None is the latest with a path.

    Raises:
        NotFoundError: there is no such interview, or none to walk back from.
    """

    def __init__(self, book: PracticeBook, interview_id: str | None = None) -> None:
        self._book = book
        with book.reading_roads_back() as roads:
            self.interview = roads.interview(interview_id or None)

    def standing(self) -> FeedbackStanding:
        """Return where asking stands, and what is kept."""
        with self._book.database.reading() as session:
            store = FeedbackStore(session)
            return FeedbackStanding(
                interview=self.interview,
                request=store.request(self.interview.id, self._book.today()),
                letter=store.letter(self.interview.id, Purpose.REQUEST),
                reminder=store.letter(self.interview.id, Purpose.REMINDER),
                reply=store.reply(self.interview.id),
                takeaways=TakeawayStore(session).of_interview(self.interview.id),
            )

    # The letter

    def choice(self, purpose: Purpose = Purpose.REQUEST) -> DraftChoice:
        """Return what the next letter would be drafted from.

        The reminder takes after the request; the person's name comes from their last letter.
        """
        with self._book.database.reading() as session:
            store = FeedbackStore(session)
            before = store.letter(self.interview.id, purpose)
            before = before or store.letter(self.interview.id, Purpose.REQUEST)
            last = store.last_letter()
        if before is None:
            return DraftChoice(purpose=purpose, signed="" if last is None else last.signed)
        return DraftChoice(
            purpose=purpose,
            tone=before.tone,
            recipient=before.recipient,
            address=before.address,
            signed=before.signed,
            positive=before.positive,
        )

    def draft(self, choice: DraftChoice) -> Letter:
        """Return a letter drafted from a choice; nothing is kept."""
        with self._book.database.reading() as session:
            request = FeedbackStore(session).request(self.interview.id, self._book.today())
        facts = facts_of(
            self.interview,
            recipient=choice.recipient,
            signed=choice.signed,
            positive=choice.positive,
            asked_on=request.sent_on,
        )
        return write_letter(facts, choice.tone, choice.purpose)

    def keep_letter(self, choice: DraftChoice, letter: Letter) -> KeptLetter:
        """Keep a letter as the person left it; earlier versions stay.

        Raises:
            InvalidInputError: it says nothing, is too long, or the address is none.
        """
        kept = KeptLetter(
            id=self._book.new_id(),
            interview_id=self.interview.id,
            purpose=choice.purpose,
            tone=choice.tone,
            recipient=checked_text(choice.recipient, "Their name", longest=LONGEST_NAME),
            address=checked_address(choice.address),
            signed=checked_text(choice.signed, "Your name", longest=LONGEST_NAME),
            positive=checked_text(choice.positive, "What went well"),
            letter=Letter(
                subject=" ".join(checked_text(letter.subject, "The subject", empty=False).split()),
                body=checked_text(letter.body, "The e-mail", empty=False),
            ),
            written_at=self._book.now(),
        )
        with self._book.database.transaction() as session:
            FeedbackStore(session).add_letter(kept)
        return kept

    # Where asking stands

    def note(
        self, kind: EventKind, *, day: date | None = None, days: int | None = None
    ) -> FeedbackRequest:
        """Note that something happened (today without a day), or another wait.

        Raises:
            ConflictError, InvalidInputError: see `check_event`.
        """
        with self._book.database.transaction() as session:
            return self._note(session, kind, day=day, days=days)

    def undo(self) -> FeedbackRequest:
        """Take back what was noted last.

        Raises:
            ConflictError: nothing was noted.
        """
        today = self._book.today()
        with self._book.database.transaction() as session:
            store = FeedbackStore(session)
            last = store.request(self.interview.id, today).last
            if last is None:
                raise ConflictError("Nothing is noted yet.", "There is nothing to take back.")
            store.add_event(self._event(EventKind.UNDONE, undoes=last.id))
            return store.request(self.interview.id, today)

    # The reply

    def keep_reply(self, text: str, *, day: date | None = None) -> KeptReply:
        """Keep a reply, cut down to what they said; the request then counts as answered.

        Raises:
            InvalidInputError: there is no text in it, or it is too long.
        """
        original = checked_text(text, "The reply", longest=LONGEST_REPLY, empty=False)
        kept = kept_text(split_reply(original)) or original
        reply = self._reply(original, kept)
        with self._book.database.transaction() as session:
            store = FeedbackStore(session)
            store.add_reply(reply)
            if store.request(self.interview.id, self._book.today()).answered_on is None:
                self._note(session, EventKind.ANSWERED, day=day, days=None)
        return reply

    def take_stretches(self, taken_back: Sequence[int]) -> KeptReply:
        """Say anew what of the reply counts: what they said, and the stretches taken back to it.

        Raises:
            ConflictError: there is no reply.
            InvalidInputError: nothing would be left.
        """
        with self._book.database.transaction() as session:
            store = FeedbackStore(session)
            before = store.reply(self.interview.id)
            if before is None:
                raise ConflictError("There is no reply yet.", "Paste it first.")
            kept = kept_text(split_reply(before.original), taken_back)
            if not kept:
                raise InvalidInputError("Nothing of the reply is left.", "Tick what belongs to it.")
            reply = self._reply(before.original, kept)
            store.add_reply(reply)
        return reply

    @property
    def reads_meaning(self) -> bool:
        """Whether replies are read by what they mean; else only known words are looked for."""
        return self._book.engines.encoder() is not None

    def read(self, standing: FeedbackStanding) -> tuple[ReadSentence, ...]:
        """Return the sentences of the reply, each with what could be made of it."""
        if standing.reply is None:
            return ()
        kept = standing.reply.kept
        encoder = self._book.engines.encoder()
        reader = None
        if encoder is not None:
            reader = MeaningReader(encoder=encoder.encode, layer=shipped_layer())
        findings = findings_of(kept, reader)
        quotes = [one.text for one in sentences_of(kept)]
        with self._book.reading_bank() as bank:
            questions = suggestable(bank, self.interview.id)
        suggested = suggested_questions(
            quotes, questions, None if encoder is None else encoder.encode
        )
        return tuple(
            _read(quote, findings, near, became_of(standing.takeaways, quote))
            for quote, near in zip(quotes, suggested, strict=True)
        )

    # What becomes of sentences

    def keep(self, wishes: Sequence[Wish]) -> tuple[Takeaway, ...]:
        """Make something of sentences, all of them or none.

        Raises:
            InvalidInputError, ConflictError, NotFoundError: see `TakeawayDesk.keep`.
        """
        with self._desk() as desk:
            return tuple(desk.keep(wish) for wish in wishes)

    def take_back(self, takeaway_id: str) -> TakenBack:
        """Take back what was made of a sentence.

        Raises:
            NotFoundError: nothing of this interview has that id.
        """
        with self._desk() as desk:
            return desk.take_back(desk.store.get(takeaway_id))

    # Inside

    @contextmanager
    def _desk(self) -> Iterator[TakeawayDesk]:
        with self._book.database.transaction() as session:
            yield TakeawayDesk(
                interview_id=self.interview.id,
                bank=Bank(session, new_id=self._book.new_id, now=self._book.now),
                attempts=AttemptStore(session),
                store=TakeawayStore(session),
                in_inventory=lambda id_: session.get(InventoryRow, id_) is not None,
                new_id=self._book.new_id,
                now=self._book.now(),
            )

    def _note(
        self, session: Session, kind: EventKind, *, day: date | None, days: int | None
    ) -> FeedbackRequest:
        today = self._book.today()
        store = FeedbackStore(session)
        event = self._event(kind, day=day, days=days)
        if kind is not EventKind.WAIT and day is None:
            event = replace(event, day=today)
        check_event(store.request(self.interview.id, today), event, today=today)
        store.add_event(event)
        return store.request(self.interview.id, today)

    def _event(
        self,
        kind: EventKind,
        *,
        day: date | None = None,
        days: int | None = None,
        undoes: str | None = None,
    ) -> FeedbackEvent:
        return FeedbackEvent(
            id=self._book.new_id(),
            interview_id=self.interview.id,
            kind=kind,
            recorded_at=self._book.now(),
            day=day,
            days=days,
            undoes=undoes,
        )

    def _reply(self, original: str, kept: str) -> KeptReply:
        return KeptReply(
            id=self._book.new_id(),
            interview_id=self.interview.id,
            original=original,
            kept=kept,
            received_at=self._book.now(),
        )


def suggestable(bank: Bank, interview_id: str) -> tuple[Question, ...]:
    """Return the questions a sentence may be about: that interview's, then every other one."""
    there = bank.questions_of_interview(interview_id)
    known = {one.id for one in there}
    return (*there, *(one for one in bank.every_active_question() if one.id not in known))


def due_feedback(book: PracticeBook) -> tuple[DueFeedback, ...]:
    """Return what is due about asking for feedback, over all interviews."""
    with book.database.reading() as session:
        store = FeedbackStore(session)
        bank = Bank(session, new_id=book.new_id, now=book.now)
        requests = {id_: store.request(id_, book.today()) for id_ in store.asked()}
        return tuple(
            DueFeedback(interview=bank.get_interview(id_), due=request.due)
            for id_, request in requests.items()
            if request.due is not None
        )


def _read(
    quote: str,
    findings: Sequence[Finding],
    near: tuple[SuggestedQuestion, ...],
    became: tuple[Takeaway, ...],
) -> ReadSentence:
    found = [one for one in findings if one.quote == quote]
    # Where a sentence praises and finds fault, the fault is what can be practised.
    finding = next((one for one in found if one.nature is Nature.CRITICISM), None)
    finding = finding or next(iter(found), None)
    use: Use | None = None
    if finding is not None and finding.nature is Nature.PRAISE:
        use = Use.STRENGTH
    elif near and names_a_question(quote):
        use = Use.NOTE
    elif finding is not None and finding.criterion is not None:
        use = Use.FOCUS
    elif finding is not None and near:
        use = Use.NOTE
    return ReadSentence(
        quote=quote,
        finding=finding,
        use=use,
        criterion=None if finding is None else finding.criterion,
        questions=near,
        became=became,
    )

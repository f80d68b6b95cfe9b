"""Getting feedback: the e-mail, where asking stands, the reply, and what becomes of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed, UploadBody, see
from server.page.road_step import StepPage, StepVisit
from voicecoach.errors import InvalidInputError
from voicecoach.feedback_letter import Letter, Purpose, Tone
from voicecoach.feedback_request import EventKind, RequestState
from voicecoach.feedback_step import DraftChoice, FeedbackStep, suggestable
from voicecoach.feedback_store import KeptLetter
from voicecoach.kept_takeaways import own_weak_points
from voicecoach.letter_file import mail_file, mail_link
from voicecoach.noticed_strengths import taken_strengths
from voicecoach.practice import Coach
from voicecoach.reply_file import LARGEST_BYTES, reply_in_file
from voicecoach.reply_text import StretchKind, split_reply
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaway_desk import Wish
from voicecoach.takeaways import TakeawaySource, Use

TONES: Final = (
    (Tone.WARM.value, "Warm: personal and friendly"),
    (Tone.PLAIN.value, "Plain: short and direct"),
    (Tone.FORMAL.value, "Formal: polite and reserved"),
)
STATE_WORDS: Final[Mapping[RequestState, str]] = {
    RequestState.NOT_BEGUN: "not asked yet",
    RequestState.DRAFTED: "drafted",
    RequestState.SENT: "sent",
    RequestState.REMINDED: "reminded once",
    RequestState.ANSWERED: "answered",
    RequestState.CLOSED: "closed without a reply",
}
USES: Final = (
    ("", "Leave it"),
    (Use.NOTE.value, "A note on a question"),
    (Use.POINT.value, "A point of an outline"),
    (Use.FOCUS.value, "A focus for practice"),
    (Use.STRENGTH.value, "A strength"),
)
CRITERIA: Final = tuple((name.value, name.value.replace("_", " ")) for name in CriterionName)
CUT_WORDS: Final[Mapping[StretchKind, str]] = {
    StretchKind.GREETING: "Greeting",
    StretchKind.SIGNATURE: "Closing and signature",
    StretchKind.NOTICE: "Notice",
    StretchKind.QUOTED: "Quoted mail",
}
MOST_SENTENCES: Final = 200
"""Sentences of one form; a reply of the longest kind has fewer."""


class RoadFeedbackPage(StepPage):
    """Getting feedback."""

    path = "/road-back/feedback"

    @post("/letter", sync_to_thread=True)
    def keep_letter(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Draft a letter anew, or keep it as it was edited."""
        typed, visit = self.form(request, coach, data)

        def keep_letter() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            choice = _choice(typed)
            edited = Letter(subject=typed.one("subject"), body=typed.one("body"))
            anew = typed.one("do") == "draft" or not edited.body.strip()
            step.keep_letter(choice, step.draft(choice) if anew else edited)
            place = "reminder" if choice.purpose is Purpose.REMINDER else "letter"
            return self.back(step.interview.id, place)

        return self.done(visit, keep_letter)

    @get("/mail/{purpose:str}", sync_to_thread=True)
    def mail(
        self,
        coach: NamedDependency[Coach],
        purpose: FromPath[str],
        interview: FromQuery[str] = "",
    ) -> Response[bytes]:
        """Give a kept letter as a file that mail programs open as a draft."""
        step = FeedbackStep(coach, interview)
        standing = step.standing()
        kept = standing.reminder if purpose == Purpose.REMINDER.value else standing.letter
        choice = step.choice(_purpose(purpose))
        letter = step.draft(choice) if kept is None else kept.letter
        return Response(
            mail_file(letter, choice.address, choice.recipient),
            media_type="message/rfc822",
            headers={"Content-Disposition": 'attachment; filename="feedback.eml"'},
        )

    @post("/note", sync_to_thread=True)
    def note(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Note that something happened, change the wait, or take back what was noted last."""
        typed, visit = self.form(request, coach, data)

        def note() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            what = typed.one("do")
            if what == "undo":
                step.undo()
            else:
                step.note(_event(what), day=_day(typed.one("day")), days=_days(typed.one("days")))
            return self.back(step.interview.id, "state")

        return self.done(visit, note)

    @post("/reply", sync_to_thread=True)
    def reply(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: UploadBody
    ) -> Redirect | Template:
        """Keep a reply that was pasted, or that stands in a file."""
        typed, visit = self.form(request, coach, data)
        file = typed.file("file")
        content = b"" if file is None else file.file.read(LARGEST_BYTES + 1)

        def keep_reply() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            text = typed.one("reply")
            if file is not None:
                text = reply_in_file(file.filename, content)
            step.keep_reply(text, day=_day(typed.one("day")))
            return self.back(step.interview.id, "said")

        return self.done(visit, keep_reply)

    @post("/stretches", sync_to_thread=True)
    def take_stretches(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Say which of the parts that were cut off belong to the reply."""
        typed, visit = self.form(request, coach, data)

        def take_stretches() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            places = [int(one) for one in typed.many("take") if one.isdecimal() and len(one) < 5]
            step.take_stretches(places)
            return self.back(step.interview.id, "said")

        return self.done(visit, take_stretches, typed_stays=False)

    @post("/keep", sync_to_thread=True)
    def keep(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Make of sentences what the person chose."""
        typed, visit = self.form(request, coach, data)

        def keep() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            wishes = _wishes(typed)
            if not wishes:
                raise InvalidInputError("Nothing is chosen.", "Choose what becomes of a sentence.")
            step.keep(wishes)
            place = "said" if wishes[0].source is TakeawaySource.REPLY else "without"
            return self.back(step.interview.id, place)

        return self.done(visit, keep)

    @post("/take-back", sync_to_thread=True)
    def take_back(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Take back what was made of a sentence."""
        typed, visit = self.form(request, coach, data)

        def take_back() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            taken = step.take_back(typed.one("takeaway"))
            page = "positives" if typed.one("page") == "positives" else "feedback"
            stays = [("stays", taken.stays)] if taken.stays else []
            return see(f"/road-back/{page}", [("interview", step.interview.id), *stays])

        return self.done(visit, take_back, typed_stays=False)

    def drawn(self, visit: StepVisit) -> Template:
        """Show where asking stands, and everything that can be done."""
        step = FeedbackStep(visit.coach, visit.interview_id)
        standing = step.standing()
        typed = visit.typed or Typed({})
        letters = {
            purpose.value: _letter(step, kept, purpose, typed)
            for purpose, kept in (
                (Purpose.REQUEST, standing.letter),
                (Purpose.REMINDER, standing.reminder),
            )
        }
        with visit.coach.reading_bank() as bank:
            questions = suggestable(bank, step.interview.id)
        stretches = () if standing.reply is None else split_reply(standing.reply.original)
        kept_reply = "" if standing.reply is None else standing.reply.kept
        return visit.page(
            "road_feedback.html",
            step.interview,
            standing=standing,
            asking=standing.request,
            state_words=STATE_WORDS,
            letters=letters,
            tones=TONES,
            sentences=step.read(standing),
            reads_meaning=step.reads_meaning,
            cut=[
                (place, CUT_WORDS[one.kind], one.text.strip(), one.text.strip() in kept_reply)
                for place, one in enumerate(stretches)
                if one.kind is not StretchKind.REPLY
            ],
            uses=USES,
            criteria=CRITERIA,
            questions={one.id: one.text for one in questions},
            weakest=own_weak_points(visit.coach),
            typed=typed,
            stays=visit.asked("stays")[:200],
            shown=taken_strengths(visit.coach),
        )


def _choice(typed: Typed) -> DraftChoice:
    tone = typed.one("tone")
    return DraftChoice(
        purpose=_purpose(typed.one("purpose")),
        tone=Tone(tone) if tone in set(Tone) else Tone.WARM,
        recipient=typed.one("recipient"),
        address=typed.one("address"),
        signed=typed.one("signed"),
        positive=typed.one("positive"),
    )


def _purpose(name: str) -> Purpose:
    return Purpose(name) if name in set(Purpose) else Purpose.REQUEST


def _event(name: str) -> EventKind:
    if name not in set(EventKind) - {EventKind.UNDONE}:
        raise InvalidInputError("That can't be noted.", "Use the buttons of the page.")
    return EventKind(name)


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise InvalidInputError(
            "That day could not be read.", "Write it as year, month, day, such as 2026-12-09."
        ) from error


def _days(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 5 else None


def _source(name: str) -> TakeawaySource:
    return TakeawaySource(name) if name in set(TakeawaySource) else TakeawaySource.OWN_NOTE


def _wishes(typed: Typed) -> list[Wish]:
    """Return what was chosen; fields stand in rows, a row for each sentence."""
    try:
        rows = typed.rows("quote", "use", "words", "question", "criterion", "source")
    except ValueError as error:
        raise InvalidInputError("The form came in pieces.", "Load the page again.") from error
    return [
        Wish(
            source=_source(source),
            quote=quote,
            use=Use(use),
            words=words,
            question_id=question or None,
            criterion=CriterionName(criterion) if criterion in set(CriterionName) else None,
        )
        for quote, use, words, question, criterion, source in rows[:MOST_SENTENCES]
        if use in set(Use)
    ]


def _letter(
    step: FeedbackStep, kept: KeptLetter | None, purpose: Purpose, typed: Typed
) -> dict[str, Any]:
    """Return a letter as its form shows it: as it was typed, as it is kept, or as a draft."""
    choice = step.choice(purpose)
    letter = step.draft(choice) if kept is None else kept.letter
    if typed.one("body") and _purpose(typed.one("purpose")) is purpose:
        choice = _choice(typed)
        letter = Letter(subject=typed.one("subject"), body=typed.one("body"))
    return {
        "choice": choice,
        "letter": letter,
        "kept": kept is not None,
        "link": mail_link(letter, choice.address),
        "to_fill_in": letter.to_fill_in,
    }

"""`/api/recovery/feedback` and `/positives`: asking, the reply, and what becomes of sentences."""

from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.feedback_schemas import (
    FeedbackAnswer,
    Kept,
    LetterAnswer,
    NewEvent,
    NewLetter,
    NewReply,
    NewTakeaway,
    PositivesAnswer,
)
from server.routes.documented import ADDING, READING
from voicecoach.feedback_letter import Letter, Purpose
from voicecoach.feedback_request import EventKind, FeedbackRequest
from voicecoach.feedback_step import DraftChoice, FeedbackStep
from voicecoach.feedback_store import KeptReply
from voicecoach.kept_takeaways import own_weak_points, practice_focuses, strengths
from voicecoach.letter_file import mail_file, mail_link
from voicecoach.positives_step import entries_of
from voicecoach.practice import Coach
from voicecoach.reply_text import split_reply
from voicecoach.takeaway_desk import TakenBack, Wish
from voicecoach.takeaways import Takeaway


class FeedbackController(Controller):
    """Feedback and positives of an interview; the latest with a path without `interview_id`."""

    path = "/recovery"
    tags = ("recovery",)

    @get("/feedback", operation_id="getFeedback", sync_to_thread=True, responses=READING)
    def get_feedback(
        self, coach: NamedDependency[Coach], interview_id: FromQuery[str | None] = None
    ) -> FeedbackAnswer:
        """Return where asking for feedback stands, and everything kept about it."""
        step = FeedbackStep(coach, interview_id)
        standing = step.standing()
        reply = standing.reply
        return FeedbackAnswer(
            interview=standing.interview,
            request=standing.request,
            draft=step.draft(step.choice()),
            letter=standing.letter,
            reminder=standing.reminder,
            reply=reply,
            stretches=() if reply is None else split_reply(reply.original),
            sentences=step.read(standing),
            takeaways=standing.takeaways,
            weakest=own_weak_points(coach),
        )

    @post(
        "/feedback/letter",
        operation_id="keepFeedbackLetter",
        sync_to_thread=True,
        responses=ADDING,
    )
    def keep_letter(
        self,
        coach: NamedDependency[Coach],
        data: JSONBody[NewLetter],
        interview_id: FromQuery[str | None] = None,
    ) -> LetterAnswer:
        """Keep the e-mail, or the reminder, as it was written; draft it where it is empty."""
        step = FeedbackStep(coach, interview_id)
        choice = DraftChoice(
            purpose=data.purpose,
            tone=data.tone,
            recipient=data.recipient,
            address=data.address,
            signed=data.signed,
            positive=data.positive,
        )
        draft = step.draft(choice)
        letter = Letter(
            subject=data.subject.strip() or draft.subject, body=data.body.strip() or draft.body
        )
        kept = step.keep_letter(choice, letter)
        link = mail_link(kept.letter, kept.address)
        return LetterAnswer(
            letter=kept,
            to_fill_in=kept.letter.to_fill_in,
            mailto=link.url,
            whole_link=link.whole,
        )

    @get(
        "/feedback/letter.eml",
        operation_id="getFeedbackMail",
        media_type="message/rfc822",
        sync_to_thread=True,
        responses=READING,
    )
    def get_mail(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromQuery[str | None] = None,
        purpose: FromQuery[Purpose] = Purpose.REQUEST,
    ) -> Response[bytes]:
        """Return the e-mail as a file that mail programs open as a draft."""
        step = FeedbackStep(coach, interview_id)
        standing = step.standing()
        kept = standing.reminder if purpose is Purpose.REMINDER else standing.letter
        choice = step.choice(purpose)
        letter = step.draft(choice) if kept is None else kept.letter
        return Response(
            mail_file(letter, choice.address, choice.recipient),
            media_type="message/rfc822",
            headers={"Content-Disposition": 'attachment; filename="feedback.eml"'},
        )

    @post(
        "/feedback/events", operation_id="noteFeedbackEvent", sync_to_thread=True, responses=ADDING
    )
    def note(
        self,
        coach: NamedDependency[Coach],
        data: JSONBody[NewEvent],
        interview_id: FromQuery[str | None] = None,
    ) -> FeedbackRequest:
        """Note that it was sent, reminded of, answered or closed, or take the last word back."""
        step = FeedbackStep(coach, interview_id)
        if data.kind == "undo":
            return step.undo()
        return step.note(EventKind(data.kind), day=data.day, days=data.days)

    @post(
        "/feedback/reply", operation_id="keepFeedbackReply", sync_to_thread=True, responses=ADDING
    )
    def keep_reply(
        self,
        coach: NamedDependency[Coach],
        data: JSONBody[NewReply],
        interview_id: FromQuery[str | None] = None,
    ) -> KeptReply:
        """Keep a reply, cut down to what they said; or take back parts that were cut off."""
        step = FeedbackStep(coach, interview_id)
        if data.text.strip() or not data.take:
            reply = step.keep_reply(data.text, day=data.day)
        if data.take:
            reply = step.take_stretches(data.take)
        return reply

    @get("/positives", operation_id="getPositives", sync_to_thread=True, responses=READING)
    def get_positives(
        self, coach: NamedDependency[Coach], interview_id: FromQuery[str | None] = None
    ) -> PositivesAnswer:
        """Return the entries of looking back, each with what it became.

        Entries are fields of the interview: change them there.
        """
        standing = FeedbackStep(coach, interview_id).standing()
        return PositivesAnswer(interview=standing.interview, entries=entries_of(standing))

    @get("/kept", operation_id="getKept", sync_to_thread=True, responses=READING)
    def get_kept(self, coach: NamedDependency[Coach]) -> Kept:
        """Return the strengths kept from all interviews, and what to look after in practice."""
        return Kept(strengths=strengths(coach), focuses=practice_focuses(coach))

    @post("/takeaways", operation_id="keepTakeaway", sync_to_thread=True, responses=ADDING)
    def keep_takeaway(
        self,
        coach: NamedDependency[Coach],
        data: JSONBody[NewTakeaway],
        interview_id: FromQuery[str | None] = None,
    ) -> Takeaway:
        """Make a note, a point, a question, a strength or a focus of a sentence."""
        step = FeedbackStep(coach, interview_id)
        (kept,) = step.keep(
            [
                Wish(
                    source=data.source,
                    quote=data.quote,
                    use=data.use,
                    words=data.words,
                    question_id=data.question_id,
                    criterion=data.criterion,
                )
            ]
        )
        return kept

    @delete(
        "/takeaways/{takeaway_id:str}",
        operation_id="takeBackTakeaway",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def take_back(
        self,
        coach: NamedDependency[Coach],
        takeaway_id: FromPath[str],
        interview_id: FromQuery[str | None] = None,
    ) -> TakenBack:
        """Take back what was made of a sentence; the answer says what of it stays, if anything."""
        return FeedbackStep(coach, interview_id).take_back(takeaway_id)

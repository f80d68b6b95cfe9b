"""What crosses HTTP about asking for feedback, and about what becomes of sentences."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from question_bank.interview import Interview
from question_bank.limits import LONGEST_NAME, LONGEST_TEXT
from server.schemas import Name, Sent, Text
from voicecoach.feedback_letter import Letter, Purpose, Tone
from voicecoach.feedback_request import LONGEST_WAIT_DAYS, FeedbackRequest
from voicecoach.feedback_step import ReadSentence
from voicecoach.feedback_store import KeptLetter, KeptReply
from voicecoach.own_weak_points import WeakPoint
from voicecoach.positives_step import Entry
from voicecoach.practice_focus import Focus
from voicecoach.reply_text import Stretch
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaways import Takeaway, TakeawaySource, Use


class FeedbackAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Where asking for feedback stands after an interview, and everything kept about it.

    `draft` is the e-mail as it would be drafted now; `letter` and `reminder` are what was kept.
    `stretches` are the parts of the reply as pasted, `sentences` those of what counts of it, each
    with suggestions. `weakest` is what the person's own scores say.
    """

    interview: Interview
    request: FeedbackRequest
    draft: Letter
    letter: KeptLetter | None
    reminder: KeptLetter | None
    reply: KeptReply | None
    stretches: tuple[Stretch, ...]
    sentences: tuple[ReadSentence, ...]
    takeaways: tuple[Takeaway, ...]
    weakest: tuple[WeakPoint, ...]


class NewLetter(Sent, frozen=True, kw_only=True):
    """A letter to keep; without a `body` it is drafted from the facts in the tone."""

    purpose: Purpose = Purpose.REQUEST
    tone: Tone = Tone.WARM
    recipient: Name = ""
    address: Name = ""
    signed: Name = ""
    positive: Text = ""
    subject: Name = ""
    body: Text = ""


class LetterAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A kept letter, as a link too; `whole_link` is false where only its subject fits into that."""

    letter: KeptLetter
    to_fill_in: tuple[str, ...]
    mailto: str
    whole_link: bool


class NewEvent(Sent, frozen=True, kw_only=True):
    """Something that happened (today without a `day`), another `wait`, or `undo` of the last."""

    kind: Literal["sent", "wait", "reminded", "answered", "closed", "undo"]
    day: date | None = None
    days: Annotated[int, Meta(ge=1, le=LONGEST_WAIT_DAYS)] | None = None


class NewReply(Sent, frozen=True, kw_only=True):
    """A reply as it was pasted; or `take` alone: parts taken back, by their place from 0."""

    text: Text = ""
    take: Annotated[Sequence[Annotated[int, Meta(ge=0, le=100_000)]], Meta(max_length=500)] = ()
    day: date | None = None


class NewTakeaway(Sent, frozen=True, kw_only=True):
    """What is to become of a sentence; without `words` the sentence is taken."""

    quote: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
    use: Use
    source: TakeawaySource = TakeawaySource.REPLY
    words: Text = ""
    question_id: Annotated[str, Meta(max_length=LONGEST_NAME)] | None = None
    criterion: CriterionName | None = None


class PositivesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Looking back at an interview: each entry and what it became."""

    interview: Interview
    entries: tuple[Entry, ...]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What came out of all interviews: strengths, and what to look after in practice."""

    strengths: tuple[Takeaway, ...]
    focuses: tuple[Focus, ...]

"""What crosses HTTP about skills, adverts and resources, where it differs from the records."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from question_bank.limits import LONGEST_QUESTION, MOST_ENTRIES
from question_bank.question import QuestionKind
from server.schemas import Level, Name, Sent, Text
from voicecoach.inventory import DraftEntry, EntryKind, Proof, ProofKind, Story
from voicecoach.job_advert import LONGEST_ADVERT
from voicecoach.resource_list import ResourceKind


class SentProof(Sent, frozen=True, kw_only=True):
    """One thing that backs a skill up."""

    kind: ProofKind
    text: Text


class SentStory(Sent, frozen=True, kw_only=True):
    """What happened, in four parts that may be empty."""

    situation: Text = ""
    task: Text = ""
    action: Text = ""
    result: Text = ""


class SentSkill(Sent, frozen=True, kw_only=True):
    """A skill as a whole: changing one puts this in its place."""

    name: Annotated[Name, Meta(min_length=1)]
    kind: EntryKind = EntryKind.SKILL
    level: Level | None = None
    story: SentStory = SentStory()
    proofs: Annotated[Sequence[SentProof], Meta(max_length=MOST_ENTRIES)] = ()

    def draft(self) -> DraftEntry:
        """Return it as the inventory takes it."""
        return DraftEntry(
            kind=self.kind,
            name=self.name,
            level=self.level,
            story=Story(
                situation=self.story.situation,
                task=self.story.task,
                action=self.story.action,
                result=self.story.result,
            ),
            proofs=tuple(Proof(kind=one.kind, text=one.text) for one in self.proofs),
        )


class SentAdvert(Sent, frozen=True, kw_only=True):
    """The text of a job advert."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_ADVERT)]


class NewDemand(Sent, frozen=True, kw_only=True):
    """A demand that the splitter did not find."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]
    must: bool = True


class DemandChange(Sent, frozen=True, kw_only=True):
    """The person's word on a demand; `entry_id` may be null: the coach's finding counts again."""

    must: bool | UnsetType = UNSET
    left_out: bool | UnsetType = UNSET
    entry_id: str | UnsetType | None = UNSET


class DemandQuestion(Sent, frozen=True, kw_only=True):
    """How a demand is asked for; without words the coach's own."""

    text: Annotated[str, Meta(max_length=LONGEST_QUESTION)] = ""
    kind: QuestionKind = QuestionKind.BEHAVIOURAL


class DemandPoint(Sent, frozen=True, kw_only=True):
    """A point about a demand for the outline of a question; without words the demand's own."""

    question_id: str
    text: Text = ""


class NewResource(Sent, frozen=True, kw_only=True):
    """A book, link, course or person that helps."""

    title: Annotated[Name, Meta(min_length=1)]
    kind: ResourceKind = ResourceKind.LINK
    place: Annotated[str, Meta(max_length=2_000)] = ""
    note: Text = ""

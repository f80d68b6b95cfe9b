"""The step "See the positives" of one interview: each entry, and what it became."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

from question_bank.interview import Interview, RightCompany
from question_bank.interview_shelf import InterviewFields
from voicecoach.errors import InvalidInputError
from voicecoach.feedback_step import FeedbackStanding
from voicecoach.practice_book import PracticeBook
from voicecoach.takeaways import Takeaway, TakeawaySource, Use, became_of

QUESTIONS_ASKED: Final[Mapping[TakeawaySource, str]] = MappingProxyType(
    {
        TakeawaySource.WENT_WELL: "What went well?",
        TakeawaySource.DIFFERED_FROM_EXPECTED: "What differed from what you expected?",
        TakeawaySource.COULD_ANSWER_BETTER: "What could you have answered differently or better?",
        TakeawaySource.GREY_AREAS: "What are you still unsure about, good or bad?",
    }
)
"""The parts of looking back whose entries can become something, in their order."""

USES: Final = (Use.STRENGTH, Use.QUESTION, Use.POINT)
"""What an entry can become."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of looking back; `number` counts all of an interview's entries from 1.

    `suggested` is what it most likely becomes, for the person to choose.
    """

    number: int
    source: TakeawaySource
    text: str
    suggested: Use
    became: tuple[Takeaway, ...]


def entries_of(standing: FeedbackStanding) -> tuple[Entry, ...]:
    """Return the entries of looking back at an interview, and what each became."""
    found = [
        (source, text) for source in QUESTIONS_ASKED for text in _texts(standing.interview, source)
    ]
    return tuple(
        Entry(
            number=number,
            source=source,
            text=text,
            suggested=_suggested(source, text),
            became=tuple(
                one for one in became_of(standing.takeaways, text) if one.source is source
            ),
        )
        for number, (source, text) in enumerate(found, start=1)
    )


def add_entries(
    book: PracticeBook,
    interview_id: str,
    entries: Mapping[TakeawaySource, tuple[str, ...]],
    *,
    right_company: RightCompany | None = None,
    right_company_why: str | None = None,
) -> Interview:
    """Add entries to an interview's looking back; those that stand there already are left out.

    Args:
        book: the coach's book.
        interview_id: which interview.
        entries: new entries of each part.
        right_company: None leaves what was said before.
        right_company_why: None leaves what was said before.

    Raises:
        InvalidInputError: nothing new was said, or a text can't be stored.
    """
    with book.bank() as bank:
        interview = bank.get_interview(interview_id)
        fields: dict[str, Any] = {}
        for source, texts in entries.items():
            before = _texts(interview, source)
            fresh = dict.fromkeys(text.strip() for text in texts if text.strip())
            added = tuple(text for text in fresh if text not in before)
            if added:
                fields[_FIELDS[source]] = (*before, *added)
        if right_company is not None and right_company is not interview.right_company:
            fields["right_company"] = right_company
        if right_company_why is not None and right_company_why != interview.right_company_why:
            fields["right_company_why"] = right_company_why
        if not fields:
            raise InvalidInputError(
                "Nothing new was said.", "Write an entry, or say whether it was the right company."
            )
        return bank.edit_interview(interview.id, **cast("InterviewFields", fields))


_FIELDS: Final = {source: source.value for source in QUESTIONS_ASKED}
"""Each part is a field of the interview of the same name."""


def _texts(interview: Interview, source: TakeawaySource) -> tuple[str, ...]:
    texts: tuple[str, ...] = getattr(interview, _FIELDS[source])
    return texts


def _suggested(source: TakeawaySource, text: str) -> Use:
    if source is TakeawaySource.WENT_WELL:
        return Use.STRENGTH
    return Use.QUESTION if text.rstrip().endswith("?") else Use.POINT

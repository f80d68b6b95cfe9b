"""What an interview left behind, a sentence at a time, and what the person made of it.

A sentence of a reply, or an entry of theirs about how it went, becomes a note on a question, a
point of its outline, a question of the bank, a strength, or a focus for practice. Only ever because
the person said so; each keeps the exact sentence, and each can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voicecoach.scoring.result import CriterionName


class TakeawaySource(StrEnum):
    """Where a sentence comes from."""

    REPLY = "reply"
    WENT_WELL = "went_well"
    DIFFERED_FROM_EXPECTED = "differed_from_expected"
    COULD_ANSWER_BETTER = "could_answer_better"
    GREY_AREAS = "grey_areas"
    OWN_NOTE = "own_note"
    OWN_SCORES = "own_scores"


class Use(StrEnum):
    """What a sentence became."""

    NOTE = "note"
    POINT = "point"
    QUESTION = "question"
    STRENGTH = "strength"
    FOCUS = "focus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeaway:
    """What one sentence became.

    `quote` is the sentence as it was written, `words` what the person made of it. `question_id` is
    the question of a note, point or question; a focus has a `question_id`, a `criterion`, or both.
    """

    id: str
    interview_id: str
    source: TakeawaySource
    quote: str
    use: Use
    words: str
    kept_at: datetime
    question_id: str | None = None
    criterion: CriterionName | None = None


def became_of(takeaways: Sequence[Takeaway], quote: str) -> tuple[Takeaway, ...]:
    """Return what a sentence became, oldest first."""
    return tuple(one for one in takeaways if one.quote == quote)

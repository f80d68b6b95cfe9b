"""What to look after in practice, because somebody asked for it; and how that orders practice.

Pure: takeaways in, the focus in words and an order out. Where an order is fixed (what is due, what
the plan has for a day) a focus changes nothing: it decides only between questions that are equally
due, and says so.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from voicecoach.scoring.result import CriterionName
from voicecoach.takeaways import Takeaway, TakeawaySource, Use

Item = TypeVar("Item")

ASKED_FOR: Final[Mapping[CriterionName, str]] = {
    CriterionName.RELEVANCE: "answers to the question that was asked",
    CriterionName.COVERAGE: "points you had left out",
    CriterionName.STRUCTURE: "a clearer structure",
    CriterionName.SPECIFICITY: "more concrete examples",
    CriterionName.OWN_PART: "your own part in it",
    CriterionName.DELIVERY: "another delivery",
}
"""What somebody who finds fault with a criterion asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """One thing to look after. `quote` is the sentence it comes from, `by_them` whether theirs."""

    takeaway_id: str
    interview_id: str
    quote: str
    by_them: bool
    question_id: str | None
    criterion: CriterionName | None

    @property
    def as_sentence(self) -> str:
        """Who asked for what, with their own sentence."""
        wanted = "this question" if self.criterion is None else ASKED_FOR[self.criterion]
        who = "They asked for" if self.by_them else "You want to look after"
        return f"{who} {wanted}: “{' '.join(self.quote.split())}”"


def focuses_of(takeaways: Sequence[Takeaway]) -> tuple[Focus, ...]:
    """Return what to look after, the newest first; the same wish counts once."""
    newest: dict[tuple[str | None, CriterionName | None], Focus] = {}
    for one in sorted(takeaways, key=lambda one: (one.kept_at, one.id), reverse=True):
        if one.use is Use.FOCUS:
            newest.setdefault(
                (one.question_id, one.criterion),
                Focus(
                    takeaway_id=one.id,
                    interview_id=one.interview_id,
                    quote=one.quote,
                    by_them=one.source is TakeawaySource.REPLY,
                    question_id=one.question_id,
                    criterion=one.criterion,
                ),
            )
    return tuple(newest.values())


def focus_for(question_id: str, focuses: Sequence[Focus]) -> tuple[Focus, ...]:
    """Return what to look after with one question: what names it, then what names none."""
    named = tuple(one for one in focuses if one.question_id == question_id)
    return (*named, *(one for one in focuses if one.question_id is None))


def focus_first(
    ordered: Sequence[Item],
    focuses: Sequence[Focus],
    *,
    question_of: Callable[[Item], str],
    rank_of: Callable[[Item], Hashable],
    level_of: Callable[[str, CriterionName], float | None],
) -> tuple[Item, ...]:
    """Return an order with the focus first wherever the order is free.

    Neighbours of the same rank may change places among each other, nothing else moves: a question
    that a focus names comes first, then those whose last answers were weakest in a criterion that
    is looked after (those without a level, never practised, before any with one).

    Args:
        ordered: the order as it stands.
        focuses: what is looked after.
        question_of: the id of an entry's question.
        rank_of: what must stay in order; equal for entries between which the order is free.
        level_of: the last level (1-5) of a question in a criterion, None where there is none.
    """
    if not focuses:
        return tuple(ordered)
    named = {one.question_id for one in focuses}
    criteria = sorted({one.criterion for one in focuses if one.criterion and not one.question_id})

    def need(item: Item) -> tuple[bool, float]:
        question_id = question_of(item)
        levels = [level_of(question_id, criterion) or 0.0 for criterion in criteria]
        return question_id not in named, min(levels, default=0.0)

    return tuple(
        item for _, tied in groupby(ordered, key=rank_of) for item in sorted(tied, key=need)
    )

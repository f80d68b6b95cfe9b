"""The advert of an interview's job as it is kept: its text, its demands, the person's word on each.

Pure. The splitter is right most of the time and never always, so the person can leave a demand out,
add one, call it a must or a wish, and name the entry of theirs that shows it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from voicecoach.job_advert import MOST_DEMANDS, split_demands


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDemand:
    """One demand, numbered from 1.

    `added` marks one the person wrote, `left_out` one that is none to them; `entry_id` is the entry
    that shows it by their own word, `question_id` the question of the bank that it became.
    """

    number: int
    text: str
    must: bool
    added: bool = False
    left_out: bool = False
    entry_id: str | None = None
    question_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """The advert of one interview's job."""

    interview_id: str
    text: str
    kept_at: datetime
    demands: tuple[KeptDemand, ...]


def advert_of(
    interview_id: str, text: str, *, now: datetime, before: Advert | None = None
) -> Advert:
    """Return an advert with its demands; the person's word on one that was there before stays.

    Args:
        interview_id: whose job it advertises.
        text: as it was pasted.
        now: when it is kept.
        before: the one it takes the place of.
    """
    known = {} if before is None else {_plain(one.text): one for one in before.demands}
    found = {_plain(one.text): (one.text, one.must) for one in split_demands(text)}
    demands = [
        replace(known[plain], number=number, text=wording)
        if plain in known
        else KeptDemand(number=number, text=wording, must=must)
        for number, (plain, (wording, must)) in enumerate(found.items(), start=1)
    ]
    own = [one for plain, one in known.items() if one.added and plain not in found]
    room = max(0, MOST_DEMANDS - len(demands))
    demands += [
        replace(one, number=number) for number, one in enumerate(own[:room], start=len(demands) + 1)
    ]
    return Advert(interview_id=interview_id, text=text, kept_at=now, demands=tuple(demands))


def with_demand(advert: Advert, demand: KeptDemand) -> Advert:
    """Return the advert with this demand in the place of the one of its number, or at the end."""
    others = [one for one in advert.demands if one.number != demand.number]
    demands = sorted([*others, demand], key=lambda one: one.number)
    return replace(advert, demands=tuple(demands))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()

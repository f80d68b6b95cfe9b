"""An interview that was, or will be: the facts, how it felt, what it taught."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How an interview ended, or that it is still to come."""

    UPCOMING = "upcoming"
    WAITING = "waiting"
    REJECTED = "rejected"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


class RightCompany(StrEnum):
    """Whether it was the right company, as the person sees it."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """One feeling word with how strong it was, 1 (faint) to 5 (overwhelming), if it was said."""

    word: str
    intensity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One interview. Texts are the person's own words; lists are in the order they gave them.

    `day` is a calendar day where the person lives; None while it is not known. `grey_areas` are
    what they can't tell good from bad; `right_company` is None where they did not say, and
    `right_company_why` is their reason.
    `dos` and `donts` are what to do, and what not to do, in the next one.
    """

    id: str
    company: str
    role: str
    day: date | None
    outcome: Outcome
    created_at: datetime
    feelings: tuple[Feeling, ...] = ()
    went_well: tuple[str, ...] = ()
    differed_from_expected: tuple[str, ...] = ()
    could_answer_better: tuple[str, ...] = ()
    feedback_received: str = ""
    lessons: tuple[str, ...] = ()
    grey_areas: tuple[str, ...] = ()
    right_company: RightCompany | None = None
    right_company_why: str = ""
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()

"""What a monologue says the interview was: company, role, day. Pure.

The company is a name behind words such as "interview at" or "it was"; the role stands beside
"role", "job" or "for the". A recogniser that writes no capitals leaves only the surest cues.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from question_bank.debrief_values import day_of
from question_bank.monologue_text import Span, trimmed
from question_bank.word_lists import word_set

_NAME: Final = (
    r"(?:[Tt]he )?(?:[A-Z][\w&'\u2019.-]*[\w]|[A-Z])"
    r"(?:(?: (?:and|of|for|&|the|in) | )(?:[A-Z][\w&'\u2019-]*))*"
)
_COMPANY: Final = tuple(
    re.compile(pattern.replace("NAME", f"(?P<name>{_NAME})"))
    for pattern in (
        r"(?i:\binterview(?:ed|ing)?(?: \w+){0,3}? (?:at|with|by|for|in)) NAME",
        (
            r"(?i:\b(?:company|place|firm|agency|shop|school|hotel|bank|studio|hospital|employer)"
            r"(?: (?:is|was))?(?: called| named)?) NAME"
        ),
        r"(?i:\b(?:applied|applying) (?:to|at|with|for)) NAME",
        r"(?i:\b(?:it|this|that)(?: was|'s| is|\u2019s)(?: with| at| for)?) NAME",
        (
            r"(?i:\b(?:position|role|job|post|trainee|work|vacancy|been|was|is)) (?:at|with|in"
            r"|for) NAME"
        ),
        r"\b[a-z]+ (?:at|with) NAME",
        r"(?:^|[.] |, )NAME(?=, [a-z]|, [A-Z]{2}\b|$)",
        r"(?:^|[.] |, )NAME(?=[,.])",
        r"(?i:\bread about) NAME",
    )
)
_LOW_COMPANY: Final = re.compile(
    r"\b(?:interview(?:ed)? (?:at|with|by)|it was (?:at|with))"
    r" (?P<name>[a-z0-9&'-]+(?: (?!for\b|and\b|on\b|yesterday\b|as\b|the\b|last\b|this\b"
    r"|today\b|so\b"
    r"|because\b|where\b)[a-z0-9&'-]+){0,2})"
)
_NO_NAMES: Final = word_set("""
    i i'm i've i'd monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december ceo cto hr it cv the they he she
    we it's that that's this okay yes no well so then um oh question honestly first next last
    another one my their there then but and for excel english interview yesterday nothing
    still what how
    why not before after when because if also just maybe everything
    """)
_ROLE_WORDS: Final = (
    r"(?P<name>(?!the\b|a\b|an\b|me\b|it\b|them\b|this\b)[a-z][a-z-]*(?: (?!role\b|job\b"
    r"|position\b|post\b|at\b|with\b|and\b|in\b|from\b|on\b|but\b|so\b|for\b|to\b|that\b"
    r"|which\b|who\b|about\b)[a-z-]+){0,3})"
)
_ROLE: Final = tuple(
    re.compile(pattern.replace("ROLE", _ROLE_WORDS))
    for pattern in (
        r"\b(?:for|about|as) (?:the|a|an|their) ROLE (?:role|job|position|post|vacancy)\b",
        (
            r"\b(?:the|my) (?:role|job|position|post|vacancy)(?: is| was|'s)(?: called"
            r"| for)? (?:an? |the )?ROLE"
        ),
        r"\bjob is ROLE",
        r"\b(?:role|job|position|post) (?:of|as) (?:an? |the )?ROLE",
        (
            r"\b(?:appl(?:ied|y|ying)|interview(?:ed)?)(?: me)?(?: to [a-z ]+?"
            r"| at [a-z ]+?)?(?: for| as) (?:an? |the )?ROLE"
        ),
        r"\blook(?:ing)? for an? ROLE",
        r"\bi went for (?:an? |the )?ROLE(?= position| job| role|\.|,|$)",
        r"\b(?:it was|it's|was|hotel|interview) for (?:an? |the )?ROLE",
        r"(?:^|\. )for (?:an? |the )?ROLE",
        r"\bfor ROLE at\b",
        r"\bfor ROLE and the\b",
    )
)
_BEHIND_COMPANY: Final = re.compile(rf", (?:an? |the |as (?:an? |the )?)?{_ROLE_WORDS}(?=[.,]|$)")
_NO_ROLES: Final = re.compile(
    r"^(?:them|me|it|this|that|two|three|an? |some|about|ten|my|our|the|one|weeks?|hours?)\b"
    r"|\b(?:hour|hours|minutes|years|time)\b|^(?:[a-z]+ing) (?:them|it)"
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_DAY: Final = re.compile(
    r"\b(?:(?P<today>today|this (?:morning|afternoon|evening))|(?P<yesterday>yesterday)"
    r"|(?P<ago>(?:the day before yesterday|two days ago|three days ago|a week ago))"
    rf"|(?P<weekday>(?:(?:on|last|this) )(?:last )?(?:{'|'.join(_WEEKDAYS)}))"
    rf"|(?P<date>on (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})"
    rf"|(?:{_MONTHS}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?))\b"
)
_AGO: Final = {
    "yesterday": 1,
    "the day before yesterday": 2,
    "two days ago": 2,
    "three days ago": 3,
    "a week ago": 7,
}


@dataclass(frozen=True, slots=True)
class FoundDay:
    """The words that name a day, and the day they mean."""

    span: Span
    day: date | None


def company_in(text: str, plain: str, taken: tuple[Span, ...]) -> Span | None:
    """Return where the company is named; None where it is not, or only inside a question or answer.

    Args:
        text: the monologue as it was written down: capitals tell names.
        plain: its plain form.
        taken: where questions and answers stand.
    """
    for rule in _COMPANY:
        for match in rule.finditer(text):
            span = trimmed(text, Span(match.start("name"), match.end("name")))
            words = span.of(plain).split()
            if words[0] == "the":
                words = words[1:]
            if not words or words[0] in _NO_NAMES:
                continue
            if not any(span.overlaps(one) for one in taken):
                return span
    low = _LOW_COMPANY.search(plain)
    if low and not any(character.isupper() for character in text):
        return Span(low.start("name"), low.end("name"))
    return None


def role_in(plain: str, taken: tuple[Span, ...], company: Span | None) -> Span | None:
    """Return where the role is named; None where it is not.

    Args:
        plain: the monologue in its plain form.
        taken: where questions and answers stand.
        company: where the company is named; people name the role right behind it.
    """
    if company is not None:
        taken = (*taken, company)
        behind = _BEHIND_COMPANY.match(plain, company.end)
        if behind and not _NO_ROLES.search(behind["name"]):
            return Span(behind.start("name"), behind.end("name"))
    for rule in _ROLE:
        for match in rule.finditer(plain):
            span = Span(match.start("name"), match.end("name"))
            if _NO_ROLES.search(span.of(plain)) or any(span.overlaps(one) for one in taken):
                continue
            return span
    return None


def day_in(plain: str, taken: tuple[Span, ...], today: date) -> FoundDay | None:
    """Return the day of the interview: the first that is named outside questions and answers.

    Args:
        plain: the monologue in its plain form.
        taken: where questions and answers stand.
        today: the day on which it was told; "on Monday" is the last one before it.
    """
    for match in _DAY.finditer(plain):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(one) for one in taken):
            return FoundDay(span, _meant(match, today))
    return None


def _meant(match: re.Match[str], today: date) -> date | None:
    if match["today"]:
        return today
    if match["yesterday"] or match["ago"]:
        return today - timedelta(days=_AGO[match["yesterday"] or match["ago"]])
    if match["weekday"]:
        wanted = _WEEKDAYS.index(match["weekday"].split()[-1])
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    words = re.sub(r"^on (?:the )?", "", match["date"]).replace(" the ", " ").replace(",", "")
    if re.search(r"\d{4}$", words):
        return day_of(words)
    told = (day_of(f"{words} {year}") for year in (today.year, today.year - 1))
    return next((day for day in told if day is not None and day <= today), None)

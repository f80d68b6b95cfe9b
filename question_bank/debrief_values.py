"""What a word, a date or a number in a debrief means.

Each function is forgiving and total: what it can't read comes back as None, and the caller says so
with the line.
"""

import re
from datetime import date
from typing import Final, TypeVar

from question_bank.interview import Outcome, RightCompany
from question_bank.limits import LONGEST_NAME
from question_bank.near_duplicate import words_of
from question_bank.outline import StarPart
from question_bank.question import QuestionKind

_Meaning = TypeVar("_Meaning")

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_ANY_CASE: Final = re.ASCII | re.IGNORECASE
_WEEKDAY: Final = re.compile(
    r"^(?:on\s+)?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.+Z-]*)?", re.ASCII)
_DOTTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_DAY_MONTH: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([a-z]+)\.?,?\s+(\d{4})", _ANY_CASE
)
_MONTH_DAY: Final = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", _ANY_CASE)

_OUTCOMES: Final = {
    Outcome.REJECTED: "rejected rejection declined refused failed unsuccessful no",
    Outcome.OFFERED: "offered offer accepted hired passed successful yes",
    Outcome.WAITING: "waiting pending unknown open none",
    Outcome.WITHDRAWN: "withdrawn withdrew cancelled canceled",
    Outcome.UPCOMING: "upcoming planned scheduled",
}
_RIGHT_COMPANY: Final = {
    RightCompany.YES: "yes yeah definitely true",
    RightCompany.UNSURE: "unsure maybe perhaps partly undecided",
    RightCompany.NO: "no nope false",
}
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_KINDS: Final = {
    QuestionKind.BEHAVIOURAL: "behavioural behavioral behaviour competency experience",
    QuestionKind.TECHNICAL: "technical tech professional",
    QuestionKind.MOTIVATIONAL: "motivational motivation personal",
    QuestionKind.SITUATIONAL: "situational situation hypothetical scenario",
    QuestionKind.TO_ASK: "to_ask ask asking reverse",
}
_PARTS: Final = {
    StarPart.SITUATION: "s situation context background",
    StarPart.TASK: "t task goal problem",
    StarPart.ACTION: "a action actions",
    StarPart.RESULT: "r result results outcome",
}

_KIND_RULES: Final = {
    QuestionKind.SITUATIONAL: (
        *("imagine", "suppose", "what if", "if you were", "what would you do"),
        *("how would you handle", "how would you react", "how would you deal"),
    ),
    QuestionKind.BEHAVIOURAL: (
        *("a time", "the last time", "a situation", "an occasion", "an example", "have you ever"),
        *("when did you", "when have you", "a mistake", "a failure", "a conflict"),
        *("a disagreement", "a project you", "something you", "biggest failure"),
        *("biggest mistake", "greatest achievement", "biggest achievement", "proudest"),
    ),
    QuestionKind.MOTIVATIONAL: (
        *("why did you", "why do you", "why are you", "why should we", "why us", "why this"),
        *("why you", "about yourself", "attracts you", "draws you", "interests you"),
        *("motivates you", "want to work", "your strengths", "your weaknesses"),
        *("your greatest weakness", "your biggest weakness", "your greatest strength"),
        *("your biggest strength", "see yourself", "know about us", "salary"),
    ),
}
"""Whole words in a row that give a kind away. The first kind with one of them decides; a question
with none of them counts as technical. Questions to ask them are never guessed."""


LIST_MARK: Final = re.compile(r"^\s*(?:[-*\u2022]|\d{1,3}[.)])\s+")
"""What many people begin the line of a list with."""


def day_of(text: str) -> date | None:
    """Read a date: 2026-11-12, 12 November 2026, November 12, 2026, Thu 12 Nov 2026, 12.11.2026.

    12/11/2026 means different days in different countries, so it is read only where one of the
    two numbers can't be a month.
    """
    plain = _WEEKDAY.sub("", text.strip().rstrip("."))
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := _DOTTED.fullmatch(plain):
        day, month, year = map(int, found.groups())
    elif found := _SLASHED.fullmatch(plain):
        first, second, year = map(int, found.groups())
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    elif found := _DAY_MONTH.fullmatch(plain):
        day, month, year = int(found[1]), _MONTHS.get(found[2].lower(), 0), int(found[3])
    elif found := _MONTH_DAY.fullmatch(plain):
        day, month, year = int(found[2]), _MONTHS.get(found[1].lower(), 0), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def outcome_of(text: str) -> Outcome | None:
    """Read how an interview ended; the first word that says so decides."""
    return _first_known(text, _OUTCOMES)


def right_company_of(text: str) -> tuple[RightCompany | None, str]:
    """Return whether it was the right company, and the reason that follows ("No: too quiet").

    Words that begin with neither yes, unsure nor no are a reason without an answer.
    """
    first = _FIRST_WORD.match(text.strip())
    if first is None:
        return None, text.strip()
    for answer, words in _RIGHT_COMPANY.items():
        if first[0].casefold() in words.split():
            return answer, text.strip()[first.end() :].lstrip(" \n\t,;:.!-–—")
    return None, text.strip()


def kind_of(text: str) -> QuestionKind | None:
    """Read the kind of a question as somebody would write it ("Behavioral", "to ask")."""
    return _first_known(text, _KINDS)


def part_of(text: str) -> StarPart | None:
    """Read the part of a story: situation, task, action, result, or its first letter."""
    word = text.strip().lower()
    return next((part for part, words in _PARTS.items() if word in words.split()), None)


def guess_kind(question: str) -> QuestionKind:
    """Guess a question's kind from its wording, by the rules of docs/debrief-format.md."""
    plain = f" {' '.join(words_of(question))} "
    return next(
        (
            kind
            for kind, phrases in _KIND_RULES.items()
            if any(f" {phrase} " in plain for phrase in phrases)
        ),
        QuestionKind.TECHNICAL,
    )


_LEVEL: Final = re.compile(r"(\d{1,3})\s*(?:/|out of|of)?\s*(\d{1,3})?", _ANY_CASE)


def level_of(text: str) -> int | None:
    """Read a level of 1 to 5: "4", "4/5", "4 out of 5"."""
    found = _LEVEL.fullmatch(text.strip().strip("()").strip())
    if found is None or (found[2] is not None and int(found[2]) != 5):
        return None
    level = int(found[1])
    return level if 1 <= level <= 5 else None


_FEELING: Final = re.compile(
    r"(?P<word>.*?)[\s:(,=-]*\(?\s*(?P<level>-?\d{1,3}\s*(?:(?:/|out of|of)\s*\d{1,3})?)\s*\)?",
    _ANY_CASE,
)


def feeling_of(text: str) -> tuple[str, str | None]:
    """Split a feeling into its word and what was said about its strength ("sad 4/5")."""
    if len(text) > LONGEST_NAME + 20:  # the pattern takes quadratic time
        return text.strip(), None
    found = _FEELING.fullmatch(text.strip())
    if found is None or not found["word"].strip():
        return text.strip(), None
    return found["word"].strip(), found["level"]


_SECONDS: Final = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(s|sec|secs|seconds?)?\.?", _ANY_CASE)
_MINUTES: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)\s*(m|min|mins|minutes?)\.?", _ANY_CASE)
_CLOCK: Final = re.compile(r"(\d{1,2}):([0-5]\d)(?:\s*(?:min|minutes?))?", _ANY_CASE)


def seconds_of(text: str) -> int | None:
    """Read how long an answer should take, as seconds: "120 seconds", "2 min", "1:30", "90"."""
    plain = text.strip()
    if found := _CLOCK.fullmatch(plain):
        seconds = int(found[1]) * 60 + int(found[2])
    elif found := _MINUTES.fullmatch(plain):
        seconds = round(float(found[1]) * 60)
    elif found := _SECONDS.fullmatch(plain):
        seconds = round(float(found[1]))
    else:
        return None
    return seconds if 1 <= seconds <= 3_600 else None


def weight_of(text: str) -> float | None:
    """Read a point's weight: a number above 0 and at most 10."""
    if not re.fullmatch(r"\d{1,2}(?:\.\d{1,3})?", text.strip(), re.ASCII):
        return None
    weight = float(text)
    return weight if 0 < weight <= 10 else None


def listed(text: str) -> list[str]:
    """Split a line that lists things: at semicolons where there are any, else at commas."""
    separator = ";" if ";" in text else ","
    return [item for part in text.split(separator) if (item := part.strip().rstrip("."))]


def _first_known(text: str, meanings: dict[_Meaning, str]) -> _Meaning | None:
    for word in re.findall(r"[a-z_]+", text.lower()):
        for meaning, words in meanings.items():
            if word in words.split():
                return meaning
    return None

"""The wording of a demand: what of it is looked for, and the amounts it asks for. Pure.

"You have at least five years of experience with PostgreSQL" looks for "PostgreSQL", and asks for
five years of it.
"""

import re
from typing import Final

_LEAD: Final = re.compile(
    r"^(?:that |if )?(?:you(?:'ve|’ve|'re|’re)?|(?:the )?(?:ideal |successful )?candidates?|"
    r"someone (?:who|with)|somebody (?:who|with))?\b ?"
    r"(?:(?:already|also|must|should|will|need to)\b ?)*"
    r"(?:(?:have|has|hold|holds|bring|brings|are|is|be|can|know|knows|show|been|"
    r"worked (?:with|in|as))\b ?)?(?:(?:an?|the|your)\b ?)?",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_COUNT: Final = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_YEARS: Final = re.compile(
    rf"(?:(?:at least|a minimum of|minimum(?: of)?|more than|over)\s+)?\b(?P<count>{_COUNT})\b"
    rf"\s*(?:\+|or more|plus)?\s*(?:(?:[-–]|to)\s*(?:{_COUNT})\s*)?(?:years?|yrs?)\b['’]?"
    r"(?:\s+or more)?(?:\s+of\b)?\s*",
    re.IGNORECASE,
)
_LANGUAGE_LEVEL: Final = re.compile(
    r"\s*\b(?:at |on |level )*(?P<level>[ABC][12])\b(?: level)?(?: or (?:better|above|higher))?"
)
_SET_PHRASES: Final = re.compile(
    r"\b(?:(?:proven|previous|first|some|several years of|hands-on|solid|relevant|practical|"
    r"professional|good|very good|strong|excellent|sound|working|basic|clear|confident|"
    r"demonstrable|extensive) )*"
    r"(?:experience|knowledge|understanding|command|use|familiarity|ability|background|skills?|"
    r"proficiency)\b(?: (?:with|in|of|as|to|on|at|using|working)\b)*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r",?\s*(?:\b(?:is|are|would be|will be)\b\s*(?:an?\b)?\s*(?:\w+\s)?)?"
    r"\b(?:required|essential|must|mandatory|necessary|plus|advantage|bonus|desirable|preferred|"
    r"welcome|helpful)\b[^,;]*$|,? or (?:equivalent|similar|comparable)\b.*$",
    re.IGNORECASE,
)
_EXPERIENCE: Final = re.compile(
    r"(?:you have |you bring )?(?:\w+ ){0,2}?(?:experience|knowledge|understanding|familiarity)"
    r"(?: working)? (?:with|in|of|using) (?P<field>.+)",
    re.IGNORECASE,
)
_SAYS_SOMETHING: Final = re.compile(r"\w{2,}")


def looked_for(demand: str) -> str:
    """Return what of a demand is looked for: without set phrases, praise, years and levels."""
    text = _LANGUAGE_LEVEL.sub(" ", _YEARS.sub("", _TAIL.sub("", demand))).strip()
    text = _LEAD.sub("", text).strip()
    bare = " ".join(_SET_PHRASES.sub(" ", text).split()).strip(" ,;:.-")
    return next((one for one in (bare, text) if _SAYS_SOMETHING.search(one)), demand)


def question_for(demand: str) -> str:
    """Return a question an interviewer may ask about a demand, in its own words.

    "At least two years of experience with SQL" becomes "Tell me about your experience with SQL.";
    what names no field is asked for as it stands.
    """
    found = _EXPERIENCE.match(_YEARS.sub("", _TAIL.sub("", demand)).strip())
    if found is not None:
        return f"Tell me about your experience with {found['field'].strip(' ,;:.')}."
    return f"This job asks for: “{demand}”. What can you tell us about that?"


def missing_amount(demand: str, told: str) -> str:
    """Return what is missing of the years or the language level that a demand asks for, in words.

    Args:
        demand: as it stands in the advert.
        told: everything the person tells.

    Returns:
        "" where nothing is asked for, or as much is told.
    """
    asked, said = _most_years(demand), _most_years(told)
    if asked is not None and (said is None or said < asked):
        known = "names no number of years" if said is None else f"says {said}"
        return f"it asks for {asked} year{'s' * (asked > 1)}; your story {known}"
    level, reached = _best_level(demand), _best_level(told)
    if level is not None and (reached is None or reached < level):
        return f"it asks for {level}; your story says {reached or 'no level'}"
    return ""


def _most_years(text: str) -> int | None:
    counts = [
        int(found["count"]) if found["count"].isdigit() else _NUMBERS[found["count"].lower()]
        for found in _YEARS.finditer(text)
    ]
    return max(counts, default=None)


def _best_level(text: str) -> str | None:
    return max((found["level"] for found in _LANGUAGE_LEVEL.finditer(text)), default=None)

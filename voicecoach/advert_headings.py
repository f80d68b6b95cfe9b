"""What the headings of a job advert announce: demands, wishes, or something else. Pure."""

import re
from enum import Enum
from typing import Final

MOST_HEADING_WORDS: Final = 10
"""Words a heading has at most (a judgement; the longest of the labelled adverts has 7)."""


class Section(Enum):
    """What stands under a heading.

    Under `NEUTRAL` ones (a job's title, a company's name, no heading at all) only sentences that
    say so themselves are demands.
    """

    DEMANDS = "demands"
    WISHES = "wishes"
    OTHER = "other"
    NEUTRAL = "neutral"


_WISHES: Final = re.compile(
    r"desirable|nice[- ]to[- ]have|bonus|preferred|\bplus\b|plus points?|advantage|"
    r"(?:also|really) (?:help|like)|(?:great|good|nice|lovely|helpful) if|\bideally\b|optional|"
    r"would be (?:great|nice|good)|pluses",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\b(?:we|us|i) (?:can |will |also )?(?:offer|provide|give)|benefits?\b|perks?\b|package|"
    r"rewards?\b|compensation|salary|\bpay\b|remuneration|"
    r"you(?:'ll|’ll| will)? (?:get|receive|earn)|in it for you|why (?:join|work|us|you)|"
    r"about (?:us|the (?:role|job|team|company|position|school|project))|who we are|^our \w+$|"
    r"(?:the|this) (?:role|job|position|opportunity)$|job (?:purpose|summary|description)|"
    r"(?:your |main |key |core |the )?(?:tasks?|duties|responsibilit|assignments?|mission)|"
    r"what you(?:'ll|’ll| will)(?: be)? (?:do|work|own|achieve)|you will$|you(?:'ll|’ll)$|"
    r"day[- ]to[- ]day|how (?:we|to)|apply|application process|next steps|contact|"
    r"equal(?:ity)?\b.*|divers|location|hours|start(?:ing)? date|duration|contract",
    re.IGNORECASE,
)
_DEMANDS: Final = re.compile(
    r"require|essential|must|qualif|profile|about you\b|who you are|you are\b|you(?:'re|’re)\b|"
    r"what you(?:'ll|’ll| will)? (?:bring|need|have)|"
    r"you(?:'ve|’ve|'ll|’ll| will| should| must)? (?:have|bring|need)|"
    r"skills|experience|knowledge|competenc|criteria|person spec|candidate|applicant|"
    r"looking for|seek|we(?:'re|’re| are) after|we (?:expect|need|want)|hear from you if|"
    r"minimum|prerequisite|expectations|ideal(?:ly suited)?\b",
    re.IGNORECASE,
)


def section_of(heading: str) -> Section:
    """Return what the words of a heading announce."""
    words = heading.strip(" #*_:")
    if _WISHES.search(words):
        return Section.WISHES
    if _OTHER.search(words):
        return Section.OTHER
    if _DEMANDS.search(words):
        return Section.DEMANDS
    return Section.NEUTRAL


def is_heading(line: str, *, before: str, after_is_bullet: bool) -> bool:
    """Whether a line is a heading rather than text.

    Args:
        line: without blanks around it, no bullet in front.
        before: the line before, "" where that is empty.
        after_is_bullet: whether the next line that says something begins with a bullet.
    """
    marked = line.startswith("#") or re.fullmatch(r"(\*\*|__).+\1:?", line) is not None
    plain = line.strip(" #*_")
    words = plain.split()
    if not words or len(words) > MOST_HEADING_WORDS:
        return False
    if marked or plain.endswith(":"):
        return True
    if plain.endswith((".", "!", "?", ",", ";")):
        return before == "" and after_is_bullet and plain.endswith(("!", "?"))
    if plain.isupper() and any(word.isalpha() for word in words):
        return True
    return before == "" and (after_is_bullet or section_of(plain) is not Section.NEUTRAL)

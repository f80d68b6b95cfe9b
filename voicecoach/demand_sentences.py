"""Which sentences of a job advert demand something of a person, and where each demand stands. Pure.

Adverts speak in few set phrases: "you have …", "we expect …", "… is required", "… is a plus". A
sentence without one of them tells about the job or the company.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_WISH: Final = re.compile(
    r"\b(?:is|are|would be|will be|seen as|also)?\s*(?:an? )?(?:big |real |definite |clear )?"
    r"(?:plus\b|advantage|bonus|asset)|"
    r"\bdesirable|\bpreferred\b|\bpreferably|\bideally|\bnice to have|\badvantageous|"
    r"\b(?:is|are|would be) (?:also |very |most )?(?:welcome|helpful|useful|nice|great)\b|"
    r"\b(?:would )?helps?[.!]?$|\bnot essential|\bnot a must|\bnot required",
    re.IGNORECASE,
)
_REQUIRED: Final = re.compile(
    r"^(?P<what>.+?),? (?:is|are) (?:absolutely |also )?(?:required|essential|a must|mandatory|"
    r"necessary|needed|expected|a prerequisite|what we (?:value|look for|need)|important to us|"
    r"your (?:native|first) language|your mother tongue)",
    re.IGNORECASE,
)
_NOTHING_WANTED: Final = re.compile(
    r"^(?:no|not any|neither|there is no)\b|\b(?:no|without) (?:previous |prior )?"
    r"(?:experience|qualifications?) (?:is |are )?(?:necessary|needed|required)",
    re.IGNORECASE,
)
_PERSON: Final = (
    r"(?:you|(?:the |our )?(?:ideal |successful |right )?(?:candidates?|applicants?|person))"
)
_TRAIT: Final = re.compile(
    rf"(?:^|\b(?:that|if|and|but|because) )(?P<who>(?:you(?:'ve|’ve|'re|’re)|{_PERSON} "
    r"(?:already |also |should |must |will need to |need to |really |genuinely )*"
    r"(?:have|has|hold|holds|bring|brings|are|is|can|know|knows|speak|speaks|must|need|needs|"
    r"should|enjoy|enjoys|care|cares|understand|understands|possess|possesses|love|like|want))\b)",
    re.IGNORECASE,
)
_NO_TRAIT: Final = re.compile(
    r"\b(?:you|applicants|candidates) (?:are|have) (?:invited|asked|welcome to|entitled|"
    r"the (?:right|chance|opportunity)|questions?|any questions|until)|"
    r"\bif you (?:have|are|need|want|would|can)\b|"
    r"\byou (?:can|must|should|need to) (?:apply|send|contact|call|find|reach)",
    re.IGNORECASE,
)
_WANTED: Final = re.compile(
    r"\b(?:we (?:expect|require|need|want|ask for|look for|value)|"
    r"(?:we(?:'re|’re| are)|is) (?:looking for|after|seeking)|wanted:)\s+",
    re.IGNORECASE,
)
_HEAD: Final = (
    r"(?:(?:someone|somebody|people|a person) (?:who|with)|"
    r"(?:(?:proven|previous|first|some|several years of|hands-on|solid|relevant|practical|good|"
    r"strong|excellent|sound|working|basic|clear|an?|the|your|full|clean|current|valid|very good)"
    r" )*"
    r"(?:experience|knowledge|understanding|ability|skills?|command|degree|diploma|certificate|"
    r"certification|qualification|licen[cs]e|training|background|judgement|fluency|track record|"
    r"eye|familiarity|willingness|passion|interest|attention|commitment|proficiency|references)|"
    r"(?:at least|a minimum of|minimum|\d+\+?|two|three|four|five) |"
    r"fluent|excellent|strong|good|confident|reliable|able to|willing|a |an |the )"
)
_BARE: Final = re.compile(
    r"^(?:(?:proven|previous|solid|good|strong|excellent|very good|some|hands-on|several years of|"
    r"at least \w+ (?:months?|years?)['’]?(?: of)?|\d+\+? years?['’]?(?: of)?) )*"
    r"(?:experience (?:with|in|of|as|using)|knowledge of|understanding of|fluen(?:t|cy) in|"
    r"ability to|familiarity with|degree in|command of|proficien(?:t|cy) in)\b",
    re.IGNORECASE,
)
_NEXT_TRAIT: Final = re.compile(
    rf"(?:,? (?:and|but)|[,;]) (?=(?:that )?{_PERSON}\b)", re.IGNORECASE
)
_STRONG: Final = re.compile(
    r"\byou must (?:be|have|hold|speak)\b|\b(?:is|are) (?:required|essential|a must)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bSt)(?<!\bapprox)[.!?](?=\s|$)|\n|;\s"
)


class Stretch(NamedTuple):
    """A part of a text: from `start` to before `end` in characters, and whether it is a must."""

    start: int
    end: int
    must: bool


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Give where each sentence of a text begins and ends, its full stop left out."""
    begin = 0
    for found in [*_SENTENCE_END.finditer(text), None]:
        end = len(text) if found is None else found.start()
        left = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        right = left + len(text[left:end].rstrip())
        if right > left:
            yield start + left, start + right
        begin = len(text) if found is None else found.end()


def is_wish(text: str) -> bool:
    """Whether what is demanded would be nice to have, by its own words."""
    return _WISH.search(text) is not None


def demands_in_sentence(sentence: str, start: int, *, told_elsewhere: bool) -> Iterator[Stretch]:
    """Give what a sentence demands; nothing where it demands nothing.

    Args:
        sentence: without its full stop.
        start: where it begins in the advert, in characters.
        told_elsewhere: it stands under a heading for something else, so that only the plainest
            words ("you must have", "is required") make it a demand.
    """
    if _NOTHING_WANTED.search(sentence):
        return
    if told_elsewhere and not _STRONG.search(sentence):
        return
    wanted = _WANTED.search(sentence)
    if wanted and re.match(_HEAD, sentence[wanted.end() :], re.IGNORECASE):
        first = sentence[wanted.end() :]
        if not _is_the_job(first):
            yield from _listed(sentence, wanted.end(), start)
            return
    if _NO_TRAIT.search(sentence):
        return
    yield from _traits(sentence, start)


def listed_items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Give the items of an inline list ("a forklift licence, good English; own transport")."""
    separator = r";\s*" if ";" in text else r",\s+(?![^()]*\))"
    begin = 0
    for found in [*re.finditer(separator, text), None]:
        end = len(text) if found is None else found.start()
        item = text[begin:end].strip(" .")
        if item:
            left = text.index(item, begin)
            yield start + left, start + left + len(item)
        begin = len(text) if found is None else found.end()


def _is_the_job(wanted: str) -> bool:
    """Whether what is looked for is somebody for the job ("a manager for our café") only."""
    if re.match(r"(?:someone|somebody|people|a person) (?:who|with)", wanted, re.IGNORECASE):
        return False
    article = re.match(r"(?:an?|the|\d+|two|three|four|five) ", wanted, re.IGNORECASE)
    named = re.match(_HEAD.replace("|a |an |the )", ")"), wanted, re.IGNORECASE)
    return article is not None and (named is None or named.group().strip().isdigit())


def _listed(sentence: str, first: int, start: int) -> Iterator[Stretch]:
    """Give the entries of "we expect A, B and C", each where it begins like a demand."""
    cuts = [first]
    commas = [found for found in re.finditer(r",? and |, ", sentence[first:]) if _opens(found)]
    several = any(found.group() == ", " for found in commas)
    cut_ends = []
    for found in commas:
        if found.group() == " and " and not (several and found is commas[-1]):
            continue
        cut_ends.append(first + found.start())
        cuts.append(first + found.end())
    cut_ends.append(len(sentence))
    must = not is_wish(sentence)
    for begin, end in zip(cuts, cut_ends, strict=True):
        yield Stretch(start + begin, start + end, must and not is_wish(sentence[begin:end]))


def _opens(found: "re.Match[str]") -> bool:
    """Whether what stands behind a comma or an "and" begins like a demand of its own."""
    return re.match(_HEAD, found.string[found.end() :], re.IGNORECASE) is not None


def _traits(sentence: str, start: int) -> Iterator[Stretch]:
    """Give what "you have …", "… is required" and "… is a plus" say, clause by clause."""
    begin = 0
    for found in [*_NEXT_TRAIT.finditer(sentence), None]:
        end = len(sentence) if found is None else found.start()
        clause = sentence[begin:end]
        opens = begin
        begin = len(sentence) if found is None else found.end()
        if not clause.strip():
            continue
        required = _REQUIRED.search(clause)
        if required or is_wish(clause):
            yield Stretch(start + opens, start + end, required is not None and not is_wish(clause))
        elif (trait := _TRAIT.search(clause)) is not None:
            yield Stretch(start + opens + trait.start("who"), start + end, must=True)
        elif _BARE.match(clause):
            yield Stretch(start + opens, start + end, must=True)

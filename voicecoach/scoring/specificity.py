"""Specificity: the distinct numbers, names, dates and before→after pairs of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.clause_reading import in_list, within
from voicecoach.scoring.clauses import Clause, Mood, split_clauses
from voicecoach.scoring.content import plain
from voicecoach.scoring.evidence import Evidence, absence, quote_words
from voicecoach.scoring.names import find_dates, find_names
from voicecoach.scoring.outcome_words import HARMS
from voicecoach.scoring.rubric import SPECIFICS_FOR_LEVEL, SPECIFICS_FOR_LEVEL_TO_ASK
from voicecoach.scoring.rubric_talk import counts_nothing
from voicecoach.scoring.spoken_numbers import SpokenNumber, find_numbers
from voicecoach.scoring.vocabulary import is_function_word, plain_words, stem, word_set
from voicecoach.speech.transcript import Transcript

ANY_SPECIFIC: Final = "a figure, a name, a date or a before and after"

_CHANGES: Final = word_set(
    """
    went moved cut dropped fell rose grew increased decreased reduced improved took brought got
    came changed switched shifted move switch change take bring get down up go going cutting
    moving reducing improving changing
    """
)
_LONGEST_BEFORE: Final = 6
"""Most words between "from" and "to" of a before→after pair (a judgement)."""
_ONE_COUNTS_BEFORE: Final = word_set(
    "hour day week month year minute second percent person million thousand hundred"
)
_MULTIPLES: Final = word_set("half halved doubled tripled quadrupled twice")
_EARLIEST_YEAR: Final = 1950
_LATEST_YEAR: Final = 2099


@dataclass(frozen=True, slots=True, kw_only=True)
class Specific:
    """One specific detail: what sort it is, its normal form, and the words (inclusive)."""

    sort: str
    normal: str
    first_word: int
    last_word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Specificity:
    """The level (1–5), its evidence, and the distinct specifics in order."""

    level: int
    evidence: tuple[Evidence, ...]
    specifics: tuple[Specific, ...]


def measure_specificity(transcript: Transcript, kind: QuestionKind) -> Specificity:
    """Return how specific an answer (its content) is; saturates at four distinct specifics."""
    specifics = find_specifics(transcript, kind)
    ladder = SPECIFICS_FOR_LEVEL_TO_ASK if kind is QuestionKind.TO_ASK else SPECIFICS_FOR_LEVEL
    saturated = max(ladder)
    evidence: tuple[Evidence, ...] = tuple(
        quote_words(transcript, specific.first_word, specific.last_word) for specific in specifics
    )
    return Specificity(
        level=ladder[min(len(specifics), saturated)],
        evidence=evidence or (absence(transcript, ANY_SPECIFIC),),
        specifics=specifics,
    )


def find_specifics(
    transcript: Transcript, kind: QuestionKind = QuestionKind.BEHAVIOURAL
) -> tuple[Specific, ...]:
    """Return the distinct specifics in the order they are said.

    Lists of keywords give none, and neither does what is denied ("I did not cut 40 percent"),
    unless it is harm that was spared ("we lost none of the 400 orders"). In an answer about
    something done, nothing that was only planned or supposed does.
    """
    words, indexes = _plain(transcript)
    spoken = [number for number in _numbers(words) if not counts_nothing(words, number.last_word)]
    found = [
        *_pairs(words, indexes, spoken),
        *(
            Specific(
                sort="number",
                normal=_normal(number),
                first_word=indexes[number.first_word],
                last_word=indexes[number.last_word],
            )
            for number in spoken
        ),
        *(
            Specific(
                sort="name",
                normal=mention.normal,
                first_word=mention.first_word,
                last_word=mention.last_word,
            )
            for mention in find_names(transcript)
        ),
        *(
            Specific(
                sort="date",
                normal=mention.normal,
                first_word=mention.first_word,
                last_word=mention.last_word,
            )
            for mention in find_dates(transcript)
        ),
    ]
    place_of = {index: place for place, index in reversed(list(enumerate(indexes)))}
    clauses = split_clauses(transcript)
    in_sentences = [
        specific
        for specific in found
        if not in_list(words, place_of[specific.first_word])
        and not _is_unreal(specific, clauses, transcript, kind)
    ]
    return tuple(
        sorted(_distinct(in_sentences), key=lambda found: (found.first_word, found.last_word))
    )


def _is_unreal(
    specific: Specific, clauses: Sequence[Clause], transcript: Transcript, kind: QuestionKind
) -> bool:
    """Whether a detail belongs to what was denied or, in a story, planned or supposed."""
    for clause in clauses:
        if not clause.first_word <= specific.first_word <= clause.last_word:
            continue
        words = transcript.words[clause.first_word : clause.last_word + 1]
        spared = any(plain(word.text) in HARMS | {"again"} for word in words)
        if not spared and _is_said_of(clause.denial, specific):
            return True
        moods = (clause.plan, clause.supposition) if kind is QuestionKind.BEHAVIOURAL else ()
        return any(_is_said_of(mood, specific) for mood in moods)
    return False


def _is_said_of(mood: Mood, specific: Specific) -> bool:
    """Whether a mood holds for a detail: all is said so, or the verb before it is."""
    if mood.whole is not None and within(mood.whole, specific.first_word):
        return True
    return within(mood.reach, specific.first_word) and any(
        head < specific.first_word for head in mood.heads
    )


def _plain(transcript: Transcript) -> tuple[list[str], list[int]]:
    """Return the answer's plain words and, for each, the index of its word."""
    words: list[str] = []
    indexes: list[int] = []
    for index, word in enumerate(transcript.words):
        for part in plain_words(word.text):
            words.append(part.text)
            indexes.append(index)
    return words, indexes


def _numbers(words: Sequence[str]) -> list[SpokenNumber]:
    """Return the numbers that count: "one" only before a unit, also "half" and "doubled"."""
    found = [number for number in find_numbers(words) if not number.ordinal]
    taken = {place for number in found for place in range(number.first_word, number.last_word + 1)}
    for place, word in enumerate(words):
        follower = words[place + 1] if place + 1 < len(words) else ""
        if place in taken:
            continue
        if word == "one" and follower.removesuffix("s") in _ONE_COUNTS_BEFORE:
            found.append(SpokenNumber(1.0, "", place, place))
        elif word in _MULTIPLES:
            found.append(SpokenNumber(_multiple(word), "", place, place))
    return sorted(found, key=lambda number: number.first_word)


def _multiple(word: str) -> float:
    return {"half": 0.5, "halved": 0.5, "tripled": 3.0, "quadrupled": 4.0}.get(word, 2.0)


def _normal(number: SpokenNumber) -> str:
    return f"{number.value:g}"


def _pairs(
    words: Sequence[str], indexes: Sequence[int], numbers: Sequence[SpokenNumber]
) -> list[Specific]:
    """Return before→after pairs: "from three days to one hour", "moved from paper to tablets"."""
    starts = {number.first_word for number in numbers}
    pairs: list[Specific] = []
    for start, word in enumerate(words):
        if word != "from":
            continue
        last_to = min(start + 1 + _LONGEST_BEFORE, len(words) - 1)
        to = next((place for place in range(start + 2, last_to) if words[place] == "to"), None)
        if to is None:
            continue
        before = list(words[start + 1 : to])
        after = list(words[to + 1 : to + 1 + _LONGEST_BEFORE])
        both_numbers = any(start < place < to for place in starts) and any(
            to < place <= to + 2 for place in starts
        )
        changed = bool(_CHANGES & set(words[max(0, start - 5) : start]))
        named = _head(before) != _head(after[:3]) and bool(_head(before)) and bool(_head(after[:3]))
        if both_numbers or (changed and named):
            end = min(to + (2 if both_numbers else len(_phrase(after))), len(words) - 1)
            pairs.append(
                Specific(
                    sort="before and after",
                    normal=" ".join(words[start : end + 1]),
                    first_word=indexes[start],
                    last_word=indexes[end],
                )
            )
    return pairs


def _phrase(words: Sequence[str]) -> list[str]:
    """Return a noun phrase's beginning: determiners and the first content word."""
    phrase: list[str] = []
    for word in words:
        phrase.append(word)
        if not is_function_word(word):
            break
    return phrase


def _head(words: Sequence[str]) -> str:
    return next((stem(word) for word in words if not is_function_word(word)), "")


def _distinct(specifics: Sequence[Specific]) -> list[Specific]:
    """Leave out what was said before: the same number, a part of a name, the same pair."""
    kept: list[Specific] = []
    numbers: set[str] = set()
    others: set[str] = set()
    for specific in sorted(specifics, key=lambda specific: specific.first_word):
        if specific.sort == "number":
            if specific.normal in numbers:
                continue
            numbers.add(specific.normal)
        else:
            parts = set(specific.normal.split()) if specific.sort == "name" else {specific.normal}
            if parts <= others:
                continue
            others |= parts
        kept.append(specific)
    return kept

"""What the speaker did in a clause: "I" or "we", and a verb of something done.

Denied, planned and merely supposed verbs are no deeds, except that an answer to "what would you
do" acts in the conditional. A verb whose object names nothing ("I did ten things") is none either.
"""

from dataclasses import dataclass
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.clause_reading import REACH_OF_SUBJECT, ReadClause
from voicecoach.scoring.deed_words import (
    AFTER_MODAL,
    BETWEEN_SUBJECT_AND_VERB,
    DONE_IF_FOLLOWED_BY,
    DONE_UNLESS_FOLLOWED_BY,
    EMPTY_OBJECTS,
    EMPTY_VERBS,
    ENDS_OBJECT,
    MODALS,
    NO_DEED,
    REACH_OF_OBJECT,
    TALKS,
    TELLS_ON,
    is_deed,
)
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.story_grammar import (
    CONNECTORS,
    HABITS,
    OPENERS,
    PRESENT_BEINGS,
    SINGULAR_SPEAKER,
    SPEAKER,
    is_past,
)
from voicecoach.scoring.vocabulary import is_content_word

REACH_OF_MODAL: Final = 9
"""Most words between "I would" and the verb that says what would be done (a judgement)."""

_CONDITIONAL_KINDS: Final = frozenset({QuestionKind.SITUATIONAL, QuestionKind.TECHNICAL})
"""Kinds of question that are answered in the conditional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something the speaker did: `own` alone ("I") or together ("we"), and by which verb.

    `in_fact` is true for the past, false for what is done usually or would be done.
    """

    own: bool
    verb: str
    in_fact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """In which moods a question is answered.

    `conditional` ("I would") and `present` ("I check") tell of deeds; `in_fact` says whether what
    is told in the present was done on an occasion, not usually.
    """

    conditional: bool
    present: bool
    in_fact: bool


def asked_by(kind: QuestionKind) -> Asked:
    """Return the moods in which a kind of question is answered."""
    behavioural = kind is QuestionKind.BEHAVIOURAL
    return Asked(
        conditional=kind in _CONDITIONAL_KINDS, present=not behavioural, in_fact=behavioural
    )


def deed_of(
    read: ReadClause, asked: Asked, *, carried: Deed | None, under_way: bool, telling_now: bool
) -> Deed | None:
    """Return what the speaker does in a clause, or None.

    `carried` has the subject of the clause before ("I called them | and asked"); a story is
    `under_way` once it has told something, and `telling_now` while it acts in the present.
    `asked` says whether the present tells deeds in any case.
    """
    if HABITS & set(read.words) and not asked.present:
        return None
    in_present = asked.present or (
        under_way and (read.words[0] in TELLS_ON or (telling_now and read.words[0] in CONNECTORS))
    )
    for position, word in enumerate(read.words):
        if word not in SPEAKER or _is_background(read, position, asked):
            continue
        if word in PRESENT_BEINGS:
            continue
        place = _verb_after(read, position, asked, in_present=in_present)
        if place is not None and not _names_nothing(read, place):
            return _deed(word in SINGULAR_SPEAKER, read.words[place], asked)
    return _carried_deed(read, asked, carried)


def _deed(own: bool, verb: str, asked: Asked) -> Deed:
    return Deed(own=own, verb=verb, in_fact=asked.in_fact or is_past(verb) or verb == "able")


def speaker_of(read: ReadClause) -> Deed | None:
    """Return the speaker as subject of a clause without a deed: "I was at my desk | and saw"."""
    for word in read.words[:REACH_OF_SUBJECT]:
        if word in SPEAKER:
            return Deed(own=word in SINGULAR_SPEAKER, verb="", in_fact=False)
        if word not in OPENERS and not word.endswith("ly"):
            return None
    return None


def _is_background(read: ReadClause, position: int, asked: Asked) -> bool:
    """Tell "when I built it", "that I called": said on the way to the point."""
    before = read.words[position - 1] if position else ""
    if before in {"what", "that"}:
        return "was" not in read.words[position:]
    if asked.present and before in {"before", "if", "once", "until"}:
        return True
    return before in {"when", "where", "while", "who"}


def _verb_after(read: ReadClause, position: int, asked: Asked, *, in_present: bool) -> int | None:
    """Return where the deed's verb stands behind a subject, or None where there is no deed."""
    if asked.conditional and (read.words[position] in MODALS or _modal_follows(read, position)):
        return _supposed_verb(read, position)
    for place in range(position + 1, min(position + 1 + REACH_OF_SUBJECT, len(read.words))):
        word = read.words[place]
        if read.denied(place) or read.unreal(place):
            return None
        if read.words[place : place + 2] == ("did", "was"):
            return _named_deed(read, place + 2)
        if _is_done(read, place) or (in_present and _is_present_deed(read, place)):
            return place
        passes = word in BETWEEN_SUBJECT_AND_VERB or word.endswith("ly")
        able = read.words[place : place + 2] in {("was", "able"), ("were", "able")}
        if not passes and not able:
            return None
    return None


def _is_done(read: ReadClause, place: int) -> bool:
    """Tell whether a word is a past verb of something done, given what follows it."""
    word = read.words[place]
    following = read.words[place + 1 : place + 6]
    follower = following[0] if following else ""
    if word in DONE_UNLESS_FOLLOWED_BY:
        return bool(follower) and follower not in DONE_UNLESS_FOLLOWED_BY[word]
    if word in DONE_IF_FOLLOWED_BY:
        near = set(following[:REACH_OF_OBJECT])
        return bool(DONE_IF_FOLLOWED_BY[word] & near) or (word == "got" and "to" in following[1:4])
    if word == "had":
        return bool(TALKS & set(following)) and follower != "to"
    return word == "able" or (word == "came" and follower == "up") or is_deed(word)


def _is_present_deed(read: ReadClause, place: int) -> bool:
    """Tell "I check the logs" from "I think" and "I really like it"."""
    word = read.words[place]
    if word == "look":
        return read.words[place + 1 : place + 2] in {("at",), ("into",)}
    return (
        is_content_word(word)
        and not is_past(word)
        and not word.endswith(("ly", "ing"))
        and word not in NO_DEED
    )


def _named_deed(read: ReadClause, place: int) -> int | None:
    """Return the verb in "the first thing I did was tell them"; None in "was I told them"."""
    word = read.words[place] if place < len(read.words) else ""
    return place if is_content_word(word) and word not in NO_DEED else None


def _modal_follows(read: ReadClause, position: int) -> bool:
    return any(word in MODALS for word in read.words[position + 1 : position + 3])


def _supposed_verb(read: ReadClause, position: int) -> int | None:
    """Return where it stands what would be done behind "I would", "I'd first want to"."""
    for place in range(position + 1, min(position + REACH_OF_MODAL, len(read.words))):
        word = read.words[place]
        if read.denied(place):
            return None
        if word in MODALS or word in AFTER_MODAL or word.endswith("ly"):
            continue
        return None if word in NO_DEED else place
    return None


def _names_nothing(read: ReadClause, place: int) -> bool:
    """Tell "I did ten things", "I did this and that" and "I took action in my last job"."""
    if read.words[place] in DONE_IF_FOLLOWED_BY:
        return False
    following = read.words[place + 1 :]
    numbers = {
        position
        for number in find_numbers(following, lone_one=True)
        for position in range(number.first_word, number.last_word + 1)
    }
    objects: list[str] = []
    for position, word in enumerate(following):
        if word in ENDS_OBJECT and (objects or word not in CONNECTORS):
            break
        if position not in numbers and (is_content_word(word) or word in EMPTY_OBJECTS):
            objects.append(word)
    if not objects:
        return read.words[place] in EMPTY_VERBS
    return all(word in EMPTY_OBJECTS for word in objects)


def _carried_deed(read: ReadClause, asked: Asked, carried: Deed | None) -> Deed | None:
    """Return a deed whose subject was said before: "I called them | and asked".

    Deeds without any subject ("Called every supplier.") are left out: so sounds an outline
    that is read aloud.
    """
    if carried is None:
        return None
    for place, word in enumerate(read.words[:REACH_OF_SUBJECT]):
        if read.denied(place):
            return None
        done = place and not read.unreal(place) and _is_done(read, place)
        supposed = (
            place
            and asked.conditional
            and read.words[0] in {"and", "then"}
            and word not in CONNECTORS
            and not is_past(word)
            and read.unreal(place)
        )
        if done or supposed:
            if word in NO_DEED or _names_nothing(read, place):
                return None
            return _deed(carried.own, word, asked)
        if word not in CONNECTORS and not word.endswith("ly"):
            return None
    return None

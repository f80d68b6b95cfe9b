"""Where clauses of spoken English begin and end, found from the words alone.

A transcript's full stops are a recogniser's guess and speech runs on, so clauses are told by
their words: a coordinator or subordinator with a subject behind it, a new subject after a
finished verb. Sentence-final punctuation is used as one more sign where it is there. Filled
pauses are looked through.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from voicecoach.scoring.vocabulary import (
    FILLED_PAUSES,
    is_past_form,
    plain_words,
    word_set,
)
from voicecoach.speech.transcript import Transcript

MOST_CLAUSE_WORDS: Final = 24
"""A run-on longer than this is cut where it can be; spoken clauses have 7 words in the mean
(Chafe 1988 counts 6 to 7 words per intonation unit), so a longer one is several."""

LEAST_CLAUSE_WORDS: Final = 3
"""Shorter pieces ("i think", "you know", "so then") join their right neighbour."""

Range = tuple[int, int]

SUBJECTS: Final = word_set("i we they he she you it there everyone everybody nobody")
_CONTRACTED_SUBJECTS: Final = word_set(
    """
    i'm i've i'd i'll we're we've we'd we'll they're they've they'd they'll he's he'd he'll she's
    she'd she'll you're you've you'd you'll it's it'd it'll there's that's
    """
)
_POINTING: Final = word_set("this that these those")
DETERMINERS: Final = word_set(
    """
    the a an my our their his her its this that these those some every each another both
    """
)
_OPENING_DETERMINERS: Final = word_set("the my our his her their")
PREPOSITIONS: Final = word_set(
    """
    about after against among around at before behind between by during for from in into like of
    off on onto over per since through to toward towards under until upon via with within without
    """
)
AUXILIARIES: Final = word_set(
    """
    am is are was were be been being has have had do does did will would shall should can could
    may might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't
    wouldn't shouldn't can't cannot couldn't mustn't
    """
)
_BREAK_BEFORE: Final = word_set(
    """
    but because although though whereas unless however therefore meanwhile eventually finally
    afterwards otherwise
    """
)
_BREAK_BEFORE_SUBJECT: Final = word_set(
    """
    and or so then until till when whenever if since after before once while which where
    """
)
LEADS_IN: Final = word_set(
    """
    and or so then but because also actually basically eventually finally afterwards later luckily
    fortunately unfortunately honestly obviously initially originally instead now today yeah yes
    well okay ok anyway still
    """
)
"""Words that open a clause before its subject: the boundary is before them, not behind."""
_HOLDS_ON: Final = word_set(
    """
    that what which who whom whose where how why if whether when than as think thought say said
    know knew believe believed feel felt guess mean meant realise realised realize realized
    suppose hope hoped wish told tell sure suggested noticed found saw decided until till since
    after before once while because although though unless to of for with by from about like the
    way time thing first last only something everything anything moment reason case
    """
)
"""Words after which a subject continues the clause it stands in ("what we did", "i think it")."""

_SENTENCE_END: Final = re.compile(r"[.?!;:…][\"'’”)\]]*$")
_ABBREVIATION: Final = re.compile(
    r"^(?:[A-Za-z]\.|e\.g\.|i\.e\.|etc\.|mr\.|mrs\.|dr\.|ms\.)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Token:
    """A plain word of the transcript: its index, whether punctuation ends a sentence behind it.

    `capital` tells whether it is written with one.
    """

    text: str
    word: int
    ends_sentence: bool
    capital: bool = False


def spoken_tokens(transcript: Transcript) -> list[Token]:
    """Return the plain words of a transcript, filled pauses left out."""
    tokens: list[Token] = []
    for index, word in enumerate(transcript.words):
        parts = [part.text for part in plain_words(word.text) if part.text not in FILLED_PAUSES]
        ends = bool(_SENTENCE_END.search(word.text)) and not _ABBREVIATION.match(word.text)
        if not parts and ends and tokens:
            tokens[-1] = replace(tokens[-1], ends_sentence=True)
        for number, part in enumerate(parts, start=1):
            capital = word.text.lstrip("\"'“‘([")[:1].isupper()
            tokens.append(Token(part, index, ends and number == len(parts), capital))
    return tokens


def split_tokens(tokens: Sequence[Token]) -> list[Range]:
    """Return half-open token ranges."""
    words = [token.text for token in tokens]
    pieces: list[Range] = []
    start = 0
    for position in range(1, len(tokens)):
        if tokens[position].word == tokens[position - 1].word:
            continue
        opens = not tokens[position].ends_sentence and _opens_clause(words, start, position)
        if tokens[position - 1].ends_sentence or opens:
            pieces.append((start, position))
            start = position
    pieces.append((start, len(tokens)))
    return pieces


def _opens_clause(words: Sequence[str], start: int, position: int) -> bool:
    word = words[position]
    if position - start < 2:
        return False
    if word in _BREAK_BEFORE:
        return words[position - 1] not in {"and", "or", "but", "so"}
    if word in _BREAK_BEFORE_SUBJECT:
        return words[position - 1] not in LEADS_IN and (
            (word == "and" and words[position + 1 : position + 2] == ["then"])
            or starts_subject(words, position + 1)
            or (word == "and" and _starts_with_a_time(words, position + 1))
            or (
                word == "and"
                and position - start >= LEAST_CLAUSE_WORDS
                and _is_past(words[position + 1 : position + 2])
            )
        )
    return (
        (
            _is_bare_subject(words, position)
            and words[position - 1] not in _HOLDS_ON
            and words[position - 1] not in AUXILIARIES
            and words[position - 1] not in LEADS_IN
            and words[position - 1] not in {"i", "we", "they", "he", "she"}
            and position - start >= LEAST_CLAUSE_WORDS
            and _has_verb(words[start:position])
        )
        or (
            word in LEADS_IN
            and words[position - 1] not in LEADS_IN
            and position - start >= LEAST_CLAUSE_WORDS
            and _is_bare_subject(words, position + 1)
            and _has_verb(words[start:position])
        )
        or (
            _is_named_subject(words, position)
            and words[position - 1] not in _HOLDS_ON | LEADS_IN | DETERMINERS | PREPOSITIONS
            and words[position - 1] not in AUXILIARIES
            and not _is_past([words[position - 1]])
            and position - start >= LEAST_CLAUSE_WORDS + 1
            and _has_verb(words[start:position])
        )
    )


def starts_subject(words: Sequence[str], position: int) -> bool:
    """Tell whether a subject begins here, words that lead in to it aside."""
    while position < len(words) and words[position] in LEADS_IN:
        position += 1
    if position >= len(words):
        return False
    if _is_bare_subject(words, position):
        return True
    if words[position] in DETERMINERS:
        return any(
            word in AUXILIARIES or _is_past([word]) for word in words[position + 1 : position + 5]
        )
    return False


def _starts_with_a_time(words: Sequence[str], position: int) -> bool:
    """Tell "within three months the error rate fell" and "in the end we agreed"."""
    return words[position : position + 1] != [] and (
        words[position] in PREPOSITIONS
        and any(
            _is_bare_subject(words, later) or _is_named_subject(words, later)
            for later in range(position + 2, min(position + 6, len(words)))
        )
    )


def _is_named_subject(words: Sequence[str], position: int) -> bool:
    """Tell "the error rate fell" and "my manager was": a determiner, one or two words, a verb."""
    return words[position] in _OPENING_DETERMINERS and any(
        (word in AUXILIARIES or _is_past([word])) and before not in DETERMINERS | {"and", "or"}
        for before, word in pairwise(words[position + 1 : position + 4])
    )


def _is_bare_subject(words: Sequence[str], position: int) -> bool:
    if position >= len(words):
        return False
    word = words[position]
    if word in _CONTRACTED_SUBJECTS or word in {"i", "we", "they", "he", "she"}:
        return True
    follower = words[position + 1] if position + 1 < len(words) else ""
    if word in SUBJECTS or word in _POINTING:
        return follower in AUXILIARIES or _is_past([follower])
    return False


def _is_past(words: Sequence[str]) -> bool:
    return bool(words) and is_past_form(words[0])


def _has_verb(words: Sequence[str]) -> bool:
    return any(
        word in AUXILIARIES
        or word in _CONTRACTED_SUBJECTS
        or _is_past([word])
        or (word in SUBJECTS and number + 1 < len(words))
        for number, word in enumerate(words)
    )


def cut_long(pieces: Sequence[Range], tokens: Sequence[Token]) -> list[Range]:
    """Cut run-ons at the "and", "or" or preposition nearest their middle."""
    result: list[Range] = []
    waiting = list(reversed(pieces))
    while waiting:
        start, end = waiting.pop()
        if end - start <= MOST_CLAUSE_WORDS:
            result.append((start, end))
            continue
        middle = (start + end) // 2
        inner = range(start + LEAST_CLAUSE_WORDS, end - LEAST_CLAUSE_WORDS)
        joints = [p for p in inner if tokens[p].text in {"and", "or", "so", "then"}] or [
            p for p in inner if tokens[p].text in {"with", "by", "for", "to", "in", "on", "from"}
        ]
        cut = min(joints, key=lambda p: abs(p - middle)) if joints else start + MOST_CLAUSE_WORDS
        waiting += [(cut, end), (start, cut)]
    return result


def join_short(pieces: Sequence[Range], tokens: Sequence[Token]) -> list[Range]:
    """Join pieces of fewer than `LEAST_CLAUSE_WORDS` words to their right neighbour."""
    result: list[Range] = []
    carried: int | None = None
    for start, end in pieces:
        begin = start if carried is None else carried
        if end - begin < LEAST_CLAUSE_WORDS and not tokens[end - 1].ends_sentence:
            carried = begin
            continue
        result.append((begin, end))
        carried = None
    if carried is not None:
        if result:
            result[-1] = (result[-1][0], len(tokens))
        else:
            result.append((carried, len(tokens)))
    return result

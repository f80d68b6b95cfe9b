"""Clauses of spoken English, found from the words alone, and what is negated or not yet done.

A transcript's full stops are a recogniser's guess and speech runs on, so clauses are told by
their words: a coordinator or subordinator with a subject behind it, a new subject after a
finished verb. Sentence-final punctuation is used as one more sign where it is there. Filled
pauses are looked through. This is a set of rules, not a parser; its users look at runs of
neighbouring clauses, so that a boundary more or less changes little.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
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

NEGATION_REACH: Final = 15
"""A verb's negation holds to the end of its clause, at most this many words."""

LOCAL_NEGATION_REACH: Final = 4
"""What "no", "without" or "instead of" negates: the noun phrase behind it."""

CARRIED_REACH: Final = 25
""""It is not true that …" and "next time …" hold beyond their clause, at most this many words."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a transcript: `transcript.text[start_char:end_char] == text`.

    `first_word` and `last_word` are inclusive indexes into `transcript.words`. `negation`,
    `futurity` and `condition` are the inclusive ranges of words that are denied, planned or
    merely supposed in it (None: nothing is); `own_plan` is true when the plan is the speaker's
    ("I will", "we are going to"), not a statement about how things work. `disowned` is true where a
    whole statement is denied ("it is not true that …"), whatever it says itself.
    """

    start_char: int
    end_char: int
    first_word: int
    last_word: int
    text: str
    negation: Range | None = None
    futurity: Range | None = None
    condition: Range | None = None
    own_plan: bool = False
    disowned: bool = False

    @property
    def negated(self) -> bool:
        """Whether something in the clause is denied."""
        return self.negation is not None

    @property
    def future(self) -> bool:
        """Whether something in the clause is planned or expected, not done."""
        return self.futurity is not None

    @property
    def conditional(self) -> bool:
        """Whether something in the clause is supposed, not reported."""
        return self.condition is not None


Phrases = dict[str, tuple[tuple[str, ...], ...]]


def _phrases(*phrases: str) -> Phrases:
    """Return phrases by their first word."""
    split = [tuple(phrase.split()) for phrase in phrases]
    return {
        first: tuple(phrase for phrase in split if phrase[0] == first)
        for first in {phrase[0] for phrase in split}
    }


_SUBJECTS: Final = word_set("i we they he she you it there everyone everybody nobody")
_CONTRACTED_SUBJECTS: Final = word_set(
    """
    i'm i've i'd i'll we're we've we'd we'll they're they've they'd they'll he's he'd he'll she's
    she'd she'll you're you've you'd you'll it's it'd it'll there's that's
    """
)
_POINTING: Final = word_set("this that these those")
_DETERMINERS: Final = word_set(
    """
    the a an my our their his her its this that these those some every each another both
    """
)
_OPENING_DETERMINERS: Final = word_set("the my our his her their")
_PREPOSITIONS: Final = word_set(
    """
    about after against among around at before behind between by during for from in into like of
    off on onto over per since through to toward towards under until upon via with within without
    """
)
_AUXILIARIES: Final = word_set(
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
_LEADS_IN: Final = word_set(
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

_NEGATORS: Final = word_set(
    """
    not never cannot hardly barely neither nor nobody none nothing isn't aren't wasn't weren't
    hasn't haven't hadn't don't doesn't didn't won't wouldn't shouldn't can't couldn't mustn't
    rarely seldom ain't dont didnt cant wont
    """
)
_LOCAL_NEGATORS: Final = _phrases(
    "no",
    "without",
    "instead of",
    "rather than",
    "zero",
)
_NEGATING_VERBS: Final = _phrases(
    "failed to",
    "fail to",
    "unable to",
    "forgot to",
    "forget to",
)
_NO_NEGATION: Final = _phrases(
    "not only",
    "not just",
    "not merely",
    "not to mention",
    "or not",
    "why not",
    "no doubt",
    "no matter",
    "no problem",
    "nothing but",
    "didn't just",
    "didn't only",
    "don't just",
    "not mistaken",
    "not going to lie",
    "don't get me wrong",
    "never mind",
)
_DENIED_PROPOSITIONS: Final = _phrases(
    "not true",
    "isn't true",
    "not the case",
    "isn't the case",
    "wasn't the case",
    "untrue",
    "false that",
    "not correct",
    "wrong that",
    "never happened",
)
_FUTURE_WORDS: Final = word_set(
    "will shall i'll we'll they'll he'll she'll it'll you'll won't gonna"
)
_PLANS: Final = word_set(
    """
    plan plans planning planned intend intends intending intended hope hopes hoping hoped aim aims
    aiming want expect expecting
    """
)
_NEXT_TIMES: Final = _phrases(
    "next time",
    "in future",
    "in the future",
    "one day i",
    "some day i",
    "someday",
)
_CONDITIONALS: Final = word_set("would wouldn't might")
_CONTRACTED_WOULD: Final = word_set("i'd we'd they'd he'd she'd you'd it'd")
_HABITS: Final = word_set("every each always usually often whenever daily weekly")
_NOT_A_CONDITION: Final = word_set(
    """
    ask asked asking see seeing saw know knowing knew wonder wondered wondering check checked
    checking as even sure decide decided unsure tell find test tested
    """
)
"""Words before "if" that make it a question ("asked if") or a comparison ("as if")."""
_SENTENCE_END: Final = re.compile(r"[.?!;:…][\"'’”)\]]*$")
_ABBREVIATION: Final = re.compile(
    r"^(?:[A-Za-z]\.|e\.g\.|i\.e\.|etc\.|mr\.|mrs\.|dr\.|ms\.)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A plain word of the transcript; `word` is its index, `ends_sentence` its punctuation."""

    text: str
    word: int
    ends_sentence: bool


def split_clauses(transcript: Transcript) -> tuple[Clause, ...]:
    """Split a transcript into clauses, in order; filled pauses between two belong to neither."""
    tokens = _tokens(transcript)
    if not tokens:
        return ()
    pieces = _cut_long(_split(tokens), tokens)
    # Mood is read before short pieces are joined: "he didn't | and I came" denies no coming.
    negation, futurity, condition, own, disowned = _Modality(tokens, pieces).read()
    pieces = _join_short(pieces, tokens)
    clauses: list[Clause] = []
    for start, end in pieces:
        first, last = tokens[start].word, tokens[end - 1].word
        start_char = transcript.words[first].start_char
        end_char = transcript.words[last].end_char
        clauses.append(
            Clause(
                start_char=start_char,
                end_char=end_char,
                first_word=first,
                last_word=last,
                text=transcript.text[start_char:end_char],
                negation=_word_range(negation, tokens, start, end),
                futurity=_word_range(futurity, tokens, start, end),
                condition=_word_range(condition, tokens, start, end),
                own_plan=any(own[start:end]),
                disowned=any(disowned[start:end]),
            )
        )
    return tuple(clauses)


def _tokens(transcript: Transcript) -> list[_Token]:
    tokens: list[_Token] = []
    for index, word in enumerate(transcript.words):
        parts = [part.text for part in plain_words(word.text) if part.text not in FILLED_PAUSES]
        ends = bool(_SENTENCE_END.search(word.text)) and not _ABBREVIATION.match(word.text)
        if not parts and ends and tokens:
            tokens[-1] = _Token(tokens[-1].text, tokens[-1].word, ends_sentence=True)
        for number, part in enumerate(parts, start=1):
            tokens.append(_Token(part, index, ends and number == len(parts)))
    return tokens


def _split(tokens: Sequence[_Token]) -> list[Range]:
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
        return words[position - 1] not in _LEADS_IN and (
            (word == "and" and words[position + 1 : position + 2] == ["then"])
            or _starts_subject(words, position + 1)
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
            and words[position - 1] not in _AUXILIARIES
            and words[position - 1] not in _LEADS_IN
            and words[position - 1] not in {"i", "we", "they", "he", "she"}
            and position - start >= LEAST_CLAUSE_WORDS
            and _has_verb(words[start:position])
        )
        or (
            word in _LEADS_IN
            and words[position - 1] not in _LEADS_IN
            and position - start >= LEAST_CLAUSE_WORDS
            and _is_bare_subject(words, position + 1)
            and _has_verb(words[start:position])
        )
        or (
            _is_named_subject(words, position)
            and words[position - 1] not in _HOLDS_ON | _LEADS_IN | _DETERMINERS | _PREPOSITIONS
            and words[position - 1] not in _AUXILIARIES
            and not _is_past([words[position - 1]])
            and position - start >= LEAST_CLAUSE_WORDS + 1
            and _has_verb(words[start:position])
        )
    )


def _starts_subject(words: Sequence[str], position: int) -> bool:
    while position < len(words) and words[position] in _LEADS_IN:
        position += 1
    if position >= len(words):
        return False
    if _is_bare_subject(words, position):
        return True
    if words[position] in _DETERMINERS:
        return any(
            word in _AUXILIARIES or _is_past([word]) for word in words[position + 1 : position + 5]
        )
    return False


def _starts_with_a_time(words: Sequence[str], position: int) -> bool:
    """Tell "within three months the error rate fell" and "in the end we agreed"."""
    return words[position : position + 1] != [] and (
        words[position] in _PREPOSITIONS
        and any(
            _is_bare_subject(words, later) or _is_named_subject(words, later)
            for later in range(position + 2, min(position + 6, len(words)))
        )
    )


def _is_named_subject(words: Sequence[str], position: int) -> bool:
    """Tell "the error rate fell" and "my manager was": a determiner, one or two words, a verb."""
    return words[position] in _OPENING_DETERMINERS and any(
        (word in _AUXILIARIES or _is_past([word])) and before not in _DETERMINERS
        for before, word in pairwise(words[position + 1 : position + 4])
    )


def _is_bare_subject(words: Sequence[str], position: int) -> bool:
    if position >= len(words):
        return False
    word = words[position]
    if word in _CONTRACTED_SUBJECTS or word in {"i", "we", "they", "he", "she"}:
        return True
    follower = words[position + 1] if position + 1 < len(words) else ""
    if word in _SUBJECTS or word in _POINTING:
        return follower in _AUXILIARIES or _is_past([follower])
    return False


def _is_past(words: Sequence[str]) -> bool:
    return bool(words) and is_past_form(words[0])


def _has_verb(words: Sequence[str]) -> bool:
    return any(
        word in _AUXILIARIES
        or word in _CONTRACTED_SUBJECTS
        or _is_past([word])
        or (word in _SUBJECTS and number + 1 < len(words))
        for number, word in enumerate(words)
    )


def _cut_long(pieces: Sequence[Range], tokens: Sequence[_Token]) -> list[Range]:
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


def _join_short(pieces: Sequence[Range], tokens: Sequence[_Token]) -> list[Range]:
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


class _Modality:
    """Marks which tokens are denied, planned or supposed."""

    def __init__(self, tokens: Sequence[_Token], pieces: Sequence[Range]) -> None:
        self._tokens = tokens
        self._words = [token.text for token in tokens]
        self._pieces = pieces
        self._negated = [False] * len(tokens)
        self._future = [False] * len(tokens)
        self._supposed = [False] * len(tokens)
        self._own = [False] * len(tokens)
        self._disowned = [False] * len(tokens)
        self._exempt = {
            inside
            for position in range(len(tokens))
            for inside in range(position, position + self._length_at(position, _NO_NEGATION))
        }

    def read(self) -> tuple[list[bool], ...]:
        for number, (start, end) in enumerate(self._pieces):
            self._inherit(number)
            for position in range(start, end):
                self._read_negation(position, start, end)
                self._read_future(position, start, end)
                self._read_condition(position, start, end)
        return self._negated, self._future, self._supposed, self._own, self._disowned

    def _inherit(self, number: int) -> None:
        """Let a verb's mood stay where no new subject comes: "I would have called | and asked"."""
        if number == 0:
            return
        before_start, before_end = self._pieces[number - 1]
        start, end = self._pieces[number]
        if self._tokens[before_end - 1].ends_sentence or self._words[start] not in {"and", "or"}:
            return
        if _starts_subject(self._words, start + 1) or before_start == before_end:
            return
        for marks in (self._negated, self._future, self._supposed, self._own):
            if marks[before_end - 1]:
                marks[start:end] = [True] * (end - start)

    def _length_at(self, position: int, phrases: Phrases) -> int:
        """Return the length of the phrase that begins here, 0 if none does."""
        for phrase in phrases.get(self._words[position], ()):
            if tuple(self._words[position : position + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def _mark(self, marks: list[bool], start: int, end: int) -> None:
        end = min(end, len(marks))
        marks[start:end] = [True] * (end - start)

    def _carry(self, marks: list[bool], position: int) -> None:
        """Mark on past the clause, until a sentence ends or the speaker turns ("but", "so")."""
        end = position
        while end < min(len(self._words), position + CARRIED_REACH):
            if end > position and self._words[end] in {"but", "instead", "however", "actually"}:
                break
            marks[end] = True
            if self._tokens[end].ends_sentence:
                break
            end += 1

    def _read_negation(self, position: int, start: int, end: int) -> None:
        if self._length_at(position, _DENIED_PROPOSITIONS):
            self._carry(self._negated, position)
            self._carry(self._disowned, position)
        elif position in self._exempt:
            return
        elif self._length_at(position, _LOCAL_NEGATORS):
            self._mark(self._negated, position, min(end, position + 1 + LOCAL_NEGATION_REACH))
        elif self._words[position].removesuffix("'s") in _NEGATORS or self._length_at(
            position, _NEGATING_VERBS
        ):
            is_tag = position >= end - 2 and position - start >= LEAST_CLAUSE_WORDS
            if not (is_tag and self._words[end - 1] in _SUBJECTS):
                self._mark(self._negated, position, min(end, position + NEGATION_REACH))

    def _read_future(self, position: int, start: int, end: int) -> None:
        word = self._words[position]
        if self._length_at(position, _NEXT_TIMES):
            self._carry(self._future, position)
            self._own[position] = True
            return
        follower = self._words[position + 1 : position + 2]
        before = self._words[max(start, position - 3) : position]
        found = (
            word in _FUTURE_WORDS
            or (word in _PLANS and follower in (["to"], ["on"]))
            or (
                word == "going"
                and follower == ["to"]
                and not {"was", "were", "wasn't", "weren't", "been"} & set(before)
                and self._words[position + 2 : position + 3] != ["the"]
            )
            or (word in {"would", *_CONTRACTED_WOULD} and follower in (["like"], ["love"]))
        )
        if found:
            self._mark(self._future, position, end)
            speakers = {"i", "we", "i'm", "we're", "i'll", "we'll", "i'd", "we'd", "i've", "we've"}
            self._own[position] = bool(speakers & {*before, word})

    def _read_condition(self, position: int, start: int, end: int) -> None:
        word = self._words[position]
        before = self._words[position - 1] if position else ""
        follower = self._words[position + 1] if position + 1 < len(self._words) else ""
        if word == "if" and before not in _NOT_A_CONDITION and follower != "not":
            self._mark(self._supposed, position, end)
        elif follower in {"like", "love"}:
            return
        elif word in _CONDITIONALS:
            if word == "might" or not _HABITS & set(self._words[start:end]):
                self._mark(self._supposed, position, end)
        elif (word in {"could", "should"} and follower == "have") or (
            word in _CONTRACTED_WOULD
            and follower not in {"had", "been", "better"}
            and not _is_past([follower])
            and not follower.endswith(("ing", "en", "ne"))
            and follower not in {"already", "never", "just", "always", "also", "got", "set", "put"}
        ):
            self._mark(self._supposed, position, end)


def _word_range(
    marks: Sequence[bool], tokens: Sequence[_Token], start: int, end: int
) -> Range | None:
    marked = [position for position in range(start, end) if marks[position]]
    if not marked:
        return None
    return tokens[marked[0]].word, tokens[marked[-1]].word

"""What is denied, planned or supposed in a run of words, and which verb is meant.

A *mood* has a reach (the words it may hold for), heads (the verbs or nouns it is said of) and
sometimes a whole (words that it holds for whatever they say: "it is not true that …", "next time
…"). "We should not subsidise exploration because it is expensive" denies the subsidy, not the
expense, so users ask whether a head is what they care about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.scoring.clause_boundaries import (
    LEAST_CLAUSE_WORDS,
    SUBJECTS,
    Range,
    Token,
    starts_subject,
)
from voicecoach.scoring.modality_words import (
    BACKWARD_SUBJECTS,
    CATENATIVES,
    CONDITIONALS,
    CONTRACTED_WOULD,
    DENIED_PROPOSITIONS,
    FUTURE_WORDS,
    HABITS,
    INVERTED,
    LOCAL_NEGATORS,
    MODALS_OF_THE_UNDONE,
    NEEDS_TO_OPEN,
    NEGATED_AUXILIARIES,
    NEGATING_PHRASES,
    NEGATORS,
    NO_NEGATION,
    NOT_A_CONDITION,
    PLACES_TO_GO,
    PLANNING_PHRASES,
    PLANS,
    SAYING_OR_THINKING,
    WISHES,
    Phrases,
)
from voicecoach.scoring.vocabulary import is_content_word, is_past_form

NEGATION_REACH: Final = 15
"""A verb's negation holds to the end of its clause, at most this many words."""

LOCAL_NEGATION_REACH: Final = 4
"""What "no", "without" or "instead of" negates: the noun phrase behind it."""

CARRIED_REACH: Final = 25
""""It is not true that …" and "next time …" hold beyond their clause, at most this many words."""

HEAD_REACH: Final = 7
"""Words within which the verb follows what denies or plans it ("not once did any of us call")."""

_TURNS: Final = frozenset({"but", "instead", "however", "actually"})
_SPEAKERS: Final = frozenset(
    {"i", "we", "i'm", "we're", "i'll", "we'll", "i'd", "we'd", "i've", "we've"}
)
_BEING: Final = frozenset({"am", "is", "are", "was", "were", "i'm", "we're", "he's", "she's"})
_FINITE: Final = frozenset({"am", "is", "are", "was", "were", "has", "does"})
"""Verbs that no auxiliary can stand before: "she hopes to win and has a plan" has one."""
_JOINTS: Final = frozenset({"and", "but", "because", "so"})
"""Behind these comes another statement."""
_VERB_LIKE: Final = frozenset({"set", "put", "get", "go", "make", "do", "did"})
"""Function words that are the verb itself where no content word follows soon."""


@dataclass(slots=True)
class Marks:
    """One mood over tokens: where it reaches, its heads, and where it holds for all words.

    `twice` is where a whole denied statement is a denial itself ("I doubt that he didn't call").
    """

    reach: list[bool]
    head: list[bool]
    whole: list[bool]
    twice: list[bool]

    @classmethod
    def over(cls, count: int) -> "Marks":
        """Return no marks over so many tokens."""
        return cls(*([False] * count for _ in range(4)))


@dataclass(slots=True)
class Moods:
    """What is denied, planned and supposed, and which plans are the speaker's own."""

    denied: Marks
    planned: Marks
    supposed: Marks
    own: list[bool] = field(default_factory=list)


def read_moods(tokens: Sequence[Token], pieces: Sequence[Range]) -> Moods:
    """Return the moods of tokens that were cut into clauses (half-open ranges of tokens)."""
    return _Reader(tokens, pieces).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token], pieces: Sequence[Range]) -> None:
        self._tokens = tokens
        self._words = [token.text for token in tokens]
        self._pieces = pieces
        count = len(tokens)
        self._moods = Moods(
            Marks.over(count), Marks.over(count), Marks.over(count), [False] * count
        )
        self._exempt = {
            inside
            for position in range(count)
            for inside in range(position, position + self._length_at(position, NO_NEGATION))
        }

    def read(self) -> Moods:
        for number, (start, end) in enumerate(self._pieces):
            self._inherit(number)
            for position in range(start, end):
                self._read_denial(position, start, end)
                self._read_plan(position, start, end)
                self._read_supposition(position, start, end)
        return self._moods

    def _inherit(self, number: int) -> None:
        """Let a verb's mood stay where no new subject comes: "I would have called | and asked"."""
        if number == 0:
            return
        _, before_end = self._pieces[number - 1]
        start, end = self._pieces[number]
        if self._tokens[before_end - 1].ends_sentence or self._words[start] not in {"and", "or"}:
            return
        if starts_subject(self._words, start + 1) or self._words[start + 1] in _FINITE:
            return
        moods = self._moods
        for marks in (moods.denied, moods.planned, moods.supposed):
            if marks.reach[before_end - 1]:
                self._mark(marks, start, end)
                self._mark_head(marks, start + 1)
        if moods.own[before_end - 1]:
            moods.own[start:end] = [True] * (end - start)

    # Denials

    def _read_denial(self, position: int, start: int, end: int) -> None:
        denied = self._moods.denied
        length = self._length_at(position, DENIED_PROPOSITIONS)
        if length and not self._advises_against(position + length):
            self._deny_statement(position, start, position + length)
            return
        if position in self._exempt:
            return
        word = self._words[position]
        phrase = self._length_at(position, NEGATING_PHRASES)
        if word.removesuffix("'s") in NEGATORS or phrase:
            behind = position + max(phrase, 1)
            is_tag = position >= end - 2 and position - start >= LEAST_CLAUSE_WORDS
            if is_tag and self._words[end - 1] in SUBJECTS:
                self._deny_what_went_before(position, start, end)
                return
            if self._denies_a_statement(word, behind):
                self._carry(denied, position)
                return
            self._deny(position, min(end, position + NEGATION_REACH), behind)
        elif self._length_at(position, LOCAL_NEGATORS):
            behind = position + self._length_at(position, LOCAL_NEGATORS)
            self._deny(position, min(end, position + 1 + LOCAL_NEGATION_REACH), behind)

    def _deny(self, start: int, end: int, behind: int) -> None:
        denied = self._moods.denied
        denied.twice[start:end] = denied.whole[start:end]
        self._mark(denied, start, end)
        self._mark_head(denied, behind)

    def _denies_a_statement(self, word: str, behind: int) -> bool:
        """Tell "I don't think (that) I …" and "I can't say we …" from "I didn't say a word"."""
        if word not in NEGATED_AUXILIARIES | {"not", "never"}:
            return False
        for place in range(behind, min(behind + 3, len(self._words))):
            if self._words[place] in SAYING_OR_THINKING:
                couldnt = word in {"couldn't", "can't"} and self._words[place] == "believe"
                after = self._words[place + 1 : place + 3]
                return (
                    not couldnt
                    and bool(after)
                    and (
                        after[0] == "that"
                        or bool({*after} & (SUBJECTS | {"my", "our", "the", "to"}))
                    )
                )
        return False

    def _deny_statement(self, position: int, start: int, after: int) -> None:
        """Deny what follows, or what went before where the sentence ends here ("…, not true")."""
        denied = self._moods.denied
        ends = after >= len(self._words) or any(
            self._tokens[place].ends_sentence for place in range(position, after)
        )
        points_back = bool(
            BACKWARD_SUBJECTS & set(self._words[max(start, position - 4) : position])
        )
        if (ends or self._turns(after)) and (points_back or self._words[position] == "never"):
            self._carry_back(denied, position)
        else:
            self._carry(denied, position)

    def _advises_against(self, after: int) -> bool:
        """Tell "not right to ban it", which denies a verb, from "not right to say that …"."""
        behind = self._words[after : after + 2]
        return (
            self._words[after - 1] in {"right", "correct"}
            and len(behind) > 1
            and behind[0] == "to"
            and behind[1] not in SAYING_OR_THINKING
        )

    def _turns(self, place: int) -> bool:
        return self._words[place] in _TURNS | {"i", "we", "so", "and"}

    def _deny_what_went_before(self, position: int, start: int, end: int) -> None:
        """Read "they say I called, but I didn't": a denial that repeats only the auxiliary."""
        but = any(word in {"but", "only", "though"} for word in self._words[start:position])
        if but and position == end - 1:
            self._carry_back(self._moods.denied, position)

    # Plans

    def _read_plan(self, position: int, start: int, end: int) -> None:
        planned, word = self._moods.planned, self._words[position]
        if self._length_at(position, WISHES):
            if word not in NEEDS_TO_OPEN or position - start <= 1:
                self._carry(planned, position)
                self._moods.own[position] = True
            return
        follower = self._words[position + 1] if position + 1 < len(self._words) else ""
        phrase = self._length_at(position, PLANNING_PHRASES)
        behind = 0
        if word in FUTURE_WORDS:
            behind = position + 1
        elif word in PLANS and follower in {"to", "on"}:
            behind = position + 2
        elif word == "going" and follower == "to":
            behind = position + 2 if self._goes_to_do(position) else 0
        elif phrase and self._is_plan(position, phrase):
            behind = position + phrase
        if behind:
            self._mark(planned, position, end)
            self._mark_head(planned, behind)
            before = self._words[max(start, position - 3) : position]
            self._moods.own[position] = bool(_SPEAKERS & {*before, word})

    def _goes_to_do(self, position: int) -> bool:
        """Tell "going to call" from "going to work"."""
        return self._words[position + 2 : position + 3] != [] and (
            self._words[position + 2] not in PLACES_TO_GO
        )

    def _is_plan(self, position: int, length: int) -> bool:
        word = self._words[position]
        before = self._words[position - 1] if position else ""
        if word in {"about", "due", "set", "looking"}:
            behind = self._words[position + length : position + length + 1]
            return before in _BEING and bool(behind) and not is_past_form(behind[0])
        if word in {"plan", "idea", "aim", "goal", "intention", "hope", "dream", "wish", "thing"}:
            return "to" in self._words[position + length : position + length + 2]
        return word != "task"

    # Suppositions

    def _read_supposition(self, position: int, start: int, end: int) -> None:
        supposed, word = self._moods.supposed, self._words[position]
        before = self._words[position - 1] if position else ""
        follower = self._words[position + 1] if position + 1 < len(self._words) else ""
        opens_inverted = position - start <= 1 and self._length_at(position, INVERTED)
        is_if = word == "if" and before not in NOT_A_CONDITION and follower != "not"
        if opens_inverted or (is_if and self._is_counterfactual(position)):
            self._carry(supposed, position)
        elif is_if:
            self._mark(supposed, position, end)
            supposed.whole[position:end] = [True] * (end - position)
        elif follower in {"like", "love"}:
            return
        elif word in CONDITIONALS:
            if word not in {"would", "wouldn't"} or not HABITS & set(self._words[start:end]):
                self._suppose(position, position + 1, end)
        elif word in MODALS_OF_THE_UNDONE and "have" in self._words[position + 1 : position + 4]:
            self._suppose(position, self._words.index("have", position) + 1, end)
        elif (word == "should" and (before in _SPEAKERS or follower in {"probably", "really"})) or (
            word in CONTRACTED_WOULD
            and follower not in {"had", "been", "better"}
            and not (is_past_form(follower) and follower not in _VERB_LIKE | {"cut"})
            and not follower.endswith(("ing", "en", "ne"))
            and follower not in {"already", "never", "just", "always", "also", "got"}
        ):
            self._suppose(position, position + 1, end)

    def _is_counterfactual(self, position: int) -> bool:
        """Tell "if I had called, it would have helped": both halves are supposed."""
        for place in range(position + 1, min(position + CARRIED_REACH, len(self._words))):
            if self._words[place] in {"would", "wouldn't", "might"}:
                return True
            if self._tokens[place].ends_sentence:
                return False
        return "had" in self._words[position + 1 : position + 4]

    def _suppose(self, position: int, behind: int, end: int) -> None:
        self._mark(self._moods.supposed, position, end)
        self._mark_head(self._moods.supposed, behind)

    # Marking

    def _length_at(self, position: int, phrases: Phrases) -> int:
        """Return the length of the longest phrase that begins here, 0 if none does."""
        longest = 0
        for phrase in phrases.get(self._words[position], ()):
            words = self._words[position : position + len(phrase)]
            if len(words) == len(phrase) and all(
                one in ("*", word) for one, word in zip(phrase, words, strict=True)
            ):
                longest = max(longest, len(phrase))
        return longest

    @staticmethod
    def _mark(marks: Marks, start: int, end: int) -> None:
        end = min(end, len(marks.reach))
        marks.reach[start:end] = [True] * (end - start)

    def _mark_head(self, marks: Marks, behind: int) -> None:
        """Mark the verb or noun behind a mood's word: the first content word that leads no on."""
        for place in range(behind, min(behind + HEAD_REACH, len(self._words))):
            word = self._words[place]
            ended = place > behind and self._tokens[place - 1].ends_sentence
            if ended or word in _JOINTS:
                return
            leads_on = word.endswith("ly") or (
                word in CATENATIVES and self._leads_to_a_verb(place + 1)
            )
            if not leads_on and (is_content_word(word) or word in _VERB_LIKE):
                marks.reach[place] = marks.head[place] = True
                # "set up", "carried out", "did a course": the particle or object tells as much.
                if word in {"do", "did", "doing", "have", "make", "made", "take", "took", "give"}:
                    self._mark_head(marks, place + 1)
                return

    def _leads_to_a_verb(self, place: int) -> bool:
        follower = self._words[place] if place < len(self._words) else ""
        return follower in {"to", "on", "in"} or follower.endswith("ing")

    def _carry(self, marks: Marks, position: int) -> None:
        """Mark on past the clause, until a sentence ends or the speaker turns ("but", "so")."""
        end = position
        while end < min(len(self._words), position + CARRIED_REACH):
            if end > position + 1 and self._words[end] in _TURNS:
                break
            marks.twice[end] = marks.reach[end]
            marks.reach[end] = marks.whole[end] = True
            if self._tokens[end].ends_sentence:
                break
            end += 1

    def _carry_back(self, marks: Marks, position: int) -> None:
        """Mark back to where the statement began: before "…, not true" or before "That's a lie"."""
        place = position
        crossed = False
        while place >= 0 and position - place < CARRIED_REACH:
            if place < position and self._tokens[place].ends_sentence:
                if crossed or position - place > HEAD_REACH:
                    break
                crossed = True
            marks.twice[place] = marks.reach[place]
            marks.reach[place] = marks.whole[place] = True
            place -= 1

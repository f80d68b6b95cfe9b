"""Clauses of spoken English, what in them is denied, planned or supposed, and who acts.

This is a set of rules, not a parser; its users look at runs of neighbouring clauses, so that a
boundary more or less changes little. Where clauses end is told by `clause_boundaries`, their
moods by `modality`, who acts by `doers`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from voicecoach.scoring.clause_boundaries import (
    Range,
    Token,
    cut_long,
    join_short,
    split_tokens,
    spoken_tokens,
)
from voicecoach.scoring.doers import Doers
from voicecoach.scoring.modality import Marks, read_moods
from voicecoach.speech.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Mood:
    """A denial, plan or supposition in a clause, as inclusive ranges of word indexes.

    `reach` are the words it may hold for (None: there is none in the clause), `heads` the words
    that it is said of ("set" in "I never set it up"), `whole` the words that it holds for whatever
    they say ("it is not true that …", "next time …"). `twice` are the words that are denied in a
    denied statement ("I doubt that he didn't call").
    """

    reach: Range | None = None
    heads: frozenset[int] = frozenset()
    whole: Range | None = None
    twice: frozenset[int] = frozenset()


NO_MOOD: Final = Mood()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a transcript: `transcript.text[start_char:end_char] == text`.

    `first_word` and `last_word` are inclusive indexes into `transcript.words`. `own_plan` is true
    when the plan is the speaker's ("I will", "we are going to"), not a statement about how things
    work. `others` are the indexes of the words where another person acts and `doers` names them by
    noun, name or pronoun.
    """

    start_char: int
    end_char: int
    first_word: int
    last_word: int
    text: str
    denial: Mood = NO_MOOD
    plan: Mood = NO_MOOD
    supposition: Mood = NO_MOOD
    own_plan: bool = False
    others: frozenset[int] = frozenset()
    doers: frozenset[str] = frozenset()

    @property
    def negation(self) -> Range | None:
        """The words that may be denied."""
        return self.denial.reach

    @property
    def futurity(self) -> Range | None:
        """The words that may be planned or expected, not done."""
        return self.plan.reach

    @property
    def condition(self) -> Range | None:
        """The words that may be supposed, not reported."""
        return self.supposition.reach

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


@lru_cache(maxsize=64)
def split_clauses(transcript: Transcript) -> tuple[Clause, ...]:
    """Split a transcript into clauses, in order; filled pauses between two belong to neither.

    The latest are remembered: every criterion asks for those of the same answer, and the points of
    an outline come back with each answer to its question.
    """
    tokens = spoken_tokens(transcript)
    if not tokens:
        return ()
    pieces = cut_long(split_tokens(tokens), tokens)
    # Moods are read before short pieces are joined: "he didn't | and I came" denies no coming.
    moods = read_moods(tokens, pieces)
    doers = Doers(tokens, pieces)
    clauses: list[Clause] = []
    for start, end in join_short(pieces, tokens):
        first, last = tokens[start].word, tokens[end - 1].word
        start_char = transcript.words[first].start_char
        end_char = transcript.words[last].end_char
        others = doers.others[start:end]
        clauses.append(
            Clause(
                start_char=start_char,
                end_char=end_char,
                first_word=first,
                last_word=last,
                text=transcript.text[start_char:end_char],
                denial=_mood(moods.denied, tokens, start, end),
                plan=_mood(moods.planned, tokens, start, end),
                supposition=_mood(moods.supposed, tokens, start, end),
                own_plan=any(moods.own[start:end]),
                others=frozenset(
                    tokens[place].word
                    for place in range(start, end)
                    if doers.others[place] is not None
                ),
                doers=frozenset(one for one in others if one is not None),
            )
        )
    return tuple(clauses)


def _mood(marks: Marks, tokens: Sequence[Token], start: int, end: int) -> Mood:
    reach = _word_range(marks.reach, tokens, start, end)
    if reach is None:
        return NO_MOOD
    return Mood(
        reach,
        frozenset(tokens[place].word for place in range(start, end) if marks.head[place]),
        _word_range(marks.whole, tokens, start, end),
        frozenset(tokens[place].word for place in range(start, end) if marks.twice[place]),
    )


def _word_range(
    marks: Sequence[bool], tokens: Sequence[Token], start: int, end: int
) -> Range | None:
    marked = [position for position in range(start, end) if marks[position]]
    if not marked:
        return None
    return tokens[marked[0]].word, tokens[marked[-1]].word

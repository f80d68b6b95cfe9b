"""Which part of a story each clause tells, by rules one can read.

A clause is a result if it says what came of it (`outcomes`); an action if the speaker does
something in it (`deeds`); a task or a situation if it tells circumstances (`circumstances`). What
is denied, planned or merely supposed is none of these, except that an answer to "what would you
do" acts in the conditional. A list of keywords is no clause at all, and a clause said again counts
once. What happened after the last of several deeds is what came of them.

An added result must never cost a level, so clauses that only tell how things went on after an
action, without being a result, are left out of the reckoning of time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from question_bank.outline import StarPart
from question_bank.question import QuestionKind
from voicecoach.scoring.circumstances import (
    is_comment,
    is_set_task,
    is_task,
    tells_circumstances,
)
from voicecoach.scoring.clause_reading import ReadClause, read_clauses
from voicecoach.scoring.clauses import Clause
from voicecoach.scoring.deed_words import OCCASIONS, SPEECH
from voicecoach.scoring.deeds import Asked, Deed, asked_by, deed_of, speaker_of
from voicecoach.scoring.empty_talk import is_empty_talk
from voicecoach.scoring.outcome_cues import EMPTY_RESULTS, LABELS
from voicecoach.scoring.outcome_proof import proofs_of
from voicecoach.scoring.outcomes import SoFar, is_result
from voicecoach.scoring.rubric_talk import says_nothing
from voicecoach.scoring.spoken_time import has_times
from voicecoach.scoring.story_end import endings
from voicecoach.scoring.story_grammar import OPENERS, SPEAKER, SUBJECTS, is_past
from voicecoach.scoring.vocabulary import is_content_word, is_function_word, stem
from voicecoach.speech.transcript import Transcript

SAME_CLAUSE: Final = 0.8
"""Share of stems in common from which a clause says the same as an earlier one (a judgement)."""

SCRAP: Final = 4
"""A piece of at most so many words that shows nothing itself goes with the clause before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryClause:
    """A clause and its part of the story.

    `part` is None for opinions and asides; `deed` is what the speaker does in it (also in a
    result: "I cut the costs by half"); `proofs` counts the evidence of a result. `time` is
    how long it takes in seconds (or words, where words have no times); labels, lists and repeats
    take none. `in_balance` is false for what the share of the actions is not reckoned against.
    """

    clause: Clause
    part: StarPart | None
    deed: Deed | None
    proofs: int
    time: float
    in_balance: bool

    @property
    def proved(self) -> bool:
        """Whether it is a result with evidence."""
        return self.proofs > 0


def tell_story(transcript: Transcript, kind: QuestionKind) -> tuple[StoryClause, ...]:
    """Return the clauses of an answer with their parts, in order.

    `transcript` is the content of the answer: without filled pauses and repeats.
    """
    reads = read_clauses(transcript)
    asked = asked_by(kind)
    if _is_told_in_the_present(reads):
        asked = replace(asked, present=True)
    reader = _Reader(asked)
    told = [reader.read(read, _duration(transcript, read.clause)) for read in reads]
    ends = endings(reads, [one.deed if one.part is StarPart.ACTION else None for one in told])
    return tuple(
        replace(one, part=StarPart.RESULT, proofs=proofs_of(read, asked), in_balance=False)
        if ends_here and one.time > 0 and one.part in {None, StarPart.SITUATION}
        else one
        for read, one, ends_here in zip(reads, told, ends, strict=True)
    )


def _duration(transcript: Transcript, clause: Clause) -> float:
    words = transcript.words[clause.first_word : clause.last_word + 1]
    if not has_times(transcript):
        return float(len(words))
    return sum((word.end_seconds or 0.0) - (word.start_seconds or 0.0) for word in words)


class _Reader:
    """Reads clauses in order, remembering only what was said before."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._seen: list[frozenset[str]] = []
        self._so_far = SoFar(acted=False, done_in_fact=0, has_result=False)
        self._carried: Deed | None = None
        self._before: StarPart | None = None
        self._telling_now = False
        self._last_verb = ""

    def read(self, read: ReadClause, duration: float) -> StoryClause:
        if read.is_list or _is_label(read) or self._said_before(read):
            self._carried = None
            return StoryClause(
                clause=read.clause, part=None, deed=None, proofs=0, time=0.0, in_balance=False
            )
        deed = deed_of(
            read,
            self._asked,
            carried=self._carried,
            under_way=self._before is not None,
            telling_now=self._telling_now,
        )
        part, in_balance = self._part(read, deed)
        self._remember(read, part, deed)
        return StoryClause(
            clause=read.clause,
            part=part,
            deed=deed,
            proofs=proofs_of(read, self._asked) if part is StarPart.RESULT else 0,
            time=duration,
            in_balance=in_balance,
        )

    def _part(self, read: ReadClause, deed: Deed | None) -> tuple[StarPart | None, bool]:
        """Return the part of a clause and whether the actions are reckoned against its time."""
        began = self._so_far.acted or self._so_far.has_result
        if deed is None and is_set_task(read):
            return StarPart.TASK, not began
        tells = tells_circumstances(read, self._asked)
        task = tells and not self._so_far.acted and deed is None and is_task(read)
        if not task and is_result(read, deed, self._asked, self._so_far):
            return StarPart.RESULT, False
        if deed is not None:
            return StarPart.ACTION, True
        if self._continues(read) and not task:
            return self._before, self._before is not StarPart.RESULT
        if not tells:
            return None, not self._so_far.has_result
        return (StarPart.TASK if task else StarPart.SITUATION), not began

    def _remember(self, read: ReadClause, part: StarPart | None, deed: Deed | None) -> None:
        acts = part is StarPart.ACTION
        in_fact = acts and deed is not None and deed.in_fact
        self._so_far = SoFar(
            acted=self._so_far.acted or acts,
            done_in_fact=self._so_far.done_in_fact + in_fact,
            has_result=self._so_far.has_result or part is StarPart.RESULT,
        )
        if deed is not None or part is not self._before or _has_a_subject(read):
            self._carried = deed or speaker_of(read)
        self._last_verb = deed.verb if deed is not None else ""
        if deed is not None:
            self._telling_now = not is_past(deed.verb)
        self._before = part

    def _continues(self, read: ReadClause) -> bool:
        """Tell a clause that goes on with the one before: "| that showed the delays"."""
        if self._before is None or is_comment(read) or is_empty_talk(read):
            return False
        opener = read.words[0]
        has_speaker = bool(SPEAKER & set(read.words))
        scrap = len(read.words) <= SCRAP and not tells_circumstances(read, self._asked)
        goes_on = opener in {"and", "then"} and len(read.words) > 1 and is_past(read.words[1])
        return (
            scrap
            or goes_on
            or self._is_what_was_said(read)
            or (opener in {"that", "which", "who", "where", "to", "by", "with"})
            or (opener in {"because", "so"} and not has_speaker)
        )

    def _is_what_was_said(self, read: ReadClause) -> bool:
        """Tell "I told my boss | I could only do weekends" and "asked | if she could stay"."""
        told = self._before is StarPart.ACTION and self._last_verb in SPEECH
        return told and (read.words[0] in {"if", "whether"} or read.words[0] in SPEAKER)

    def _said_before(self, read: ReadClause) -> bool:
        stems = frozenset(stem(word) for word in read.words if is_content_word(word))
        if not stems:
            return False
        repeated = any(
            len(stems & earlier) >= SAME_CLAUSE * max(len(stems), len(earlier))
            for earlier in self._seen
            if len(stems) > 1 or stems == earlier
        )
        self._seen.append(stems)
        return repeated


def _is_told_in_the_present(reads: Sequence[ReadClause]) -> bool:
    """Tell "one day I see he is very white and I call the nurse" from what is done usually."""
    return any(
        read.says(OCCASIONS) and SPEAKER & set(read.words) and not any(map(is_past, read.words))
        for read in reads
    )


def _has_a_subject(read: ReadClause) -> bool:
    """Tell "they closed the valve", behind which "and sprayed it" is theirs."""
    opening = (word for word in read.words if word not in OPENERS)
    return next(opening, "") in SUBJECTS


def _is_label(read: ReadClause) -> bool:
    """Tell a clause that only names a part: "so the situation", "I took decisive action"."""
    if says_nothing(read.words):
        return True
    if not LABELS & set(read.words):
        return False
    return all(word in EMPTY_RESULTS or is_function_word(word) for word in read.words)

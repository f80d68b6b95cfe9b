"""Structure: does the answer go from a situation through actions to a result?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.outline import StarPart
from voicecoach.scoring.evidence import Evidence, absence, quote_words
from voicecoach.scoring.rubric import ACTION_SHARE, BALANCE_MARGIN, SETTING_SHARE
from voicecoach.scoring.story import StoryClause
from voicecoach.speech.transcript import Transcript

SEVERAL: Final = 2
"""So many actions make a course of action (a judgement)."""
MOST_QUOTES_A_PART: Final = 4
"""More quotes of one part than this make the evidence no clearer."""

ANY_STORY: Final = "something that happened: a situation, an action or a result"
AN_ACTION: Final = "something you did"
ANOTHER_ACTION: Final = "more than one action"
A_RESULT: Final = "a result: what came of it"
PROOF_OF_RESULT: Final = "evidence for the result: a figure, a before and after, a named outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The structure's level (1–5, between 4 and 5 by its balance), its evidence, what it found.

    `action_share` is the share (0–1) that actions take of the time; results are left out but for
    those that are the speaker's doing ("I cut the costs by half"), which count as action;
    `setting_share` the share that situation and task take of all the time.
    """

    level: float
    evidence: tuple[Evidence, ...]
    settings: tuple[StoryClause, ...]
    actions: tuple[StoryClause, ...]
    results: tuple[StoryClause, ...]
    action_share: float
    setting_share: float

    @property
    def steps(self) -> int:
        """How many things the speaker did; their own achievements count, but for one result."""
        achieved = sum(result.deed is not None for result in self.results)
        others = len(self.results) - achieved
        return len(self.actions) + (achieved if others else max(0, achieved - 1))

    @property
    def acted(self) -> bool:
        """Whether the speaker did anything."""
        return bool(self.actions) or any(result.deed for result in self.results)

    @property
    def proofs(self) -> int:
        """How many pieces of evidence the results have."""
        return sum(result.proofs for result in self.results)

    @property
    def proved(self) -> bool:
        """Whether a result has evidence."""
        return self.proofs > 0

    @property
    def balanced(self) -> bool:
        """Whether the actions have enough of the time and the setting not too much."""
        return self.balance >= 1.0

    @property
    def balance(self) -> float:
        """How near the balance is: 1 where it is kept, 0 where either share is far off."""
        short = max(0.0, ACTION_SHARE - self.action_share)
        over = max(0.0, self.setting_share - SETTING_SHARE)
        return max(0.0, 1.0 - max(short, over) / BALANCE_MARGIN)


def measure_structure(transcript: Transcript, story: Sequence[StoryClause]) -> Structure:
    """Return the structure of a story told in a transcript (its content).

    Levels: 1 opinion only; 2 a situation only; 3 one action, or several without a result;
    4 several actions and a result; 5 a result with evidence, and a balance of time. With evidence
    but out of balance the level lies between 4 and 5, so that a word more or less near the
    balance never costs a whole level.
    """
    settings = _parts(story, {StarPart.SITUATION, StarPart.TASK})
    acting = _parts(story, {StarPart.ACTION})
    actions = tuple(clause for clause in acting if clause.deed)
    results = _parts(story, {StarPart.RESULT})
    achieved = tuple(clause for clause in results if clause.deed)
    structure = Structure(
        level=1,
        evidence=(),
        settings=settings,
        actions=actions,
        results=results,
        action_share=_share(
            _time((*acting, *achieved)),
            _time((*(clause for clause in story if clause.in_balance), *achieved)),
        ),
        setting_share=_share(
            _time(clause for clause in settings if clause.in_balance), _time(story)
        ),
    )
    return Structure(
        level=_level(structure),
        evidence=_evidence(transcript, structure),
        settings=settings,
        actions=actions,
        results=results,
        action_share=structure.action_share,
        setting_share=structure.setting_share,
    )


def _level(structure: Structure) -> float:
    if not structure.acted:
        return 2 if structure.settings or structure.results else 1
    if structure.steps < SEVERAL or not structure.results:
        return 3
    return round(4 + structure.balance, 2) if structure.proved else 4


def _evidence(transcript: Transcript, structure: Structure) -> tuple[Evidence, ...]:
    found: list[Evidence] = [
        quote_words(transcript, told.clause.first_word, told.clause.last_word)
        for part in (structure.settings, structure.actions, structure.results)
        for told in part[:MOST_QUOTES_A_PART]
    ]
    if not found:
        return (absence(transcript, ANY_STORY),)
    if not structure.actions:
        found.append(absence(transcript, AN_ACTION))
    elif structure.steps < SEVERAL:
        found.append(absence(transcript, ANOTHER_ACTION))
    if not structure.results:
        found.append(absence(transcript, A_RESULT))
    elif not structure.proved:
        found.append(absence(transcript, PROOF_OF_RESULT))
    return tuple(found)


def _parts(story: Sequence[StoryClause], parts: set[StarPart]) -> tuple[StoryClause, ...]:
    return tuple(clause for clause in story if clause.part in parts)


def _time(clauses: Iterable[StoryClause]) -> float:
    return math.fsum(clause.time for clause in clauses)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole > 0 else 0.0

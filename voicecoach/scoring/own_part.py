"""Own part: are the speaker's own actions there? "We" is never held against anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.scoring.evidence import Evidence, absence, quote_words
from voicecoach.scoring.rubric import (
    HIGHEST_LEVEL,
    OWN_ACTIONS_WITH_DECISION,
    OWN_ACTIONS_WITHOUT_DECISION,
)
from voicecoach.scoring.story import StoryClause
from voicecoach.scoring.vocabulary import word_set
from voicecoach.speech.transcript import Transcript

ENOUGH: Final = OWN_ACTIONS_WITH_DECISION
AMPLE: Final = OWN_ACTIONS_WITHOUT_DECISION
MOST_QUOTES: Final = 4

OWN_DECISIONS: Final = word_set(
    """
    decided chose suggested proposed recommended convinced persuaded led designed initiated
    insisted volunteered offered organised organized planned invented introduced founded pitched
    negotiated
    decide choose suggest propose recommend convince persuade lead design initiate insist
    volunteer offer organise organize plan introduce pitch negotiate
    """
)
"""Verbs of deciding and suggesting, past and base; a list written for this project."""

OWN_ACTION: Final = 'an action of your own ("I …")'
ANOTHER_OWN_ACTION: Final = 'another action of your own ("I …")'


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """The level (1–5), its evidence, and the clauses with the speaker's own and shared deeds."""

    level: int
    evidence: tuple[Evidence, ...]
    own: tuple[StoryClause, ...]
    shared: tuple[StoryClause, ...]


def measure_own_part(transcript: Transcript, story: Sequence[StoryClause]) -> OwnPart:
    """Return how clearly the speaker's own actions are told.

    Levels: 1 nobody's actions; 2 actions done together only; 3 one own action; 4 two; 5 two with
    a decision or suggestion among them, or three. Naim et al. 2015: "we" goes with better ratings,
    so saying it adds and never takes away.
    """
    done = [clause for clause in story if clause.part is not None and clause.deed is not None]
    own = tuple(clause for clause in done if clause.deed is not None and clause.deed.own)
    shared = tuple(clause for clause in done if clause.deed is not None and not clause.deed.own)
    decided = any(clause.deed.verb in OWN_DECISIONS for clause in own if clause.deed is not None)
    if len(own) >= AMPLE or (len(own) >= ENOUGH and decided):
        level = 5
    elif own:
        level = 2 + len(own)
    else:
        level = 2 if shared else 1
    evidence: list[Evidence] = [
        quote_words(transcript, told.clause.first_word, told.clause.last_word)
        for told in (own or shared)[:MOST_QUOTES]
    ]
    if not own:
        evidence.append(absence(transcript, OWN_ACTION))
    elif level < HIGHEST_LEVEL:
        evidence.append(absence(transcript, ANOTHER_OWN_ACTION))
    return OwnPart(level=level, evidence=tuple(evidence), own=own, shared=shared)

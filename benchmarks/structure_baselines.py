"""Simple ways to find the parts of a story, to measure the rules against.

Both label the clauses that the product's own splitter finds and derive the level from the parts by
the rubric's anchors, so that they differ from the product in how a part is told, in nothing else.
"""

from collections.abc import Callable, Sequence
from typing import Final

from tests.scoring.labelled_answers import ClauseLabel
from voicecoach.scoring.clauses import Clause, split_clauses
from voicecoach.scoring.rubric import ACTION_SHARE, SETTING_SHARE
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.vocabulary import plain_words
from voicecoach.speech.transcript import Transcript

SITUATION_SHARE: Final = 0.3
RESULT_SHARE: Final = 0.2
"""The first 30% of the clauses are the situation, the last 20% the result (a judgement)."""

CUES: Final[tuple[tuple[ClauseLabel, tuple[str, ...]], ...]] = (
    (
        ClauseLabel.RESULT,
        (
            "as a result",
            "in the end",
            "eventually",
            "finally",
            "led to",
            "resulted in",
            "result",
            "outcome",
            "since then",
            "after that",
            "percent",
            "increased",
            "reduced",
            "saved",
            "improved",
            "happy",
        ),
    ),
    (
        ClauseLabel.TASK,
        (
            "my task",
            "my job",
            "had to",
            "needed to",
            "goal",
            "responsible",
            "asked me to",
            "target",
        ),
    ),
    (ClauseLabel.OTHER, ("i think", "i believe", "i feel", "in my opinion", "i always", "i like")),
    (ClauseLabel.ACTION, ("i", "we", "i'd", "i'll", "then")),
)
"""Cue words as guides to the STAR method list them, looked for in this order."""

Labeller = Callable[[Sequence[str]], tuple[ClauseLabel, ...]]


def by_place(clauses: Sequence[str]) -> tuple[ClauseLabel, ...]:
    """Label the first clauses situation, the middle ones action, the last ones result."""
    first = SITUATION_SHARE * len(clauses)
    last = (1 - RESULT_SHARE) * len(clauses)
    return tuple(
        ClauseLabel.SITUATION
        if number < first
        else ClauseLabel.RESULT
        if number >= last
        else ClauseLabel.ACTION
        for number in range(len(clauses))
    )


def by_cue_words(clauses: Sequence[str]) -> tuple[ClauseLabel, ...]:
    """Label each clause by the first cue word in it; without one it is situation."""
    return tuple(_by_cue(clause) for clause in clauses)


def _by_cue(clause: str) -> ClauseLabel:
    text = f" {' '.join(word.text for word in plain_words(clause))} "
    for label, cues in CUES:
        if any(f" {cue} " in text for cue in cues):
            return label
    return ClauseLabel.SITUATION


def labelled_by(label: Labeller, transcript: Transcript) -> tuple[tuple[Clause, ClauseLabel], ...]:
    """Return the clauses of an answer with their labels, in order."""
    clauses = split_clauses(transcript)
    return tuple(zip(clauses, label([clause.text for clause in clauses]), strict=True))


def level_of(labelled: Sequence[tuple[Clause, ClauseLabel]]) -> int:
    """Return the structure level (1–5) that the rubric's anchors give to labelled clauses."""
    words = dict.fromkeys(ClauseLabel, 0)
    clauses = dict.fromkeys(ClauseLabel, 0)
    for clause, label in labelled:
        words[label] += len(plain_words(clause.text))
        clauses[label] += 1
    setting = words[ClauseLabel.SITUATION] + words[ClauseLabel.TASK]
    if not clauses[ClauseLabel.ACTION]:
        return 2 if setting or words[ClauseLabel.RESULT] else 1
    if clauses[ClauseLabel.ACTION] == 1 or not clauses[ClauseLabel.RESULT]:
        return 3
    evidence = any(
        label is ClauseLabel.RESULT
        and find_numbers([word.text for word in plain_words(clause.text)])
        for clause, label in labelled
    )
    everything = sum(words.values())
    without_result = everything - words[ClauseLabel.RESULT]
    balanced = (
        words[ClauseLabel.ACTION] >= ACTION_SHARE * without_result
        and setting <= SETTING_SHARE * everything
    )
    return 5 if evidence and balanced else 4

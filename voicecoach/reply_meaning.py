"""What a sentence of a reply means for the person, judged by the sentence encoder. Pure.

A sentence is described by its vector, by what the cue lists see in it, and by small words that turn
a judgement (not, but, would, more). Logistic regressions over these, fitted to labelled sentences,
say whether it speaks of the person at all, whether it praises or wants something, and what of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach import reply_cues as cues
from voicecoach.reply_layer import ReplyLayer
from voicecoach.reply_wording import Nature, worded_in
from voicecoach.scoring.result import CriterionName
from voicecoach.speech.contracts import SentenceEncoder

JUDGED_FROM: Final = 0.5
"""Chance (0-1) from which a sentence is said to praise, or to want something."""

BOTH_FROM: Final = 0.6
"""Chance both must have where a sentence is said to do both; it must also turn in the middle."""

VECTOR_SHARE: Final = 2.0
"""How much the vector (of length 1) weighs beside marks of 0 and 1, for what a sentence says: with
ridge penalty 1, of 2, 3 and 4 the one with the best precision on replies left out."""

TOPIC_SHARE: Final = 4.0
CRITERION_SHARE: Final = 2.0
"""How much the vector, and a criterion that the cues name, weigh for what a sentence is about."""

OTHER: Final = "other"
"""What a criticism is about that is about no criterion of the rubric."""

CRITERIA: Final = tuple(CriterionName)

_SMALL_WORDS: Final = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\b(?:you|your)\b",
        r"\b(?:we|I)\b",
        r"\b(?:you|your|candidate|he|she|his|her)\b",
        r":\s*$",
        r"\?\s*$",
        r"\b(?:not|no|never|nothing|without)\b|n['’]t\b",
        r"\b(?:would|could|should|might|try|next time)\b",
        r"\b(?:but|although|though|however|while)\b",
        r"\b(?:more|too|enough|less)\b",
    )
)
_FEW_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeaningReader:
    """What meaning is read with: an encoder, and the layer that was fitted to its vectors."""

    encoder: SentenceEncoder
    layer: ReplyLayer


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One thing a sentence says of the person; `chance` (0-1) that it does."""

    nature: Nature
    criterion: CriterionName | None
    chance: float


def meant_by(sentences: Sequence[str], reader: MeaningReader) -> list[tuple[Meant, ...]]:
    """Return for each sentence what it says of the person: praise, a criticism, both or nothing."""
    if not sentences:
        return []
    described, topics = describe(sentences, reader.encoder)
    layer = reader.layer
    speaks = _chance(described, layer.finding)
    praise = speaks * _chance(described, layer.praise)
    criticism = speaks * _chance(described, layer.criticism)
    names = list(layer.criteria)
    about = np.stack([_chance(topics, layer.criteria[name]) for name in names], axis=1)
    result: list[tuple[Meant, ...]] = []
    for place, sentence in enumerate(sentences):
        natures = _natures(sentence, float(praise[place]), float(criticism[place]))
        name = names[int(about[place].argmax())]
        topic = None if name == OTHER else CriterionName(name)
        result.append(
            tuple(
                Meant(
                    nature=nature,
                    criterion=topic if nature is Nature.CRITICISM else None,
                    chance=chance,
                )
                for nature, chance in natures
            )
        )
    return result


def describe(
    sentences: Sequence[str], encoder: SentenceEncoder
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a row for each sentence: for what it says, and for what it is about."""
    flat = [" ".join(sentence.split()) for sentence in sentences]
    vectors = np.stack([one.sentence for one in encoder(flat)]).astype(np.float64)
    marks = np.array([_marks(sentence) for sentence in flat], dtype=np.float64)
    named = CRITERION_SHARE * np.array([_named(sentence) for sentence in flat], dtype=np.float64)
    return np.hstack([VECTOR_SHARE * vectors, marks]), np.hstack([TOPIC_SHARE * vectors, named])


def _natures(sentence: str, praise: float, criticism: float) -> list[tuple[Nature, float]]:
    found = [
        (nature, chance)
        for nature, chance in ((Nature.PRAISE, praise), (Nature.CRITICISM, criticism))
        if chance > JUDGED_FROM
    ]
    turns = len(list(cues.clauses_of(sentence))) > 1
    if len(found) > 1 and not (turns and min(praise, criticism) > BOTH_FROM):
        return [max(found, key=lambda one: one[1])]
    return found


def _marks(sentence: str) -> list[bool]:
    """Return what the cue lists and small words tell of a sentence."""
    natures = {one.nature for one in worded_in(sentence)}
    return [
        *(nature in natures for nature in Nature),
        *(
            pattern.search(sentence) is not None
            for pattern in (
                *(cues.EMPTY, cues.SAYS_NOTHING, cues.PRAISE, cues.WANTED),
                *_SMALL_WORDS,
            )
        ),
        any(pattern.search(sentence) for pattern in cues.FAULTS.values()),
        any(pattern.search(sentence) for pattern in cues.TOPICS.values()),
        len(sentence.split()) < _FEW_WORDS,
    ]


def _named(sentence: str) -> list[bool]:
    named = {one.criterion for one in worded_in(sentence)}
    return [criterion in named for criterion in CRITERIA]


def _chance(described: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-(described @ weights[:-1] + weights[-1])))
    return chance

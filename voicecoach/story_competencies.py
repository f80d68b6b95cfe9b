"""Which competencies a story tells of, by sentences that tell one. Pure but for what it is given.

An interviewer's question names a competency in abstract words ("something you made simpler"), a
story tells deeds ("I rearranged the lab"): they seldom sound alike. So deeds are compared with
deeds: each competency is the mean of some sentences that tell it, and all vectors are taken from
the mean of all of them, so that what every such sentence has in common does not count.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.reply_sentences import sentences_of
from voicecoach.speech.contracts import SentenceEncoder

FILE: Final = "competency_deeds.toml"


@cache
def shipped_deeds() -> Mapping[str, Sequence[str]]:
    """Return the deeds that come with the coach, by competency."""
    return tomllib.loads(files("voicecoach").joinpath(FILE).read_text(encoding="utf-8"))


def competencies_in(
    story: str, deeds: Mapping[str, Sequence[str]], encoder: SentenceEncoder
) -> dict[str, float]:
    """Return how like each competency the sentences of a story are on average (-1 to 1).

    0 is what a sentence of no competency in particular has. A story of no sentence is like none.
    """
    told = [one.text for one in sentences_of(story)]
    if not told or not deeds:
        return dict.fromkeys(deeds, 0.0)
    known = {name: _vectors(list(own), encoder) for name, own in deeds.items()}
    middle = np.concatenate(list(known.values())).mean(axis=0)
    sentences = _unit(_vectors(told, encoder) - middle)
    return {
        name: float((sentences @ _unit(_unit(own - middle).mean(axis=0))).mean())
        for name, own in known.items()
    }


def _vectors(texts: Sequence[str], encoder: SentenceEncoder) -> NDArray[np.float64]:
    return np.stack([one.sentence for one in encoder(texts)]).astype(np.float64)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: NDArray[np.float64] = vectors / np.maximum(length, 1e-12)
    return unit

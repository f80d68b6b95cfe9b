"""The layer that judges what a sentence of a reply means: its weights, and where they are kept.

`benchmarks/fit_reply_reading.py` fits them to labelled sentences and writes `reply_layer.json`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = "reply_layer.json"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReplyLayer:
    """Logistic regressions over the vector of a sentence and its marks; the last weight is alone.

    `finding`: does it say anything of the person. `praise`, `criticism`: what it says, given that
    it does. `criteria`: by name ("structure", "other", …), what a criticism is about.
    """

    finding: NDArray[np.float64]
    praise: NDArray[np.float64]
    criticism: NDArray[np.float64]
    criteria: Mapping[str, NDArray[np.float64]]


@cache
def shipped_layer() -> ReplyLayer:
    """Return the layer that comes with the coach, fitted to the sentence encoder it comes with."""
    text = resources.files("voicecoach").joinpath(FILE).read_text(encoding="utf-8")
    kept = json.loads(text)
    return ReplyLayer(
        finding=np.array(kept["finding"]),
        praise=np.array(kept["praise"]),
        criticism=np.array(kept["criticism"]),
        criteria={name: np.array(weights) for name, weights in kept["criteria"].items()},
    )


def layer_text(layer: ReplyLayer) -> str:
    """Return the layer as its file holds it, a line for each regression."""

    def row(weights: NDArray[np.float64]) -> str:
        return json.dumps([round(float(one), 3) for one in weights], separators=(",", ":"))

    criteria = ",\n".join(f'  "{name}": {row(one)}' for name, one in layer.criteria.items())
    return (
        f'{{\n"finding": {row(layer.finding)},\n"praise": {row(layer.praise)},\n'
        f'"criticism": {row(layer.criticism)},\n"criteria": {{\n{criteria}\n}}\n}}\n'
    )

"""Fit the layer that reads replies, and write it where the coach looks for it.

Run: `python -m benchmarks.fit_reply_reading [--json] [--write]`. Fitted to the sentences of
`reply_sentences.toml` and of the replies of the tuning half (twice the weight: they are what is
pasted); replies that were held back are left alone. Printed: how many sentences of what, and what
leaving out an eighth of the replies at a time gives on those left out.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.adverts import encoder_of_the_coach
from benchmarks.feedback_replies import Share, measure_half, read_replies
from voicecoach.reply_layer import FILE, ReplyLayer, layer_text
from voicecoach.reply_meaning import CRITERIA, OTHER, MeaningReader, describe
from voicecoach.reply_sentences import sentences_of
from voicecoach.reply_text import kept_text, split_reply
from voicecoach.reply_wording import Nature
from voicecoach.speech.contracts import SentenceEncoder

SENTENCES: Final = Path(__file__).with_name("reply_sentences.toml")
LAYER: Final = Path(__file__).parents[1] / "voicecoach" / FILE
RIDGE: Final = 1.0
REPLY_WEIGHT: Final = 2.0
FOLDS: Final = 8
STEPS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A sentence, what it says, what a criticism is about, and how much it weighs."""

    text: str
    natures: frozenset[str]
    about: str | None
    weight: float


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What the layer gives on replies that were left out of its fitting."""

    sentences: int
    findings: int
    found_precision: Share
    found_recall: Share
    criterion: Share


def single_sentences(path: Path = SENTENCES) -> list[Labelled]:
    """Return the sentences that were written one by one."""
    natures = {"praise": ["praise"], "both": ["praise", "criticism"], "nothing": []}
    return [
        Labelled(
            text=sentence,
            natures=frozenset(natures.get(kind, ["criticism"])),
            about=_about(kind),
            weight=1.0,
        )
        for kind, sentences in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for sentence in sentences
    ]


def _about(kind: str) -> str | None:
    if kind in {*CRITERIA}:
        return kind
    return OTHER if kind == "other_criticism" else None


def reply_sentences(replies: Sequence[dict[str, Any]]) -> list[Labelled]:
    """Return the sentences of labelled replies, as the coach cuts them."""
    return [
        _labelled(" ".join(sentence.text.split()), reply["findings"])
        for reply in replies
        for sentence in sentences_of(kept_text(split_reply(reply["text"])))
    ]


def _labelled(text: str, findings: Sequence[dict[str, str]]) -> Labelled:
    own = [one for one in findings if one["quote"] == text]
    about = [one.get("criterion", OTHER) for one in own if one["nature"] == "criticism"]
    return Labelled(
        text=text,
        natures=frozenset(one["nature"] for one in own),
        about=about[0] if about else None,
        weight=REPLY_WEIGHT,
    )


def fit(sentences: Sequence[Labelled], encoder: SentenceEncoder) -> ReplyLayer:
    """Return the layer fitted to labelled sentences."""
    described, topics = describe([one.text for one in sentences], encoder)
    weight = np.array([one.weight for one in sentences])
    speaks = np.array([bool(one.natures) for one in sentences])

    def given(nature: Nature) -> NDArray[np.float64]:
        wanted = np.array([nature in one.natures for one in sentences])
        return regression(described[speaks], wanted[speaks], weight[speaks])

    about = [one.about for one in sentences]
    known = np.array([one is not None for one in about])
    return ReplyLayer(
        finding=regression(described, speaks, weight),
        praise=given(Nature.PRAISE),
        criticism=given(Nature.CRITICISM),
        criteria={
            name: regression(
                topics[known],
                np.array([one == name for one in about])[known],
                np.ones(int(known.sum())),
            )
            for name in (*map(str, CRITERIA), OTHER)
        },
    )


def regression(
    rows: NDArray[np.float64], wanted: NDArray[np.bool_], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of a ridge-penalised logistic regression (Newton), the constant last."""
    with_one = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.full(with_one.shape[1], RIDGE)
    penalty[-1] = 1e-6
    weights = np.zeros(with_one.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-with_one @ weights))
        slope = with_one.T @ (weight * (chance - wanted)) + penalty * weights
        curve = (with_one.T * (weight * chance * (1 - chance))) @ with_one + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def left_out(replies: Sequence[dict[str, Any]], encoder: SentenceEncoder) -> LeftOut:
    """Return what the layer gives on each eighth of the replies, fitted to all the others."""
    single = single_sentences()
    shares = [Share(right=0, of=0)] * 3
    for fold in range(FOLDS):
        out = [reply for place, reply in enumerate(replies) if place % FOLDS == fold]
        others = [reply for place, reply in enumerate(replies) if place % FOLDS != fold]
        layer = fit([*single, *reply_sentences(others)], encoder)
        got = measure_half(out, MeaningReader(encoder=encoder, layer=layer))
        for place, share in enumerate((got.found_precision, got.found_recall, got.criterion)):
            known = shares[place]
            shares[place] = replace(known, right=known.right + share.right, of=known.of + share.of)
    return LeftOut(
        sentences=len(single) + len(reply_sentences(replies)),
        findings=shares[1].of,
        found_precision=shares[0],
        found_recall=shares[1],
        criterion=shares[2],
    )


def main() -> int:
    """Fit the layer; print what it gives where it was not fitted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", action="store_true", help=f"write voicecoach/{FILE}")
    arguments = parser.parse_args()
    encoder = encoder_of_the_coach()
    replies = [reply for reply in read_replies() if not reply["held_back"]]
    found = left_out(replies, encoder)
    if arguments.json:
        print(json.dumps(asdict(found), indent=2))
    else:
        print(f"{found.sentences} sentences; on replies left out of the fitting:")
        for what, share in (
            ("findings that are findings", found.found_precision),
            ("findings that were found", found.found_recall),
            ("criterion right, of criticisms found", found.criterion),
        ):
            print(f"  {what:<38} {share.value or 0:.2f} ({share.right} of {share.of})")
    if arguments.write:
        layer = fit([*single_sentences(), *reply_sentences(replies)], encoder)
        LAYER.write_text(layer_text(layer), encoding="utf-8")
        print(f"written to voicecoach/{FILE}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

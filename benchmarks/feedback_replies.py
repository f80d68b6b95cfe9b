"""How well a reply is told apart from what surrounds it, and what is found in it.

30 replies written by hand (`feedback_replies.toml`), half of them held back while the rules were
written. Told for each half: how many of the lines that were cut off should have been (precision)
and how many that should have been were (recall); the same for findings, which count as right where
the sentence and its nature (praise or criticism) agree; and how often the criterion agrees among
the criticisms that were found.

Run: `python benchmarks/feedback_replies.py [--json]`.
"""

import argparse
import json
import sys
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.row import Row
from voicecoach.reply_reading import findings_of
from voicecoach.reply_text import StretchKind, kept_text, split_reply

NAME: Final = "Replies to a request for feedback"
REPLIES: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one half of the replies measured."""

    replies: int
    cut_precision: Share
    cut_recall: Share
    found_precision: Share
    found_recall: Share
    criterion: Share


def read_replies(path: Path = REPLIES) -> list[dict[str, Any]]:
    """Return the labelled replies.

    Raises:
        ValueError: the file holds no replies, or a label is no part of its reply.
    """
    replies: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("reply", [])
    if not replies:
        raise ValueError(f"{path} holds no replies")
    for reply in replies:
        labels = [*reply["cut"], *(finding["quote"] for finding in reply["findings"])]
        for label in labels:
            if label not in reply["text"]:
                raise ValueError(f"{path}: {reply['name']!r} does not hold {label!r}")
    return replies


def measure_half(replies: list[dict[str, Any]]) -> Measured:
    """Measure the rules on these replies."""
    cut, to_cut, cut_right = 0, 0, 0
    found, to_find, found_right = 0, 0, 0
    criteria, criteria_right = 0, 0
    for reply in replies:
        stretches = split_reply(reply["text"])
        have = {
            line
            for stretch in stretches
            if stretch.kind is not StretchKind.REPLY
            for line in _lines_in(reply["text"], stretch.start, stretch.end)
        }
        want: set[int] = set()
        for label in reply["cut"]:
            start = reply["text"].index(label)
            want |= _lines_in(reply["text"], start, start + len(label))
        cut, to_cut, cut_right = cut + len(have), to_cut + len(want), cut_right + len(have & want)
        findings = findings_of(kept_text(stretches))
        named = {(" ".join(one.quote.split()), one.nature.value): one for one in findings}
        labelled = {(one["quote"], one["nature"]): one for one in reply["findings"]}
        found, to_find = found + len(named), to_find + len(labelled)
        for key in named.keys() & labelled.keys():
            found_right += 1
            if "criterion" in labelled[key]:
                criteria += 1
                criteria_right += named[key].criterion == labelled[key]["criterion"]
    return Measured(
        replies=len(replies),
        cut_precision=Share(right=cut_right, of=cut),
        cut_recall=Share(right=cut_right, of=to_cut),
        found_precision=Share(right=found_right, of=found),
        found_recall=Share(right=found_right, of=to_find),
        criterion=Share(right=criteria_right, of=criteria),
    )


def measure() -> list[Row]:
    """Return the rows of this benchmark."""
    return [
        Row(f"{what}, {half}", share.value, f"of 1 ({share.right} of {share.of})", goal, met)
        for half, held_back in (("tuning half", False), ("held back", True))
        for what, share, goal, met in _rows(
            measure_half([one for one in read_replies() if one["held_back"] is held_back]),
            judged=held_back,
        )
    ]


LEAST_CUT: Final = 0.9
"""Goal for cutting: what was cut wrongly can be taken back with a click, but has to be noticed."""


def _rows(measured: Measured, *, judged: bool) -> list[tuple[str, Share, str | None, bool | None]]:
    cuts = (
        ("lines cut off that should be", measured.cut_precision),
        ("lines to be cut off that were", measured.cut_recall),
    )
    rest = (
        ("findings that are findings", measured.found_precision),
        ("findings that were found", measured.found_recall),
        ("criterion right, of criticisms found", measured.criterion),
    )
    goal = f"at least {LEAST_CUT:g}" if judged else None
    return [
        *(
            (what, share, goal, (share.value or 0.0) >= LEAST_CUT if judged else None)
            for what, share in cuts
        ),
        *((what, share, None, None) for what, share in rest),
    ]


def _lines_in(text: str, start: int, end: int) -> set[int]:
    """Return which lines that say something lie in a stretch, by the place where each begins."""
    lines, at = set(), 0
    for line in text.splitlines(keepends=True):
        if line.strip() and at < end and at + len(line.rstrip()) > start:
            lines.add(at)
        at += len(line)
    return lines


def main() -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--replies", type=Path, default=REPLIES, help="another labelled file")
    parser.add_argument("--errors", action="store_true", help="name every error of the tuning half")
    arguments = parser.parse_args()
    try:
        replies = read_replies(arguments.replies)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{arguments.replies} can't be used: {error}", file=sys.stderr)
        return 2
    halves = {
        name: measure_half([one for one in replies if one["held_back"] is held_back])
        for name, held_back in (("tuning", False), ("held_back", True))
    }
    if arguments.json:
        print(json.dumps({name: asdict(half) for name, half in halves.items()}, indent=2))
        return 0
    for name, half in halves.items():
        print(f"{name.replace('_', ' ')}: {half.replies} replies")
        for what, share, _goal, _met in _rows(half, judged=False):
            value = "nothing to measure" if share.value is None else f"{share.value:.2f}"
            print(f"  {what:<38} {value} ({share.right} of {share.of})")
    if arguments.errors:
        _print_errors([one for one in replies if not one["held_back"]])
    return 0


def _print_errors(replies: list[dict[str, Any]]) -> None:
    for reply in replies:
        stretches = split_reply(reply["text"])
        kept = kept_text(stretches)
        wrong = [line for label in reply["cut"] for line in label.splitlines() if line in kept]
        findings = findings_of(kept)
        named = {(one.quote, one.nature.value, one.criterion) for one in findings}
        labelled = {
            (one["quote"], one["nature"], one.get("criterion")) for one in reply["findings"]
        }
        for what, entries in (
            ("kept", [line for line in wrong if line.strip()]),
            ("too much", sorted(map(str, named - labelled))),
            ("missed", sorted(map(str, labelled - named))),
        ):
            for entry in entries:
                print(f"{reply['name']}: {what}: {entry}")


if __name__ == "__main__":
    sys.exit(main())

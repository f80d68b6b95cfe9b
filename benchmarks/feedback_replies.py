"""How well a reply is told apart from what surrounds it, and what is found in it.

Replies written by hand, half of them held back while the reading was built: `feedback_replies.toml`
(45), and `feedback_replies_by_persona.toml` (69, harder: terse recruiters, templates, small firms,
agencies, foreign writers of English, long and warm ones, mean ones), written by the engineer who
built the reading, before the cues were seen. Told for each half: how many of the lines that were
cut off should have been (precision) and how many that should have been were (recall); the same for
findings, which count as right where the sentence and its nature (praise or criticism) agree; and
how often the criterion agrees among the criticisms that were found. Beside them what the cue words
give alone, which is what there is without the sentence encoder.

Run: `python benchmarks/feedback_replies.py [--json]`.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.adverts import encoder_of_the_coach
from benchmarks.row import Row
from voicecoach.reply_layer import shipped_layer
from voicecoach.reply_meaning import MeaningReader
from voicecoach.reply_reading import findings_of
from voicecoach.reply_text import StretchKind, kept_text, split_reply

NAME: Final = "Replies to a request for feedback"
REPLIES: Final = (
    Path(__file__).with_suffix(".toml"),
    Path(__file__).with_name("feedback_replies_by_persona.toml"),
)


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


def read_replies(*paths: Path) -> list[dict[str, Any]]:
    """Return the labelled replies of these files, else of both that come with the benchmark.

    Raises:
        ValueError: a file holds no replies, or a label is no part of its reply.
    """
    return [reply for path in paths or REPLIES for reply in _in_file(path)]


def _in_file(path: Path) -> list[dict[str, Any]]:
    replies: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("reply", [])
    if not replies:
        raise ValueError(f"{path} holds no replies")
    for reply in replies:
        labels = [*reply["cut"], *(finding["quote"] for finding in reply["findings"])]
        for label in labels:
            if label not in reply["text"]:
                raise ValueError(f"{path}: {reply['name']!r} does not hold {label!r}")
    return replies


def reader_of_the_coach() -> MeaningReader:
    """Return what the coach reads replies with where its sentence encoder is on the machine."""
    return MeaningReader(encoder=encoder_of_the_coach(), layer=shipped_layer())


def measure_half(
    replies: Sequence[dict[str, Any]], reader: MeaningReader | None = None
) -> Measured:
    """Measure the reading of these replies; without a reader by the cue words alone."""
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
        findings = findings_of(kept_text(stretches), reader)
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


LEAST_CUT: Final = 0.9
"""Goal for cutting: what was cut wrongly can be taken back with a click, but has to be noticed."""

LEAST_FOUND: Final = 0.75
LEAST_RIGHT: Final = 0.8
"""Goals for findings: each is a suggestion, but one that is none takes trust."""


def measure() -> list[Row]:
    """Return the rows of this benchmark."""
    replies = read_replies()
    reader = reader_of_the_coach()
    rows: list[Row] = []
    for half, held_back in (("tuning half", False), ("held back", True)):
        chosen = [one for one in replies if one["held_back"] is held_back]
        measured, cues = measure_half(chosen, reader), measure_half(chosen)
        for what, share, goal in _rows(measured, cues):
            wanted = f"at least {goal:g}" if goal and held_back else None
            rows.append(
                Row(
                    f"{what}, {half}",
                    share.value,
                    f"of 1 ({share.right} of {share.of})",
                    wanted,
                    (share.value or 0.0) >= (goal or 0.0) if wanted else None,
                )
            )
    return rows


def _rows(measured: Measured, cues: Measured) -> list[tuple[str, Share, float | None]]:
    return [
        ("lines cut off that should be", measured.cut_precision, LEAST_CUT),
        ("lines to be cut off that were", measured.cut_recall, LEAST_CUT),
        ("findings that are findings", measured.found_precision, LEAST_RIGHT),
        ("findings that were found", measured.found_recall, LEAST_FOUND),
        ("criterion right, of criticisms found", measured.criterion, None),
        ("by cues alone: that are findings", cues.found_precision, None),
        ("by cues alone: that were found", cues.found_recall, None),
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
    parser.add_argument("--replies", type=Path, help="another labelled file")
    parser.add_argument("--errors", action="store_true", help="name every error of the tuning half")
    arguments = parser.parse_args()
    try:
        replies = read_replies(*([arguments.replies] if arguments.replies else []))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{arguments.replies or 'The replies'} can't be used: {error}", file=sys.stderr)
        return 2
    reader = reader_of_the_coach()
    halves = {
        name: [one for one in replies if one["held_back"] is held_back]
        for name, held_back in (("tuning", False), ("held_back", True))
    }
    measured = {
        name: {"coach": measure_half(half, reader), "cues": measure_half(half)}
        for name, half in halves.items()
    }
    if arguments.json:
        told = {
            name: {how: asdict(one) for how, one in both.items()} for name, both in measured.items()
        }
        print(json.dumps(told, indent=2))
        return 0
    for name, both in measured.items():
        print(f"{name.replace('_', ' ')}: {both['coach'].replies} replies")
        for what, share, _goal in _rows(both["coach"], both["cues"]):
            value = "nothing to measure" if share.value is None else f"{share.value:.2f}"
            print(f"  {what:<38} {value} ({share.right} of {share.of})")
    if arguments.errors:
        _print_errors(halves["tuning"], reader)
    return 0


def _print_errors(replies: Sequence[dict[str, Any]], reader: MeaningReader) -> None:
    for reply in replies:
        stretches = split_reply(reply["text"])
        kept = kept_text(stretches)
        wrong = [line for label in reply["cut"] for line in label.splitlines() if line in kept]
        findings = findings_of(kept, reader)
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

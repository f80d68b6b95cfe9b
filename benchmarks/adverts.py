"""Are an advert's demands found, and is it right which of them have a story?

`python -m benchmarks.adverts [--half development|held_back] [--show] [--json]`. 26 adverts and 131
demand-story pairs, written and labelled by hand by the team that wrote the rules; half of each was
held back. So was half of 196 harder pairs, whose demands name qualities that no word of the story
names. A demand counts as found where at least half of the words in either span are in both.
Of pairs is told how often "shown" is right, and how much of what is shown is found. Of stories,
how often a question that fits is among the three suggested out of the behavioural pack's.
"""

import argparse
import json
import math
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.row import Row
from question_bank.pack import load_packs
from question_bank.question import Question, QuestionKind, QuestionSource
from tests.advert.labelled_adverts import (
    HALVES,
    HERE,
    LabelledAdvert,
    LabelledDemand,
    labelled_adverts,
)
from voicecoach.demand_matching import shown_by
from voicecoach.inventory import EntryKind, InventoryEntry, Story
from voicecoach.job_advert import Demand, split_demands
from voicecoach.question_suggestions import SUGGESTED, nearest_questions
from voicecoach.scoring.result import PointState
from voicecoach.settings import Settings
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.story_competencies import shipped_deeds
from voicecoach.wiring import build_engines

NAME: Final = "Job adverts: their demands, and which have a story (hand-labelled, half held back)"
OVERLAP: Final = 0.5
STORIES: Final = "stories.toml"
HARDER_STORIES: Final = "harder_stories.toml"
GOAL_PRECISION: Final = 0.9
GOAL_RECALL: Final = 0.8
GOAL_WHOLE: Final = 0.65
GOAL_SUGGESTED: Final = 0.7
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Splitting:
    """Demands found in one half: how many are right, invented and missed; musts told apart."""

    adverts: int
    right: int
    invented: tuple[str, ...]
    missed: tuple[str, ...]
    must_right: int

    @property
    def precision(self) -> float:
        """Share (0–1) of what was found that is a demand."""
        return self.right / max(1, self.right + len(self.invented))

    @property
    def recall(self) -> float:
        """Share (0–1) of the demands that were found."""
        return self.right / max(1, self.right + len(self.missed))


@dataclass(frozen=True)
class Pair:
    """A demand beside an entry, its label (shown, partly, not), and what the coach says."""

    entry: str
    demand: str
    label: str
    state: PointState
    similarity: float


def split_half(half: str) -> Splitting:
    """Split every advert of a half and hold it against the labels."""
    adverts = labelled_adverts(half)
    right, must_right = 0, 0
    invented: list[str] = []
    missed: list[str] = []
    for advert in adverts:
        left = list(advert.demands)
        for found in split_demands(advert.text):
            likest = max(left, key=lambda one: _overlap(advert, found, one), default=None)
            if likest is None or _overlap(advert, found, likest) < OVERLAP:
                invented.append(f"{advert.name}: {found.text}")
                continue
            left.remove(likest)
            right += 1
            must_right += likest.must == found.must
        missed += [f"{advert.name}: {advert.text[one.start : one.end]}" for one in left]
    return Splitting(len(adverts), right, tuple(invented), tuple(missed), must_right)


def _overlap(advert: LabelledAdvert, found: Demand, label: LabelledDemand) -> float:
    own = _words(advert.text, found.start_char, found.end_char)
    meant = _words(advert.text, label.start, label.end)
    return len(own & meant) / max(1, len(own | meant))


def _words(text: str, start: int, end: int) -> set[int]:
    return {one.start() for one in _WORD.finditer(text) if start <= one.start() < end}


def pairs_of(half: str, encoder: SentenceEncoder, file: str = STORIES) -> Iterator[Pair]:
    """Give every labelled pair of a half with what the coach says of it."""
    read = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    for told in read["entry"]:
        if told["half"] != half:
            continue
        entry = InventoryEntry(
            id=told["name"],
            kind=EntryKind.SKILL,
            name=told["name"],
            level=None,
            story=Story(action=told["story"]),
            proofs=(),
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for label in ("shown", "partly", "not"):
            for demand in told[label]:
                found = shown_by(entry, demand, encoder)
                yield Pair(entry.name, demand, label, found.state, found.similarity)


def encoder_of_the_coach() -> SentenceEncoder:
    """Return the encoder that comes with the coach."""
    with TemporaryDirectory() as home:
        named = build_engines(Settings(home=Path(home), time_zone="UTC")).encoder()
    if named is None:
        raise SystemExit("The sentence encoder is not on this machine; see: voicecoach models")
    return named.encode


def share(pairs: Sequence[Pair], label: str, *states: PointState) -> float:
    """Return the share (0–1) of the pairs with a label that are in one of these states."""
    labelled = [pair for pair in pairs if pair.label == label]
    return sum(pair.state in states for pair in labelled) / max(1, len(labelled))


def precision_of_shown(pairs: Sequence[Pair]) -> float | None:
    """Return how often "shown" is right (0–1); None where it is never said."""
    said = [pair for pair in pairs if pair.state is PointState.SAID]
    return sum(pair.label == "shown" for pair in said) / len(said) if said else None


def fitting_stories(half: str) -> dict[str, tuple[str, list[str]]]:
    """Return for each labelled story of a half its text, and the competencies that fit."""
    read = tomllib.loads((HERE / STORIES).read_text(encoding="utf-8"))
    told = {
        one["name"]: f"{one['name']}. {one['story']}"
        for one in read["entry"]
        if one["half"] == half
    }
    fitting = tomllib.loads((HERE / "fitting_questions.toml").read_text(encoding="utf-8"))
    return {name: (told[name], own) for name, own in fitting.items() if name in told}


def harder_fitting_stories(half: str) -> dict[str, tuple[str, list[str]]]:
    """Return the same of a half of the harder stories."""
    read = tomllib.loads((HERE / HARDER_STORIES).read_text(encoding="utf-8"))
    return {
        one["name"]: (f"{one['name']}. {one['story']}", one["fitting"])
        for one in read["entry"]
        if one["half"] == half and "fitting" in one
    }


def suggestions(
    fitting: Mapping[str, tuple[str, list[str]]], encoder: SentenceEncoder
) -> tuple[float, float]:
    """Return how often a fitting question is suggested (0–1), and how often by chance."""
    (pack,) = (one for one in load_packs() if one.kind is QuestionKind.BEHAVIOURAL)
    asked = [
        Question(
            id=one.id,
            text=one.text,
            kind=pack.kind,
            competency=one.competency,
            target_seconds=one.target_seconds,
            source=QuestionSource.PACK,
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for one in pack.questions
    ]
    hits, by_chance = 0, 0.0
    for told, competencies in fitting.values():
        nearest = nearest_questions(told, asked, encoder, shipped_deeds())
        hits += any(one.question.competency in competencies for one in nearest)
        others = sum(one.competency not in competencies for one in asked)
        by_chance += 1 - math.comb(others, SUGGESTED) / math.comb(len(asked), SUGGESTED)
    return hits / len(fitting), by_chance / len(fitting)


def measure(halves: Sequence[str] = HALVES) -> list[Row]:
    """Return what both halves give; only the held-back one has goals."""
    encoder = encoder_of_the_coach()
    rows: list[Row] = []
    for half in halves:
        split, pairs = split_half(half), list(pairs_of(half, encoder))
        held = half == "held_back"
        where = "held back" if held else "looked at"
        rows += [
            _row(f"{where}: found that is a demand", split.precision, GOAL_PRECISION, held=held),
            _row(f"{where}: demands found", split.recall, GOAL_RECALL, held=held),
            _row(
                f"{where}: must and wish told apart",
                split.must_right / max(1, split.right),
                GOAL_PRECISION,
                held=held,
            ),
            _row(
                f'{where}: "shown" that is right',
                precision_of_shown(pairs),
                GOAL_PRECISION,
                held=held,
            ),
            _row(
                f"{where}: what is shown, found at least in part",
                share(pairs, "shown", PointState.SAID, PointState.PARTLY),
                GOAL_RECALL,
                held=held,
            ),
            _row(
                f"{where}: what is shown, found whole",
                share(pairs, "shown", PointState.SAID),
                GOAL_WHOLE,
                held=held,
            ),
            _row(
                f"{where}: what is not shown, found in part or whole",
                share(pairs, "not", PointState.SAID, PointState.PARTLY),
            ),
            *_suggested(half, where, encoder, held=held),
            *_harder(half, where, encoder),
        ]
    return rows


def _suggested(half: str, where: str, encoder: SentenceEncoder, *, held: bool) -> list[Row]:
    suggested, by_chance = suggestions(fitting_stories(half), encoder)
    return [
        _row(
            f"{where}: stories with a fitting question among three",
            suggested,
            GOAL_SUGGESTED,
            held=held,
        ),
        _row(f"{where}: the same by chance", by_chance),
    ]


def _harder(half: str, where: str, encoder: SentenceEncoder) -> list[Row]:
    pairs = list(pairs_of(half, encoder, HARDER_STORIES))
    suggested, by_chance = suggestions(harder_fitting_stories(half), encoder)
    return [
        _row(f'harder, {where}: "shown" that is right', precision_of_shown(pairs)),
        _row(
            f"harder, {where}: what is shown, found at least in part",
            share(pairs, "shown", PointState.SAID, PointState.PARTLY),
        ),
        _row(
            f"harder, {where}: what is shown, found whole", share(pairs, "shown", PointState.SAID)
        ),
        _row(
            f"harder, {where}: what is not shown, found in part or whole",
            share(pairs, "not", PointState.SAID, PointState.PARTLY),
        ),
        _row(f"harder, {where}: stories with a fitting question among three", suggested),
        _row(f"harder, {where}: the same by chance", by_chance),
    ]


def _row(what: str, value: float | None, goal: float | None = None, *, held: bool = False) -> Row:
    if goal is None or not held:
        return Row(what, value, "of 1", None, None)
    return Row(what, value, "of 1", f"at least {goal}", value is not None and value >= goal)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, with `--show` also every demand and pair that went wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--half", choices=HALVES, help="only this half")
    parser.add_argument("--show", action="store_true", help="name what went wrong")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    given = parser.parse_args(arguments)
    halves = (given.half,) if given.half else HALVES
    rows = measure(halves)
    if given.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return 0
    for row in rows:
        shown = "none" if row.value is None else f"{row.value:.3f}"
        print(f"{row.what:58} {shown}" + (f"   goal: {row.goal}" if row.goal else ""))
    if given.show:
        for half in halves:
            _show(half)
    return 0


def _show(half: str) -> None:
    split = split_half(half)
    for title, texts in (("invented", split.invented), ("missed", split.missed)):
        for text in texts:
            print(f"{half}: {title}: {text}")
    wanted = {"shown": PointState.SAID, "partly": PointState.PARTLY, "not": PointState.NOT_HEARD}
    for pair in pairs_of(half, encoder_of_the_coach()):
        if pair.state is not wanted[pair.label]:
            print(
                f"{half}: {pair.label}, told {pair.state} ({pair.similarity:.2f}): "
                f"{pair.demand} / {pair.entry}"
            )


if __name__ == "__main__":
    raise SystemExit(main())

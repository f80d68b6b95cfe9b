"""How well the parts of a story and the level of structure are found, against human labels.

    python -m benchmarks.structure [--half development|test|both] [--json]

The answers are those of `tests/scoring/labelled`: one team wrote them and the rules, the test half
by somebody who had not seen the rules. Words that carry no content (filled pauses, repeats) are
left out. Every word carries its label, so that clause boundaries don't have to agree; a labelled
clause is heard as what most of its words are heard as.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.agreement import confusion, found, interval, quadratic_weighted_kappa
from benchmarks.row import Row
from benchmarks.structure_baselines import by_cue_words, by_place, labelled_by, level_of
from tests.scoring.answer_generator import spoken, unpunctuated, with_word_errors
from tests.scoring.labelled_answers import (
    LABELLED,
    ClauseLabel,
    Half,
    LabelledAnswer,
    labelled_answers,
)
from voicecoach.scoring.clauses import Clause
from voicecoach.scoring.content import Content, content_of
from voicecoach.scoring.rubric import HIGHEST_LEVEL, LOWEST_LEVEL
from voicecoach.scoring.story import tell_story
from voicecoach.scoring.structure import measure_structure

NAME: Final = "Structure against answers labelled by hand"
GOAL: Final = 0.7
"""Least quadratic weighted kappa of the levels on the test half."""
WORD_ERROR_RATE: Final = 0.1
SEEDS: Final = (1, 2, 3)
LEVELS: Final = range(LOWEST_LEVEL, HIGHEST_LEVEL + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a way of finding structure makes of an answer: its level and its labelled clauses."""

    level: float
    clauses: tuple[tuple[Clause, ClauseLabel], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One answer as the human labelled it and as it was heard.

    `levels` is (human, heard) with the heard one rounded; `words` and `clauses` are pairs of the
    same order, a pair for each word of content and for each labelled clause that has any.
    """

    slug: str
    levels: tuple[int, int]
    words: tuple[tuple[ClauseLabel, ClauseLabel], ...]
    clauses: tuple[tuple[ClauseLabel, ClauseLabel], ...]


Reader = Callable[[LabelledAnswer, Content], Reading]


def by_rules(answer: LabelledAnswer, content: Content) -> Reading:
    """Read an answer with the product's rules."""
    story = tell_story(content.transcript, answer.kind)
    return Reading(
        level=measure_structure(content.transcript, story).level,
        clauses=tuple(
            (
                told.clause,
                ClauseLabel.OTHER if told.part is None else ClauseLabel(told.part.value),
            )
            for told in story
        ),
    )


def _by_baseline(
    label: Callable[[Sequence[str]], tuple[ClauseLabel, ...]],
    answer: LabelledAnswer,
    content: Content,
) -> Reading:
    del answer
    clauses = labelled_by(label, content.transcript)
    return Reading(level=level_of(clauses), clauses=clauses)


READERS: Final[dict[str, Reader]] = {
    "rules": by_rules,
    "baseline by place": partial(_by_baseline, by_place),
    "baseline by cue words": partial(_by_baseline, by_cue_words),
}


def compare(answer: LabelledAnswer, reader: Reader, *, punctuated: bool) -> Comparison:
    """Set an answer as it is read, with or without its punctuation, beside its labels."""
    texts = [clause.text if punctuated else unpunctuated(clause.text) for clause in answer.clauses]
    content = content_of(spoken(" ".join(texts)))
    reading = reader(answer, content)
    heard = {
        content.kept[index]: label
        for clause, label in reading.clauses
        for index in range(clause.first_word, clause.last_word + 1)
    }
    words: list[tuple[ClauseLabel, ClauseLabel]] = []
    clauses: list[tuple[ClauseLabel, ClauseLabel]] = []
    start = 0
    for clause, text in zip(answer.clauses, texts, strict=True):
        end = start + len(text.split())
        votes = [heard[index] for index in range(start, end) if index in heard]
        words += [(clause.label, vote) for vote in votes]
        if votes:
            clauses.append((clause.label, Counter(votes).most_common(1)[0][0]))
        start = end
    return Comparison(
        slug=answer.slug,
        levels=(answer.level, math.floor(reading.level + 0.5)),
        words=tuple(words),
        clauses=tuple(clauses),
    )


def kappa(comparisons: Sequence[Comparison]) -> float:
    """Return the quadratic weighted kappa of the levels."""
    return quadratic_weighted_kappa(
        [one.levels for one in comparisons], lowest=LOWEST_LEVEL, highest=HIGHEST_LEVEL
    )


def moved_by_word_errors(answers: Sequence[LabelledAnswer]) -> list[float]:
    """Return by how many levels 10% misheard words move each answer's level, for each seed."""
    moved = []
    for answer in answers:
        clean = by_rules(answer, content_of(spoken(answer.text))).level
        for seed in SEEDS:
            text = with_word_errors(answer.text, rate=WORD_ERROR_RATE, seed=seed)
            moved.append(abs(by_rules(answer, content_of(spoken(text))).level - clean))
    return moved


def report(half: Half, folder: Path = LABELLED) -> dict[str, Any]:
    """Return every figure of one half as plain values.

    Raises:
        ValueError: the half has no answers, or a file is not as it must be.
    """
    answers = _answers(half, folder)
    moved = moved_by_word_errors(answers)
    return {
        "half": half,
        "answers": len(answers),
        "readings": [
            _reading(name, answers, punctuated=punctuated)
            for punctuated in (True, False)
            for name in READERS
        ],
        "word_errors": {
            "rate": WORD_ERROR_RATE,
            "moved_less_than_half_a_level": sum(one < 0.5 for one in moved) / len(moved),
            "moved_less_than_a_level": sum(one < 1 for one in moved) / len(moved),
            "mean_levels_moved": sum(moved) / len(moved),
        },
    }


def _answers(half: Half, folder: Path) -> tuple[LabelledAnswer, ...]:
    answers = labelled_answers(half, folder)
    if not answers:
        raise ValueError(f"there are no labelled answers in {folder / half}")
    return answers


def _reading(name: str, answers: Sequence[LabelledAnswer], *, punctuated: bool) -> dict[str, Any]:
    comparisons = [compare(one, READERS[name], punctuated=punctuated) for one in answers]
    low, high = interval(comparisons, kappa)
    words = [pair for one in comparisons for pair in one.words]
    clauses = [pair for one in comparisons for pair in one.clauses]
    levels = [one.levels for one in comparisons]
    return {
        "reader": name,
        "punctuated": punctuated,
        "kappa": kappa(comparisons),
        "kappa_interval": [low, high],
        "same_level": sum(human == heard for human, heard in levels) / len(levels),
        "within_one_level": sum(abs(human - heard) <= 1 for human, heard in levels) / len(levels),
        "parts": [
            {
                "part": label.value,
                "unit": unit,
                "precision": found(pairs, label).precision,
                "recall": found(pairs, label).recall,
                "f1": found(pairs, label).f1,
                "labelled": found(pairs, label).labelled,
            }
            for unit, pairs in (("words", words), ("clauses", clauses))
            for label in ClauseLabel
        ],
        "levels": [list(row) for row in confusion(levels, LEVELS)],
        "clauses": [list(row) for row in confusion(clauses, list(ClauseLabel))],
    }


def measure() -> list[Row]:
    """Return the rows for `make bench`: level agreement and the parts of each half."""
    rows: list[Row] = []
    for half in get_args(Half):
        answers = _answers(half, LABELLED)
        for punctuated in (True, False):
            how = f"{half} half, {'' if punctuated else 'un'}punctuated"
            for name, reader in READERS.items():
                comparisons = [compare(one, reader, punctuated=punctuated) for one in answers]
                value = kappa(comparisons)
                goal = GOAL if name == "rules" and half == "test" else None
                rows.append(
                    Row(
                        f"level agreement, weighted kappa: {name} ({how}, {len(answers)})",
                        value,
                        "",
                        None if goal is None else f"at least {goal:g}",
                        None if goal is None else value >= goal,
                    )
                )
                if name == "rules":
                    words = [pair for one in comparisons for pair in one.words]
                    rows += [
                        Row(f"{label.value}, F1 of words ({how})", f1, "", None, None)
                        for label in ClauseLabel
                        for f1 in (found(words, label).f1,)
                    ]
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.structure", description="Structure against human labels."
    )
    parser.add_argument("--half", choices=[*get_args(Half), "both"], default="both")
    parser.add_argument("--folder", type=Path, default=LABELLED, help="where the halves lie")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    halves: tuple[Half, ...] = get_args(Half) if options.half == "both" else (options.half,)
    try:
        reports = [report(half, options.folder) for half in halves]
    except (ValueError, OSError) as error:
        print(f"structure: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(reports, indent=2))
    else:
        for one in reports:
            _print(one)
    return 0


def _print(figures: Mapping[str, Any]) -> None:
    print(f"{figures['half']} half, {figures['answers']} answers")
    for reading in figures["readings"]:
        low, high = reading["kappa_interval"]
        print(
            f"\n{reading['reader']}, {'' if reading['punctuated'] else 'un'}punctuated: "
            f"level kappa {reading['kappa']:.3f} ({low:.2f} to {high:.2f}), "
            f"same {reading['same_level']:.0%}, within one {reading['within_one_level']:.0%}"
        )
        print(f"  {'':10} {'words':^23} {'clauses':^23}\n  {'':10}{'     P     R    F1   n' * 2}")
        for label in ClauseLabel:
            told = [part for part in reading["parts"] if part["part"] == label.value]
            cells = " ".join(
                f" {one['precision']:5.2f} {one['recall']:5.2f}"
                f" {one['f1']:5.2f} {one['labelled']:4}"
                for one in told
            )
            print(f"  {label.value:10}{cells}")
        if reading["reader"] == "rules":
            _print_table("level", LEVELS, reading["levels"])
            _print_table("clause", [label.value[:4] for label in ClauseLabel], reading["clauses"])
    errors = figures["word_errors"]
    print(
        f"\nat {errors['rate']:.0%} word errors the level moves less than half a level for "
        f"{errors['moved_less_than_half_a_level']:.0%}, less than a level for "
        f"{errors['moved_less_than_a_level']:.0%}, by {errors['mean_levels_moved']:.2f} in the mean"
        "\n"
    )


def _print_table(what: str, names: Sequence[object], rows: Sequence[Sequence[int]]) -> None:
    print(f"  {what}: labelled (row) and heard (column)")
    print("  " + " " * 6 + "".join(f"{name!s:>6}" for name in names))
    for name, row in zip(names, rows, strict=True):
        print(f"  {name!s:>6}" + "".join(f"{count:6}" for count in row))


if __name__ == "__main__":
    raise SystemExit(main())

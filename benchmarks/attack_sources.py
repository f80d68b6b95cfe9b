"""Genuine answers, and what the data files hold for attacks: outlines, and texts with points."""

import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import WrittenAnswer, unpunctuated
from tests.scoring.attack_generator import Target

MOST_POINTS: Final = 8
"""An outline made from a data file has at most so many points, as people's do."""
NOTES: Final = 4
"""Answers to different questions that make an outline together."""
FEWEST_ANSWER_WORDS: Final = 5
"""Shorter student answers ("no gap") are no sentences that guards could judge."""


Half = Literal["practice", "held_back"]
"""Half of the groups (documents, topics, questions) of a data file, told by their names alone: the
guards are worked on with one and reported on the other."""


class DataError(Exception):
    """A data file can't be read; the message says which and why."""


@dataclass(frozen=True)
class Genuine:
    """A genuine text and the points it makes, according to people."""

    text: str
    kind: QuestionKind
    outline: Outline


@dataclass(frozen=True)
class DataFile:
    """A data file: outlines to attack, and genuine texts with the points that they make."""

    name: str
    targets: tuple[Target, ...]
    genuine: tuple[Genuine, ...]


def genuine_answers(answers: Sequence[WrittenAnswer], *, punctuated: bool) -> list[Genuine]:
    """Return written answers with their outlines, every point of which they make."""
    return [
        Genuine(
            answer.text if punctuated else unpunctuated(answer.text), answer.kind, answer.outline
        )
        for answer in answers
    ]


@dataclass(frozen=True)
class Sample:
    """Which part of each data file is used.

    At most `cases` outlines and as many texts, drawn by `seed`; of one `half` of the groups, or of
    all where it is None.
    """

    cases: int
    seed: int
    half: Half | None = None


def read_data(paths: Sequence[Path], sample: Sample) -> list[DataFile]:
    """Read a sample of data files, and of the `*.jsonl` files of folders.

    Raises:
        DataError: a file is absent, unreadable or in none of the three formats.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("*.jsonl"))
            if not found:
                raise DataError(f"{path}: the folder has no .jsonl files")
            files += found
        else:
            files.append(path)
    return [_drawn(_read(path, sample.half), sample) for path in files]


def _drawn(file: DataFile, sample: Sample) -> DataFile:
    chance = random.Random(sample.seed)
    targets = chance.sample(file.targets, min(sample.cases, len(file.targets)))
    genuine = chance.sample(file.genuine, min(sample.cases, len(file.genuine)))
    return DataFile(file.name, tuple(targets), tuple(genuine))


def _read(path: Path, half: Half | None) -> DataFile:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error
    if not rows:
        raise DataError(f"{path}: the file is empty")
    try:
        if half is not None:
            rows = [row for row in rows if _half_of(row) == half]
        if not rows:
            raise DataError(f"{path}: no groups in its half {half!r}")
        if "points" in rows[0]:
            return DataFile(path.name, *_summaries(rows))
        if "label" in rows[0]:
            return DataFile(path.name, *_arguments(rows))
        if "reference_answers" in rows[0]:
            return DataFile(path.name, *_student_answers(rows))
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: a row lacks {error}") from error
    raise DataError(f"{path}: neither points, labels nor reference answers in its rows")


def _half_of(row: dict[str, Any]) -> Half:
    group = row.get("document") or row.get("topic") or row["question"]
    return "held_back" if zlib.crc32(str(group).encode()) % 2 else "practice"


def _summaries(
    rows: Sequence[dict[str, Any]],
) -> tuple[tuple[Target, ...], tuple[Genuine, ...]]:
    outlines: dict[str, list[str]] = {}
    genuine = []
    for row in rows:
        outlines.setdefault(row["document"], [one["point"] for one in row["points"]])
        made = [
            one["point"] for one in row["points"] if 2 * sum(one["raters"]) > len(one["raters"])
        ]
        if made:
            genuine.append(Genuine(row["text"], QuestionKind.BEHAVIOURAL, _outline("doc", made)))
    return _targets(outlines.items(), QuestionKind.BEHAVIOURAL), tuple(genuine)


def _arguments(
    rows: Sequence[dict[str, Any]],
) -> tuple[tuple[Target, ...], tuple[Genuine, ...]]:
    outlines: dict[str, dict[str, None]] = defaultdict(dict)
    made: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        outlines[f"{row['topic']} {row.get('stance', '')}"][row["point"]] = None
        if row["label"] == 1:
            made[row["text"]].append(row["point"])
    genuine = tuple(
        Genuine(text, QuestionKind.MOTIVATIONAL, _outline("argument", points))
        for text, points in made.items()
    )
    pairs = ((topic, list(points)) for topic, points in outlines.items())
    return _targets(pairs, QuestionKind.MOTIVATIONAL), genuine


def _student_answers(
    rows: Sequence[dict[str, Any]],
) -> tuple[tuple[Target, ...], tuple[Genuine, ...]]:
    genuine = []
    learnt: list[str] = []
    for row in rows:
        references = list(row["reference_answers"])
        if len(references) > 1:
            continue  # which of several a student's answer makes, nobody said
        learnt.append(references[0])
        genuine += [
            Genuine(answer["text"], QuestionKind.TECHNICAL, _outline("answer", references))
            for answer in row["answers"]
            if answer["accuracy"] == "correct"
            and len(answer["text"].split()) >= FEWEST_ANSWER_WORDS
        ]
    # What somebody would note for an exam: the answers to a few questions, an outline.
    notes = (
        (f"exam {first}", learnt[first : first + NOTES]) for first in range(0, len(learnt), NOTES)
    )
    return _targets(notes, QuestionKind.TECHNICAL), tuple(genuine)


def _targets(outlines: Iterable[tuple[str, list[str]]], kind: QuestionKind) -> tuple[Target, ...]:
    return tuple(
        Target(name, kind, name, _outline(name, points[:MOST_POINTS])) for name, points in outlines
    )


def _outline(name: str, points: Sequence[str]) -> Outline:
    return Outline(
        question_id=name,
        version=1,
        points=tuple(Point(id=f"p{n}", text=text) for n, text in enumerate(points)),
    )

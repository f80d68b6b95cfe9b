"""Cases for the coverage benchmark, read from files in three public formats.

Each file is JSON Lines; every line of a file has the same format, told by its fields:

- `points` with `raters` (REALSumm): a text and points, each rated 1 (said) or 0 by several people;
  said is what more than half of them call said.
- `point` and `label` (ArgKP): an argument and a key point, label 1 where they match.
- `reference_answers` and `answers` (SemEval-2013 task 7): answers to a question, said where their
  `accuracy` is "correct"; matching one of the reference answers is enough.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


class CasesError(ValueError):
    """A file of cases can't be used; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class Case:
    """Does this text say one of these points?

    `points` are alternatives: one of them is enough. `data_set` is the file's name (and the corpus
    in it), `group` the document, topic or question whose cases are compared with each other;
    `question` is what the text answers (ArgKP: the motion; empty where nothing was asked);
    `goal` names the line the set is to hold.
    """

    data_set: str
    group: str
    text: str
    points: tuple[str, ...]
    said: bool
    question: str
    goal: str


GOALS: Final = {"REALSumm": 0.83, "ArgKP": 0.78, "SciEntsBank": 0.77, "Beetle": 0.80}
"""Least ROC AUC for each kind of data, with frozen weights and no in-domain fitting."""


def read_cases(paths: Iterable[Path]) -> list[Case]:
    """Return the cases of all files, in order.

    Raises:
        CasesError: a file is absent, empty, not JSON Lines or in none of the three formats.
    """
    cases: list[Case] = []
    for path in paths:
        found = list(_of_file(path))
        if not found:
            raise CasesError(f"{path}: no cases in it")
        cases += found
    return cases


def _of_file(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield from _of_line(path.stem, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CasesError(
                f"{path}, line {number}: in none of the three formats "
                f"({type(error).__name__}: {error})"
            ) from error


def _of_line(name: str, row: dict[str, Any]) -> Iterator[Case]:
    if "reference_answers" in row:
        references = tuple(_text(one) for one in row["reference_answers"])
        if not references:
            raise ValueError("no reference answers")
        corpus = _text(row["corpus"])
        goal = "Beetle" if corpus.lower() == "beetle" else "SciEntsBank"
        question = _text(row["question"])
        for answer in row["answers"]:
            said = _text(answer["accuracy"]) == "correct"
            text = _text(answer["text"])
            yield Case(f"{name}/{corpus}", question, text, references, said, question, goal)
    elif "label" in row:
        yield Case(
            name,
            _text(row["topic"]),
            _text(row["text"]),
            (_text(row["point"]),),
            _vote(row["label"]),
            _text(row["topic"]),
            "ArgKP",
        )
    else:
        for point in row["points"]:
            yield Case(
                name,
                _text(row["document"]),
                _text(row["text"]),
                (_text(point["point"]),),
                _majority([_vote(one) for one in point["raters"]]),
                "",
                "REALSumm",
            )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _vote(value: object) -> bool:
    if value not in (0, 1):
        raise ValueError(f"{value!r} is neither 0 nor 1")
    return value == 1


def _majority(votes: Sequence[bool]) -> bool:
    if not votes:
        raise ValueError("a point without raters")
    return 2 * sum(votes) > len(votes)

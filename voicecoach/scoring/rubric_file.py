"""The typed reading of `rubric.toml`: every table becomes a frozen record, or says what is wrong.

The file is constant data of this package, like the table of word ranks beside it: it comes with the
version of the code, is read once, and nothing a person sets is in it.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from question_bank.question import QuestionKind
from voicecoach.errors import InvalidInputError
from voicecoach.scoring.result import CriterionName

LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5
ALL_WEIGHTS: Final = 100.0
"""What the weights of one question kind add up to."""

_STEPS: Final = HIGHEST_LEVEL - LOWEST_LEVEL
_TABLES: Final = (
    *("version", "weights", "delivery_weights", "levels", "levels_to_ask"),
    *("ladders", "counts", "thresholds"),
)

Anchors = tuple[str, str, str, str, str]
"""What level 1, 2, 3, 4 and 5 look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """The less the better: `most` is the highest value that still earns level 5, 4, 3, 2."""

    most: tuple[float, float, float, float]
    unit: str
    source: str

    def level(self, value: float) -> int:
        """Return the level (1–5) a value earns."""
        for level, ceiling in zip((5, 4, 3, 2), self.most, strict=True):
            if value <= ceiling:
                return level
        return LOWEST_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridors:
    """Best in the middle: each pair is the lowest and highest value that earns level 5, 4, 3, 2."""

    between: tuple[
        tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]
    ]
    unit: str
    source: str

    def level(self, value: float) -> int:
        """Return the level (1–5) a value earns."""
        for level, (low, high) in zip((5, 4, 3, 2), self.between, strict=True):
            if low <= value <= high:
                return level
        return LOWEST_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A level for how many there are: `levels[n]` for n, the last one for all more."""

    levels: tuple[int, ...]
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One figure that decides something: what, in which unit, and where the figure comes from."""

    name: str
    value: float
    unit: str
    decides: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """The whole file. Weights of a question kind sum to 100, those within delivery to its share."""

    version: str
    weights: Mapping[QuestionKind, Mapping[CriterionName, float]]
    weights_source: str
    delivery_weights: Mapping[str, float]
    levels: Mapping[CriterionName, Anchors]
    levels_to_ask: Mapping[CriterionName, Anchors]
    ceilings: Mapping[str, Ceilings]
    corridors: Mapping[str, Corridors]
    counts: Mapping[str, Counts]
    thresholds: Mapping[str, Threshold]

    def number(self, name: str) -> float:
        """Return the value of a threshold.

        Raises:
            KeyError: the file has no such threshold.
        """
        return self.thresholds[name].value


def read_rubric(text: str) -> Rubric:
    """Read the rubric from TOML.

    Raises:
        InvalidInputError: something is missing, unknown, out of range or out of order; the message
            names the place.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong("the file", f"is not valid TOML ({error})") from error
    _exactly(tables, _TABLES, "the file")
    ladders = {name: _table(row, f"ladders.{name}") for name, row in tables["ladders"].items()}
    return Rubric(
        version=_words(tables["version"], "version"),
        weights=_weights(_table(tables["weights"], "weights")),
        weights_source=_words(tables["weights"].get("source"), "weights.source"),
        delivery_weights=_delivery_weights(tables["delivery_weights"]),
        levels=_levels(tables["levels"], "levels", set(CriterionName)),
        levels_to_ask=_levels(tables["levels_to_ask"], "levels_to_ask", None),
        ceilings=_frozen(
            {name: _ceilings(name, row) for name, row in ladders.items() if "most" in row}
        ),
        corridors=_frozen(
            {name: _corridors(name, row) for name, row in ladders.items() if "most" not in row}
        ),
        counts=_frozen({name: _counts(name, row) for name, row in tables["counts"].items()}),
        thresholds=_frozen(
            {name: _threshold(name, row) for name, row in tables["thresholds"].items()}
        ),
    )


def check_weights(weights: Mapping[CriterionName, float], kind: QuestionKind) -> None:
    """Refuse weights of one question kind that are not finite, not negative and summing to 100.

    Raises:
        InvalidInputError: with the kind and the criterion at fault.
    """
    for name, weight in weights.items():
        if not math.isfinite(weight) or weight < 0:
            raise InvalidInputError(
                f"The weight of {name.value} for {kind.value} questions is {weight}.",
                "Give a number from 0 to 100.",
            )
    total = math.fsum(weights.values())
    if not math.isclose(total, ALL_WEIGHTS, abs_tol=1e-6):
        raise InvalidInputError(
            f"The weights for {kind.value} questions add up to {total:g}.",
            "Change them so that they add up to 100.",
        )


def _weights(table: Mapping[str, Any]) -> Mapping[QuestionKind, Mapping[CriterionName, float]]:
    _exactly(table, ("source", *QuestionKind), "weights")
    weights: dict[QuestionKind, Mapping[CriterionName, float]] = {}
    for kind in QuestionKind:
        row = _table(table[kind], f"weights.{kind}")
        _exactly(row, tuple(CriterionName), f"weights.{kind}")
        weights[kind] = _frozen(
            {name: _number(row[name], f"weights.{kind}.{name}") for name in CriterionName}
        )
        check_weights(weights[kind], kind)
    return _frozen(weights)


def _delivery_weights(value: object) -> Mapping[str, float]:
    row = _table(value, "delivery_weights")
    weights = {name: _number(weight, f"delivery_weights.{name}") for name, weight in row.items()}
    if any(weight < 0 for weight in weights.values()) or not any(weights.values()):
        raise _wrong("delivery_weights", "must hold weights of 0 or more, one of them above 0")
    return _frozen(weights)


def _levels(
    value: object, where: str, wanted: set[CriterionName] | None
) -> Mapping[CriterionName, Anchors]:
    table = _table(value, where)
    if wanted is not None:
        _exactly(table, tuple(wanted), where)
    levels: dict[CriterionName, Anchors] = {}
    for name, described in table.items():
        if name not in set(CriterionName):
            raise _wrong(f"{where}.{name}", "is no criterion")
        texts = _list(described, f"{where}.{name}", HIGHEST_LEVEL)
        one, two, three, four, five = (_words(text, f"{where}.{name}") for text in texts)
        levels[CriterionName(name)] = (one, two, three, four, five)
    return _frozen(levels)


def _ceilings(name: str, row: Mapping[str, Any]) -> Ceilings:
    where = f"ladders.{name}"
    _exactly(row, ("most", "unit", "source"), where)
    steps = _list(row["most"], f"{where}.most", _STEPS)
    five, four, three, two = (_number(step, f"{where}.most") for step in steps)
    if not five < four < three < two:
        raise _wrong(f"{where}.most", "must rise from level 5 to level 2")
    return Ceilings(most=(five, four, three, two), **_told(row, where))


def _corridors(name: str, row: Mapping[str, Any]) -> Corridors:
    where = f"ladders.{name}"
    _exactly(row, ("between", "unit", "source"), where)
    pairs = [_list(pair, f"{where}.between", 2) for pair in _list(row["between"], where, _STEPS)]
    five, four, three, two = (
        (_number(low, f"{where}.between"), _number(high, f"{where}.between")) for low, high in pairs
    )
    if not two[0] < three[0] < four[0] < five[0] < five[1] < four[1] < three[1] < two[1]:
        raise _wrong(f"{where}.between", "must widen from level 5 to level 2")
    return Corridors(between=(five, four, three, two), **_told(row, where))


def _counts(name: str, value: object) -> Counts:
    where = f"counts.{name}"
    row = _table(value, where)
    _exactly(row, ("levels", "unit", "source"), where)
    levels = tuple(int(_number(level, f"{where}.levels")) for level in _list(row["levels"], where))
    if not levels or list(levels) != sorted(set(levels)) or not 1 <= levels[0] <= levels[-1] <= 5:
        raise _wrong(f"{where}.levels", "must rise within 1 to 5")
    return Counts(levels=levels, **_told(row, where))


def _threshold(name: str, value: object) -> Threshold:
    where = f"thresholds.{name}"
    row = _table(value, where)
    _exactly(row, ("value", "unit", "decides", "source"), where)
    return Threshold(
        name=name,
        value=_number(row["value"], f"{where}.value"),
        decides=_words(row["decides"], f"{where}.decides"),
        **_told(row, where),
    )


def _told(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    return {name: _words(row[name], f"{where}.{name}") for name in ("unit", "source")}


def _exactly(table: Mapping[str, Any], names: Sequence[str], where: str) -> None:
    for name in table:
        if name not in names:
            raise _wrong(where, f"has {name}, which means nothing here")
    for name in names:
        if name not in table:
            raise _wrong(where, f"lacks {name}")


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, "must be a table")
    return value


def _list(value: object, where: str, length: int | None = None) -> Sequence[Any]:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise _wrong(where, "must be a list" + (f" of {length}" if length is not None else ""))
    return value


def _words(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, "must be a text")
    return value


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong(where, "must be a number")
    return float(value)


def _frozen(table: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(table)


def _wrong(where: str, what: str) -> InvalidInputError:
    return InvalidInputError(
        f"The rubric can't be read: {where} {what}.", "Mend voicecoach/scoring/rubric.toml."
    )

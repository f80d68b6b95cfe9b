"""The rubric as a person reads it: weights, levels, every threshold that decides, its source.

Most of it stands in `rubric.toml`. What is measured rather than judged lives beside the code that
measured it (likeness to a point, to a question; what is a list): those constants are named here,
and the source that is told is the docstring under each, so that figure and source can't part.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from typing import Final, NamedTuple

from question_bank.question import QuestionKind
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.result import CriterionName, CutPoints
from voicecoach.scoring.rubric import DELIVERY_WEIGHTS, RUBRIC, WEIGHTS, anchors_of, version_of
from voicecoach.scoring.rubric_file import Ceilings, Corridors

SCORING: Final = "voicecoach.scoring"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWeights:
    """The weights of one kind of question, summing to 100, and the version they are stored under.

    `own` says that they are the person's; `rubric` are then those of the rubric.
    """

    kind: QuestionKind
    version: str
    own: bool
    weights: Mapping[CriterionName, float]
    rubric: Mapping[CriterionName, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLevels:
    """What the levels 1 to 5 of a criterion look like; `kind` None: for every (other) kind."""

    criterion: CriterionName
    kind: QuestionKind | None
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Which values earn a level: from `low` to `high`, None for no bound."""

    level: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How a measured value becomes a level; what no rung holds is level 1."""

    name: str
    unit: str
    rungs: tuple[Rung, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetThreshold:
    """A figure (or the steps of one) that decides something, and where it comes from."""

    name: str
    values: tuple[float, ...]
    unit: str
    decides: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricSheet:
    """The whole rubric as it holds for one person.

    `cut_points` are those in effect for coverage; with a number above 0 they are the person's own,
    and `rubric_cut_points` the rubric's.
    """

    version: str
    weights: tuple[KindWeights, ...]
    weights_source: str
    delivery_weights: Mapping[str, float]
    levels: tuple[CriterionLevels, ...]
    ladders: tuple[Ladder, ...]
    thresholds: tuple[SheetThreshold, ...]
    cut_points: CutPoints
    rubric_cut_points: CutPoints


class _Measured(NamedTuple):
    """A constant of a scoring module that decides a level, a state or a refusal."""

    module: str
    constant: str
    unit: str
    decides: str


MEASURED: Final = (
    _Measured(
        "coverage_calibration", "SAID_FROM", "of 1", "coverage: likeness from which a point is said"
    ),
    _Measured(
        "coverage_calibration",
        "PARTLY_FROM",
        "of 1",
        "coverage: likeness from which it is partly said",
    ),
    _Measured("coverage", "MATCHED_FROM", "cosine", "coverage: when a word of the point is found"),
    _Measured(
        "coverage", "MOST_POINTS_PER_SPAN", "points", "coverage: points one stretch pays for"
    ),
    _Measured("coverage", "SAME_SPAN_FROM", "of the words", "coverage: what is the same stretch"),
    _Measured(
        "coverage", "PIECE_FROM", "of the words", "coverage: when a guard holds for a piece too"
    ),
    _Measured("coverage", "LEVEL_WIDTH", "of the points", "coverage: how wide a level is"),
    _Measured(
        "coverage_calibration",
        "HELD_BACK_WORTH",
        "of a point",
        "coverage: the most that a point counts which a guard holds back",
    ),
    _Measured("keyword_list", "LIST_WINDOW", "words", "coverage: length of a list"),
    _Measured("keyword_list", "SHORT_LIST", "words", "coverage: length of a short list"),
    _Measured(
        "keyword_list",
        "MOST_FUNCTION_WORDS_OF_A_LIST",
        "function words",
        "coverage: what is a bare list and not a sentence",
    ),
    _Measured(
        "coverage_guards",
        "DENIED_THROUGHOUT",
        "of the words",
        "coverage: denied from here on is not heard, below it partly",
    ),
    _Measured("relevance", "SAME_QUESTION", "cosine", "relevance: when two questions are one"),
    _Measured("relevance", "OWN_STEPS", "likeness", "relevance with an outline: levels 2 to 5"),
    _Measured("relevance", "GENERAL_STEPS", "likeness", "relevance without one: levels 2 to 5"),
    _Measured("relevance", "CHANCE_OWN", "of 1", "relevance: likeness to an outline by chance"),
    _Measured("relevance", "CHANCE_GENERAL", "of 1", "relevance: the same, general points"),
    _Measured(
        "relevance", "TOLD_FOR_TOP", "of the outline", "relevance 5 whatever the cosines say"
    ),
    _Measured("relevance", "TOLD_FOR_HIGH", "of the outline", "relevance 4 at least"),
    _Measured("relevance", "UNRELATED_BELOW", "cosine", "relevance 1: belongs to no question"),
    _Measured("relevance", "PLAIN_FROM", "cosine", "relevance 5: plainly about the question"),
    _Measured("relevance", "OTHER_OUTLINE_FROM", "of 1", "relevance 1: makes another's points"),
    _Measured("relevance", "OTHER_OUTLINE_AHEAD", "of 1", "relevance 1: so much more than its own"),
    _Measured("relevance", "TOUCHED_FROM", "of 1", "relevance: likeness that half tells a point"),
    _Measured("relevance", "TOLD_FROM", "of 1", "relevance: likeness that tells a point"),
    _Measured(
        "spoken_time", "LEAST_SIGNAL_TO_NOISE", "dB", "delivery: less is too noisy to measure"
    ),
    _Measured(
        "filled_pause_rate",
        "LOWEST_SIGNAL_TO_NOISE",
        "dB",
        "filled pauses: less is too noisy to tell even about how many",
    ),
    _Measured("filled_pauses", "LIKELY", "probability", "filled pauses: what counts as one"),
    _Measured(
        "filled_pauses",
        "SURE",
        "probability",
        "filled pauses: what shows the vowel they are made of",
    ),
    _Measured(
        "voice_variation",
        "LEAST_SIGNAL_TO_NOISE_FOR_LOUDNESS",
        "dB",
        "delivery: less is too noisy to show how loudness moves",
    ),
    _Measured("structure", "SEVERAL", "actions", "structure 4: the least number of actions"),
)
"""What decides and does not stand in the file, in the order in which it is told."""


def rubric_sheet(
    weights: Mapping[QuestionKind, Mapping[CriterionName, float]],
    *,
    own_cut_points: CutPoints | None,
    kind: QuestionKind | None = None,
) -> RubricSheet:
    """Return the rubric as it holds for a person.

    Args:
        weights: those in effect for each kind.
        own_cut_points: the person's own; None where the rubric's hold.
        kind: only the weights and levels of this kind of question.
    """
    kinds = tuple(QuestionKind) if kind is None else (kind,)
    return RubricSheet(
        version=RUBRIC.version,
        weights=tuple(kind_weights(weights[one], one) for one in kinds),
        weights_source=RUBRIC.weights_source,
        delivery_weights={name.value: weight for name, weight in DELIVERY_WEIGHTS.items()},
        levels=_levels(kind),
        ladders=_ladders(),
        thresholds=(*_of_the_file(), *(_measured(one) for one in MEASURED)),
        cut_points=own_cut_points or CUT_POINTS,
        rubric_cut_points=CUT_POINTS,
    )


def kind_weights(row: Mapping[CriterionName, float], kind: QuestionKind) -> KindWeights:
    """Return one kind's weights beside the rubric's; a criterion left out weighs 0."""
    version = version_of(row, kind)
    return KindWeights(
        kind=kind,
        version=version,
        own=version != RUBRIC.version,
        weights={name: float(row.get(name, 0.0)) for name in CriterionName},
        rubric=dict(WEIGHTS[kind]),
    )


def source_beside(module: str, constant: str) -> str:
    """Return the docstring under a constant of a scoring module, as one paragraph.

    Constants in a row share the docstring under the last of them.

    Raises:
        LookupError: there is no such constant, or no docstring under it.
    """
    found = False
    for statement in _statements(module):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found = found or statement.target.id == constant
            continue
        if found:
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                return " ".join(value.value.split())
            break
    raise LookupError(f"{module}.{constant} has no source beside it")


@cache
def _statements(module: str) -> tuple[ast.stmt, ...]:
    source = resources.files(SCORING).joinpath(f"{module}.py").read_text(encoding="utf-8")
    return tuple(ast.parse(source).body)


def _measured(one: _Measured) -> SheetThreshold:
    value = getattr(import_module(f"{SCORING}.{one.module}"), one.constant)
    return SheetThreshold(
        name=one.constant.lower(),
        values=tuple(map(float, value)) if isinstance(value, tuple) else (float(value),),
        unit=one.unit,
        decides=one.decides,
        source=source_beside(one.module, one.constant),
    )


def _of_the_file() -> tuple[SheetThreshold, ...]:
    counted = tuple(
        SheetThreshold(
            name=name,
            values=tuple(float(level) for level in row.levels),
            unit=row.unit,
            decides=f"{name.removesuffix('_to_ask')}: the level for none, one, two and so on"
            + (", in a question to ask them" if name.endswith("_to_ask") else ""),
            source=row.source,
        )
        for name, row in RUBRIC.counts.items()
    )
    single = tuple(
        SheetThreshold(
            name=one.name,
            values=(one.value,),
            unit=one.unit,
            decides=one.decides,
            source=one.source,
        )
        for one in RUBRIC.thresholds.values()
    )
    return (*counted, *single)


def _levels(kind: QuestionKind | None) -> tuple[CriterionLevels, ...]:
    if kind is not None:
        return tuple(
            CriterionLevels(criterion=name, kind=kind, levels=anchors_of(name, kind))
            for name in CriterionName
        )
    return (
        *(
            CriterionLevels(criterion=name, kind=None, levels=levels)
            for name, levels in RUBRIC.levels.items()
        ),
        *(
            CriterionLevels(criterion=name, kind=QuestionKind.TO_ASK, levels=levels)
            for name, levels in RUBRIC.levels_to_ask.items()
        ),
    )


def _ladders() -> tuple[Ladder, ...]:
    ladders: dict[str, Ceilings | Corridors] = {**RUBRIC.corridors, **RUBRIC.ceilings}
    return tuple(
        Ladder(name=name, unit=row.unit, rungs=_rungs(row), source=row.source)
        for name, row in ladders.items()
    )


def _rungs(row: Ceilings | Corridors) -> tuple[Rung, ...]:
    bounds: list[tuple[float | None, float]] = (
        [(None, high) for high in row.most] if isinstance(row, Ceilings) else [*row.between]
    )
    return tuple(
        Rung(level=level, low=low, high=high)
        for level, (low, high) in zip((5, 4, 3, 2), bounds, strict=True)
    )

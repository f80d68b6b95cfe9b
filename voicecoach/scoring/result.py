"""The shape of a judgement: criteria with levels and evidence, or the reasons there is none.

`Judgement` is a union that JSON tells apart by its field `kind` ("score" or "unscoreable").
"""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from voicecoach.scoring.evidence import Evidence


class CriterionName(StrEnum):
    """The six criteria of the rubric."""

    RELEVANCE = "relevance"
    COVERAGE = "coverage"
    STRUCTURE = "structure"
    SPECIFICITY = "specificity"
    OWN_PART = "own_part"
    DELIVERY = "delivery"


class PointState(StrEnum):
    """Whether a point of the outline was heard."""

    SAID = "said"
    PARTLY = "partly"
    NOT_HEARD = "not_heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPoints:
    """The similarities (0–1) from which a point is said, and from which it is partly said.

    `number` counts a person's recalibrations; 0 are the rubric's own cut-points.
    """

    said_from: float
    partly_from: float
    number: int = 0

    def state(self, similarity: float) -> PointState:
        """Return the state of a point, as far as its similarity decides."""
        if similarity >= self.said_from:
            return PointState.SAID
        return PointState.PARTLY if similarity >= self.partly_from else PointState.NOT_HEARD


@dataclass(frozen=True, slots=True, kw_only=True)
class PointCoverage:
    """One outline point: its state, the similarity behind it (0–1) and the words that matched.

    `guard` names the guard that held it back ("list", "recited", "negation", "future",
    "conditional", "other_person", "number", "shared"), None if none did.
    """

    point_id: str
    text: str
    state: PointState
    similarity: float
    guard: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One delivery measure: its level (1–5) and weight.

    Without a level `not_measured` says why. Its evidence may then still show what was heard: words,
    or values that nothing is known to set a level by (pitch and loudness variation; weight 0).
    """

    name: str
    level: int | None
    weight: float
    not_measured: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of the rubric.

    `level` is 1–5; None with `not_measured` saying why (its weight is then shared out).
    `weight` is its share of the overall in this score, after sharing out (sums to 100).
    `anchor` is the rubric's description of the level reached. `points` is filled for coverage,
    `measures` for delivery.
    """

    name: CriterionName
    level: float | None
    not_measured: str | None
    weight: float
    anchor: str
    evidence: tuple[Evidence, ...]
    points: tuple[PointCoverage, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing to do next. `because` is the evidence that caused it; `criterion` what it serves.

    `gain` is how many points of 100 the overall would rise if it were mended.
    """

    text: str
    criterion: CriterionName
    gain: float
    because: tuple[Evidence, ...]


class Score(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="score"):
    """A whole judgement. `overall` is 0–100; `capped_by` names the gate that capped it.

    `outline_version` is the outline it was measured against (None: there was none);
    `encoder` names the sentence encoder's weights (None: there was none). `rubric_version` carries
    a fingerprint where the weights were the person's own ("2+a1b2c3"), `weights` are those of the
    question's kind before any was shared out (empty in judgements of rubric 1, which did not keep
    them), `cut_points` the person's own for coverage (None: the rubric's).
    """

    overall: float
    criteria: tuple[Criterion, ...]
    advice: tuple[Advice, ...]
    follow_up: str | None
    follow_up_because: tuple[Evidence, ...]
    capped_by: str | None
    rubric_version: str
    transcript_version: int
    outline_version: int | None
    encoder: str | None
    weights: dict[CriterionName, float] = {}
    cut_points: CutPoints | None = None


class Unscoreable(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="unscoreable"):
    """No judgement is possible, and why. Never a low score."""

    reasons: tuple[str, ...]
    rubric_version: str
    transcript_version: int | None


Judgement = Score | Unscoreable

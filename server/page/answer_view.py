"""The result of an answer as its page shows it: what was judged, on which words and sounds. Pure.

Numbers and words come from the result; here they only find their places: which evidence can be
heard, what a criterion adds to the overall, which marks stand in the transcript.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from server.page.marked_transcript import (
    MarkedPoint,
    Run,
    SoundKind,
    SoundMark,
    TextPiece,
    mark_transcript,
)
from server.page.words import POINT_STATES
from voicecoach.attempt_result import AttemptResult
from voicecoach.result_words import (
    GUARD_WORDS,
    VERDICT_WORDS,
    evidence_text,
    evidence_time,
    is_of_the_whole,
)
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.evidence import Evidence, Measurement, Quote
from voicecoach.scoring.result import (
    Advice,
    Criterion,
    CriterionName,
    Measure,
    PointCoverage,
    PointState,
    Score,
)
from voicecoach.scoring.rubric import (
    LONG_PAUSE_SECONDS,
    DeliveryMeasure,
    part_of_overall,
)
from voicecoach.speech.acoustics import SoundMeasures


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """One piece of evidence. `time` is "" where there is none worth telling.

    With seconds it can be heard; with characters it can be lit up in the transcript that is shown.
    """

    text: str
    time: str
    start_seconds: float | None
    end_seconds: float | None
    start_char: int | None
    end_char: int | None

    @property
    def can_be_heard(self) -> bool:
        """Whether it is a moment of the sound."""
        return self.start_seconds is not None and self.end_seconds is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPoint:
    """A point of the outline, by its place from 1, as the coach and the person see it."""

    place: int
    point_id: str
    text: str
    state: str
    tone: str
    held_back: str
    evidence: tuple[ShownEvidence, ...]
    verdict: Verdict | None
    verdict_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMeasure:
    """One measure of delivery."""

    name: str
    level: int | None
    not_measured: str
    evidence: tuple[ShownEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCriterion:
    """One criterion; `adds` is what it gives of the `weight` it could give to the overall."""

    name: str
    level: float | None
    not_measured: str
    weight: float
    adds: float
    anchor: str
    evidence: tuple[ShownEvidence, ...]
    points: tuple[ShownPoint, ...]
    measures: tuple[ShownMeasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAdvice:
    """One thing to do next: `gain` points of 100, because of some evidence."""

    text: str
    serves: str
    gain: float
    because: tuple[ShownEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """All of it. `criteria` and `advice` are empty without a score, `text` without words.

    `marked_points` are the points that have words in the text, `pauses` and `filled_pauses` how
    many are marked in it, `unsure_words` how many words the engine was not sure of.
    """

    criteria: tuple[ShownCriterion, ...]
    points: tuple[ShownPoint, ...]
    advice: tuple[ShownAdvice, ...]
    follow_up_because: tuple[ShownEvidence, ...]
    text: tuple[Run, ...]
    sounds: tuple[SoundMark, ...]
    marked_points: tuple[ShownPoint, ...]
    pauses: int
    filled_pauses: int
    unsure_words: int


def view_answer(result: AttemptResult) -> AnswerView:
    """Return a result as its page shows it."""
    version = result.transcript.version if result.transcript else None
    score = result.score
    criteria = score.criteria if score else ()
    coverage = next((one for one in criteria if one.name is CriterionName.COVERAGE), None)
    covered = coverage.points if coverage else ()
    verdicts = {one.point_id: one.verdict for one in result.verdicts if one.verdict}
    points = tuple(
        _point(place, point, verdicts.get(point.point_id), version)
        for place, point in enumerate(covered, start=1)
    )
    sounds = _sounds(criteria, result.sound)
    fillers = tuple(
        one for one in _evidence_of(criteria, DeliveryMeasure.FILLED_PAUSES) if _is_quote(one)
    )
    text = (
        mark_transcript(
            result.transcript,
            quotes=_quotes(score),
            points=[
                MarkedPoint(place=place, quotes=tuple(filter(_is_quote, point.evidence)))
                for place, point in enumerate(covered, start=1)
                if point.state is not PointState.NOT_HEARD
            ],
            filled_pauses=fillers,
            heard=sounds,
        )
        if result.transcript
        else ()
    )
    pieces = [piece for run in text for piece in run.pieces if isinstance(piece, TextPiece)]
    said = {place for run in text for place in run.points}
    heard_fillers = sum(mark.kind is SoundKind.FILLED_PAUSE for mark in sounds)
    return AnswerView(
        criteria=tuple(_criterion(one, points, version) for one in criteria),
        points=points,
        advice=tuple(_advice(one, version) for one in score.advice) if score else (),
        follow_up_because=show_evidence(score.follow_up_because, version) if score else (),
        text=text,
        sounds=sounds,
        marked_points=tuple(point for point in points if point.place in said),
        pauses=sum(mark.kind is SoundKind.PAUSE for mark in sounds),
        filled_pauses=heard_fillers + len(fillers),
        unsure_words=len({piece.word for piece in pieces if piece.unsure}),
    )


def show_evidence(evidence: Iterable[Evidence], version: int | None) -> tuple[ShownEvidence, ...]:
    """Return evidence as it is shown beside a version of the transcript.

    What speaks of the whole answer is not played; a quote of another version is not lit up, since
    its characters stand elsewhere now.
    """
    return tuple(_shown(one, version) for one in evidence)


def _shown(evidence: Evidence, version: int | None) -> ShownEvidence:
    whole = is_of_the_whole(evidence)
    own = evidence.transcript_version == version
    place = evidence if isinstance(evidence, Quote) and own else None
    return ShownEvidence(
        text=evidence_text(evidence),
        time="" if whole else evidence_time(evidence),
        start_seconds=None if whole else evidence.start_seconds,
        end_seconds=None if whole else evidence.end_seconds,
        start_char=place.start_char if place else None,
        end_char=place.end_char if place else None,
    )


def _point(
    place: int, point: PointCoverage, verdict: Verdict | None, version: int | None
) -> ShownPoint:
    heard = point.state is not PointState.NOT_HEARD
    state, tone = POINT_STATES[point.state]
    return ShownPoint(
        place=place,
        point_id=point.point_id,
        text=point.text,
        state=state,
        tone=tone,
        held_back="" if point.guard is None else GUARD_WORDS.get(point.guard, point.guard),
        evidence=show_evidence(filter(_is_quote, point.evidence), version) if heard else (),
        verdict=verdict,
        verdict_words="" if verdict is None else VERDICT_WORDS[verdict],
    )


def _criterion(
    criterion: Criterion, points: tuple[ShownPoint, ...], version: int | None
) -> ShownCriterion:
    level = criterion.level
    carried = criterion.points or criterion.measures  # these show the evidence themselves
    return ShownCriterion(
        name=criterion.name.value.replace("_", " "),
        level=level,
        not_measured=criterion.not_measured or "",
        weight=criterion.weight,
        adds=0.0 if level is None else part_of_overall(level, criterion.weight),
        anchor=criterion.anchor,
        evidence=() if carried else show_evidence(criterion.evidence, version),
        points=points if criterion.name is CriterionName.COVERAGE else (),
        measures=tuple(_measure(one, version) for one in criterion.measures),
    )


def _measure(measure: Measure, version: int | None) -> ShownMeasure:
    return ShownMeasure(
        name=measure.name.replace("_", " "),
        level=measure.level,
        not_measured=measure.not_measured or "",
        evidence=show_evidence(measure.evidence, version),
    )


def _advice(advice: Advice, version: int | None) -> ShownAdvice:
    return ShownAdvice(
        text=advice.text,
        serves=advice.criterion.value.replace("_", " "),
        gain=advice.gain,
        because=show_evidence(advice.because, version),
    )


def _sounds(criteria: Iterable[Criterion], sound: SoundMeasures | None) -> tuple[SoundMark, ...]:
    """Return the long silences and the filled pauses that are in the sound only, in order.

    Where silences were not judged (no score, no times of words) they are those of the sound.
    """
    judged = _evidence_of(criteria, DeliveryMeasure.SILENT_PAUSES)
    pauses = [
        SoundMark(kind=SoundKind.PAUSE, start_seconds=start, end_seconds=end)
        for start, end in _moments(judged)
    ]
    if not judged and sound is not None:
        pauses = [
            SoundMark(
                kind=SoundKind.PAUSE,
                start_seconds=pause.start_seconds,
                end_seconds=pause.end_seconds,
            )
            for pause in sound.pauses
            if pause.seconds >= LONG_PAUSE_SECONDS
        ]
    fillers = [
        SoundMark(kind=SoundKind.FILLED_PAUSE, start_seconds=start, end_seconds=end)
        for start, end in _moments(_evidence_of(criteria, DeliveryMeasure.FILLED_PAUSES))
    ]
    return tuple(sorted([*pauses, *fillers], key=lambda mark: mark.start_seconds))


def _moments(evidence: Sequence[Evidence]) -> list[tuple[float, float]]:
    """Return the spans of single events; the first measurement is the rate over all of it."""
    return [
        (one.start_seconds, one.end_seconds)
        for one in evidence[1:]
        if isinstance(one, Measurement)
        and one.start_seconds is not None
        and one.end_seconds is not None
    ]


def _evidence_of(criteria: Iterable[Criterion], name: DeliveryMeasure) -> tuple[Evidence, ...]:
    return next(
        (
            measure.evidence
            for criterion in criteria
            for measure in criterion.measures
            if measure.name == name.value
        ),
        (),
    )


def _quotes(score: Score | None) -> list[Quote]:
    """Return every quote a score stands on, so that each can be lit up exactly."""
    if score is None:
        return []
    every: list[Evidence] = [*score.follow_up_because]
    for advice in score.advice:
        every += advice.because
    for criterion in score.criteria:
        every += criterion.evidence
        for point in criterion.points:
            every += point.evidence
        for measure in criterion.measures:
            every += measure.evidence
    return list(filter(_is_quote, every))


def _is_quote(evidence: Evidence) -> TypeGuard[Quote]:
    return isinstance(evidence, Quote)

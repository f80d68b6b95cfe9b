"""The whole judgement: what was said and how, criterion by criterion, and what to do next.

Reads top to bottom: refuse what can't be judged, look at each criterion, share the weights out
over those that could be measured, add up, cap what belongs to another question, advise.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.outline import Outline
from question_bank.question import QuestionKind
from voicecoach.scoring.answered import measure_answered
from voicecoach.scoring.content import Content, content_of
from voicecoach.scoring.coverage import cover_outline, coverage_level
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.delivery import Delivery, measure_delivery
from voicecoach.scoring.evidence import Evidence
from voicecoach.scoring.feedback import advise
from voicecoach.scoring.findings import Findings
from voicecoach.scoring.follow_up import ask_follow_up
from voicecoach.scoring.own_part import OwnPart, measure_own_part
from voicecoach.scoring.relevance import Relevance, measure_relevance
from voicecoach.scoring.result import (
    Criterion,
    CriterionName,
    CutPoints,
    Judgement,
    PointCoverage,
    Score,
    Unscoreable,
)
from voicecoach.scoring.rubric import (
    OFF_TOPIC_CAP,
    RUBRIC_VERSION,
    WEIGHTS,
    anchor,
    check_weights,
    part_of_overall,
    shared_out,
    version_of,
)
from voicecoach.scoring.specificity import Specificity, measure_specificity
from voicecoach.scoring.story import tell_story
from voicecoach.scoring.structure import Structure, measure_structure
from voicecoach.scoring.unscoreable import reasons_against_scoring, reasons_in_the_sound
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import Transcript

NO_ENCODER: Final = (
    "The sentence encoder is not on this machine. Run “voicecoach doctor” to see how to get it, "
    "then score the answer again."
)
"""Why relevance and coverage are not measured without an encoder, with the remedy."""

_STORY_CRITERIA: Final = frozenset({CriterionName.STRUCTURE, CriterionName.OWN_PART})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A criterion before it has a weight."""

    level: float | None
    evidence: tuple[Evidence, ...]
    not_measured: str | None = None


def score_answer(
    *,
    transcript: Transcript,
    sound: SoundMeasures | None,
    question_text: str,
    kind: QuestionKind,
    target_seconds: int,
    outline: Outline | None,
    other_questions: Sequence[str],
    encoder: SentenceEncoder | None,
    encoder_name: str | None,
    expected_language: str,
    follow_up: bool = False,
    follows: Transcript | None = None,
    heard: Transcript | None = None,
    other_outlines: Mapping[str, Outline] | None = None,
    weights: Mapping[QuestionKind, Mapping[CriterionName, float]] = WEIGHTS,
    cut_points: CutPoints | None = None,
) -> Judgement:
    """Judge an answer: a score with evidence, or the reasons why there is none.

    Args:
        transcript: the words that count for the content; newest version.
        sound: what the recording tells without words; None for a typed answer.
        question_text: what was asked.
        kind: chooses the weights and how structure is read.
        target_seconds: how long a good answer takes.
        outline: the points to be made; None or empty leaves coverage out.
        other_questions: the person's other questions, against which relevance is judged.
        encoder: from words to vectors; None leaves relevance and coverage unmeasured.
        encoder_name: names the encoder's weights in the score.
        expected_language: ISO 639-1 code the person answers in.
        follow_up: whether a follow-up is answered. It asks for one thing, so the whole story
            (structure, own part) is not asked of it, and no further follow-up is. Relevance is
            whether it gives what was asked for, where that can be told (`answered`); `outline` is
            then the point that was asked for, if it was one.
        follows: the answer that is followed up, in whose light a follow-up's answer is read.
        heard: the recogniser's own first transcript, where `transcript` was corrected since:
            content follows the words, delivery follows the sound.
        other_outlines: the outlines of the other questions by question text, where they have one;
            with them relevance tells far more surely that an answer belongs to another question.
        weights: per question kind and criterion, summing to 100 for each kind.
        cut_points: the person's own for coverage; None for the rubric's.

    Raises:
        InvalidInputError: the weights of this kind don't sum to 100 or one is negative.
    """
    check_weights(weights[kind], kind)
    content = content_of(
        transcript, question_text="" if kind is QuestionKind.TO_ASK else question_text
    )
    reasons = reasons_against_scoring(
        transcript,
        content,
        sound,
        kind=kind,
        expected_language=expected_language,
        follow_up=follow_up,
    )
    if reasons:
        return Unscoreable(
            reasons=reasons,
            rubric_version=RUBRIC_VERSION,
            transcript_version=transcript.version,
        )
    if outline is not None and not outline.points:
        outline = None
    said = content.transcript
    answered = measure_answered(question_text, said, kind, follows) if follow_up else None
    wanted = {
        name
        for name, weight in weights[kind].items()
        if weight > 0
        and not (name is CriterionName.COVERAGE and outline is None)
        and not (follow_up and name in _STORY_CRITERIA)
        and not (follow_up and name is CriterionName.RELEVANCE and answered is None)
    }
    story = tell_story(said, kind)
    findings = Findings(
        kind=kind,
        question_text=question_text,
        outline=outline,
        content=content,
        relevance=None
        if follow_up
        else _relevance(
            wanted,
            content,
            question_text,
            other_questions,
            encoder,
            outline=outline,
            other_outlines=other_outlines,
        ),
        points=_points(
            wanted,
            content,
            outline,
            encoder,
            kind=kind,
            question_text=question_text,
            cut_points=cut_points or CUT_POINTS,
        ),
        structure=measure_structure(said, story),
        specificity=measure_specificity(said, kind),
        own_part=measure_own_part(said, story),
        delivery=_delivery(transcript, heard, sound, target_seconds),
        cut_points=cut_points or CUT_POINTS,
        answered=answered,
    )
    found = _by_criterion(findings, outline)
    shares = shared_out(
        {
            name: weight
            for name, weight in weights[kind].items()
            if name in wanted and found[name].level is not None
        }
    )
    criteria = tuple(
        _criterion(name, found[name], shares.get(name, 0.0), findings)
        for name in CriterionName
        if name in wanted
    )
    earned = round(
        math.fsum(
            part_of_overall(criterion.level, criterion.weight)
            for criterion in criteria
            if criterion.level is not None
        ),
        1,
    )
    off_topic = findings.relevance is not None and findings.relevance.clearly_other
    question, because = (None, ()) if follow_up else ask_follow_up(findings)
    return Score(
        overall=min(earned, OFF_TOPIC_CAP) if off_topic else earned,
        criteria=criteria,
        advice=advise(findings, criteria, earned=earned),
        follow_up=question,
        follow_up_because=because,
        capped_by=CriterionName.RELEVANCE.value if off_topic else None,
        rubric_version=version_of(weights[kind], kind),
        transcript_version=transcript.version,
        outline_version=None if outline is None else outline.version,
        encoder=encoder_name if encoder is not None else None,
        weights={name: float(weight) for name, weight in weights[kind].items() if weight > 0},
        cut_points=cut_points,
    )


def _relevance(
    wanted: set[CriterionName],
    content: Content,
    question_text: str,
    other_questions: Sequence[str],
    encoder: SentenceEncoder | None,
    *,
    outline: Outline | None,
    other_outlines: Mapping[str, Outline] | None,
) -> Relevance | None:
    if encoder is None or CriterionName.RELEVANCE not in wanted:
        return None
    return measure_relevance(
        content.transcript,
        question_text,
        other_questions,
        encoder,
        outline,
        other_outlines=other_outlines,
    )


def _points(
    wanted: set[CriterionName],
    content: Content,
    outline: Outline | None,
    encoder: SentenceEncoder | None,
    *,
    kind: QuestionKind,
    question_text: str,
    cut_points: CutPoints,
) -> tuple[PointCoverage, ...]:
    if encoder is None or outline is None or CriterionName.COVERAGE not in wanted:
        return ()
    return cover_outline(
        content.transcript,
        outline,
        encoder,
        kind=kind,
        question_text=question_text,
        cut_points=cut_points,
    )


def _delivery(
    transcript: Transcript,
    heard: Transcript | None,
    sound: SoundMeasures | None,
    target_seconds: int,
) -> Delivery:
    if sound is not None and (reasons := reasons_in_the_sound(sound)):
        return Delivery(level=None, not_measured=" ".join(reasons), measures=())
    return measure_delivery(heard or transcript, sound, target_seconds=target_seconds)


def _by_criterion(findings: Findings, outline: Outline | None) -> dict[CriterionName, _Found]:
    relevance, points = findings.relevance, findings.points
    structure: Structure = findings.structure
    specificity: Specificity = findings.specificity
    own_part: OwnPart = findings.own_part
    delivery: Delivery = findings.delivery
    without_encoder = _Found(level=None, evidence=(), not_measured=NO_ENCODER)
    return {
        CriterionName.RELEVANCE: (
            _Found(level=found.level, evidence=found.evidence)
            if (found := findings.answered or relevance) is not None
            else without_encoder
        ),
        CriterionName.COVERAGE: (
            _Found(
                level=coverage_level(points, outline, findings.cut_points),
                evidence=tuple(piece for point in points for piece in point.evidence),
            )
            if points and outline is not None
            else without_encoder
        ),
        CriterionName.STRUCTURE: _Found(level=structure.level, evidence=structure.evidence),
        CriterionName.SPECIFICITY: _Found(level=specificity.level, evidence=specificity.evidence),
        CriterionName.OWN_PART: _Found(level=own_part.level, evidence=own_part.evidence),
        CriterionName.DELIVERY: _Found(
            level=delivery.level, evidence=delivery.evidence, not_measured=delivery.not_measured
        ),
    }


def _criterion(name: CriterionName, found: _Found, weight: float, findings: Findings) -> Criterion:
    restored = findings.content.restore_all(found.evidence)
    return Criterion(
        name=name,
        level=found.level,
        not_measured=found.not_measured,
        weight=weight,
        anchor=_anchor(name, found.level, findings),
        evidence=found.evidence if name is CriterionName.DELIVERY else restored,
        points=(
            tuple(findings.content.restore_point(point) for point in findings.points)
            if name is CriterionName.COVERAGE
            else ()
        ),
        measures=findings.delivery.measures if name is CriterionName.DELIVERY else (),
    )


def _anchor(name: CriterionName, level: float | None, findings: Findings) -> str:
    if level is None:
        return ""
    if name is CriterionName.RELEVANCE and findings.answered is not None:
        return findings.answered.anchor
    return anchor(name, level, findings.kind)

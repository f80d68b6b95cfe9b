"""Counts how attacks fare and which guards alarm at genuine text; `attacks` says what counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.attack_sources import Genuine
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import WrittenAnswer, spoken
from tests.scoring.attack_generator import (
    AimedAttack,
    Target,
    changed_numbers,
    denied_points,
    doubled,
    joined_keywords,
    keyword_salads,
    ordered_keywords,
    others_deeds,
    outline_read_aloud,
    planned_points,
    repeated_question,
    rubric_talk,
    with_rubric_talk,
)
from tests.scoring.attack_phrasings import Phrasings
from tests.scoring.misheard import with_recognition_errors
from voicecoach.engines import NamedEncoder
from voicecoach.scoring.comparable import read_answer
from voicecoach.scoring.coverage import cover_outline, cover_points_alone
from voicecoach.scoring.coverage_calibration import PARTLY_FROM, SAID_FROM
from voicecoach.scoring.own_part import measure_own_part
from voicecoach.scoring.result import PointState, Score
from voicecoach.scoring.score import score_answer
from voicecoach.scoring.similarity import point_similarities
from voicecoach.scoring.specificity import measure_specificity
from voicecoach.scoring.story import tell_story
from voicecoach.scoring.structure import measure_structure

PAST: Final = QuestionKind.BEHAVIOURAL
TARGET_SECONDS: Final = 120
WORD_ERRORS: Final = 0.1
MISHEARD: Final = "outline read aloud, one word in ten misheard"


@dataclass(frozen=True)
class Outcome:
    """How one kind of attack fared: how many, and how many got through before and after.

    `where` names the data file whose outlines were attacked; empty for our own.
    """

    attack: str
    count: int
    before: int | None
    after: int
    where: str = ""

    @property
    def through(self) -> float:
        """The share that gets through."""
        return self.after / max(self.count, 1)

    @property
    def through_before(self) -> float | None:
        """The share that got through before; None where the guard can't be taken out."""
        return None if self.before is None else self.before / max(self.count, 1)


@dataclass(frozen=True)
class Alarms:
    """False alarms on one body of genuine text: points looked at, and alarms by guard."""

    where: str
    points: int
    by_guard: dict[str, int]

    @property
    def any_guard(self) -> int:
        """All alarms."""
        return sum(self.by_guard.values())


# Attacks on points


def attack_points(
    name: str, attacks: Iterable[AimedAttack | None], encoder: NamedEncoder, *, where: str = ""
) -> Outcome:
    """Count the points named by attacks, and those that count as said."""
    count = before = after = 0
    for attack in attacks:
        if attack is None:
            continue
        target = attack.target
        transcript = spoken(attack.text)
        said = cover_outline(transcript, target.outline, encoder.encode, kind=target.kind)
        answer = read_answer(transcript, encoder.encode)
        assert answer is not None
        alike = point_similarities(answer, target.outline, encoder.encode)
        aimed_at = {point.id for point in attack.aimed_at}
        for point, similarity in zip(said, alike, strict=True):
            if point.point_id in aimed_at:
                count += 1
                before += similarity >= SAID_FROM
                after += point.state is PointState.SAID
    return Outcome(name, count, before, after, where)


def point_attacks(
    targets: Sequence[Target],
    as_they_stand: Sequence[Target],
    phrasings: Phrasings,
    rounds: int,
) -> dict[str, list[AimedAttack | None]]:
    """Return the attacks on points by name.

    `targets` note what was done or is the case; `as_they_stand` may be advice, which only lists
    and keywords can be made from.
    """
    every = [*targets, *as_they_stand]
    deeds = [target for target in targets if target.kind is PAST]
    seeds = range(rounds)
    lists: dict[str, Callable[..., AimedAttack]] = {
        "keyword salad": keyword_salads,
        "ordered keywords": ordered_keywords,
        "joined keywords": joined_keywords,
    }
    attacks: dict[str, list[AimedAttack | None]] = {
        name: [make(target, seed=seed) for target in every for seed in seeds]
        for name, make in lists.items()
    }
    attacks["outline read aloud"] = [
        outline_read_aloud(target, phrasings, seed=seed)
        for target in every
        for seed in seeds
        if len(target.outline.points) > 1 and target.kind is not QuestionKind.TO_ASK
    ]
    attacks[MISHEARD] = [
        _misheard(attack, seed)
        for seed, attack in enumerate(attacks["outline read aloud"])
        if attack is not None
    ]
    attacks["negation"] = [
        denied_points(target, phrasings, seed=seed) for target in targets for seed in seeds
    ]
    attacks["plans and conditionals"] = [
        planned_points(target, phrasings, seed=seed) for target in deeds for seed in seeds
    ]
    attacks["another person's doing"] = [
        others_deeds(target, phrasings, seed=seed) for target in deeds for seed in seeds
    ]
    attacks["a number changed"] = [
        changed_numbers(target, seed=seed) for target in targets for seed in seeds
    ]
    return attacks


def _misheard(attack: AimedAttack, seed: int) -> AimedAttack:
    text = with_recognition_errors(attack.text, rate=WORD_ERRORS, seed=seed)
    return replace(attack, text=text)


# Attacks on whole answers


@dataclass(frozen=True)
class Levels:
    """The content criteria of an answer; relevance and coverage are 1 where not measured."""

    relevance: float
    coverage: float
    structure: float
    specificity: float
    own_part: float
    overall: float

    @property
    def story(self) -> tuple[float, ...]:
        """Structure, specificity and own part."""
        return self.structure, self.specificity, self.own_part

    @property
    def all(self) -> tuple[float, ...]:
        """Every criterion of the content."""
        return self.relevance, self.coverage, *self.story


def scored(text: str, target: Target, encoder: NamedEncoder) -> Levels | None:
    """Return an answer's levels by the whole scoring; None where it is refused."""
    judged = score_answer(
        transcript=spoken(text),
        sound=None,
        question_text=target.question,
        kind=target.kind,
        target_seconds=TARGET_SECONDS,
        outline=target.outline,
        other_questions=(),
        encoder=encoder.encode,
        encoder_name=encoder.name,
        expected_language="en",
    )
    if not isinstance(judged, Score):
        return None
    level = {one.name.value: one.level or 1.0 for one in judged.criteria}
    return Levels(
        relevance=level.get("relevance", 1.0),
        coverage=level.get("coverage", 1.0),
        structure=level.get("structure", 1.0),
        specificity=level.get("specificity", 1.0),
        own_part=level.get("own_part", 1.0),
        overall=judged.overall,
    )


def read_raw(text: str, kind: QuestionKind) -> tuple[float, float, float]:
    """Return structure, specificity and own part read from the raw words, not their content."""
    transcript = spoken(text)
    story = tell_story(transcript, kind)
    return (
        measure_structure(transcript, story).level,
        measure_specificity(transcript, kind).level,
        measure_own_part(transcript, story).level,
    )


def _above(levels: Iterable[float], floor: Iterable[float]) -> bool:
    return any(one > other + 1e-9 for one, other in zip(levels, floor, strict=True))


def repeat_questions(
    targets: Sequence[Target], phrasings: Phrasings, rounds: int, encoder: NamedEncoder
) -> Outcome:
    """Say each question back and nothing else; questions to ask have none to say back."""
    count = before = after = 0
    for target in targets:
        if target.kind is QuestionKind.TO_ASK:
            continue
        for seed in range(rounds):
            text = repeated_question(target, phrasings, seed=seed)
            levels = scored(text, target, encoder)
            count += 1
            before += _above(read_raw(text, target.kind), (1, 1, 1)) or levels is not None
            after += levels is not None and _above(levels.all, (1, 1, 1, 1, 1))
    return Outcome("question repeated", count, before, after)


def double_answers(answers: Sequence[WrittenAnswer], rounds: int, encoder: NamedEncoder) -> Outcome:
    """Say each answer twice, whole and cut to its first half."""
    count = before = after = 0
    for answer in answers:
        target = _target(answer)
        half = " ".join(one.text for one in answer.sentences[: (len(answer.sentences) + 1) // 2])
        for text in (answer.text, half):
            once = scored(text, target, encoder)
            if once is None:
                continue
            for seed in range(rounds):
                twice_said = doubled(text, seed=seed + len(answer.name))
                twice = scored(twice_said, target, encoder)
                count += 1
                before += _above(read_raw(twice_said, target.kind), read_raw(text, target.kind))
                after += twice is not None and _above(
                    (*twice.all, twice.overall), (*once.all, once.overall)
                )
    return Outcome("answer doubled", count, before, after)


def talk_rubric(
    answers: Sequence[WrittenAnswer], phrasings: Phrasings, rounds: int, encoder: NamedEncoder
) -> tuple[Outcome, Outcome]:
    """Say the rubric's words alone, and between the sentences of answers, whole and halved."""
    alone = [0, 0]
    within = [0, 0]
    for answer in answers:
        target = _target(answer)
        if target.kind is QuestionKind.TO_ASK:
            continue
        half = " ".join(one.text for one in answer.sentences[: (len(answer.sentences) + 1) // 2])
        for seed in range(rounds):
            levels = scored(rubric_talk(phrasings, seed=seed), target, encoder)
            alone[0] += 1
            alone[1] += levels is not None and _above(levels.story, (1, 1, 1))
            for text in (answer.text, half):
                plain = scored(text, target, encoder)
                if plain is None:
                    continue
                padded = scored(with_rubric_talk(text, phrasings, seed=seed), target, encoder)
                within[0] += 1
                within[1] += padded is not None and _above(padded.story, plain.story)
    return (
        Outcome("rubric's words alone", alone[0], None, alone[1]),
        Outcome("rubric's words put in", within[0], None, within[1]),
    )


def _target(answer: WrittenAnswer) -> Target:
    return Target(answer.name, answer.kind, answer.question, answer.outline)


# False alarms


def false_alarms(
    where: str, genuine: Iterable[Genuine], encoder: NamedEncoder, *, one_outline: bool
) -> Alarms:
    """Count the guards that hold back points that genuine texts make.

    `one_outline`: whether the points of a text are one person's outline. Those of data sets are
    not; each is looked for as if it were the only one there.
    """
    cover = cover_outline if one_outline else cover_points_alone
    points = 0
    by_guard: Counter[str] = Counter()
    for one in genuine:
        transcript = spoken(one.text)
        answer = read_answer(transcript, encoder.encode)
        if answer is None:
            continue
        said = cover(transcript, one.outline, encoder.encode, kind=one.kind)
        alike = point_similarities(answer, one.outline, encoder.encode)
        for point, similarity in zip(said, alike, strict=True):
            points += 1
            if point.guard is not None and _held_back(point.state, similarity):
                by_guard[point.guard] += 1
    return Alarms(where, points, dict(sorted(by_guard.items())))


def _held_back(state: PointState, similarity: float) -> bool:
    """Whether a state is lower than the similarity alone would give."""
    if similarity >= SAID_FROM:
        return state is not PointState.SAID
    return similarity >= PARTLY_FROM and state is PointState.NOT_HEARD

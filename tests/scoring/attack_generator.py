"""Attacks on the scores: answers that say nothing, or the contrary, in the outline's own words.

Every attack is made from a `Target`: a question with an outline, from the written answers, from
the bank's packs or from a data file. Every random choice hangs on a seed.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from question_bank.outline import Outline, Point
from question_bank.pack import load_packs
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import (
    WrittenAnswer,
    keyword_salad,
    mixed_answer,
    written_answers,
)
from tests.scoring.attack_phrasings import Phrasings
from tests.scoring.point_forms import NOT_A_DEED, Deed, deed_of, statement_of
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.vocabulary import is_past_form, plain_words

JOINING_WORDS = ("and", "the", "with", "and then")
WORDS_BEFORE_A_JOINT = 4
TURNED = {
    "you": "I",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
    "you've": "I've",
    "you're": "I'm",
    "you'd": "I'd",
    "are": "am",
}
_ASKING = re.compile(
    r"^(?:please )?(?:tell me about|describe|imagine that|imagine|give me an example of|could you|"
    r"can you)\s+",
    re.IGNORECASE,
)
_ADVISED_DEED = re.compile(r"^(?:How|What|Who|Which)\s+you\s+(?=(\S+))", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """What an attack is aimed at: a question and the outline of its answer."""

    name: str
    kind: QuestionKind
    question: str
    outline: Outline


@dataclass(frozen=True)
class AimedAttack:
    """A text that attacks one outline; `aimed_at` are the points it names without making them."""

    target: Target
    text: str
    aimed_at: tuple[Point, ...]


def written_targets() -> list[Target]:
    """Return the targets of the written answers."""
    return [target_of(answer) for answer in written_answers()]


def target_of(answer: WrittenAnswer) -> Target:
    """Return a written answer's question and outline as a target."""
    return Target(answer.name, answer.kind, answer.question, answer.outline)


def mixed_targets(count: int) -> list[Target]:
    """Return targets with outlines mixed from several people's."""
    return [target_of(mixed_answer(seed)) for seed in range(count)]


def pack_targets() -> list[Target]:
    """Return the questions of the bank's packs with their outlines as they stand there."""
    return [
        Target(
            question.id,
            pack.kind,
            question.text,
            _outline(
                question.id,
                [
                    Point(id="", text=point.text, part=point.part, weight=point.weight)
                    for point in question.points
                ],
            ),
        )
        for pack in load_packs()
        for question in pack.questions
    ]


def pack_targets_in_own_words() -> list[Target]:
    """Return the packs' outlines as a person would note them: "How you told them" -> "Told them".

    Only points that name a deed are kept, and questions that have one.
    """
    targets = []
    for target in pack_targets():
        if target.kind is not QuestionKind.BEHAVIOURAL:
            continue
        points = []
        for point in target.outline.points:
            advised = _ADVISED_DEED.match(point.text)
            if advised and is_past_form(advised[1]) and advised[1] not in NOT_A_DEED | {"did"}:
                text = turned(point.text[advised.end() :])
                points.append(Point(id=point.id, text=text[:1].upper() + text[1:]))
        if points:
            targets.append(
                Target(target.name, target.kind, target.question, _outline(target.name, points))
            )
    return targets


def _outline(name: str, points: Sequence[Point]) -> Outline:
    return Outline(
        question_id=name,
        version=1,
        points=tuple(
            Point(id=f"p{number}", text=point.text, part=point.part, weight=point.weight)
            for number, point in enumerate(points)
        ),
    )


def turned(text: str) -> str:
    """Return a text about you as the speaker would turn it to themselves."""
    return " ".join(TURNED.get(word.lower(), word) for word in text.split())


# The attacks


def keyword_salads(target: Target, *, seed: int) -> AimedAttack:
    """Return the content words of the outline in no order."""
    return AimedAttack(target, keyword_salad(target.outline, seed=seed), target.outline.points)


def ordered_keywords(target: Target, *, seed: int) -> AimedAttack:
    """Return the content words of the outline in its order, with commas, full stops or nothing."""
    mark = random.Random(seed).choice(("", ",", "."))
    words = keyword_salad(target.outline, seed=None, repeat=1).split()
    return AimedAttack(target, " ".join(word + mark for word in words), target.outline.points)


def joined_keywords(target: Target, *, seed: int) -> AimedAttack:
    """Return the content words of the outline in no order, with "and" or "the" strewn in."""
    chance = random.Random(seed)
    words: list[str] = []
    for place, word in enumerate(keyword_salad(target.outline, seed=seed).split()):
        if place and place % WORDS_BEFORE_A_JOINT == 0:
            words.append(chance.choice(JOINING_WORDS))
        words.append(word)
    return AimedAttack(target, " ".join(words), target.outline.points)


def outline_read_aloud(target: Target, phrasings: Phrasings, *, seed: int) -> AimedAttack:
    """Return the points of the outline as they stand, read one after the other."""
    chance = random.Random(seed)
    mark = chance.choice(phrasings.list_marks)
    pieces = [chance.choice(phrasings.list_openings)]
    for number, point in enumerate(target.outline.points, start=1):
        text = point.text.rstrip(".")
        said = mark.format(n=number)
        pieces.append(f"{said} {text[:1].lower()}{text[1:]}." if said else f"{text}.")
    text = " ".join(piece for piece in pieces if piece)
    if chance.random() < 0.5:
        text = text.replace(".", "").lower()
    return AimedAttack(target, text, target.outline.points)


def denied_points(target: Target, phrasings: Phrasings, *, seed: int) -> AimedAttack | None:
    """Return every point denied, each in a way of its own."""
    chance = random.Random(seed)

    def deny(point: Point) -> str | None:
        deed, said = deed_of(point), statement_of(point)
        if deed is not None and chance.random() < 0.7:
            return _filled(chance.choice(phrasings.denials), deed)
        return _stated(chance.choice(phrasings.statement_denials), said) if said else None

    return _each(target, deny)


def planned_points(target: Target, phrasings: Phrasings, *, seed: int) -> AimedAttack | None:
    """Return every deed of the outline as a plan, a wish or a supposition."""
    return _each_deed(target, phrasings.plans, random.Random(seed))


def others_deeds(target: Target, phrasings: Phrasings, *, seed: int) -> AimedAttack | None:
    """Return every deed of the outline as somebody else's."""
    return _each_deed(target, phrasings.others, random.Random(seed))


def changed_numbers(target: Target, *, seed: int) -> AimedAttack | None:
    """Return every point that has a number, word for word but for the number."""
    chance = random.Random(seed)

    def change(point: Point) -> str | None:
        deed = deed_of(point)
        said = f"I {deed.past}" if deed is not None else point.text.rstrip(".")
        changed = with_other_numbers(said, chance)
        return None if changed is None else f"{changed[:1].upper()}{changed[1:]}."

    return _each(target, change)


def with_other_numbers(text: str, chance: random.Random) -> str | None:
    """Return a text with each of its numbers replaced by another; None where it has none."""
    words = plain_words(text)
    numbers = [
        number for number in find_numbers([word.text for word in words]) if number.value >= 2
    ]
    if not numbers:
        return None
    values = {number.value for number in numbers}
    for number in reversed(numbers):
        first, last = words[number.first_word], words[number.last_word]
        other = number.value
        while other in values:
            other = max(2.0, round(number.value * chance.choice((0.5, 1.4, 2, 3))) + 1)
        unit = {"percent": " percent", "money": " dollars"}.get(number.unit, "")
        ordinal = "th" if number.ordinal else ""
        text = f"{text[: first.start_char]}{other:g}{ordinal}{unit}{text[last.end_char :]}"
    return text


def repeated_question(target: Target, phrasings: Phrasings, *, seed: int) -> str:
    """Return the question said back again and again, nothing else."""
    wrap = random.Random(seed).choice(phrasings.question_talk)
    said = turned(_ASKING.sub("", target.question).rstrip(".?! "))
    return wrap.format(question=target.question, turned=said)


DOUBLINGS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, _: f"{text} {text}",
    lambda text, _: f"{text} Let me say that again. {text}",
    lambda text, _: " ".join(f"{one} {one}" for one in sentences(text)),
    lambda text, _: f"{text} {' '.join(reversed(sentences(text)))}",
    lambda text, chance: " ".join(
        [text, *(f"{chance.choice(('And', 'So', 'Um'))} {one}" for one in sentences(text))]
    ),
    lambda text, chance: " ".join([text, *chance.sample(sentences(text), len(sentences(text)))]),
    lambda text, _: f"{text} As I said before, {text}",
    lambda text, chance: " ".join(
        [text, *(f"{chance.choice(('Well,', 'Right,', 'Then'))} {one}" for one in sentences(text))]
    ),
    lambda text, _: f"{text} I'll go through it one more time. {' '.join(sentences(text)[::2])}",
)


def doubled(text: str, *, seed: int) -> str:
    """Return an answer said twice: at once, by sentences, in another order, in part, announced."""
    chance = random.Random(seed)
    return DOUBLINGS[seed % len(DOUBLINGS)](text, chance)


def sentences(text: str) -> list[str]:
    """Return the sentences of a punctuated text."""
    return re.split(r"(?<=[.?!])\s+", text.strip())


def rubric_talk(phrasings: Phrasings, *, seed: int) -> str:
    """Return the rubric's own words in sentences that say nothing, in no order."""
    lines = list(phrasings.rubric_talk)
    random.Random(seed).shuffle(lines)
    return " ".join(lines)


def with_rubric_talk(text: str, phrasings: Phrasings, *, seed: int) -> str:
    """Return an answer with three sentences of the rubric's words put in between."""
    chance = random.Random(seed)
    said = sentences(text)
    for line in chance.sample(phrasings.rubric_talk, 3):
        said.insert(chance.randint(0, len(said)), line)
    return " ".join(said)


def _each_deed(
    target: Target, wordings: Sequence[str], chance: random.Random
) -> AimedAttack | None:
    def word(point: Point) -> str | None:
        deed = deed_of(point)
        return None if deed is None else _filled(chance.choice(wordings), deed)

    return _each(target, word)


def _each(target: Target, word: Callable[[Point], str | None]) -> AimedAttack | None:
    pairs = [(point, word(point)) for point in target.outline.points]
    said = [(point, text) for point, text in pairs if text]
    if not said:
        return None
    return AimedAttack(
        target, " ".join(text for _, text in said), tuple(point for point, _ in said)
    )


def _filled(wording: str, deed: Deed) -> str:
    return wording.format(past=deed.past, base=deed.base, ing=deed.ing)


def _stated(wording: str, said: str) -> str:
    text = wording.format(said=said)
    return text[:1].upper() + text[1:]


def all_targets(*, mixed: int) -> Iterator[Target]:
    """Return the targets of the written answers, the mixed ones and the packs in own words."""
    yield from written_targets()
    yield from mixed_targets(mixed)
    yield from pack_targets_in_own_words()

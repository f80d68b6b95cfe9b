"""Answers composed from material by recipe: every quality of answer an interviewer hears.

`material/*.toml` holds questions from different jobs. Each has the points of an outline, and for
each point a sentence that makes it in other words with figures and names (`said`) and one
without any (`plain`). A `Recipe` says how much is told, how, and how it is spoken, so that the
answers range from mere opinions to a full story. One team wrote the material and the rules.
"""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from question_bank.outline import Outline, Point, StarPart
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import FILLED, Sentence, WrittenAnswer
from tests.scoring.speaking import sound_of, speak
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words

MATERIAL: Final = Path(__file__).parent / "material"
LONG_ENOUGH: Final = 34
"""Words an answer is filled up to with opinions, so that it is scored and not refused."""
LONG_PAUSE_SECONDS: Final = 1.6
PARTS: Final = (StarPart.SITUATION, StarPart.TASK, StarPart.ACTION, StarPart.RESULT)
_TOGETHER: Final = {
    "I": "we",
    "I'm": "we're",
    "my": "our",
    "My": "Our",
    "me": "us",
    "myself": "ourselves",
}
_AFTER_WE: Final = {"was": "were", "am": "are"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One point and two ways of making it: with specific details and without."""

    point: str
    said: str
    plain: str
    part: StarPart | None


@dataclass(frozen=True, slots=True)
class Material:
    """What answers to one question are made of."""

    name: str
    kind: QuestionKind
    question: str
    units: tuple[Unit, ...]
    opinions: tuple[str, ...]
    asides: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an answer is composed and spoken.

    `told` is how many units of each part are told (situation, task, action, result; for a
    question without a story their sum counts). `specific` and `verbatim` are the shares (0-1) of
    units told with details, and in the outline's own words. `together` says "we" for "I".
    `pauses`, `fillers` and `hedges` are per 100 words.
    """

    material: int
    seed: int
    told: tuple[int, int, int, int]
    specific: float
    verbatim: float
    together: bool
    opinions: int
    asides: int
    words_per_minute: float
    pauses: float
    fillers: float
    hedges: float


@dataclass(frozen=True, slots=True)
class ComposedAnswer:
    """An answer and how it was spoken; `written` holds its sentences and outline."""

    written: WrittenAnswer
    recipe: Recipe

    @property
    def text(self) -> str:
        """What was said, hesitations included."""
        return hesitant(self.written.text, self.recipe)

    def spoken(self, text: str | None = None) -> tuple[Transcript, SoundMeasures]:
        """Return the answer (or another text said in its manner) with times and sound."""
        return spoken_like(self.recipe, self.text if text is None else text)


@cache
def materials() -> tuple[Material, ...]:
    """Return all material, in the order of its names."""
    return tuple(_read(path) for path in sorted(MATERIAL.glob("*.toml")))


def _read(path: Path) -> Material:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Material(
        name=path.stem,
        kind=QuestionKind(data["kind"]),
        question=data["question"],
        units=tuple(
            Unit(
                point=unit["point"],
                said=unit["said"],
                plain=unit["plain"],
                part=StarPart(unit["part"]) if "part" in unit else None,
            )
            for unit in data["units"]
        ),
        opinions=tuple(data["opinions"]),
        asides=tuple(data["asides"]),
    )


def random_recipe(seed: int) -> Recipe:
    """Return a recipe: a fifth tell no story, the others from a little of it to all."""
    chance = random.Random(seed)
    story = chance.random() >= 0.2
    return Recipe(
        material=chance.randrange(len(materials())),
        seed=seed,
        told=(
            chance.randint(0, 2),
            chance.randint(0, 1) if story else 0,
            chance.randint(0, 4) if story else 0,
            chance.randint(0, 1) if story else 0,
        ),
        specific=chance.choice((0.0, 0.3, 0.6, 1.0)),
        verbatim=chance.choice((0.0, 0.0, 0.3, 1.0)),
        together=chance.random() < 0.2,
        opinions=chance.randint(0, 1) if story else chance.randint(1, 3),
        asides=chance.randint(0, 2),
        words_per_minute=chance.uniform(95, 225),
        pauses=chance.choice((0.0, 0.5, 1.5, 4.0)),
        fillers=chance.choice((0.0, 2.0, 6.0, 12.0)),
        hedges=chance.choice((0.0, 0.0, 1.0, 4.0)),
    )


def full_recipe(seed: int) -> Recipe:
    """Return a recipe for a good answer: every unit told in other words, spoken well."""
    chance = random.Random(seed)
    return Recipe(
        material=seed % len(materials()),
        seed=seed,
        told=(2, 1, chance.randint(2, 4), 1),
        specific=chance.choice((0.6, 1.0)),
        verbatim=0.0,
        together=False,
        opinions=0,
        asides=chance.randint(0, 1),
        words_per_minute=chance.uniform(140, 175),
        pauses=0.0,
        fillers=0.0,
        hedges=0.0,
    )


def compose(recipe: Recipe) -> ComposedAnswer:
    """Return the answer a recipe makes; the same recipe makes the same answer."""
    chance = random.Random(recipe.seed)
    material = materials()[recipe.material % len(materials())]
    told = _chosen(material, recipe, chance)
    sentences = [
        Sentence(_worded(unit, recipe, chance), f"p{number}")
        for number, unit in enumerate(material.units)
        if number in told
    ]
    spare = [*chance.sample(material.opinions, len(material.opinions)), *material.asides]
    opinions = spare[: recipe.opinions]
    sentences = [*(Sentence(text, None) for text in opinions), *sentences]
    for aside in material.asides[: recipe.asides]:
        place = chance.randint(min(1, len(sentences)), len(sentences))
        sentences.insert(place, Sentence(aside, None))
    present = {sentence.text for sentence in sentences}
    for text in spare:
        if sum(len(sentence.text.split()) for sentence in sentences) >= LONG_ENOUGH:
            break
        if text not in present:
            sentences.append(Sentence(text, None))
    name = f"{material.name}-{recipe.seed}"
    return ComposedAnswer(
        WrittenAnswer(
            name=name,
            kind=material.kind,
            question=material.question,
            outline=outline_of(material),
            sentences=tuple(sentences),
        ),
        recipe,
    )


def outline_of(material: Material) -> Outline:
    """Return the outline a person would have written: every unit's point."""
    return Outline(
        question_id=material.name,
        version=1,
        points=tuple(
            Point(id=f"p{number}", text=unit.point, part=unit.part)
            for number, unit in enumerate(material.units)
        ),
    )


def _chosen(material: Material, recipe: Recipe, chance: random.Random) -> set[int]:
    numbers = range(len(material.units))
    if material.units[0].part is None:
        return set(chance.sample(numbers, min(sum(recipe.told), len(material.units))))
    chosen: set[int] = set()
    for part, count in zip(PARTS, recipe.told, strict=True):
        of_part = [number for number in numbers if material.units[number].part is part]
        chosen.update(chance.sample(of_part, min(count, len(of_part))))
    return chosen


def _worded(unit: Unit, recipe: Recipe, chance: random.Random) -> str:
    specific, verbatim = chance.random() < recipe.specific, chance.random() < recipe.verbatim
    text = f"{unit.point}." if verbatim else unit.said if specific else unit.plain
    return together(text) if recipe.together else text


def together(text: str) -> str:
    """Return a sentence told of "we" instead of "I"."""
    words: list[str] = []
    for word in text.split():
        before = words[-1].strip(",.").lower() if words else ""
        bare = word.strip(",.")
        if before == "we" and bare in _AFTER_WE:
            words.append(word.replace(bare, _AFTER_WE[bare]))
        else:
            words.append(word.replace(bare, _TOGETHER[bare]) if bare in _TOGETHER else word)
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def hesitant(text: str, recipe: Recipe) -> str:
    """Return a text with the recipe's filled pauses and hedges strewn in."""
    chance = random.Random(recipe.seed + 1)
    words: list[str] = []
    for word in text.split():
        if chance.random() < recipe.fillers / 100:
            words.append(chance.choice(FILLED))
        if chance.random() < recipe.hedges / 100:
            words.append("maybe")
        words.append(word)
    return " ".join(words)


def spoken_like(recipe: Recipe, text: str) -> tuple[Transcript, SoundMeasures]:
    """Return a text as spoken at the recipe's pace, with its long pauses inside sentences.

    Where a pause stands hangs on the place in the answer alone, so that the same words added at
    the end leave the pauses before them where they are.
    """
    chance = random.Random(recipe.seed + 2)
    pauses = {
        number: LONG_PAUSE_SECONDS
        for number in range(2, len(text.split()))
        if chance.random() < recipe.pauses / 100
    }
    return speak(text, words_per_minute=recipe.words_per_minute, pauses_before=pauses)


def spoken_twice(recipe: Recipe, text: str) -> tuple[Transcript, SoundMeasures]:
    """Return a text said twice over, the second time exactly as the first and right after it."""
    once, sound = spoken_like(recipe, text)
    start, end = once.words[0].start_seconds or 0.0, once.words[-1].end_seconds or 0.0
    shifts = (0.0, end - start)
    rows: list[tuple[str, float | None, float | None, float | None]] = [
        (
            word.text,
            (word.start_seconds or 0.0) + shift,
            (word.end_seconds or 0.0) + shift,
            word.probability,
        )
        for shift in shifts
        for word in once.words
    ]
    pauses = [
        Span(
            start_seconds=pause.start_seconds + shift,
            end_seconds=pause.end_seconds + shift,
        )
        for shift in shifts
        for pause in sound.pauses
    ]
    speech = [
        Span(
            start_seconds=span.start_seconds + shift,
            end_seconds=min(span.end_seconds, end) + shift,
        )
        for shift in shifts
        for span in sound.speech
    ]
    transcript = transcript_from_words(
        rows, version=1, source=TranscriptSource.MACHINE, engine="paper", language="en"
    )
    return transcript, sound_of(speech, pauses, seconds=sound.seconds + shifts[1])


def varied_answers(count: int, *, first_seed: int = 0) -> list[ComposedAnswer]:
    """Return answers of every quality, one for each seed."""
    return [compose(random_recipe(first_seed + number)) for number in range(count)]


def full_answers(count: int) -> list[ComposedAnswer]:
    """Return good answers that make every point of their outline that was told."""
    return [compose(full_recipe(number)) for number in range(count)]


def other_outlines(answer: ComposedAnswer, *, most: int) -> dict[str, Outline]:
    """Return the outlines of some other questions, by question text."""
    start = answer.recipe.material
    others = [materials()[(start + 1 + step) % len(materials())] for step in range(most)]
    return {one.question: outline_of(one) for one in others}

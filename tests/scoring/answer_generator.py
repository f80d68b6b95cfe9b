"""Spoken answers with outlines, written by hand, and everything the laws do to them.

`answers/*.toml` holds nineteen answers from different jobs. Each is a list of sentences, and a
sentence that makes an outline point names it (`says`), in other words than the outline's. From
them come: shorter answers (a point left out), answers mixed from the situations, tasks, actions
and results of several people, and the attacks (keyword salad, denied, planned, another question's
answer). Every random choice hangs on a seed. One team wrote these answers and the rules they test.
"""

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from question_bank.outline import Outline, Point, StarPart
from question_bank.question import QuestionKind
from voicecoach.scoring.vocabulary import is_content_word, plain_words
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words

ANSWERS = Path(__file__).parent / "answers"
FILLED = ("um", "uh", "er", "erm")
MISHEARD = ("the", "a", "and", "it", "then", "them", "water", "plan", "hour", "wait", "right")


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer; `says` is the id of the outline point it makes, if any."""

    text: str
    says: str | None


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer that says every point of its outline."""

    name: str
    kind: QuestionKind
    question: str
    outline: Outline
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    def without(self, point_id: str) -> str:
        """Return the answer less the sentence that makes a point."""
        return " ".join(one.text for one in self.sentences if one.says != point_id)


def written_answers() -> list[WrittenAnswer]:
    """Return the answers written by hand, in the order of their names."""
    return [_read(path) for path in sorted(ANSWERS.glob("*.toml"))]


def _read(path: Path) -> WrittenAnswer:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return WrittenAnswer(
        name=path.stem,
        kind=QuestionKind(data["kind"]),
        question=data["question"],
        outline=Outline(
            question_id=path.stem,
            version=1,
            points=tuple(
                Point(
                    id=point["id"],
                    text=point["text"],
                    part=StarPart(point["part"]) if "part" in point else None,
                )
                for point in data["points"]
            ),
        ),
        sentences=tuple(Sentence(one["text"], one.get("says")) for one in data["sentences"]),
    )


def mixed_answer(seed: int) -> WrittenAnswer:
    """Return an answer told from several people's situations, tasks, actions and results."""
    chance = random.Random(seed)
    bank: dict[StarPart, list[tuple[Point, Sentence]]] = {part: [] for part in StarPart}
    asides: list[Sentence] = []
    for answer in written_answers():
        if answer.kind is not QuestionKind.BEHAVIOURAL:
            continue
        by_id = {point.id: point for point in answer.outline.points}
        for sentence in answer.sentences:
            if sentence.says is None:
                asides.append(sentence)
                continue
            point = by_id[sentence.says]
            assert point.part is not None, f"{answer.name}: {point.id} has no part"
            bank[point.part].append((point, sentence))
    told = [
        chance.choice(bank[StarPart.SITUATION]),
        chance.choice(bank[StarPart.TASK]),
        *chance.sample(bank[StarPart.ACTION], chance.randint(2, 3)),
        chance.choice(bank[StarPart.RESULT]),
    ]
    points = tuple(
        Point(id=f"p{number}", text=point.text, part=point.part, weight=point.weight)
        for number, (point, _) in enumerate(told)
    )
    sentences: list[Sentence] = []
    for number, (_, sentence) in enumerate(told):
        sentences.append(Sentence(sentence.text, f"p{number}"))
        if chance.random() < 0.4:
            sentences.append(chance.choice(asides))
    return WrittenAnswer(
        name=f"mixed-{seed}",
        kind=QuestionKind.BEHAVIOURAL,
        question="Tell me about a time you solved a problem.",
        outline=Outline(question_id=f"mixed-{seed}", version=1, points=points),
        sentences=tuple(sentences),
    )


def spoken(text: str, *, words_per_second: float = 2.6) -> Transcript:
    """Return a text as a machine transcript with word times at an even pace."""
    seconds = 1 / words_per_second
    return transcript_from_words(
        [
            (word, number * seconds, (number + 0.9) * seconds, 0.95)
            for number, word in enumerate(text.split())
        ],
        version=1,
        source=TranscriptSource.MACHINE,
        engine="test",
        weights="test",
        language="en",
        language_probability=0.99,
    )


def unpunctuated(text: str) -> str:
    """Return a text without punctuation and capitals, as a plain recogniser writes it."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return " ".join(re.sub(r"[^\w\s'%$£€]|(?<!\w)'|'(?!\w)", " ", text.lower()).split())


def with_filled_pauses(text: str, *, per_hundred: float, seed: int) -> str:
    """Return a text with um and uh strewn in."""
    chance = random.Random(seed)
    words: list[str] = []
    for word in text.split():
        if chance.random() < per_hundred / 100:
            words.append(chance.choice(FILLED))
        words.append(word)
    return " ".join(words)


def with_word_errors(text: str, *, rate: float, seed: int) -> str:
    """Return a text with words misheard (60%), lost (25%) and put in (15%)."""
    chance = random.Random(seed)
    words: list[str] = []
    for word in text.split():
        if chance.random() >= rate:
            words.append(word)
            continue
        kind = chance.random()
        if kind < 0.6:
            words.append(chance.choice(MISHEARD))
        elif kind >= 0.85:
            words += [word, chance.choice(MISHEARD)]
    return " ".join(words)


def keyword_salad(outline: Outline, *, seed: int | None, repeat: int = 2) -> str:
    """Return the content words of an outline, shuffled (in their order where seed is None)."""
    words = [
        word.text
        for point in outline.points
        for word in plain_words(point.text)
        if is_content_word(word.text)
    ] * repeat
    if seed is not None:
        random.Random(seed).shuffle(words)
    return " ".join(words)


def denied(sentences: Sequence[Sentence], *, seed: int) -> str:
    """Return the sentences that make points, each denied."""
    chance = random.Random(seed)
    openings = ("It is not true that", "It's not the case that", "I can't say that", "I never said")
    return _opened(sentences, openings[:2], chance)


def planned(outline: Outline, *, seed: int) -> str:
    """Return the points of an outline as mere plans."""
    chance = random.Random(seed)
    openings = (
        "Next time I am going to say that I",
        "In the future I will",
        "I plan to",
        "One day I hope to",
    )
    return " ".join(
        f"{chance.choice(openings)} {point.text[:1].lower()}{point.text[1:]}."
        for point in outline.points
    )


def _opened(sentences: Sequence[Sentence], openings: Sequence[str], chance: random.Random) -> str:
    return " ".join(
        f"{chance.choice(openings)} {one.text[:1].lower()}{one.text[1:]}"
        for one in sentences
        if one.says is not None
    )

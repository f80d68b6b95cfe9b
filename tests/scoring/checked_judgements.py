"""Judgements to check for evidence: answers told, heard, corrected and asked in every way.

Each seed gives one judgement and the sources its words may draw on.
"""

import random
from dataclasses import dataclass
from typing import Final

from tests.scoring.answer_generator import WrittenAnswer, keyword_salad, mixed_answer
from tests.scoring.composed_answers import (
    ComposedAnswer,
    compose,
    materials,
    other_outlines,
    outline_of,
    random_recipe,
)
from tests.scoring.evidence_checker import Sources
from tests.scoring.judging import judge
from tests.scoring.misheard import with_recognition_errors
from tests.scoring.paraphrasing import paraphrased
from voicecoach.scoring.result import Judgement
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.transcript import Transcript, typed_transcript

WAYS: Final = (
    "as spoken",
    "misheard",
    "corrected",
    "typed",
    "to another question",
    "another person's answer",
    "keyword salad",
    "said twice",
    "broken off",
    "in other words",
    "without an encoder",
    "a typed answer corrected",
)
_MISHEARD: Final = frozenset({"misheard", "corrected", "a typed answer corrected"})
LANGUAGES: Final = frozenset({"English"})


@dataclass(frozen=True, slots=True)
class CheckedJudgement:
    """A judgement, the way it came about, and all that its words may draw on."""

    way: str
    judgement: Judgement
    sources: Sources


def judged_in_some_way(seed: int, encoder: SentenceEncoder) -> CheckedJudgement:
    """Return the judgement of one generated answer, told in one of `WAYS`."""
    answer = compose(random_recipe(seed))
    return judged(answer, WAYS[seed % len(WAYS)], seed, encoder)


def judged(
    answer: ComposedAnswer, way: str, seed: int, encoder: SentenceEncoder
) -> CheckedJudgement:
    """Return the judgement of an answer told in one of `WAYS`."""
    chance = random.Random(seed)
    asked = _asked(answer, way, chance)
    text = _told(answer, way, seed)
    transcript, sound = answer.spoken(text)
    versions: list[Transcript] = [transcript]
    heard: Transcript | None = None
    if way == "corrected":
        heard = transcript
        transcript = correct_transcript(transcript, answer.text)
        versions.append(transcript)
    elif way in {"typed", "a typed answer corrected"}:
        transcript = typed_transcript(text)
        versions = [transcript]
        if way != "typed":
            transcript = correct_transcript(transcript, answer.text)
            versions.append(transcript)
    spoken = way not in {"typed", "a typed answer corrected"}
    return CheckedJudgement(
        way,
        judge(
            asked,
            (transcript, sound if spoken else None),
            None if way == "without an encoder" else encoder,
            others=other_outlines(answer, most=2) if way == "to another question" else None,
            heard=heard,
        ),
        Sources(
            transcripts=tuple(versions),
            outline=asked.outline,
            question=asked.question,
            seconds=sound.seconds if spoken else None,
            names=LANGUAGES,
        ),
    )


def _asked(answer: ComposedAnswer, way: str, chance: random.Random) -> WrittenAnswer:
    if way != "to another question":
        return answer.written
    own = materials()[answer.recipe.material]
    other = chance.choice([one for one in materials() if one is not own])
    return WrittenAnswer(other.name, other.kind, other.question, outline_of(other), ())


def _told(answer: ComposedAnswer, way: str, seed: int) -> str:
    text = answer.text
    if way in _MISHEARD:
        text = with_recognition_errors(text, rate=0.12, seed=seed)
    elif way == "another person's answer":
        text = mixed_answer(seed).text
    elif way == "keyword salad":
        text = keyword_salad(answer.written.outline, seed=seed)
    elif way == "said twice":
        text = f"{text} {text}"
    elif way == "broken off":
        words = text.split()
        text = " ".join(words[: 5 + seed % max(6, len(words) - 5)])
    elif way == "in other words":
        text = paraphrased(text, seed=seed)
    return text

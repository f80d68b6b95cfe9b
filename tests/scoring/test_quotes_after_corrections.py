"""Whatever a person corrects, each quote is exact in its version and lies where its words lie."""

import dataclasses
import random
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.answer_generator import MISHEARD, WrittenAnswer, written_answers
from tests.scoring.speaking import speak
from voicecoach.scoring.evidence import Absence, Quote
from voicecoach.scoring.result import Judgement, Score
from voicecoach.scoring.retiming import at_times_of
from voicecoach.scoring.score import score_answer
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.sentence_encoder import CTranslate2SentenceEncoder
from voicecoach.speech.transcript import Transcript

ANSWERS = written_answers()


def heard(text: str, chance: random.Random) -> tuple[Transcript, SoundMeasures]:
    """A machine's transcript with a few filled pauses and silences, and its sound."""
    words: list[str] = []
    silences: dict[int, float] = {}
    for word in text.split():
        if chance.random() < 0.05:
            words.append(chance.choice(("um", "uh", "I mean,", "kind of", "and and")))
        if chance.random() < 0.05:
            silences[len(" ".join(words).split())] = chance.uniform(0.4, 2.5)
        words.append(word)
    return speak(" ".join(words), words_per_minute=chance.uniform(110, 200), pauses_before=silences)


def edited(text: str, chance: random.Random) -> str:
    """The text with words left out, put in, exchanged and written otherwise."""
    words: list[str] = []
    for word in text.split():
        what = chance.random()
        if what < 0.06:
            continue
        words.append(chance.choice(MISHEARD) if what < 0.14 else word)
        if what > 0.9:
            words.append(chance.choice((*MISHEARD, "um", "42%", "—", "Zürich,")))
    return " ".join(words) or "so"


def aligned(transcript: Transcript, chance: random.Random) -> Transcript:
    """The same words with other times, as alignment gives them."""
    words = []
    now = chance.uniform(0.0, 1.0)
    for word in transcript.words:
        length = chance.uniform(0.05, 0.5)
        words.append(replace(word, start_seconds=now, end_seconds=now + length, probability=0.7))
        now += length + chance.choice((0.0, 0.3))
    return replace(transcript, words=tuple(words), aligned=True)


def judged(
    transcript: Transcript,
    answer: WrittenAnswer,
    first_heard: Transcript,
    sound: SoundMeasures | None,
    encoder: CTranslate2SentenceEncoder | None = None,
) -> Judgement:
    return score_answer(
        transcript=transcript,
        heard=first_heard,
        sound=sound,
        question_text=answer.question,
        kind=answer.kind,
        target_seconds=120,
        outline=answer.outline,
        other_questions=("What is your greatest weakness?",),
        encoder=encoder,
        encoder_name=None if encoder is None else encoder.name,
        expected_language="en",
    )


def evidence_in(value: object) -> Iterator[Quote | Absence]:
    """Every quote and absence anywhere in a record."""
    if isinstance(value, Quote | Absence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from evidence_in(item)
    elif isinstance(value, msgspec.Struct):
        yield from evidence_in(tuple(msgspec.structs.asdict(value).values()))
    elif dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        yield from evidence_in(tuple(getattr(value, name) for name in names))


def assert_exact(judgement: Judgement, *transcripts: Transcript) -> int:
    """Check each quote against the words of the version it names; return how many there are."""
    versions = {transcript.version: transcript for transcript in transcripts}
    count = 0
    for found in evidence_in(judgement):
        transcript = versions[found.transcript_version]
        if isinstance(found, Absence):
            continue
        count += 1
        assert transcript.text[found.start_char : found.end_char] == found.quote
        words = [
            word
            for word in transcript.words
            if word.start_char < found.end_char and word.end_char > found.start_char
        ]
        assert found.start_seconds == words[0].start_seconds
        assert found.end_seconds == words[-1].end_seconds
    return count


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ANSWERS), st.integers(0, 2**32), st.integers(1, 3))
def test_quotes_are_exact_after_any_corrections_and_after_alignment(
    answer: WrittenAnswer, seed: int, corrections: int
) -> None:
    chance = random.Random(seed)
    first, sound = heard(answer.text, chance)
    transcript = first
    for _ in range(corrections):
        transcript = correct_transcript(transcript, edited(transcript.text, chance))
        before = judged(transcript, answer, first, sound)
        assert_exact(before, first, transcript)
        placed = aligned(transcript, chance)
        assert_exact(at_times_of(before, placed), first, placed)
        assert_exact(judged(placed, answer, first, sound), first, placed)
        transcript = placed


@pytest.mark.parametrize("number", range(0, len(ANSWERS), 4))
def test_the_words_that_cover_points_move_with_the_alignment(
    number: int, encoder: CTranslate2SentenceEncoder
) -> None:
    answer, chance = ANSWERS[number], random.Random(number)
    first, sound = heard(answer.text, chance)
    transcript = correct_transcript(first, edited(first.text, chance))
    before = judged(transcript, answer, first, sound, encoder)
    assert isinstance(before, Score)
    placed = aligned(transcript, chance)
    moved = at_times_of(before, placed)
    assert assert_exact(moved, first, placed) > 5
    assert moved != before


def test_evidence_in_another_version_stays_where_it_is() -> None:
    answer, chance = ANSWERS[0], random.Random(1)
    first, sound = heard(answer.text, chance)
    before = judged(first, answer, first, sound)
    assert at_times_of(before, replace(aligned(first, chance), version=2)) == before

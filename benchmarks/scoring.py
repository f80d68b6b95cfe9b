"""Scoring a two-minute answer with the encoder loaded, on one core.

`python -m benchmarks.scoring [--json]`, with OMP_NUM_THREADS=1. All times are the processor's, over
all threads: seconds of one core, whatever else the machine is doing. sentence-transformers is timed
beside where it is installed.
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any, Final
from unittest.mock import patch

import numpy as np

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.row import Row
from benchmarks.side_by_side import time_alone, time_side_by_side
from benchmarks.spoken_answer import two_minute_answer
from question_bank.outline import Outline, Point, StarPart
from question_bank.question import QuestionKind
from voicecoach.engines import NamedEncoder
from voicecoach.errors import CoachError, WeightsMissingError
from voicecoach.scoring.coverage import cover_outline
from voicecoach.scoring.score import score_answer
from voicecoach.settings import load_settings
from voicecoach.speech import acoustics
from voicecoach.speech.acoustics import SoundMeasures, measure_sound
from voicecoach.speech.contracts import EncodedText, SentenceEncoder
from voicecoach.speech.recording import Recording
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words
from voicecoach.speech.voice_activity import speech_probabilities
from voicecoach.wiring import build_encoder

NAME: Final = (
    "Scoring a two-minute answer (320 words, six points, 20 other questions; seconds of one core)"
)
SECONDS_GOAL: Final = 0.15
WITH_SOUND_GOAL: Final = 0.3
RATIO_GOAL: Final = 5.0
RUNS: Final = 5
WORDS: Final = 320
ANSWERS: Final = Path(__file__).parents[1] / "models" / "training" / "data" / "test_answers.txt"
QUESTION: Final = "Tell me about a time you had to deliver bad news to a client."
OTHERS: Final = tuple(f"Tell me about your project number {number}." for number in range(20))
POINTS: Final = (
    ("One Monday in March our overnight load failed.", StarPart.SITUATION),
    ("I had to tell the director of our largest client before nine.", StarPart.TASK),
    ("I phoned her instead of writing an email.", StarPart.ACTION),
    ("I promised her an update every hour.", StarPart.ACTION),
    ("The report was back at two and the client renewed in June.", StarPart.RESULT),
    ("Afterwards I added a check that caught three failed loads.", StarPart.RESULT),
)


def measure() -> list[Row]:
    """Time scoring with a fresh answer each run, then coverage beside sentence-transformers.

    Raises:
        WeightsMissingError: the sentence encoder is not on this machine.
    """
    named = _new_encoder()
    fresh = _fresh_answers()
    outline = Outline(
        question_id="q",
        version=1,
        points=tuple(
            Point(id=str(number), text=text, part=part)
            for number, (text, part) in enumerate(POINTS)
        ),
    )

    scoring = time_alone(
        lambda: _score(fresh(), None, outline=outline, named=named), runs=RUNS, clock=process_time
    )
    rows = [
        Row(
            "scoring, median",
            scoring.median,
            "s",
            f"at most {SECONDS_GOAL} s",
            scoring.median <= SECONDS_GOAL,
        ),
        *_with_sound(outline),
    ]
    peer = _sentence_transformers()
    if peer is None:
        return [*rows, Row("sentence-transformers", float("nan"), "not installed", None, None)]

    def cover(encoder: SentenceEncoder) -> Callable[[], object]:
        fresh = _fresh_answers()
        return lambda: cover_outline(fresh(), outline, encoder, kind=QuestionKind.BEHAVIOURAL)

    again = _new_encoder()  # one that has not seen these answers
    ours, theirs = time_side_by_side(
        cover(again.encode), cover(peer), runs=RUNS, clock=process_time
    )
    ratio = theirs.median / ours.median
    return [
        *rows,
        Row("coverage, voicecoach, median", ours.median, "s", None, None),
        Row("coverage, sentence-transformers, median", theirs.median, "s", None, None),
        Row(
            "sentence-transformers / voicecoach",
            ratio,
            "×",
            f"at least {RATIO_GOAL:.0f}×",
            ratio >= RATIO_GOAL,
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the rows as text or JSON; 2 where the coach can't be used."""
    parser = argparse.ArgumentParser(prog="scoring", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args(arguments)
    try:
        rows = measure()
    except CoachError as error:
        print(f"scoring: {error}", file=sys.stderr)
        return 2
    if options.json:
        told = {row.what: _finite(row.value) for row in rows}
        print(json.dumps(told, indent=2))
        return 0
    for row in rows:
        goal = "" if row.goal is None else f" ({row.goal}: {'met' if row.met else 'not met'})"
        value = _finite(row.value)
        print(row.what, row.unit if value is None else f"{value:.4g} {row.unit}{goal}")
    return 0


def _finite(value: float | None) -> float | None:
    """Return None for what could not be measured: JSON knows no NaN."""
    return value if value is not None and math.isfinite(value) else None


def _new_encoder() -> NamedEncoder:
    named = build_encoder(load_settings())
    if named is None:
        raise WeightsMissingError(
            "The sentence encoder is not on this machine.",
            "Fetch it: voicecoach models download encoder.",
        )
    return named


def _score(
    transcript: Transcript, sound: SoundMeasures | None, *, outline: Outline, named: NamedEncoder
) -> None:
    score_answer(
        transcript=transcript,
        sound=sound,
        question_text=QUESTION,
        kind=QuestionKind.BEHAVIOURAL,
        target_seconds=120,
        outline=outline,
        other_questions=OTHERS,
        encoder=named.encode,
        encoder_name=named.name,
        expected_language="en",
    )


def _with_sound(outline: Outline) -> list[Row]:
    """Time measuring the sound and scoring, every model loaded.

    The recording is fresh each run, so that voice activity is found anew; but in one row, where it
    is known from transcribing, as it is when a spoken answer is scored.
    """
    samples = two_minute_answer().samples
    transcribed = Recording(samples.copy())
    speech_probabilities(transcribed)

    def measure_and_score(recording: Callable[[], Recording]) -> Callable[[], None]:
        named = _new_encoder()  # one that has not seen these answers
        fresh = _fresh_answers()
        return lambda: _score(fresh(), measure_sound(recording()), outline=outline, named=named)

    def new() -> Recording:
        return Recording(samples.copy())

    as_before = measure_and_score(new)

    def without_new_measures() -> None:
        with patch.multiple(
            acoustics,
            measure_pitch=_nothing,
            measure_loudness=_nothing,
            vocalic_stretches=_nothing,
            measure_nearness=_nothing,
        ):
            as_before()

    whole, before = time_side_by_side(
        measure_and_score(new), without_new_measures, runs=RUNS, clock=process_time
    )
    after_transcribing = time_alone(
        measure_and_score(lambda: transcribed), runs=RUNS, clock=process_time
    )
    heard = time_alone(
        lambda: speech_probabilities(Recording(samples.copy())), runs=RUNS, clock=process_time
    )
    return [
        Row(
            "scoring with its sound measured, median",
            whole.median,
            "s",
            f"at most {WITH_SOUND_GOAL} s",
            whole.median <= WITH_SOUND_GOAL,
        ),
        Row(
            "the same without pitch, loudness, what may be filled pauses, and nearness",
            before.median,
            "s",
            None,
            None,
        ),
        Row("of it voice activity, which the transcriber needs too", heard.median, "s", None, None),
        Row(
            "the same after transcribing, voice activity known",
            after_transcribing.median,
            "s",
            None,
            None,
        ),
    ]


def _nothing(*_: object) -> None:
    """Measure nothing, at no cost."""


def _fresh_answers() -> Callable[[], Transcript]:
    """Return a function that gives a different answer each call, so that no cache can help.

    The words are those of the answers espeak-tiny is tested on, cut into equal pieces.
    """
    words = ANSWERS.read_text(encoding="utf-8").split()
    pieces = [words[start : start + WORDS] for start in range(0, len(words) - WORDS, WORDS)]
    turns = iter(pieces)

    def fresh() -> Transcript:
        rows = [
            (word, 0.375 * place, 0.375 * place + 0.3, 0.9)
            for place, word in enumerate(next(turns))
        ]
        return transcript_from_words([*rows], version=1, source=TranscriptSource.MACHINE)

    return fresh


def _sentence_transformers() -> SentenceEncoder | None:
    """Return the peer as an encoder of the same shape; None where it is not installed.

    It is no dependency: PYTHONPATH may name where it lies, and VOICECOACH_PEER_MODEL the folder
    of all-MiniLM-L6-v2 as published.
    """
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return None
    torch.set_num_threads(1)
    name = os.environ.get("VOICECOACH_PEER_MODEL", "sentence-transformers/all-MiniLM-L6-v2")
    model = SentenceTransformer(name, device="cpu")

    seen: dict[str, EncodedText] = {}  # ours remembers the points, so the peer may too

    def encode(texts: Sequence[str]) -> list[EncodedText]:
        unseen = [text for text in dict.fromkeys(texts) if text not in seen]
        if unseen:
            seen.update(zip(unseen, _encode_in_one_call(unseen, model), strict=True))
        return [seen[text] for text in texts]

    return encode


def _encode_in_one_call(texts: Sequence[str], model: Any) -> list[EncodedText]:
    """Encode short texts (clauses, points) as sentence-transformers likes it best: in batches."""
    found = model.encode(list(texts), output_value=None, normalize_embeddings=True)
    encoded = []
    for text, one in zip(texts, found, strict=True):
        offsets = model.tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
        spans = np.asarray(offsets["offset_mapping"], dtype=np.int32).reshape(-1, 2)
        tokens = np.asarray(one["token_embeddings"], dtype=np.float32)[1 : len(spans) + 1]
        assert len(tokens) == len(spans), "a text longer than the peer's window"
        tokens = tokens / np.linalg.norm(tokens, axis=1, keepdims=True)
        sentence = np.asarray(one["sentence_embedding"], dtype=np.float32)
        encoded.append(EncodedText(spans, tokens, sentence))
    return encoded


if __name__ == "__main__":
    raise SystemExit(main())

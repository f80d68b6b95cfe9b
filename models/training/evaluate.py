"""Measure the small Whisper on texts that its training never saw.

Command: ``python evaluate.py ../espeak-tiny [--json] [--card ../espeak-tiny/card.json]``.
Needs faster-whisper and espeakng-loader, no torch.

It prints the word error rate on the written test sentences in each of the demonstration's voices,
on two-minute answers cut into voice-activity spans, the error of word starts against espeak's own
word events, the real-time factor, and whether shorter encoder windows give the same text.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import statistics
import time
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from corpus import normalized_words, read_paragraphs, read_sentences, split_sentences
from espeak import Espeak
from faster_whisper import WhisperModel, decode_audio
from faster_whisper.audio import pad_or_trim
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray
from words import DATA

SAMPLE_RATE = 16000
VOICES = ("en-us", "en-us+m3", "en-us+f3", "en-gb")
RATES = (140, 150, 160, 170, 180, 190)  # words per minute
NOISE = 5e-4  # root mean square of the added hiss, full scale being 1
FULL_WINDOW = 3000  # mel frames

Samples = NDArray[np.float32]
WordStart = tuple[str, float]


@dataclass
class Score:
    """Word errors of a set of recordings, and the errors of matched words' starts in seconds."""

    errors: int = 0
    words: int = 0
    audio_seconds: float = 0.0
    compute_seconds: float = 0.0
    start_errors: list[float] = field(default_factory=list)

    def rate(self) -> float:
        """Return the word error rate."""
        return self.errors / max(1, self.words)

    def add(self, other: Score) -> None:
        """Count another set's errors too."""
        self.errors += other.errors
        self.words += other.words
        self.audio_seconds += other.audio_seconds
        self.compute_seconds += other.compute_seconds
        self.start_errors += other.start_errors


def align(said: list[str], heard: list[str]) -> tuple[int, list[tuple[int, int]]]:
    """Return the edit distance of two word lists and the pairs of positions where they agree."""
    table = np.zeros((len(said) + 1, len(heard) + 1), np.int32)
    table[:, 0], table[0, :] = np.arange(len(said) + 1), np.arange(len(heard) + 1)
    for i, a in enumerate(said, 1):
        for j, b in enumerate(heard, 1):
            table[i, j] = min(
                table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)
            )
    i, j, pairs = len(said), len(heard), []
    while i and j:
        if table[i, j] == table[i - 1, j - 1] + (said[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            if said[i] == heard[j]:
                pairs.append((i, j))
        elif table[i, j] == table[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return int(table[-1, -1]), pairs[::-1]


def speak(engine: Espeak, text: str, voice: str, rate: int) -> tuple[Samples, list[WordStart]]:
    """Return a text spoken at 16 kHz, and its words with their starts in seconds (NaN unknown)."""
    spoken = engine.speak(text, voice, rate)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(engine.sample_rate)
        file.writeframes(spoken.samples.tobytes())
    buffer.seek(0)
    samples = np.asarray(decode_audio(buffer, sampling_rate=SAMPLE_RATE), np.float32)
    events = {offset: start for offset, _, start in spoken.words}
    starts: list[WordStart] = []
    for match in re.finditer(r"[A-Za-z']+", text):
        start = events.get(match.start(), float("nan"))
        starts.append((match.group().lower(), start))
    return samples, starts


def recording(
    engine: Espeak, sentences: list[str], voice: str, rate: int, seed: int
) -> tuple[Samples, list[WordStart]]:
    """Return sentences with pauses of 0.3 to 1.2 s and a little hiss, and the words' starts."""
    rng = random.Random(seed)
    parts: list[Samples] = []
    starts: list[WordStart] = []
    length = 0
    for sentence in sentences:
        gap = np.zeros(int(rng.uniform(0.3, 1.2) * SAMPLE_RATE), np.float32)
        samples, words = speak(engine, sentence, voice, rate)
        starts += [(word, start + (length + len(gap)) / SAMPLE_RATE) for word, start in words]
        parts += [gap, samples]
        length += len(gap) + len(samples)
    parts.append(np.zeros(SAMPLE_RATE // 3, np.float32))
    sound = np.concatenate(parts)
    hiss = np.random.default_rng(seed).standard_normal(len(sound)) * NOISE
    return (sound + hiss).astype(np.float32), starts


def measure(model: WhisperModel, sound: Samples, said: list[WordStart], **options: Any) -> Score:
    """Transcribe a recording and compare it with what was said."""
    began = time.monotonic()
    segments, _ = model.transcribe(
        sound,
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
        word_timestamps=True,
        **options,
    )
    heard: list[WordStart] = []
    for segment in segments:
        for word in segment.words or []:
            heard += [(text, float(word.start)) for text in normalized_words(word.word)]
    took = time.monotonic() - began
    errors, pairs = align([w for w, _ in said], [w for w, _ in heard])
    late = [heard[j][1] - said[i][1] for i, j in pairs]
    return Score(
        errors, len(said), len(sound) / SAMPLE_RATE, took, [x for x in late if not np.isnan(x)]
    )


def spans(sound: Samples, longest: float | None) -> list[float]:
    """Return voice-activity spans as a flat list of starts and ends in seconds."""
    options = VadOptions(min_silence_duration_ms=200, speech_pad_ms=120)
    if longest is not None:
        options.max_speech_duration_s = longest
    found = get_speech_timestamps(sound, options)
    return [edge / SAMPLE_RATE for span in found for edge in (span["start"], span["end"])]


def window_text(model: WhisperModel, features: NDArray[np.float32]) -> str:
    """Return the text of mel frames as they are, without padding."""
    tokenizer = model.hf_tokenizer
    number = tokenizer.token_to_id
    view = ctranslate2.StorageView.from_array(np.ascontiguousarray(features[None]))
    encoded = model.model.encode(view)
    prompt = [number("<|startoftranscript|>"), number("<|notimestamps|>")]
    result = model.model.generate(
        encoded, [prompt], beam_size=5, max_length=448, suppress_tokens=[]
    )[0]
    return str(
        tokenizer.decode([t for t in result.sequences_ids[0] if t < number("<|endoftext|>")])
    )


def short_windows(model: WhisperModel, sound: Samples) -> tuple[str, str, float, float]:
    """Return the texts of a full window and of one cut to the sound, and the seconds of both."""
    features = model.feature_extractor(sound)
    even = features.shape[1] // 2 * 2
    began = time.monotonic()
    full = window_text(model, pad_or_trim(features, FULL_WINDOW))
    middle = time.monotonic()
    short = window_text(model, features[:, :even])
    return full, short, middle - began, time.monotonic() - middle


def start_figures(errors: list[float]) -> dict[str, float]:
    """Return bias, and median and 90th percentile of the absolute error without it, in seconds."""
    if not errors:
        return {}
    bias = statistics.median(errors)
    rest = sorted(abs(e - bias) for e in errors)
    return {
        "bias_s": round(bias, 3),
        "median_s": round(statistics.median(rest), 3),
        "p90_s": round(rest[int(0.9 * len(rest))], 3),
        "words": len(errors),
    }


def evaluate(model: WhisperModel, options: argparse.Namespace) -> dict[str, Any]:
    """Return all figures."""
    engine = Espeak()
    sentences = read_sentences(options.sentences)[: options.limit]
    answers = read_paragraphs(options.answers)[: options.limit]
    words = {"hotwords": options.hotwords} if options.hotwords else {}
    figures: dict[str, Any] = {"sentences": len(sentences), "answers": len(answers), "voices": {}}
    total, same, full_score, short_score, full_took, short_took = (
        Score(),
        0,
        Score(),
        Score(),
        0.0,
        0.0,
    )
    for v, voice in enumerate(VOICES):
        score = Score()
        for i, sentence in enumerate(sentences):
            if options.quick and i % len(VOICES) != v:
                continue
            sound, said = recording(engine, [sentence], voice, RATES[(i + v) % len(RATES)], seed=i)
            one = measure(model, sound, said, **words)
            score.add(one)
            if options.verbose and one.errors:
                print(f"  {voice}: {one.errors} of {one.words}: {sentence}")
            if i % len(VOICES) == v:
                full, short, full_s, short_s = short_windows(model, sound)
                same += full == short
                target = [w for w, _ in said]
                full_score.add(Score(align(target, normalized_words(full))[0], len(target)))
                short_score.add(Score(align(target, normalized_words(short))[0], len(target)))
                full_took, short_took = full_took + full_s, short_took + short_s
        figures["voices"][voice] = round(score.rate(), 4)
        total.add(score)
    figures["sentences_wer"] = round(total.rate(), 4)
    figures["sentences_rtf"] = round(total.compute_seconds / total.audio_seconds, 4)
    figures["sentences_word_starts"] = start_figures(total.start_errors)
    figures["short_windows"] = {
        "same_text": round(same / len(sentences), 4),
        "full_wer": round(full_score.rate(), 4),
        "short_wer": round(short_score.rate(), 4),
        "full_s": round(full_took / len(sentences), 4),
        "short_s": round(short_took / len(sentences), 4),
    }
    long = Score()
    figures["answer_wer"] = []
    for i, answer in enumerate(answers):
        voice, rate = VOICES[i % len(VOICES)], RATES[i % len(RATES)]
        sound, said = recording(engine, split_sentences(answer), voice, rate, seed=1000 + i)
        one = measure(
            model, sound, said, clip_timestamps=spans(sound, options.longest_span), **words
        )
        long.add(one)
        figures["answer_wer"].append(round(one.rate(), 4))
    figures["answers_wer"] = round(long.rate(), 4)
    figures["answers_seconds"] = round(long.audio_seconds, 1)
    figures["answers_rtf"] = round(long.compute_seconds / max(1e-9, long.audio_seconds), 4)
    figures["answers_word_starts"] = start_figures(long.start_errors)
    figures["silence_words"] = silence_words(model)
    return figures


def silence_words(model: WhisperModel) -> int:
    """Return how many words are heard in three times eight seconds of silence and hiss."""
    count = 0
    for level in (0.0, NOISE, 10 * NOISE):
        hiss = np.random.default_rng(1).standard_normal(8 * SAMPLE_RATE) * level
        segments, _ = model.transcribe(hiss.astype(np.float32), beam_size=5, temperature=0.0)
        count += sum(len(normalized_words(segment.text)) for segment in segments)
    return count


def main() -> None:
    """Print the figures as text or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder with model.bin")
    parser.add_argument("--sentences", type=Path, default=DATA / "test_sentences.txt")
    parser.add_argument("--answers", type=Path, default=DATA / "test_answers.txt")
    parser.add_argument("--limit", type=int, help="only the first sentences and answers")
    parser.add_argument("--quick", action="store_true", help="each sentence in one voice only")
    parser.add_argument("--hotwords", help="hotwords to pass with every call")
    parser.add_argument(
        "--longest-span", type=float, help="max_speech_duration_s of the voice activity detector"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="print each sentence with an error")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--card", type=Path, help="card.json whose figures to replace")
    options = parser.parse_args()
    model = WhisperModel(
        str(options.model), device="cpu", compute_type="int8", cpu_threads=options.threads
    )
    figures = evaluate(model, options)
    if options.card is not None:
        card = json.loads(options.card.read_text(encoding="utf-8"))
        card["figures"] = figures
        options.card.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()

"""Speak a text file with espeak-ng and store it as one training shard.

Command: ``python synthesize.py --tokenizer tokenizer.json --phonemes phonemes.json TEXT SHARD``.

A shard is a folder of flat arrays: ``audio`` (16-bit, 16 kHz, each utterance a whole number of
20 ms frames), ``labels`` (a phoneme number per frame, 0 for silence), ``tokens`` (BPE), ``windows``
(start and end in seconds of what each token says, NaN where nothing is said), and ``offsets``
(where each utterance starts, in frames and in tokens).
"""

from __future__ import annotations

import argparse
import bisect
import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from espeak import Espeak, Utterance
from numpy.typing import NDArray
from scipy.signal import resample_poly
from tokenizers import Tokenizer

SAMPLE_RATE = 16000
FRAME = 320  # samples in one encoder frame of 20 ms
FRAMES_PER_SECOND = SAMPLE_RATE // FRAME
# The demonstration's four voices, and a few more.
VOICES = (
    ("en-us", 0.27),
    ("en-us+m3", 0.22),
    ("en-us+f3", 0.22),
    ("en-gb", 0.19),
    ("en-us+f2", 0.03),
    ("en-us+m1", 0.03),
    ("en-us+m7", 0.02),
    ("en-gb+f3", 0.02),
)
RATES = (125, 205)  # words per minute
MAXIMUM_PHONEMES = 120

Row = tuple[NDArray[np.int16], NDArray[np.uint8], list[int], NDArray[np.float32]]


def phoneme_name(mnemonic: str) -> str:
    """Return a phoneme without stress marks; the empty one is a pause."""
    name = mnemonic.replace("'", "").replace(",", "").strip()
    return "" if name in {"", "_", "_:", ";"} else name


def frame_labels(spoken: Utterance, frames: int, numbers: dict[str, int]) -> NDArray[np.uint8]:
    """Return the phoneme number of every 20 ms frame."""
    labels = np.zeros(frames, np.uint8)
    ends = [start for start, _ in spoken.phonemes[1:]] + [frames / FRAMES_PER_SECOND]
    for (start, mnemonic), end in zip(spoken.phonemes, ends, strict=True):
        first = round(start * FRAMES_PER_SECOND)
        last = max(round(end * FRAMES_PER_SECOND), first + 1)
        labels[first:last] = numbers.get(phoneme_name(mnemonic), 1 if phoneme_name(mnemonic) else 0)
    return labels


def token_windows(
    text: str, tokenizer: Tokenizer, spoken: Utterance, labels: NDArray[np.uint8]
) -> tuple[list[int], NDArray[np.float32]]:
    """Return the tokens of a text and the seconds that each says.

    A word's time is shared among its tokens by their letters; a punctuation mark gets the pause.
    """
    encoding = tokenizer.encode(" " + text)
    starts = [offset for offset, _, _ in spoken.words]
    duration = len(labels) / FRAMES_PER_SECOND
    spans: list[tuple[float, float, float]] = []  # start, end of speech, start of the next word
    for k, (_, _, begin) in enumerate(spoken.words):
        following = spoken.words[k + 1][2] if k + 1 < len(spoken.words) else duration
        inside = np.flatnonzero(
            labels[round(begin * FRAMES_PER_SECOND) : round(following * FRAMES_PER_SECOND)]
        )
        end = begin + (inside[-1] + 1) / FRAMES_PER_SECOND if len(inside) else following
        spans.append((begin, min(end, following), following))
    owners: list[int | None] = []
    letters: list[int] = []
    for token, (first, _) in zip(encoding.tokens, encoding.offsets, strict=True):
        # Offsets count the leading space; a token with a space owns the letter after it.
        position = first - 1 + (1 if token.startswith("\u0120") else 0)
        letters.append(sum(c.isalnum() for c in token.replace("\u0120", "")))
        owner = bisect.bisect_right(starts, position) - 1
        owners.append(owner if owner >= 0 else None)
    totals: Counter[int] = Counter()
    for owned, count in zip(owners, letters, strict=True):
        if owned is not None:
            totals[owned] += count
    used: Counter[int] = Counter()
    windows = np.full((len(encoding.ids), 2), np.nan, np.float32)
    for i, (owned, count) in enumerate(zip(owners, letters, strict=True)):
        if owned is None:
            continue
        begin, end, following = spans[owned]
        if count == 0:
            if following - end >= 0.06:
                windows[i] = (end, following)
            continue
        share = (end - begin) / totals[owned]
        windows[i] = (begin + used[owned] * share, begin + (used[owned] + count) * share)
        used[owned] += count
    return encoding.ids, windows


def speak_16k(
    engine: Espeak, text: str, voice: str, rate: int, pitch: int
) -> tuple[NDArray[np.int16], Utterance]:
    """Return a text spoken at 16 kHz, cut to a whole number of frames, and its events."""
    spoken = engine.speak(text, voice, rate, pitch)
    samples = resample_poly(spoken.samples.astype(np.float32), 320, 441)
    samples = samples[: len(samples) // FRAME * FRAME]
    return np.clip(samples, -32767, 32767).astype(np.int16), spoken


_engine: Espeak | None = None
_tokenizer: Tokenizer | None = None
_numbers: dict[str, int] = {}


def _start_worker(tokenizer: str, numbers: dict[str, int]) -> None:
    global _engine, _tokenizer, _numbers
    _engine, _tokenizer, _numbers = Espeak(), Tokenizer.from_file(tokenizer), numbers


def _work(job: tuple[int, str]) -> Row:
    assert _engine is not None
    assert _tokenizer is not None
    seed, text = job
    rng = random.Random(seed)
    voice = rng.choices([v for v, _ in VOICES], [w for _, w in VOICES])[0]
    pitch = rng.randint(40, 60) if rng.random() < 0.8 else 50
    samples, spoken = speak_16k(_engine, text, voice, rng.randint(*RATES), pitch)
    labels = frame_labels(spoken, len(samples) // FRAME, _numbers)
    tokens, windows = token_windows(text, _tokenizer, spoken, labels)
    return samples, labels, tokens, windows


def inventory(texts: Iterable[str]) -> dict[str, int]:
    """Return numbers for the commonest phonemes of the texts (0 is silence, 1 any rare phoneme)."""
    engine = Espeak()
    counts: Counter[str] = Counter()
    for text in texts:
        for voice in ("en-us", "en-gb"):
            counts.update(phoneme_name(name) for _, name in engine.speak(text, voice).phonemes)
    counts.pop("", None)
    names = [name for name, count in counts.most_common(MAXIMUM_PHONEMES - 2) if count >= 10]
    return {name: i + 2 for i, name in enumerate(names)}


def main() -> None:
    """Write one shard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument(
        "--phonemes", type=Path, required=True, help="written if it does not exist yet"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = options.text.read_text(encoding="utf-8").splitlines()
    if not options.phonemes.exists():
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            options.phonemes.write_text(
                json.dumps(pool.apply(inventory, (texts[:1000],))), encoding="utf-8"
            )
    numbers: dict[str, int] = json.loads(options.phonemes.read_text(encoding="utf-8"))
    started = time.monotonic()
    jobs = [(options.seed * 1_000_003 + i, text) for i, text in enumerate(texts)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(options.processes, _start_worker, (str(options.tokenizer), numbers)) as pool:
        rows = [row for row in pool.imap(_work, jobs, chunksize=32) if len(row[0]) >= 10 * FRAME]
    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "audio.npy", np.concatenate([row[0] for row in rows]))
    np.save(options.out / "labels.npy", np.concatenate([row[1] for row in rows]))
    np.save(
        options.out / "tokens.npy", np.concatenate([np.array(row[2], np.int16) for row in rows])
    )
    np.save(options.out / "windows.npy", np.concatenate([row[3] for row in rows]))
    offsets = [[0, 0]]
    for row in rows:
        offsets.append([offsets[-1][0] + len(row[1]), offsets[-1][1] + len(row[2])])
    np.save(options.out / "offsets.npy", np.array(offsets, np.int64))
    hours = offsets[-1][0] / FRAMES_PER_SECOND / 3600
    print(
        f"{options.out}: {len(rows)} utterances, {hours:.2f} h, "
        f"made in {time.monotonic() - started:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()

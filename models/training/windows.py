"""Assemble training windows from the shards: pauses, cuts, noise, reverberation, prompts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray
from scipy.signal import fftconvolve, lfilter
from tokenizers import Tokenizer
from torch import Tensor

SAMPLE_RATE = 16000
FRAME = 320
MEL_FRAMES = 3000  # in a full window of 30 s
LONGEST_TARGET = 440  # tokens
Times = tuple[float, float] | None


@dataclass(frozen=True)
class Kind:
    """A sort of batch: ``seconds`` of sound at most in each of ``count`` windows.

    ``fill`` packs windows to the brim, ``padding`` is the chance of padding to 30 s, and
    ``stretch`` the largest random padding in seconds otherwise.
    """

    name: str
    seconds: float
    count: int
    fill: bool = False
    padding: float = 0.0
    stretch: float = 0.0


@dataclass
class Utterance:
    """One utterance: samples scaled to 1, phoneme labels, tokens and their times in seconds."""

    samples: NDArray[np.float32]
    labels: NDArray[np.int64]
    tokens: list[int]
    times: list[Times]


@dataclass
class Window:
    """One training window: mel frames, tokens, their times, first target, phoneme labels."""

    mel: Tensor
    tokens: list[int]
    times: list[Times]
    first_target: int
    labels: NDArray[np.int64]


@dataclass
class Batch:
    """Tensors of one step, in the order that ``Speller.forward`` takes."""

    mel: Tensor
    tokens: Tensor
    targets: Tensor
    labels: Tensor
    guides: Tensor

    def seconds(self) -> float:
        """Return the seconds of labelled sound."""
        return float((self.labels >= 0).sum()) / 50


class Shards:
    """All shards of a folder, memory-mapped; ``refresh`` picks up new ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []
        self.parts: list[dict[str, NDArray[np.generic]]] = []
        self.places: list[tuple[int, int]] = []
        self.refresh()

    def refresh(self) -> None:
        """Open shards that have been written since the last call."""
        for path in sorted(self.folder.glob("shard-*/offsets.npy")):
            if path.parent.name in self.names:
                continue
            names = ("audio", "labels", "tokens", "windows", "offsets")
            part = {name: np.load(path.parent / f"{name}.npy", mmap_mode="r") for name in names}
            self.places += [(len(self.parts), i) for i in range(len(part["offsets"]) - 1)]
            self.parts.append(part)
            self.names.append(path.parent.name)

    def tokens(self, place: tuple[int, int]) -> list[int]:
        """Return the tokens of an utterance."""
        part, i = self.parts[place[0]], place[1]
        a, b = part["offsets"][i, 1], part["offsets"][i + 1, 1]
        return [int(t) for t in part["tokens"][a:b]]

    def read(self, place: tuple[int, int]) -> Utterance:
        """Return an utterance."""
        part, i = self.parts[place[0]], place[1]
        (f0, t0), (f1, t1) = part["offsets"][i], part["offsets"][i + 1]
        samples = np.asarray(part["audio"][f0 * FRAME : f1 * FRAME]).astype(np.float32) / 32768
        times: list[Times] = [
            None if np.isnan(a) else (float(a), float(b))
            for a, b in np.asarray(part["windows"][t0:t1])
        ]
        labels = np.asarray(part["labels"][f0:f1]).astype(np.int64)
        return Utterance(samples, labels, self.tokens(place), times)


class Assembler:
    """Draws random training windows."""

    pool = 4  # batches drawn together and sorted by length, so that little is spent on padding

    def __init__(self, folder: Path, tokenizer: Tokenizer, seed: int) -> None:
        self.waiting: dict[Kind, list[list[Window]]] = {}
        self.shards = Shards(folder)
        self.rng = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        number = tokenizer.token_to_id
        self.end = number("<|endoftext|>")
        self.start = number("<|startoftranscript|>")
        self.previous = number("<|startofprev|>")
        self.no_speech = number("<|nospeech|>")
        self.no_times = number("<|notimestamps|>")
        self.time_zero = number("<|0.00|>")
        self.comma = number(",")
        self.filters = torch.tensor(FeatureExtractor().mel_filters)
        self.hann = torch.hann_window(400)

    def mel(self, samples: NDArray[np.float32]) -> Tensor:
        """Return Whisper's log-mel features (80, frames of 10 ms) as faster-whisper does."""
        spectrum = torch.stft(
            torch.from_numpy(samples),
            400,
            160,
            window=self.hann,
            center=True,
            pad_mode="reflect",
            return_complex=True,
        )
        power = torch.clamp(self.filters @ (spectrum[..., :-1].abs() ** 2), min=1e-10).log10()
        # The loudest moment of a whole recording sets the floor: in a cut it may lie elsewhere.
        louder = self.rng.uniform(0, 0.8) if self.rng.random() < 0.4 else 0.0
        return (torch.maximum(power, power.max() + louder - 8) + 4) / 4

    def degrade(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Apply a random level, light reverberation, tilt and noise."""
        rng = self.rng
        samples = samples * np.float32(10 ** (rng.uniform(-15, 0) / 20))
        if rng.random() < 0.10:
            length = int(SAMPLE_RATE * rng.uniform(0.08, 0.35))
            tail = self.noise.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
            tail *= rng.uniform(0.1, 0.5) / np.sqrt(np.sum(tail**2))
            tail[0] = 1.0
            samples = fftconvolve(samples, tail)[: len(samples)]
        if rng.random() < 0.15:
            samples = lfilter([1.0, rng.uniform(-0.5, 0.5)], [1.0], samples)
        if rng.random() < 0.6:
            level = 10 ** (rng.uniform(-85, -48) / 20)
            hiss = self.noise.standard_normal(len(samples)) * level
            if rng.random() < 0.3:
                hiss = lfilter([0.3], [1.0, -0.95], hiss)
            samples = samples + hiss
        return np.asarray(samples, dtype=np.float32)

    def cut(self, whole: Utterance) -> Utterance:
        """Return a clause of an utterance: from one comma's pause to another's."""
        # A comma at token k with a pause of its own allows a cut in that pause.
        pauses = [
            k for k, t in enumerate(whole.tokens) if t == self.comma and whole.times[k] is not None
        ]
        if not pauses:
            return whole
        bounds = [-1, *pauses, len(whole.tokens) - 1]
        i = self.rng.randrange(len(bounds) - 1)
        j = self.rng.randrange(i + 1, min(i + 3, len(bounds)))
        a, b = bounds[i] + 1, bounds[j] + 1
        left, right = 0.0, len(whole.labels) / 50
        if a > 0:
            pause = whole.times[a - 1]
            assert pause is not None
            left = max(pause[0], pause[1] - self.rng.uniform(0.0, 0.1))
        if b < len(whole.tokens):
            pause = whole.times[b - 1]
            assert pause is not None
            right = min(pause[1], pause[0] + self.rng.uniform(0.0, 0.1))
        f0, f1 = int(left * 50), max(int(left * 50) + 10, int(right * 50 + 0.999))
        end = min(f1, len(whole.labels)) / 50
        times: list[Times] = []
        for window in whole.times[a:b]:
            moved = (
                None
                if window is None
                else (max(0.0, window[0] - f0 / 50), min(window[1], end) - f0 / 50)
            )
            times.append(moved if moved is not None and moved[1] > moved[0] else None)
        return Utterance(
            whole.samples[f0 * FRAME : f1 * FRAME], whole.labels[f0:f1], whole.tokens[a:b], times
        )

    def silence(self, longest: float) -> Window:
        """Return a window without speech."""
        frames = int(self.rng.uniform(0.6, min(longest, 12)) * 50)
        level = 10 ** (self.rng.uniform(-90, -40) / 20)
        samples = (self.noise.standard_normal(frames * FRAME) * level).astype(np.float32)
        if self.rng.random() < 0.2:
            samples[:] = 0
        tokens = [self.start, self.no_speech, self.end]
        return Window(self.mel(samples), tokens, [None] * 3, 1, np.zeros(frames, np.int64))

    def prompt(self, said: list[int]) -> list[int]:
        """Return a random prompt: earlier sentences, or hotwords of which some are said."""
        rng = self.rng
        places = self.shards.places
        prompt: list[int] = []
        longest = rng.choice((20, 20, 40, 40, 200))
        if rng.random() < 0.5:
            for _ in range(rng.choice((1, 2, 4))):
                prompt += self.shards.tokens(rng.choice(places))
            return prompt[-longest:]
        for _ in range(rng.randint(2, 10)):
            source = said if said and rng.random() < 0.3 else self.shards.tokens(rng.choice(places))
            at = rng.randrange(len(source))
            prompt += [*source[at : at + rng.choice((1, 2, 3))], self.comma]
        return prompt[-longest:]

    def window(self, kind: Kind) -> Window:
        """Return one window of a kind."""
        rng = self.rng
        if rng.random() < 0.025:
            return self.silence(kind.seconds)
        limit = int(kind.seconds * 50)
        lead = int(rng.random() * rng.choice((0.1, 0.4, 1.0)) * 50)
        samples, labels = [np.zeros(lead * FRAME, np.float32)], [np.zeros(lead, np.int64)]
        tokens: list[int] = []
        times: list[Times] = []
        n, cut_off = lead, False
        wanted = 99 if kind.fill else rng.choice((1, 1, 2, 3))
        longest_gap = rng.choice((0.15, 0.4, 0.8, 2.0))
        while wanted > 0:
            spoken = self.shards.read(rng.choice(self.shards.places))
            if rng.random() < 0.25:
                spoken = self.cut(spoken)
            length, began = len(spoken.labels), n / 50
            if n + length > limit:
                if not tokens and not kind.fill:
                    continue
                if kind.fill and rng.random() < 0.6:
                    # A sentence that runs over the end of the window: only its beginning is heard.
                    keep = limit - n
                    samples.append(spoken.samples[: keep * FRAME])
                    labels.append(spoken.labels[:keep])
                    tokens.append(self.time_zero + n)
                    times.append((began - 0.1, began + 0.1))
                    n, cut_off = limit, len(tokens) > 1
                break
            ended = (n + length) / 50
            tokens += [self.time_zero + n, *spoken.tokens, self.time_zero + n + length]
            times.append((began - 0.1, began + 0.1))
            times += [None if t is None else (t[0] + began, t[1] + began) for t in spoken.times]
            times.append((ended - 0.1, ended + 0.1))
            samples.append(spoken.samples)
            labels.append(spoken.labels)
            n += length
            wanted -= 1
            gap = int(rng.random() * longest_gap * 50)
            if n + gap >= limit or (kind.fill and rng.random() < 0.06):
                break
            samples.append(np.zeros(gap * FRAME, np.float32))
            labels.append(np.zeros(gap, np.int64))
            n += gap
        if len(tokens) == 1:
            tokens, times = [], []
        if rng.random() < 0.3 and not cut_off:
            plain = [i for i, t in enumerate(tokens) if t < self.time_zero]
            tokens = [self.no_times, *(tokens[i] for i in plain)]
            times = [None, *(times[i] for i in plain)]
        first = 1
        row, when = [self.start, *tokens, self.end], [None, *times, None]
        if rng.random() < 0.15:
            said = [t for t in tokens if t < self.end]
            before = self.prompt(said)
            row = [self.previous, *before, *row]
            when = [*[None] * (len(before) + 1), *when]
            first = len(before) + 2
        mel = self.mel(self.degrade(np.concatenate(samples)))
        return Window(
            mel, row[:LONGEST_TARGET], when[:LONGEST_TARGET], first, np.concatenate(labels)
        )

    def batch(self, kind: Kind) -> Batch:
        """Return a batch of windows of a kind, of about the same length."""
        waiting = self.waiting.setdefault(kind, [])
        if not waiting:
            drawn = [self.window(kind) for _ in range(kind.count * self.pool)]
            drawn.sort(key=lambda w: w.mel.shape[1])
            waiting += [drawn[i : i + kind.count] for i in range(0, len(drawn), kind.count)]
            self.rng.shuffle(waiting)
        windows = waiting.pop()
        frames = max(w.mel.shape[1] for w in windows)
        if self.rng.random() < kind.padding:
            frames = MEL_FRAMES
        frames = min(MEL_FRAMES, frames + int(self.rng.random() * kind.stretch * 100))
        frames = (frames + 3) // 4 * 4
        mel = torch.zeros(len(windows), 80, frames)
        labels = torch.full((len(windows), frames // 2), -100)
        width = max(len(w.tokens) for w in windows) - 1
        tokens = torch.full((len(windows), width), self.end)
        targets = torch.full((len(windows), width), -100)
        guides: list[tuple[int, int, int, int]] = []
        for b, w in enumerate(windows):
            shown = min(frames, w.mel.shape[1])
            mel[b, :, :shown] = w.mel[:, :shown]
            known = min(len(w.labels), frames // 2)
            labels[b, :known] = torch.from_numpy(w.labels[:known])
            tokens[b, : len(w.tokens) - 1] = torch.tensor(w.tokens[:-1])
            target = torch.tensor(w.tokens[1:])
            target[: w.first_target - 1] = -100
            targets[b, : len(target)] = target
            for k, times in enumerate(w.times):
                if k and times is not None:
                    first = max(0, min(round(times[0] * 50), frames // 2 - 2))
                    last = min(max(round(times[1] * 50), first + 2), frames // 2)
                    guides.append((b, k - 1, first, last))
        return Batch(
            mel, tokens, targets, labels, torch.tensor(guides, dtype=torch.long).view(-1, 4)
        )

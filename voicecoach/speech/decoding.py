"""How each kind of Whisper weights wants to be called: which windows of sound, which prompt.

Pure but for reading a weights folder's card.json.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from voicecoach.errors import TranscriptionError
from voicecoach.speech.span import Span
from voicecoach.speech.voice_activity import pad_spans

WINDOW_SECONDS: Final = 30.0
"""Whisper hears 30 s at once; each window costs a whole encoder pass however short it is."""

CALL_SECONDS: Final = 600.0
"""Sound handed to the engine at once: it computes the spectrum of all of it beforehand, 2 GB for
two hours."""

MAX_HOTWORDS: Final = 12
MAX_HOTWORD_CHARACTERS: Final = 80
"""Whisper's prompt holds 224 tokens, but long prompts make it cut its own output short; 80
characters are about 25 tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How some weights want to be called.

    Attributes:
        min_silence_seconds: shorter silences do not part spans of speech.
        pad_seconds: sound given before and after each span.
        joins_spans: whether spans share windows of up to 30 s (OpenAI's weights, trained on such)
            or are decoded one by one (small weights, trained on single sentences).
        max_joined_silence_seconds: longer silences are left out of joined windows, since Whisper
            invents words over them.
        hotwords: whether a prompt with rare terms helps; weights trained without prompts break.
        short_windows: whether the encoder may hear a window as short as it is. OpenAI's weights
            need 30 s always, filled up with silence; weights trained on mixed lengths don't, and
            a sentence costs a fiftieth.
    """

    min_silence_seconds: float
    pad_seconds: float
    joins_spans: bool
    max_joined_silence_seconds: float
    hotwords: bool
    short_windows: bool


WHISPER_DECODING: Final = Decoding(
    min_silence_seconds=0.5,
    pad_seconds=0.3,
    joins_spans=True,
    max_joined_silence_seconds=3.0,
    hotwords=True,
    short_windows=False,
)
"""For weights by OpenAI and their distillations."""

SYNTHETIC_DECODING: Final = Decoding(
    min_silence_seconds=0.2,
    pad_seconds=0.12,
    joins_spans=False,
    max_joined_silence_seconds=0.2,
    hotwords=False,
    short_windows=True,
)
"""For our own small weights: 5.9% of words wrong on a 99 s answer, against 34–47% in joined windows
(as measured). Their card.json may say otherwise under "decoding"."""


def decoding_of(folder: Path, *, synthetic: bool) -> Decoding:
    """Return how the weights want to be called: by kind, overruled by "decoding" in card.json.

    Raises:
        TranscriptionError: card.json can't be understood.
    """
    decoding = SYNTHETIC_DECODING if synthetic else WHISPER_DECODING
    card = folder / "card.json"
    if not card.is_file():
        return decoding
    try:
        wanted = json.loads(card.read_text(encoding="utf-8")).get("decoding", {})
        return replace(decoding, **wanted)
    except (ValueError, TypeError, AttributeError) as error:
        raise TranscriptionError(
            f"{card} can't be understood ({error}).",
            "Its “decoding” may hold the fields of voicecoach's Decoding only.",
        ) from error


def hotword_prompt(hotwords: Sequence[str]) -> str | None:
    """Return as many of the terms, in order, as make a short prompt; None for none."""
    chosen: list[str] = []
    for term in dict.fromkeys(" ".join(hotword.split()) for hotword in hotwords):
        if not term or len(", ".join([*chosen, term])) > MAX_HOTWORD_CHARACTERS:
            continue
        chosen.append(term)
        if len(chosen) == MAX_HOTWORDS:
            break
    return ", ".join(chosen) or None


def decoding_windows(
    speech: Sequence[Span], decoding: Decoding, limit_seconds: float
) -> tuple[Span, ...]:
    """Return the stretches to decode, padded, in order and without overlap.

    Where the weights join spans, each window holds as many neighbouring ones as fit 30 s; a span
    longer than that stays whole, and Whisper itself walks through it.
    """
    joined: list[Span] = []
    room = WINDOW_SECONDS - 2 * decoding.pad_seconds
    for span in speech:
        fits = (
            decoding.joins_spans
            and joined
            and span.end_seconds - joined[-1].start_seconds <= room
            and span.start_seconds - joined[-1].end_seconds <= decoding.max_joined_silence_seconds
        )
        if fits:
            joined[-1] = replace(joined[-1], end_seconds=span.end_seconds)
        else:
            joined.append(span)
    return pad_spans(joined, pad_seconds=decoding.pad_seconds, limit_seconds=limit_seconds)


def call_parts(windows: Sequence[Span]) -> list[list[Span]]:
    """Cut the windows, in order, into parts of at most `CALL_SECONDS` from first to last."""
    parts: list[list[Span]] = []
    for window in windows:
        if parts and window.end_seconds - parts[-1][0].start_seconds <= CALL_SECONDS:
            parts[-1].append(window)
        else:
            parts.append([window])
    return parts

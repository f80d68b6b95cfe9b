"""Puts a person's corrected text in place of a transcript's, keeping the times of what was said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    Word,
    transcript_from_words,
    typed_transcript,
)

INSERTED_WORD_SECONDS: Final = 0.4
"""How far before the first timed word a word put in front of it may reach: 150 words a minute."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words `old_start:old_end` of a text became `new_start:new_end` of another.

    `same` tells that they are the same words, punctuation and capitals aside.
    """

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def correct_transcript(original: Transcript, corrected_text: str) -> Transcript:
    """Return the next version of a transcript with the text as the person corrected it.

    Words that stay (punctuation and capitals aside) keep their times and probability. Words
    written in place of others share the others' time, inserted ones the gap they stand in; both
    have no probability, since the engine never heard them so. Engine, weights, language and
    `synthetic` stay: the times are the engine's. A typed transcript stays typed. The text's
    line breaks and doubled spaces become single spaces.
    """
    version = original.version + 1
    typed = original.source is TranscriptSource.TYPED
    if typed and all(word.start_seconds is None for word in original.words):
        return typed_transcript(corrected_text, version=version)
    tokens = corrected_text.split()
    rows: list[tuple[str, float | None, float | None, float | None]] = []
    for block in word_blocks([word.text for word in original.words], tokens):
        texts = tokens[block.new_start : block.new_end]
        before = original.words[block.old_start : block.old_end]
        if len(before) == len(texts):
            rows += (
                (
                    text,
                    word.start_seconds,
                    word.end_seconds,
                    word.probability if block.same else None,
                )
                for text, word in zip(texts, before, strict=True)
            )
        else:
            start, end = _time_of(original.words, block)
            edges = _shared(start, end, texts)
            rows += ((text, *edge, None) for text, edge in zip(texts, pairwise(edges), strict=True))
    return replace(
        transcript_from_words(
            rows,
            version=version,
            source=TranscriptSource.TYPED if typed else TranscriptSource.CORRECTED,
        ),
        engine=original.engine,
        weights=original.weights,
        language=original.language,
        language_probability=original.language_probability,
        synthetic=original.synthetic,
    )


def word_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the blocks, in order, that turn the old words into the new ones with fewest changes.

    Every word is in one block; blocks that are the same and blocks that differ take turns.
    Neighbouring changes are one block, so that “sea rest” → “C, Rust, then” shares one time.
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    blocks: list[Block] = []
    plain_old, plain_new = [_plain(word) for word in old], [_plain(word) for word in new]
    for step in Levenshtein.opcodes(plain_old, plain_new):
        block = Block(
            step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end
        )
        if blocks and not blocks[-1].same and not block.same:
            blocks[-1] = replace(blocks[-1], old_end=block.old_end, new_end=block.new_end)
        else:
            blocks.append(block)
    return blocks


def _time_of(words: Sequence[Word], block: Block) -> tuple[float | None, float | None]:
    """Return the stretch the block's new words share: the old words' own, or the gap there."""
    if block.old_start < block.old_end:
        return words[block.old_start].start_seconds, words[block.old_end - 1].end_seconds
    before = words[block.old_start - 1].end_seconds if block.old_start > 0 else None
    after = words[block.old_start].start_seconds if block.old_start < len(words) else None
    if before is None and after is not None:
        reach = INSERTED_WORD_SECONDS * (block.new_end - block.new_start)
        return max(0.0, after - reach), after
    return before, before if after is None else after


def _shared(start: float | None, end: float | None, texts: Sequence[str]) -> list[float | None]:
    """Return len(texts) + 1 edges that cut the stretch in proportion to the words' letters."""
    if start is None or end is None:
        return [None] * (len(texts) + 1)
    letters = sum(map(len, texts))
    edges: list[float | None] = [start]
    said = 0
    for text in texts[:-1]:
        said += len(text)
        edges.append(start + (end - start) * said / letters)
    return [*edges, end] if texts else edges


def _plain(word: str) -> str:
    """The word in lower case without the punctuation around it; punctuation alone stays."""
    return re.sub(r"^\W+|\W+$", "", word.casefold()) or word

"""The transcript of a spliced answer as a recogniser would leave it, its times as Whisper's are."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from benchmarks.spliced_answers import SplicedAnswer
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words

NUMBERS: Final[Mapping[str, str]] = {
    "two thousand nineteen": "2019",
    "nine hundred": "900",
    "thirty first": "31st",
    "twenty ninth": "29th",
    "sixty dollars": "$60",
    "fifty percent": "50%",
    "seventy": "70",
    "eleven": "11",
    "twelve": "12",
    "twenty": "20",
    "forty": "40",
    "ten": "10",
}
"""Numbers as they are said, and as Whisper writes them."""


def whisper_like(
    answer: SplicedAnswer, chance: np.random.Generator, *, punctuated: bool, digits: bool = False
) -> Transcript:
    """Return the transcript a recogniser would leave, its times as Whisper's are.

    Every edge is off by a normal error of 60 ms. At a pause the word before it is stretched over
    half of it to all of it (half the time), or the word after it is pulled forward as far (a
    quarter of the time). Without punctuation there are no capitals either. `digits` writes numbers
    as Whisper does.
    """
    starts = np.array([word.start_seconds for word in answer.words])
    ends = np.array([word.end_seconds for word in answer.words])
    for pause in answer.pauses:
        share = chance.uniform(0.5, 1.0) * pause.span.seconds
        kind = chance.uniform()
        if kind < 0.5:
            ends[pause.after_word] += share
        elif kind < 0.75:
            starts[pause.after_word + 1] -= share
    starts += chance.normal(0, 0.06, len(starts))
    ends += chance.normal(0, 0.06, len(ends))
    edges = np.maximum.accumulate(np.stack([starts, np.maximum(ends, starts + 0.02)], 1).ravel())
    edges = np.clip(edges, 0, answer.recording.seconds).reshape(-1, 2)
    rows: list[tuple[str, float | None, float | None, float | None]] = [
        (
            word.text if punctuated else word.text.strip(".,?!;:").lower(),
            float(start),
            float(end),
            0.9,
        )
        for word, (start, end) in zip(answer.words, edges, strict=True)
    ]
    return transcript_from_words(
        _in_digits(rows) if digits else rows,
        version=1,
        source=TranscriptSource.MACHINE,
        engine="spliced",
        language="en",
    )


def _in_digits(
    rows: list[tuple[str, float | None, float | None, float | None]],
) -> list[tuple[str, float | None, float | None, float | None]]:
    written = list(rows)
    for said, digits in NUMBERS.items():
        length = len(said.split())
        place = 0
        while place + length <= len(written):
            run = written[place : place + length]
            last = run[-1][0]
            if " ".join(row[0] for row in run).lower().rstrip(".,?!;:") == said:
                tail = last[len(last.rstrip(".,?!;:")) :]
                written[place : place + length] = [(digits + tail, run[0][1], run[-1][2], 0.9)]
            place += 1
    return written

"""A pause belongs between the words that sound beside it, and inside a clause or at its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.scoring.pause_places import clause_ends, split_place
from voicecoach.scoring.silent_pauses import place_pauses
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    transcript_from_words,
    typed_transcript,
)


def heard(*rows: tuple[str, float, float]) -> Transcript:
    return transcript_from_words(
        [(text, start, end, 0.9) for text, start, end in rows],
        version=1,
        source=TranscriptSource.MACHINE,
    )


PAUSE = Span(start_seconds=1.0, end_seconds=3.0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((0.4, 1.0), (3.0, 3.4)),
        ((0.4, 2.9), (3.0, 3.4)),
        ((0.4, 1.0), (1.1, 3.4)),
        ((0.4, 2.0), (2.0, 3.4)),
        ((0.4, 0.9), (0.9, 3.4)),
        ((0.8, 3.1), (3.1, 3.4)),
    ],
    ids=["true", "first stretched", "second early", "both", "second begins early", "over the end"],
)
def test_a_word_stretched_over_a_pause_stays_on_its_side(
    first: tuple[float, float], second: tuple[float, float]
) -> None:
    words = heard(("we", 0.0, 0.4), ("agreed", *first), ("because", *second), ("it", 3.4, 3.6))
    assert split_place(words.words, PAUSE) == 2


@given(
    before=st.integers(min_value=0, max_value=6),
    after=st.integers(min_value=0, max_value=6),
    slack=st.floats(min_value=-0.05, max_value=0.05),
)
def test_words_beside_a_pause_are_counted_however_many(
    before: int, after: int, slack: float
) -> None:
    rows = [(f"a{place}", 0.3 * place, 0.3 * place + 0.3 + slack) for place in range(before)]
    end = 0.3 * before
    rows += [
        (f"b{place}", end + 2 + 0.3 * place + slack, end + 2.3 + 0.3 * place)
        for place in range(after)
    ]
    pause = Span(start_seconds=end, end_seconds=end + 2)
    assert split_place(heard(*rows).words, pause) == before


def ends_of(text: str) -> list[str]:
    transcript = typed_transcript(text)
    ends = sorted(clause_ends(transcript))
    pieces: list[str] = []
    start = 0
    for end in ends:
        pieces.append(" ".join(word.text for word in transcript.words[start : end + 1]))
        start = end + 1
    return pieces


@pytest.mark.parametrize(
    "marked",
    [
        "I built a tool | that the nurses liked",
        "She asked me | whether I could help",
        "I know | we were late",
        "It was the limit | I was allowed to approve",
        "He explained | how the pump had failed",
        "We stopped | before anything broke",
        "I wrote a report | in which I explained the fault",
        "A man came in | whose sofa was torn",
        "I changed that rule for them",
        "I waited for the post with my colleague",
        "After that I called the warehouse",
    ],
)
def test_a_pause_may_end_a_clause_before_one_that_hangs_on_it(marked: str) -> None:
    assert ends_of(marked.replace(" |", "")) == marked.split(" | ")


def test_a_filled_pause_beside_a_silence_does_not_move_it() -> None:
    transcript = heard(
        ("We", 0.0, 0.2),
        ("agreed.", 0.2, 0.7),
        ("um", 0.7, 1.0),
        ("Then", 3.0, 3.2),
        ("I", 3.2, 3.3),
        ("called", 3.3, 3.6),
    )
    (placed,) = place_pauses(transcript, [PAUSE])
    assert not placed.inside_clause
    assert placed.after_word == 1

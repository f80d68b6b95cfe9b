"""Correcting a transcript keeps the times of what was said."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    transcript_from_words,
    typed_transcript,
)


def machine_transcript(text: str) -> Transcript:
    """Each word lasts 0.4 s, then 0.1 s of silence; the first starts at 1 s."""
    return transcript_from_words(
        [
            (word, 1 + 0.5 * number, 1.4 + 0.5 * number, 0.9)
            for number, word in enumerate(text.split())
        ],
        version=1,
        source=TranscriptSource.MACHINE,
        engine="faster-whisper 1.2.1",
        weights="small",
        language="en",
        language_probability=0.98,
        synthetic=True,
    )


def rows(transcript: Transcript) -> list[tuple[str, float | None, float | None, float | None]]:
    return [
        (word.text, word.start_seconds, word.end_seconds, word.probability)
        for word in transcript.words
    ]


def test_a_replaced_word_takes_the_time_and_drops_the_probability() -> None:
    corrected = correct_transcript(
        machine_transcript("I used cuban eighties"), "I used Kubernetes."
    )
    assert corrected.text == "I used Kubernetes."
    assert rows(corrected) == [
        ("I", 1, 1.4, 0.9),
        ("used", 1.5, 1.9, 0.9),
        ("Kubernetes.", 2, 2.9, None),
    ]


def test_two_words_in_place_of_one_share_its_time_by_their_letters() -> None:
    corrected = correct_transcript(machine_transcript("the backend team"), "the back ends team")
    (_, back, ends, _) = corrected.words
    assert [back.start_seconds, back.end_seconds] == pytest.approx([1.5, 1.7])
    assert [ends.start_seconds, ends.end_seconds] == pytest.approx([1.7, 1.9])


def test_an_inserted_word_stands_in_the_gap() -> None:
    corrected = correct_transcript(machine_transcript("we failed"), "we nearly failed")
    assert rows(corrected)[1] == ("nearly", 1.4, 1.5, None)


def test_words_put_before_the_first_and_after_the_last_stay_beside_them() -> None:
    corrected = correct_transcript(machine_transcript("it worked"), "In short, it worked well")
    starts = [word.start_seconds for word in corrected.words]
    assert starts == pytest.approx([0.2, 0.2 + 0.8 * 2 / 8, 1, 1.5, 1.9])
    assert corrected.words[-1].end_seconds == 1.9


def test_punctuation_and_capitals_change_nothing_but_the_text() -> None:
    corrected = correct_transcript(machine_transcript("so we shipped it"), "So, we shipped it!")
    assert corrected.text == "So, we shipped it!"
    assert {word.probability for word in corrected.words} == {0.9}


def test_removed_words_are_gone_and_the_others_keep_their_times() -> None:
    corrected = correct_transcript(machine_transcript("I I led led it"), "I led it")
    assert [word.text for word in corrected.words] == ["I", "led", "it"]
    assert corrected.words[-1].start_seconds == 3


def test_a_correction_is_the_next_version_and_tells_where_its_times_are_from() -> None:
    original = machine_transcript("one two")
    corrected = correct_transcript(original, "one three")
    assert corrected.version == 2
    assert corrected.source is TranscriptSource.CORRECTED
    assert (corrected.engine, corrected.weights) == (original.engine, original.weights)
    assert (corrected.language, corrected.language_probability) == ("en", 0.98)
    assert corrected.synthetic
    assert correct_transcript(corrected, "one two").version == 3


def test_everything_may_be_removed() -> None:
    corrected = correct_transcript(machine_transcript("thanks for watching"), " \n ")
    assert corrected.text == ""
    assert corrected.words == ()


def test_an_empty_transcript_may_be_filled_without_times() -> None:
    corrected = correct_transcript(machine_transcript(""), "I did speak")
    assert corrected.text == "I did speak"
    assert {word.start_seconds for word in corrected.words} == {None}


def test_what_was_typed_stays_typed() -> None:
    corrected = correct_transcript(typed_transcript("I led it"), "I  led the\nteam")
    assert corrected.source is TranscriptSource.TYPED
    assert corrected.text == "I led the team"
    assert corrected.version == 2
    assert {word.start_seconds for word in corrected.words} == {None}


texts = st.lists(
    st.sampled_from(["I", "led", "the", "team", "Team,", "and", "cut", "costs", "by", "40%", "—"]),
    max_size=12,
).map(" ".join)


@given(texts, texts | st.text(max_size=60), texts)
def test_any_correction_keeps_text_order_and_spans(said: str, wanted: str, again: str) -> None:
    transcript = machine_transcript(said)
    for text in (wanted, again):
        transcript = correct_transcript(transcript, text)
        assert transcript.text == " ".join(text.split())
        for word in transcript.words:
            assert transcript.text[word.start_char : word.end_char] == word.text
        times = [
            (word.start_seconds, word.end_seconds)
            for word in transcript.words
            if word.start_seconds is not None and word.end_seconds is not None
        ]
        assert all(start <= end for start, end in times)
        assert all(earlier[1] <= later[0] + 1e-9 for earlier, later in pairwise(times))


@given(texts)
def test_correcting_to_the_same_text_changes_no_time(said: str) -> None:
    original = machine_transcript(said)
    assert correct_transcript(original, said).words == original.words

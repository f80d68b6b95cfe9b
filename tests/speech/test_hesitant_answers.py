"""Filled pauses are found in synthetic answers whose truth is known; TextGrids are read."""

from pathlib import Path

import pytest

from benchmarks.filled_pause_accuracy import Accuracy, matches
from benchmarks.hesitant_answers import TEST_VOICES, TRAINING_VOICES, hesitant_answers
from benchmarks.labelled_speech import (
    LabelledSpeech,
    exact_transcript,
    whisper_like_transcript,
)
from benchmarks.textgrid import (
    UnreadableTextGridError,
    is_filler,
    read_tiers,
    words_and_fillers,
)
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 3
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "TextTier"
        name = "notes"
        xmin = 0
        xmax = 3
        points: size = 1
        points [1]:
            number = 1.5
            mark = "intervals [1]: a ""quoted"" note"
    item [2]:
        class = "IntervalTier"
        name = "anna - words"
        xmin = 0
        xmax = 3
        intervals: size = 4
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1.25
            text = "{UM}"
        intervals [3]:
            xmin = 1.25
            xmax = 2
            text = "I"
        intervals [4]:
            xmin = 2
            xmax = 3
            text = "don't"
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
3
<exists>
1
"IntervalTier"
"words"
0
3
3
0
0.5
"uh,"
0.5
1
""
1
3
"fine"
"""


@pytest.fixture(scope="module")
def spoken() -> list[LabelledSpeech]:
    return hesitant_answers(TEST_VOICES[:2] + TEST_VOICES[3:4], answers_per_voice=2, seed=4)


def test_most_filled_pauses_are_found_where_word_times_are_exact(
    spoken: list[LabelledSpeech],
) -> None:
    accuracy = Accuracy()
    for answer in spoken:
        sound = measure_sound(Recording(answer.samples))
        accuracy.add(answer, exact_transcript(answer), sound)
    assert accuracy.true > 15
    assert accuracy.recall >= 0.8
    assert accuracy.precision >= 0.8


def test_most_are_found_where_neighbours_swallowed_them(spoken: list[LabelledSpeech]) -> None:
    accuracy = Accuracy()
    for number, answer in enumerate(spoken):
        sound = measure_sound(Recording(answer.samples))
        accuracy.add(answer, whisper_like_transcript(answer, seed=number), sound)
    assert accuracy.recall >= 0.6
    assert accuracy.precision >= 0.7


def test_the_halves_share_no_voice() -> None:
    assert not set(TRAINING_VOICES) & set(TEST_VOICES)


def test_the_same_seed_makes_the_same_answer(spoken: list[LabelledSpeech]) -> None:
    again = hesitant_answers(TEST_VOICES[:2] + TEST_VOICES[3:4], answers_per_voice=2, seed=4)
    assert [answer.words for answer in again] == [answer.words for answer in spoken]
    assert all((a.samples == b.samples).all() for a, b in zip(again, spoken, strict=True))


def test_swallowed_times_leave_no_filled_pause_uncovered(spoken: list[LabelledSpeech]) -> None:
    for answer in spoken:
        transcript = whisper_like_transcript(answer, seed=1)
        for filler in answer.fillers:
            middle = (filler.start_seconds + filler.end_seconds) / 2
            near = [
                word
                for word in transcript.words
                if (word.start_seconds or 0) < middle + 0.4
                and (word.end_seconds or 0) > middle - 0.4
            ]
            assert near
        times = [
            edge for word in transcript.words for edge in (word.start_seconds, word.end_seconds)
        ]
        assert times == sorted(times, key=lambda edge: edge or 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_both_text_formats_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "clip.TextGrid"
    path.write_bytes(LONG.encode(encoding))
    words, fillers = words_and_fillers(path)
    assert [word.text for word in words] == ["I", "don't"]
    assert [(filler.start_seconds, filler.end_seconds) for filler in fillers] == [(0.5, 1.25)]
    assert [tier.name for tier in read_tiers(path)] == ["anna - words"]
    path.write_bytes(SHORT.encode(encoding))
    words, fillers = words_and_fillers(path)
    assert [word.text for word in words] == ["fine"]
    assert [filler.text for filler in fillers] == ["uh,"]


@pytest.mark.parametrize(
    "label",
    ["um", "uh", "uhm", "er", "erm", "hm", "hmm", "mm", "<um>", "{UM}", "um,", "(uh)", "Uh."],
)
def test_every_way_to_write_a_filled_pause_is_one(label: str) -> None:
    assert is_filler(label)


@pytest.mark.parametrize("label", ["", "the", "a", "her", "hum", "umbrella", "i", "them", "<unk>"])
def test_words_are_no_filled_pauses(label: str) -> None:
    assert not is_filler(label)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"words", SHORT[:120].encode()])
def test_what_is_no_textgrid_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.TextGrid"
    path.write_bytes(content)
    with pytest.raises(UnreadableTextGridError) as refusal:
        words_and_fillers(path)
    assert "\n" not in str(refusal.value)


def test_events_match_one_to_one_within_the_tolerance() -> None:
    def span(start: float, end: float) -> Span:
        return Span(start_seconds=start, end_seconds=end)

    true = [span(1, 1.3), span(5, 5.4)]
    assert matches([span(1.55, 1.8), span(5.1, 5.2)], true) == 2
    assert matches([span(1.65, 1.8)], true) == 0
    assert matches([span(1.0, 1.1), span(1.2, 1.3)], true) == 1
    assert matches([span(1.1, 1.2)], [span(1, 1.05), span(1.25, 1.3)]) == 1

"""The real faster-whisper on our small synthetic-voice weights, and its guards on their own."""

import re
import shutil
import socket
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tests.fakes.whisper_weights import write_multilingual_weights
from tests.speech.spoken import join, noise, silence, speak, tone
from voicecoach.errors import TranscriptionError, WeightsMissingError
from voicecoach.speech import decoding
from voicecoach.speech.contracts import Transcriber
from voicecoach.speech.decoding import (
    CALL_SECONDS,
    MAX_HOTWORD_CHARACTERS,
    SYNTHETIC_DECODING,
    WHISPER_DECODING,
    WINDOW_SECONDS,
    call_parts,
    decoding_windows,
    hotword_prompt,
)
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.heard import (
    HeardSegment,
    HeardWord,
    is_invented,
    order_words,
    without_loops,
)
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import TranscriptSource

WEIGHTS = Path(__file__).parents[2] / "models" / "espeak-tiny"

SENTENCES = (
    "I led the team for two years.",
    "The project was late and the customer was angry.",
    "In my last company I rewrote the payment system in three months.",
)


@pytest.fixture(scope="module")
def transcriber() -> FasterWhisperTranscriber:
    return FasterWhisperTranscriber(
        WEIGHTS, name="espeak-tiny", language="en", cpu_threads=1, synthetic=True
    )


@pytest.fixture(scope="module")
def answer() -> Recording:
    """Three sentences with half a second of silence around each."""
    parts = [part for text in SENTENCES for part in (silence(0.5), speak(text).samples)]
    return join(*parts, silence(0.5))


def word_error_rate(said: str, heard: str) -> float:
    """Wrong, missing and invented words per word said."""
    said_words, heard_words = (re.findall(r"[a-z']+", text.lower()) for text in (said, heard))
    return Levenshtein.distance(said_words, heard_words) / len(said_words)


def test_words_are_heard(transcriber: FasterWhisperTranscriber, answer: Recording) -> None:
    transcript = transcriber.transcribe(answer)
    assert word_error_rate(" ".join(SENTENCES), transcript.text) <= 0.25


def test_words_come_at_their_time(transcriber: FasterWhisperTranscriber) -> None:
    """Word starts are early by a constant 0.1 s or so; around that they are within 0.1 s."""
    spoken = speak(SENTENCES[0])
    transcript = transcriber.transcribe(join(silence(0.5), spoken.samples, silence(0.5)))
    starts: dict[str, list[float]] = {}
    for word in transcript.words:
        assert word.start_seconds is not None
        starts.setdefault(word.text.lower().strip(".,"), []).append(word.start_seconds - 0.5)
    errors = [
        starts[word.lower()][0] - start
        for word, start in zip(spoken.words, spoken.starts_seconds, strict=True)
        if len(starts.get(word.lower(), ())) == 1
    ]
    assert len(errors) >= 5
    bias = float(np.median(errors))
    assert abs(bias) < 0.25
    assert np.median(np.abs(np.array(errors) - bias)) < 0.1


def test_words_have_plain_numbers_in_order_inside_the_recording(
    transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    transcript = transcriber.transcribe(answer)
    times = []
    for word in transcript.words:
        assert transcript.text[word.start_char : word.end_char] == word.text
        assert type(word.start_seconds) is float
        assert type(word.end_seconds) is float
        assert type(word.probability) is float
        assert 0 <= word.probability <= 1
        times += [word.start_seconds, word.end_seconds]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= answer.seconds


def test_transcript_tells_what_made_it(
    transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    as_contract: Transcriber = transcriber
    transcript = as_contract.transcribe(answer)
    assert transcript.version == 1
    assert transcript.source is TranscriptSource.MACHINE
    assert re.fullmatch(r"faster-whisper 1\.\d+\.\d+", transcript.engine)
    assert transcript.engine == transcriber.engine
    assert transcript.weights == transcriber.weights == "espeak-tiny"
    assert transcript.synthetic is transcriber.synthetic is True
    assert (transcript.language, transcript.language_probability) == (None, None)


def test_the_same_sound_gives_the_same_transcript(
    transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    again = FasterWhisperTranscriber(
        WEIGHTS, name="espeak-tiny", language="en", cpu_threads=2, synthetic=True
    )
    assert transcriber.transcribe(answer) == again.transcribe(Recording(answer.samples.copy()))


@pytest.mark.parametrize(
    "recording",
    [
        Recording(silence(0)),
        Recording(silence(0.01)),
        Recording(silence(3)),
        Recording(noise(3, level=-30)),
        Recording(tone(3, hertz=[50, 100, 150], level=-25)),
        Recording(tone(3, hertz=[220, 277, 330], level=-20)),
    ],
    ids=["nothing", "a moment", "silence", "noise", "hum", "chord"],
)
def test_nothing_is_heard_where_nobody_speaks(
    transcriber: FasterWhisperTranscriber, recording: Recording
) -> None:
    transcript = transcriber.transcribe(recording)
    assert transcript.text == ""
    assert transcript.words == ()
    assert transcript.synthetic


def test_quiet_speech_is_heard_all_the_same(
    transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    quiet = Recording(answer.samples * np.float32(0.05))
    assert word_error_rate(" ".join(SENTENCES), transcriber.transcribe(quiet).text) <= 0.35


def test_hotwords_are_kept_from_weights_that_never_saw_a_prompt(
    transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    plain = transcriber.transcribe(answer)
    assert transcriber.transcribe(answer, hotwords=["Kubernetes", "Grafana"]) == plain


def test_missing_weights_are_named_with_the_remedy(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "half")
    (tmp_path / "half" / "tokenizer.json").unlink()
    missing = FasterWhisperTranscriber(
        tmp_path / "half", name="base", language="en", synthetic=False
    )
    with pytest.raises(
        WeightsMissingError, match=r"tokenizer\.json.*voicecoach models download base"
    ):
        missing.transcribe(Recording(silence(1)))


def test_broken_weights_are_told(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "broken")
    (tmp_path / "broken" / "model.bin").write_bytes(b"not a model")
    broken = FasterWhisperTranscriber(
        tmp_path / "broken", name="base", language="en", synthetic=False
    )
    with pytest.raises(TranscriptionError, match="voicecoach models verify"):
        broken.load()


def test_english_weights_refuse_another_language() -> None:
    german = FasterWhisperTranscriber(WEIGHTS, name="base.en", language="de", synthetic=True)
    with pytest.raises(TranscriptionError, match="know English only"):
        german.load()


def test_card_may_overrule_how_weights_are_called(tmp_path: Path, answer: Recording) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    (folder / "card.json").write_text('{"decoding": {"short_windows": false}}')
    transcriber = FasterWhisperTranscriber(
        folder, name="espeak-tiny", language="en", cpu_threads=1, synthetic=True
    )
    assert word_error_rate(" ".join(SENTENCES), transcriber.transcribe(answer).text) <= 0.25
    (folder / "card.json").write_text('{"decoding": {"no_such_thing": 1}}')
    with pytest.raises(TranscriptionError, match=r"card\.json"):
        FasterWhisperTranscriber(folder, name="x", language="en", synthetic=True).load()


def test_nothing_is_asked_of_the_network(
    monkeypatch: pytest.MonkeyPatch, answer: Recording
) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"the network was asked: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    fresh = FasterWhisperTranscriber(WEIGHTS, name="espeak-tiny", language="en", synthetic=True)
    assert fresh.transcribe(answer).words


@pytest.fixture(scope="module")
def german_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Multilingual weights of chance numbers that take every sound for German."""
    folder = tmp_path_factory.mktemp("multilingual")
    write_multilingual_weights(folder, hears="de")
    return folder


def test_language_is_heard_though_decoding_is_held_to_the_given_one(german_weights: Path) -> None:
    transcriber = FasterWhisperTranscriber(
        german_weights, name="chance", language="en", cpu_threads=1, synthetic=False
    )
    transcript = transcriber.transcribe(
        join(silence(0.5), speak(SENTENCES[0]).samples, silence(0.5)), hotwords=["Kubernetes"]
    )
    assert transcript.language == "de"
    assert transcript.language_probability == pytest.approx(1, abs=0.05)
    assert transcriber.transcribe(Recording(silence(2))).language is None


def test_a_language_whisper_does_not_know_is_refused(german_weights: Path) -> None:
    transcriber = FasterWhisperTranscriber(
        german_weights, name="chance", language="klingon", synthetic=False
    )
    with pytest.raises(TranscriptionError, match="knows no language “klingon”"):
        transcriber.load()


def test_hotwords_are_cut_to_a_short_prompt() -> None:
    assert hotword_prompt([]) is None
    assert hotword_prompt(["", "  "]) is None
    assert hotword_prompt(["Kubernetes", "blue  green", "Kubernetes"]) == "Kubernetes, blue green"
    many = hotword_prompt([f"term{number}" for number in range(100)])
    assert many is not None
    assert len(many) <= MAX_HOTWORD_CHARACTERS
    assert many.startswith("term0, term1")


spans = st.lists(st.tuples(st.floats(0.05, 40), st.floats(0.2, 12)), min_size=1, max_size=20).map(
    lambda pairs: tuple(
        Span(start_seconds=start, end_seconds=start + length)
        for start, length in zip(
            np.cumsum([gap for gap, _ in pairs])
            + np.cumsum([0.0, *(length for _, length in pairs[:-1])]),
            [length for _, length in pairs],
            strict=True,
        )
    )
)


@given(spans, st.sampled_from([WHISPER_DECODING, SYNTHETIC_DECODING]))
def test_windows_cover_all_speech_once_and_fit_what_whisper_hears(
    speech: tuple[Span, ...], decoding: object
) -> None:
    assert isinstance(decoding, type(WHISPER_DECODING))
    limit = speech[-1].end_seconds + 1
    windows = decoding_windows(speech, decoding, limit)
    for earlier, later in pairwise(windows):
        assert earlier.end_seconds <= later.start_seconds + 1e-9
    for window in windows:
        assert 0 <= window.start_seconds < window.end_seconds <= limit
        assert window.seconds <= WINDOW_SECONDS + 1e-6
    for span in speech:
        assert any(
            window.start_seconds <= span.start_seconds and span.end_seconds <= window.end_seconds
            for window in windows
        )


def test_neighbouring_sentences_share_a_window_but_a_long_silence_parts_them() -> None:
    speech = [
        Span(start_seconds=start, end_seconds=end) for start, end in [(1, 5), (6, 10), (18, 22)]
    ]
    windows = decoding_windows(speech, WHISPER_DECODING, 30)
    assert [(window.start_seconds, window.end_seconds) for window in windows] == [
        (0.7, 10.3),
        (17.7, 22.3),
    ]


def test_long_recordings_are_handed_over_in_parts_that_lose_no_window() -> None:
    windows = [
        Span(start_seconds=100 * number, end_seconds=100 * number + 25) for number in range(20)
    ]
    parts = call_parts(windows)
    assert [window for part in parts for window in part] == windows
    assert len(parts) > 1
    assert all(part[-1].end_seconds - part[0].start_seconds <= CALL_SECONDS for part in parts)
    assert call_parts([]) == []


def test_words_of_a_later_part_keep_their_times(
    transcriber: FasterWhisperTranscriber,
    answer: Recording,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = transcriber.transcribe(answer)
    monkeypatch.setattr(decoding, "CALL_SECONDS", 4.0)
    parts = transcriber.transcribe(answer)
    assert word_error_rate(" ".join(SENTENCES), parts.text) <= 0.3
    assert parts.words[-1].end_seconds == pytest.approx(whole.words[-1].end_seconds, abs=0.3)


def segment(
    text: str, *, start: float = 0.0, no_speech: float = 0.1, log_probability: float = -0.3
) -> HeardSegment:
    """Each word lasts 0.3 s."""
    return HeardSegment(
        words=tuple(
            HeardWord(
                text=word,
                start_seconds=start + 0.3 * number,
                end_seconds=start + 0.3 * number + 0.3,
                probability=0.8,
            )
            for number, word in enumerate(text.split())
        ),
        no_speech_probability=no_speech,
        average_log_probability=log_probability,
    )


SPEECH = (Span(start_seconds=0, end_seconds=4),)


def test_what_the_engine_itself_doubts_is_dropped() -> None:
    doubtful = segment("some words", no_speech=0.9, log_probability=-1.4)
    assert is_invented(doubtful, SPEECH)
    assert not is_invented(segment("some words", no_speech=0.9), SPEECH)
    assert not is_invented(segment("some words", log_probability=-1.4), SPEECH)


@pytest.mark.parametrize(
    "text", ["Thanks for watching!", "Thank you.", "you", "Don't forget to like and subscribe."]
)
def test_stock_phrases_over_silence_are_dropped_and_said_ones_kept(text: str) -> None:
    assert is_invented(segment(text, start=5), SPEECH)
    assert not is_invented(segment(text, start=1), SPEECH)


def test_other_words_are_never_taken_for_stock_phrases() -> None:
    assert not is_invented(segment("Thank you for asking that", start=5), SPEECH)
    assert not is_invented(segment("", start=5), SPEECH)


def test_a_loop_is_kept_once() -> None:
    looping = segment("we shipped it " + "and then we " * 30 + "celebrated")
    kept = " ".join(word.text for word in without_loops(looping))
    assert kept == "we shipped it and then we celebrated"


def test_people_may_repeat_themselves() -> None:
    for text in ("no no no I did it", "very very very very good", "I think I think I mean we did"):
        assert [word.text for word in without_loops(segment(text))] == text.split()


times = st.floats(-1, 20, allow_nan=False)


@given(st.lists(st.tuples(times, times), max_size=12))
def test_any_word_times_are_put_in_order(pairs: list[tuple[float, float]]) -> None:
    words = [
        HeardWord(text=str(number), start_seconds=start, end_seconds=end, probability=1.0)
        for number, (start, end) in enumerate(pairs)
    ]
    ordered = order_words(words, limit_seconds=15)
    assert [word.text for word in ordered] == [word.text for word in words]
    edges = [edge for word in ordered for edge in (word.start_seconds, word.end_seconds)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= 15 for edge in edges)

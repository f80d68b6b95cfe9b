"""Transcribing while the answer is spoken: as good as after the fact, and nothing is lost."""

import re
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tests.fakes.knowing_transcriber import KnowingTranscriber
from tests.speech.spoken_live import SpokenAnswer, spoken_answer
from voicecoach.errors import CoachError, TranscriptionError, WeightsMissingError
from voicecoach.speech.contracts import LiveTranscriber
from voicecoach.speech.decoding import SYNTHETIC_DECODING, WHISPER_DECODING, Decoding
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.live import Caption, LiveTranscription
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.span import Span
from voicecoach.speech.streaming_voice_activity import StreamingVoiceActivity
from voicecoach.speech.transcript import Transcript, TranscriptSource
from voicecoach.speech.voice_activity import speech_probabilities

WEIGHTS = Path(__file__).parents[2] / "models" / "espeak-tiny"
BLOCK = 1_600


@pytest.fixture(scope="module")
def engine() -> FasterWhisperTranscriber:
    return FasterWhisperTranscriber(
        WEIGHTS, name="espeak-tiny", language="en", cpu_threads=1, synthetic=True
    )


@pytest.fixture(scope="module")
def answer() -> SpokenAnswer:
    return spoken_answer(pauses=(0.6, 1.1, 0.35))


def live(engine: LiveTranscriber, answer: SpokenAnswer, *, size: int = BLOCK) -> Transcript:
    transcription = LiveTranscription(lambda: engine)
    for piece in answer.pieces(size):
        transcription.feed(piece)
    return transcription.finish()


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def errors(answer: SpokenAnswer, heard: Transcript) -> float:
    said = plain(" ".join(word.text for word in answer.words))
    return Levenshtein.distance(said, plain(heard.text)) / len(said)


@given(st.lists(st.integers(100, 9_000), min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
def test_streaming_voice_activity_hears_what_is_heard_after_the_fact(sizes: list[int]) -> None:
    answer = spoken_answer(pauses=(0.6,), lead=0.0)
    activity = StreamingVoiceActivity()
    heard, at, number = [], 0, 0
    samples = answer.recording.samples
    while at < len(samples):
        size = sizes[number % len(sizes)]
        heard.append(activity.hear(samples[at : at + size]))
        at, number = at + size, number + 1
    heard.append(activity.finish())
    assert np.all(activity.gains == 1.0)
    np.testing.assert_allclose(
        np.concatenate(heard), speech_probabilities(answer.recording), atol=1e-4
    )


def test_a_quiet_answer_is_raised_as_after_the_fact() -> None:
    answer = spoken_answer(pauses=(0.6,), repeats=2)
    quiet = (answer.samples * 0.02).astype(np.int16)
    activity = StreamingVoiceActivity()
    samples = SpokenAnswer(quiet, answer.words).recording.samples
    heard = np.concatenate([activity.hear(samples), activity.finish()])
    assert activity.gains[-1] > 5
    after = speech_probabilities(SpokenAnswer(quiet, answer.words).recording)
    assert np.mean((heard >= 0.5) == (after >= 0.5)) > 0.99


def test_the_words_are_as_good_as_after_the_fact(
    engine: FasterWhisperTranscriber, answer: SpokenAnswer
) -> None:
    """Over many answers half a point at most is lost: benchmarks/live.py."""
    assert errors(answer, live(engine, answer)) <= errors(
        answer, engine.transcribe(answer.recording)
    ) + 2 / len(answer.words)


def test_words_come_at_the_times_found_after_the_fact(
    engine: FasterWhisperTranscriber, answer: SpokenAnswer
) -> None:
    after = engine.transcribe(answer.recording).words
    apart = [
        min(abs(word.start_seconds - other.start_seconds) for other in after if other.start_seconds)
        for word in live(engine, answer).words
        if word.start_seconds
    ]
    assert len(apart) >= 40
    assert np.median(apart) < 0.05


@given(st.integers(200, 40_000))
@settings(max_examples=4, deadline=None)
def test_how_the_sound_arrives_changes_no_word(size: int) -> None:
    engine = _kept_engine()
    answer = spoken_answer(pauses=(0.6, 0.3))
    assert live(engine, answer, size=size) == live(engine, answer)


def test_the_transcript_tells_what_made_it(
    engine: FasterWhisperTranscriber, answer: SpokenAnswer
) -> None:
    heard = live(engine, answer)
    assert (heard.version, heard.source) == (1, TranscriptSource.MACHINE)
    assert (heard.engine, heard.weights, heard.synthetic) == (engine.engine, "espeak-tiny", True)


@pytest.mark.parametrize("decoding", [SYNTHETIC_DECODING, WHISPER_DECODING])
@pytest.mark.parametrize("pauses", [(0.8,), (0.25, 0.6, 4.0), (0.0,)])
def test_no_word_is_cut_or_lost(decoding: Decoding, pauses: tuple[float, ...]) -> None:
    answer = spoken_answer(pauses=pauses, repeats=3)
    engine = KnowingTranscriber(answer.words, how=decoding)
    heard = live(engine, answer)
    assert [word.text for word in heard.words] == [word.text for word in answer.words]


def test_weights_that_take_prompts_are_told_what_was_said_before(answer: SpokenAnswer) -> None:
    long = spoken_answer(pauses=(0.8,), repeats=2)
    engine = KnowingTranscriber(long.words, how=WHISPER_DECODING)
    live(engine, long)
    assert engine.contexts[0] == ""
    assert engine.contexts[-1].split()
    said = [word.text for word in long.words]
    last = engine.contexts[-1].split()
    assert any(said[at : at + len(last)] == last for at in range(len(said)))


def test_what_may_be_the_end_is_decoded_before_the_stop() -> None:
    answer = spoken_answer(pauses=(0.2,), tail=0.45)
    engine = KnowingTranscriber(answer.words, how=WHISPER_DECODING)
    told: list[Caption] = []
    seen = threading.Event()

    def on_caption(caption: Caption) -> None:
        told.append(caption)
        if caption.words and caption.words[-1].text.startswith("June"):
            seen.set()

    transcription = LiveTranscription(lambda: engine, on_caption=on_caption)
    for piece in answer.pieces(BLOCK):
        transcription.feed(piece)
    assert seen.wait(timeout=30)
    windows = len(engine.windows)
    heard = transcription.finish()
    assert len(engine.windows) == windows
    assert heard.words[-1].text.startswith("June")
    assert [caption.final for caption in told][-2:] == [False, True]


def test_each_stretch_ends_in_a_final_caption_and_together_they_are_the_transcript(
    engine: FasterWhisperTranscriber, answer: SpokenAnswer
) -> None:
    shown: dict[int, Caption] = {}
    transcription = LiveTranscription(
        lambda: engine, on_caption=lambda caption: shown.update({caption.stretch: caption})
    )
    for piece in answer.pieces(BLOCK):
        transcription.feed(piece)
    heard = transcription.finish()
    assert all(caption.final for caption in shown.values())
    words = [word.text for number in sorted(shown) for word in shown[number].words]
    assert words == [word.text for word in heard.words]


@pytest.mark.parametrize("decoding", [SYNTHETIC_DECODING, WHISPER_DECODING])
def test_a_slow_machine_says_how_far_it_is_behind_and_loses_nothing(decoding: Decoding) -> None:
    answer = spoken_answer(pauses=(0.7,), repeats=3)
    engine = KnowingTranscriber(answer.words, how=decoding)
    engine.may_go_on.clear()
    transcription = LiveTranscription(lambda: engine)
    for piece in answer.pieces(BLOCK):
        transcription.feed(piece)
    while transcription.behind_seconds < answer.seconds / 3:
        threading.Event().wait(0.01)
    engine.may_go_on.set()
    heard = transcription.finish()
    assert transcription.behind_seconds == 0
    assert [word.text for word in heard.words] == [word.text for word in answer.words]


def test_waiting_neighbours_share_windows_where_the_weights_join_spans() -> None:
    answer = spoken_answer(pauses=(0.7,), repeats=4)
    prompt = KnowingTranscriber(answer.words, how=WHISPER_DECODING)
    prompt.may_go_on.clear()
    transcription = LiveTranscription(lambda: prompt)
    for piece in answer.pieces(BLOCK):
        transcription.feed(piece)
    while len(transcription._due) < 4:
        threading.Event().wait(0.01)
    prompt.may_go_on.set()
    transcription.finish()
    assert max(window.seconds for window in prompt.windows) > 15
    assert all(window.seconds <= 30 for window in prompt.windows)


def test_memory_stays_small_however_long_the_answer() -> None:
    answer = spoken_answer(pauses=(0.7,), repeats=2)
    engine = KnowingTranscriber([], how=SYNTHETIC_DECODING)
    transcription = LiveTranscription(lambda: engine)
    most = 0
    for _ in range(12):
        for piece in answer.pieces(BLOCK):
            transcription.feed(piece)
        while transcription.behind_seconds > 5:
            threading.Event().wait(0.01)
        most = max(most, transcription.waiting_samples)
    transcription.finish()
    assert transcription.seconds > 400
    assert most < 60 * SAMPLE_RATE


@pytest.mark.parametrize(
    "error",
    [
        WeightsMissingError("The weights are not here.", "Fetch them."),
        TranscriptionError("The engine failed.", "Try again."),
    ],
)
def test_where_the_engine_fails_the_reason_is_told_once_and_sound_goes_on(
    error: CoachError, answer: SpokenAnswer
) -> None:
    reasons: list[CoachError] = []
    engine = KnowingTranscriber(answer.words, fails_with=error)
    transcription = LiveTranscription(lambda: engine, on_failure=reasons.append)
    for piece in answer.pieces(BLOCK):
        transcription.feed(piece)
    with pytest.raises(type(error)):
        transcription.finish()
    assert reasons == [error]
    assert transcription.waiting_samples == 0


def test_missing_weights_are_told_before_anything_is_said() -> None:
    told = threading.Event()
    absent = FasterWhisperTranscriber(
        WEIGHTS / "none", name="none", language="en", cpu_threads=1, synthetic=True
    )
    transcription = LiveTranscription(lambda: absent, on_failure=lambda *_: told.set())
    assert told.wait(timeout=30)
    with pytest.raises(WeightsMissingError):
        transcription.finish()


def test_a_failure_nobody_foresaw_is_told_in_words(answer: SpokenAnswer) -> None:
    def broken() -> LiveTranscriber:
        raise ZeroDivisionError("division by zero")

    transcription = LiveTranscription(broken)
    transcription.feed(answer.samples)
    with pytest.raises(TranscriptionError, match="broke off"):
        transcription.finish()


def test_silence_gives_an_empty_transcript(engine: FasterWhisperTranscriber) -> None:
    transcription = LiveTranscription(lambda: engine)
    transcription.feed(np.zeros(3 * SAMPLE_RATE, dtype=np.int16))
    heard = transcription.finish()
    assert heard.words == ()
    assert not transcription.heard_speech


def test_an_answer_without_a_sample_gives_an_empty_transcript(
    engine: FasterWhisperTranscriber,
) -> None:
    assert LiveTranscription(lambda: engine).finish().words == ()


def test_an_abandoned_answer_ends_at_once(
    engine: FasterWhisperTranscriber, answer: SpokenAnswer
) -> None:
    transcription = LiveTranscription(lambda: engine)
    transcription.feed(answer.samples)
    transcription.abandon()
    with pytest.raises(ValueError, match="ended"):
        transcription.feed(answer.samples)


@pytest.mark.parametrize("which", ["real", "fake"])
def test_real_and_fake_keep_the_contract_of_a_live_transcriber(
    which: str, engine: FasterWhisperTranscriber, answer: SpokenAnswer
) -> None:
    tested: LiveTranscriber = engine if which == "real" else KnowingTranscriber(answer.words)
    assert tested.decoding() == SYNTHETIC_DECODING
    first = next(index for index, word in enumerate(answer.words) if word.text == "I")
    window = Span(start_seconds=0.3, end_seconds=answer.words[first].start_seconds - 0.1)
    whole = answer.recording.samples
    offset = 0.1
    samples = whole[round(offset * SAMPLE_RATE) : round((window.end_seconds + 0.3) * SAMPLE_RATE)]
    heard = tested.decode_stretch(samples, window, offset_seconds=offset)
    words = [word for segment in heard.segments for word in segment.words]
    assert words
    assert all(
        window.start_seconds - 0.3 <= word.start_seconds <= word.end_seconds
        and word.end_seconds <= window.end_seconds + 0.5
        for word in words
    )
    said = plain(" ".join(word.text for word in answer.words[:first]))
    heard_text = plain(" ".join(word.text for word in words))
    assert Levenshtein.distance(said, heard_text) <= len(said) / 3


_engines: list[FasterWhisperTranscriber] = []


def _kept_engine() -> FasterWhisperTranscriber:
    """Hypothesis wants no fixture that is not its own."""
    if not _engines:
        _engines.append(
            FasterWhisperTranscriber(
                WEIGHTS, name="espeak-tiny", language="en", cpu_threads=1, synthetic=True
            )
        )
    return _engines[0]

"""The real aligner on real espeak speech whose word times are known."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.whisper_weights import write_multilingual_weights
from tests.speech.spoken import join, silence, speak
from voicecoach.errors import WeightsMissingError
from voicecoach.speech.contracts import Aligner
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.forced_alignment import LEAST_PROBABILITY, WhisperAligner
from voicecoach.speech.recording import Recording
from voicecoach.speech.transcript import Transcript, TranscriptSource, typed_transcript

WEIGHTS = Path(__file__).parents[2] / "models" / "espeak-tiny"
SENTENCES = (
    "I led the team for two years.",
    "The project was late and the customer was angry.",
    "In my last company I rewrote the payment system in three months.",
    "Then I called the client and I told her the truth.",
)
PAUSE = 0.6
DATA = WEIGHTS.parent / "training" / "data"


@pytest.fixture(scope="module")
def transcriber() -> FasterWhisperTranscriber:
    return FasterWhisperTranscriber(
        WEIGHTS, name="espeak-tiny", language="en", cpu_threads=1, synthetic=True
    )


@pytest.fixture(scope="module")
def aligner(transcriber: FasterWhisperTranscriber) -> Aligner:
    return WhisperAligner(transcriber)


@pytest.fixture(scope="module")
def answer() -> Recording:
    parts = [silence(PAUSE)]
    for sentence in SENTENCES:
        parts += [speak(sentence).samples, silence(PAUSE)]
    return join(*parts)


def true_starts() -> list[float]:
    """When each word of the answer begins, by espeak's own account."""
    starts: list[float] = []
    offset = PAUSE
    for sentence in SENTENCES:
        spoken = speak(sentence)
        assert len(spoken.words) == len(sentence.split())
        starts += [offset + start for start in spoken.starts_seconds]
        offset += len(spoken.samples) / 16_000 + PAUSE
    return starts


def plain_sentences(count: int) -> list[str]:
    """Sentences of letters only, which our small weights were never trained on."""
    lines = (DATA / "test_sentences.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if re.fullmatch("[A-Za-z' ]+[.]", line.strip())][:count]


def starts_of(transcript: Transcript) -> list[float]:
    return [word.start_seconds for word in transcript.words if word.start_seconds is not None]


def assert_in_order(transcript: Transcript, seconds: float) -> None:
    known = [
        (word.start_seconds, word.end_seconds)
        for word in transcript.words
        if word.start_seconds is not None and word.end_seconds is not None
    ]
    assert len(known) == len(transcript.words)
    assert all(0 <= start <= end <= seconds for start, end in known)
    assert all(before[1] <= after[0] + 1e-9 for before, after in pairwise(known))


def test_typed_words_are_found_where_they_are_said(aligner: Aligner, answer: Recording) -> None:
    typed = typed_transcript(" ".join(SENTENCES))
    aligned = aligner.align(answer, typed)
    errors = np.abs(np.array(starts_of(aligned)) - np.array(true_starts()))
    assert np.median(errors) < 0.05
    assert np.mean(errors < 0.2) > 0.9
    assert aligned.text == typed.text
    assert (aligned.source, aligned.version) == (TranscriptSource.TYPED, 1)
    assert aligned.aligned
    assert aligned.engine.startswith("faster-whisper")
    assert (aligned.weights, aligned.synthetic) == ("espeak-tiny", True)
    assert_in_order(aligned, answer.seconds)


def test_corrected_words_are_found_nearer_than_between_their_neighbours(
    aligner: Aligner, transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    heard = transcriber.transcribe(answer)
    words = [word.text for word in heard.words]
    garbled = " ".join([*words[:3], "cuban", "eighties", *words[9:14], *words[17:]])
    corrected = correct_transcript(correct_transcript(heard, garbled), " ".join(SENTENCES))
    estimates = np.abs(np.array(starts_of(corrected)) - np.array(true_starts()))
    measured = np.abs(np.array(starts_of(aligner.align(answer, corrected))) - true_starts())
    new = [place for place, word in enumerate(corrected.words) if word.probability is None]
    assert len(new) > 5
    assert measured[new].mean() < estimates[new].mean() / 2
    assert np.mean(measured[new] < 0.2) > 0.9


def test_words_that_were_kept_far_from_any_change_keep_their_times(
    aligner: Aligner, transcriber: FasterWhisperTranscriber, answer: Recording
) -> None:
    heard = transcriber.transcribe(answer)
    corrected = correct_transcript(heard, heard.text.rsplit(" ", 1)[0] + " trousers.")
    aligned = aligner.align(answer, corrected)
    kept = [word for word in aligned.words if (word.end_seconds or 0) < 8]
    assert kept == list(heard.words[: len(kept)])


def test_words_that_were_never_said_are_estimates(aligner: Aligner, answer: Recording) -> None:
    sentences = [*SENTENCES[:2], "We saved forty thousand euros by June.", *SENTENCES[2:]]
    aligned = aligner.align(answer, typed_transcript(" ".join(sentences)))
    first = len(" ".join(SENTENCES[:2]).split())
    invented = aligned.words[first : first + 7]
    assert sum(word.probability is None for word in invented) >= 5
    assert aligned.estimated_words <= 10, "what was said is found all the same"
    assert all((word.probability or 1) >= LEAST_PROBABILITY for word in aligned.words)
    assert_in_order(aligned, answer.seconds)


def test_speech_without_a_pause_is_aligned_past_the_end_of_a_window(aligner: Aligner) -> None:
    """Our small weights hear little of 30 s without a pause; the words' places are found still."""
    spoken = [speak(sentence) for sentence in plain_sentences(16)]
    long = join(*(one.samples for one in spoken))
    assert long.seconds > 40
    words = " ".join(" ".join(one.words) for one in spoken)
    offsets = np.cumsum([0, *(len(one.samples) / 16_000 for one in spoken)])
    truth = [
        offset + start
        for one, offset in zip(spoken, offsets, strict=False)
        for start in one.starts_seconds
    ]
    aligned = aligner.align(long, typed_transcript(words))
    assert_in_order(aligned, long.seconds)
    errors = np.abs(np.array(starts_of(aligned)) - np.array(truth))
    late = np.array(truth) > 30
    assert np.median(errors) < 0.1
    assert np.median(errors[late]) < 0.2


def test_words_over_silence_get_times_and_no_probability(aligner: Aligner) -> None:
    aligned = aligner.align(join(silence(4.0)), typed_transcript("I said nothing"))
    assert aligned.estimated_words == 3
    assert_in_order(aligned, 4.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<|endoftext|> <|0.00|> <|startoftranscript|>",
        "— … “ ”",
        "I led the 😀 team — naïve 漢字",
        "word " * 900,
    ],
)
def test_any_text_gets_times_in_order(text: str, aligner: Aligner, answer: Recording) -> None:
    aligned = aligner.align(answer, typed_transcript(text))
    assert aligned.text == " ".join(text.split())
    assert aligned.aligned
    assert_in_order(aligned, answer.seconds)


def test_the_same_words_and_sound_get_the_same_times(aligner: Aligner, answer: Recording) -> None:
    typed = typed_transcript(" ".join(SENTENCES))
    assert aligner.align(answer, typed) == aligner.align(answer, typed)


def test_multilingual_weights_align_in_the_language_that_is_set(
    tmp_path: Path, answer: Recording
) -> None:
    write_multilingual_weights(tmp_path / "chance", hears="de")
    chance = FasterWhisperTranscriber(
        tmp_path / "chance", name="chance", language="de", cpu_threads=1, synthetic=False
    )
    aligned = WhisperAligner(chance).align(answer, typed_transcript("Ich habe das Team geleitet"))
    assert (aligned.weights, aligned.synthetic, aligned.aligned) == ("chance", False, True)
    assert_in_order(aligned, answer.seconds)


def test_without_weights_nothing_is_aligned(tmp_path: Path, answer: Recording) -> None:
    missing = FasterWhisperTranscriber(
        tmp_path, name="small", language="en", cpu_threads=1, synthetic=False
    )
    with pytest.raises(WeightsMissingError):
        WhisperAligner(missing).align(answer, typed_transcript("I led it"))


def test_a_further_correction_keeps_what_was_found_before(
    aligner: Aligner, answer: Recording
) -> None:
    typed = aligner.align(answer, typed_transcript(" ".join(SENTENCES)))
    again = correct_transcript(typed, typed.text.replace("angry", "very angry"))
    assert again.source is TranscriptSource.TYPED
    assert not again.aligned
    assert again.words[0] == typed.words[0]
    assert replace(again.words[-1], start_char=0, end_char=0) == replace(
        typed.words[-1], start_char=0, end_char=0
    )

"""A mock interview's pressure on the real socket: said, recorded, and held against nobody."""

import io
import wave
from collections.abc import Iterator

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from question_bank.question import QuestionKind
from tests.practice.conftest import ANSWER, QUESTION
from tests.server.live_client import LiveClient, Message, speaking
from tests.server.serving import served
from tests.speech.spoken import join, silence, speak
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.intervention import InterventionKind
from voicecoach.mock_interview import MockInterview
from voicecoach.mock_pressure import Pressure, interruption_of
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.wiring import build_coach

TARGET_SECONDS = 20
"""So short that the interviewer breaks in 5 to 12 s into the answer."""


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    home = tmp_path_factory.mktemp("pressure") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    with coach.bank() as bank:
        bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL, target_seconds=TARGET_SECONDS)
    yield coach
    coach.database.close()


@pytest.fixture(scope="module")
def client(coach: Coach) -> Iterator[httpx.Client]:
    with served(coach) as client:
        yield client


@pytest.fixture(scope="module")
def unheard(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Coach, httpx.Client]]:
    """A coach without weights: answers are recorded and wait, which is all that some tests ask."""
    home = tmp_path_factory.mktemp("unheard") / "home"
    coach = build_coach(Settings(home=home, time_zone="UTC"))
    with coach.bank() as bank:
        bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL, target_seconds=TARGET_SECONDS)
    with served(coach) as client:
        yield coach, client
    coach.database.close()


@pytest.fixture(scope="module")
def sentences() -> list[NDArray[np.int16]]:
    """The answer, a sentence at a time, with a pause after each."""
    return [samples_of(join(speak(text).samples, silence(0.8))) for text in ANSWER]


def samples_of(recording: Recording) -> NDArray[np.int16]:
    return np.clip(recording.samples * 32768, -32768, 32767).astype(np.int16)


def quiet(seconds: float) -> NDArray[np.int16]:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.int16)


def begin(coach: Coach, pressure: Pressure) -> tuple[MockInterview, str]:
    """Begin a mock interview of one question; with interruptions one in which it is broken into."""
    while True:
        with coach.mocks() as mocks:
            mock = mocks.start(1, follow_ups=False, opening=False, pressure=pressure)
        planned = mock.questions[0]
        broken_into = interruption_of(
            mock.id, 1, kind=QuestionKind.BEHAVIOURAL, target_seconds=TARGET_SECONDS
        )
        if broken_into is not None or not pressure.interruptions:
            return mock, planned.question_id


def answered(coach: Coach, live: LiveClient, result: Message | None = None) -> Attempt:
    result = result or live.until("result")
    return coach.attempt(result["attempt_id"])


def sound_of(client: httpx.Client, address: str) -> NDArray[np.int16]:
    sent = client.get(address)
    assert sent.status_code == 200
    with wave.open(io.BytesIO(sent.content)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        places = np.arange(0, len(samples), file.getframerate() / SAMPLE_RATE)
        resampled: NDArray[np.int16] = np.interp(places, np.arange(len(samples)), samples).astype(
            np.int16
        )
        return resampled


def test_an_interruption_is_recorded_and_is_neither_the_persons_words_nor_their_pause(
    coach: Coach, client: httpx.Client, sentences: list[NDArray[np.int16]]
) -> None:
    mock, question_id = begin(coach, Pressure(interruptions=True))
    with speaking(client, question_id, mock=mock.id) as live:
        live.until("ready")
        sent = 0
        left = list(sentences)
        broke_in: Message | None = None
        while broke_in is None:
            sentence = left.pop(0)
            live.send(sentence)
            sent += len(sentence)
            while live.until("kept")["seconds"] < sent / SAMPLE_RATE - 1.2:
                pass
            broke_in = next(iter(live.of_kind("interruption")), None)
        prompt = sound_of(client, broke_in["speech"])
        start = sent / SAMPLE_RATE
        live.send(np.concatenate([prompt, quiet(1.5)]))
        live.connection.send(
            f'{{"type": "prompt_heard", "start_seconds": {start}, '
            f'"end_seconds": {start + len(prompt) / SAMPLE_RATE}}}'
        )
        for sentence in left:
            live.send(sentence)
        live.order("stop")
        attempt = answered(coach, live)
    (said,) = attempt.interventions
    assert said.kind is InterventionKind.INTERRUPTION
    assert said.words == broke_in["words"]
    assert attempt.transcript is not None
    assert attempt.sound is not None
    assert attempt.score is not None
    span = (said.start_seconds, said.end_seconds)

    def inside(seconds: float | None) -> bool:
        return seconds is not None and span[0] <= seconds <= span[1]

    path = coach.recording_path(attempt)
    assert path is not None
    recording = coach.engines.read_recording(path)
    everything = coach.engines.transcriber().transcribe(recording, hotwords=())
    heard_inside = [word for word in everything.words if inside(word.start_seconds)]
    assert len(heard_inside) >= 3, "the prompt is in the recording"
    middles = [
        ((word.start_seconds or 0) + (word.end_seconds or 0)) / 2
        for word in attempt.transcript.words
    ]
    assert not any(map(inside, middles))
    assert any(middle < span[0] for middle in middles)
    page = client.get(f"/attempts/{attempt.id}").text
    assert "the interviewer broke in" in page
    waited = [
        one for one in attempt.sound.pauses if one.end_seconds >= span[1] >= one.start_seconds
    ]
    assert waited, "the person waited"
    pauses = [
        evidence
        for criterion in attempt.score.criteria
        for measure in criterion.measures
        for evidence in measure.evidence
        if evidence.kind == "measurement" and "pause" in evidence.name
    ]
    assert not any(
        evidence.name != "silent_pauses" and inside(evidence.start_seconds) for evidence in pauses
    )


def test_silence_after_the_answer_ends_it_and_is_in_the_recording(
    unheard: tuple[Coach, httpx.Client], sentences: list[NDArray[np.int16]]
) -> None:
    coach, client = unheard
    mock, question_id = begin(coach, Pressure(silence_seconds=5))
    spoken = sentences[0]
    with speaking(client, question_id, mock=mock.id) as live:
        assert live.until("ready")["silence_seconds"] == 5
        live.send(spoken)
        live.order("end")
        assert live.until("silence")["seconds"] == 5
        live.send(quiet(6))
        live.until("silence_over")
        attempt = answered(coach, live)
    assert attempt.recording_seconds is not None
    assert attempt.recording_seconds >= len(spoken) / SAMPLE_RATE + 5
    assert [one.kind for one in attempt.interventions] == [InterventionKind.SILENCE]


def test_who_goes_on_in_the_silence_gives_one_answer_without_that_pause(
    coach: Coach, client: httpx.Client, sentences: list[NDArray[np.int16]]
) -> None:
    mock, question_id = begin(coach, Pressure(silence_seconds=10))
    with speaking(client, question_id, mock=mock.id) as live:
        live.until("ready")
        live.send(np.concatenate(sentences[:2]))
        live.order("end")
        live.until("silence")
        live.send(np.concatenate([quiet(6), *sentences[4:]]))
        live.until("goes_on")
        live.order("stop")
        attempt = answered(coach, live)
    (waited,) = attempt.interventions
    assert waited.kind is InterventionKind.SILENCE
    assert 5.5 <= waited.end_seconds - waited.start_seconds <= 7
    assert attempt.score is not None
    assert attempt.transcript is not None
    assert "renewed" in attempt.transcript.text, "what was said after it belongs to the answer"
    longest = [
        evidence.value
        for criterion in attempt.score.criteria
        for measure in criterion.measures
        for evidence in measure.evidence
        if evidence.kind == "measurement" and evidence.name.startswith(("pause", "first_thinking"))
    ]
    assert all(seconds < 3 for seconds in longest)


def test_a_time_limit_ends_the_answer_softly_and_keeps_what_was_said(
    unheard: tuple[Coach, httpx.Client], sentences: list[NDArray[np.int16]]
) -> None:
    coach, client = unheard
    mock, question_id = begin(coach, Pressure(limit_seconds=15))
    spoken = np.concatenate([*sentences, *sentences])
    with speaking(client, question_id, mock=mock.id) as live:
        assert live.until("ready")["limit_seconds"] == 15
        live.send(spoken[: 16 * SAMPLE_RATE])
        live.until("limit")
        attempt = answered(coach, live)
    assert attempt.recording_seconds == pytest.approx(15, abs=0.01)
    assert attempt.interrupted is None
    assert attempt.status is AttemptStatus.WAITING, "finished like any other answer"


def test_an_answer_that_is_thrown_away_after_the_time_limit_ended_it_is_gone(
    coach: Coach, client: httpx.Client, sentences: list[NDArray[np.int16]]
) -> None:
    mock, question_id = begin(coach, Pressure(limit_seconds=15))
    with speaking(client, question_id, mock=mock.id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(np.concatenate([*sentences, *sentences])[: 16 * SAMPLE_RATE])
        live.until("limit")
        live.order("discard")
        live.until("discarded")
        assert live.until_closed() == 1000
        assert live.of_kind("result") == []
    attempt = coach.attempt(attempt_id)
    assert (attempt.status, attempt.overall_at_deletion) == (AttemptStatus.DELETED, None)
    assert not list(coach.settings.recordings_folder.glob(f"*{attempt_id}*"))


def test_a_socket_of_an_interview_that_asks_something_else_is_refused(
    coach: Coach, client: httpx.Client
) -> None:
    mock, question_id = begin(coach, Pressure(limit_seconds=15))
    with coach.bank() as bank:
        other = bank.add_question("Why this job?", kind=QuestionKind.MOTIVATIONAL).question.id
    with speaking(client, other, mock=mock.id) as live:
        assert live.until_closed() == 1008
        assert "does not ask" in live.of_kind("problem")[0]["detail"]
    with speaking(client, question_id, mock="nope") as live:
        assert live.until_closed() == 1008
    assert client.get(f"/mock/{mock.id}/interruption/1").status_code == 404
    assert client.get(f"/mock/{mock.id}/interruption/7").status_code == 404

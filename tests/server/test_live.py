"""Speaking into the real socket: kept as it arrives, captioned, scored; nothing is ever lost."""

import io
import json
import os
import signal
import socket
import time
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.fakes.knowing_transcriber import KnowingTranscriber
from tests.new_home import new_home
from tests.server.conftest import fill_bank
from tests.server.live_client import LiveClient, live_address, speaking
from tests.server.serving import free_port, served
from tests.server.test_serving import serving
from tests.speech.spoken_live import SpokenAnswer, spoken_answer
from voicecoach.attempt import AttemptStatus
from voicecoach.engines import Engines
from voicecoach.errors import WeightsMissingError
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.contracts import LiveTranscriber
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.streaming_resampler import StreamingResampler
from voicecoach.wiring import build_coach, build_engines


@pytest.fixture(scope="module")
def answer() -> SpokenAnswer:
    return spoken_answer(pauses=(0.7,))


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """Real engines whose weights are loaded once."""
    home = tmp_path_factory.mktemp("engines")
    return build_engines(Settings(home=home, synthetic=True, time_zone="UTC"))


def coach_at(home: Path, engines: Engines, **changes: Any) -> Coach:
    made = new_home(home, with_jobs=True)
    coach = build_coach(Settings(home=made, synthetic=True, time_zone="UTC", **changes))
    coach.engines = replace(
        coach.engines,
        transcriber=engines.transcriber,
        live_transcriber=engines.live_transcriber,
        encoder=engines.encoder,
    )
    return coach


@pytest.fixture
def coach(tmp_path: Path, engines: Engines) -> Iterator[Coach]:
    coach = coach_at(tmp_path / "home", engines)
    yield coach
    coach.database.close()


@pytest.fixture
def question_id(coach: Coach) -> str:
    return fill_bank(coach)


@pytest.fixture
def client(coach: Coach) -> Iterator[httpx.Client]:
    with served(coach) as client:
        yield client


def kept_samples(client: httpx.Client, attempt_id: str) -> NDArray[np.int16]:
    """Fetch the recording over HTTP, as the page plays it."""
    sent = client.get(f"/api/attempts/{attempt_id}/recording")
    assert sent.status_code == 200
    with wave.open(io.BytesIO(sent.content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")


def test_an_answer_is_spoken_captioned_and_scored(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as live:
        ready = live.until("ready")
        assert ready["asked"].startswith("Tell me about a time")
        assert (ready["samples"], ready["synthetic"], ready["limit_seconds"]) == (0, True, None)
        live.send(answer.samples)
        live.order("stop")
        result = live.until("result")
        assert live.until_closed() == 1000
    attempt_id = ready["attempt_id"]
    assert result == {
        "type": "result",
        "attempt_id": attempt_id,
        "status": "scored",
        "url": f"/attempts/{attempt_id}",
    }
    assert [stage["stage"] for stage in live.of_kind("stage")] == [
        "transcribing",
        "measuring",
        "scoring",
    ]
    shown = client.get(f"/api/attempts/{attempt_id}").json()
    assert shown["score"]["overall"] > 0
    assert shown["transcript"]["version"] == 1
    assert shown["transcript"]["source"] == "machine"
    captions = {caption["stretch"]: caption for caption in live.of_kind("caption")}
    words = [word["text"] for number in sorted(captions) for word in captions[number]["words"]]
    assert " ".join(words) == shown["transcript"]["text"]
    assert all(caption["final"] for caption in captions.values())
    np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples)


def test_a_stop_that_goes_wrong_still_ends_the_answer(
    client: httpx.Client,
    question_id: str,
    answer: SpokenAnswer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(resampler: StreamingResampler) -> NDArray[np.int16]:
        raise ValueError("a filter broke")

    monkeypatch.setattr(StreamingResampler, "finish", fail)
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(answer.samples)
        live.order("stop")
        assert live.until("result")["status"] == "scored"
    shown = client.get(f"/api/attempts/{attempt_id}").json()
    assert shown["interrupted"] == "The last moment of the recording could not be kept."


def test_speak_comes_once_the_first_sound_is_on_disk(
    client: httpx.Client, coach: Coach, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(answer.samples[:160])
        live.until("speak")
        path = coach.settings.recordings_folder / f"{attempt_id}.wav"
        assert path.stat().st_size == 44 + 320
        live.order("discard")
        live.until("discarded")


def test_what_is_told_as_kept_is_on_disk(
    client: httpx.Client, coach: Coach, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        path = coach.settings.recordings_folder / f"{attempt_id}.wav"
        last = 0
        for first in range(0, 5 * SAMPLE_RATE, SAMPLE_RATE):
            live.send(answer.samples[first : first + SAMPLE_RATE])
            kept = live.until("kept")
            assert kept["samples"] >= last
            assert path.stat().st_size >= 44 + 2 * kept["samples"]
            last = kept["samples"]
        assert last >= 4 * SAMPLE_RATE
        live.order("discard")
        live.until("discarded")


def test_less_than_a_second_is_kept_too_when_nothing_more_comes(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as live:
        live.until("ready")
        live.send(answer.samples[:1_600])
        live.send(answer.samples[1_600:6_400])
        while live.until("kept")["samples"] < 6_400:
            pass
        live.order("discard")
        live.until("discarded")


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_sound_at_another_rate_is_brought_to_sixteen_thousand(
    client: httpx.Client, question_id: str, rate: int
) -> None:
    times = np.arange(2 * rate) / rate
    tone = (8_000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    with speaking(client, question_id, rate=rate) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(tone, size=997)
        live.order("stop")
        live.until("result")
    kept = kept_samples(client, attempt_id).astype(np.float64)
    assert abs(len(kept) - 2 * SAMPLE_RATE) <= 2
    spectrum = np.abs(np.fft.rfft(kept[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2]))
    assert np.argmax(spectrum) == 440
    assert np.abs(kept).max() == pytest.approx(8_000, rel=0.05)


def test_an_answer_that_broke_off_is_listed_and_can_be_gone_on_with(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    half = len(answer.samples) // 2
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(answer.samples[:half])
        while live.until("kept")["samples"] < half - SAMPLE_RATE:
            pass
    with speaking(client, question_id, attempt=attempt_id) as live:
        ready = live.until("ready")
        assert ready["attempt_id"] == attempt_id
        assert ready["samples"] == half
        listed = client.get("/api/attempts", params={"status": "recorded"}).json()["items"]
        assert [one["attempt_id"] for one in listed] == [attempt_id]
        live.send(answer.samples[half:])
        live.order("stop")
        assert live.until("result")["status"] == "scored"
    np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples)


def test_a_seam_at_another_rate_leaves_no_click_and_no_gap(
    client: httpx.Client, question_id: str
) -> None:
    rate = 48_000
    times = np.arange(4 * rate) / rate
    tone = (8_000 * np.sin(2 * np.pi * 300 * times)).astype(np.int16)
    with speaking(client, question_id, rate=rate) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(tone[: 2 * rate], size=4_801)
        live.until("kept")
    with speaking(client, question_id, rate=rate, attempt=attempt_id) as live:
        start = live.until("ready")["samples"]
        assert start <= 2 * rate
        live.send(tone[start:], size=4_801)
        live.order("stop")
        live.until("result")
    kept = kept_samples(client, attempt_id).astype(np.float64)
    assert abs(len(kept) - 4 * SAMPLE_RATE) <= 2
    wanted = 8_000 * np.sin(2 * np.pi * 300 * np.arange(len(kept)) / SAMPLE_RATE)
    inner = slice(200, -200)
    assert np.abs(kept[inner] - wanted[inner]).max() < 400


def test_a_second_window_is_refused_while_the_first_records(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as first:
        attempt_id = first.until("ready")["attempt_id"]
        first.send(answer.samples[:16_000])
        first.until("kept")
        with speaking(client, question_id, attempt=attempt_id) as second:
            deadline = time.monotonic() + 20
            at = 16_000
            problem: dict[str, Any] | None = None
            while problem is None and time.monotonic() < deadline:
                first.send(answer.samples[at : at + 1_600])
                at += 1_600
                try:
                    problem = second.next(timeout=0.1)
                except TimeoutError:
                    continue
            assert problem is not None
            assert (problem["type"], problem["status"]) == ("problem", 409)
            assert "elsewhere" in problem["detail"]
            assert second.until_closed() == 1008
        first.order("stop")
        first.until("result")
    assert len(kept_samples(client, attempt_id)) == at


def test_a_window_that_went_quiet_is_taken_over(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as first:
        attempt_id = first.until("ready")["attempt_id"]
        first.send(answer.samples[:20_000])
        while first.until("kept")["samples"] < 20_000:
            pass
        with speaking(client, question_id, attempt=attempt_id) as second:
            assert second.until("ready")["samples"] == 20_000
            assert first.until_closed() == 1008
            assert "another window" in first.told[-1]["detail"]
            second.send(answer.samples[20_000:])
            second.order("stop")
            second.until("result")
    np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples)


def test_a_discarded_answer_is_gone(
    client: httpx.Client, coach: Coach, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(answer.samples)
        live.order("discard")
        live.until("discarded")
        assert live.until_closed() == 1000
    assert not list(coach.settings.recordings_folder.iterdir())
    assert coach.attempt(attempt_id).status is AttemptStatus.DELETED


def test_an_answer_in_which_nothing_was_said_is_taken_back_without_a_mark(
    client: httpx.Client, coach: Coach, question_id: str
) -> None:
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(np.zeros(SAMPLE_RATE, dtype=np.int16))
        live.order("discard")
        live.until("discarded")
    assert client.get(f"/api/attempts/{attempt_id}").status_code == 404
    assert not list(coach.settings.recordings_folder.iterdir())


def test_a_connection_without_a_sound_leaves_nothing(
    client: httpx.Client, coach: Coach, question_id: str
) -> None:
    with speaking(client, question_id) as live:
        live.until("ready")
    deadline = time.monotonic() + 20
    while coach.count_attempts() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert coach.count_attempts() == 0
    assert not list(coach.settings.recordings_folder.iterdir())


def test_the_limit_ends_the_answer(tmp_path: Path, engines: Engines, answer: SpokenAnswer) -> None:
    coach = coach_at(tmp_path / "limited", engines, record_limit_seconds=4.0)
    question_id = fill_bank(coach)
    with served(coach) as client, speaking(client, question_id) as live:
        ready = live.until("ready")
        assert ready["limit_seconds"] == 4.0
        live.send(answer.samples[: 6 * SAMPLE_RATE])
        live.until("limit")
        live.until("result")
        assert len(kept_samples(client, ready["attempt_id"])) == 4 * SAMPLE_RATE
    coach.database.close()


def test_a_follow_up_is_asked_in_its_own_words(
    client: httpx.Client, coach: Coach, question_id: str, answer: SpokenAnswer
) -> None:
    last = max(word.start_seconds for word in answer.words if word.text == "As")
    without_result = answer.samples[: int((last - 0.3) * SAMPLE_RATE)]
    with speaking(client, question_id) as live:
        live.send(without_result)
        live.order("stop")
        first = live.until("result")["attempt_id"]
    score = coach.attempt(first).score
    assert score is not None
    with speaking(client, question_id, parent=first) as live:
        ready = live.until("ready")
        assert ready["asked"] == score.follow_up
        live.send(answer.samples)
        live.order("stop")
        live.until("result")
    assert coach.attempt(ready["attempt_id"]).parent_id == first


def test_captions_can_be_turned_off(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id, captions="false") as live:
        live.send(answer.samples)
        live.order("stop")
        assert live.until("result")["status"] == "scored"
    assert not live.of_kind("caption")


def test_without_weights_the_answer_is_kept_and_waits(
    coach: Coach, question_id: str, answer: SpokenAnswer
) -> None:
    def missing() -> LiveTranscriber:
        raise WeightsMissingError("The weights are not here.", "Fetch them.")

    coach.engines = replace(coach.engines, live_transcriber=missing, transcriber=missing)
    with served(coach) as client:
        with speaking(client, question_id) as live:
            attempt_id = live.until("ready")["attempt_id"]
            assert "weights" in live.until("no_captions")["why"]
            live.send(answer.samples)
            live.order("stop")
            assert live.until("result")["status"] == "waiting"
        np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples)


def test_a_slow_machine_says_that_it_is_behind_and_loses_nothing(
    coach: Coach, question_id: str, answer: SpokenAnswer
) -> None:
    slow = KnowingTranscriber(answer.words)
    slow.may_go_on.clear()
    coach.engines = replace(coach.engines, live_transcriber=lambda: slow)
    with served(coach) as client:
        with speaking(client, question_id) as live:
            attempt_id = live.until("ready")["attempt_id"]
            live.send(answer.samples)
            assert live.until("behind")["seconds"] > 3
            slow.may_go_on.set()
            while live.until("behind")["seconds"]:
                pass
            live.order("stop")
            live.until("result")
        np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples)
    heard = coach.attempt(attempt_id).transcript
    assert heard is not None
    assert [word.text for word in heard.words] == [word.text for word in answer.words]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"rate": 7_999}, 400),
        ({"rate": 192_001}, 400),
        ({"rate": "fast"}, 400),
        ({"captions": "perhaps"}, 400),
        ({"colour": "red"}, 400),
        ({"attempt": "nothing"}, 404),
        ({"parent": "nothing"}, 404),
    ],
)
def test_what_cannot_be_used_is_a_problem_in_words(
    client: httpx.Client, coach: Coach, question_id: str, query: dict[str, object], status: int
) -> None:
    with speaking(client, question_id, **query) as live:
        assert live.until_closed() == 1008
    (problem,) = live.told
    assert (problem["type"], problem["status"]) == ("problem", status)
    assert problem["title"]
    assert problem["what_to_do"]
    assert coach.count_attempts() == 0


def test_an_unknown_question_is_a_problem(client: httpx.Client) -> None:
    with speaking(client, "nothing") as live:
        assert live.until_closed() == 1008
    assert live.told[-1]["status"] == 404


@pytest.mark.parametrize("text", ["hello", "{}", '{"type": "dance"}', "[" * 5_000, '"stop"'])
def test_a_message_that_cannot_be_understood_keeps_what_was_said(
    client: httpx.Client, question_id: str, answer: SpokenAnswer, text: str
) -> None:
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(answer.samples[:8_000])
        live.connection.send(text)
        assert live.until_closed() == 1008
    assert live.told[-1]["status"] == 400
    np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples[:8_000])


def test_a_message_too_large_ends_the_connection_and_keeps_what_was_said(
    client: httpx.Client, question_id: str, answer: SpokenAnswer
) -> None:
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(answer.samples[:8_000])
        live.until("speak")
        live.connection.send(bytes(2**20 + 2))
        assert live.until_closed() == 1009
    assert len(kept_samples(client, attempt_id)) == 8_000


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_another_site_or_a_rebound_name_gets_no_socket(
    client: httpx.Client, coach: Coach, question_id: str, headers: dict[str, str]
) -> None:
    port = client.base_url.port
    host = headers.get("Host", f"127.0.0.1:{port}")
    others = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if name != "Host")
    request = (
        f"GET /api/live/{question_id} HTTP/1.1\r\nHost: {host}\r\n{others}"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert port is not None
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        answer = connection.recv(4_096)
    assert answer.startswith(b"HTTP/1.1 403")
    assert coach.count_attempts() == 0


def test_our_own_page_gets_a_socket(client: httpx.Client, question_id: str) -> None:
    own = Origin(str(client.base_url).rstrip("/"))
    with connect(live_address(client, question_id), origin=own, proxy=None) as connection:
        assert json.loads(connection.recv(timeout=30))["type"] == "ready"


def test_a_browser_of_another_site_is_told_no_more_than_that(
    client: httpx.Client, question_id: str
) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(
            live_address(client, question_id), origin=Origin("http://evil.example"), proxy=None
        ),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_an_answer_without_a_sound_is_refused_and_taken_back(
    client: httpx.Client, coach: Coach, question_id: str
) -> None:
    with speaking(client, question_id) as live:
        live.until("ready")
        live.order("stop")
        assert live.until_closed() == 1008
    assert "microphone" in live.told[-1]["what_to_do"]
    assert coach.count_attempts() == 0


@given(sizes=st.lists(st.integers(50, 5_000), min_size=1, max_size=6))
@settings(max_examples=4, deadline=None)
def test_how_the_sound_is_cut_changes_neither_file_nor_words(
    sizes: list[int], engines: Engines, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In bytes, so that samples are cut in half as well."""
    whole = spoken_answer(pauses=(0.4,))
    answer = SpokenAnswer(whole.samples[: 9 * SAMPLE_RATE], whole.words)
    pcm = answer.samples.astype("<i2").tobytes()
    coach = coach_at(tmp_path_factory.mktemp("cut") / "home", engines)
    question_id = fill_bank(coach)
    with served(coach) as client:
        with speaking(client, question_id) as live:
            at, number = 0, 0
            while at < len(pcm):
                size = max(1, sizes[number % len(sizes)] * 7)
                live.connection.send(pcm[at : at + size])
                at, number = at + size, number + 1
            live.order("stop")
            attempt_id = live.until("result")["attempt_id"]
        np.testing.assert_array_equal(kept_samples(client, attempt_id), answer.samples)
    heard = coach.attempt(attempt_id).transcript
    coach.database.close()
    assert heard is not None
    assert heard.text == _words_in_one_piece(engines, answer)


_known: dict[int, str] = {}


def _words_in_one_piece(engines: Engines, answer: SpokenAnswer) -> str:
    from voicecoach.speech.live import LiveTranscription

    if not _known:
        whole = LiveTranscription(engines.live_transcriber)
        whole.feed(answer.samples)
        _known[0] = whole.finish().text
    return _known[0]


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_a_server_killed_in_mid_answer_loses_nothing_it_was_sent(
    tmp_path: Path, answer: SpokenAnswer
) -> None:
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    question_id = fill_bank(coach)
    port = free_port()
    here = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
    half = len(answer.samples) // 2
    with serving(home, port) as process:
        assert process.stderr is not None
        process.stderr.readline()
        with connect(live_address(here, question_id), proxy=None) as connection:
            live = LiveClient(connection)
            attempt_id = live.until("ready")["attempt_id"]
            live.send(answer.samples[:half])
            kept = 0
            while kept < half - SAMPLE_RATE:
                kept = live.until("kept")["samples"]
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
    assert kept >= half - 2 * SAMPLE_RATE
    attempt = coach.attempt(attempt_id)
    assert attempt.status is AttemptStatus.RECORDED
    assert attempt_id in {one.id for one in coach.unfinished()}
    with serving(home, port) as process:
        assert process.stderr is not None
        process.stderr.readline()
        played = kept_samples(here, attempt_id)
        assert len(played) >= kept
        np.testing.assert_array_equal(played, answer.samples[: len(played)])
        with speaking(here, question_id, attempt=attempt_id) as live:
            start = live.until("ready")["samples"]
            assert start >= kept
            live.send(answer.samples[start:])
            live.order("stop")
            assert live.until("result")["status"] == "scored"
        np.testing.assert_array_equal(kept_samples(here, attempt_id), answer.samples)
    coach.database.close()
    here.close()


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_an_answer_of_a_killed_server_can_be_finished_without_going_on(
    tmp_path: Path, answer: SpokenAnswer
) -> None:
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    question_id = fill_bank(coach)
    port = free_port()
    here = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
    with serving(home, port) as process:
        assert process.stderr is not None
        process.stderr.readline()
        with connect(live_address(here, question_id), proxy=None) as connection:
            live = LiveClient(connection)
            attempt_id = live.until("ready")["attempt_id"]
            live.send(answer.samples)
            while live.until("kept")["samples"] < len(answer.samples) - SAMPLE_RATE:
                pass
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
    time.sleep(7)  # the dead server's claim runs out
    assert coach.finish(attempt_id).status is AttemptStatus.SCORED
    coach.database.close()
    here.close()

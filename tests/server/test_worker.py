"""The worker as a real process: what it is given is scored once, however often it is killed."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import psutil
import pytest

from server.caretaker import SET_ASIDE
from server.jobs import Jobs, JobState
from server.worker_line import read_settings, settings_line
from server.worker_process import WorkerProcess
from tests.database_fixtures import fresh_database
from tests.server.answering import add_question, answer, counted, wait_for, wait_until
from tests.server.serving import free_port
from tests.server.test_serving import serving
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_progress import Stage
from voicecoach.attempt_store import AttemptStore
from voicecoach.database import sqlite_url
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

AT_WORK = (Stage.READING, Stage.TRANSCRIBING, Stage.SCORING)

BOTH = pytest.mark.parametrize("empty_url", ["sqlite", "postgresql"], indirect=True)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills as on POSIX")


@pytest.fixture
def coach(tmp_path: Path, empty_url: str) -> Iterator[Coach]:
    """A coach that answers and leaves the finishing to a worker."""
    settings = Settings(
        home=tmp_path / "home", database_url=empty_url, synthetic=True, time_zone="UTC"
    )
    coach = build_coach(settings)
    yield coach
    coach.database.close()


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """SQLite, but for tests that ask for both databases."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield sqlite_url(tmp_path / "home" / "voicecoach.db")
    else:
        with fresh_database(request.getfixturevalue("postgresql_server")) as url:
            yield url


@pytest.fixture
def jobs(coach: Coach) -> Iterator[Jobs]:
    jobs = Jobs(coach.database)
    jobs.serve(coach)
    yield jobs
    jobs.close()


def kill_at_work(coach: Coach, worker: WorkerProcess, attempt_id: str) -> bool:
    """Kill the worker as soon as it has begun with the attempt; false where that has ended."""
    dead = coach.attempt(attempt_id).claimed_by

    def begun_or_ended() -> bool:
        attempt = coach.attempt(attempt_id)
        ended = attempt.status in {AttemptStatus.SCORED, AttemptStatus.FAILED}
        return ended or attempt.claimed_by not in {None, dead}

    wait_until(begun_or_ended, f"{attempt_id} to be begun or ended")
    pid = worker.pid
    if coach.progress(attempt_id).stage not in AT_WORK or pid is None:
        return False
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: worker.pid != pid, "the worker to be dead")
    return True


@BOTH
def test_killed_in_the_middle_again_and_again_each_answer_is_scored_once(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    question_id = add_question(coach)
    answers = [answer(coach, question_id, spoken_file) for _ in range(3)]
    with WorkerProcess(coach.settings) as worker:
        kills = [kill_at_work(coach, worker, answers[number]) for number in (0, 0, 1)]
        for attempt_id in answers:
            wait_for(coach, attempt_id, Stage.DONE)
        wait_until(lambda: jobs.active() == (), "the jobs to be ended")
    assert any(kills), "nothing was killed in the middle"
    assert [counted(coach, attempt_id) for attempt_id in answers] == [(1, 1, 1)] * 3
    assert {coach.attempt(one).status for one in answers} == {AttemptStatus.SCORED}
    assert set(jobs.states(answers).values()) == {JobState.SUCCESS}


def test_a_job_that_kills_its_worker_is_set_aside_and_can_be_tried_again(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    question_id = add_question(coach)
    poison, harmless = (answer(coach, question_id, spoken_file) for _ in range(2))
    with WorkerProcess(coach.settings) as worker:
        waking = Jobs(coach.database, wake=worker.wake)
        while kill_at_work(coach, worker, poison):
            pass
        failed = coach.attempt(poison)
        assert (failed.status, failed.failure) == (AttemptStatus.FAILED, SET_ASIDE)
        assert coach.recording_path(failed) is not None
        wait_for(coach, harmless, Stage.DONE)
        waking.finish(coach, poison)
        wait_for(coach, poison, Stage.DONE)
        waking.close()
    assert counted(coach, poison) == counted(coach, harmless) == (1, 1, 1)


def test_a_worker_told_to_end_puts_its_job_back_for_the_next_one(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    for _ in range(2):
        with WorkerProcess(coach.settings):
            wait_for(coach, attempt_id, *AT_WORK, Stage.DONE)
    (job,) = jobs._client.list_workflows(workflow_ids=[attempt_id])
    assert job.status in {JobState.ENQUEUED, JobState.SUCCESS}
    assert job.recovery_attempts in {0, 1}, "being told to end is not held against a job"
    with WorkerProcess(coach.settings):
        wait_for(coach, attempt_id, Stage.DONE)
    assert counted(coach, attempt_id) == (1, 1, 1)


def test_without_weights_an_answer_waits_and_its_job_ends(
    coach: Coach, jobs: Jobs, spoken_file: Path, tmp_path: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    bare = Settings(
        home=coach.settings.home,
        database_url=coach.settings.database_url,
        whisper_model="tiny.en",
        models_folder=tmp_path / "nothing",
        time_zone="UTC",
    )
    with WorkerProcess(bare):
        assert wait_for(coach, attempt_id, Stage.WAITING).status is AttemptStatus.WAITING
        wait_until(lambda: jobs.active() == (), "the job to be ended")
    with WorkerProcess(coach.settings):  # the weights have come
        wait_for(coach, attempt_id, Stage.DONE)
    assert counted(coach, attempt_id) == (1, 1, 1)


def test_what_a_server_took_before_it_was_killed_is_scored_by_the_next_one(
    tmp_path: Path, spoken_file: Path
) -> None:
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    question_id = add_question(coach)
    with serving(home, port := free_port()) as server:
        assert server.stderr is not None
        server.stderr.readline()
        taken = httpx.post(
            f"http://127.0.0.1:{port}/api/attempts",
            data={"question_id": question_id},
            files={"recording": spoken_file.read_bytes()},
            timeout=60,
            trust_env=False,
        )
        assert taken.status_code == 202, taken.text
        (worker,) = psutil.Process(server.pid).children()
        server.kill()
        wait_until(lambda: not worker.is_running(), "the worker to end with its server")
    attempt_id = taken.json()["attempt_id"]
    with serving(home, free_port()):
        wait_for(coach, attempt_id, Stage.DONE)
    assert counted(coach, attempt_id) == (1, 1, 1)
    coach.database.close()


def test_a_server_ends_cleanly_while_somebody_listens_and_its_worker_with_it(
    tmp_path: Path, spoken_file: Path
) -> None:
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    attempt_id = answer(coach, add_question(coach), spoken_file)
    with coach.database.transaction() as session:  # somebody is at work on it for ever
        now = coach.now()
        AttemptStore(session).claim(
            attempt_id, claimant="somebody", until=now + timedelta(hours=1), now=now
        )
    with serving(home, port := free_port()) as server:
        assert server.stderr is not None
        server.stderr.readline()
        (worker,) = psutil.Process(server.pid).children()
        address = f"http://127.0.0.1:{port}/api/attempts/{attempt_id}/events"
        with httpx.stream("GET", address, timeout=60, trust_env=False) as stream:
            lines = stream.iter_lines()
            assert next(lines) == f"id: {Stage.READING}"
            server.send_signal(signal.SIGINT)
            assert not any(line.startswith("event: end") for line in lines)
        _, errors = server.communicate(timeout=60)
    assert (server.returncode, errors) == (0, "")
    assert not worker.is_running()
    assert (home / "errors.log").read_text(encoding="utf-8") == ""
    coach.database.close()


def test_the_settings_cross_the_line_whole(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path,
        models_folder=tmp_path / "models",
        database_url="postgresql://somebody:secret@host/name",
        record_limit_seconds=90.0,
        rubric_weights={"behavioural": {"structure": 40.0, "delivery": 60.0}},
    )
    line = tmp_path / "line"
    line.write_bytes(settings_line(settings))
    with line.open("rb") as read:
        assert read_settings(read) == settings
    line.write_bytes(settings_line(settings)[:-1])
    with line.open("rb") as read:
        assert read_settings(read) is None


def test_a_worker_goes_on_with_settings_that_were_changed(
    coach: Coach, jobs: Jobs, tmp_path: Path, spoken_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bare = replace(
        coach.settings,
        models_folder=tmp_path / "nothing",
        whisper_model="tiny.en",
        synthetic=False,
    )
    attempt_id = answer(coach, add_question(coach), spoken_file)
    with WorkerProcess(bare) as worker:
        wait_for(coach, attempt_id, Stage.WAITING)
        before = worker.pid
        worker.take_settings(coach.settings)
        wait_for(coach, attempt_id, Stage.DONE)
        assert worker.pid != before
    assert "is started again" not in caplog.text, "that is no death to be noted"

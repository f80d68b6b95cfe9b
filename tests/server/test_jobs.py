"""Jobs in the coach's own database, and who looks after answers that have none."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from server.caretaker import (
    SET_ASIDE,
    SETTLED_AFTER,
    WENT_WRONG,
    Care,
    Caretaker,
    care_for,
)
from server.jobs import ACTIVE, Jobs, JobState
from tests.database_fixtures import START
from tests.practice.conftest import ANSWER
from tests.server.answering import add_question, answer
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_progress import Progress, Stage
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import AttemptBusyError, ConflictError
from voicecoach.migrations.scope import OURS
from voicecoach.practice import BROKEN_OFF, Coach
from voicecoach.practice_book import tell_nobody
from voicecoach.settings import Settings
from voicecoach.speech.recording_file import RecordingWriter
from voicecoach.wiring import build_coach


@pytest.fixture
def coach(tmp_path: Path, empty_url: str) -> Iterator[Coach]:
    """A coach without a server, on SQLite and on PostgreSQL."""
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, database_url=empty_url, synthetic=True))
    yield coach
    coach.database.close()


@pytest.fixture
def jobs(coach: Coach) -> Iterator[Jobs]:
    jobs = Jobs(coach.database)
    jobs.serve(coach)
    yield jobs
    jobs.close()


def caretaker(coach: Coach, jobs: Jobs, *, weights: bool = False) -> Caretaker:
    return Caretaker(coach, jobs, weights_there=lambda: weights)


class PowerCutError(Exception):
    """What ends a transaction in the middle."""


# A job and its answer are one


def test_an_answer_and_its_job_are_stored_together_or_not_at_all(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    question_id = add_question(coach)
    attempt_id = answer(coach, question_id, spoken_file)
    assert jobs.states([attempt_id]) == {attempt_id: JobState.ENQUEUED}
    unlucky = coach.begin(question_id)
    with suppress(PowerCutError), coach.database.transaction() as session:
        AttemptStore(session).save(unlucky.id, recording_seconds=3.0)
        coach.on_answered(session, unlucky.id)
        raise PowerCutError
    assert jobs.states([unlucky.id]) == {}
    assert coach.attempt(unlucky.id).recording_seconds is None


def test_the_worker_is_woken_once_the_job_is_committed_and_not_before(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    seen: list[int] = []
    waking = Jobs(coach.database, wake=lambda: seen.append(len(jobs.active())))
    waking.serve(coach)
    question_id = add_question(coach)
    attempt_id = answer(coach, question_id, spoken_file)
    assert seen == [1]
    with suppress(PowerCutError), coach.database.transaction() as session:
        coach.on_answered(session, attempt_id)
        raise PowerCutError
    assert seen == [1]
    waking.close()


def test_a_file_that_cannot_be_read_leaves_neither_an_attempt_nor_a_job(
    coach: Coach, jobs: Jobs, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.webm"
    broken.write_bytes(b"no sound at all")
    with pytest.raises(Exception, match=r"broken\.webm"):
        answer(coach, add_question(coach), broken)
    assert coach.attempts() == ()
    assert jobs.active() == ()


def test_the_job_tables_hold_nothing_of_an_answer_but_its_id(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    schema = None if coach.database.path else "dbos"
    with coach.database.reading() as session:
        tables = set(inspect(session.connection()).get_table_names(schema=schema)) - OURS
        tables.discard("voicecoach_version")
        prefix = "dbos." if schema else ""
        holding = [
            row.inputs for row in session.execute(text(f"SELECT * FROM {prefix}workflow_input"))
        ]
    assert "workflow_status" in tables
    assert [json.loads(inputs) for inputs in holding] == [
        {"positionalArgs": [attempt_id], "namedArgs": {}}
    ]


def test_deleting_an_answer_takes_its_job_out(coach: Coach, jobs: Jobs, spoken_file: Path) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    coach.delete(attempt_id)
    assert jobs.states([attempt_id]) == {}


def test_the_job_of_an_answer_deleted_by_another_program_is_cleared_out(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    coach.on_deleted = tell_nobody
    coach.delete(attempt_id)
    assert jobs.states([attempt_id]) != {}
    caretaker(coach, jobs).clear_out()
    assert jobs.states([attempt_id]) == {}


def test_making_the_job_tables_twice_changes_nothing(coach: Coach, jobs: Jobs) -> None:
    again = Jobs(coach.database)
    assert again.active() == ()
    again.close()
    assert coach.database.migrate() is None


# Once more, please


def test_a_failed_answer_gets_a_job_anew_and_is_open_again(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    jobs.forget([attempt_id])
    with coach.database.transaction() as session:
        AttemptStore(session).save(attempt_id, status=AttemptStatus.FAILED, failure="It broke.")
    again = jobs.finish(coach, attempt_id)
    assert (again.status, again.failure) == (AttemptStatus.RECORDED, None)
    assert jobs.states([attempt_id]) == {attempt_id: JobState.ENQUEUED}
    assert again.claimed_by is None


def test_asking_twice_leaves_one_job(coach: Coach, jobs: Jobs, spoken_file: Path) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    jobs.finish(coach, attempt_id)
    jobs.finish(coach, attempt_id)
    assert jobs.active() == (attempt_id,)


def test_what_has_its_result_gets_no_job(coach: Coach, jobs: Jobs) -> None:
    attempt = coach.begin(add_question(coach), typed=True)
    with pytest.raises(ConflictError, match="Nothing was answered"):
        jobs.finish(coach, attempt.id)
    coach.answer_typed(attempt.id, " ".join(ANSWER))
    with pytest.raises(ConflictError, match="result already"):
        jobs.finish(coach, attempt.id)
    coach.delete(attempt.id)
    with pytest.raises(ConflictError, match="deleted"):
        jobs.finish(coach, attempt.id)


def test_what_somebody_is_at_work_on_is_left_to_them(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    jobs.forget([attempt_id])
    with coach.database.transaction() as session:
        now = coach.now()
        AttemptStore(session).claim(
            attempt_id, claimant="somebody", until=now + timedelta(seconds=30), now=now
        )
    with pytest.raises(AttemptBusyError):
        jobs.finish(coach, attempt_id)
    assert coach.progress(attempt_id).stage is Stage.READING


def test_an_answer_that_was_broken_off_is_scored_only_when_asked_for(
    coach: Coach, jobs: Jobs
) -> None:
    attempt = coach.begin(add_question(coach))
    coach.settings.recordings_folder.mkdir(mode=0o700, exist_ok=True)
    path = coach.settings.recordings_folder / f"{attempt.id}.wav"
    writer = RecordingWriter(path)  # killed before it was closed
    writer.append(b"\x01\x10" * 16_000)
    assert coach.progress(attempt.id).stage is Stage.INTERRUPTED
    caretaker(coach, jobs).look()
    assert jobs.active() == ()
    taken = jobs.finish(coach, attempt.id)
    assert (taken.recording_seconds, taken.interrupted) == (1.0, BROKEN_OFF)
    assert jobs.active() == (attempt.id,)
    assert coach.progress(attempt.id).stage is Stage.QUEUED
    writer.close()


# Who looks after answers


def test_an_answer_that_waits_for_weights_gets_a_job_when_they_come(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    jobs.forget([attempt_id])
    with coach.database.transaction() as session:
        AttemptStore(session).save(attempt_id, status=AttemptStatus.WAITING)
    there = False
    looking = Caretaker(coach, jobs, weights_there=lambda: there)
    looking.look()
    assert jobs.active() == ()
    there = True
    looking.look()
    assert jobs.active() == (attempt_id,)
    jobs.forget([attempt_id])
    with coach.database.transaction() as session:
        AttemptStore(session).save(attempt_id, status=AttemptStatus.WAITING)
    looking.look()
    assert jobs.active() == (), "the same weights are not tried over and over"


def test_an_answer_whose_job_ends_without_weights_after_they_came_gets_another(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    """A job cut off behind its last step ends with what that step found once it goes on."""
    attempt_id = answer(coach, add_question(coach), spoken_file)
    with coach.database.transaction() as session:
        AttemptStore(session).save(attempt_id, status=AttemptStatus.WAITING)
    looking = caretaker(coach, jobs, weights=True)
    looking.look()
    assert jobs.active() == (attempt_id,), "its job is left to the worker"
    table = "workflow_status" if coach.database.path else "dbos.workflow_status"
    with coach.database.transaction() as session:
        session.execute(text(f"UPDATE {table} SET status = 'SUCCESS'"))
    looking.look()
    assert jobs.active() == (attempt_id,)
    assert coach.attempt(attempt_id).status is AttemptStatus.RECORDED


@pytest.mark.parametrize(
    ("state", "reason"), [(JobState.PARKED, SET_ASIDE), (JobState.ERROR, WENT_WRONG)]
)
def test_a_job_that_came_to_grief_is_a_failed_answer_that_can_be_tried_again(
    coach: Coach, jobs: Jobs, spoken_file: Path, state: JobState, reason: str
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    table = "workflow_status" if coach.database.path else "dbos.workflow_status"
    with coach.database.transaction() as session:
        session.execute(text(f"UPDATE {table} SET status = :state"), {"state": state.value})
    caretaker(coach, jobs).look()
    failed = coach.attempt(attempt_id)
    assert (failed.status, failed.failure) == (AttemptStatus.FAILED, reason)
    assert jobs.active() == ()
    caretaker(coach, jobs).look()
    assert coach.attempt(attempt_id) == failed, "a failed answer is left to the person"
    assert jobs.finish(coach, attempt_id).status is AttemptStatus.RECORDED
    assert jobs.active() == (attempt_id,)


def test_ended_jobs_are_taken_out_when_they_are_old(
    coach: Coach, jobs: Jobs, spoken_file: Path
) -> None:
    attempt_id = answer(coach, add_question(coach), spoken_file)
    jobs._client.cancel_workflow(attempt_id)
    assert jobs.forget_ended_before(coach.now() - timedelta(days=1)) == 0
    assert jobs.forget_ended_before(coach.now() + timedelta(days=1)) == 1
    assert jobs.states([attempt_id]) == {}


PROGRESS = st.builds(
    Progress,
    attempt_id=st.just("a"),
    status=st.sampled_from(AttemptStatus),
    started_at=st.timedeltas(timedelta(0), timedelta(days=2)).map(lambda ago: START - ago),
    claimed=st.booleans(),
    recorded=st.booleans(),
    answered=st.booleans(),
    measured=st.booleans(),
    has_words=st.booleans(),
)


@given(progress=PROGRESS, job=st.none() | st.sampled_from(JobState), weights_came=st.booleans())
def test_the_caretaker_keeps_its_hands_off_what_is_not_its_own(
    progress: Progress, job: JobState | None, weights_came: bool
) -> None:
    care = care_for(progress, job, now=START, weights_came=weights_came)
    if progress.claimed or job in ACTIVE:
        assert care is Care.LEAVE, "somebody is at work on it, or will be"
    if progress.stage not in {Stage.QUEUED, Stage.WAITING}:
        assert care is Care.LEAVE, "ended, broken off, failed or empty: left to the person"
    if care in {Care.SET_ASIDE, Care.WENT_WRONG}:
        assert job in {JobState.PARKED, JobState.ERROR}
    if job is None and progress.stage is Stage.QUEUED and not progress.claimed:
        assert (care is Care.FINISH) == (START - progress.started_at >= SETTLED_AFTER)


@given(progress=PROGRESS, job=st.none() | st.sampled_from(JobState))
def test_no_complete_answer_is_left_without_care_for_ever(
    progress: Progress, job: JobState | None
) -> None:
    if progress.stage is Stage.QUEUED and job not in ACTIVE:
        later = progress.started_at + SETTLED_AFTER
        assert care_for(progress, job, now=later, weights_came=False) is not Care.LEAVE

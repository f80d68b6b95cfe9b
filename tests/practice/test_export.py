"""Everything goes out in one archive, and the bank can be read in again."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from question_bank.question import Question
from voicecoach.export import export_everything
from voicecoach.practice import Coach
from voicecoach.recovery import Step
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach


def exported(coach: Coach) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(export_everything(coach))))


def test_answers_sounds_questions_and_notes_are_in_it(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    attempt = coach.attempt(answer())
    with coach.bank() as bank:
        interview = bank.next_interview(coach.today())
    assert interview is not None
    coach.mark_step(Step.MOVE, note="around the lake", interview_id=interview.id)
    archive = exported(coach)
    assert archive.testzip() is None
    stored = json.loads(archive.read(f"attempts/{attempt.id}.json"))
    assert attempt.transcript is not None
    assert stored["transcripts"][0]["text"] == attempt.transcript.text
    assert attempt.score is not None
    assert stored["judgements"][0]["overall"] == attempt.score.overall
    recording = coach.recording_path(attempt)
    assert recording is not None
    assert archive.read(f"recordings/{attempt.id}.wav") == recording.read_bytes()
    (step,) = archive.read("tables/recovery_steps.jsonl").splitlines()
    assert json.loads(step)["note"] == "around the lake"
    listed = archive.read("CONTENTS.txt").decode()
    assert all(name in listed for name in archive.namelist() if name != "CONTENTS.txt")
    assert "NOT COMPLETE" not in listed


def test_the_questions_can_be_read_in_again(
    coach: Coach, question: Question, tmp_path: Path
) -> None:
    other = build_coach(Settings(home=tmp_path / "other", time_zone="UTC"))
    with other.bank() as bank:
        bank.import_json(exported(coach).read("questions.json"))
        assert bank.get_question(question.id).text == question.text
    other.database.close()


def test_of_a_deleted_answer_only_the_mark_is_in_it(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    attempt_id = answer()
    coach.delete(attempt_id)
    archive = exported(coach)
    assert f"recordings/{attempt_id}.wav" not in archive.namelist()
    assert json.loads(archive.read(f"attempts/{attempt_id}.json"))["transcripts"] == []


def test_a_recording_that_is_gone_is_named_and_the_rest_is_there(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    attempt = coach.attempt(answer())
    recording = coach.recording_path(attempt)
    assert recording is not None
    recording.unlink()
    archive = exported(coach)
    assert archive.testzip() is None
    assert f"recordings/{attempt.id}.wav  NOT COMPLETE" in archive.read("CONTENTS.txt").decode()
    assert "questions.json" in archive.namelist()
    assert f"attempts/{attempt.id}.json" in archive.namelist()


def test_it_is_made_piece_by_piece(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    answer()
    pieces = list(export_everything(coach))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 600_000

"""Judging while somebody speaks: often enough, never in the way, and never kept."""

import errno
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from question_bank.question import Question
from tests.speech.spoken_live import SpokenAnswer, spoken_answer
from voicecoach.attempt import AttemptStatus
from voicecoach.errors import RecordingError
from voicecoach.live_answer import LiveListeners
from voicecoach.practice import Coach, ignore_stage
from voicecoach.rehearsed_judgement import SECONDS_BETWEEN, RehearsedJudgement
from voicecoach.scoring.result import Score
from voicecoach.speech.heard import HeardWord
from voicecoach.speech.live import Caption, ignore_caption, ignore_failure


@pytest.fixture(scope="module")
def answer() -> SpokenAnswer:
    return spoken_answer(pauses=(0.7,))


def caption(number: int, end_seconds: float, *, final: bool = True) -> Caption:
    word = HeardWord(text=f"w{number}", start_seconds=0.0, end_seconds=end_seconds, probability=0.9)
    return Caption(stretch=number, words=(word,), final=final)


def test_it_judges_what_was_said_so_far_once_enough_is_new() -> None:
    judged: list[list[str]] = []
    seen = threading.Semaphore(0)

    def judge(words: Sequence[HeardWord]) -> None:
        judged.append([word.text for word in words])
        seen.release()

    rehearsed = RehearsedJudgement(judge)
    assert seen.acquire(timeout=30)
    rehearsed.take(caption(0, SECONDS_BETWEEN / 2))
    rehearsed.take(caption(1, SECONDS_BETWEEN, final=False))
    rehearsed.take(caption(1, SECONDS_BETWEEN + 1))
    assert seen.acquire(timeout=30)
    rehearsed.end()
    assert judged == [[], ["w0", "w1"]]


def test_a_judgement_that_fails_ends_the_rehearsal_quietly() -> None:
    failed = threading.Event()

    def judge(words: Sequence[HeardWord]) -> None:
        failed.set()
        raise ZeroDivisionError

    rehearsed = RehearsedJudgement(judge)
    assert failed.wait(timeout=30)
    rehearsed.take(caption(0, 100.0))
    rehearsed.end()


def test_an_answer_rehearsed_is_judged_as_one_that_was_not(
    coach: Coach, question: Question, answer: SpokenAnswer
) -> None:
    listeners = LiveListeners(on_caption=ignore_caption, on_failure=ignore_failure)
    live = coach.live_answers().open(question.id, listeners=listeners)
    for piece in answer.pieces(8_000):
        live.take(piece)
    attempt = live.stop(ignore_stage)
    assert attempt.status is AttemptStatus.SCORED
    assert len(attempt.transcripts) == len(attempt.judgements) == 1
    again = coach.rescore(attempt.id)
    assert isinstance(again.judgement, Score)
    assert again.judgement == attempt.judgement
    assert len(again.judgements) == 1


def test_a_live_answer_whose_engine_fails_is_transcribed_from_the_file(
    coach: Coach, question: Question, answer: SpokenAnswer
) -> None:
    def broken() -> object:
        raise RuntimeError("no")

    working = coach.engines
    coach.engines = replace(working, live_transcriber=broken)  # type: ignore[arg-type]
    told = threading.Event()
    listeners = LiveListeners(on_caption=ignore_caption, on_failure=lambda *_: told.set())
    live = coach.live_answers().open(question.id, listeners=listeners)
    for piece in answer.pieces(8_000):
        live.take(piece)
    attempt = live.stop(ignore_stage)
    assert told.is_set()
    assert attempt.status is AttemptStatus.SCORED
    assert attempt.recording_seconds == pytest.approx(answer.seconds)


def listening(wait_seconds: float) -> list[threading.Thread]:
    """The threads that listen to an answer, once each was given time to end."""
    names = {"listener", "decoder", "measuring", "rehearsing"}
    found = [thread for thread in threading.enumerate() if thread.name in names]
    for thread in found:
        thread.join(wait_seconds)
    return found


def test_an_answer_whose_sound_cannot_be_read_lets_go_of_everything_and_can_be_gone_on_with(
    coach: Coach, question: Question, answer: SpokenAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    listeners = LiveListeners(on_caption=ignore_caption, on_failure=ignore_failure)
    live = coach.live_answers().open(question.id, listeners=listeners)
    pieces = list(answer.pieces(8_000))
    for piece in pieces[:2]:
        live.take(piece)
    live.break_off()

    def unreadable(path: Path) -> Iterator[object]:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("voicecoach.live_answer._samples_in", unreadable)
        with pytest.raises(RecordingError, match="can't be read: Input/output error"):
            coach.live_answers().resume(
                live.attempt.id, question_id=question.id, listeners=listeners
            )
    assert not any(thread.is_alive() for thread in listening(wait_seconds=30)), "all have ended"
    again = coach.live_answers().resume(
        live.attempt.id, question_id=question.id, listeners=listeners
    )
    assert again.samples == sum(len(piece) for piece in pieces[:2])
    again.discard()

"""Whatever breaks, the recording stays, the log lists it, and one finisher at a time mends it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from question_bank.question import Question
from tests.practice.conftest import Clock
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.engines import Engines
from voicecoach.errors import AttemptBusyError, TranscriptionError, WeightsMissingError
from voicecoach.practice import Coach
from voicecoach.speech.contracts import Transcriber
from voicecoach.speech.recording import Recording
from voicecoach.speech.transcript import Transcript


class PowerCutError(BaseException):
    """The process is gone; nothing after it runs, as with a power cut."""


def cut_the_power(*_: object, **__: object) -> NoReturn:
    raise PowerCutError


class BrokenTranscriber:
    engine, weights, synthetic = "broken", "broken", True

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def transcribe(self, recording: Recording, *, hotwords: Sequence[str] = ()) -> Transcript:
        raise self._error


@pytest.fixture
def recorded(coach: Coach, question: Question, spoken_answer: Path) -> Attempt:
    """An answer on disk to which nothing else has happened."""
    return coach.attach(coach.begin(question.id).id, spoken_answer)


CUTS: dict[str, Callable[[Engines], Engines]] = {
    "measuring the sound": lambda engines: replace(engines, measure_sound=cut_the_power),
    "loading the weights": lambda engines: replace(engines, transcriber=cut_the_power),
    "loading the encoder": lambda engines: replace(engines, encoder=cut_the_power),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
def test_a_power_cut_loses_nothing_while(
    cut: Callable[[Engines], Engines], coach: Coach, recorded: Attempt
) -> None:
    working = coach.engines
    coach.engines = cut(working)
    with pytest.raises(PowerCutError):
        coach.finish(recorded.id)
    assert recorded.id in [attempt.id for attempt in coach.unfinished()]
    assert coach.recording_path(recorded) is not None

    coach.engines = working
    assert coach.finish(recorded.id).status is AttemptStatus.SCORED


def test_a_power_cut_while_storing_leaves_neither_judgement_nor_review(
    coach: Coach, recorded: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("question_bank.bank.Bank.rate_attempt", cut_the_power)
        with pytest.raises(PowerCutError):
            coach.finish(recorded.id)
    assert coach.attempt(recorded.id).judgement is None
    with coach.reading_bank() as bank:
        assert bank.every_review() == ()
    assert coach.finish(recorded.id).status is AttemptStatus.SCORED
    with coach.reading_bank() as bank:
        assert len(bank.every_review()) == 1


def test_what_was_transcribed_before_a_crash_is_not_transcribed_again(
    coach: Coach, recorded: Attempt
) -> None:
    working = coach.engines
    coach.engines = replace(working, encoder=cut_the_power)
    with pytest.raises(PowerCutError):
        coach.finish(recorded.id)
    coach.engines = replace(working, transcriber=cut_the_power)
    assert coach.finish(recorded.id).status is AttemptStatus.SCORED


def test_without_weights_the_recording_waits_and_what_needs_no_words_is_shown(
    coach: Coach, recorded: Attempt
) -> None:
    coach.engines = replace(coach.engines, transcriber=no_weights)
    waiting = coach.result(coach.finish(recorded.id))
    assert waiting.status is AttemptStatus.WAITING
    assert waiting.score is None
    assert waiting.transcript is None
    assert waiting.sound is not None
    assert waiting.sound.speaking_seconds > 5
    assert "models download" in waiting.reasons[0]


def test_everything_that_waited_is_transcribed_once_weights_are_there(
    coach: Coach, recorded: Attempt, clock: Clock
) -> None:
    working = coach.engines
    coach.engines = replace(working, transcriber=no_weights)
    coach.finish(recorded.id)
    assert coach.finish_waiting(lambda _: None) == 0

    coach.engines = working
    clock.wait(days=2)
    done: list[Attempt] = []
    assert coach.finish_waiting(done.append) == 1
    assert done[0].status is AttemptStatus.SCORED
    with coach.reading_bank() as bank:
        (review,) = bank.every_review()
    assert review.reviewed_at == recorded.started_at, "it was rehearsed when it was spoken"


def test_words_typed_for_a_waiting_recording_are_scored_at_once(
    coach: Coach, recorded: Attempt
) -> None:
    coach.engines = replace(coach.engines, transcriber=no_weights)
    coach.finish(recorded.id)
    typed = coach.answer_typed(
        recorded.id,
        "Our overnight report failed on a Monday in March. I called the client at eight and told "
        "her plainly what was wrong. Then I built her figures by hand. As a result she renewed.",
    )
    assert typed.status is AttemptStatus.SCORED
    assert typed.sound is not None


def test_an_engine_that_fails_marks_the_attempt_failed_and_says_why(
    coach: Coach, recorded: Attempt
) -> None:
    working = coach.engines
    broken = BrokenTranscriber(TranscriptionError("The engine ran out of memory.", "Close some."))
    coach.engines = replace(working, transcriber=lambda: broken)
    failed = coach.finish(recorded.id)
    assert failed.status is AttemptStatus.FAILED
    assert "out of memory" in coach.result(failed).reasons[0]
    coach.engines = working
    assert coach.finish(recorded.id).status is AttemptStatus.SCORED


def test_two_finishers_never_work_on_one_attempt(coach: Coach, recorded: Attempt) -> None:
    inside, may_go_on = threading.Event(), threading.Event()
    working = coach.engines

    def slow() -> Transcriber:
        inside.set()
        may_go_on.wait(20)
        return working.transcriber()

    coach.engines = replace(working, transcriber=slow)
    finished: list[Attempt] = []
    first = threading.Thread(target=lambda: finished.append(coach.finish(recorded.id)))
    first.start()
    assert inside.wait(20)
    with pytest.raises(AttemptBusyError):
        coach.finish(recorded.id)
    may_go_on.set()
    first.join()
    assert finished[0].status is AttemptStatus.SCORED
    assert len(coach.attempt(recorded.id).transcripts) == 1


def test_the_claim_of_a_finisher_that_died_runs_out(
    coach: Coach, recorded: Attempt, clock: Clock
) -> None:
    with coach.database.transaction() as session:
        now = coach.now()
        AttemptStore(session).claim(recorded.id, claimant="dead", until=clock.moment, now=now)
    clock.wait(seconds=1)
    assert coach.finish(recorded.id).status is AttemptStatus.SCORED


def test_a_recording_whose_file_is_gone_fails_with_the_remedy(
    coach: Coach, recorded: Attempt
) -> None:
    path = coach.recording_path(recorded)
    assert path is not None
    path.unlink()
    failed = coach.finish(recorded.id)
    assert failed.status is AttemptStatus.FAILED
    assert "delete" in coach.result(failed).reasons[0].lower()


def test_the_home_is_readable_by_its_owner_only(coach: Coach, answer: Callable[[], str]) -> None:
    answer()
    home = coach.settings.home
    loose = [path for path in [home, *home.rglob("*")] if path.stat().st_mode & 0o077]
    assert loose == []


def no_weights() -> Transcriber:
    raise WeightsMissingError("There are no weights.", "Get them: voicecoach models download")

"""A home with answers that stand in every place an answer can stand, served."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.practice.conftest import Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from tests.speech.spoken import join, silence
from voicecoach.attempt import AttemptStatus
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.speech.recording_file import RecordingWriter
from voicecoach.wiring import build_coach


@dataclass(frozen=True)
class Answered:
    """Answers by where they stand."""

    client: httpx.Client
    coach: Coach
    question_id: str
    spoken_file: Path
    waiting_id: str
    failed_id: str
    unscoreable_id: str
    interrupted_id: str
    unanswered_id: str
    queued_id: str

    @property
    def base(self) -> str:
        return str(self.client.base_url)

    def spoken(self, question_id: str | None = None) -> str:
        """Give an answer of one's own, spoken and scored."""
        begun = self.coach.begin(question_id or self.question_id)
        return self.coach.finish(self.coach.attach(begun.id, self.spoken_file).id).id


@pytest.fixture(scope="package")
def answered(tmp_path_factory: pytest.TempPathFactory, spoken_file: Path) -> Iterator[Answered]:
    folder = tmp_path_factory.mktemp("answered")
    settings = Settings(home=folder / "home", synthetic=True, time_zone="UTC")
    coach = build_coach(settings, clock=Clock())
    question_id = fill_bank(coach)

    waiting = coach.attach(coach.begin(question_id).id, spoken_file)
    finish_without_weights(coach, waiting.id)

    failed = coach.attach(coach.begin(question_id).id, spoken_file)
    kept = settings.recordings_folder / f"{failed.id}.wav"
    sound = kept.read_bytes()
    kept.write_bytes(b"RIFF....WAVE" + bytes(400))  # a disk that can't be read for a while
    assert coach.finish(failed.id).status is AttemptStatus.FAILED
    kept.write_bytes(sound)

    write_wav(folder / "quiet.wav", join(silence(4)))
    quiet = coach.attach(coach.begin(question_id).id, folder / "quiet.wav")
    assert coach.finish(quiet.id).status is AttemptStatus.UNSCOREABLE

    with served(coach) as client:
        yield Answered(
            client=client,
            coach=coach,
            question_id=question_id,
            spoken_file=spoken_file,
            waiting_id=waiting.id,
            failed_id=failed.id,
            unscoreable_id=quiet.id,
            interrupted_id=broken_off(coach, question_id, spoken_file),
            unanswered_id=coach.begin(question_id, typed=True).id,
            queued_id=coach.attach(coach.begin(question_id).id, spoken_file).id,
        )
    coach.database.close()


def finish_without_weights(coach: Coach, attempt_id: str) -> None:
    """Finish an answer as on a machine without weights for people's voices: it waits."""
    without = build_coach(Settings(home=coach.settings.home, time_zone="UTC"), clock=coach.now)
    assert without.finish(attempt_id).status is AttemptStatus.WAITING
    without.database.close()


def broken_off(coach: Coach, question_id: str, spoken_file: Path) -> str:
    """Leave an answer as it lies on disk when the machine dies after six seconds of it."""
    attempt = coach.begin(question_id)
    with RecordingWriter(coach.settings.recordings_folder / f"{attempt.id}.wav") as writer:
        writer.append(spoken_file.read_bytes()[44 : 44 + 32_000 * 6])
    return attempt.id

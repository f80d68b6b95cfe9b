"""A debrief told aloud: kept first, written down, checked, entered, and gone when it is deleted."""

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from question_bank.errors import NotFoundError
from question_bank.interview import Outcome
from question_bank.monologue import FindingKind
from question_bank.question import QuestionKind
from tests.practice.conftest import Clock, quiet
from tests.practice.telling import write_telling
from voicecoach.archive_import import import_everything
from voicecoach.backups import make_backup
from voicecoach.deleting import delete_interview
from voicecoach.erasure import erase_everything
from voicecoach.errors import (
    AttemptBusyError,
    ConflictError,
    InvalidInputError,
    RecordingError,
    WeightsMissingError,
)
from voicecoach.export import export_everything
from voicecoach.live_telling import LiveTelling
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.speech.contracts import Transcriber
from voicecoach.speech.recording import Recording
from voicecoach.speech.recording_file import RecordingWriter
from voicecoach.speech.transcript import Transcript
from voicecoach.spoken_debrief import SpokenDebrief, SpokenDebriefStatus, as_left, with_added
from voicecoach.spoken_debriefs import BROKEN_OFF, SpokenDebriefs
from voicecoach.wiring import build_coach


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_telling(tmp_path_factory.mktemp("telling") / "told.wav")


@pytest.fixture(scope="module")
def once_heard(tmp_path_factory: pytest.TempPathFactory, telling: Path) -> Transcript:
    """What real weights hear in the telling, heard once for all tests."""
    home = tmp_path_factory.mktemp("heard") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    debriefs = SpokenDebriefs(book=coach)
    heard = debriefs.hear(debriefs.attach(telling).id)
    coach.database.close()
    assert heard.transcript is not None
    return heard.transcript


class Remembers:
    """Gives what the real transcriber heard before."""

    engine, weights, synthetic = "faster-whisper", "espeak-tiny", True

    def __init__(self, heard: Transcript) -> None:
        self._heard = heard

    def transcribe(self, recording: Recording, *, hotwords: object = ()) -> Transcript:
        return self._heard


@pytest.fixture
def debriefs(coach: Coach, once_heard: Transcript) -> SpokenDebriefs:
    remembers: Transcriber = Remembers(once_heard)
    coach.engines = replace(coach.engines, transcriber=lambda: remembers)
    return SpokenDebriefs(book=coach)


@pytest.fixture
def told(debriefs: SpokenDebriefs, telling: Path) -> SpokenDebrief:
    return debriefs.hear(debriefs.attach(telling).id)


@pytest.fixture
def named(debriefs: SpokenDebriefs, told: SpokenDebrief) -> SpokenDebrief:
    """The telling with the company the person added."""
    return debriefs.keep(told.id, with_added(told.findings, FindingKind.COMPANY, "Northwind"))


def words_of(debrief: SpokenDebrief, kind: FindingKind) -> list[str]:
    return [one.words for one in debrief.findings if one.kind is kind]


def test_what_is_said_aloud_is_found_with_its_moments_in_the_sound(told: SpokenDebrief) -> None:
    assert told.status is SpokenDebriefStatus.HEARD
    assert words_of(told, FindingKind.QUESTION) == [
        "Why did you leave your last job?",
        "How do you work under pressure?",
    ]
    assert told.transcript is not None
    assert told.synthetic
    for one in told.findings:
        assert told.transcript.text[one.start_char : one.end_char] == one.quote
        assert one.start_seconds is not None
        assert one.end_seconds is not None
        assert told.seconds is not None
        assert 0 <= one.start_seconds < one.end_seconds <= told.seconds


def test_nothing_enters_the_bank_before_the_person_says_so(
    debriefs: SpokenDebriefs, told: SpokenDebrief
) -> None:
    with debriefs.book.reading_bank() as bank:
        assert bank.every_active_question() == ()
        assert bank.count_interviews() == 0


def test_only_what_is_kept_enters_in_the_words_the_person_left(
    debriefs: SpokenDebriefs, named: SpokenDebrief
) -> None:
    left = []
    for one in named.findings:
        if one.words == "How do you work under pressure?":
            left.append(as_left(one, words=one.words, kept=False))
        elif one.kind is FindingKind.QUESTION:
            left.append(as_left(one, words="Why did you really leave?", kept=True))
        else:
            left.append(one)
    debriefs.keep(named.id, left)
    entered = debriefs.enter(named.id, outcome=Outcome.REJECTED)
    assert [one.text for one in entered.new] == ["Why did you really leave?"]
    assert entered.new[0].tripped_up[0].remembered_answer == "That I wanted to work with a team"
    assert entered.interview is not None
    assert entered.interview.company == "Northwind"
    assert [(one.word, one.intensity) for one in entered.interview.feelings] == [("nervous", 4)]
    assert entered.interview.went_well == ("I think the first part went well",)
    assert debriefs.get(named.id).interview_id == entered.interview.id
    assert debriefs.of_interview(entered.interview.id) == (debriefs.get(named.id),)


def test_a_nearly_equal_question_is_offered_for_merging(
    debriefs: SpokenDebriefs, named: SpokenDebrief
) -> None:
    with debriefs.book.bank() as bank:
        bank.add_question("How do you work well under pressure?", kind=QuestionKind.TECHNICAL)
    entered = debriefs.enter(named.id, outcome=Outcome.REJECTED)
    assert [offer.question.text for offer in entered.offers] == ["How do you work under pressure?"]


def test_a_debrief_without_a_name_for_the_interview_is_refused_and_kept(
    debriefs: SpokenDebriefs, told: SpokenDebrief
) -> None:
    with pytest.raises(InvalidInputError, match="no name yet"):
        debriefs.enter(told.id, outcome=Outcome.REJECTED)
    assert debriefs.get(told.id) == told


def test_what_has_entered_is_not_entered_twice_nor_heard_anew(
    debriefs: SpokenDebriefs, named: SpokenDebrief
) -> None:
    debriefs.enter(named.id, outcome=Outcome.REJECTED)
    with pytest.raises(ConflictError):
        debriefs.enter(named.id, outcome=Outcome.REJECTED)
    assert debriefs.hear(named.id).status is SpokenDebriefStatus.ENTERED


@pytest.mark.parametrize("sound", ["silence", "noise"])
def test_sound_without_words_gives_reasons_and_is_kept(
    coach: Coach, tmp_path: Path, sound: str
) -> None:
    noise = np.random.default_rng(3).normal(0, 0.05, 16_000 * 5).astype(np.float32)
    path = tmp_path / "unclear.wav"
    write_wav(path, quiet(5.0) if sound == "silence" else Recording(noise))
    debriefs = SpokenDebriefs(book=coach)
    unclear = debriefs.hear(debriefs.attach(path).id)
    assert unclear.status is SpokenDebriefStatus.UNCLEAR
    assert unclear.reasons
    assert debriefs.recording_path(unclear) is not None
    assert debriefs.hear(unclear.id).status is SpokenDebriefStatus.UNCLEAR


def test_without_weights_it_waits_and_can_be_heard_later(
    debriefs: SpokenDebriefs, telling: Path
) -> None:
    there = debriefs.book.engines

    def missing() -> Transcriber:
        raise WeightsMissingError("No weights.", "Fetch them.")

    debriefs.book.engines = replace(there, transcriber=missing)
    waiting = debriefs.hear(debriefs.attach(telling).id)
    assert waiting.status is SpokenDebriefStatus.WAITING
    debriefs.book.engines = there
    assert debriefs.hear(waiting.id).status is SpokenDebriefStatus.HEARD


def test_a_file_that_is_no_sound_leaves_nothing(debriefs: SpokenDebriefs, tmp_path: Path) -> None:
    path = tmp_path / "letter.wav"
    path.write_text("Dear Sir or Madam", encoding="utf-8")
    with pytest.raises(RecordingError):
        debriefs.attach(path)
    assert debriefs.list() == ()


def test_a_telling_that_broke_off_can_be_gone_on_with_and_is_heard(
    debriefs: SpokenDebriefs, telling: Path
) -> None:
    pcm = np.frombuffer(telling.read_bytes()[44:], dtype="<i2")
    telling_now = LiveTelling(debriefs)
    telling_now.take(pcm[:32_000])
    with pytest.raises(AttemptBusyError):
        LiveTelling(debriefs, telling_now.debrief.id)
    telling_now.break_off()
    with pytest.raises(AttemptBusyError):
        debriefs.hear(telling_now.debrief.id)
    again = LiveTelling(debriefs, telling_now.debrief.id)
    assert again.samples == 32_000
    again.take(pcm[32_000:])
    whole = again.stop()
    assert whole.seconds == pytest.approx(len(pcm) / 16_000)
    assert debriefs.hear(whole.id).status is SpokenDebriefStatus.HEARD


def test_what_a_crash_left_is_heard_and_marked(
    debriefs: SpokenDebriefs, telling: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveTelling(debriefs)
    live.take(np.frombuffer(telling.read_bytes()[44:], dtype="<i2"))
    live.break_off()
    monkeypatch.setattr("voicecoach.spoken_debriefs.time.time", lambda: 4e9)
    heard = debriefs.hear(live.debrief.id)
    assert heard.status is SpokenDebriefStatus.HEARD
    assert heard.interrupted == BROKEN_OFF


def test_on_a_full_disk_what_was_said_until_then_is_kept_and_gone_on_with(
    debriefs: SpokenDebriefs, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveTelling(debriefs)
    live.take(np.ones(16_000, dtype=np.int16))
    live.flush()

    def full(writer: RecordingWriter, pcm: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(RecordingWriter, "append", full)
        with pytest.raises(RecordingError, match="No space left") as refused:
            live.take(np.ones(16_000, dtype=np.int16))
    assert "said up to here is kept" in refused.value.what_to_do
    live.break_off()
    again = LiveTelling(debriefs, live.debrief.id)
    assert again.samples == 16_000
    again.take(np.ones(16_000, dtype=np.int16))
    assert again.stop().seconds == 2.0


def test_a_telling_without_sound_leaves_nothing(debriefs: SpokenDebriefs) -> None:
    with pytest.raises(RecordingError):
        LiveTelling(debriefs).stop()
    LiveTelling(debriefs).break_off()
    thrown = LiveTelling(debriefs)
    thrown.take(np.ones(1600, dtype=np.int16))
    thrown.discard()
    assert debriefs.list() == ()
    assert not list(debriefs.book.settings.recordings_folder.glob("*.wav"))


def everything_on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_a_deleted_one_is_in_no_file_not_even_in_a_backup(
    debriefs: SpokenDebriefs, told: SpokenDebrief
) -> None:
    home = debriefs.book.settings.home
    with closing(sqlite3.connect(home / "voicecoach.db")) as driver:
        make_backup(driver, home / "voicecoach.db", version="0009")
    assert b"talked about the project" in everything_on_disk(home)
    debriefs.delete(told.id)
    assert b"talked about the project" not in everything_on_disk(home)
    assert b"RIFF" not in everything_on_disk(home)
    with pytest.raises(NotFoundError):
        debriefs.get(told.id)


def test_deleting_everything_deletes_it_too(debriefs: SpokenDebriefs, told: SpokenDebrief) -> None:
    erase_everything(debriefs.book)
    assert debriefs.list() == ()
    assert b"talked about the project" not in everything_on_disk(debriefs.book.settings.home)


def test_it_goes_with_its_interview(debriefs: SpokenDebriefs, named: SpokenDebrief) -> None:
    entered = debriefs.enter(named.id, outcome=Outcome.REJECTED)
    assert entered.interview is not None
    delete_interview(debriefs.book, entered.interview.id)
    assert debriefs.list() == ()
    assert debriefs.recording_path(named) is None


def test_an_archive_brings_words_and_sound_back(
    debriefs: SpokenDebriefs, named: SpokenDebrief, tmp_path: Path
) -> None:
    debriefs.enter(named.id, outcome=Outcome.REJECTED)
    archive = io.BytesIO(b"".join(export_everything(debriefs.book)))
    home = tmp_path / "elsewhere"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    import_everything(coach, archive)
    there = SpokenDebriefs(book=coach)
    assert there.list() == debriefs.list()
    sound = there.recording_path(there.list()[0])
    assert sound is not None
    assert sound.read_bytes() == (debriefs.recording_path(named) or home).read_bytes()
    coach.database.close()


def test_a_stretch_alone_can_be_heard(debriefs: SpokenDebriefs, told: SpokenDebrief) -> None:
    heard: list[float] = []

    def play(path: Path) -> None:
        heard.append(debriefs.book.engines.read_recording(path).seconds)

    debriefs.book.engines = replace(debriefs.book.engines, play=play)
    assert debriefs.replay(told, start=1.0, end=2.5) is None
    assert heard == [pytest.approx(1.5)]
    assert not list(debriefs.book.settings.home.glob("*/stretch.wav"))


def test_the_day_is_counted_from_the_day_of_telling(debriefs: SpokenDebriefs) -> None:
    assert debriefs.begin().told_at.date() == datetime(2026, 11, 18, tzinfo=UTC).date()

"""Deleted is gone: of a take, of an interview no word and no sample is in any byte of the home."""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest
from sqlalchemy import update

from question_bank.interview import Feeling, Outcome
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from question_bank.question_shelf import DraftTrip
from question_bank.tables import QuestionRow
from server.jobs import Jobs
from tests.store.attempts import heard, recorded, score_of, whole
from tests.taking.filled_home import AT, empty_home, fill_the_rest
from voicecoach import day_checklist
from voicecoach.after_interview import after_interviews
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.backups import backups_of, make_backup
from voicecoach.check_in_store import CheckInStore
from voicecoach.debrief_draft_file import DebriefDraftFile
from voicecoach.deleting import (
    SETTLED_SECONDS,
    delete_interview,
    interview_deletion,
    remove_leftovers,
)
from voicecoach.erasure import erase_everything
from voicecoach.errors import AttemptBusyError, DatabaseError
from voicecoach.feelings import CheckIn
from voicecoach.inventory import EntryKind, InventoryEntry, Story
from voicecoach.practice import Coach
from voicecoach.preparing import Preparation, preparing
from voicecoach.recovery import Step
from voicecoach.resource_list import ResourceKind
from voicecoach.scoring.result import Score
from voicecoach.speech.audio_file import write_wav
from voicecoach.speech.recording import Recording
from voicecoach.spoken_debrief_tables import SpokenDebriefRow
from voicecoach.spoken_debriefs import SpokenDebriefs
from voicecoach.what_came import ToldQuestion, Went

MARK = "Brunhilde Xylophonowitsch"
OTHER = "Kunigunde Zithermeister"
SECONDS = 0.5


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[Coach]:
    coach = empty_home(tmp_path / "home")
    yield coach
    coach.database.close()


def left_in(home: Path, *, words: str = MARK, sound: bytes = b"") -> list[str]:
    """Every file of the home that holds these words, in any encoding, or any stretch of a sound."""
    wanted = [words.encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be")]
    wanted += [words.upper().encode(), words.split(maxsplit=1)[0].encode()]
    wanted += [sound[at : at + 64] for at in range(1_000, len(sound), 2_000)]
    return [
        str(path.relative_to(home))
        for path in sorted(home.rglob("*"))
        if path.is_file() and any(one in path.read_bytes() for one in wanted)
    ]


def noise(seed: int) -> Recording:
    samples = np.random.default_rng(seed).uniform(-0.5, 0.5, int(SECONDS * 16_000))
    return Recording(samples=samples.astype(np.float32))


def put_recording(coach: Coach, name: str, seed: int) -> bytes:
    folder = coach.settings.recordings_folder
    folder.mkdir(parents=True, exist_ok=True)
    write_wav(folder / name, noise(seed))
    return (folder / name).read_bytes()[44:]


def leave(path: Path, content: bytes) -> Path:
    """Leave a file lying as a crash an hour ago would have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    before = time.time() - 3_600
    os.utime(path, (before, before))
    return path


def back_up(coach: Coach) -> None:
    path = coach.settings.home / "voicecoach.db"
    with closing(sqlite3.connect(path)) as driver:
        for _ in range(2):
            make_backup(driver, path, version="0001")


def add_question(coach: Coach, text: str, interview_id: str | None = None) -> str:
    trip = DraftTrip(
        interview_id=interview_id, how=f"{MARK} asked it", remembered_answer=f"I told {MARK}"
    )
    with coach.bank() as bank:
        return bank.add_question(
            text, kind=QuestionKind.BEHAVIOURAL, trip=None if interview_id is None else trip
        ).question.id


def add_answer(coach: Coach, question_id: str, name: str, words: str, seed: int) -> bytes:
    """A spoken answer with these words everywhere an answer has words; return its samples."""
    score = replace_follow_up(60.0, f"And {words}, what did she say?")
    attempt = replace(
        recorded(question_id, name=name),
        status=AttemptStatus.SCORED,
        asked=f"What about {words}?",
        failure=f"{words} would not load",
        interrupted=f"{words} broke off",
        transcripts=(heard(text=f"I told {words} so"), heard(2, text=f"I wrote {words} so")),
        judgements=(score, replace_follow_up(70.0, f"Was {words} angry?", version=2)),
    )
    with coach.database.transaction() as session:
        AttemptStore(session).add(attempt)
        coach.on_answered(session, name)
    for judgement in attempt.judgements:
        assert isinstance(judgement, Score)
        assert judgement.follow_up
        coach.engines.speaker.synthesise(judgement.follow_up)
    return put_recording(coach, f"{name}.wav", seed)


def replace_follow_up(overall: float, follow_up: str, version: int = 1) -> Score:
    scored = score_of(overall, transcript_version=version)
    return msgspec.structs.replace(scored, follow_up=follow_up)


def test_of_a_deleted_take_nothing_is_left_but_its_mark(coach: Coach) -> None:
    home = coach.settings.home
    jobs = Jobs(coach.database)
    jobs.serve(coach)
    question_id = add_question(coach, "Why us?")
    kept_sound = add_answer(coach, question_id, "kept", OTHER, seed=1)
    sound = add_answer(coach, question_id, "deleted", MARK, seed=2)
    with coach.database.transaction() as session:
        child = replace(recorded(question_id, name="child"), parent_id="deleted", asked=f"{MARK}?")
        AttemptStore(session).add(child)
        fill_the_rest(session, OTHER)
    child_sound = put_recording(coach, "child.wav", seed=3)
    back_up(coach)
    spoken_before = len(list((home / "spoken").glob("*.wav")))
    leave(home / "uploads" / "0123", sound)
    leave(home / "recordings" / "tmpabc.partial", sound)
    leave(home / "spoken" / "tmpdef.partial", sound)
    leave(home / "backups" / "voicecoach-0001-x.partial", MARK.encode("utf-16-le"))
    leave(home / "debrief-draft.json.partial", MARK.encode())
    assert len(left_in(home)) >= 4
    assert len(left_in(home, sound=sound)) > len(left_in(home))
    assert set(jobs.states(["kept", "deleted"])) == {"kept", "deleted"}

    mark = coach.delete("deleted")

    assert left_in(home, sound=sound) == []
    assert left_in(home, sound=child_sound) == []
    assert (mark.status, mark.overall_at_deletion) == (AttemptStatus.DELETED, 70.0)
    assert set(jobs.states(["kept", "deleted"])) == {"kept"}
    assert len(list((home / "spoken").glob("*.wav"))) == spoken_before - 2
    # What is not the take's is as it was, in the database and in the copies.
    assert left_in(home, words=OTHER, sound=kept_sound)
    assert coach.attempt("kept").transcript is not None
    assert len(backups_of(home / "voicecoach.db")) == 2
    jobs.close()


def fill_interview(coach: Coach) -> tuple[str, dict[str, bytes]]:
    """An interview with marked words everywhere, its question, answers, notes and a draft."""
    with coach.bank() as bank:
        interview = bank.add_interview(
            company=MARK,
            role=f"Aide of {MARK}",
            outcome=Outcome.REJECTED,
            feelings=[Feeling(word=MARK)],
            went_well=[MARK],
            differed_from_expected=[MARK],
            could_answer_better=[MARK],
            feedback_received=f"{MARK} said no",
            lessons=[f"Don't tell {MARK}"],
        )
    coach.mark_step(Step.MOVE, note=f"forgot {MARK}", interview_id=interview.id)
    mine = add_question(coach, f"What of {MARK}?", interview.id)
    wording = add_question(coach, f"Who on earth is {MARK}, please?", interview.id)
    coach.merge_questions(mine, wording)
    with coach.bank() as bank:
        bank.set_outline(mine, [DraftPoint(text=f"{MARK} phoned")], stories=[MARK])
        bank.set_outline(mine, [DraftPoint(text="She phoned")])
    sounds = {
        name: add_answer(coach, mine, name, MARK, seed)
        for seed, name in enumerate(("first", "second"), start=5)
    }
    coach.engines.speaker.synthesise(f"What of {MARK}?")
    with coach.mocks() as mocks:
        mocks.start(1)
    DebriefDraftFile(coach.settings.home).keep(company=MARK, role=f"Aide of {MARK}", feelings=MARK)
    with coach.database.transaction() as session:
        fill_the_rest(session, MARK, OTHER)
        session.execute(
            update(SpokenDebriefRow).values(interview_id=interview.id, recording="told.wav")
        )
    sounds["told"] = put_recording(coach, "told.wav", seed=7)
    return interview.id, sounds


def test_of_a_deleted_interview_with_its_questions_nothing_at_all_is_left(coach: Coach) -> None:
    home = coach.settings.home
    jobs = Jobs(coach.database)
    jobs.serve(coach)
    interview_id, sounds = fill_interview(coach)
    kept = add_question(coach, f"Why {OTHER}?")
    add_answer(coach, kept, "kept", OTHER, seed=9)
    back_up(coach)
    going = interview_deletion(coach, interview_id)
    assert (len(going.questions), going.answers, going.draft) == (1, 2, True)
    assert len(left_in(home)) >= 4

    delete_interview(coach, interview_id, with_questions=True)

    assert left_in(home) == []
    for sound in sounds.values():
        assert left_in(home, sound=sound) == []
    assert jobs.states(["first", "second", "kept"]).keys() == {"kept"}
    with coach.reading_bank() as bank:
        assert [question.id for question in bank.every_question(retired=None)] == [kept]
    assert coach.attempt("kept").transcript is not None
    assert not DebriefDraftFile(home).begun
    jobs.close()


def test_without_its_questions_the_interview_goes_and_they_stay(coach: Coach) -> None:
    home = coach.settings.home
    with coach.bank() as bank:
        interview = bank.add_interview(company=MARK, lessons=[MARK], outcome=Outcome.REJECTED)
        question = bank.add_question(
            "Why us?",
            kind=QuestionKind.MOTIVATIONAL,
            trip=DraftTrip(interview_id=interview.id, how="I rambled"),
        ).question
    coach.mark_step(Step.MOVE, note=f"forgot {MARK}", interview_id=interview.id)
    back_up(coach)
    assert len(left_in(home)) >= 3

    delete_interview(coach, interview.id)

    assert left_in(home) == []
    with coach.reading_bank() as bank:
        (trip,) = bank.get_question(question.id).tripped_up
    assert (trip.interview_id, trip.how) == (None, "I rambled")
    for copy in backups_of(home / "voicecoach.db"):
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            assert database.execute("SELECT how FROM trips").fetchall() == [("I rambled",)]


def test_of_a_deleted_check_in_nothing_is_left(coach: Coach) -> None:
    home = coach.settings.home
    with coach.bank() as bank:
        interview = bank.add_interview(company="Birch", outcome=Outcome.REJECTED)
    with coach.database.transaction() as session:
        for name, note in (("kept", OTHER), ("deleted", MARK)):
            CheckInStore(session).add(
                CheckIn(
                    id=name,
                    interview_id=interview.id,
                    at=AT,
                    feelings=(Feeling(word=note, intensity=4),),
                    note=f"{note} was cruel",
                )
            )
    back_up(coach)
    assert len(left_in(home)) >= 3
    with coach.database.transaction() as session:
        assert CheckInStore(session).delete("deleted")
    assert left_in(home) == []
    assert len(left_in(home, words=OTHER)) >= 3


def small_things(coach: Coach) -> dict[str, Callable[[], None]]:
    """Small things, each with marked words of its own, and how the person takes each back."""
    with coach.bank() as bank:
        interview_id = bank.add_interview(company="Birch", outcome=Outcome.REJECTED).id
    day_checklist.add(coach, interview_id, "Brunhilde-one: clothes")
    day_checklist.add(coach, interview_id, f"{OTHER} two: a pen")
    with coach.roads_back() as roads:
        moved = roads.move("Brunhilde-two: walk", 20, interview_id=interview_id)
        roads.move(f"{OTHER} two: run", 20, interview_id=interview_id)
    with preparing(coach) as preparation:
        book = preparation.add_resource(ResourceKind.BOOK, "Brunhilde-three: memoirs")
        skill = preparation.inventory.add(
            InventoryEntry(
                id="skill",
                kind=EntryKind.SKILL,
                name="Brunhilde-four: patience",
                level=3,
                story=Story(),
                proofs=(),
                created_at=AT,
            )
        )
        preparation.keep_advert(interview_id, "You must have Brunhilde-five.")
    kept = ToldQuestion(went=Went.WELL, text=f"Why {OTHER}?")
    gone = ToldQuestion(went=Went.TRIPPED_UP, text="Why us?", how="I told Brunhilde-six")
    with after_interviews(coach) as after:
        after.tell(interview_id, [kept, gone])

    def tell_again() -> None:
        with after_interviews(coach) as again:
            again.tell(interview_id, [kept])

    def in_preparation(delete: Callable[[Preparation], None]) -> None:
        with preparing(coach) as preparation:
            delete(preparation)

    def delete_movement() -> None:
        with coach.roads_back() as roads:
            roads.delete_movement(moved.id)

    return {
        "one": lambda: day_checklist.take_off(coach, interview_id, "own-1"),
        "two": delete_movement,
        "three": lambda: in_preparation(lambda it: it.resources.delete(book.id or "")),
        "four": lambda: in_preparation(lambda it: it.inventory.delete(skill.id)),
        "five": lambda: in_preparation(lambda it: it.delete_advert(interview_id)),
        "six": tell_again,
    }


def test_of_small_things_that_are_taken_back_nothing_is_left_in_copies_either(
    coach: Coach,
) -> None:
    home = coach.settings.home
    things = small_things(coach)
    back_up(coach)
    for name, take_back in things.items():
        assert len(left_in(home, words=f"Brunhilde-{name}")) >= 3, name
        take_back()
        assert left_in(home, words=f"Brunhilde-{name}") == [], name
    assert left_in(home) == []
    assert len(left_in(home, words=OTHER)) == 3  # the database and its two copies


def test_a_tick_takes_nothing_out_of_the_copies(coach: Coach) -> None:
    with coach.bank() as bank:
        interview_id = bank.add_interview(company="Birch", outcome=Outcome.REJECTED).id
    day_checklist.add(coach, interview_id, "A pen")
    day_checklist.tick(coach, interview_id, "own-1")
    back_up(coach)
    copies = {copy: copy.read_bytes() for copy in backups_of(coach.settings.home / "voicecoach.db")}
    day_checklist.tick(coach, interview_id, "own-1", ticked=False)
    day_checklist.take_off(coach, interview_id, "clothes")
    assert {copy: copy.read_bytes() for copy in copies} == copies


def test_a_draft_of_another_interview_stays(coach: Coach) -> None:
    with coach.bank() as bank:
        interview = bank.add_interview(company=MARK, outcome=Outcome.REJECTED)
    DebriefDraftFile(coach.settings.home).keep(company=OTHER)
    assert not interview_deletion(coach, interview.id).draft
    delete_interview(coach, interview.id)
    assert DebriefDraftFile(coach.settings.home).read().company == OTHER


@pytest.mark.parametrize("typed", ["2026-11-24", "", "next Tuesday"])
def test_a_draft_of_another_round_at_the_same_company_stays(coach: Coach, typed: str) -> None:
    with coach.bank() as bank:
        interview = bank.add_interview(
            company="Birch", role="Analyst", day=date(2026, 11, 10), outcome=Outcome.REJECTED
        )
    draft = DebriefDraftFile(coach.settings.home)
    draft.keep(company="birch ", role="Analyst", day=typed, feelings="sad")
    going = delete_interview(coach, interview.id)
    assert (going.draft, going.another_draft) == (False, True)
    assert draft.read().feelings == "sad"


def test_the_draft_of_a_deleted_interview_goes_however_its_day_is_written(coach: Coach) -> None:
    with coach.bank() as bank:
        interview = bank.add_interview(
            company="Birch", role="Analyst", day=date(2026, 11, 10), outcome=Outcome.REJECTED
        )
    draft = DebriefDraftFile(coach.settings.home)
    draft.keep(company="birch ", role="analyst", day="10 November 2026", feelings="sad")
    going = delete_interview(coach, interview.id)
    assert (going.draft, going.another_draft) == (True, False)
    assert not draft.begun


def test_nothing_is_deleted_under_somebody_who_is_at_work_on_an_answer(coach: Coach) -> None:
    interview_id, _sounds = fill_interview(coach)
    with coach.database.transaction() as session:
        AttemptStore(session).claim(
            "first", claimant="me", until=AT + timedelta(days=1), now=coach.now()
        )
    with pytest.raises(AttemptBusyError, match="Nothing was deleted"):
        delete_interview(coach, interview_id, with_questions=True)
    assert coach.attempt("second").transcript is not None
    assert (coach.settings.recordings_folder / "second.wav").exists()
    delete_interview(coach, interview_id)


def test_what_somebody_is_writing_at_this_moment_stays(coach: Coach) -> None:
    home = coach.settings.home
    question_id = add_question(coach, "Why us?")
    add_answer(coach, question_id, "deleted", MARK, seed=2)
    young = home / "uploads" / "0123"
    young.parent.mkdir()
    young.write_bytes(b"RIFF")
    old = leave(home / "uploads" / "4567", b"RIFF")
    assert SETTLED_SECONDS < 3_600
    coach.delete("deleted")
    assert young.exists()
    assert not old.exists()


def test_many_long_answers_leave_nothing_of_those_that_are_deleted(coach: Coach) -> None:
    """Rows that fill many pages, deleted here and there: freed pages are overwritten too."""
    question_id = add_question(coach, "Why us?")
    names = [f"answer-{number:02}" for number in range(24)]
    dice = random.Random(3)
    with coach.database.transaction() as session:
        for name in names:
            said = " ".join(f"{name}-{dice.randrange(10**6)}" for _ in range(dice.randrange(900)))
            attempt = replace(
                whole(question_id, name=name), transcripts=(heard(text=said or name),)
            )
            AttemptStore(session).add(replace(attempt, judgements=()))
    gone = dice.sample(names, 12)
    for name in gone:
        coach.delete(name)
    everything = b"".join(
        path.read_bytes() for path in coach.settings.home.rglob("*") if path.is_file()
    )
    for name in names:
        assert (f"{name}-".encode() in everything) == (name not in gone), name


def test_a_deletion_that_is_refused_leaves_the_sound_too(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview_id, sounds = fill_interview(coach)

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    back_up(coach)
    with monkeypatch.context() as patched:
        patched.setattr("voicecoach.database.cleanse_backups", broken)
        with pytest.raises(DatabaseError):
            delete_interview(coach, interview_id, with_questions=True)
        with pytest.raises(DatabaseError):
            coach.delete("first")
    for name in sounds:
        assert (coach.settings.recordings_folder / f"{name}.wav").exists(), name
    assert coach.attempt("first").transcript is not None


def test_a_question_that_was_there_before_stays_though_it_was_met_in_that_interview_alone(
    coach: Coach,
) -> None:
    own = add_question(coach, f"Why {OTHER}?")
    with coach.bank() as bank:
        interview = bank.add_interview(company=MARK, outcome=Outcome.REJECTED)
    with coach.database.transaction() as session:
        session.execute(
            update(QuestionRow)
            .where(QuestionRow.id == own)
            .values(created_at=AT - timedelta(days=3))
        )
    with coach.bank() as bank:
        bank.note_trip(own, DraftTrip(interview_id=interview.id, how="I rambled"))
    going = interview_deletion(coach, interview.id)
    assert ([one.id for one in going.questions], [one.id for one in going.others]) == ([], [own])


def test_everything_is_not_deleted_under_somebody_who_is_telling_a_debrief(coach: Coach) -> None:
    debriefs = SpokenDebriefs(book=coach)
    told = debriefs.begin()
    path = coach.settings.recordings_folder / told.recording
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RIFF")
    with pytest.raises(AttemptBusyError, match="being told"):
        erase_everything(coach)
    assert path.exists()


def test_of_a_told_debrief_nothing_is_left_in_a_copy_made_before_it_was_entered(
    coach: Coach,
) -> None:
    interview_id, _sounds = fill_interview(coach)
    with coach.database.transaction() as session:
        session.execute(update(SpokenDebriefRow).values(interview_id=None))
    back_up(coach)
    with coach.database.transaction() as session:
        session.execute(update(SpokenDebriefRow).values(interview_id=interview_id))
    delete_interview(coach, interview_id, with_questions=True)
    assert left_in(coach.settings.home) == []


def test_a_replay_that_a_crash_broke_off_is_cleared_out(coach: Coach) -> None:
    stretch = coach.settings.home / "uploads" / "replay-x" / "stretch.wav"
    stretch.parent.mkdir(parents=True)
    stretch.write_bytes(b"RIFF")
    long_ago = AT.timestamp() - 10 * SETTLED_SECONDS
    os.utime(stretch, (long_ago, long_ago))
    remove_leftovers(coach.settings.home)
    assert not stretch.exists()

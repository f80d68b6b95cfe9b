"""A home with something in every table, every folder and every file that a person can leave there.

No engine runs: answers are put in as they are stored. A table that the product gains is filled with
a made-up row by itself, so that no table can be forgotten.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Table, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from question_bank.interview import Feeling, Outcome
from question_bank.monologue import FindingKind
from question_bank.outline import DraftPoint, StarPart
from question_bank.question import QuestionKind
from question_bank.question_shelf import DraftTrip
from question_bank.review import Rating
from tests.new_home import new_home
from tests.speech.spoken import join, silence
from tests.store.attempts import heard, recorded, whole
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.config_file import replace_values
from voicecoach.debrief_draft_file import DebriefDraftFile
from voicecoach.every_table import every_table
from voicecoach.inventory import ProofKind
from voicecoach.practice import Coach
from voicecoach.recovery import Step
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.spoken_debrief import ToldFinding
from voicecoach.stored_values import READ_AS, is_json
from voicecoach.wiring import build_coach

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Moving:
    """A clock that moves on by a second with each look."""

    def __init__(self) -> None:
        self.moment = AT

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def empty_home(home: Path) -> Coach:
    """A coach with an empty home."""
    settings = Settings(home=new_home(home), synthetic=True, time_zone="UTC")
    return build_coach(settings, clock=Moving())


def filled_home(home: Path) -> Coach:
    """A coach whose home holds something of everything."""
    coach = empty_home(home)
    with coach.bank() as bank:
        past = bank.add_interview(
            company="Birch & Co",
            role="Analyst",
            day=date(2026, 11, 10),
            outcome=Outcome.REJECTED,
            feelings=[Feeling(word="ashamed", intensity=4), Feeling(word="relieved")],
            went_well=["I was early.", "“Zoë” laughed"],
            lessons=["Say the result"],
            feedback_received="Too long.\nTwo lines.",
        )
        bank.add_interview(company="Alder & Vale", role="Lead", day=date(2026, 12, 9))
        question = bank.add_question(
            "Tell me about a time you failed.",
            kind=QuestionKind.BEHAVIOURAL,
            trip=DraftTrip(interview_id=past.id, how="I rambled.", difficulty=4),
        ).question
        bank.set_outline(question.id, [DraftPoint(text="The load failed", weight=0.1 + 0.2)])
        bank.set_outline(
            question.id,
            [
                DraftPoint(text="The load failed", part=StarPart.SITUATION),
                DraftPoint(text="I rang"),
            ],
            skills=["Calm"],
            stories=["The weekend"],
        )
        other = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        retired = bank.add_question("Where in five years?", kind=QuestionKind.MOTIVATIONAL).question
        bank.retire_question(retired.id)
    # The one merged away is older than the one kept: its row comes first and refers to a later one.
    coach.merge_questions(retired.id, question.id)
    coach.merge_questions(other.id, retired.id)
    with coach.database.transaction() as session:
        _fill_log(session, coach, other.id)
    coach.mark_step(Step.MOVE, note="around the lake", interview_id=past.id)
    with coach.mocks() as mocks:
        mocks.start(1)
    coach.settings.recordings_folder.mkdir(exist_ok=True)
    for number, name in enumerate(("spoken.wav", "follow-up.wav", "broken-off.wav"), start=1):
        write_wav(coach.settings.recordings_folder / name, join(silence(number / 10)))
    replace_values(home / "config.toml", {"target": 66.5, "minutes_per_day": 45})
    DebriefDraftFile(home).keep(company="Cedar Ltd")
    with coach.database.transaction() as session:
        fill_the_rest(session)
    (coach.settings.recordings_folder / "made-up.wav").write_bytes(b"RIFF made up")
    return coach


def _fill_log(session: Session, coach: Coach, question_id: str) -> None:
    store = AttemptStore(session)
    # A follow-up whose id sorts before its parent's: its row comes first and refers to a later one.
    store.add(whole(question_id, name="spoken"))
    child = recorded(question_id, name="follow-up", at=AT)
    store.add(replace(child, parent_id="spoken"))
    store.add(recorded(question_id, name="broken-off"))
    store.save("broken-off", recording_seconds=None)
    store.add(whole(question_id, name="deleted"))
    store.delete("deleted", now=AT)
    assert store.get("deleted").status is AttemptStatus.DELETED
    store.claim("broken-off", claimant="me", until=AT + timedelta(days=1), now=AT)
    with_review = coach._bank(session)
    with_review.add_review(question_id, attempt_id="spoken", reviewed_at=AT, rating=Rating.GOOD)


def fill_the_rest(session: Session, text: str = "made up “ü”", else_text: str = "") -> None:
    """Put a made-up row, with a text in it, into every table that has none.

    `else_text`, where given, stands in tables that hang on no interview, question or answer.
    """
    for table in every_table():
        if not session.scalar(select(func.count()).select_from(table)):
            said = text if _hangs(table) or not else_text else else_text
            session.execute(insert(table), made_up_row(session, table, said))


def _hangs(table: Table) -> bool:
    """Whether rows of a table belong to an interview, a question or an answer."""
    if table.name in {"interviews", "questions", "attempts"}:
        return True
    return any(
        _hangs(reference.referred_table)
        for reference in table.foreign_key_constraints
        if reference.referred_table is not table
        and not all(column.nullable for column in reference.columns)
    )


def made_up_row(session: Session, table: Table, text: str) -> dict[str, Any]:
    """Return a row that fits a table, referring to rows that are there."""
    row = {column.name: _made_up(column, text) for column in table.columns}
    for constraint in table.foreign_key_constraints:
        target = constraint.referred_table
        if target is table:
            row.update({column.name: None for column in constraint.columns})
            continue
        found = session.execute(
            select(*(element.column for element in constraint.elements)).limit(1)
        ).one()
        row.update(zip((column.name for column in constraint.columns), found, strict=True))
    return row


def made_up_records(text: str) -> tuple[object, ...]:
    """A record of every shape that a column takes, with a text in it where it has one."""
    told = ToldFinding(kind=FindingKind.QUESTION, words=text, quote=text, end_char=len(text))
    return (
        heard(text=text),
        [text, "and more"],
        [[ProofKind.LINK.value, text]],
        [[text, 3], ["and more", None]],
        (told, replace(told, kind=FindingKind.ANSWER, answers=0)),
    )


def _reads(record: object, read_as: Any) -> bool:
    try:
        msgspec.json.decode(msgspec.json.encode(record), type=read_as)
    except msgspec.ValidationError:
        return False
    return True


def _made_up(column: "Column[Any]", text: str) -> Any:
    read_as = READ_AS.get((column.table.name, column.name))
    if isinstance(read_as, type) and issubclass(read_as, StrEnum):
        return next(iter(read_as)).value
    if read_as is not None:
        record = next(one for one in made_up_records(text) if _reads(one, read_as))
        return msgspec.json.encode(record).decode() if is_json(column) else record
    if column.name == "recording":
        return "made-up.wav"
    made: dict[type, Any] = {
        str: text,
        int: 1,
        float: 0.1 + 0.2,
        bool: True,
        bytes: b"\x00\xff",
        datetime: AT + timedelta(microseconds=1),
        date: AT.date(),
    }
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return made[kind.python_type]

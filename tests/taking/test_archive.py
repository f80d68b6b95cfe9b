"""What goes out comes back: export, import into an empty home, export: the same bytes."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, MetaData, select, text, update

from question_bank.errors import CoachError, ConflictError, InvalidInputError
from question_bank.interview import Outcome
from tests.taking.filled_home import empty_home, filled_home
from voicecoach import archive_import
from voicecoach.archive_format import VERSION
from voicecoach.archive_import import import_everything, is_empty
from voicecoach.check_in_store import CheckInStore
from voicecoach.config_file import replace_values
from voicecoach.database import Database, open_passing_database
from voicecoach.every_table import LEFT_OUT, every_table
from voicecoach.export import export_everything
from voicecoach.feelings import CheckIn
from voicecoach.migrations.scope import OURS
from voicecoach.practice import Coach
from voicecoach.schema import run_steps
from voicecoach.settings import load_settings
from voicecoach.stored_values import READ_AS, unreadable_values


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    coach = filled_home(tmp_path_factory.mktemp("filled") / "home")
    yield coach
    coach.database.close()


@pytest.fixture(scope="module")
def archive(filled: Coach) -> bytes:
    return b"".join(export_everything(filled))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Coach]:
    coach = empty_home(tmp_path / "home")
    yield coach
    coach.database.close()


def contents(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out


def files_of(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and "voicecoach.db" not in path.name
    }


def test_what_is_exported_imported_and_exported_again_is_the_same_to_the_byte(
    filled: Coach, archive: bytes, empty: Coach
) -> None:
    imported = import_everything(empty, io.BytesIO(archive))
    assert b"".join(export_everything(empty)) == archive
    assert (imported.answers, imported.marks, imported.recordings) == (3, 1, 4)
    assert imported.interviews == 2
    assert imported.missing_recordings == ()
    assert imported.notes == ()
    assert files_of(empty.settings.home) == files_of(filled.settings.home)


def test_no_table_is_forgotten(filled: Coach, archive: bytes) -> None:
    assert {table.name for table in every_table()} == OURS
    files = contents(archive)
    with filled.database.reading() as session:
        for table in every_table():
            rows = [json.loads(line) for line in files[f"tables/{table.name}.jsonl"].splitlines()]
            stored = session.execute(select(table)).mappings().all()
            assert len(rows) == len(stored) > 0, table.name
            assert set(rows[0]) == set(table.columns.keys())


def test_what_is_left_out_is_named_with_its_reason_and_may_be_missing() -> None:
    columns = {(table.name, column.name): column for table in every_table() for column in table.c}
    for key, reason in LEFT_OUT.items():
        assert columns[key].nullable
        assert len(reason.split()) > 3


def test_a_claim_of_the_moment_does_not_come_along(archive: bytes) -> None:
    assert b'"claimed_by":"me"' not in contents(archive)["tables/attempts.jsonl"]
    assert b'"me"' not in contents(archive)["attempts/broken-off.json"]


def test_a_private_note_stays_unless_its_row_or_the_person_lets_it_out(empty: Coach) -> None:
    with empty.bank() as bank:
        interview = bank.add_interview(company="Birch", outcome=Outcome.REJECTED)
    with empty.database.transaction() as session:
        for name, may_leave in (("open", True), ("closed", False)):
            note = f"a note that is {name}"
            CheckInStore(session).add(
                CheckIn(
                    id=name,
                    interview_id=interview.id,
                    at=datetime(2026, 11, 23, tzinfo=UTC),
                    feelings=(),
                    note=note,
                    note_may_leave=may_leave,
                )
            )
    plain = contents(b"".join(export_everything(empty)))
    whole = contents(b"".join(export_everything(empty, private_notes=True)))
    rows = plain["tables/feeling_check_ins.jsonl"]
    assert b"a note that is open" in rows
    assert not any(b"a note that is closed" in content for content in plain.values())
    assert b"a note that is closed" in whole["tables/feeling_check_ins.jsonl"]
    assert json.loads(plain["archive.json"])["without"] == ["feeling_check_ins.note"]
    assert json.loads(whole["archive.json"])["without"] == []


def test_an_empty_home_can_be_taken_along_too(empty: Coach, tmp_path: Path) -> None:
    nothing = b"".join(export_everything(empty))
    other = empty_home(tmp_path / "other")
    imported = import_everything(other, io.BytesIO(nothing))
    assert (imported.questions, imported.answers) == (0, 0)
    assert b"".join(export_everything(other)) == nothing
    other.database.close()


def test_a_missing_recording_is_named_and_the_rest_comes_back_as_it_was(
    archive: bytes, empty: Coach
) -> None:
    files = contents(archive)
    del files["recordings/spoken.wav"]
    imported = import_everything(empty, packed(files))
    assert imported.missing_recordings == ("spoken.wav",)
    listed = contents(b"".join(export_everything(empty)))["CONTENTS.txt"].decode()
    assert "recordings/spoken.wav  NOT COMPLETE" in listed


def test_a_bank_that_holds_something_is_refused_and_stays_as_it_is(
    archive: bytes, filled: Coach
) -> None:
    before = b"".join(export_everything(filled))
    with pytest.raises(ConflictError, match="into an empty one"):
        import_everything(filled, io.BytesIO(archive))
    assert b"".join(export_everything(filled)) == before
    assert not is_empty(filled)


@pytest.mark.parametrize("where", ["_take_settings", "_take_draft", "_take_rows", "_report"])
def test_after_a_crash_in_the_middle_the_same_archive_can_be_read_again(
    where: str, archive: bytes, empty: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive_import, where, crash)
        with pytest.raises(KeyboardInterrupt):
            import_everything(empty, io.BytesIO(archive))
    assert is_empty(empty)
    import_everything(empty, io.BytesIO(archive))
    assert b"".join(export_everything(empty)) == archive


def test_a_recording_of_that_name_with_another_content_is_never_overwritten(
    archive: bytes, empty: Coach
) -> None:
    own = empty.settings.recordings_folder / "spoken.wav"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    with pytest.raises(ConflictError, match="is there already"):
        import_everything(empty, io.BytesIO(archive))
    assert own.read_bytes() == b"mine"
    assert is_empty(empty)


def changed(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


def added(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: content})


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    def take_out(files: dict[str, bytes]) -> None:
        del files[name]

    return take_out


REFUSED = {
    "a path that leads outside": (added("../outside.txt"), "none that voicecoach writes"),
    "a recording that leads outside": (added("recordings/../../x.wav"), "none that voicecoach"),
    "an absolute path": (added("/etc/passwd"), "none that voicecoach writes"),
    "a hidden file": (added("recordings/.bashrc"), "none that voicecoach writes"),
    "a file of others": (added("holiday.jpg"), "none that voicecoach writes"),
    "a table of others": (added("tables/users.jsonl", b"{}\n"), "rows of users"),
    "a bomb": (added("recordings/bomb.wav", bytes(50_000_000)), "many times its size"),
    "no heading": (without("archive.json"), "could not read answers back"),
    "a newer archive": (
        changed("archive.json", f'"version": {VERSION}'.encode(), b'"version": 99'),
        "newer voicecoach",
    ),
    "a newer schema": (changed("archive.json", b'"schema": "0', b'"schema": "9'), "newer"),
    "another program's": (changed("archive.json", b"voicecoach archive", b"other"), "no archive"),
    "no rows of a table": (without("tables/reviews.jsonl"), "lacks the rows of reviews"),
    "a row that is no JSON": (changed("tables/reviews.jsonl", b"{", b"["), "Line 1 of reviews"),
    "a column of another type": (
        changed("tables/reviews.jsonl", b'"rating":3', b'"rating":"3"'),
        "Line 1 of reviews",
    ),
    "a column too many": (
        changed("tables/reviews.jsonl", b'"rating":3', b'"rating":3,"x":1'),
        "Line 1 of reviews",
    ),
    "a value out of bounds": (
        changed("tables/reviews.jsonl", b'"rating":3', b'"rating":9'),
        "contradicts",
    ),
    "a reference to nothing": (
        changed("tables/attempts.jsonl", b'"parent_id":"spoken"', b'"parent_id":"gone"'),
        "refer to rows",
    ),
    "words nobody can read": (
        changed("tables/transcripts.jsonl", b'\\"words\\":', b'\\"wards\\":'),
        r"In tables/transcripts.jsonl of that archive the row 'spoken/1' has body .* `words`",
    ),
    "a kind that does not exist": (
        changed("tables/questions.jsonl", b'"motivational"', b'"astrological"'),
        r"In tables/questions.jsonl .* has kind 'astrological', which is none of behavioural,",
    ),
    "a status that does not exist": (
        changed("tables/spoken_debriefs.jsonl", b'"status":"recorded"', b'"status":"sung"'),
        r"In tables/spoken_debriefs.jsonl .* the row '\S.*' has status 'sung', which is none of",
    ),
    "an id that nobody can type": (
        changed("tables/resources.jsonl", b'"id":"made', b'"id":"\\nmade'),
        r"In tables/resources.jsonl .* has id .*, by which nothing can be found",
    ),
    "a feeling stronger than any": (
        changed("tables/interviews.jsonl", b'["ashamed",4]', b'["ashamed",9]'),
        r"In tables/interviews.jsonl .* has feelings .*\"ashamed\",9.* <= 5",
    ),
    "a day after all days": (
        changed("tables/interviews.jsonl", b'"2026-12-09"', b'"9999-12-31"'),
        r"Line \d of interviews .*a day of the year 9999",
    ),
    "a moment before all time": (
        changed("tables/reviews.jsonl", b'"2026-11-23T09:00:00Z"', b'"0001-01-01T00:00:00+14:00"'),
        "Line 1 of reviews",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_wrong_is_refused_in_one_line_and_nothing_is_stored(
    what: str, archive: bytes, empty: Coach
) -> None:
    change, says = REFUSED[what]
    files = contents(archive)
    change(files)
    with pytest.raises(InvalidInputError, match=says) as refused:
        import_everything(empty, packed(files))
    assert "\n" not in str(refused.value)
    assert is_empty(empty)
    assert files_of(empty.settings.home) == {}


def columns(chosen: Callable[[Any], bool]) -> list[Any]:
    return [one for table in every_table() for one in table.columns if chosen(one)]


def test_a_value_that_nothing_reads_back_is_found_in_every_closed_column_and_record(
    filled: Coach,
) -> None:
    assert {(one.table.name, one.name) for one in columns(lambda _: True)} >= set(READ_AS)
    checked = columns(lambda one: (one.table.name, one.name) in READ_AS)
    assert not [
        one for one in columns(lambda one: isinstance(one.type, JSON)) if one not in checked
    ]
    with filled.database.engine.connect() as connection:
        for table in every_table():
            assert list(unreadable_values(connection, table)) == []
        for column in checked:
            forged = {"no": "record"} if isinstance(column.type, JSON) else "no such word"
            connection.execute(update(column.table).values({column.name: forged}))
            (row,) = connection.execute(select(*column.table.primary_key).limit(1))
            wrong = list(unreadable_values(connection, column.table))
            shown = '{"no":"record"}' if isinstance(column.type, JSON) else forged
            said = f"the row {'/'.join(map(str, row))!r} has {column.name} {shown!r}, which "
            assert [one for one in wrong if one.startswith(said)], column
            connection.rollback()


@pytest.mark.parametrize("table", ["attempts", "spoken_debriefs"])
def test_a_row_whose_recording_leads_out_of_its_folder_is_refused(
    archive: bytes, empty: Coach, table: str
) -> None:
    files = contents(archive)
    name = f"tables/{table}.jsonl"
    rows = [json.loads(line) for line in files[name].splitlines()]
    rows[0]["recording"] = "../../victim.txt"
    files[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    with pytest.raises(InvalidInputError, match="outside its folder"):
        import_everything(empty, packed(files))
    assert is_empty(empty)


def test_the_same_file_twice_is_refused(archive: bytes, empty: Coach) -> None:
    out = packed(contents(archive))
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(out, "a") as opened,
    ):
        opened.writestr("tables/reviews.jsonl", "")
    with pytest.raises(InvalidInputError, match="twice"):
        import_everything(empty, out)


ENTRY = b"PK\1\2"
NAMED = "tables/reviews.jsonl"
DAMAGED = {
    "packed by LZMA": (ENTRY, 10, zipfile.ZIP_LZMA.to_bytes(2, "little"), "packed in a way"),
    "packed by BZIP2": (ENTRY, 10, zipfile.ZIP_BZIP2.to_bytes(2, "little"), "packed in a way"),
    "no name": (ENTRY, 28, bytes((0, 0, 0, 0, len(NAMED), 0)), "none that voicecoach writes"),
    "files before the beginning": (b"PK\5\6", 18, b"\xff\x7f", "damaged"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_directory_is_refused_in_one_line(
    what: str, archive: bytes, empty: Coach
) -> None:
    """Other bytes in the entry of a file, or in what ends the directory."""
    record, at, new, says = DAMAGED[what]
    end = archive.rindex(NAMED.encode()) if record == ENTRY else len(archive)
    start = archive.rindex(record, 0, end) + at
    broken = archive[:start] + new + archive[start + len(new) :]
    with pytest.raises(InvalidInputError, match=says) as refused:
        import_everything(empty, io.BytesIO(broken))
    assert "\n" not in str(refused.value)
    assert is_empty(empty)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_file_never_leaves_half_of_it(
    data: st.DataObject, archive: bytes, tmp_path_factory: pytest.TempPathFactory, empty: Coach
) -> None:
    """Cut off anywhere or with a byte turned: refused in a line, or taken whole."""
    broken = bytearray(archive)
    if data.draw(st.booleans()):
        del broken[data.draw(st.integers(0, len(broken) - 1)) :]
    else:
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        import_everything(empty, io.BytesIO(bytes(broken)))
    except CoachError:
        assert is_empty(empty)
    else:
        # The turned byte was in what is made anew with each export, or in the zip's own notes.
        assert contents(b"".join(export_everything(empty))) == contents(archive)
        with empty.database.transaction() as session:
            for table in reversed(every_table()):
                session.execute(table.delete())
    for path in (*empty.settings.recordings_folder.glob("*"), *empty.settings.home.glob("*.t*")):
        path.unlink()
    (empty.settings.home / "debrief-draft.json").unlink(missing_ok=True)


def test_settings_that_name_places_of_another_machine_stay_there(
    archive: bytes, empty: Coach, tmp_path: Path
) -> None:
    files = contents(archive)
    files["config.toml"] += b'database_url = "postgresql://me@elsewhere/x"\n'
    imported = import_everything(empty, packed(files))
    (note,) = imported.notes
    assert "database_url" in note
    taken = load_settings({"home": empty.settings.home}, {})
    assert (taken.database_url, taken.target, taken.minutes_per_day) == ("", 66.5, 45)


@pytest.mark.parametrize("network", ["192.168.1.0/24", "::ffff:0:0/96"])
def test_an_archive_never_says_who_is_sent_your_words(
    archive: bytes, empty: Coach, network: str
) -> None:
    files = contents(archive)
    files["config.toml"] += (
        'wording_help_url = "http://192.168.1.7:8080/v1"\n'
        'wording_help_model = "tiny"\n'
        f'wording_help_network = "{network}"\n'
    ).encode()
    notes = import_everything(empty, packed(files)).notes
    assert [note.split()[2] for note in notes] == [
        "wording_help_url",
        "wording_help_model",
        "wording_help_network",
    ]
    assert all(note.endswith("was left out.") for note in notes)
    taken = load_settings({"home": empty.settings.home}, {})
    assert taken.wording_help_url == taken.wording_help_model == taken.wording_help_network == ""
    assert taken.target == 66.5


def test_settings_that_cannot_be_used_are_left_out_and_named(archive: bytes, empty: Coach) -> None:
    files = contents(archive) | {"config.toml": b"target = 'very high'\n"}
    (note,) = import_everything(empty, packed(files)).notes
    assert "left out" in note
    assert not (empty.settings.home / "config.toml").exists()


def test_settings_made_here_stay(archive: bytes, empty: Coach) -> None:
    replace_values(empty.settings.home / "config.toml", {"target": 90.0})
    (note,) = import_everything(empty, io.BytesIO(archive)).notes
    assert "stay as they are" in note
    assert load_settings({"home": empty.settings.home}, {}).target == 90.0


def as_of_schema(files: dict[str, bytes], version: str) -> dict[str, bytes]:
    """The same archive as the voicecoach of an older schema would have written it."""
    passing = open_passing_database()
    run_steps(passing.engine, to=version)
    metadata = MetaData()
    metadata.reflect(bind=passing.engine)
    passing.close()
    older = {"archive.json": json.dumps(json.loads(files["archive.json"]) | {"schema": version})}
    for table in metadata.tables.values():
        name = f"tables/{table.name}.jsonl"
        if name in files:
            rows = [json.loads(line) for line in files[name].splitlines()]
            kept = [{column.name: row[column.name] for column in table.columns} for row in rows]
            older[name] = "".join(json.dumps(row) + "\n" for row in kept)
    return {name: content.encode() for name, content in older.items()}


def test_an_archive_of_an_older_schema_is_brought_up_to_date(archive: bytes, empty: Coach) -> None:
    """As written by the voicecoach before mock interviews."""
    older = as_of_schema(contents(archive), "0003")
    assert "tables/mock_interviews.jsonl" not in older
    assert import_everything(empty, packed(older)).answers == 3
    with empty.database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM mock_interviews")) == 0
        assert session.scalar(text("SELECT count(*) FROM transcripts")) == 1
    assert empty.attempt("spoken").score is not None


def test_it_is_the_same_on_every_kind_of_database(
    archive: bytes, database: Database, tmp_path: Path, empty: Coach
) -> None:
    """On PostgreSQL as on SQLite every row comes back."""
    empty.database.close()
    coach = empty_home(tmp_path / "home")
    coach.database.close()
    coach.database = database
    import_everything(coach, io.BytesIO(archive))
    tables = {name: rows for name, rows in contents(archive).items() if name.startswith("tables/")}
    again = contents(b"".join(export_everything(coach)))
    assert {name: sorted(again[name].splitlines()) for name in tables} == {
        name: sorted(rows.splitlines()) for name, rows in tables.items()
    }

"""Every answer as one row of plain figures, for a spreadsheet: CSV as RFC 4180 has it, in UTF-8.

The columns are in `COLUMNS`, with what each holds; docs/storage.md repeats them. Nothing is
computed here that the coach does not show elsewhere.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from voicecoach.attempt import Attempt
from voicecoach.attempt_store import AttemptStore
from voicecoach.practice_book import PracticeBook
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.result import Criterion, CriterionName, PointState, Score

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for the machine's own encoding."""

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, "CSV Injection")."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An answer and what is looked up for its row."""

    attempt: Attempt
    day: str
    time: str
    question: str
    kind: str


def _criterion(name: CriterionName) -> Callable[[_Row], float | None]:
    return lambda row: next((one.level for one in _criteria(row) if one.name is name), None)


def _criteria(row: _Row) -> tuple[Criterion, ...]:
    score = row.attempt.score
    return () if score is None else score.criteria


def _measured(name: str, evidence: str) -> Callable[[_Row], float | None]:
    def value(row: _Row) -> float | None:
        for criterion in _criteria(row):
            for measure in criterion.measures:
                if measure.name == name:
                    for found in measure.evidence:
                        if isinstance(found, Measurement) and found.name == evidence:
                            return round(found.value, 3)
        return None

    return value


def _points(state: PointState) -> Callable[[_Row], int | None]:
    def count(row: _Row) -> int | None:
        found = [point for criterion in _criteria(row) for point in criterion.points]
        return sum(point.state is state for point in found) if found else None

    return count


def _scores(row: _Row) -> int:
    return sum(isinstance(judgement, Score) for judgement in row.attempt.judgements)


def _overall(row: _Row) -> float | None:
    score = row.attempt.score
    return row.attempt.overall_at_deletion if score is None else score.overall


Cell = str | int | float | bool | None

COLUMNS: Final[Mapping[str, tuple[Callable[[_Row], Cell], str]]] = MappingProxyType(
    {
        "answer_id": (lambda row: row.attempt.id, "the answer's id"),
        "day": (lambda row: row.day, "the day where you live, YYYY-MM-DD"),
        "time": (lambda row: row.time, "the time of day there, HH:MM"),
        "question_id": (lambda row: row.attempt.question_id, "the question's id"),
        "question": (lambda row: row.question, "the question's wording today"),
        "asked": (lambda row: row.attempt.asked, "the words that were asked then"),
        "kind": (lambda row: row.kind, "the question's kind"),
        "follows_up": (lambda row: row.attempt.parent_id, "the answer this is a follow-up to"),
        "status": (lambda row: row.attempt.status.value, "where it stands"),
        "spoken": (lambda row: row.attempt.recording is not None, "true if it has a recording"),
        "seconds": (lambda row: row.attempt.recording_seconds, "length of the recording"),
        "words": (
            lambda row: len(row.attempt.transcript.words) if row.attempt.transcript else None,
            "how many words were said",
        ),
        "overall": (_overall, "the score that counts, 0–100"),
        **{
            name.value: (_criterion(name), f"level of {name.value.replace('_', ' ')}, 1–5")
            for name in CriterionName
        },
        "points_said": (_points(PointState.SAID), "points of the outline that were said"),
        "points_partly_said": (_points(PointState.PARTLY), "points that were said in part"),
        "points_not_heard": (_points(PointState.NOT_HEARD), "points that were not heard"),
        "pace": (_measured("pace", "speech_rate"), "words a minute"),
        "filled_pauses": (
            _measured("filled_pauses", "filled_pauses"),
            "um and uh in 100 words",
        ),
        "silent_pauses": (_measured("silent_pauses", "silent_pauses"), "long silences a minute"),
        "rating": (
            lambda row: None if row.attempt.rating is None else int(row.attempt.rating),
            "what the schedule was told, 1–4",
        ),
        "forecast": (
            lambda row: None if row.attempt.forecast is None else row.attempt.forecast.mean,
            "the score the coach expected before, 0–100",
        ),
        "forecast_sd": (
            lambda row: (
                None if row.attempt.forecast is None else row.attempt.forecast.standard_deviation
            ),
            "how unsure it was, in points",
        ),
        "scores": (_scores, "how often it was scored, corrections included"),
        "synthetic": (lambda row: row.attempt.synthetic, "true for a synthetic voice"),
    }
)
"""Each column: what gives its cell, and what the cell holds."""


def answers_as_csv(book: PracticeBook) -> Iterator[str]:
    """Give the table in pieces: a header, then a row an answer, oldest first.

    Of a deleted answer the row holds what its mark holds. Text that a spreadsheet would take for a
    formula gets an apostrophe in front.

    Raises:
        DatabaseError: the database can't be read.
    """
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    with book.database.reading() as session:
        ids = AttemptStore(session).ids_by_age()
    with book.reading_bank() as bank:
        questions = {one.id: one for one in bank.every_question(retired=None)}
    for attempt_id in ids:
        with book.database.reading() as session:
            attempt = AttemptStore(session).get(attempt_id)
        question = questions.get(attempt.question_id)
        at = attempt.started_at.astimezone(book.time_zone)
        row = _Row(
            attempt=attempt,
            day=f"{at:%Y-%m-%d}",
            time=f"{at:%H:%M}",
            question="" if question is None else question.text,
            kind="" if question is None else question.kind.value,
        )
        yield _line(_cell(value(row)) for value, _what in COLUMNS.values())


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if value.startswith(_BEGINS_A_FORMULA) else value
    return f"{value:.10g}"

"""What each stored value is read back as, where not every value of its column's type will do.

Statuses, kinds, tones and the like are closed sets of words, lists and records are stored as JSON:
what reads them takes nothing else. Here it stands for every such column, so that rows from outside
can be looked at before one of them is stored. A column that is not here takes every value of its
type.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Annotated, Any, Final

import msgspec
from sqlalchemy import JSON, Column, Connection, Table, select

from question_bank.interview import Outcome, RightCompany
from question_bank.outline import StarPart
from question_bank.question import QuestionKind, QuestionSource
from voicecoach.attempt import AttemptStatus, Forecast
from voicecoach.feedback_letter import Purpose, Tone
from voicecoach.feedback_request import EventKind
from voicecoach.intervention import Intervention
from voicecoach.inventory import EntryKind, ProofKind
from voicecoach.recovery import Step
from voicecoach.resource_list import ResourceKind
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.result import CriterionName, Judgement, PointState
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript
from voicecoach.spoken_debrief import SpokenDebriefStatus, ToldFinding
from voicecoach.takeaways import TakeawaySource, Use
from voicecoach.what_came import Went

_Feelings = list[tuple[str, Annotated[int, msgspec.Meta(ge=1, le=5)] | None]]

READ_AS: Final[Mapping[tuple[str, str], Any]] = MappingProxyType(
    {
        ("interviews", "outcome"): Outcome,
        ("interviews", "feelings"): _Feelings,
        ("interviews", "went_well"): list[str],
        ("interviews", "differed_from_expected"): list[str],
        ("interviews", "could_answer_better"): list[str],
        ("interviews", "lessons"): list[str],
        ("interviews", "grey_areas"): list[str],
        ("interviews", "right_company"): RightCompany,
        ("interviews", "dos"): list[str],
        ("interviews", "donts"): list[str],
        ("questions", "kind"): QuestionKind,
        ("questions", "source"): QuestionSource,
        ("outlines", "skills"): list[str],
        ("outlines", "stories"): list[str],
        ("points", "part"): StarPart,
        ("attempts", "status"): AttemptStatus,
        ("attempts", "sound"): SoundMeasures,
        ("attempts", "forecast"): Forecast,
        ("attempts", "interventions"): tuple[Intervention, ...],
        ("transcripts", "body"): Transcript,
        ("judgements", "body"): Judgement,
        ("point_verdicts", "verdict"): Verdict,
        ("point_verdicts", "state"): PointState,
        ("feeling_check_ins", "feelings"): _Feelings,
        ("feedback_letters", "purpose"): Purpose,
        ("feedback_letters", "tone"): Tone,
        ("feedback_events", "kind"): EventKind,
        ("takeaways", "source"): TakeawaySource,
        ("takeaways", "use"): Use,
        ("takeaways", "criterion"): CriterionName,
        ("inventory", "kind"): EntryKind,
        ("inventory", "proofs"): list[tuple[ProofKind, str]],
        ("resources", "kind"): ResourceKind,
        ("recovery_steps", "step"): Step,
        ("spoken_debriefs", "status"): SpokenDebriefStatus,
        ("spoken_debriefs", "reasons"): list[str],
        ("spoken_debriefs", "transcript"): Transcript,
        ("spoken_debriefs", "findings"): tuple[ToldFinding, ...],
        ("questions_that_came", "went"): Went,
    }
)
"""By table and column: an enumeration for a closed set of words, any other type for JSON."""

LONGEST_ID: Final = 200
"""Characters. Ours have 32; questions from another program keep their own (`transfer.py`)."""

ROWS_AT_ONCE: Final = 200

_LONGEST_SHOWN: Final = 60
_LONGEST_REASON: Final = 160
"""Characters of a value, and of why it can't be read, that an error still shows."""


def is_json(column: "Column[Any]") -> bool:
    """Whether a column's values are text that holds a record as JSON."""
    kind = READ_AS.get((column.table.name, column.name))
    return kind is not None and not _is_words(kind) and not isinstance(column.type, JSON)


def unreadable_values(connection: Connection, table: Table) -> Iterator[str]:
    """Give a sentence for each value of a table that can't be read back: row, column, value, why.

    Args:
        connection: of a database whose schema is up to date.
        table: one of ours.
    """
    columns = [one for one in table.columns if (table.name, one.name) in READ_AS or _is_id(one)]
    keys = list(table.primary_key.columns)
    if not columns:
        return
    found = connection.execute(select(*keys, *columns).execution_options(yield_per=ROWS_AT_ONCE))
    for row in found:
        for column, value in zip(columns, row[len(keys) :], strict=True):
            if value is None and column.nullable:
                continue
            if why := _unreadable(column, value):
                key = "/".join(map(str, row[: len(keys)]))
                shown = value if isinstance(value, str) else msgspec.json.encode(value).decode()
                yield (
                    f"the row {_short(key, _LONGEST_SHOWN)!r} has {column.name} "
                    f"{_short(shown, _LONGEST_SHOWN)!r}, {why}"
                )


def _unreadable(column: "Column[Any]", value: Any) -> str:
    """Return why a value can't be read back; "" where it can."""
    if _is_id(column):
        fits = value.isprintable() and 0 < len(value) <= LONGEST_ID
        return "" if fits else "by which nothing can be found"
    kind = READ_AS[column.table.name, column.name]
    try:
        if is_json(column):
            msgspec.json.decode(value, type=kind)
        else:
            msgspec.convert(value, kind)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        if _is_words(kind):
            return f"which is none of {', '.join(one.value for one in kind)}"
        return f"which can't be read ({_short(' '.join(str(error).split()), _LONGEST_REASON)})"
    return ""


def _is_id(column: "Column[Any]") -> bool:
    return column.primary_key and column.name == "id"


def _is_words(kind: Any) -> bool:
    """Whether it is a closed set of words."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"

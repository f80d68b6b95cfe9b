"""Silent pauses of a second or more, those inside a clause apart from those at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.scoring.content import filled_pauses
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.pause_places import clause_ends, split_place
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import (
    BETWEEN_CLAUSES_SHARE,
    DELIVERY_WEIGHTS,
    LONG_PAUSE_SECONDS,
    SILENT_PAUSES,
    DeliveryMeasure,
)
from voicecoach.scoring.spoken_time import SpokenTime
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

_NO_TIMES: Final = (
    "The words have no times, so pauses inside and between sentences can't be told apart."
)
_TOO_NOISY: Final = (
    "about, and without a level: the background is too loud to hear where a silence begins and ends"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPause:
    """A silence, the word it follows (-1: none), and whether it falls inside a clause."""

    span: Span
    after_word: int
    inside_clause: bool

    @property
    def counts(self) -> float:
        """What it counts against the speaker: 1 inside a clause, less at the end of one."""
        return 1.0 if self.inside_clause else BETWEEN_CLAUSES_SHARE


def place_pauses(transcript: Transcript, pauses: Sequence[Span]) -> tuple[PlacedPause, ...]:
    """Return where each pause falls among the words, which must have times.

    A pause beside a filled pause of the text falls where both together do.
    """
    ends = clause_ends(transcript)
    fillers = filled_pauses(transcript)
    placed: list[PlacedPause] = []
    for span in pauses:
        before = split_place(transcript.words, span) - 1
        while before >= 0 and fillers[before]:
            before -= 1
        placed.append(
            PlacedPause(
                span=span,
                after_word=before,
                inside_clause=before >= 0 and before not in ends,
            )
        )
    return tuple(placed)


def long_pauses(transcript: Transcript, spoken: SpokenTime) -> tuple[PlacedPause, ...]:
    """Return the pauses of a second or more in time order; the words must have times."""
    spans = [span for span in spoken.pauses if span.seconds >= LONG_PAUSE_SECONDS]
    return place_pauses(transcript, spans) if spans else ()


def measure_silent_pauses(transcript: Transcript, spoken: SpokenTime) -> Measure:
    """Return long pauses per minute, weighted by where they fall; the first one is free.

    Each pause is a measurement over its span of the sound; the free one is among them, so that a
    person can hear what was not held against them. Where the words have no times nothing is
    measured; where the background is too loud for the edges of silences to be sure, what was heard
    is shown without a level.
    """
    if not spoken.words_have_times:
        return Measure(
            name=DeliveryMeasure.SILENT_PAUSES.value,
            level=None,
            weight=DELIVERY_WEIGHTS[DeliveryMeasure.SILENT_PAUSES],
            not_measured=_NO_TIMES,
            evidence=(),
        )
    pauses = long_pauses(transcript, spoken)
    per_minute = 60.0 * sum(pause.counts for pause in pauses[1:]) / spoken.seconds
    rate = Measurement(
        name="silent_pauses",
        value=round(per_minute, 2),
        unit=SILENT_PAUSES.unit,
        start_seconds=spoken.start_seconds,
        end_seconds=spoken.end_seconds,
        transcript_version=transcript.version,
    )
    return Measure(
        name=DeliveryMeasure.SILENT_PAUSES.value,
        level=SILENT_PAUSES.level(round(per_minute, 2)) if spoken.silences_are_sure else None,
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.SILENT_PAUSES],
        not_measured=None if spoken.silences_are_sure else _TOO_NOISY,
        evidence=(
            rate,
            *(
                _heard(pause, first=index == 0, transcript=transcript)
                for index, pause in enumerate(pauses)
            ),
        ),
    )


def _heard(pause: PlacedPause, *, first: bool, transcript: Transcript) -> Measurement:
    if first:
        name = "first_thinking_pause"
    elif pause.inside_clause:
        name = "pause_inside_clause"
    else:
        name = "pause_between_clauses"
    return Measurement(
        name=name,
        value=round(pause.span.seconds, 2),
        unit="s",
        start_seconds=pause.span.start_seconds,
        end_seconds=pause.span.end_seconds,
        transcript_version=transcript.version,
    )

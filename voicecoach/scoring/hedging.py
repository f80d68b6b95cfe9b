"""Hedges: "kind of", "I guess", "maybe", where they soften what is said."""

from typing import Final

from voicecoach.scoring.content import plain
from voicecoach.scoring.evidence import Measurement, Quote, quote_words
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import DELIVERY_WEIGHTS, HEDGING, DeliveryMeasure
from voicecoach.speech.transcript import Transcript

_HEDGES: Final = (
    ("kind", "of"),
    ("sort", "of"),
    ("i", "guess"),
    ("i", "suppose"),
    ("or", "something"),
    ("or", "whatever"),
    ("kinda",),
    ("sorta",),
    ("maybe",),
)
_NAMES_A_SORT: Final = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "what", "which", "any", "some", "every"}
    | {"each", "another", "one", "other", "same", "new", "different", "right", "certain", "all"}
)
"""After these words "kind of" and "sort of" name a sort of thing ("that kind of work")."""


def find_hedges(transcript: Transcript) -> tuple[Quote, ...]:
    """Return each hedge as a quote, in order."""
    forms = [plain(word.text) for word in transcript.words]
    found: list[Quote] = []
    position = 0
    while position < len(forms):
        hedge = next(
            (
                hedge
                for hedge in _HEDGES
                if tuple(forms[position : position + len(hedge)]) == hedge
                and not (hedge[-1] == "of" and position and forms[position - 1] in _NAMES_A_SORT)
            ),
            None,
        )
        if hedge is None:
            position += 1
            continue
        found.append(quote_words(transcript, position, position + len(hedge) - 1))
        position += len(hedge)
    return tuple(found)


def measure_hedging(transcript: Transcript, word_count: int) -> Measure:
    """Return hedges per 100 words, each hedge quoted. `word_count` leaves out filled pauses."""
    hedges = find_hedges(transcript)
    per_hundred = round(100.0 * len(hedges) / word_count, 2)
    rate = Measurement(
        name="hedges",
        value=per_hundred,
        unit=HEDGING.unit,
        start_seconds=transcript.words[0].start_seconds,
        end_seconds=transcript.words[-1].end_seconds,
        transcript_version=transcript.version,
    )
    return Measure(
        name=DeliveryMeasure.HEDGING.value,
        level=HEDGING.level(per_hundred),
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.HEDGING],
        not_measured=None,
        evidence=(rate, *hedges),
    )

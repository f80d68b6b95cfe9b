"""Immediate repeats: "the the", "we had we had", with a filled pause between them or not."""

from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.content import plain
from voicecoach.scoring.evidence import Measurement, Quote, quote_words
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import DELIVERY_WEIGHTS, REPETITION, DeliveryMeasure
from voicecoach.speech.transcript import Transcript

LONGEST_REPEAT: Final = 3
"""Longest run of words (in words) taken for an immediate repeat."""

_DOUBLED_ON_PURPOSE: Final = frozenset(
    {"had", "that", "very", "really", "so", "much", "more", "no", "yes", "yeah", "long", "many"}
    | {"far", "again", "on", "well", "ok", "okay", "day", "step", "one", "little", "big", "bye"}
)
"""Words that are doubled for emphasis or by grammar ("had had", "very very")."""


def find_repeats(transcript: Transcript, filled: Sequence[bool]) -> tuple[Quote, ...]:
    """Return each immediate repeat as a quote of both takes, in order.

    `filled` tells for each word whether it is a filled pause; those are looked through.
    """
    spoken = [index for index, filler in enumerate(filled) if not filler]
    forms = [plain(transcript.words[index].text) for index in spoken]
    found: list[Quote] = []
    position = 0
    while position < len(forms):
        length = next(
            (run for run in range(LONGEST_REPEAT, 0, -1) if _is_repeat(forms, position, run)), 0
        )
        if not length:
            position += 1
            continue
        first, last = spoken[position], spoken[position + 2 * length - 1]
        found.append(quote_words(transcript, first, last))
        position += length
    return tuple(found)


def _is_repeat(forms: Sequence[str], position: int, length: int) -> bool:
    run = forms[position : position + length]
    if run != forms[position + length : position + 2 * length] or len(run) < length:
        return False
    if length == 1:
        return run[0] not in _DOUBLED_ON_PURPOSE and not run[0][:1].isdigit() and run[0] != ""
    return len(set(run)) > 1


def measure_repetition(transcript: Transcript, filled: Sequence[bool]) -> Measure:
    """Return immediate repeats per 100 words, each repeat quoted."""
    repeats = find_repeats(transcript, filled)
    per_hundred = round(100.0 * len(repeats) / sum(not filler for filler in filled), 2)
    rate = Measurement(
        name="immediate_repeats",
        value=per_hundred,
        unit=REPETITION.unit,
        start_seconds=transcript.words[0].start_seconds,
        end_seconds=transcript.words[-1].end_seconds,
        transcript_version=transcript.version,
    )
    return Measure(
        name=DeliveryMeasure.REPETITION.value,
        level=REPETITION.level(per_hundred),
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.REPETITION],
        not_measured=None,
        evidence=(rate, *repeats),
    )

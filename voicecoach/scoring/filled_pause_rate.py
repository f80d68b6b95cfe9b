"""Filled pauses per 100 words: with a level where that is certain, else “about so many”."""

from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.content import plain
from voicecoach.scoring.evidence import Evidence, Measurement, quote_words
from voicecoach.scoring.filled_pauses import (
    FilledPause,
    FilledPauseSource,
    hear_filled_pauses,
)
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import (
    DELIVERY_WEIGHTS,
    FILLED_PAUSES,
    HIGHEST_LEVEL,
    DeliveryMeasure,
)
from voicecoach.scoring.spoken_time import SpokenTime
from voicecoach.scoring.vocabulary import FILLED_PAUSES as HESITATION_WORDS
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript

NO_TIMES: Final = (
    "The words have no times, so filled pauses in the sound can't be told from words. Recognisers "
    "leave most of them out of the text."
)
MEASURED_BEFORE: Final = (
    "The sound was measured before filled pauses were looked for in it, and recognisers leave most "
    "of them out of the text."
)
HEARD_EVENT: Final = "filled_pause"
"""Name of the measurement of one filled pause heard in the sound: its length."""

RATE: Final = "filled_pauses"
"""Name of the measurement of all of them, per 100 words."""

LOWEST_SIGNAL_TO_NOISE: Final = 6.0
"""With less dB between speech and noise not even “about” is said: formants drown in the noise."""


def measure_filled_pauses(
    transcript: Transcript, sound: SoundMeasures, spoken: SpokenTime
) -> Measure:
    """Return filled pauses per 100 words, each with its place in the sound.

    Those in the text are certain. Of what is heard in the sound beside them about a fifth is wrong,
    and about a fifth is missed (`benchmarks/filled_pauses.py` prints the figures): not enough for a
    level. So the level is that of the text's own filled pauses where these alone cost a level (more
    could only lower it); otherwise the measure says "about" how many were heard, without a level.
    """
    if not spoken.words_have_times:
        return _unmeasured(NO_TIMES, _quotes(transcript))
    if sound.vocalic_stretches is None:
        return _unmeasured(MEASURED_BEFORE, _quotes(transcript))
    pauses = hear_filled_pauses(transcript, sound)
    written = sum(pause.source is not FilledPauseSource.SOUND for pause in pauses)
    by_text = FILLED_PAUSES.level(_per_hundred(written, spoken))
    evidence = (
        Measurement(
            name=RATE,
            value=_per_hundred(len(pauses), spoken),
            unit=FILLED_PAUSES.unit,
            start_seconds=spoken.start_seconds,
            end_seconds=spoken.end_seconds,
            transcript_version=transcript.version,
        ),
        *(_event(pause, transcript) for pause in pauses),
    )
    if by_text < HIGHEST_LEVEL:
        return Measure(
            name=DeliveryMeasure.FILLED_PAUSES.value,
            level=by_text,
            weight=DELIVERY_WEIGHTS[DeliveryMeasure.FILLED_PAUSES],
            not_measured=None,
            evidence=evidence,
        )
    noisy = sound.speech_level - sound.noise_level < LOWEST_SIGNAL_TO_NOISE
    if noisy:
        return _unmeasured(
            "The recording is too noisy to hear filled pauses in it.", _quotes(transcript)
        )
    return _unmeasured(_about(len(pauses), written), evidence)


def _about(count: int, written: int) -> str:
    """Say how many were heard, and why that earns no level."""
    if count == 0:
        return (
            "No filled pause was heard. Some may have been missed, so that earns no level: hearing "
            "them in the sound is not sure enough."
        )
    heard = f"About {count} {'was' if count == 1 else 'were'} heard"
    if written < count:
        heard += f", {count - written} of them in the sound only"
    return f"{heard}. Listen to them: hearing them is not sure enough for a level."


def _per_hundred(count: int, spoken: SpokenTime) -> float:
    return round(100.0 * count / spoken.word_count, 1)


def _event(pause: FilledPause, transcript: Transcript) -> Evidence:
    if pause.word is not None:
        return quote_words(transcript, pause.word, pause.word)
    return Measurement(
        name=HEARD_EVENT,
        value=round(pause.seconds, 2),
        unit="s",
        start_seconds=pause.start_seconds,
        end_seconds=pause.end_seconds,
        transcript_version=transcript.version,
    )


def _quotes(transcript: Transcript) -> tuple[Evidence, ...]:
    """Quote the filled pauses that stand in the text."""
    return tuple(
        quote_words(transcript, index, index)
        for index, word in enumerate(transcript.words)
        if plain(word.text) in HESITATION_WORDS
    )


def _unmeasured(why: str, evidence: Sequence[Evidence]) -> Measure:
    return Measure(
        name=DeliveryMeasure.FILLED_PAUSES.value,
        level=None,
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.FILLED_PAUSES],
        not_measured=why,
        evidence=tuple(evidence),
    )

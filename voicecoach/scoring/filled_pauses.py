"""Filled pauses: the ums and uhs that stand in the text, and those heard in the sound.

Recognisers leave most of them out, so the steady vocalic stretches of the sound are looked through:
the likeliest is taken first and its time taken off the words around it, until none is likely.
A second round knows the vowel this person hesitates on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from voicecoach.scoring.content import plain
from voicecoach.scoring.hesitation_odds import probability, stands_free
from voicecoach.scoring.spoken_time import has_times
from voicecoach.scoring.swallowed_time import WordTime, fit_between, pace_of, without, word_times
from voicecoach.scoring.vocabulary import FILLED_PAUSES
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript
from voicecoach.speech.vocalic_stretches import VocalicStretch

SURE: Final = 0.6
"""From this probability on a stretch tells which vowel the speaker hesitates on."""

LIKELY: Final = 0.5
"""From this probability on a stretch counts: in training, as many were wrong as were missed."""

ONE_HESITATION_SECONDS: Final = 0.12
"""Stretches nearer than this are one filled pause ("u-um")."""

SAME_EVENT_SECONDS: Final = 0.1
"""A stretch this near to a filled pause in the text is that one: word times stray."""

_REACH_SECONDS: Final = 3.0


class FilledPauseSource(StrEnum):
    """What shows a filled pause."""

    TEXT = "text"
    SOUND = "sound"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledPause(Span):
    """One filled pause with its place in the sound, and its word's position where it has one."""

    source: FilledPauseSource
    word: int | None


def hear_filled_pauses(transcript: Transcript, sound: SoundMeasures) -> tuple[FilledPause, ...]:
    """Return the filled pauses of an answer in order of time, each once.

    Empty where the words have no times, or the recording was measured before stretches were.
    """
    if not has_times(transcript) or sound.vocalic_stretches is None:
        return ()
    times = word_times(transcript)
    written = [
        index for index, word in enumerate(transcript.words) if plain(word.text) in FILLED_PAUSES
    ]
    words = [time for index, time in enumerate(times) if index not in set(written)]
    stretches = [
        stretch
        for stretch in sound.vocalic_stretches
        if times[0].start_seconds - _REACH_SECONDS < stretch.end_seconds
        and stretch.start_seconds < times[-1].end_seconds + _REACH_SECONDS
    ]
    heard = choose_stretches(stretches, words, sound.pauses)
    found = [
        FilledPause(
            start_seconds=times[index].start_seconds,
            end_seconds=times[index].end_seconds,
            source=(
                FilledPauseSource.BOTH
                if any(_is_near(times[index], span) for span in heard)
                else FilledPauseSource.TEXT
            ),
            word=index,
        )
        for index in written
    ]
    found += [
        FilledPause(
            start_seconds=span.start_seconds,
            end_seconds=span.end_seconds,
            source=FilledPauseSource.SOUND,
            word=None,
        )
        for span in heard
        if not any(_is_near(times[index], span) for index in written)
    ]
    return tuple(sorted(found, key=lambda pause: (pause.start_seconds, pause.end_seconds)))


def choose_stretches(
    stretches: Sequence[VocalicStretch], words: Sequence[WordTime], silences: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the filled pauses among the stretches, given the words said beside them."""
    sure = _likeliest(stretches, words, silences, others=None, least=SURE)
    free = sum(_stands_free(stretch, words) for stretch in sure)
    chosen = _likeliest(
        stretches,
        words,
        silences,
        others=sure,
        least=LIKELY,
        free_share=free / len(sure) if sure else 0.5,
    )
    spans: list[Span] = []
    for stretch in sorted(chosen, key=lambda one: one.start_seconds):
        if spans and stretch.start_seconds - spans[-1].end_seconds < ONE_HESITATION_SECONDS:
            spans[-1] = Span(
                start_seconds=spans[-1].start_seconds,
                end_seconds=max(spans[-1].end_seconds, stretch.end_seconds),
            )
        else:
            spans.append(Span(start_seconds=stretch.start_seconds, end_seconds=stretch.end_seconds))
    return tuple(spans)


def _likeliest(
    stretches: Sequence[VocalicStretch],
    words: Sequence[WordTime],
    silences: Sequence[Span],
    *,
    others: Sequence[VocalicStretch] | None,
    least: float,
    free_share: float = 0.5,
) -> list[VocalicStretch]:
    """Take the likeliest stretch, take its time off the words, and look again at those nearby."""
    pace = pace_of(words)
    left = dict(enumerate(stretches))

    def likelihood(stretch: VocalicStretch) -> float:
        near = [word for word in words if _is_within(word, stretch, _REACH_SECONDS)]
        quiet = [silence for silence in silences if _is_within(silence, stretch, _REACH_SECONDS)]
        fit = fit_between(_vowel(stretch), near, quiet, pace=pace)
        return probability(stretch, fit, others, free_share=free_share)

    likely = {number: likelihood(stretch) for number, stretch in left.items()}
    chosen: list[VocalicStretch] = []
    while left:
        best = max(left, key=lambda number: likely[number])
        if likely[best] < least:
            break
        taken = left.pop(best)
        chosen.append(taken)
        words = without(words, taken)
        for number, stretch in left.items():
            if _is_within(stretch, taken, _REACH_SECONDS):
                likely[number] = likelihood(stretch)
    return chosen


def _stands_free(stretch: VocalicStretch, words: Sequence[WordTime]) -> bool:
    near = [word for word in words if _is_within(word, stretch, _REACH_SECONDS)]
    return stands_free(stretch, fit_between(_vowel(stretch), near, (), pace=1.0))


def _vowel(stretch: VocalicStretch) -> Span:
    return Span(start_seconds=stretch.start_seconds, end_seconds=stretch.vowel_end_seconds)


def _is_within(one: Span, other: Span, seconds: float) -> bool:
    return (
        one.start_seconds < other.end_seconds + seconds
        and one.end_seconds > other.start_seconds - seconds
    )


def _is_near(word: Span, heard: Span) -> bool:
    return _is_within(word, heard, SAME_EVENT_SECONDS)

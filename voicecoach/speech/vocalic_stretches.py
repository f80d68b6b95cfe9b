"""Steady vocalic stretches: everything in a recording that might be an “um” or an “uh”.

Found without words, kept with the sound's other measures, so that a later judgement needs no
sound. A filled pause is a vowel near the middle of the mouth that holds still, or a hum (Shriberg
2001; O'Shaughnessy 1992): formants are looked at rather than periodicity, since hesitating voices
often creak. Whether a stretch is a filled pause is not decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.span import Span
from voicecoach.speech.sustained_tones import STEP_SECONDS as TONE_STEP_SECONDS
from voicecoach.speech.voice_tracks import VoiceTracks, voice_tracks

STEP_SECONDS: Final = 0.01

ABOVE_NOISE: Final = 3.0
BELOW_LOUDEST: Final = 28.0
"""A stretch is at least 3 dB above the noise and at most 28 dB below the loudest twentieth."""

FIRST_FORMANT_HERTZ: Final = (380.0, 980.0)
SECOND_FORMANT_HERTZ: Final = (950.0, 1_900.0)
LEAST_RATIO: Final = 1.35
"""Vowels in the middle of the mouth, from men to women: schwa, the vowels of “but” and “bird”."""

BRIGHTEST: Final = -2.0
"""Sounds with more above 3 kHz (dB against the rest) are hisses."""

FIRST_FORMANT_STEADY: Final = 0.22
SECOND_FORMANT_STEADY: Final = 0.12
"""Largest change of a formant across 60 ms (natural logarithm) in a steady stretch."""

SHORTEST_SECONDS: Final = 0.08
SHORTEST_HUM_SECONDS: Final = 0.15
LONGEST_GAP_STEPS: Final = 5
"""Steady stretches of the same vowel at most 50 ms apart are one."""

NEIGHBOURHOOD_STEPS: Final = 20
"""How far (0.2 s) the quiet beside a stretch is looked for."""

MOSTLY_TONAL: Final = 0.5
"""Share of a stretch in held tones from which on it is no voice."""

_SAME_VOWEL: Final = 0.15
_HUM_MUFFLING: Final = -9.0
_HUM_BRIGHTNESS: Final = -10.0
_HUM_CHANGE: Final = 4.0
_HUM_FORMANT_HERTZ: Final = 480.0
_VOICED: Final = 0.5
_SURELY_VOICED: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class VocalicStretch(Span):
    """A steady vowel, with the hum that ends it (`vowel_end_seconds` to `end_seconds`), or a hum.

    `hum` is true for a hum alone (“mm”). `first_formant` and `second_formant` are medians in
    hertz (0 where there is none), `first_shift` and `second_shift` their natural logarithm against
    the median of the speaker's voiced sounds. `change` is the median change of the spectrum in dB
    per 80 ms; `pitch_slope` in semitones a second and `pitch_spread` (standard deviation, in
    semitones) are 0 where the pitch can't be followed; `periodicity` is about 0 (breath, creak) to
    1. `level` is in dB against the loudest twentieth of the recording, `brightness` the dB above
    3 kHz against the rest, `quiet_beside` how many dB deeper the quieter side falls within 0.2 s.
    """

    vowel_end_seconds: float
    hum: bool
    first_formant: float
    second_formant: float
    first_shift: float
    second_shift: float
    change: float
    pitch_slope: float
    pitch_spread: float
    periodicity: float
    level: float
    brightness: float
    quiet_beside: float

    @property
    def vowel_seconds(self) -> float:
        """Length of the vowel (of the hum, where it is a hum alone) in seconds."""
        return self.vowel_end_seconds - self.start_seconds


def vocalic_stretches(
    samples: NDArray[np.float32], powers: NDArray[np.float64], tonal: NDArray[np.bool_]
) -> tuple[VocalicStretch, ...]:
    """Return the steady vocalic stretches of a recording in order; about 0.05 s for a minute.

    Args:
        samples: mono at 16 kHz.
        powers: mean square around each 10 ms, float64 of shape (steps,), as `band_powers` gives.
        tonal: for each 32 ms whether held tones dominate, as `tonal_frames` gives; a stretch that
            is mostly such is music or a machine and left out.
    """
    if len(powers) < round(SHORTEST_SECONDS / STEP_SECONDS):
        return ()
    found = _Finder(voice_tracks(samples, powers), powers).find()
    return tuple(stretch for stretch in found if not _is_held_tone(stretch, tonal))


def _is_held_tone(stretch: Span, tonal: NDArray[np.bool_]) -> bool:
    first = round(stretch.start_seconds / TONE_STEP_SECONDS)
    last = max(first + 1, round(stretch.end_seconds / TONE_STEP_SECONDS) - 1)
    within = tonal[first:last]
    return len(within) > 0 and float(within.mean()) > MOSTLY_TONAL


class _Finder:
    """Looks through the tracks of one recording."""

    def __init__(self, tracks: VoiceTracks, powers: NDArray[np.float64]) -> None:
        self._tracks = tracks
        self._level = 10 * np.log10(powers + 1e-12)
        self._loudest = float(np.quantile(self._level, 0.95))
        quietest = np.sort(powers)[: max(1, len(powers) // 8)]
        noise = float(10 * np.log10(quietest.mean() + 1e-12))
        with np.errstate(invalid="ignore", divide="ignore"):
            self._first = np.log(tracks.first_formant.astype(np.float64))
            self._second = np.log(tracks.second_formant.astype(np.float64))
        self._sounding = self._level > max(noise + ABOVE_NOISE, self._loudest - BELOW_LOUDEST)
        voiced = (
            self._sounding
            & (tracks.periodicity > _VOICED)
            & (tracks.brightness < -5)
            & (tracks.first_formant < 1_000)
        )
        self._usual_first = _median(self._first[voiced], np.log(550.0))
        self._usual_second = _median(self._second[voiced], np.log(1_500.0))

    def find(self) -> tuple[VocalicStretch, ...]:
        """Return vowels with their closing hums, then hums alone, in order of time."""
        tracks = self._tracks
        vowel = (
            self._sounding
            & (tracks.first_formant > FIRST_FORMANT_HERTZ[0])
            & (tracks.first_formant < FIRST_FORMANT_HERTZ[1])
            & (tracks.second_formant > SECOND_FORMANT_HERTZ[0])
            & (tracks.second_formant < SECOND_FORMANT_HERTZ[1])
            & (tracks.second_formant > LEAST_RATIO * tracks.first_formant)
            & (tracks.brightness < BRIGHTEST)
        )
        steady = (
            vowel
            & (_moved(self._first) < FIRST_FORMANT_STEADY)
            & (_moved(self._second) < SECOND_FORMANT_STEADY)
        )
        humming = (
            self._sounding
            & ~steady
            & (tracks.muffling < _HUM_MUFFLING)
            & (tracks.brightness < _HUM_BRIGHTNESS)
            & (tracks.change < _HUM_CHANGE)
            & (tracks.first_formant < _HUM_FORMANT_HERTZ)
        )
        found: list[VocalicStretch] = []
        taken = np.zeros(len(vowel), dtype=np.bool_)
        free = 0
        for start, end in self._joined(steady):
            if end - start < SHORTEST_SECONDS / STEP_SECONDS:
                continue
            grown_start, vowel_end = self._grown(start, end, vowel)
            grown_start = max(grown_start, free)
            hum_end = vowel_end
            while hum_end < len(humming) and humming[hum_end : hum_end + 2].any():
                hum_end += 1
            if vowel_end - grown_start < SHORTEST_SECONDS / STEP_SECONDS:
                continue
            found.append(self._stretch(grown_start, vowel_end, hum_end, hum=False))
            free = hum_end
            taken[grown_start : hum_end + 3] = True
        alone = humming & ~taken & (tracks.periodicity > _SURELY_VOICED)
        for start, end in _runs(_closed(alone, 3)):
            if end - start >= SHORTEST_HUM_SECONDS / STEP_SECONDS:
                found.append(self._stretch(start, end, end, hum=True))
        return tuple(sorted(found, key=lambda stretch: stretch.start_seconds))

    def _joined(self, steady: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """Return the steady runs; short gaps inside one vowel are closed."""
        joined: list[tuple[int, int]] = []
        for start, end in _runs(steady):
            if (
                joined
                and start - joined[-1][1] <= LONGEST_GAP_STEPS
                and abs(self._second[start] - self._second[joined[-1][1] - 1]) < _SAME_VOWEL
            ):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined

    def _grown(self, start: int, end: int, vowel: NDArray[np.bool_]) -> tuple[int, int]:
        """Return the run with the edges back that the look at steadiness costs."""
        usual = _median(self._second[start:end], self._usual_second)
        first, last = start, end
        while (
            first > max(0, start - 5)
            and vowel[first - 1]
            and abs(self._second[first - 1] - usual) < _SAME_VOWEL
        ):
            first -= 1
        while (
            last < min(len(vowel), end + 5)
            and vowel[last]
            and abs(self._second[last] - usual) < _SAME_VOWEL
        ):
            last += 1
        return first, last

    def _stretch(self, start: int, vowel_end: int, end: int, *, hum: bool) -> VocalicStretch:
        tracks, inside = self._tracks, slice(start, vowel_end)
        level = _middle(self._level[inside])
        before = self._level[max(0, start - NEIGHBOURHOOD_STEPS) : start + 1].min()
        after = self._level[end - 1 : end + NEIGHBOURHOOD_STEPS].min()
        slope, spread = _pitch_course(tracks.pitch[inside], tracks.periodicity[inside])
        first = _median(self._first[inside], self._usual_first)
        second = _median(self._second[inside], self._usual_second)
        return VocalicStretch(
            start_seconds=_told(start * STEP_SECONDS),
            end_seconds=_told(end * STEP_SECONDS),
            vowel_end_seconds=_told(vowel_end * STEP_SECONDS),
            hum=hum,
            first_formant=_told(np.exp(first), 0),
            second_formant=_told(np.exp(second), 0),
            first_shift=_told(first - self._usual_first),
            second_shift=_told(second - self._usual_second),
            change=_told(_middle(tracks.change[inside]), 2),
            pitch_slope=_told(slope, 1),
            pitch_spread=_told(spread, 2),
            periodicity=_told(_middle(tracks.periodicity[inside]), 2),
            level=_told(level - self._loudest, 1),
            brightness=_told(_middle(tracks.brightness[inside]), 1),
            quiet_beside=_told(level - min(before, after), 1),
        )


def _pitch_course(
    pitch: NDArray[np.float32], periodicity: NDArray[np.float32]
) -> tuple[float, float]:
    """Return slope (semitones a second) and spread (semitones) of a pitch; 0 if unfollowable."""
    semitones = 12 * np.log2(pitch[periodicity > _VOICED].astype(np.float64))
    if len(semitones) == 0:
        return 0.0, 0.0
    semitones = semitones[np.abs(semitones - _middle(semitones)) < 4]
    if len(semitones) < 5:
        return 0.0, 0.0
    times = np.arange(len(semitones)) * STEP_SECONDS
    times -= times.mean()
    return float((times * semitones).sum() / (times**2).sum()), float(semitones.std())


def _moved(track: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far a track is from 30 ms before to 30 ms after; infinite at the ends."""
    moved = np.full(len(track), np.inf)
    moved[3:-3] = np.abs(track[6:] - track[:-6])
    return np.where(np.isnan(moved), np.inf, moved)


def _closed(mask: NDArray[np.bool_], longest: int) -> NDArray[np.bool_]:
    """Return the mask with gaps of up to `longest` steps inside it closed."""
    closed = mask.copy()
    for start, end in _runs(~mask):
        if start > 0 and end < len(mask) and end - start <= longest:
            closed[start:end] = True
    return closed


def _runs(mask: NDArray[np.bool_]) -> Sequence[tuple[int, int]]:
    """Return [start, end) of each run of true steps."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _median(values: NDArray[np.float64], otherwise: float) -> float:
    known = values[np.isfinite(values)]
    return _middle(known) if len(known) else float(otherwise)


def _middle(values: NDArray[np.float64] | NDArray[np.float32]) -> float:
    """Return the median; several times faster than `np.median` on few values."""
    ordered = np.sort(values)
    count = len(ordered)
    return float(ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def _told(value: float, digits: int = 3) -> float:
    """Return a plain rounded number: it is stored, and must be the same on every reading."""
    return round(float(value), digits)

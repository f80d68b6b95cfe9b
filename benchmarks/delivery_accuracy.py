"""How near pauses, pace, pitch and loudness as measured come to the truth of made-up speech."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.known_voice import known_voice
from benchmarks.room_sounds import pink_noise
from benchmarks.spliced_answers import KnownPause, SplicedAnswer
from benchmarks.whisper_like import whisper_like
from voicecoach.scoring.clauses import split_clauses
from voicecoach.scoring.delivery import measure_delivery
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.rubric import LONGEST_PAUSE_IN_PACE_SECONDS, DeliveryMeasure
from voicecoach.scoring.silent_pauses import place_pauses
from voicecoach.speech.acoustics import SoundMeasures, measure_sound
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

EDGE_SECONDS: Final = 0.1
RATE_TOLERANCE: Final = 0.03
SURE_GAP_SECONDS: Final = 0.35
"""A gap of a quarter of a second is found or not by a hair; from here on it is plainly a pause."""

VOICE_HERTZ: Final = (95.0, 130.0, 190.0, 230.0)
VOICE_SPREADS: Final = (1.5, 3.0, 5.0)
LEVEL_SPREADS: Final = (1.0, 2.5, 5.0)
VOICE_SECONDS: Final = 60.0
VOICE_NOISE: Final = (None, 20.0, 10.0)


@dataclass(slots=True)
class Accuracy:
    """What was measured in one condition, against the truth.

    `edges` are errors in seconds of where pauses begin and end; `speech_rates` and
    `articulation_rates` are relative errors; `unsure` counts answers whose silences the coach
    refuses to judge.
    """

    answers: int = 0
    pauses: int = 0
    missed: int = 0
    missed_long: int = 0
    false: int = 0
    unsure: int = 0
    edges: list[float] = field(default_factory=list)
    speech_rates: list[float] = field(default_factory=list)
    articulation_rates: list[float] = field(default_factory=list)
    signal_to_noise: list[float] = field(default_factory=list)

    def within(self, errors: Sequence[float], tolerance: float) -> float | None:
        """Return the share (0–1) of errors of at most `tolerance`; None where there are none."""
        return float(np.mean(np.abs(errors) <= tolerance)) if errors else None


@dataclass(slots=True)
class Placement:
    """Pauses placed by the coach against where they truly are; `inside` means within a clause."""

    right_inside: int = 0
    right_between: int = 0
    inside_taken_for_between: int = 0
    between_taken_for_inside: int = 0
    right_word: int = 0

    @property
    def count(self) -> int:
        """How many pauses were placed."""
        return (
            self.right_inside
            + self.right_between
            + self.inside_taken_for_between
            + self.between_taken_for_inside
        )

    def shares(self) -> dict[str, float]:
        """Return precision and recall of both places, and the share between the right words."""
        return {
            "pauses": float(self.count),
            "right_word": self.right_word / max(1, self.count),
            "inside_precision": _share(self.right_inside, self.between_taken_for_inside),
            "inside_recall": _share(self.right_inside, self.inside_taken_for_between),
            "between_precision": _share(self.right_between, self.inside_taken_for_between),
            "between_recall": _share(self.right_between, self.between_taken_for_inside),
        }


@dataclass(slots=True)
class PauseAndPace:
    """Accuracy by condition, placements by kind of transcript, and rates with numbers in digits."""

    conditions: dict[str, Accuracy] = field(default_factory=dict)
    placements: dict[str, Placement] = field(default_factory=dict)
    digit_rates: list[float] = field(default_factory=list)
    digit_rates_by_token: list[float] = field(default_factory=list)


def measure_pauses_and_pace(answers: Iterable[SplicedAnswer], *, seed: int = 3) -> PauseAndPace:
    """Measure every answer as the coach does and compare with what was spliced."""
    chance = np.random.default_rng(seed)
    result = PauseAndPace()
    for answer in answers:
        accuracy = result.conditions.setdefault(answer.condition, Accuracy())
        sound = measure_sound(answer.recording)
        found = _compare_pauses(accuracy, answer, sound)
        for kind, punctuated in (("punctuated", True), ("unpunctuated", False)):
            transcript = whisper_like(answer, chance, punctuated=punctuated)
            seen = "unseen text" if answer.unseen else "text known to the rules"
            _compare_places(
                result.placements.setdefault(f"{kind}, {seen}", Placement()), transcript, found
            )
            _compare_places_simply(
                result.placements.setdefault(f"{kind}, simplest method", Placement()),
                transcript,
                found,
            )
            _compare_rates(accuracy, answer, transcript, sound)
        in_digits = whisper_like(answer, chance, punctuated=True, digits=True)
        if len(in_digits.words) < len(answer.words):
            rate = _measured(in_digits, sound)["speech_rate"]
            result.digit_rates.append(rate / _true_speech_rate(answer) - 1)
            by_token = rate * len(in_digits.words) / len(answer.words)
            result.digit_rates_by_token.append(by_token / _true_speech_rate(answer) - 1)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceErrors:
    """Relative errors of the spreads measured on voices of known pitch and loudness."""

    pitch_deviation: tuple[float, ...]
    pitch_quartile_range: tuple[float, ...]
    median_pitch: tuple[float, ...]
    loudness_deviation: tuple[float, ...]


def measure_known_voices(*, seed: int = 5) -> dict[str, VoiceErrors]:
    """Measure voices of four heights and three spreads, in quiet and in noise."""
    chance = np.random.default_rng(seed)
    voices = [
        known_voice(
            VOICE_SECONDS, hertz=hertz, spread=spread, level_spread=level_spread, chance=chance
        )
        for hertz in VOICE_HERTZ
        for spread, level_spread in zip(VOICE_SPREADS, LEVEL_SPREADS, strict=True)
    ]
    errors: dict[str, VoiceErrors] = {}
    for signal_to_noise in VOICE_NOISE:
        rows: list[tuple[float, float, float, float]] = []
        for voice in voices:
            samples = voice.samples
            if signal_to_noise is not None:
                level = np.sqrt(np.mean(samples**2)) * 10 ** (-signal_to_noise / 20)
                samples = samples + pink_noise(len(samples), chance) * np.float32(level)
            sound = measure_sound(Recording(samples.astype(np.float32)))
            assert sound.pitch is not None and sound.loudness is not None  # noqa: PT018
            rows.append(
                (
                    sound.pitch.deviation / voice.deviation - 1,
                    sound.pitch.quartile_range / voice.quartile_range - 1,
                    sound.pitch.median_hertz / voice.median_hertz - 1,
                    sound.loudness.deviation / voice.level_deviation - 1,
                )
            )
        columns = [tuple(column) for column in zip(*rows, strict=True)]
        name = "in quiet" if signal_to_noise is None else f"noise at {signal_to_noise:.0f} dB"
        errors[name] = VoiceErrors(
            pitch_deviation=columns[0],
            pitch_quartile_range=columns[1],
            median_pitch=columns[2],
            loudness_deviation=columns[3],
        )
    return errors


def _compare_pauses(
    accuracy: Accuracy, answer: SplicedAnswer, sound: SoundMeasures
) -> list[tuple[Span, KnownPause]]:
    """Note how the pauses heard compare, and return those that are real with their truth."""
    accuracy.answers += 1
    accuracy.pauses += len(answer.pauses)
    accuracy.signal_to_noise.append(sound.speech_level - sound.noise_level)
    found: list[tuple[Span, KnownPause]] = []
    for known in answer.pauses:
        heard = max(sound.pauses, key=lambda pause: _overlap(pause, known.span), default=None)
        if heard is None or _overlap(heard, known.span) < known.span.seconds / 2:
            accuracy.missed += 1
            accuracy.missed_long += known.span.seconds >= SURE_GAP_SECONDS
            continue
        found.append((heard, known))
        accuracy.edges += [
            heard.start_seconds - known.span.start_seconds,
            heard.end_seconds - known.span.end_seconds,
        ]
    accuracy.false += len(sound.pauses) - len({id(heard) for heard, _ in found})
    return found


def _compare_places(
    placement: Placement, transcript: Transcript, found: Sequence[tuple[Span, KnownPause]]
) -> None:
    placed = place_pauses(transcript, [heard for heard, _ in found])
    for (_, known), pause in zip(found, placed, strict=True):
        _note(placement, known, after_word=pause.after_word, inside=pause.inside_clause)


def _compare_places_simply(
    placement: Placement, transcript: Transcript, found: Sequence[tuple[Span, KnownPause]]
) -> None:
    """Do the simplest thing: words by their middles, clauses as content splits them."""
    ends = {clause.last_word for clause in split_clauses(transcript)}
    middles = [
        ((word.start_seconds or 0.0) + (word.end_seconds or 0.0)) / 2 for word in transcript.words
    ]
    for heard, known in found:
        middle = (heard.start_seconds + heard.end_seconds) / 2
        before = sum(word <= middle for word in middles) - 1
        _note(placement, known, after_word=before, inside=before not in ends)


def _note(placement: Placement, known: KnownPause, *, after_word: int, inside: bool) -> None:
    placement.right_word += after_word == known.after_word
    if known.inside_clause:
        placement.right_inside += inside
        placement.inside_taken_for_between += not inside
    else:
        placement.right_between += not inside
        placement.between_taken_for_inside += inside


def _compare_rates(
    accuracy: Accuracy, answer: SplicedAnswer, transcript: Transcript, sound: SoundMeasures
) -> None:
    measured = _measured(transcript, sound)
    accuracy.speech_rates.append(measured["speech_rate"] / _true_speech_rate(answer) - 1)
    if "articulation_rate" in measured:
        truth = 60 * len(answer.words) / answer.speaking_seconds
        accuracy.articulation_rates.append(measured["articulation_rate"] / truth - 1)
    else:
        accuracy.unsure += 1


def _true_speech_rate(answer: SplicedAnswer) -> float:
    beyond = sum(
        max(0.0, pause.span.seconds - LONGEST_PAUSE_IN_PACE_SECONDS) for pause in answer.pauses
    )
    return 60 * len(answer.words) / (answer.seconds - beyond)


def _measured(transcript: Transcript, sound: SoundMeasures) -> dict[str, float]:
    delivery = measure_delivery(transcript, sound, target_seconds=60)
    pace = next(one for one in delivery.measures if one.name == DeliveryMeasure.PACE.value)
    return {one.name: one.value for one in pace.evidence if isinstance(one, Measurement)}


def _overlap(first: Span, second: Span) -> float:
    return min(first.end_seconds, second.end_seconds) - max(
        first.start_seconds, second.start_seconds
    )


def _share(right: int, wrong: int) -> float:
    return right / max(1, right + wrong)

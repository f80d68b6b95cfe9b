"""Filled pauses found in the sound: precision, recall and count error.

    python benchmarks/filled_pauses.py AUDIO TEXTGRID [--json]    on a labelled clip
    python benchmarks/filled_pauses.py [--synthetic] [--json]     on synthetic answers (test half)

A clip's words without its filled pauses stand for the transcript, once with their exact times and
once, over several seeds, as Whisper leaves them: filled pauses swallowed by their neighbours, 60 ms
of jitter (`whisper_like_transcript` says exactly how).
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.filled_pause_accuracy import Accuracy
from benchmarks.hesitant_answers import TEST_VOICES, Condition, hesitant_answers, under
from benchmarks.labelled_speech import (
    LabelledSpeech,
    exact_transcript,
    whisper_like_transcript,
)
from benchmarks.row import Row
from benchmarks.textgrid import UnreadableTextGridError, words_and_fillers
from question_bank.errors import CoachError
from voicecoach.scoring.filled_pauses import hear_filled_pauses
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.audio_file import read_audio
from voicecoach.speech.recording import Recording

NAME: Final = "Filled pauses in the sound (synthetic answers, voices and texts never trained on)"
SEEDS: Final = tuple(range(1, 9))
SYNTHETIC_SEED: Final = 2
ANSWERS_PER_VOICE: Final = 3
EXACT: Final = "exact times"
WHISPER_LIKE: Final = "Whisper-like times"
GOALS: Final = {EXACT: (0.90, 0.85), WHISPER_LIKE: (0.85, 0.80)}
"""Precision and recall to reach."""
COUNT_GOAL: Final = 0.9


def main() -> int:
    """Measure what the command line asks for and print it; 2 for bad input."""
    parser = argparse.ArgumentParser(description="Precision and recall of filled pauses.")
    parser.add_argument("audio", nargs="?", type=Path, help="a recording")
    parser.add_argument("textgrid", nargs="?", type=Path, help="its words, filled pauses included")
    parser.add_argument("--synthetic", action="store_true", help="measure on synthetic answers")
    parser.add_argument("--json", action="store_true", help="print JSON")
    wanted = parser.parse_args()
    if wanted.audio is None:
        found: Mapping[str, Any] = measure_synthetic()
    elif wanted.textgrid is None or wanted.synthetic:
        parser.error("give both AUDIO and TEXTGRID, or neither")
    else:
        try:
            found = measure_clip(wanted.audio, wanted.textgrid)
        except (UnreadableTextGridError, CoachError, OSError) as error:
            print(f"filled_pauses: {' '.join(str(error).split())}", file=sys.stderr)
            return 2
    print(json.dumps(found, indent=2) if wanted.json else _in_words(found))
    return 0


def measure() -> list[Row]:
    """Return the rows for `make bench`: clean and 20 dB noise against the goals, the rest told."""
    rows: list[Row] = []
    for condition, times in measure_synthetic()["conditions"].items():
        for name, found in times.items():
            precision, recall = GOALS[name]
            held = condition in {Condition.CLEAN.value, Condition.NOISE_20.value}
            for what, goal in (
                ("precision", precision),
                ("recall", recall),
                ("counted_right", COUNT_GOAL),
            ):
                value = found[what]
                rows.append(
                    Row(
                        f"{condition}, {name}: {what.replace('_', ' ')}",
                        value,
                        "",
                        f"at least {goal:g}" if held else None,
                        value >= goal if held else None,
                    )
                )
    return rows


def measure_clip(audio: Path, textgrid: Path) -> dict[str, object]:
    """Return the accuracy on one labelled clip, with the events heard.

    Raises:
        UnreadableTextGridError, CoachError: what can't be read.
    """
    words, fillers = words_and_fillers(textgrid)
    if not words:
        raise UnreadableTextGridError(f"{textgrid} has no words but filled pauses.")
    recording = read_audio(audio)
    speech = LabelledSpeech(samples=recording.samples, words=words, fillers=fillers)
    sound = measure_sound(recording)
    exact, swallowed = Accuracy(), Accuracy()
    transcript = exact_transcript(speech)
    exact.add(speech, transcript, sound)
    for seed in SEEDS:
        swallowed.add(speech, whisper_like_transcript(speech, seed=seed), sound)
    return {
        "audio": str(audio),
        "seconds": round(recording.seconds, 2),
        "signal_to_noise": round(sound.speech_level - sound.noise_level, 1),
        "true_count": len(fillers),
        "seeds": len(SEEDS),
        "times": {EXACT: _figures(exact), WHISPER_LIKE: _figures(swallowed)},
        "heard": [
            [round(pause.start_seconds, 2), round(pause.end_seconds, 2)]
            for pause in hear_filled_pauses(transcript, sound)
        ],
        "true": [[filler.start_seconds, filler.end_seconds] for filler in fillers],
    }


def measure_synthetic(
    *, answers_per_voice: int = ANSWERS_PER_VOICE
) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Return the accuracy on the test half in each condition, with both kinds of times."""
    answers = hesitant_answers(
        TEST_VOICES, answers_per_voice=answers_per_voice, seed=SYNTHETIC_SEED
    )
    conditions: dict[str, dict[str, dict[str, float]]] = {}
    for condition in Condition:
        exact, swallowed = Accuracy(), Accuracy()
        for number, answer in enumerate(answers):
            arrived = under(condition, answer, seed=number)
            sound = measure_sound(Recording(arrived.samples))
            exact.add(arrived, exact_transcript(answer), sound)
            swallowed.add(arrived, whisper_like_transcript(answer, seed=number), sound)
        conditions[condition.value] = {
            EXACT: _figures(exact),
            WHISPER_LIKE: _figures(swallowed),
        }
    return {"conditions": conditions}


def _figures(accuracy: Accuracy) -> dict[str, float]:
    return {
        "precision": round(accuracy.precision, 3),
        "recall": round(accuracy.recall, 3),
        "count_error_per_minute": round(accuracy.count_error, 2),
        "counted_right": round(accuracy.counted_right, 3),
        "matched": accuracy.matched,
        "heard": accuracy.heard,
        "true": accuracy.true,
    }


def _in_words(found: Mapping[str, Any]) -> str:
    lines = []
    if "conditions" in found:
        sections = list(found["conditions"].items())
    else:
        lines.append(
            f"{found['audio']}: {found['seconds']} s, {found['true_count']} filled pauses, "
            f"signal to noise {found['signal_to_noise']} dB"
        )
        sections = [("clip", found["times"])]
    for name, times in sections:
        for kind, one in times.items():
            lines.append(
                f"{name:16} {kind:18} precision {one['precision']:.3f}  recall {one['recall']:.3f}"
                f"  count error {one['count_error_per_minute']:.2f}/min"
                f"  within 1/min {one['counted_right']:.0%}"
                f"  ({one['matched']} of {one['true']} true, {one['heard']} heard)"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())

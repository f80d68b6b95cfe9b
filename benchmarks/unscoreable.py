"""How many recordings that are no answer are refused, and how many good answers are.

    python benchmarks/unscoreable.py [--json] [--each N] [--tuning]

Every recording is made from a seed (voices, instruments, languages and numbers differ from those
that the thresholds were chosen on; `--tuning` runs those) and judged as the product judges it:

whatever the words say: its sound measured, with fluent words laid under it. Where somebody speaks
    English those are the words really said, where nobody does another answer's.
as espeak-tiny hears it: its sound measured and transcribed by the small Whisper that comes with
    voicecoach, which was trained on synthetic voices only, so that it mishears more than others.

Another language is judged by its words as a Whisper of many languages writes them, with and without
the language it heard, for the sound of any language is that of a voice. Hopeless transcripts and
unusual genuine ones are laid on paper under a clear voice.

The goal counts a recording as caught whatever its words say (another language: each way), and every
hopeless transcript. Nothing here can refuse a television that stands so near that it sounds like a
person: relevance may cap what it says.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.row import Row
from benchmarks.unscoreable_cases import Case, Part, cases
from benchmarks.unscoreable_transcripts import answers, fluent, whole, word_cases
from question_bank.question import QuestionKind
from voicecoach.scoring.result import Unscoreable
from voicecoach.scoring.score import score_answer
from voicecoach.settings import bundled_weights_folders
from voicecoach.speech.acoustics import SoundMeasures, measure_sound
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.transcript import Transcript
from voicecoach.speech.weights import find_whisper
from voicecoach.wiring import SYNTHETIC_WEIGHTS

NAME: Final = "Unscoreable: what is no answer is refused, good answers are not"
LEAST_CAUGHT: Final = 0.98
MOST_REFUSED: Final = 0.01
EACH: Final = 10
QUESTION: Final = "Tell me about a time you solved a difficult problem."

WHATEVER: Final = "whatever the words say"
HEARD: Final = "as espeak-tiny hears it"
WRITTEN: Final = "as a Whisper of many languages writes it"
WORDS_ONLY: Final = "as written, its language not told"
ON_PAPER: Final = "on paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one case: its class, how it was judged, and the first reason if refused."""

    name: str
    way: str
    refuse: bool
    reason: str | None

    @property
    def counts(self) -> bool:
        """Whether the goal counts it: espeak-tiny's mishearings are told, not counted."""
        return self.way != HEARD


def run(part: Part, each: int) -> list[Outcome]:
    """Make `each` cases of every class and judge them."""
    found = list(of_recordings(cases(part, each)))
    for one in word_cases(each, seed=1 if part == "test" else 0):
        reason = refusal(one.transcript, one.sound)
        found.append(Outcome(name=one.name, way=ON_PAPER, refuse=one.refuse, reason=reason))
    return found


def of_recordings(made: Iterable[Case]) -> Iterator[Outcome]:
    """Judge recordings in every way that there is."""
    folder = find_whisper(SYNTHETIC_WEIGHTS, bundled_weights_folders())
    whisper = FasterWhisperTranscriber(
        folder, name=SYNTHETIC_WEIGHTS, language="en", cpu_threads=1, synthetic=True
    )
    for number, case in enumerate(made):
        sound = measure_sound(case.recording)
        for way, transcript in _transcripts(case, sound, number, whisper):
            reason = refusal(transcript, sound)
            yield Outcome(name=case.name, way=way, refuse=case.refuse, reason=reason)


def _transcripts(
    case: Case, sound: SoundMeasures, number: int, whisper: FasterWhisperTranscriber
) -> Iterator[tuple[str, Transcript]]:
    spans = sound.speech or whole(sound.seconds)
    if case.language == "en":
        texts = answers()
        text = case.text or " ".join(texts[number % len(texts)].split()[:60])
        yield WHATEVER, fluent(text, spans)
    else:
        yield WRITTEN, fluent(case.text, spans, language=case.language)
        yield WORDS_ONLY, fluent(case.text, spans)
    yield HEARD, whisper.transcribe(case.recording)


def refusal(transcript: Transcript, sound: SoundMeasures | None) -> str | None:
    """Return the first reason why an answer is refused; None where it is scored."""
    judgement = score_answer(
        transcript=transcript,
        sound=sound,
        question_text=QUESTION,
        kind=QuestionKind.BEHAVIOURAL,
        target_seconds=120,
        outline=None,
        other_questions=(),
        encoder=None,
        encoder_name=None,
        expected_language="en",
    )
    return judgement.reasons[0] if isinstance(judgement, Unscoreable) else None


def refused_share(outcomes: Sequence[Outcome]) -> float:
    """Return the share (0–1) that was refused."""
    return sum(one.reason is not None for one in outcomes) / len(outcomes)


def measure() -> list[Row]:
    """Run the recordings that no threshold was chosen on."""
    return rows_of(run("test", EACH))


def rows_of(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return the two figures with a goal, then the share refused of every class."""
    bad = [one for one in outcomes if one.refuse and one.counts]
    good = [one for one in outcomes if not one.refuse and one.counts]
    caught, refused = refused_share(bad), refused_share(good)
    rows = [
        Row(f"no answer, caught, of {len(bad)}", caught, "", f"at least {LEAST_CAUGHT:g}",
            caught >= LEAST_CAUGHT),
        Row(f"good answers refused, of {len(good)}", refused, "", f"at most {MOST_REFUSED:g}",
            refused <= MOST_REFUSED),
    ]  # fmt: skip
    for (refuse, name, way), members in by_class(outcomes).items():
        told = "caught" if refuse else "good, refused"
        what = f"{name}, {way}: {told}, of {len(members)}"
        rows.append(Row(what, refused_share(members), "", None, None))
    return rows


def by_class(outcomes: Sequence[Outcome]) -> dict[tuple[bool, str, str], list[Outcome]]:
    """Return the outcomes by whether they were to be refused, class and way of judging."""
    classes: defaultdict[tuple[bool, str, str], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        classes[one.refuse, one.name, one.way].append(one)
    return dict(classes)


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures with plain names, with how often each reason was given."""
    bad = [one for one in outcomes if one.refuse and one.counts]
    good = [one for one in outcomes if not one.refuse and one.counts]
    return {
        "caught": refused_share(bad),
        "caught_of": len(bad),
        "good_refused": refused_share(good),
        "good_of": len(good),
        "classes": [
            {
                "name": name,
                "judged": way,
                "to_be_refused": refuse,
                "count": len(members),
                "refused": refused_share(members),
                "reasons": dict(Counter(_counted(one.reason) for one in members if one.reason)),
            }
            for (refuse, name, way), members in by_class(outcomes).items()
        ],
    }


def _counted(reason: str) -> str:
    """Return a reason with every number as N, so that they can be counted together."""
    return re.sub(r"\d+", "N", reason)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; exit code 2 for bad input."""
    parser = argparse.ArgumentParser(
        prog="unscoreable", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--json", action="store_true", help="print JSON, with the reasons given")
    parser.add_argument("--each", type=int, default=EACH, help="cases of each class")
    parser.add_argument(
        "--tuning", action="store_true", help="the cases that the thresholds were chosen on"
    )
    options = parser.parse_args(arguments)
    if options.each < 1:
        parser.error("--each must be at least 1")
    outcomes = run("tuning" if options.tuning else "test", options.each)
    if options.json:
        print(json.dumps(as_json(outcomes), indent=2, ensure_ascii=False))
    else:
        for row in rows_of(outcomes):
            missed = "  (missed)" if row.met is False else ""
            print(f"{row.value or 0.0:7.1%}  {row.what}{missed}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

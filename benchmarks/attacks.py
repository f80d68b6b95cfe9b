"""How many attacks on the scores get through, before and after the guards, and false alarms.

    python benchmarks/attacks.py [--json] [--rounds N] [--cases N] [--seed S] [--half H] [FILE...]

Attacks are made from the written answers, outlines mixed from them and the bank's packs, with the
phrasings that were held back while the guards were worked on. FILEs are data files with points and
texts (`coverage_realsumm*`, `keypoints_argkp*`, `answers_semeval*`; also a folder of them): their
points become attacks too, and their genuine texts are where false alarms are counted. Of each file
a sample of outlines and texts is drawn; `--half` takes only half of its groups (documents, topics,
questions): `practice` is what the guards were worked on with.

What "gets through" means:

keyword salad, ordered keywords, joined keywords, outline read aloud: a point counts as said
    (questions to ask are not read aloud here: asking them is the answer). The outline is also read
    aloud to a recogniser that mishears, loses or adds one word in ten.
negation, plans, another person's doing: a point that is denied, planned, supposed or somebody
    else's deed counts as said (plans and other people only for points that are the speaker's own
    deed, in answers to a behavioural question).
a number changed: a point with a number counts as said though every number is another one.
question repeated: the answer is scored at all, and relevance, coverage, structure, specificity or
    own part is above its lowest level.
answer doubled: relevance, coverage, structure, specificity, own part or the overall rises at all.
rubric's own words alone: structure, specificity or own part is above level 1; put into an answer:
    one of the three rises at all.

"Before" is the same without guards: for points, the similarity alone; for questions repeated and
answers doubled, the criteria read from the raw transcript instead of its content. What keeps the
rubric's words out is part of how clauses are read and can't be taken out again; before it was
built, all of them got through alone and 56% put in.

A false alarm is a guard on a genuine point: a written answer (with and without punctuation) that
makes the point, or a text of a data file that its human raters say makes it. Counted per guard and
for all together; where the guard only keeps the state the similarity gives, nothing was held back
and no alarm is counted.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attack_counts import (
    Alarms,
    Outcome,
    attack_points,
    double_answers,
    false_alarms,
    point_attacks,
    repeat_questions,
    talk_rubric,
)
from benchmarks.attack_sources import DataError, Half, Sample, genuine_answers, read_data
from benchmarks.row import Row
from tests.scoring.answer_generator import mixed_answer, written_answers
from tests.scoring.attack_generator import (
    all_targets,
    pack_targets,
)
from tests.scoring.attack_phrasings import HELD_BACK, PRACTICE, Phrasings
from tests.scoring.judging import RememberingEncoder
from voicecoach.engines import NamedEncoder
from voicecoach.settings import load_settings
from voicecoach.wiring import build_encoder

NAME: Final = "Attacks on the scores (phrasings held back while the guards were worked on)"
MOST_THROUGH: Final = 0.05
MOST_FALSE_ALARMS: Final = 0.01
MIXED_TARGETS: Final = 40
ROUNDS: Final = 3
CASES: Final = 100
REMEMBERED: Final = 4_000
"""Encoded texts kept, about 50 kB each."""
WHOLE: Final = Sample(CASES, seed=0)


# The whole


def run(
    paths: Sequence[Path],
    *,
    rounds: int,
    phrasings: Phrasings,
    encoder: NamedEncoder,
    sample: Sample = WHOLE,
) -> tuple[list[Outcome], list[Alarms]]:
    """Make all attacks and count all false alarms; progress goes to stderr.

    Raises:
        DataError: a data file can't be read.
    """
    data = read_data(paths, sample)
    encoder = replace(encoder, encode=RememberingEncoder(encoder.encode, REMEMBERED))
    own = list(all_targets(mixed=MIXED_TARGETS))
    bodies = [("", own, pack_targets()), *((file.name, file.targets, ()) for file in data)]
    outcomes = []
    for where, targets, as_they_stand in bodies:
        made = point_attacks(targets, as_they_stand, phrasings, rounds)
        for name, attacks in made.items():
            _tell(f"{where or 'our own outlines'}: {name}")
            outcomes.append(attack_points(name, attacks, encoder, where=where))
    written = written_answers()
    answers = [*written, *(mixed_answer(seed) for seed in range(MIXED_TARGETS))]
    _tell("attacks on whole answers")
    outcomes.append(repeat_questions(pack_targets(), phrasings, rounds, encoder))
    outcomes.append(double_answers(answers, rounds, encoder))
    outcomes += talk_rubric(written, phrasings, rounds, encoder)
    _tell("false alarms")
    alarms = [
        false_alarms(
            where, genuine_answers(answers, punctuated=punctuated), encoder, one_outline=True
        )
        for where, punctuated in (
            ("written answers", True),
            ("written answers, no punctuation", False),
        )
    ]
    alarms += [false_alarms(file.name, file.genuine, encoder, one_outline=False) for file in data]
    return outcomes, alarms


def _tell(doing: str) -> None:
    print(doing, file=sys.stderr, flush=True)


def measure() -> list[Row]:
    """Run everything that needs no outside data."""
    encoder = build_encoder(load_settings())
    assert encoder is not None, "run install.py: it brings the encoder"
    outcomes, alarms = run((), rounds=ROUNDS, phrasings=HELD_BACK, encoder=encoder)
    return _rows(outcomes, alarms)


def _rows(outcomes: Sequence[Outcome], alarms: Sequence[Alarms]) -> list[Row]:
    rows = []
    for one in outcomes:
        if not one.count:
            continue  # a data file without deeds or numbers
        before = one.through_before
        was = "" if before is None else f" ({before:.0%} before)"
        told = ", ".join(filter(None, [one.where, one.attack]))
        told = f"{told}: through, of {one.count}{was}"
        met = one.through <= MOST_THROUGH
        rows.append(Row(told, one.through, "", f"at most {MOST_THROUGH:g}", met))
    for body in alarms:
        guards: dict[str, int] = {"any guard": body.any_guard, **body.by_guard}
        for guard, number in guards.items():
            share = number / max(body.points, 1)
            told = f"false alarms, {body.where}, {guard} (of {body.points})"
            goal = f"at most {MOST_FALSE_ALARMS:g}"
            rows.append(Row(told, share, "", goal, share <= MOST_FALSE_ALARMS))
    return rows


def as_json(outcomes: Sequence[Outcome], alarms: Sequence[Alarms]) -> dict[str, Any]:
    """Return the figures with plain names."""
    return {
        "attacks": [
            {
                "attack": one.attack,
                "where": one.where or None,
                "count": one.count,
                "through_before": one.through_before,
                "through_after": one.through,
            }
            for one in outcomes
        ],
        "false_alarms": [
            {
                "where": body.where,
                "points": body.points,
                "any_guard": body.any_guard / max(body.points, 1),
                "by_guard": {
                    guard: number / max(body.points, 1) for guard, number in body.by_guard.items()
                },
            }
            for body in alarms
        ],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; exit code 2 for bad input."""
    parser = argparse.ArgumentParser(prog="attacks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="data files or folders")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="texts per target and attack")
    parser.add_argument(
        "--practice", action="store_true", help="use the phrasings the guards were worked on with"
    )
    parser.add_argument(
        "--cases", type=int, default=CASES, help="outlines, and texts, drawn from each file"
    )
    parser.add_argument("--seed", type=int, default=WHOLE.seed, help="of what is drawn")
    parser.add_argument(
        "--half", choices=get_args(Half), help="only half of each file's documents or topics"
    )
    options = parser.parse_args(arguments)
    if min(options.rounds, options.cases) < 1:
        parser.error("--rounds and --cases must be at least 1")
    encoder = build_encoder(load_settings())
    if encoder is None:
        parser.error("the sentence encoder is not there; run install.py")
    phrasings = PRACTICE if options.practice else HELD_BACK
    try:
        outcomes, alarms = run(
            options.files,
            rounds=options.rounds,
            phrasings=phrasings,
            encoder=encoder,
            sample=Sample(options.cases, options.seed, options.half),
        )
    except DataError as error:
        parser.error(str(error))
    if options.json:
        print(json.dumps(as_json(outcomes, alarms), indent=2))
    else:
        for row in _rows(outcomes, alarms):
            met = "  (missed)" if row.met is False else ""
            print(f"{row.value:7.2%}  {row.what}{met}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

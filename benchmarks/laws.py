"""How far the laws of scoring hold over generated answers, as shares; the real encoder.

Run as `python -m benchmarks.laws [--answers N] [--checked N] [--json]` or as a script. The laws
are stated in `tests/scoring/laws.py`, the answers come from `tests/scoring/composed_answers.py`
(composed by recipe, every quality) and `tests/scoring/answers` (written by hand): one team wrote
them and the rules.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from benchmarks.row import Row
from tests.scoring import laws, moves
from tests.scoring.answer_generator import WrittenAnswer, mixed_answer, written_answers
from tests.scoring.checked_judgements import judged_in_some_way
from tests.scoring.composed_answers import ComposedAnswer, full_answers, varied_answers
from tests.scoring.evidence_checker import check, evidence_of
from tests.scoring.judging import RememberingEncoder, judge
from voicecoach.scoring.result import Score
from voicecoach.settings import load_settings
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.wiring import build_encoder

NAME: Final = "Laws of scoring on generated answers"
ANSWERS: Final = 120
"""Answers of every quality; half as many good ones go with them."""
CHECKED: Final = 2_000
"""Judgements looked through for evidence and inventions."""
FEWEST: Final = 20
SEEDS: Final = (1, 2, 3)
WORD_ERRORS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Sample:
    """The answers that the laws are measured on."""

    varied: list[ComposedAnswer]
    full: list[ComposedAnswer]
    written: list[WrittenAnswer]
    encoder: SentenceEncoder

    @property
    def told(self) -> list[WrittenAnswer]:
        """Answers that make their points: by hand, mixed from those, and composed."""
        mixed = [mixed_answer(seed) for seed in range(len(self.written))]
        return [*self.written, *mixed, *(answer.written for answer in self.full)]


class EncoderMissingError(Exception):
    """There is no sentence encoder on this machine."""


def measure(*, answers: int = ANSWERS, checked: int = CHECKED) -> list[Row]:
    """Return the share of cases in which each law holds.

    Raises:
        EncoderMissingError: relevance and coverage could not be judged.
    """
    named = build_encoder(load_settings())
    if named is None:
        raise EncoderMissingError("the sentence encoder is not installed: run install.py")
    sample = Sample(
        varied=varied_answers(answers),
        full=full_answers(answers // 2),
        written=written_answers(),
        encoder=RememberingEncoder(named.encode),
    )
    return [
        *_added_and_left_out(sample),
        *_other_answers(sample),
        *_other_forms(sample),
        *_range(sample),
        *_evidence(sample.encoder, checked),
    ]


def _added_and_left_out(sample: Sample) -> list[Row]:
    encoder = sample.encoder
    results = laws.with_a_result(sample.varied, encoder)
    fillers = laws.with_filled_pauses(sample.varied, encoder)
    gains = laws.gains_by_rubric_words(sample.varied[: len(sample.varied) // 4], encoder)
    mean_is_nothing = float(np.mean(gains)) <= 0
    deletions = laws.deletions(sample.told, encoder)
    others = [place >= one.moved for one in deletions for place in range(one.others)]
    return [
        _pairs("an added result never lowers structure", results, laws.structure_never_falls),
        _pairs(
            "an added result lowers no criterion but delivery", results, laws.only_delivery_falls
        ),
        _pairs("ten filled pauses in 100 words move no content", fillers, laws.content_unmoved),
        _pairs(
            "ten filled pauses in 100 words lower delivery by half a level",
            fillers,
            laws.delivery_half_a_level_lower,
        ),
        _share(
            "saying everything twice raises nothing",
            laws.doubling_raises_nothing(sample.varied, encoder),
            1.0,
        ),
        _share(
            "saying “situation, task, action, result” gains less than half a point",
            [gain < laws.UNNOTICED for gain in gains],
            1.0,
        ),
        Row(
            "saying “situation, task, action, result”: largest gain",
            max(gains),
            "of 100",
            None,
            None,
        ),
        Row("saying so: mean gain", float(np.mean(gains)), "of 100", "at most 0", mean_is_nothing),
        _share("a sentence left out drops its point", [one.dropped for one in deletions], 0.9),
        _share("a sentence left out moves no other point", others, 1.0),
    ]


def _other_answers(sample: Sample) -> list[Row]:
    encoder = sample.encoder
    swapped = laws.swapped(sample.full, encoder)
    salads = laws.salad_covers_little(sample.told, encoder, seeds=(*SEEDS, None))
    no = laws.denied_not_said(sample.told, encoder)
    later = laws.planned_not_said(sample.told, encoder)
    return [
        _share("answer to another question: relevance lower", [x.lowered for x in swapped], 0.95),
        _share("answer to another question: overall capped", [x.capped for x in swapped], 0.95),
        _share("own answer not capped", laws.own_answer_kept(sample.full, encoder), 1.0),
        _share("keyword salad: coverage at most 2", salads, 0.95),
        _share("denied points not said", no, 0.8),
        _share("planned points not said", later, 0.8),
    ]


def _other_forms(sample: Sample) -> list[Row]:
    encoder = sample.encoder
    spoken = moves.moves_by_word_errors(sample.varied, encoder, rate=WORD_ERRORS)
    written = moves.written_moves_by_word_errors(
        sample.written, encoder, rate=WORD_ERRORS, seeds=SEEDS
    )
    by_rule = moves.moves_by_paraphrase([*sample.varied, *sample.full], encoder)
    by_hand = moves.moves_by_hand(sample.written, encoder)
    return [
        _share(
            "points unmoved without punctuation",
            laws.unmoved_without_punctuation(sample.told, encoder),
            0.97,
        ),
        *_moved("10% word errors, spoken answers", spoken),
        *_moved("10% word errors, content of written answers", written),
        *_moved("paraphrased by rule, content", by_rule),
        *_moved("paraphrased by hand, content", by_hand),
    ]


def _moved(what: str, moved: Sequence[moves.Move]) -> list[Row]:
    """Return how many overalls moved by 5 of 100 at most, and what moved the others most."""
    within = [abs(move.overall) <= 5 for move in moved]
    guilty = Counter(move.by[0].value for move in moved if abs(move.overall) > 5 and move.by)
    blamed = ", ".join(f"{name} {count}" for name, count in guilty.most_common())
    beyond = f"{what}: moved by more, most by {blamed}" if blamed else f"{what}: moved by more"
    mean = float(np.mean([abs(move.overall) for move in moved]))
    return [
        _share(f"{what}: moved by 5 of 100 at most", within, 0.9),
        Row(f"{what}: mean move", mean, "of 100", "at most 5", mean <= 5),
        Row(beyond, float(len(within) - sum(within)), f"of {len(within)}", None, None),
    ]


def _range(sample: Sample) -> list[Row]:
    judged = [judge(answer.written, answer.spoken(), sample.encoder) for answer in sample.varied]
    overalls = [one.overall for one in judged if isinstance(one, Score)]
    low, lower, middle, upper, high = np.percentile(overalls, [0, 25, 50, 75, 100])
    spread, quartiles = float(high - low), float(upper - lower)
    told = f"(of {len(overalls)})"
    return [
        Row(f"overalls, lowest to highest {told}", spread, "of 100", "at least 60", spread >= 60),
        Row("overalls, between the quartiles", quartiles, "of 100", "at least 15", quartiles >= 15),
        Row("overalls, median", float(middle), "of 100", None, None),
    ]


def _evidence(encoder: SentenceEncoder, count: int) -> list[Row]:
    pieces = violations = 0
    for seed in range(count):
        case = judged_in_some_way(seed, encoder)
        pieces += len(evidence_of(case.judgement))
        violations += len(check(case.judgement, case.sources))
    return [
        Row("judgements checked for evidence", float(count), "", None, None),
        Row("pieces of evidence in them", float(pieces), "", None, None),
        Row(
            "without evidence, inexact, or invented",
            float(violations),
            "",
            "0",
            violations == 0,
        ),
    ]


def _pairs(
    what: str, pairs: Sequence[tuple[Score, Score]], law: Callable[[Score, Score], bool]
) -> Row:
    return _share(what, [law(before, after) for before, after in pairs], 1.0)


def _share(what: str, held: Sequence[bool], goal: float) -> Row:
    value = laws.share(held)
    return Row(f"{what} (of {len(held)})", value, "", f"at least {goal:g}", value >= goal)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the laws and print them; 2 where that can't be done."""
    parser = argparse.ArgumentParser(prog="benchmarks.laws", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--answers",
        type=int,
        default=ANSWERS,
        help="answers of every quality (default %(default)s)",
    )
    parser.add_argument(
        "--checked", type=int, default=CHECKED, help="judgements checked (default %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if options.answers < FEWEST or options.checked < 1:
        print(f"give at least {FEWEST} answers and 1 judgement to check", file=sys.stderr)
        return 2
    try:
        rows = measure(answers=options.answers, checked=options.checked)
    except EncoderMissingError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"title": NAME, "rows": [asdict(row) for row in rows]}, indent=2))
        return 0
    for row in rows:
        met = "" if row.met is None else "  met" if row.met else "  NOT MET"
        goal = f"  (goal {row.goal})" if row.goal else ""
        print(f"{row.what:<75} {row.value:>9.3f} {row.unit}{goal}{met}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

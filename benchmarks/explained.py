"""`python -m benchmarks.explained`: write the generated parts of docs/how-scoring-works.md.

The worked example is the demo's second answer, spoken by espeak-ng and really transcribed and
scored; the accuracy table holds the recorded rows of `benchmarks/results.json`. With `--check`
nothing is written and the exit code says whether the page is as it would be written.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.__main__ import recorded_sections
from benchmarks.pictures import Mark, Track, marked_words, sound_on_a_line
from benchmarks.row import Row, Section
from question_bank.question import Question
from voicecoach.attempt_result import AttemptResult
from voicecoach.demo.run import run_demo
from voicecoach.readiness import Readiness
from voicecoach.scoring.content import content_of
from voicecoach.scoring.evidence import Measurement, Quote, quote_words
from voicecoach.scoring.result import Criterion, CriterionName, PointState, Score
from voicecoach.scoring.rubric import part_of_overall
from voicecoach.scoring.story import tell_story
from voicecoach.settings import load_settings
from voicecoach.speech.contracts import SpokenQuestion
from voicecoach.speech.span import Span

DOCS: Final = Path(__file__).parents[1] / "docs"
PAGE: Final = DOCS / "how-scoring-works.md"
PICTURES: Final = DOCS / "pictures"
EXAMPLE_TAKE: Final = 1
"""Which of the demo's takes is explained: the second, neither weak nor finished."""

MOST_QUOTE_CHARACTERS: Final = 90


class _Listener:
    """A demo screen that keeps the results and shows nothing."""

    def __init__(self) -> None:
        self.results: list[AttemptResult] = []

    def debriefed(self, questions: tuple[Question, ...], problems: int) -> None: ...

    def asked(self, question: Question, spoken: SpokenQuestion) -> None: ...

    def answered(self, day: int, recording: Path, seconds: float) -> None: ...

    def judged(self, result: AttemptResult) -> None:
        self.results.append(result)

    def stands(self, readiness: Readiness) -> None: ...


def worked_example() -> AttemptResult:
    """Run the demo in a temporary home and return the result that the page explains."""
    with tempfile.TemporaryDirectory() as home:
        listener = _Listener()
        run_demo(load_settings({"home": home}), listener)
    return listener.results[EXAMPLE_TAKE]


def pictures_of(result: AttemptResult) -> dict[str, str]:
    """Return the pictures of an answer as SVG by file name."""
    assert result.transcript is not None
    assert result.score is not None
    assert result.sound is not None
    coverage = _criterion(result.score, CriterionName.COVERAGE)
    points = [
        Mark(piece.start_char, piece.end_char, f"{_STATES[point.state]}: {point.text}")
        for point in coverage.points
        if point.state is not PointState.NOT_HEARD
        for piece in point.evidence
        if isinstance(piece, Quote)
    ]
    return {
        "outline-in-words.svg": marked_words(
            result.transcript, points, "Which words said which point of the outline"
        ),
        "structure-in-words.svg": marked_words(
            result.transcript, _story_marks(result), "Situation, task, action and result"
        ),
        "answer-in-sound.svg": sound_on_a_line(
            result.sound.seconds, _tracks(result), "The same answer as sound"
        ),
    }


def _story_marks(result: AttemptResult) -> list[Mark]:
    assert result.transcript is not None
    content = content_of(result.transcript, question_text=result.question.text)
    marks = []
    for told in tell_story(content.transcript, result.question.kind):
        if told.part is None:
            continue
        quote = quote_words(content.transcript, told.clause.first_word, told.clause.last_word)
        place = content.restore(quote)
        assert isinstance(place, Quote)
        marks.append(Mark(place.start_char, place.end_char, told.part.value))
    return marks


def _tracks(result: AttemptResult) -> list[Track]:
    assert result.sound is not None
    assert result.transcript is not None
    measured: dict[str, list[Span]] = {}
    for measure in result.delivery.measures if result.delivery else ():
        for piece in measure.evidence:
            start, end = piece.start_seconds, piece.end_seconds
            short = start is not None and end is not None and end - start < 10
            if isinstance(piece, Measurement) and short:
                assert start is not None
                assert end is not None
                span = Span(start_seconds=start, end_seconds=end)
                measured.setdefault(piece.name.replace("_", " "), []).append(span)
    words = [
        Span(start_seconds=word.start_seconds, end_seconds=word.end_seconds)
        for word in result.transcript.words
        if word.start_seconds is not None and word.end_seconds is not None
    ]
    return [
        Track("speech", result.sound.speech, "#7fb8de"),
        Track("words", tuple(words), "#3f6f94"),
        Track("silence ≥ 0.25 s", result.sound.pauses, "#c9ced3"),
        *(Track(name, tuple(spans), "#d9822b") for name, spans in measured.items()),
    ]


_STATES: Final = {
    PointState.SAID: "said",
    PointState.PARTLY: "partly said",
    PointState.NOT_HEARD: "not heard",
}


def example_text(result: AttemptResult) -> str:
    """Return the worked example: the answer, each criterion with its arithmetic, the advice."""
    assert result.transcript is not None
    score = result.score
    assert score is not None
    lines = [
        f"**Asked:** {result.question.text}\n",
        f"**Heard** (by a computer voice, {result.recording_seconds or 0:.0f} seconds):\n",
        f"> {result.transcript.text}\n",
        "![Which words said which point](pictures/outline-in-words.svg)\n",
        "![Structure](pictures/structure-in-words.svg)\n",
        "![The sound](pictures/answer-in-sound.svg)\n",
        "| criterion | level | weight | adds | because |",
        "|---|---|---|---|---|",
    ]
    lines += [_criterion_row(criterion) for criterion in score.criteria]
    added = " + ".join(
        f"{part_of_overall(one.level, one.weight):.1f}"
        for one in score.criteria
        if one.level is not None
    )
    lines += [
        "",
        f"Each criterion adds weight × (level − 1) / 4: {added} = **{score.overall:g} of 100**.\n",
        "What it says to do next, each with the evidence that caused it:\n",
        *(f"{n}. {advice.text}" for n, advice in enumerate(score.advice, start=1)),
    ]
    if score.follow_up:
        lines.append(f"\nAn interviewer would now ask: *{score.follow_up}*")
    return "\n".join(lines)


def _criterion_row(criterion: Criterion) -> str:
    name = criterion.name.value.replace("_", " ")
    if criterion.level is None:
        return f"| {name} | not measured | 0 | – | {criterion.not_measured or ''} |"
    adds = part_of_overall(criterion.level, criterion.weight)
    return (
        f"| {name} | {criterion.level:g} | {criterion.weight:.1f} | {adds:.1f} "
        f"| {criterion.anchor} {_first_quote(criterion)} |"
    )


def _first_quote(criterion: Criterion) -> str:
    for piece in criterion.evidence:
        if isinstance(piece, Quote):
            shown = piece.quote
            if len(shown) > MOST_QUOTE_CHARACTERS:
                shown = shown[:MOST_QUOTE_CHARACTERS].rsplit(" ", 1)[0] + " …"
            return f"“{shown}” at {piece.start_seconds or 0:.1f} s"
    return ""


def _criterion(score: Score, name: CriterionName) -> Criterion:
    return next(one for one in score.criteria if one.name is name)


def accuracy_table(sections: Mapping[str, Section], chosen: Sequence[str]) -> str:
    """Return the rows with a goal of the chosen benchmarks as one table."""
    lines = ["| what was measured | value | goal | reached |", "|---|---|---|---|"]
    for name in chosen:
        section = sections.get(name)
        if section is None:
            continue
        lines.append(f"| **{section.title}** | | | |")
        lines += [_accuracy_row(row) for row in section.rows if row.goal is not None]
    return "\n".join(lines)


def _accuracy_row(row: Row) -> str:
    value = "not measured" if row.value is None or row.value != row.value else f"{row.value:.3g}"
    return f"| {row.what} | {value} {row.unit} | {row.goal} | {'yes' if row.met else '**no**'} |"


def with_generated(page: str, parts: Mapping[str, str]) -> str:
    """Return the page with the text between each pair of markers replaced.

    Raises:
        ValueError: a marker is missing.
    """
    for name, text in parts.items():
        begin, end = f"<!-- generated: {name} -->", f"<!-- end: {name} -->"
        if begin not in page or end not in page:
            raise ValueError(f"the page has no markers for {name}")
        before, rest = page.split(begin, 1)
        page = f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end, 1)[1]}"
    return page


ACCURACY: Final = (
    "coverage",
    "attacks",
    "laws",
    "structure",
    "delivery",
    "filled_pauses",
    "unscoreable",
    "alignment",
)
"""The benchmarks whose goals stand in the accuracy table."""


def main() -> int:
    """Write the generated parts, or say whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args().check
    result = worked_example()
    files = {PICTURES / name: svg for name, svg in pictures_of(result).items()}
    files[PAGE] = with_generated(
        PAGE.read_text(encoding="utf-8"),
        {
            "example": example_text(result),
            "accuracy": accuracy_table(recorded_sections(), ACCURACY),
        },
    )
    stale = [
        path
        for path, text in files.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if check:
        for path in stale:
            print(f"not up to date: {path.name}", file=sys.stderr)
        return 1 if stale else 0
    PICTURES.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(files[path], encoding="utf-8")
        print(f"written: {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

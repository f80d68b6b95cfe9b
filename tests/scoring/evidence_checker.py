"""Checks that a judgement stands on evidence and that its words invent nothing.

Written apart from the code it checks and sharing none of it: numbers, names and quotations are
found anew here. It knows three sources: what the person said (every transcript version), what
they wrote (outline, question), and the few numbers of the rubric's own (`RUBRIC_NUMBERS`).

What it can't see: a name at the very beginning of a sentence, where every word has a capital.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from question_bank.outline import Outline
from voicecoach.scoring.evidence import Absence, Evidence, Measurement, Quote
from voicecoach.scoring.result import Criterion, Judgement, Measure, Score
from voicecoach.scoring.rubric import (
    SPECIFICS_FOR_LEVEL,
    TOO_FEW_WORDS,
    TOO_FEW_WORDS_FOLLOW_UP,
    TOO_FEW_WORDS_TO_ASK,
)
from voicecoach.speech.transcript import Transcript

RUBRIC_NUMBERS: Final = {
    "anchor": frozenset(float(count) for count in SPECIFICS_FOR_LEVEL),
    "reason": frozenset(map(float, (TOO_FEW_WORDS, TOO_FEW_WORDS_FOLLOW_UP, TOO_FEW_WORDS_TO_ASK))),
}
"""Numbers that the rubric itself brings: how many specifics or actions a level describes, and the
fewest words that are judged. Advice and follow-ups have none."""

OWN_COMMANDS: Final = frozenset({"voicecoach doctor"})
"""What the product may quote of itself."""

_UNITS: Final = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    word: 20.0 + 10 * place
    for place, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_SCALES: Final = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_OTHERS: Final = {"dozen": 12.0, "twice": 2.0, "doubled": 2.0, "tripled": 3.0, "halved": 0.5}
_NO_COUNT: Final = re.compile(
    r"\b(?:this|that|the|which|each|every|another|any|no) one\b|\bone (?:of|go|another)\b"
    r"|\bin one\b|\bone thing\b",
    re.IGNORECASE,
)
"""Where "one" is a pronoun or a manner of speaking and counts nothing."""
_TOKEN: Final = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+|[.,;:!?]")
_QUOTED: Final = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_FIRST_PERSON: Final = re.compile(r"I(?:['’]\w+)?$")
_NAME: Final = re.compile(r"[A-Z][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is not as it should be: where in the judgement, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that feedback may draw on.

    `transcripts` are the versions of the answer; `seconds` the length of the recording (None:
    typed). `names` are further names that may appear (the languages heard and expected).
    """

    transcripts: Sequence[Transcript]
    outline: Outline | None
    question: str
    seconds: float | None = None
    names: frozenset[str] = field(default_factory=frozenset)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything the person said or wrote."""
        points = () if self.outline is None else tuple(one.text for one in self.outline.points)
        return (*(one.text for one in self.transcripts), *points, self.question)


def check(judgement: Judgement, sources: Sources) -> list[Violation]:
    """Return all that lacks evidence or was invented in a judgement; empty where all is well."""
    if not isinstance(judgement, Score):
        return [
            violation
            for reason in judgement.reasons
            for violation in _inventions("reason", reason, sources, _counts(sources))
        ]
    return [
        *(found for one in judgement.criteria for found in _criterion(one, sources)),
        *_advice(judgement, sources),
    ]


def evidence_of(judgement: Judgement) -> list[Evidence]:
    """Return every piece of evidence in a judgement."""
    if not isinstance(judgement, Score):
        return []
    pieces: list[Evidence] = [*judgement.follow_up_because]
    for criterion in judgement.criteria:
        pieces += criterion.evidence
        pieces += [piece for point in criterion.points for piece in point.evidence]
        pieces += [piece for measure in criterion.measures for piece in measure.evidence]
    for advice in judgement.advice:
        pieces += advice.because
    return pieces


def _criterion(criterion: Criterion, sources: Sources) -> Iterator[Violation]:
    where = criterion.name.value
    if criterion.level is None:
        if not criterion.not_measured:
            yield Violation(where, "has neither level nor reason")
        yield from _inventions(
            where, criterion.not_measured or "", sources, _measured(criterion.evidence)
        )
    elif not criterion.evidence:
        yield Violation(where, "a level without evidence")
    elif not criterion.anchor:
        yield Violation(where, "a level without its description")
    yield from _inventions(where, criterion.anchor, sources, RUBRIC_NUMBERS["anchor"])
    yield from _pieces(where, criterion.evidence, sources)
    for point in criterion.points:
        if not point.evidence:
            yield Violation(f"point {point.point_id}", "a state without evidence")
        yield from _pieces(f"point {point.point_id}", point.evidence, sources)
    for measure in criterion.measures:
        yield from _measure(measure, sources)


def _measure(measure: Measure, sources: Sources) -> Iterator[Violation]:
    if measure.level is None and not measure.not_measured:
        yield Violation(measure.name, "has neither level nor reason")
    if measure.level is not None and not measure.evidence:
        yield Violation(measure.name, "a level without evidence")
    yield from _inventions(
        measure.name,
        measure.not_measured or "",
        sources,
        _measured(measure.evidence) | _counted(measure.evidence),
    )
    yield from _pieces(measure.name, measure.evidence, sources)


def _advice(score: Score, sources: Sources) -> Iterator[Violation]:
    for advice in score.advice:
        where = f"advice on {advice.criterion.value}"
        if not advice.because:
            yield Violation(where, "advice without evidence")
        yield from _inventions(where, advice.text, sources, frozenset())
        yield from _pieces(where, advice.because, sources)
    if score.follow_up is not None:
        if not score.follow_up_because:
            yield Violation("follow-up", "a question without evidence")
        yield from _inventions("follow-up", score.follow_up, sources, frozenset())
        yield from _pieces("follow-up", score.follow_up_because, sources)


# Evidence


def _pieces(where: str, pieces: Iterable[Evidence], sources: Sources) -> Iterator[Violation]:
    for piece in pieces:
        version = piece.transcript_version
        transcript = next((one for one in sources.transcripts if one.version == version), None)
        if transcript is None:
            yield Violation(where, f"evidence of a transcript version {version} that is not there")
        elif isinstance(piece, Quote):
            yield from _quote(where, piece, transcript)
        elif isinstance(piece, Absence):
            yield from _absence(where, piece, transcript)
        else:
            yield from _measurement(where, piece, transcript)
        start, end = piece.start_seconds, piece.end_seconds
        if (start is None) != (end is None):
            yield Violation(where, "a span of time with one end")
        if start is not None and end is not None:
            if not 0 <= start <= end:
                yield Violation(where, f"a span of time from {start} to {end}")
            if sources.seconds is not None and end > sources.seconds + 1e-6:
                yield Violation(where, f"a span of time beyond the recording ({end})")


def _quote(where: str, quote: Quote, transcript: Transcript) -> Iterator[Violation]:
    if not quote.quote.strip():
        yield Violation(where, "an empty quote")
    if transcript.text[quote.start_char : quote.end_char] != quote.quote:
        yield Violation(where, f"“{quote.quote}” does not stand where it is said to")
    inside = [
        word
        for word in transcript.words
        if word.start_char < quote.end_char and word.end_char > quote.start_char
    ]
    if not inside:
        yield Violation(where, f"“{quote.quote}” quotes no word")
        return
    if (quote.start_seconds, quote.end_seconds) != (
        inside[0].start_seconds,
        inside[-1].end_seconds,
    ):
        yield Violation(where, f"“{quote.quote}” does not have the times of its words")


def _absence(where: str, absence: Absence, transcript: Transcript) -> Iterator[Violation]:
    if not absence.looked_for.strip():
        yield Violation(where, "an absence of nothing")
    if not 0 <= absence.start_char <= absence.end_char <= len(transcript.text):
        yield Violation(where, "an absence outside of the text")


def _measurement(where: str, piece: Measurement, transcript: Transcript) -> Iterator[Violation]:
    if not math.isfinite(piece.value):
        yield Violation(where, f"{piece.name} is {piece.value}")
    if not piece.name or not piece.unit:
        yield Violation(where, "a measurement without name or unit")
    timed = bool(transcript.words) and transcript.words[0].start_seconds is not None
    if timed and piece.start_seconds is None:
        yield Violation(where, f"{piece.name} has no span of the sound")


# Inventions


def _inventions(
    where: str, text: str, sources: Sources, own_numbers: frozenset[float]
) -> Iterator[Violation]:
    """Yield the numbers, names and quotations of a text that no source has."""
    known = {number for source in sources.texts for number in numbers_in(source)} | own_numbers
    for number in numbers_in(text):
        if number not in known:
            yield Violation(where, f"the number {number:g} in “{text}” comes from nowhere")
    said = " ".join(_flat(source) for source in sources.texts)
    for name in names_in(text):
        if name not in sources.names and f" {_flat(name).strip()} " not in f" {said} ":
            yield Violation(where, f"the name {name} in “{text}” comes from nowhere")
    for quoted in _QUOTED.findall(text):
        exact = any(quoted.casefold() in source.casefold() for source in sources.texts)
        if not exact and quoted not in OWN_COMMANDS:
            yield Violation(where, f"nobody said “{quoted}”")


def _flat(text: str) -> str:
    return " ".join(re.findall(r"[\w]+", text.casefold().replace("'s", "").replace("’s", "")))


def _counts(sources: Sources) -> frozenset[float]:
    """Return the numbers of a refusal: the rubric's, and any count of words up to its fewest."""
    most = min(len(sources.transcripts[0].words), TOO_FEW_WORDS) if sources.transcripts else 0
    return RUBRIC_NUMBERS["reason"] | {float(count) for count in range(most + 1)}


def _counted(pieces: Sequence[Evidence]) -> frozenset[float]:
    """Return how many quotes there are, how many measurements of each name, and both together.

    "About 3 were heard, 2 of them in the sound only" counts the pieces of evidence beside it.
    """
    quotes = sum(isinstance(piece, Quote) for piece in pieces)
    names = Counter(piece.name for piece in pieces if isinstance(piece, Measurement))
    return frozenset(
        float(n) for n in (quotes, *names.values(), *(quotes + n for n in names.values()))
    )


def _measured(pieces: Iterable[Evidence]) -> frozenset[float]:
    """Return the values measured, as they stand and rounded: a reason may name them."""
    values = [piece.value for piece in pieces if isinstance(piece, Measurement)]
    return frozenset([*values, *(float(round(value)) for value in values)])


def names_in(text: str) -> list[str]:
    """Return the capitalised words of a text but for those that open a sentence or a quotation."""
    found: list[str] = []
    for sentence in re.split(r"[.!?:…]\s+|[“”\"]\s*", text):
        words = sentence.split()
        for word in words[1:]:
            bare = word.strip(".,;:!?()[]“”\"'‘’…")
            if _NAME.fullmatch(bare) and not _FIRST_PERSON.match(bare):
                found.append(bare)
    return found


def numbers_in(text: str) -> list[float]:
    """Return the numbers in a text, written in digits or words: "31%", "two thousand", "twice"."""
    found: list[float] = []
    plain = _NO_COUNT.sub(" ", text)
    total = part = 0.0
    open_number = False
    for match in _TOKEN.finditer(plain):
        token = match[0].lower()
        value = _UNITS.get(token, _TENS.get(token))
        if value is not None:
            joins = open_number and (part % 100 >= 20 and part % 10 == 0 and 0 < value < 10)
            joins = joins or (open_number and part % 100 == 0 and total + part > 0)
            if open_number and not joins:
                found.append(total + part)
                total = part = 0.0
            part += value
            open_number = True
        elif token in _SCALES and open_number:
            part = part * _SCALES[token]
            if token != "hundred":
                total, part = total + part, 0.0
        elif token == "and" and open_number and (part % 100 == 0 or part == 0):
            continue
        else:
            if open_number:
                found.append(total + part)
                total, part, open_number = 0.0, 0.0, False
            if token[0].isdigit():
                found.append(float(token.replace(",", "")))
            elif token in _OTHERS:
                found.append(_OTHERS[token])
            elif token in _SCALES:
                found.append(_SCALES[token])
    if open_number:
        found.append(total + part)
    return found

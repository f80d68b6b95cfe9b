"""A debrief told freely, split into what it says: questions, answers, feelings, facts. Pure.

Regular rules of the language find stretches of what was said; nothing is made up. Each finding
keeps the place of its quote. What a finding proposes is the quote itself, but for questions that
were reported ("they asked me why I left"), which are turned into the question ("Why did you
leave?") and marked as reworded.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from question_bank.direct_question import direct_question
from question_bank.monologue_answers import answers_in, question_of
from question_bank.monologue_facts import company_in, day_in, role_in
from question_bank.monologue_feelings import feelings_in
from question_bank.monologue_hindsight import hindsight_in
from question_bank.monologue_questions import questions_in
from question_bank.monologue_text import Span, plain_form, sentences_of
from question_bank.near_duplicate import words_of


class FindingKind(StrEnum):
    """What a stretch of a monologue is."""

    COMPANY = "company"
    ROLE = "role"
    DAY = "day"
    QUESTION = "question"
    ANSWER = "answer"
    FEELING = "feeling"
    WENT_WELL = "went_well"
    DIFFERED = "differed_from_expected"
    BETTER = "could_answer_better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was said.

    `quote == text[start_char:end_char]`. `words` is what is proposed for the bank; `reworded` is
    true where its words are not the quote's. `intensity` (1 to 5) is a feeling's. `answers` is the
    place of the question, among the questions found, that an answer belongs to.
    """

    kind: FindingKind
    words: str
    quote: str
    start_char: int
    end_char: int
    reworded: bool = False
    intensity: int | None = None
    answers: int | None = None


def split_monologue(text: str, *, today: date) -> tuple[Finding, ...]:
    """Return what a monologue says, in the order in which it is said. Never raises.

    Args:
        text: what was said, as it was written down, with or without punctuation.
        today: the day on which it was told, which "yesterday" refers to.
    """
    plain = plain_form(text)
    sentences = sentences_of(plain)
    questions = questions_in(plain, sentences)
    answers = answers_in(plain, sentences, questions)
    taken = (*questions, *answers)
    hindsight = hindsight_in(plain, sentences, taken)
    looking_back = tuple(span for _, span in hindsight)
    found = [_question(text, span) for span in questions]
    found += [
        _finding(FindingKind.ANSWER, text, span, answers=question_of(span, questions))
        for span in answers
    ]
    found += [_finding(FindingKind(kind.value), text, span) for kind, span in hindsight]
    found += [
        _finding(FindingKind.FEELING, text, one.span, words=one.word, intensity=one.intensity)
        for one in feelings_in(plain, sentences)
        if not any(one.span.overlaps(other) for other in (*taken, *looking_back))
    ]
    company = company_in(text, plain, taken)
    if company is not None:
        found.append(_finding(FindingKind.COMPANY, text, company))
    role = role_in(plain, taken, company)
    if role is not None:
        found.append(_finding(FindingKind.ROLE, text, role))
    day = day_in(plain, taken, today)
    if day is not None:
        words = day.day.isoformat() if day.day else day.span.of(text)
        found.append(_finding(FindingKind.DAY, text, day.span, words=words))
    return tuple(sorted(found, key=lambda one: (one.start_char, one.end_char)))


def _question(text: str, span: Span) -> Finding:
    quote = span.of(text)
    # The stop behind a quote tells a question that was spoken out from a task.
    asked = direct_question(quote + text[span.end : span.end + 1].strip(" ,;:"))
    reworded = words_of(asked) != words_of(quote)
    return _finding(FindingKind.QUESTION, text, span, words=asked, reworded=reworded)


def _finding(
    kind: FindingKind,
    text: str,
    span: Span,
    *,
    words: str | None = None,
    reworded: bool = False,
    intensity: int | None = None,
    answers: int | None = None,
) -> Finding:
    quote = span.of(text)
    return Finding(
        kind=kind,
        words=_sentence_case(re.sub(r"\s+", " ", quote), kind) if words is None else words,
        quote=quote,
        start_char=span.start,
        end_char=span.end,
        reworded=reworded,
        intensity=intensity,
        answers=answers,
    )


def _sentence_case(words: str, kind: FindingKind) -> str:
    """Return a sentence with a capital; names and feelings stay as they were said."""
    if kind in {FindingKind.FEELING, FindingKind.COMPANY, FindingKind.DAY}:
        return words
    return words[:1].upper() + words[1:]

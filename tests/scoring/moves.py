"""How far a score moves when the same is said in another form: misheard, or in other words."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.scoring.answer_generator import WrittenAnswer
from tests.scoring.composed_answers import ComposedAnswer
from tests.scoring.judging import judge, score
from tests.scoring.laws import earned_by
from tests.scoring.misheard import with_recognition_errors
from tests.scoring.paraphrasing import by_hand, paraphrased
from voicecoach.scoring.result import CriterionName, Score
from voicecoach.speech.contracts import SentenceEncoder


@dataclass(frozen=True, slots=True)
class Move:
    """How far an overall moved (of 100), and by which criteria, most first."""

    overall: float
    by: tuple[CriterionName, ...]


def moves_by_word_errors(
    answers: Sequence[ComposedAnswer], encoder: SentenceEncoder, *, rate: float
) -> list[Move]:
    """Return how the overall of each spoken answer moves with a recogniser's word errors."""
    found: list[Move] = []
    for answer in answers:
        heard = with_recognition_errors(answer.text, rate=rate, seed=answer.recipe.seed)
        before = judge(answer.written, answer.spoken(), encoder)
        after = judge(answer.written, answer.spoken(heard), encoder)
        if isinstance(before, Score) and isinstance(after, Score):
            found.append(_move(before, after))
    return found


def written_moves_by_word_errors(
    answers: Sequence[WrittenAnswer], encoder: SentenceEncoder, *, rate: float, seeds: Sequence[int]
) -> list[Move]:
    """Return the same for the content of written answers, for each seed."""
    return [
        _move(
            score(answer, answer.text, encoder),
            score(answer, with_recognition_errors(answer.text, rate=rate, seed=seed), encoder),
        )
        for answer in answers
        for seed in seeds
    ]


def moves_by_paraphrase(answers: Sequence[ComposedAnswer], encoder: SentenceEncoder) -> list[Move]:
    """Return how the content of each answer moves when it is told in other words by rule."""
    return [
        _move(
            score(answer.written, answer.written.text, encoder),
            score(
                answer.written,
                paraphrased(answer.written.text, seed=answer.recipe.seed),
                encoder,
            ),
        )
        for answer in answers
    ]


def moves_by_hand(answers: Sequence[WrittenAnswer], encoder: SentenceEncoder) -> list[Move]:
    """Return how the content of written answers moves when they are told again by hand."""
    told_again = by_hand()
    return [
        _move(
            score(answer, answer.text, encoder),
            score(answer, " ".join(told_again[answer.name]), encoder),
        )
        for answer in answers
        if answer.name in told_again
    ]


def _move(before: Score, after: Score) -> Move:
    moved = {name: earned_by(after, name) - earned_by(before, name) for name in CriterionName}
    by = sorted((name for name in moved if moved[name]), key=lambda name: -abs(moved[name]))
    return Move(round(after.overall - before.overall, 1), tuple(by))

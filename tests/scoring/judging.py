"""Scores an answer of the generators with the real code, its text or delivery changed at will."""

from collections.abc import Mapping, Sequence

from question_bank.outline import Outline
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import WrittenAnswer, spoken
from voicecoach.scoring.result import Criterion, CriterionName, Judgement, Score
from voicecoach.scoring.score import score_answer
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.contracts import EncodedText, SentenceEncoder
from voicecoach.speech.transcript import Transcript

TARGETS: Mapping[QuestionKind, int] = {
    QuestionKind.BEHAVIOURAL: 120,
    QuestionKind.TECHNICAL: 120,
    QuestionKind.MOTIVATIONAL: 90,
    QuestionKind.SITUATIONAL: 90,
    QuestionKind.TO_ASK: 20,
}
"""Target seconds per kind."""

CONTENT = frozenset(CriterionName) - {CriterionName.DELIVERY}


class RememberingEncoder:
    """An encoder that encodes each text once; generated answers share most of their sentences.

    It keeps the last `most` texts, about 50 kB each; all where it is None.
    """

    def __init__(self, encoder: SentenceEncoder, most: int | None = None) -> None:
        self._encoder = encoder
        self._most = most
        self._known: dict[str, EncodedText] = {}

    def __call__(self, texts: Sequence[str]) -> list[EncodedText]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder(new), strict=True))
        encoded = [self._known[text] for text in texts]
        if self._most is not None:
            for text in list(self._known)[: max(0, len(self._known) - self._most)]:
                del self._known[text]
        return encoded


def judge(
    answer: WrittenAnswer,
    said: str | tuple[Transcript, SoundMeasures | None],
    encoder: SentenceEncoder | None,
    *,
    others: Mapping[str, Outline] | None = None,
    heard: Transcript | None = None,
) -> Judgement:
    """Return the judgement of an answer to this answer's question, told as `said`.

    A text alone is judged for its content only (no sound).
    """
    transcript, sound = (spoken(said), None) if isinstance(said, str) else said
    return score_answer(
        transcript=transcript,
        sound=sound,
        question_text=answer.question,
        kind=answer.kind,
        target_seconds=TARGETS[answer.kind],
        outline=answer.outline,
        other_questions=tuple(others or ()),
        other_outlines=others or {},
        encoder=encoder,
        encoder_name=None if encoder is None else "all-MiniLM-L6-v2",
        expected_language="en",
        heard=heard,
    )


def score(
    answer: WrittenAnswer,
    said: str | tuple[Transcript, SoundMeasures | None],
    encoder: SentenceEncoder | None,
    *,
    others: Mapping[str, Outline] | None = None,
) -> Score:
    """Return the score of an answer that must not be refused."""
    judged = judge(answer, said, encoder, others=others)
    assert isinstance(judged, Score), f"{answer.name} was refused: {judged}"
    return judged


def criterion(scored: Score, name: CriterionName) -> Criterion | None:
    """Return one criterion of a score; None where it is absent."""
    return next((one for one in scored.criteria if one.name is name), None)


def levels(scored: Score) -> dict[CriterionName, float]:
    """Return the level of each criterion that has one."""
    return {one.name: one.level for one in scored.criteria if one.level is not None}

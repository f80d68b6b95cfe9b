"""Questions that are nearly the same: offered for merging, never merged in silence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from question_bank.question import Question
from voicecoach.cli.asking import ask_yes
from voicecoach.cli.session import Session

if TYPE_CHECKING:
    from question_bank.question_shelf import NearDuplicate


def settle_duplicates(
    session: Session,
    question: Question,
    near_duplicates: "Sequence[NearDuplicate]",
    decision: str | None,
) -> Question:
    """Offer to merge a new question with one that is nearly the same; return what is left.

    Args:
        session: this run.
        question: the one that has just entered.
        near_duplicates: stored ones like it, the most alike first.
        decision: "merge", "keep", or None to ask (off a terminal: keep, and say how to merge).
    """
    if not near_duplicates or decision == "keep":
        return question
    with session.coach.reading_bank() as bank:
        kept = bank.get_question(near_duplicates[0].question.id)
        question = bank.get_question(question.id)
    if kept.id == question.id:
        return question
    if decision is None and session.screen.at_terminal:
        session.screen.line(f"New: {question.text}", indent=2)
        session.screen.line(f"You have: {kept.text}", indent=2)
        if ask_yes(session.screen, "Are they the same question?", default=True):
            decision = "merge"
    elif decision is None:
        session.screen.note(
            f"{question.text!r} is nearly the same as {kept.text!r}. To make one of them: "
            f"voicecoach questions merge {kept.id} {question.id}"
        )
    if decision == "merge":
        return session.coach.merge_questions(kept.id, question.id)
    return question

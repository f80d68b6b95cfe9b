"""How answers under pressure compare with calm ones to the same questions. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from voicecoach.attempt_reading import Take

ENOUGH_PAIRS: Final = 3
"""Questions answered both ways below which nothing is compared: single answers scatter by more
than pressure is likely to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureComparison:
    """Mean overalls (0–100) over the same questions; None while there are too few of them."""

    questions: int
    under_pressure: float | None
    calm: float | None

    def as_sentence(self) -> str:
        """The comparison in a sentence, or what is missing for one."""
        if self.under_pressure is None or self.calm is None:
            so_far = {0: "none was yet", 1: "one was so far"}.get(self.questions, "two were so far")
            return (
                "How pressure changes your answers shows once "
                f"{ENOUGH_PAIRS} questions were answered aloud both ways; {so_far}."
            )
        return (
            f"Under pressure your answers to {self.questions} questions came to "
            f"{self.under_pressure:.0f} of 100 on average; the calm ones nearest to them in time "
            f"came to {self.calm:.0f}."
        )


def compare_pressure(takes: Iterable[Take], pressed: Collection[str]) -> PressureComparison:
    """Compare the newest answer under pressure with the calm one nearest to it in time.

    Nearest, because both get better with practice. Typed answers are left out, and those to
    follow-ups.

    Args:
        takes: the log of answers.
        pressed: ids of the answers that were given under pressure.
    """
    under: dict[str, Take] = {}
    calm: dict[str, list[Take]] = {}
    for take in sorted(takes, key=lambda take: take.started_at):
        if take.overall is None or take.typed or take.parent_id is not None:
            continue
        if take.attempt_id in pressed:
            under[take.question_id] = take
        else:
            calm.setdefault(take.question_id, []).append(take)
    pairs = [
        (take, min(calm[question], key=lambda one: abs(one.started_at - take.started_at)))
        for question, take in under.items()
        if question in calm
    ]
    if len(pairs) < ENOUGH_PAIRS:
        return PressureComparison(questions=len(pairs), under_pressure=None, calm=None)
    return PressureComparison(
        questions=len(pairs),
        under_pressure=fmean(one.overall or 0.0 for one, _ in pairs),
        calm=fmean(one.overall or 0.0 for _, one in pairs),
    )

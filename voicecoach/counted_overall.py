"""Which figure of an answer counts for readiness once it is judged anew. Pure.

What is judged anew may be shown as it is; what counts is what the answer was worth when it was
given. A point put into the outline afterwards, weights of one's own, or words that nobody can make
sense of don't make an earlier answer a better one.
"""

from voicecoach.agreement import base_version
from voicecoach.scoring.result import Judgement, Score


def counted_overall(before: float | None, first: Score | None, judged: Judgement) -> float | None:
    """Return the overall (0–100) that counts after a judgement; None for none.

    A correction of the words counts in full where the yardstick is the one of the first score: its
    outline, weights and cut-points. By another yardstick it may lower what counts, not raise it. An
    answer that had a score keeps it where its words became unscoreable. A new rubric has a scale of
    its own, and counts.

    Args:
        before: what counted before.
        first: the first score the answer had.
        judged: the new judgement.
    """
    if not isinstance(judged, Score):
        return before
    if before is None or first is None:
        return judged.overall
    if base_version(first.rubric_version) != base_version(judged.rubric_version):
        return judged.overall
    same = _yardstick(first) == _yardstick(judged)
    return judged.overall if same else min(before, judged.overall)


def _yardstick(score: Score) -> tuple[object, ...]:
    return score.rubric_version, score.outline_version, score.cut_points

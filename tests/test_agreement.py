"""How often the person agrees with the coach, and which words can teach the cut-points."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.agreement import (
    PointVerdict,
    agreement_of,
    calibration_data,
    newest_verdicts,
    rate_of,
    wilson_interval,
)
from voicecoach.scoring.cut_points import AGREES_WITH, Verdict
from voicecoach.scoring.result import PointState

SAID = PointVerdict(
    attempt_id="a",
    point_id="p",
    transcript_version=1,
    verdict=Verdict.SAID,
    state=PointState.SAID,
    similarity=0.8,
    guard=None,
    rubric_version="2",
    encoder="minilm",
    given_at=datetime(2026, 11, 26, tzinfo=UTC),
)


def test_wilsons_interval_is_the_published_one() -> None:
    """Newcombe 1998, table I: 81 of 263, and 0 of 20."""
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    with pytest.raises(ValueError, match="nothing"):
        wilson_interval(0, 0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval(found: tuple[int, int]) -> None:
    agreed, judged = found
    rate = rate_of(agreed, judged)
    assert rate.low is not None
    assert rate.high is not None
    assert rate.share is not None
    assert 0 <= rate.low <= rate.share + 1e-9
    assert rate.share <= rate.high + 1e-9 <= 1 + 1e-9


def test_agreement_is_told_for_each_state_the_coach_gave() -> None:
    verdicts = [
        SAID,
        replace(SAID, verdict=Verdict.NOT_SAID),
        replace(SAID, state=PointState.NOT_HEARD),
        replace(SAID, state=PointState.NOT_HEARD, verdict=Verdict.NOT_SAID),
        replace(SAID, state=PointState.NOT_HEARD, verdict=Verdict.PARTLY),
    ]
    agreement = agreement_of(verdicts)
    assert (agreement.overall.agreed, agreement.overall.judged) == (2, 5)
    by_state = {row.state: (row.rate.agreed, row.rate.judged) for row in agreement.by_state}
    assert by_state == {
        PointState.SAID: (1, 2),
        PointState.PARTLY: (0, 0),
        PointState.NOT_HEARD: (1, 3),
    }
    assert agreement.by_state[1].rate.share is None


def test_without_a_word_there_is_no_rate() -> None:
    assert agreement_of([]).overall.share is None


def test_every_verdict_has_one_state_that_says_the_same() -> None:
    assert set(AGREES_WITH) == set(Verdict)
    assert set(AGREES_WITH.values()) == set(PointState)


def test_the_newest_word_about_a_point_counts() -> None:
    changed = replace(SAID, verdict=Verdict.NOT_SAID)
    elsewhere = replace(SAID, attempt_id="b")
    assert newest_verdicts([SAID, elsewhere, changed]) == (elsewhere, changed)
    assert newest_verdicts([SAID, elsewhere, replace(SAID, verdict=None)]) == (elsewhere,)


@pytest.mark.parametrize(
    ("verdict", "counts"),
    [
        (SAID, True),
        (replace(SAID, rubric_version="2+a1b2c3"), True),
        (replace(SAID, guard="negation"), False),
        (replace(SAID, rubric_version="1"), False),
        (replace(SAID, encoder="another"), False),
        (replace(SAID, verdict=None), False),
    ],
)
def test_only_words_on_what_likeness_decided_can_teach(
    verdict: PointVerdict, *, counts: bool
) -> None:
    found = calibration_data([verdict], rubric_version="2", encoder="minilm")
    assert bool(found) == counts

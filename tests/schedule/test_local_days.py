"""A day is a day where the person lives, also when their clocks change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.local_days import local_day, local_days, local_moment, next_midnight
from tests.rehearsals import BERLIN

zones = st.sampled_from(
    [UTC, BERLIN, ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Adak")]
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@settings(deadline=None)
@given(st.lists(moments, max_size=20), zones)
def test_many_moments_fall_on_the_same_days_as_one_by_one(
    some: list[datetime], zone: ZoneInfo
) -> None:
    at = np.array([moment.timestamp() for moment in some])

    assert local_days(at, zone).tolist() == [local_day(m, zone).toordinal() for m in some]


def test_late_evening_in_new_york_is_not_yet_tomorrow() -> None:
    late = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)

    assert local_day(late, ZoneInfo("America/New_York")) == date(2026, 3, 2)


def test_the_day_the_clocks_change_ends_an_hour_early() -> None:
    noon = datetime(2026, 3, 29, 10, tzinfo=UTC)

    assert next_midnight(noon, BERLIN) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert local_moment(date(2026, 3, 28), 0, BERLIN) == datetime(2026, 3, 27, 23, tzinfo=UTC)

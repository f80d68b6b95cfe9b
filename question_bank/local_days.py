"""A day is a day where the person lives.

Moments are UTC-aware datetimes or seconds since the epoch; `zone` is where the person lives.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

import numpy as np

from question_bank.memory import SECONDS_PER_DAY, Floats, Integers

_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


def local_day(moment: datetime, zone: tzinfo) -> date:
    """Return the calendar day of a moment."""
    return moment.astimezone(zone).date()


def local_moment(day: date, hour: int, zone: tzinfo) -> datetime:
    """Return the UTC moment at which the clock shows this full hour on this day."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def next_midnight(moment: datetime, zone: tzinfo) -> datetime:
    """Return the UTC moment at which the day of a moment ends."""
    return local_moment(local_day(moment, zone) + timedelta(days=1), 0, zone)


def local_days(at: Floats, zone: tzinfo) -> Integers:
    """Return the proleptic ordinal of each moment's day, as `date.toordinal` counts.

    The clock's offset is looked up at both ends of each UTC day in use, and moment by moment only
    on the few days on which it changes.
    """
    utc_day = np.floor(at / SECONDS_PER_DAY).astype(np.int64)
    days, place = np.unique(utc_day, return_inverse=True)
    opening = np.array([_offset_seconds(day * SECONDS_PER_DAY, zone) for day in days.tolist()])
    closing = np.array(
        [_offset_seconds((day + 1) * SECONDS_PER_DAY - 1, zone) for day in days.tolist()]
    )
    offset = opening[place] if len(days) else np.zeros(0)
    for position in np.flatnonzero((opening != closing)[place]) if len(days) else ():
        offset[position] = _offset_seconds(float(at[position]), zone)
    return np.floor((at + offset) / SECONDS_PER_DAY).astype(np.int64) + _EPOCH_DAY


def _offset_seconds(at: float, zone: tzinfo) -> float:
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0

"""Timing two ways of doing the same thing in one run, turn by turn, on the same machine."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of every run of one way."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median in seconds."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> str:
        """Fastest and slowest run in words."""
        return f"{min(self.seconds):.3f}–{max(self.seconds):.3f} s"


def time_side_by_side(
    first: Callable[[], object],
    second: Callable[[], object],
    *,
    runs: int,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[Timing, Timing]:
    """Run both in turn, `runs` times each after one unmeasured run, and return their timings.

    With `time.process_time` as clock the processor's time counts, over all threads.
    """
    first()
    second()
    taken: tuple[list[float], list[float]] = ([], [])
    for run in range(runs):
        ways = (first, second) if run % 2 == 0 else (second, first)
        for way in ways:
            start = clock()
            way()
            taken[0 if way is first else 1].append(clock() - start)
    return Timing(tuple(taken[0])), Timing(tuple(taken[1]))


def time_alone(
    work: Callable[[], object], *, runs: int, clock: Callable[[], float] = time.perf_counter
) -> Timing:
    """Run one thing `runs` times after one unmeasured run; `clock` as side by side."""
    work()
    taken = []
    for _ in range(runs):
        start = clock()
        work()
        taken.append(clock() - start)
    return Timing(tuple(taken))

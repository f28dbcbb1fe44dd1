"""A claim is a ratio: contestants take turns, and every round gives one ratio of their times."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Literal


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed, and what was measured: a value a round, or why there is none."""

    text: str
    bound: Literal["at most", "at least"]
    limit: float
    values: Sequence[float]
    unit: str = " ×"
    skipped: str = ""

    @property
    def digits(self) -> int:
        """Decimals worth showing."""
        return 2 if self.limit < 10 else 1 if self.limit < 100 else 0

    @property
    def measured(self) -> float | None:
        return median(self.values) if self.values else None

    @property
    def kept(self) -> bool | None:
        """None where it could not be measured."""
        if self.measured is None:
            return None
        met = self.measured <= self.limit
        return met if self.bound == "at most" else self.measured >= self.limit


Contestant = Callable[[], Iterator[None]]
"""Does its work in steps, and yields after each; what it does after the last is not timed."""


def race(contestants: Mapping[str, Contestant], rounds: int) -> dict[str, list[float]]:
    """Seconds by name, one a round.

    In a round all take turns, a step each and every other round in reverse, so that a machine that
    grows busier or slower does so for all of them.
    """
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds):
        running = {name: begin() for name, begin in contestants.items()}
        for each in times.values():
            each.append(0)
        while running:
            for name in list(running)[:: -1 if turn % 2 else 1]:
                seconds = _step(running[name])
                if seconds is None:
                    del running[name]
                else:
                    times[name][-1] += seconds
    return times


def at_once(work: Callable[[], object]) -> Contestant:
    """A contestant with a single step."""

    def begin() -> Iterator[None]:
        work()
        yield

    return begin


def _step(work: Iterator[None]) -> float | None:
    """The seconds that the next step took; None after the last."""
    start = perf_counter()
    for _ in work:
        return perf_counter() - start
    return None


def ratios(
    times: Mapping[str, Sequence[float]], above: str, below: str, scale: float = 1
) -> list[float]:
    """Round by round, `scale` times the one's seconds over the other's."""
    return [scale * a / b for a, b in zip(times[above], times[below], strict=True)]


@contextmanager
def one_core() -> Iterator[None]:
    """Keeps this process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {max(cores)})
        try:
            yield
        finally:
            os.sched_setaffinity(0, cores)
    else:
        yield

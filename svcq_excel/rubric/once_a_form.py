"""What follows from a form alone is worked out once: for all rubrics whose forms are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from svcq_excel.rubric.model import Rubric

T = TypeVar("T")

_MOST = 16  # forms of one checklist differ by what is carried over to them


class OnceAForm(Generic[T]):
    """A function of a rubric that looks at nothing but what its form is made from.

    Rubrics that differ in clauses or in judgement share its results.
    """

    def __init__(self, work: Callable[[Rubric], T]) -> None:
        self._work = work
        self._kept: dict[str, T] = {}
        self.__doc__, self.__name__ = work.__doc__, work.__name__

    def __call__(self, rubric: Rubric) -> T:
        kept, key = self._kept, rubric.form_key
        if key not in kept:
            made = self._work(rubric)
            if len(kept) >= _MOST:
                del kept[next(iter(kept))]
            kept[key] = made
        return kept[key]

    def cache_clear(self) -> None:
        """As if nothing had been asked yet."""
        self._kept.clear()

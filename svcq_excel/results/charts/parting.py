"""The units of a chart: those that have a figure, the highest first, in parts that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from svcq_excel.results.awaiting import status_word
from svcq_excel.results.charts.fitting import cut
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.wording import name_with_code
from svcq_excel.rubric.model import Kind

UNITS = "受考核單位"
MOST = 40
"""Units of one chart; of more there are several, about equally long."""
_NAMED, _NAME_EMS = 6, 24


@dataclass(frozen=True, slots=True)
class UnitsPart:
    """Some of the units that are shown together, and which of them."""

    results: tuple[UnitResult, ...]
    group: str
    first: int
    all: int
    several: bool

    def title(self, what: str) -> str:
        last = self.first + len(self.results) - 1
        some = f"（第 {self.first}～{last} 個，共 {self.all} 個）" if self.several else ""
        return f"{self.group}{what}{some}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name_with_code(result.unit) for result in self.results)


def parts(
    outcome: Outcome,
    results: Sequence[UnitResult],
    value: Callable[[UnitResult], Fraction | None],
    most: int = MOST,
) -> Iterator[UnitsPart]:
    """Group by group where the rubric ranks within them; equal figures in the list's order."""
    apart = outcome.rubric.clauses.ranking.within == "group"
    for group in dict.fromkeys(each.unit.group if apart else "" for each in results):
        known = [
            (figure, each)
            for each in results
            if (each.unit.group == group or not apart) and (figure := value(each)) is not None
        ]
        ordered = [each for _, each in sorted(known, key=lambda pair: -pair[0])]
        pieces = -(-len(ordered) // most)
        ends = [round(at * len(ordered) / pieces) for at in range(pieces + 1)] if pieces else []
        for start, end in pairwise(ends):
            yield UnitsPart(tuple(ordered[start:end]), group, start + 1, len(ordered), pieces > 1)


def accepted(outcome: Outcome, kind: Kind) -> list[UnitResult]:
    """Those that have a result."""
    return [result for result in outcome.of_kind(kind) if result.status == "accepted"]


def kind_of(outcome: Outcome, kind: Kind) -> str:
    """Of which assessment, where there are several: （本署）."""
    return f"（{outcome.rubric.kind_word(kind)}）" if len(outcome.kinds) > 1 else ""


def not_drawn(results: Sequence[UnitResult]) -> str:
    """Units that have no result yet: no bar stands for nothing."""
    left = [result for result in results if result.status != "accepted"]
    named = "、".join(f"{named_shortly(each)}（{status_word(each)}）" for each in left[:_NAMED])
    more = f"等 {len(left)} 個單位" if len(left) > _NAMED else ""
    return f"尚無成績，未列入：{named}{more}。" if left else ""


def named_shortly(result: UnitResult) -> str:
    """A unit in a sentence."""
    return cut(result.unit.name, _NAME_EMS)

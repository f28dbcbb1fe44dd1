"""This round beside an earlier one, unit by unit and item by item, as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from svcq_excel.plan.previous.model import EarlierTable, EarlierUnit, PreviousResults
from svcq_excel.results.awaiting import status_word
from svcq_excel.results.comparison.pairing import UnitPair, items_paired, units_paired
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.checklist import progress
from svcq_excel.rubric.model import Kind, Rubric

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Side:
    """A unit in one of the rounds; of a checklist the total and the items are 完成率."""

    total: Fraction | None
    status: str
    """What stands in the place of a total."""
    items: tuple[Fraction | None, ...]
    """In the order of the columns."""
    grade: str = ""
    rank: int | None = None
    provisional: bool = False
    group: str = ""
    asked: int | None = None
    done: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in both rounds; None in the one in which it is not."""

    code: str
    name: str
    before: Side | None
    now: Side | None
    note: str
    result: UnitResult | None = None
    earlier: EarlierUnit | None = None

    @property
    def is_in_both(self) -> bool:
        """Whether it has a total in either."""
        sides = self.before, self.now
        return all(side is not None and side.total is not None for side in sides)


@dataclass(frozen=True, slots=True)
class Column:
    """An item with its caps; None in the round in which it is not."""

    name: str
    before: Fraction | None
    now: Fraction | None

    @property
    def as_shares(self) -> bool:
        """Whether only shares of the caps can be compared."""
        return None not in (self.before, self.now) and self.before != self.now

    def change(self, before: Fraction | None, now: Fraction | None) -> Fraction | None:
        """How much more the figure of this round is: in points or, of other caps, in shares."""
        if before is None or now is None or not self.before or not self.now:
            return None
        return now / self.now - before / self.before if self.as_shares else now - before


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of assessment."""

    rubric: Rubric
    kind: Kind
    before: str
    """考核期別, as people call it."""
    now: str
    title: str
    """Of the earlier table."""
    whole: Column
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def changes(self) -> list[Fraction]:
        """Of the units that have a total in both rounds, by how much it changed."""
        each = (self.change(line) for line in self.lines)
        return [change for change in each if change is not None]

    def change(self, line: Line) -> Fraction | None:
        before, now = (side.total if side else None for side in (line.before, line.now))
        return self.whole.change(before, now)

    def both(self, at: int) -> list[tuple[Fraction, Fraction]]:
        """The figures of an item that units have in both rounds."""
        sides = ((each.before, each.now) for each in self.lines if each.before and each.now)
        pairs = ((before.items[at], now.items[at]) for before, now in sides)
        return [(was, now) for was, now in pairs if was is not None and now is not None]

    def rank_change(self, line: Line) -> int | None:
        """By how many ranks a unit moved up; None where the ranks are not of the same field."""
        if not (line.before and line.now and line.before.rank and line.now.rank):
            return None
        in_groups = self.rubric.clauses.ranking.within == "group"
        if in_groups and line.before.group != line.now.group:
            return None
        return line.before.rank - line.now.rank


def comparison(outcome: Outcome, kind: Kind, earlier: PreviousResults) -> Comparison | None:
    """None where the earlier round has not this kind of assessment."""
    rubric, table = outcome.rubric, earlier.of_kind(outcome.rubric.kind_word(kind))
    if table is None:
        return None
    named = [(top.printed, _ONE) for top in rubric.tree]
    if not rubric.is_checklist:
        named = [(item.name, Fraction(item.cap)) for item in rubric.items]
    places = items_paired([name for name, _ in named], table.items)
    columns = tuple(_columns(named, table, places))
    results = outcome.of_kind(kind)
    pairs = units_paired([result.unit for result in results], table.units)
    lines = tuple(_line(rubric, results, pair, places) for pair in pairs)
    full = _ONE if rubric.is_checklist else Fraction(rubric.full_total)
    whole = Column("完成率" if rubric.is_checklist else "總分", table.full, full)
    called = earlier.called, outcome.round
    return Comparison(rubric, kind, *called, table.title, whole, columns, lines)


def _columns(
    named: Sequence[tuple[str, Fraction]],
    table: EarlierTable,
    places: Sequence[tuple[int | None, int | None]],
) -> Iterator[Column]:
    for now, before in places:
        name = named[now][0] if now is not None else table.items[before or 0].name
        cap = None if before is None else table.items[before].cap
        yield Column(name, cap, None if now is None else named[now][1])


def _line(
    rubric: Rubric,
    results: Sequence[UnitResult],
    pair: UnitPair,
    places: Sequence[tuple[int | None, int | None]],
) -> Line:
    result = None if pair.now is None else results[pair.now]
    now = _now(rubric, result, [at for at, _ in places]) if result else None
    before = _before(pair.before, [at for _, at in places]) if pair.before else None
    told = [pair.note]
    if before and now and before.group != now.group and before.group and now.group:
        told.append(f"前期組別：{before.group}")
    whose = (result.unit.code, result.unit.name) if result else ("", "")
    if pair.before and not result:
        whose = pair.before.code, pair.before.name
    return Line(*whose, before, now, "；".join(filter(None, told)), result, pair.before)


def _before(unit: EarlierUnit, places: Sequence[int | None]) -> Side:
    items = tuple(None if at is None or not unit.items else unit.items[at] for at in places)
    of_ranks = unit.grade, unit.rank, unit.provisional, unit.group
    return Side(unit.total, unit.status, items, *of_ranks, unit.asked, unit.done)


def _now(rubric: Rubric, result: UnitResult, places: Sequence[int | None]) -> Side:
    if rubric.is_checklist:
        return _progress(rubric, result, places)
    items = tuple(None if at is None else result.items.get(rubric.items[at].id) for at in places)
    said = "" if result.total is not None else status_word(result)
    of_ranks = result.grade or "", result.rank, result.provisional, result.unit.group
    return Side(result.total, said, items, *of_ranks)


def _progress(rubric: Rubric, result: UnitResult, places: Sequence[int | None]) -> Side:
    """What is done of the steps that the unit's form held."""
    whole = progress(result.steps.values())
    if result.status != "accepted":
        items: tuple[Fraction | None, ...] = (None,) * len(places)
        return Side(None, status_word(result), items, asked=whole.asked)
    by_part = [
        progress(result.steps[leaf.id] for leaf in top.leaves if leaf.id in result.steps).rate
        for top in rubric.tree
    ]
    items = tuple(None if at is None else by_part[at] for at in places)
    return Side(whole.rate, "", items, asked=whole.asked, done=whole.done)

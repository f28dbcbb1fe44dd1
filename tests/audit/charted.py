"""The charts that a round has, counted again: 圖表資料, and one unit beside its group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.audit.recount import Expected, Recount
from tests.audit.second_voice import Account, clause, exact, full_score, full_total, mean

Rows = dict[str, list[Fraction]]
"""The figures of a chart by its categories, in order."""
_PART = re.compile(r"（第 \d+～\d+ [個項]，共 \d+ [個項]）$")
_BOUNDS = "（各界線，標示於圖的右端）"
"""What the last row of a chart with bounds is called."""
_FIRST = 2
"""The column of a table's first figures."""
_COMPARED = 5
"""The row of 單位與同組 with the first item."""
_NOISE = 9
"""Decimals of a difference from a mean, beyond which equals might differ."""


@dataclass
class _Chart:
    rows: Rows
    bounds: list[Fraction] = field(default_factory=list)


class Charts:
    def __init__(self, recount: Recount) -> None:
        self.of, self.plan, self.accounts = recount, recount.plan, recount.accounts
        self.kinds = [kind for kind in recount.kinds if any(k == kind for k, _ in self.accounts)]
        """Those with a result."""
        self.charts = {title: chart for title, chart in self._charts() if chart.rows}

    def figures(self, grid: list[list[Any]]) -> Expected:
        """Of the tables of 圖表資料, each below the title of its chart; of the last row, where
        the bounds have their names, nothing but those."""
        for at, title, name in _tables(grid):
            if chart := self.charts.get(title):
                own = chart.rows.get(name, [])
                for i, figure in enumerate(own, _FIRST):
                    yield (at, i), figure
                series = len(next(iter(chart.rows.values())))
                for i, bound in enumerate(chart.bounds, _FIRST + series):
                    yield (at, i), bound

    def lacking(self, grid: list[list[Any]]) -> Iterator[str]:
        """Charts that are not there, and those that show others, or in another order."""
        shown: dict[str, list[str]] = {}
        for _, title, name in _tables(grid):
            shown.setdefault(title, []).extend([name] if name != _BOUNDS else [])
        ours = {title: [*chart.rows] for title, chart in self.charts.items()}
        if shown != ours:
            yield f"圖表資料: {shown} in the sheet, {ours} by the second voice"

    def _charts(self) -> Iterator[tuple[str, _Chart]]:
        bounds = [exact(g["min"]) for g in self.plan.get("grades") or () if exact(g["min"]) > 0]
        for kind in self.kinds:
            for group, those in self._groups():
                rows = {code: [account.total] for code, account in self._results(kind, those)}
                yield f"{group}各單位總分{self._of(kind)}", _Chart(self._down(rows, 0), bounds)
        yield "等第分布", _Chart(self._by_grade())
        yield "各項目平均得分率", _Chart(self._by_item())
        for other in self.kinds:
            if other != "self" and "self" in self.kinds:
                yield from self._self_against(other)
        if "committee" in self.kinds:
            yield from self._spreads()
        yield "各考核人員評分高低", self._levels()

    def _groups(self) -> list[tuple[str, list[str]]]:
        """The units that are shown together: of a group, where they are ranked within it."""
        apart = clause(self.plan, "ranking").get("within", "group") == "group"
        groups: dict[str, list[str]] = {}
        for code, group in self.of.whole.units:
            groups.setdefault(group if apart else "", []).append(code)
        return [*groups.items()]

    def _all(self, kind: str) -> list[Account]:
        return [account for (of, _), account in self.accounts.items() if of == kind]

    def _results(self, kind: str, codes: list[str]) -> Iterator[tuple[str, Account]]:
        for code in codes:
            if account := self.accounts.get((kind, code)):
                yield code, account

    def _of(self, kind: str) -> str:
        """Where there are several, of which assessment."""
        return f"（{self.of.words[kind]}）" if len(self.of.kinds) > 1 else ""

    def _down(self, rows: Rows, by: int) -> Rows:
        """The highest first, as units are called; equals in the list's order."""
        ordered = sorted(rows, key=lambda code: -rows[code][by])
        return {_called(code): rows[code] for code in ordered}

    def _by_grade(self) -> Rows:
        """How many units have each grade."""
        return {
            grade["name"]: [
                Fraction(sum(account.grade == grade["name"] for account in self._all(kind)))
                for kind in self.kinds
            ]
            for grade in self.plan.get("grades") or ()
            if self.kinds
        }

    def _by_item(self) -> Rows:
        return {
            f"{item['name']}（{float(item['cap']):g}分）": [
                mean([account.nodes[item["id"]] for account in self._all(kind)])
                / exact(item["cap"])
                for kind in self.kinds
            ]
            for item in self.of.items
            if self.kinds
        }

    def _self_against(self, other: str) -> Iterator[tuple[str, _Chart]]:
        words = self.of.words
        for group, those in self._groups():
            own = dict(self._results("self", those))
            rows = {
                code: [own[code].total, account.total]
                for code, account in self._results(other, those)
                if code in own
            }
            title = f"{group}各單位{words['self']}與{words[other]}考核總分"
            yield title, _Chart(self._down(rows, 1))

    def _spreads(self) -> Iterator[tuple[str, _Chart]]:
        """Beside what its members gave a unit, what that came to before it was changed."""
        several = [account for account in self._all("committee") if len(account.given) > 1]
        changed = bool(clause(self.plan, "scale")) or any(each.adjusted for each in several)
        for group, those in self._groups():
            rows = {}
            for code, account in self._results("committee", those):
                if len(account.given) > 1:
                    low, high = min(account.given.values()), max(account.given.values())
                    middle = account.scored if changed else account.total
                    rows[code] = [low, middle, high, high - low]
            yield f"{group}考核人員評分差距", _Chart(self._down(rows, 1))

    def _levels(self) -> _Chart:
        """With the bounds of who is far apart, where they lie within the picture: that reaches a
        fifth farther than the farthest."""
        levels = self.of.levels()
        if not levels:
            return _Chart({})
        share = exact(clause(self.plan, "committee").get("apart_share", "0.1"))
        most = share * full_score(self.plan)
        far = max(exact(self.plan.get("step", 1)), *map(abs, levels.values())) * Fraction(6, 5)
        rows = {key: [level] for key, level in levels.items()}
        return _Chart(rows, [-most, most] if 0 < most <= far else [])

    @property
    def comparable(self) -> bool:
        """Whether a unit has others beside it."""
        groups = [group for _, group, _ in self._listed()]
        return len({*groups}) < len(groups)

    def one_unit(self, grid: list[list[Any]]) -> Expected:
        """The first result of all stands there when it is opened; below is the list of all."""
        listed = self._listed()
        first = _list(grid)
        for at, (_, _, figures) in enumerate(listed, first):
            for i, figure in enumerate(figures, _FIRST):
                yield (at, i), figure
        _, whom, chosen = listed[0]
        peers = [figures for _, group, figures in listed if group == whom]
        caps = [*(exact(item["cap"]) for item in self.of.items), full_total(self.plan)]
        for i, (cap, own) in enumerate(zip(caps, chosen, strict=True)):
            average = mean([figures[i] for figures in peers])
            told = (cap, own, own / cap, average, average / cap, round(own - average, _NOISE))
            for column, figure in enumerate(told, 1):
                yield (_COMPARED + i, column), figure

    def misnamed(self, grid: list[list[Any]]) -> Iterator[str]:
        """Whose figures those of 單位與同組 are said to be, and with whom they are compared."""
        ours = [[name, group] for name, group, _ in self._listed()]
        shown = [row[:2] for row in grid[_list(grid) :]]
        chosen = [grid[2][1], grid[3][1]]
        if shown != ours or chosen != ours[0]:
            yield f"單位與同組: {chosen} of {shown} in the sheet, {ours} by the second voice"

    def _listed(self) -> list[tuple[str, str, list[Fraction]]]:
        """Each result with its group, its items and its total."""
        return [
            (
                f"{_called(code)}{self._of(kind)}",
                f"{group or '各單位'}{self._of(kind)}",
                [*(account.nodes[item["id"]] for item in self.of.items), account.total],
            )
            for kind in self.kinds
            for code, group in self.of.whole.units
            if (account := self.accounts.get((kind, code)))
        ]


def _called(code: str) -> str:
    return f"{code} 單位{code}"


def _tables(grid: list[list[Any]]) -> Iterator[tuple[int, str, str]]:
    """Row by row, of which chart it is, whatever part of it, and its category."""
    title = ""
    for at, row in enumerate(grid):
        if not any(each is not None for each in row):
            title = ""
        elif row[1] == "圖上標示":
            title = _PART.sub("", str(grid[at - 1][0]))
        elif title:
            yield at, title, str(row[0] or "")


def _list(grid: list[list[Any]]) -> int:
    """The first row of the list, below the second heads."""
    return [at for at, row in enumerate(grid) if row[0] == "受考核單位"][1] + 1

"""Which number the second voice awaits at which place of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.audit.charted import Charts
from tests.audit.recount import Expected, Recount
from tests.audit.second_voice import (
    Account,
    Round,
    awaited,
    clause,
    counted,
    exact,
    mean,
    of_several,
)


class Sheets(Recount):
    def __init__(self, whole: Round) -> None:
        super().__init__(whole)
        self.charts = Charts(self)

    def expected(self, title: str, grid: list[list[Any]]) -> Expected:
        name, _, word = title.partition("（")
        if name == "考核結果統計表":
            yield from self._statistics(grid, self._kind(word))
        elif "與" in name and name.endswith("差異"):
            other = next(kind for kind in self.kinds if f"與{self.words[kind]}差" in name)
            yield from self._apart(grid, other)
        elif name == "細項得分":
            yield from self._leaves(grid)
        elif name == "考核人員評分":
            yield from self._members(grid)
        elif name == "評分差距":
            yield from self._spreads(grid)
        elif name in ("排名與獎懲", "複評"):
            yield from self._ranking(grid, again=name == "複評")
        elif name == "邊界清單":
            yield from self._near(grid)
        elif name == "圖表資料":
            yield from self.charts.figures(grid)
        elif name == "單位與同組":
            yield from self.charts.one_unit(grid)
        elif name == "各考核項目彙整":
            yield from self._by_item(grid)
        elif name == "來源":
            yield from self._sources(grid)
        elif (code := title.split()[0]) in {code for code, _ in self.whole.units}:
            yield from self._own(grid, self.accounts[self._kind(word), code])

    def _sources(self, grid: list[list[Any]]) -> Expected:
        """Each score that counts, of each assessor, and below a unit's leaves its total."""
        words = {self.words[kind]: kind for kind in self.kinds}
        for at, row, code in self._rows(grid):
            kind, who, leaf = words[row[2]], row[3], row[4]
            if leaf:
                yield (at, 7), counted(self.whole, kind, code)[who][leaf]
            elif account := self.accounts.get((kind, code)):
                yield (at, 7), account.total

    def _kind(self, word: str) -> str:
        wanted = word.removesuffix("）")
        return next((k for k in self.kinds if self.words[k] == wanted), self.kinds[0])

    def _adjusts(self, *kinds: str) -> bool:
        rules = (self.plan.get("clauses") or {}).get("adjustments") or ()
        return any(rule.get("kind") in (None, kind) for rule in rules for kind in kinds)

    def _steps(self, account: Account, *kinds: str) -> list[Fraction]:
        """原得分, 換算, 加減分, 總分, as far as they stand."""
        scale, adjusts = bool(clause(self.plan, "scale")), self._adjusts(*kinds)
        return [
            *([account.scored] if scale or adjusts else []),
            *([account.converted] if scale else []),
            *([account.adjusted] if adjusts else []),
            account.total,
        ]

    def _rows(self, grid: list[list[Any]]) -> Iterator[tuple[int, list[Any], str]]:
        """Rows that name a unit, where its code stands in the column of codes."""
        heads = next(row for row in grid if "編號" in row)
        column, known = heads.index("編號"), {code for code, _ in self.whole.units}
        for at, row in enumerate(grid):
            if row[column] in known:
                yield at, row, row[column]

    def _many(self, grid: list[list[Any]], at: int, kind: str, code: str) -> Expected:
        """Of a committee, how many forms came."""
        heads = next(row for row in grid if "編號" in row)
        whole_or_unlisted = not self.whole.listed or not awaited(self.whole, code)
        many = len(counted(self.whole, kind, code))
        if kind == "committee" and many and whole_or_unlisted:
            yield (at, heads.index("份數")), Fraction(many)

    def _statistics(self, grid: list[list[Any]], kind: str) -> Expected:
        for at, _, code in self._rows(grid):
            yield from self._many(grid, at, kind, code)
            if account := self.accounts.get((kind, code)):
                scores = [account.nodes[item["id"]] for item in self.items]
                yield from _from(at, 3, [*scores, *self._steps(account, kind)])

    def _apart(self, grid: list[list[Any]], other: str) -> Expected:
        for at, _, code in self._rows(grid):
            pair = [self.accounts.get((kind, code)) for kind in ("self", other)]
            for side, account in enumerate(pair):
                for i, figure in enumerate(self._compared(account)):
                    yield (at, 2 + 3 * i + side), figure
            own, theirs = pair
            for i, (a, b) in enumerate(
                zip(self._compared(own), self._compared(theirs), strict=False)
            ):
                yield (at, 4 + 3 * i), a - b

    def _compared(self, account: Account | None) -> list[Fraction]:
        if account is None:
            return []
        return [*(account.nodes[item["id"]] for item in self.items), account.total]

    def _leaves(self, grid: list[list[Any]]) -> Expected:
        rows = []
        for at, row, code in self._rows(grid):
            kind = next(kind for kind in self.kinds if self.words[kind] == row[2])
            if account := self.accounts.get((kind, code)):
                steps = self._steps(account, *self.kinds)
                rows.append([*(account.leaves[leaf["id"]] for leaf in self.leaves), *steps])
                yield from _from(at, 3, rows[-1])
        last = len(grid) - 1
        yield from _from(last, 3, [mean(column) for column in zip(*rows, strict=True)])

    def _members(self, grid: list[list[Any]]) -> Expected:
        heads = [str(each).partition("\n")[0] for each in next(r for r in grid if "編號" in r)]
        for at, _, code in self._rows(grid):
            yield from self._many(grid, at, "committee", code)
            if given := self.totals().get(code):
                for key, total in given.items():
                    yield (at, heads.index(key)), total
                yield (at, heads.index("全距")), _spread([*given.values()])
            if account := self.accounts.get(("committee", code)):
                steps = self._steps(account, "committee")
                yield from _from(at, heads.index("總分") + 1 - len(steps), steps)

    def _spreads(self, grid: list[list[Any]]) -> Expected:
        names = {leaf["name"]: leaf for leaf in self.leaves}
        assert len(names) == len(self.leaves) or len(self.leaves) > 20
        seen: dict[str, int] = {}
        for at, _, code in self._rows(grid):
            leaf = self.leaves[seen.setdefault(code, 0)]
            seen[code] += 1
            forms = counted(self.whole, "committee", code)
            given = [scores[leaf["id"]] for scores in forms.values()]
            own = of_several(self.plan, given)
            yield from _from(at, 3, [exact(leaf["cap"]), Fraction(len(given))])
            yield from _from(at, 6, [min(given), max(given), _spread(given)])
            if ("committee", code) in self.accounts:
                yield (at, 5), own

    def _ranking(self, grid: list[list[Any]], again: bool) -> Expected:
        heads = [str(each).partition("\n")[0] for each in next(r for r in grid if "編號" in r)]
        bars = {f"考核類別：{self.words[kind]}": kind for kind in self.kinds}
        kind = clause(self.plan, "reevaluation")["kind"] if again else ""
        at_kind = {}
        for at, row in enumerate(grid):
            kind = bars.get(str(row[0]), kind)
            at_kind[at] = kind
        for at, _, code in self._rows(grid):
            if not again:
                yield from self._many(grid, at, at_kind[at], code)
            if account := self.accounts.get((at_kind[at], code)):
                yield (at, heads.index("總分")), account.total
                if not again and account.rank:
                    yield (at, heads.index("名次")), Fraction(account.rank)

    def _near(self, grid: list[list[Any]]) -> Expected:
        """What stands there of a unit; what other scores would bring is counted beside it."""
        heads = [str(each).partition("\n")[0] for each in next(r for r in grid if "編號" in r)]
        words = {self.words[kind]: kind for kind in self.kinds}
        for at, row, code in self._rows(grid):
            kind = words[row[heads.index("類別")]] if "類別" in heads else self.kinds[0]
            account = self.accounts[kind, code]
            yield (at, heads.index("總分")), account.total
            if account.rank:
                yield (at, heads.index("名次")), Fraction(account.rank)

    def _by_item(self, grid: list[list[Any]]) -> Expected:
        labels = {f"{i}.{item['name']}": item["id"] for i, item in enumerate(self.items, 1)}
        for at, row, code in self._rows(grid):
            kind = next(kind for kind in self.kinds if self.words[kind] == row[3])
            yield (at, 4), self.accounts[kind, code].nodes[labels[row[0]]]

    def _own(self, grid: list[list[Any]], account: Account) -> Expected:
        first = next(at for at, row in enumerate(grid) if "分數" in row) + 1
        kind = next(kind for (kind, _), each in self.accounts.items() if each is account)
        figures = [*(account.nodes[item["id"]] for item in self.items)]
        for i, figure in enumerate([*figures, *self._steps(account, kind)]):
            yield (first + i, 3), figure


def _from(row: int, column: int, figures: list[Fraction]) -> Expected:
    for i, figure in enumerate(figures):
        yield (row, column + i), figure


def _spread(values: list[Fraction]) -> Fraction:
    return max(values) - min(values)

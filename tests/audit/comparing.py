"""Every number of a round's workbook and JSON beside the second voice's; what differs is told."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isclose
from typing import Any

from tests.audit.program import Made, made_of, numbers
from tests.audit.second_voice import (
    Account,
    Round,
    clause,
    counted,
    full_score,
    is_open,
    status,
)
from tests.audit.sheets import Sheets


def differences(whole: Round) -> list[str]:
    """Nothing, where both agree."""
    return [*Comparison(whole, made_of(whole)).told()]


class Comparison:
    def __init__(self, whole: Round, made: Made) -> None:
        self.whole, self.made, self.plan = whole, made, whole.definition
        self.recount = Sheets(whole)
        self.accounts = self.recount.accounts
        self.count = 0

    def told(self) -> Iterator[str]:
        yield from self._document()
        for title, grid in self.made.sheets.items():
            expected, found = dict(self.recount.expected(title, grid)), numbers(grid)
            self.count += len(found)
            for place in sorted(expected.keys() | found.keys()):
                theirs, ours = found.get(place), expected.get(place)
                if theirs is None or ours is None or not _same(theirs, ours):
                    yield f"{title} {place}: {theirs} in the sheet, {ours} by the second voice"
        yield from self._texts()
        yield from self._charts()

    def _document(self) -> Iterator[str]:
        for unit in self.made.document["units"]:
            account = self.accounts.get((unit["kind"], unit["unit"]))
            yield from self._state(unit, account)
            told = (unit["total"], unit["grade"], unit["rank"], unit["items"], unit["leaves"])
            ours = self._in_json(account)
            if told != ours:
                yield f"{unit['unit']} {unit['kind']}: {told} in JSON, {ours} by the second voice"
            if account and clause(self.plan, "scale"):
                raw = {"total": _number(account.scored), "full": _number(full_score(self.plan))}
                if unit["raw"] != raw:
                    yield f"{unit['unit']}: {unit['raw']} is not {raw}"

    def _state(self, unit: Any, account: Account | None) -> Iterator[str]:
        """Of how many forms it is made, what it waits for, and whether its rank is provisional."""
        code, kind, listed = unit["unit"], unit["kind"], self.whole.listed
        said = (unit["status"], unit["forms"], unit["provisional"])
        many = len(counted(self.whole, kind, code))
        due = sum((code, who) not in self.whole.absent for who in listed) if listed else None
        unplaced = (
            account is not None
            and account.rank is None
            and not account.barred
            and clause(self.plan, "ranking").get("by") == "places"
            and (kind == "committee" and not listed)
        )
        ours = (
            status(self.whole, kind, code),
            {"expected": due if kind == "committee" else 1, "counted": many},
            account is not None and (unplaced or is_open(self.whole, kind, code)),
        )
        if said != ours:
            yield f"{code} {kind}: {said} in JSON, {ours} by the second voice"

    def _in_json(self, account: Account | None) -> tuple[object, ...]:
        if account is None:
            return None, None, None, {}, {}
        of_items = {item["name"]: _number(account.nodes[item["id"]]) for item in self.recount.items}
        of_leaves = {id: _number(score) for id, score in account.leaves.items()}
        return _number(account.total), account.grade, account.rank, of_items, of_leaves

    def _texts(self) -> Iterator[str]:
        """What assessors' levels, grades, ranks and rewards are said to be."""
        if "committee" in self.recount.kinds:
            texts = [row[0] for row in self.made.sheets["考核人員評分"] if row[0]]
            for said in self._levels():
                if not any(said[0] in text and said[1] in text for text in texts):
                    yield f"考核人員評分: {said} is not told"
        for result in self.made.outcome.units:
            account = self.accounts.get((result.kind, result.unit.code))
            reward = result.reward.text if result.reward else None
            again = result.reevaluation
            if account and (account.reward, account.reevaluation) != (reward, again):
                ours = account.reward, account.reevaluation
                yield f"{result.unit.code}: {reward}, {again} is told, {ours} by the second voice"

    def _charts(self) -> Iterator[str]:
        """Whose figures charts are said to be of, and whether none is lacking."""
        charts, sheets = self.recount.charts, self.made.sheets
        if charts.charts or "圖表資料" in sheets:
            yield from charts.lacking(sheets.get("圖表資料", []))
        if charts.comparable or "單位與同組" in sheets:
            yield from charts.misnamed(sheets.get("單位與同組", []))

    def _levels(self) -> Iterator[tuple[str, str]]:
        for key, level in self.recount.levels().items():
            hundredths = (abs(level) * 100 + Fraction(1, 2)) // 1
            if not hundredths:
                yield key, "水準相同"
            else:
                way, points = "高" if level > 0 else "低", float(Fraction(hundredths, 100))
                yield f"{key}：", f"中位數{way} {points:g} 分"


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else value.numerator / value.denominator


def _same(found: float, expected: Fraction) -> bool:
    """A sheet holds sixteen digits."""
    return isclose(found, expected, rel_tol=1e-14, abs_tol=1e-12)

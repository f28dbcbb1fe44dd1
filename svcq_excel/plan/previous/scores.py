"""附表2 and 排名與獎懲 of an earlier round: scores, totals, grades and ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from svcq_excel.plan.lists.heads import GROUP
from svcq_excel.plan.previous.cells import ResultSheet
from svcq_excel.plan.previous.model import EarlierItem, EarlierTable, EarlierUnit
from svcq_excel.text.folding import fold

TABLE, RANKING = "考核結果統計表", "排名與獎懲"
KIND, GRADE, RANK, GROUNDS = "考核類別：", "等第", "名次", "說明"
PROVISIONAL = "暫定"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's place among those that were ranked with it."""

    rank: int | None
    provisional: bool


def read_ranking(sheet: ResultSheet, kind: str = "") -> dict[str, dict[str, Ranked]]:
    """By kind as its bar calls it, or as the sheet does; then by code as people read it."""
    if RANK not in sheet.heads:
        sheet.lacks(RANK)
        return {}
    found: dict[str, dict[str, Ranked]] = {}
    for row, code, name in sheet.rows(bar=KIND):
        if not code:
            kind = name
        else:
            rank = sheet.number(row, sheet.heads[RANK], whole=True)
            provisional = sheet.text(row, GROUNDS).startswith(f"{RANK}{PROVISIONAL}")
            ranked = Ranked(None if rank is None else int(rank), provisional)
            found.setdefault(kind, {})[fold(code)] = ranked
    return found


def read_scores(sheet: ResultSheet, kind: str, ranks: Mapping[str, Ranked]) -> EarlierTable:
    """One table; its title stands above it."""
    total, items = sheet.total(), sheet.items()
    if total is None or not items:
        sheet.lacks("總分" if total is None else "考核項目")
    column, full = total or (0, Fraction(0))
    units, seen = list[EarlierUnit](), set[str]()
    for row, code, name in sheet.rows() if total else ():
        figure = sheet.figure(row, column)
        scores = tuple(sheet.number(row, at, cap) for at, (_, cap) in items.items())
        if figure is None and not any(score is not None for score in scores):
            continue  # a line for signatures
        if fold(code) in seen:
            sheet.repeats(row, code)
        seen.add(fold(code))
        ranked = ranks.get(fold(code), Ranked(None, False))
        counts = isinstance(figure, Fraction)
        units.append(
            EarlierUnit(
                code,
                name,
                sheet.text(row, GROUP),
                figure if isinstance(figure, Fraction) else None,
                figure if isinstance(figure, str) else "",
                sheet.text(row, GRADE) if counts else "",
                ranked.rank if counts else None,
                ranked.provisional,
                scores,
            )
        )
    named = tuple(EarlierItem(name, cap) for name, cap in items.values())
    return EarlierTable(kind, next(iter(sheet.above), ""), full, named, tuple(units))

"""A violation is data; the sentence that people read is made from its four parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from svcq_excel.workbooks.workbook import Value

Severity = Literal["error", "warning", "notice"]

SEVERITY_WORDS: dict[Severity, str] = {"error": "應更正", "warning": "請確認", "notice": "提示"}
SEVERITY_MEANINGS: dict[Severity, str] = {
    "error": "表件須退回補正",
    "warning": "由主辦單位查看，必要時向該單位確認",
    "notice": "供審閱參考，不影響得分",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule found: where, what stands there, what is allowed, and what to do."""

    code: str
    severity: Severity
    criterion: str | None
    """The id of the leaf or node concerned."""
    criterion_name: str
    sheet: str | None
    cell: str | None
    """A1 address."""
    value: Value | None
    found: str
    allowed: str
    todo: str
    entry: str | None = None
    """The key of the entry concerned: score, band, measure, date."""

    @property
    def message(self) -> str:
        place = " ".join(part for part in (self.sheet, self.cell) if part)
        name = f"「{self.criterion_name}」" if self.criterion_name else ""
        where = f"〔{place}〕" if place else ""
        parts = (f"{where}{name}{self.found}", self.allowed, self.todo)
        return "；".join(part for part in parts if part) + "。"

"""決定: what the secretariat decided on single files, and on members of a committee who assess a
unit not or no longer; it overrules what the program finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from svcq_excel.definition import Problem
from svcq_excel.plan.assessors import ALL, is_unit, units_said
from svcq_excel.plan.lists.heads import ASSESSES, ASSESSOR, CODE
from svcq_excel.plan.lists.heads import NAME as UNIT_NAME
from svcq_excel.plan.lists.list_file import ListSource
from svcq_excel.plan.lists.roster import blanks, verify
from svcq_excel.plan.lists.table import Row, Table, read_table
from svcq_excel.plan.units import Unit

FILE, DECISION, REASON, BY = "檔案", "決定", "理由", "決定人"
ADOPTED, EXCLUDED = "採用", "排除"
ABSENCES = ("缺席", "迴避", "不計")
"""What is decided on a member: whatever comes of such a one does not count."""
BY_DECISION = "依決定"
"""How the reason begins that a decision gives."""

NAME, SUFFIXES = "決定", (".xlsx", ".csv", ".ods")
"""How the file is called that is looked for beside the outputs."""


def _in_words(word: str, reason: str, by: str) -> str:
    return f"{BY_DECISION}{word}：{reason}（{by}）"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one file, why and by whom."""

    file: str
    """The file as lists call it, or its name alone."""
    adopted: bool
    reason: str
    by: str
    source: str
    line: int
    """Where the decision stands."""
    sheet: str = ""
    """Of a workbook of several tables, in which of them."""

    @property
    def in_words(self) -> str:
        return _in_words(ADOPTED if self.adopted else EXCLUDED, self.reason, self.by)


@dataclass(frozen=True, slots=True)
class Absence:
    """A member of the committee without whom the others' scores count, why, and who said so."""

    assessor: str
    """The name or code as it stands there."""
    units: tuple[str, ...]
    """Codes or names; none where it is all of the member's units."""
    word: str
    reason: str
    by: str
    source: str
    line: int
    sheet: str = ""

    @property
    def in_words(self) -> str:
        return _in_words(self.word, self.reason, self.by)

    def told(self, who: str) -> str:
        """As the row of a unit says it, with what the list calls the member."""
        return f"{who} {self.word}，不計其評分：{self.reason}（{self.by}）"

    def of_one(self, said: str) -> Absence:
        """The same of one of its units."""
        return replace(self, units=(said,))

    def is_for(self, unit: Unit) -> bool:
        return not self.units or any(is_unit(unit, said) for said in self.units)


def read_decisions(path: ListSource) -> tuple[Decision | Absence, ...]:
    """The decisions of an .xlsx, .ods or .csv file: a row names a file, or a member and units.

    Raises DefinitionError with every problem.
    """
    table = read_table(path, (DECISION, REASON, BY), (FILE, ASSESSOR, ASSESSES, CODE, UNIT_NAME))
    verify(table, *(blanks(table, column) for column in (REASON, BY)), _unclear(table))
    return tuple(_decided(table, row) for row in table.rows)


def _decided(table: Table, row: Row) -> Decision | Absence:
    decision, reason, by, file, assessor, *units = row.texts
    at = table.file, row.number, table.sheet
    if file:
        return Decision(file, decision == ADOPTED, reason, by, *at)
    said = units_said(next(filter(None, units)))
    return Absence(assessor, said, decision, reason, by, *at)


def decisions_beside(folder: Path) -> Path | None:
    """The decisions that lie beside the outputs, if any do."""
    found = (folder / f"{NAME}{suffix}" for suffix in SUFFIXES)
    return next((path for path in found if path.is_file()), None)


def _unclear(table: Table) -> Iterator[Problem]:
    """Rows that say too little, or two things at once, or something that nobody can decide."""
    for row in table.rows:
        decision, _, _, file, assessor, *units = row.texts
        known = (ADOPTED, EXCLUDED) if file else ABSENCES if assessor else ()
        message = ""
        if file and assessor:
            message, fix = f"同時填了{FILE}及{ASSESSOR}", "一筆只決定一事，請分成兩筆"
        elif not known:
            message = f"{table.call(FILE)}空白（公式的錯誤值也視為空白）"
            fix = f"請填檔案；決定考核人員{'、'.join(ABSENCES)}者，請填{ASSESSOR}及受考核單位"
        elif decision not in known:
            message = f"{DECISION}「{decision}」無法辨識"
            fix = f"請填{'或'.join(f'「{word}」' for word in known)}"
        elif assessor and not any(units):
            message = f"未填受考核單位，無法確定「{assessor}」不考核哪些單位"
            fix = f"請填單位的編號；不考核任何單位者，請填「{ALL}」"
        if message:
            yield table.problem(message, fix, row.number, DECISION)

"""決定: what the secretariat decided on single files; it overrules what the program finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from svcq_excel.definition import Problem
from svcq_excel.plan.roster import blanks, verify
from svcq_excel.plan.table import Table, read_table

FILE, DECISION, REASON, BY = "檔案", "決定", "理由", "決定人"
ADOPTED, EXCLUDED = "採用", "排除"
BY_DECISION = "依決定"
"""How the reason begins that a decision gives."""

NAME, SUFFIXES = "決定", (".xlsx", ".csv", ".ods")
"""How the file is called that is looked for beside the outputs."""


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

    @property
    def in_words(self) -> str:
        return f"{BY_DECISION}{ADOPTED if self.adopted else EXCLUDED}：{self.reason}（{self.by}）"


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of an .xlsx, .ods or .csv file. Raises DefinitionError with every problem."""
    table = read_table(path, required=(FILE, DECISION, REASON, BY))
    verify(table, *(blanks(table, column) for column in (FILE, REASON, BY)), _unknown(table))
    return tuple(
        Decision(file, decision == ADOPTED, reason, by, table.file, row.number)
        for row in table.rows
        for file, decision, reason, by in [row.texts]
    )


def decisions_beside(folder: Path) -> Path | None:
    """The decisions that lie beside the outputs, if any do."""
    found = (folder / f"{NAME}{suffix}" for suffix in SUFFIXES)
    return next((path for path in found if path.is_file()), None)


def _unknown(table: Table) -> Iterator[Problem]:
    for number, text in table.column(DECISION):
        if text not in {ADOPTED, EXCLUDED}:
            message = f"{DECISION}「{text}」無法辨識"
            yield Problem(table.file, message, f"請填「{ADOPTED}」或「{EXCLUDED}」", number)

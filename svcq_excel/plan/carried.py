"""What was open on a checklist in an earlier round, from that round's results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.lists.heads import CODE
from svcq_excel.plan.lists.roster import verify
from svcq_excel.plan.lists.table import Table, read_table
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric

STEP = "步驟代號"
NOTHING = "無"
"""What stands in place of a list where there is nothing to list."""


def read_carried(path: Path, rubric: Rubric, units: tuple[Unit, ...]) -> dict[str, tuple[str, ...]]:
    """By unit code, the steps in an .xlsx, .ods, .xls or .csv file, in the rubric's order.

    `rubric` is the whole checklist. Raises DefinitionError with every problem found.
    """
    if not rubric.is_checklist:
        message = "不是檢核表，沒有前期未完成的步驟"
        raise DefinitionError([Problem(rubric.id, message, "請勿指定 --carried")])
    table = read_table(path, required=(CODE, STEP))
    if [row.texts for row in table.rows] == [(NOTHING, "")]:
        return {}
    verify(table, _unknown(table, rubric, {unit.code for unit in units}))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        code, step = row.texts
        found[code].add(step)
    return {
        unit.code: tuple(leaf.id for leaf in rubric.leaves if leaf.id in found[unit.code])
        for unit in units
        if unit.code in found
    }


def _unknown(table: Table, rubric: Rubric, units: set[str]) -> Iterator[Problem]:
    for row, code in table.column(CODE):
        if code not in units:
            message = f"編號「{code}」不在受考核單位名單內"
            yield table.problem(message, "請核對編號，或刪除這一列", row, CODE)
    for row, step in table.column(STEP):
        if step not in rubric.leaf_by_id:
            message = f"{STEP}「{step}」不是「{rubric.id}」的步驟"
            yield table.problem(message, "請核對代號，或刪除這一列", row, STEP)

"""The marked copy of a plan workbook: each problem a comment and a coloured cell, beside the plan,
which itself is never written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.planned import planned_in
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.placing import lies_otherwise, write_together
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.sheets.marking import can_be_marked, marked_copy
from svcq_excel.rubric.shipped import examined
from svcq_excel.rubric.source import Given
from svcq_excel.workbooks.workbook import Unreadable


def mark_plan(folder: Folder) -> tuple[Path | None, str]:
    """Where the copy lies, if there is one, and what there is to say of it.

    A copy that lies there already may have been written on: another one gets another name. Raises
    OutputBlockedError.
    """
    plan = folder.plan_workbook
    problems = [each for each in _problems(folder) if Path(each.file).name == plan.name]
    given = _given(plan)
    if not problems and not given:
        return None, f"「{plan.name}」沒有須更正之處，未另存副本。"
    content = plan.read_bytes()
    copy = marked_copy(content, problems, given) if can_be_marked(content) else None
    if copy is None:
        return None, "只有 .xlsx 可以另存標示的副本；問題的位置見所列的工作表及儲存格。"
    if isinstance(copy, Unreadable):
        return None, f"無法另存標示的副本（{copy.found}）；問題的位置見所列的工作表及儲存格。"
    out = next(each for each in _names(plan) if not lies_otherwise(each, copy))
    placed = write_together({out: copy}.items())[out]
    return placed, f"已另存標示 {len(problems)} 處的副本；更正請寫在「{plan.name}」。"


def _problems(folder: Folder) -> Sequence[Problem]:
    try:
        planned_in(folder, Sources()).read()
    except DefinitionError as error:
        return error.problems
    return ()


def _given(plan: Path) -> Given:
    """The 代號 that a definition in the workbook leaves to the program."""
    try:
        shape, _ = examined(str(plan))
    except DefinitionError:
        return {}
    return shape.source.given


def _names(plan: Path) -> Iterator[Path]:
    yield plan.with_name(f"{plan.stem}_標示.xlsx")
    for number in count(2):
        yield plan.with_name(f"{plan.stem}_標示{number}.xlsx")

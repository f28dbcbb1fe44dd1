"""Writes the marked copy of a workbook that a command looked at, and says where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from svcq_excel.definition import Problem
    from svcq_excel.rubric.source import Given


def write_marked(
    path: Path, problems: Sequence[Problem], given: Given, out: Path, replace: bool
) -> str:
    """Where the copy lies, or why there is none, in words."""
    from svcq_excel.definition import DefinitionError
    from svcq_excel.definition import Problem as Told
    from svcq_excel.placing import write_together
    from svcq_excel.replacing import verify_outputs
    from svcq_excel.rubric.sheets.marking import can_be_marked, marked_copy
    from svcq_excel.workbooks.workbook import Unreadable

    content = path.read_bytes() if path.is_file() else b""
    if not can_be_marked(content):
        return "只有 .xlsx 可以另存標示的副本；問題的位置見以下所列。"
    if out.suffix.lower() != path.suffix.lower():
        fix = f"請改用 {path.suffix} 結尾的檔名"
        raise DefinitionError([Told(str(out), "標示的副本與原檔的格式不同", fix)])
    verify_outputs([out], [path], replace=replace)
    copy = marked_copy(content, problems, given)
    if isinstance(copy, Unreadable):
        return f"無法另存標示的副本（{copy.found}）；問題的位置見以下所列。"
    placed = write_together({out: copy}.items())
    return f"已另存標示的副本：{placed[out]}"

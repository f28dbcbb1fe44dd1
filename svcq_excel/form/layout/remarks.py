"""The sheet 優缺點及改善事項: for each item five texts, keyed like the sheet 評分表."""

from __future__ import annotations

from svcq_excel.form.layout.grid import KEYS, Column
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.look import address

REMARKS: dict[str, str] = {
    "strengths": "優點",
    "weaknesses": "缺點",
    "suggestions": "建議改善事項",
    "progress": "改善事項辦理情形",
    "remark": "備註",
}

COLUMNS = (
    Column(KEYS, "", 20),
    Column("item", "", 150),
    *(Column(key, title, 100 if key == "remark" else 185) for key, title in REMARKS.items()),
)

KEYS_ROW, HEADS_ROW, FIRST_ROW = 1, 2, 3


def remark_address(rubric: Rubric, item: str, key: str) -> str:
    """The cell of a text about an item, or "" where there is none such."""
    rows = [each.id for each in rubric.items]
    columns = [column.key for column in COLUMNS]
    known = item in rows and key in REMARKS and not rubric.is_checklist
    return address(FIRST_ROW + rows.index(item), columns.index(key)) if known else ""


def item_labels(rubric: Rubric) -> tuple[str, ...]:
    """1.服務流程 and so on: the items in the order of the statistics table."""
    return tuple(f"{i}.{item.name}" for i, item in enumerate(rubric.items, 1))

"""The sheet 優缺點及改善事項: for each item five texts, keyed like the sheet 評分表."""

from __future__ import annotations

from svcq_excel.form.layout.grid import KEYS, Column
from svcq_excel.rubric.model import Rubric

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


def item_labels(rubric: Rubric) -> tuple[str, ...]:
    """1.服務流程 and so on: the items in the order of the statistics table."""
    return tuple(f"{i}.{item.name}" for i, item in enumerate(rubric.items, 1))

"""The sheet 優缺點及改善事項: for each item five texts, keyed like the sheet 評分表."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.columns import Column, paper_of, scaled
from svcq_excel.form.layout.fitting import MAX_ROW_PT, TEXT_PT, text_height
from svcq_excel.form.layout.grid import KEYS
from svcq_excel.form.layout.paper import Paper
from svcq_excel.rubric.model import Node, Rubric

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

Texts = Mapping[str, Mapping[str, str]]
"""What stands on the sheet already, by item and key."""

KEYS_ROW, HEADS_ROW, FIRST_ROW = 1, 2, 3


def item_labels(rubric: Rubric) -> tuple[str, ...]:
    """1.服務流程 and so on: the items in the order of the statistics table."""
    return tuple(f"{i}.{item.name}" for i, item in enumerate(rubric.items, 1))


_TOP_PT = 34 + 24
"""The title and the heads."""
_LEAST_PT, _MOST_PT = 45.0, 90.0


@dataclass(frozen=True, slots=True)
class ItemRows:
    """An item's texts: the row where they stand, merged over so many, each of this height."""

    item: Node
    label: str
    row: int
    count: int
    height: float


def item_rows(rubric: Rubric, texts: Texts) -> tuple[ItemRows, ...]:
    """Each item's rows, high enough and as many as the texts need that stand there already, by
    item and key; none on a checklist, which has no such sheet."""
    return () if rubric.is_checklist else tuple(_item_rows(rubric, texts))


def columns_for(rubric: Rubric, texts: Texts) -> tuple[Column, ...]:
    """Those of the sheet, on the paper of its form: where texts stand there already that need more
    room than a blank form gives, the columns with long ones are wider."""
    paper = paper_of(rubric)
    blank = scaled(COLUMNS, paper)
    if _need(blank, texts) <= _share(paper, len(rubric.items)):
        return blank
    longest = [max(len(said.get(key, "")) for said in texts.values()) for key in REMARKS]
    least = [max(blank[-1].pixels, _head_px(column.title)) for column in blank[2:]]
    room = sum(column.pixels for column in blank[2:]) - sum(least)
    widths = [
        pixels + room * length // sum(longest)
        for pixels, length in zip(least, longest, strict=True)
    ]
    texts_px = zip(blank[2:], widths, strict=True)
    return (*blank[:2], *(replace(column, pixels=pixels) for column, pixels in texts_px))


def _head_px(title: str) -> int:
    """What a head needs to stand on one line."""
    return ceil(metrics.ems(title) * TEXT_PT * 96 / 72) + 10


def _need(columns: Sequence[Column], texts: Texts) -> float:
    """The height that the longest of some items' texts needs."""
    room = [
        (said.get(each.key, ""), each.pixels) for said in texts.values() for each in columns[2:]
    ]
    return max((text_height("remark", text, width) for text, width in room), default=0.0)


def _item_rows(rubric: Rubric, texts: Texts) -> Iterator[ItemRows]:
    row, columns = FIRST_ROW, columns_for(rubric, texts)
    least = _share(paper_of(rubric), len(rubric.items))
    for item, label in zip(rubric.items, item_labels(rubric), strict=True):
        need = max(least, _need(columns, {item.id: texts.get(item.id, {})}))
        count = ceil(need / MAX_ROW_PT)
        yield ItemRows(item, label, row, count, need / count)
        row += count


def _share(paper: Paper, count: int) -> float:
    """The height of a blank item: so many share a page where it is neither too low nor too high."""
    pixels = int((paper.down_pt - _TOP_PT) / count / metrics.PIXEL_PT)
    return min(max(pixels * metrics.PIXEL_PT, _LEAST_PT), _MOST_PT)

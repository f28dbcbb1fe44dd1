"""The sheet 填寫說明: how to fill in, save and return a form in ten lines, and common mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.identity import GUIDE_SHEET
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.heads import total_label
from svcq_excel.form.layout.paper import Paper
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.rubric.node import AT_WORK, DONE, STATUSES

_NUMBER_PX, _LINE_PX = 40, 760


def columns_on(paper: Paper) -> tuple[Column, ...]:
    """A margin, the numbers, the lines: no longer than can be read with ease."""
    line = min(paper.across_px - _NUMBER_PX, _LINE_PX)
    return tuple(Column("", "", pixels) for pixels in (10, _NUMBER_PX, line))


def write_guide(
    sheet: Worksheet,
    rubric: Rubric,
    columns: Sequence[Column],
    mistakes: Sequence[str],
    formats: Mapping[str, Format],
) -> int:
    """Fills the sheet; returns the number of rows."""
    sheet.set_row(0, 34)
    sheet.merge_range(0, 1, 0, 2, "", formats["title"])
    sheet.write_string(0, 1, GUIDE_SHEET, formats["title"])
    row = _numbered(sheet, 1, columns, guide_lines(rubric), formats)
    if mistakes:
        sheet.set_row(row, 26)
        sheet.merge_range(row, 1, row, 2, "", formats["guide_head"])
        sheet.write_string(row, 1, "常見錯誤", formats["guide_head"])
        row = _numbered(sheet, row + 1, columns, mistakes, formats)
    return row


def _numbered(
    sheet: Worksheet,
    first: int,
    columns: Sequence[Column],
    lines: Sequence[str],
    formats: Mapping[str, Format],
) -> int:
    for count, line in enumerate(lines, 1):
        row = first + count - 1
        sheet.set_row(row, metrics.height(line, columns[-1].pixels, 12) + 2)
        sheet.write_string(row, 1, f"{count}.", formats["guide_number"])
        sheet.write_string(row, 2, line, formats["guide"])
    return first + len(lines)


def guide_lines(rubric: Rubric) -> tuple[str, ...]:
    """The ten lines; those on bands and measures only where the rubric has any."""
    if rubric.is_checklist:
        return (*_FIRST, *_STEPS, *_LAST)
    measured = any(leaf.measure for leaf in rubric.leaves)
    step = "整數" if rubric.step == 1 else f"以 {number(rubric.step)} 分為單位的數字"
    bands = (
        "設有級距的項目，請先由「適用級距」的選單選取級距，再填該級距範圍內的得分；"
        "未達任何級距者，級距留空，得分填 0。"
    )
    measures = (
        "須填「佐證數據」的項目，系統會依數據顯示可採的級距；得分不得高於該級距的上限。"
        "百分比請填 88 或 88%，不要填 0.88。"
    )
    growing = any(leaf.growth for leaf in rubric.leaves)
    growths = (
        "須填「本年度」及「上年度」的項目，系統會自動計算成長率；"
        "百分比請填 88 或 88%，不要填 0.88。"
    )
    texts = "「優缺點及改善事項」工作表" + ("及表末文字欄" if rubric.comments else "")
    return (
        *_FIRST,
        f"「得分」請填 0 至該項滿分之間的{step}，只填數字，不加「分」字。",
        bands
        if any(leaf.bands for leaf in rubric.leaves)
        else f"沒有級距，得分依{rubric.text_title}評定。",
        measures if measured else growths if growing else "如有補充說明，請填在「備註」欄。",
        "每列右端的「檢核」欄會說明該列填得對不對：綠色為符合，黃色請再確認，紅色請依說明更正。",
        f"小計、得分合計及{total_label(rubric)}由表格自動計算，請勿自行填寫；"
        "表首會顯示尚有幾項未填。",
        f"{texts}請以文字填寫，按 Alt + Enter 可換行；{_HIGHER}。",
        *_LAST,
    )


_HIGHER = (
    "文字較長時，可拖曳左側列號的下緣加高該列，列印時才會完整顯示"
    "（LibreOffice 須先取消「工具」選單的「保護工作表」）"
)
_FIRST = (
    "請只填寫淡黃色的儲存格，其他儲存格已保護；按 Tab 鍵可移到下一個應填的儲存格。",
    "請先填「考核人員」及「考核日期」（例如 105年9月10日，或 105/9/10）。",
)
_STEPS = (
    f"每一步驟請由「辦理狀態」的選單選取{'、'.join(STATUSES)}其中之一。",
    f"{DONE}或{AT_WORK}者，請在「辦理情形」說明；按 Alt + Enter 可換行；{_HIGHER}。",
    "「佐證資料」請填資料名稱或編號，可留空；如有補充說明，請填在「備註」欄。",
    "每列右端的「檢核」欄會說明該列填得對不對：綠色為符合，黃色請再確認，紅色請依說明更正。",
    "完成情形由表格自動計算，請勿自行填寫；表首會顯示尚有幾項未填。",
)
_LAST = (
    "填妥後請直接存檔，保留原來的檔案格式（.xlsx 或 .ods 均可）；檔名可以更改，不影響彙整。",
    "請將本檔案原件寄回主辦單位，不要改寄 PDF、掃描檔或複製到其他活頁簿。",
)

"""What an entry accepts and says while it is filled in: pick lists, limits, hints, messages."""

from __future__ import annotations

from typing import Any

from svcq_excel.form.layout.grid import HANDED_IN
from svcq_excel.rubric.model import Node, Rubric, number
from svcq_excel.rubric.node import STATUSES

YEARS = {"this_year": "本年度", "last_year": "上年度"}


def validation(rubric: Rubric, what: str, leaf: Node | None) -> dict[str, Any]:
    """The data validation of an entry, in XlsxWriter's words."""
    if what == "score" and leaf:
        whole = rubric.step == rubric.step.to_integral_value()
        return {
            "validate": "integer" if whole else "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": float(leaf.cap),
            "error_title": "得分超出範圍",
            "error_message": _short(f"「{leaf.name}」請填 {_range(rubric, leaf)}。", 255),
        }
    if what == "handed_in":
        return {
            "validate": "list",
            "source": list(HANDED_IN),
            "error_title": "請用選單選取",
            "error_message": f"請由選單選取{'或'.join(HANDED_IN)}。",
        }
    if what == "status":
        return {
            "validate": "list",
            "source": list(STATUSES),
            "error_title": "請用選單選取",
            "error_message": f"請由選單選取{'、'.join(STATUSES)}其中之一。",
        }
    if what == "band" and leaf:
        return {
            "validate": "list",
            "source": [band.label for band in leaf.bands],
            "error_title": "請用選單選取",
            "error_message": "請由選單選取級距；未達任何級距者留空，得分填 0。",
        }
    if what == "measure" and leaf and leaf.measure:
        top = leaf.measure.max
        limit = f"0 至 {number(top)} 的數字" if top is not None else "不小於 0 的數字"
        return {
            "validate": "decimal",
            "criteria": "between" if top is not None else ">=",
            "minimum": 0,
            **({"maximum": float(top)} if top is not None else {"value": 0}),
            "error_title": "佐證數據有誤",
            "error_message": _short(f"「{leaf.measure.label}」請填{limit}。", 255),
        }
    if what in YEARS and leaf and leaf.growth:
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "年度數據有誤",
            "error_message": _short(f"「{leaf.growth.of}」請填不小於 0 的數字。", 255),
        }
    return {"validate": "any"}


def prompt(rubric: Rubric, what: str, leaf: Node | None) -> dict[str, str]:
    """The hint that an entry shows when it is selected."""
    title, message = {
        "assessor": ("考核人員", "請填姓名，多人以頓號分隔。"),
        "date": ("考核日期", "例如 105年9月10日，或 105/9/10。"),
        "comments": (rubric.comments or "", "以文字填寫，換行請按 Alt + Enter。"),
        "handed_in": ("應另附文件", f"請由選單選取{'或'.join(HANDED_IN)}；文件請與本表一併寄回。"),
        "status": ("辦理狀態", f"請由選單選取：{'、'.join(STATUSES)}。"),
        "done": ("辦理情形", "請說明本期辦理情形；已完成或辦理中者必填。換行請按 Alt + Enter。"),
        "proof": ("佐證資料", "請填佐證資料的名稱或編號，可留空。"),
        "note": ("備註", "需要說明時填寫，可留空。"),
    }.get(what, ("", ""))
    if what == "score" and leaf:
        title, message = "得分", f"請填 {_range(rubric, leaf)}。"
    elif what == "band" and leaf:
        title, message = "適用級距", "請由選單選取；未達任何級距者留空，得分填 0。"
    elif what == "measure" and leaf and leaf.measure:
        percent = "（填 88 或 88%）" if leaf.measure.is_percentage else ""
        title = "佐證數據"
        message = f"請填{leaf.measure.label}，單位：{leaf.measure.unit}{percent}。"
    elif what in YEARS and leaf and leaf.growth:
        percent = "（填 88 或 88%）" if leaf.growth.is_percentage else ""
        title = YEARS[what]
        message = (
            f"請填{title}{leaf.growth.of}，單位：{leaf.growth.unit}{percent}；成長率由表格計算。"
        )
    return {"input_title": _short(title, 32), "input_message": _short(message, 255)}


def remark_prompt(title: str, item: str) -> dict[str, str]:
    """The hint of an entry on the sheet 優缺點及改善事項."""
    message = f"請以文字填寫「{item}」的{title}，可留空；換行請按 Alt + Enter。"
    return {
        "validate": "any",
        "input_title": _short(title, 32),
        "input_message": _short(message, 255),
    }


def _range(rubric: Rubric, leaf: Node) -> str:
    whole = rubric.step == 1
    kind = "整數" if whole else f"數字，以 {number(rubric.step)} 分為單位"
    return f"0 至 {number(leaf.cap)} 的{kind}"


def _short(text: str, most: int) -> str:
    """Excel limits titles to 32 and messages to 255 characters, of which rare ones count twice."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - 1)].decode("utf-16-le", errors="ignore") + "…"

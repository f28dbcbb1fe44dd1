"""Forms that were altered: rows gone or doubled, wording changed, sums typed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import (
    doubled,
    hidden,
    hidden_sheet,
    removed,
    reworded,
    same,
    shows,
    unprotected,
)
from svcq_excel.checks.numerals import read_number, shorten
from svcq_excel.checks.rule import FormRule, ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell
from svcq_excel.form.layout.heads import total_label
from svcq_excel.form.reading.key_places import LeafPlace, places_of
from svcq_excel.rubric.model import number

_FORM = "收件作業：表件的項目、配分及文字不得更改"
_LEAF = "A1.1.1.1"
_TAIL = 40  # letters of a label in which its sum is looked for: a regular expression takes its time
_LAST_NUMBER = re.compile(r"(-?[0-9][0-9,]*\.?[0-9]*)\s*分?\s*$", re.ASCII)


class CriterionMissing(FormRule):
    code = "criterion-missing"
    severity = "error"
    title = "評分細項不見了"
    clause = _FORM
    asked_anew = "本檔已補回這一項，請填寫"
    bad = removed(_LEAF)
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for leaf in form.rubric.leaves:
            if leaf.id not in form.facts.entries:
                yield self.violation(
                    "這一項的列已被刪除，或其代號、文字已被更改",
                    "",
                    "請改用原表件填寫",
                    criterion=leaf.id,
                    name=leaf.name,
                )


class CriterionRepeated(FormRule):
    code = "criterion-repeated"
    severity = "error"
    title = "評分細項重複"
    clause = _FORM
    asked_anew = "本檔只帶入第一次出現的內容，請確認無誤"
    bad = doubled(_LEAF)
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for id, entries in form.facts.entries.items():
            if len(entries) > 1:
                rows = "、".join(entry.score.address for entry in entries)
                yield self.violation(
                    f"這一項在表中出現 {len(entries)} 次（{rows}）",
                    "每一項只能有一列",
                    "請刪除多出的列，或改用原表件填寫",
                    cell=entries[1].score,
                    criterion=id,
                    name=form.rubric.leaf_by_id[id].name,
                )
        for sheet in form.facts.copies:
            yield self.violation(
                f"活頁簿內另有一張評分表「{sheet}」",
                "一個檔案只能有一張評分表",
                "請刪除多出的工作表後重新寄送",
            )


class CriterionAltered(FormRule):
    code = "criterion-altered"
    severity = "warning"
    title = "評分細項的文字或配分被更改"
    clause = _FORM
    asked_anew = "本檔已恢復原訂文字，請依原訂文字確認所填內容"
    requires = ("criterion-repeated", "criterion-mistaken", "rubric-revised")
    bad = reworded(_LEAF, "120分)", "130分)")
    good = reworded(_LEAF, "，", "， ")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        places = places_of(form.rubric).leaves
        there, leaves = form.facts.entries, form.rubric.leaf_by_id
        in_order = pairwise(leaves) if len(there) < len(leaves) else ()
        above_missing = {above for above, leaf in in_order if leaf not in there}
        for answer in form.answers:
            place, wording = places[answer.leaf.id], answer.entry.wording
            if answer.leaf.id in above_missing:
                # Rows that lost their key count to the leaf above them.
                wording = wording[: len(place.wording)]
            if wording == place.wording:
                continue
            found, expected = _said(wording, place), _said(place.wording, place)
            if found != expected:
                changed = next((t for t in found if t not in expected), "（文字被刪除）")
                original = next((t for t in expected if t not in found), "")
                kept = "步驟" if form.rubric.is_checklist else "標準"
                yield self.at(
                    answer,
                    f"表上的文字已更改為「{shorten(changed)}」",
                    f"原為「{shorten(original)}」" if original else "",
                    f"仍依原訂{kept}檢核，請向該單位確認",
                )


def _said(wording: tuple[str, ...], place: LeafPlace) -> list[str]:
    """The wording without blanks, and without the leaf's own label with its 得分 typed over."""
    own = "".join(place.own.split())
    texts = ["".join(text.split()) for text in wording]
    return [text for text in texts if not own or not text.startswith(own)]


class TotalAltered(ScoreRule):
    code = "total-altered"
    severity = "warning"
    title = "小計或總分被改寫"
    clause = _FORM
    asked_anew = "本檔的合計已恢復由表格計算，請確認各項得分無誤"
    warned_of = "在小計、得分合計或總分直接填數字。"
    bad = shows("", 999.0)
    good = shows("", 0.0, formula=True)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for node_id, cell in form.facts.shown.items():
            if cell.formula or cell.blank:
                continue
            expected, seen = form.sums[node_id], number_shown(cell)
            if seen != expected:
                node = form.rubric.nodes.get(node_id)
                typed = f"「{shorten(str(cell.value))}」" if seen is None else f" {number(seen)}"
                yield self.violation(
                    f"表上的合計公式已被改寫為{typed}",
                    f"依各項得分計算為 {number(expected)} 分",
                    "總分一律依各項得分重新計算，請向該單位確認得分無誤",
                    cell=cell,
                    criterion=node_id or None,
                    name=node.name if node else total_label(form.rubric),
                )


class FormHidden(FormRule):
    """Nobody saw what is counted."""

    code = "form-hidden"
    severity = "error"
    title = "評分表的工作表被隱藏"
    clause = _FORM
    asked_anew = "本檔已取消隱藏，請逐項確認所填內容無誤"
    bad = hidden_sheet
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if not form.facts.is_shown:
            found = "評分表的工作表被隱藏，列印及簽章的人看不到所填內容"
            yield self.violation(found, "", "請取消隱藏，逐項確認後重新寄送")


class CriterionHidden(FormRule):
    code = "criterion-hidden"
    severity = "warning"
    title = "評分細項的列被隱藏"
    clause = _FORM
    asked_anew = "本檔已取消隱藏，請確認所填內容無誤"
    requires = ("criterion-repeated",)
    bad = hidden(_LEAF)
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.leaf.id in form.facts.hidden:
                todo = "請該單位取消隱藏，並確認所填內容"
                yield self.at(answer, "這一項的列被隱藏，填表人可能沒有看到", "", todo)


class ProtectionRemoved(FormRule):
    code = "protection-removed"
    severity = "notice"
    title = "工作表保護已被解除"
    clause = _FORM
    bad = unprotected
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if not form.facts.protected:
            found = "評分表的工作表保護已被解除"
            yield self.violation(found, "", "內容均已逐項核對；如無其他問題，不必處理")


def number_shown(cell: Cell) -> Decimal | None:
    """The figure of a sum: a number, or what a label such as 服務流程*小計：200分 ends in."""
    if isinstance(cell.value, str) and (match := _LAST_NUMBER.search(cell.value.strip()[-_TAIL:])):
        return Decimal(match[1].replace(",", "").rstrip("."))
    return read_number(cell).number

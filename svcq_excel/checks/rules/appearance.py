"""What is seen on the signed form, and what counts: the same, or it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from svcq_excel.checks.answers import Answer, CheckedForm, read_figure, read_status
from svcq_excel.checks.band_texts import read_band
from svcq_excel.checks.examples import edit, together
from svcq_excel.checks.numerals import read_number, shorten
from svcq_excel.checks.rule import Example, FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.workbooks.areas import CellPlace
from svcq_excel.workbooks.look import address
from svcq_excel.workbooks.veils import Veil, Why

_LEAF = "A1.1.1.1"
_WORDS: Mapping[Why, str] = {
    "ink": "文字與底色相近，看不出來",
    "size": "字級為 {} 點，看不清楚",
    "symbols": "用符號字型「{}」顯示，看到的不是所填內容",
    "struck": "畫有刪除線",
    "repeated": "對齊方式為「填滿」，所填內容會重複顯示",
    "zero": "工作表設為不顯示 0，看到的是空白",
    "row": "所在的列太低或被隱藏，看不到",
    "column": "所在的欄太窄或被隱藏，看不到",
    "merge": "已併入儲存格 {}，看不到",
    "covered": "被圖案、圖片或文字方塊遮住",
    "unprinted": "不在列印範圍內，紙本上看不到",
    "conditional": "設有條件式格式，可能看不到或顯示成別的內容",
    "unread-format": "數字格式為「{}」，無法確定看到的是什麼",
}
_ENTRIES = {
    "score": "得分",
    "status": "辦理狀況",
    "band": "適用級距",
    "measure": "佐證數據",
    "note": "備註",
    "this_year": "本年度數據",
    "last_year": "上年度數據",
    "done": "辦理情形",
    "proof": "佐證資料",
}


def veiled(why: Why, shown: str = "") -> Example:
    """The leaf's score, seen otherwise."""

    def apply(facts: FormFacts) -> FormFacts:
        cell = facts.entries[_LEAF][0].score
        return replace(facts, veils=(Veil(cell.row, cell.column, why, shown),))

    return apply


class ShownOtherwise(FormRule):
    """Whoever signs a form signs what is seen; another figure that counts keeps the form back."""

    code = "shown-otherwise"
    severity = "warning"
    title = "表上看到的與所填的不同"
    clause = "收件作業：核章的內容與計分的內容必須相同"
    asked_anew = "本檔已恢復原訂格式，請確認這一格所填的內容無誤"
    requires = ("criterion-repeated", "criterion-mistaken")
    bad = veiled("covered")
    good = together(edit(_LEAF, score=100.0), veiled("format", "100分"))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        veils: defaultdict[CellPlace, list[Veil]] = defaultdict(list)
        for veil in form.facts.veils:
            veils[veil.row, veil.column].append(veil)
        for answer in form.answers if veils else ():
            for key, cell in _asked(answer):
                if several := veils.get((cell.row, cell.column)):
                    yield from self.told(answer, key, cell, several)

    def told(
        self, answer: Answer, key: str, cell: Cell, veils: Sequence[Veil]
    ) -> Iterator[Violation]:
        said = [_hidden(veil) for veil in veils if veil.why != "format"]
        differs = False
        for veil in veils:
            if veil.why == "format":
                counts, seen = _meaning(answer, key, cell), _meaning(answer, key, cell, veil.shown)
                if counts is None or counts != seen:
                    said.append(f"看到的是{_quoted(veil.shown)}")
                    differs = differs or None not in (counts, seen)
        if not said:
            return
        what = f"{_ENTRIES[key]}所填的是{_quoted(cell.text)}"
        if differs:
            todo = "請將儲存格格式改為「通用格式」，確認所填與所見一致後，重新核章寄送"
        else:
            todo = "請向該單位確認核章時所見與所填相同"
        found = f"{what}，但" + "；".join(dict.fromkeys(said))
        yield self.violation(
            found,
            "仍以所填的內容檢核" if not differs else "",
            todo,
            cell=cell,
            criterion=answer.leaf.id,
            name=answer.leaf.name,
            entry=answer.key_of(cell),
            severity="error" if differs else None,
        )


def _asked(answer: Answer) -> Iterator[tuple[str, Cell]]:
    """The cells that count: a note only where the score is full, which asks for one."""
    entry = answer.entry
    yield ("status" if answer.leaf.due else "score"), entry.score
    note = entry.note if answer.points == answer.leaf.cap else None
    named = {"band": entry.band, "measure": entry.measure, "note": note, **entry.others}
    yield from ((key, cell) for key, cell in named.items() if cell is not None)


def _meaning(answer: Answer, key: str, cell: Cell, shown: str | None = None) -> object:
    """What an entry means, or would mean if it were what is shown; None for nothing known."""
    leaf = answer.leaf
    if shown is not None:
        cell = cell._replace(value=shown, percent=False)
    if key == "score":
        return read_number(cell).number
    if key == "measure" and leaf.measure:
        return read_figure(cell, leaf.measure.unit).number
    if key in {"this_year", "last_year"} and leaf.growth:
        return read_figure(cell, leaf.growth.unit).number
    if key == "band":
        return read_band(cell, leaf).band
    if key == "status":
        return read_status(cell) or None
    return " ".join(cell.text.split()) or None


def _hidden(veil: Veil) -> str:
    said = veil.shown
    if veil.why == "merge":
        row, column = map(int, said.split())
        said = address(row, column) if row >= 0 else "其他儲存格"
    return _WORDS[veil.why].format(shorten(said))


def _quoted(text: str) -> str:
    return f"「{shorten(text)}」" if text.strip() else "空白"

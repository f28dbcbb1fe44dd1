"""A unit's sheet: leaf by leaf what was given and why, and how that becomes total, grade, rank.

It says nothing of any other unit, and of the unit's own files no more than their digests: it may
be sent to the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.form.layout.grid import months
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.kind_words import called
from svcq_excel.results.accounts.leaf_rows import leaf_cells
from svcq_excel.results.awaiting import PROVISIONAL, awaited, forms_counted, status_word
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.sheet import Content, Formula, SheetCell
from svcq_excel.results.page.streaming import Row, letters
from svcq_excel.results.page.total_columns import explained, total_cells, total_heads
from svcq_excel.results.scoring.checklist import progress
from svcq_excel.results.wording import heading, name_with_code, score_changes_of
from svcq_excel.rubric.model import Node, Rubric, number
from svcq_excel.rubric.node import STATUSES
from svcq_excel.text.roc_dates import roc

_WITH_FIGURES = (64, 176, 54, 350, 96, 58, 220)
_WITHOUT_FIGURES = (64, 140, 54, 470, 70, 58, 162)
_OF_CHECKLISTS = (56, 190, 84, 320, 130, 70, 168)
LOOKS = (
    *("title", "line", "head", "bar", "sub_bar", "text", "small", "small_centred", "centred"),
    *("score", "changed_score", "difference", "total", "exact_total", "grade", "mean_label"),
    *("needs-correction", "incomplete", "missing", "note", "rate"),
)
HEADS = (0, 2)
_SCORED = ("代號", "評分細項", "滿分", "適用級距及評分標準", "佐證數據", "得分", "評分說明")
_CHECKED = ("代號", "執行步驟", "查核期限", "辦理情形", "佐證資料", "狀況", "說明")
_SCORE = 5
"""The column of the scores."""
_ALL = len(_SCORED)


def account_widths(rubric: Rubric) -> tuple[int, ...]:
    """Texts have the room that no figure needs."""
    if rubric.is_checklist:
        return _OF_CHECKLISTS
    has_figures = any(leaf.measure or leaf.growth for leaf in rubric.leaves)
    return _WITH_FIGURES if has_figures else _WITHOUT_FIGURES


def account_rows(
    outcome: Outcome, results: Sequence[UnitResult], placed: bool = True
) -> Iterator[Row]:
    """The rows of one unit's sheet: `results` are the unit's, one a kind of assessment; `placed`,
    with its rank and the reward that hangs on it."""
    rubric, unit = outcome.rubric, results[0].unit
    group = f"　組別：{unit.group}" if unit.group else ""
    yield Row([SheetCell(heading(outcome, "成績說明"), "title", _ALL)], 28)
    yield Row([SheetCell(f"受考核單位：{name_with_code(unit)}{group}", "line", _ALL)])
    heads = _CHECKED if rubric.is_checklist else _SCORED
    yield Row([SheetCell(head, "head") for head in heads], 24)
    number = HEADS[1] + 2
    for result in results:
        scored = _scores(outcome, result, number, placed)
        for row in _steps(rubric, result) if rubric.is_checklist else scored:
            number += 1
            yield row


def _scores(outcome: Outcome, result: UnitResult, first: int, placed: bool) -> Iterator[Row]:
    """The rows of one kind of assessment, of which the first has this number in the sheet."""
    rubric, rows = outcome.rubric, list(_who(outcome, result))
    sums = []
    for item in rubric.items if result.forms else ():
        if item.is_leaf:
            sums.append(f"{letters(_SCORE)}{first + len(rows)}")
            rows.append(Row(leaf_cells(rubric, result, item)))
            continue
        sums.append(f"{letters(_SCORE)}{first + len(rows)}")
        rows.append(_item(result, item, first + len(rows)))
        leaves = (leaf_cells(rubric, result, leaf) for leaf in item.leaves)
        rows += [Row(cells, tied=not at) for at, cells in enumerate(leaves)]
    yield from rows
    if result.total is not None:
        yield from _totals(rubric, result, sums, first + len(rows))
        if placed:
            yield from _placed(result)
    for said in (*result.grounds, *score_changes_of(rubric, result), *result.changes):
        yield Row([SheetCell(f"※{said}", "note", _ALL)], tied=True)


def _who(outcome: Outcome, result: UnitResult) -> Iterator[Row]:
    """Which assessment it is, who filled in the forms, when, and what they are known by."""
    counted = forms_counted(result)
    many = f"　評分表 {counted} 份" if counted and len(result.forms) > 1 else ""
    word = called(outcome.rubric, result.kind)
    yield Row([SheetCell(f"{word}{many}", "bar", _ALL)], 24, tied=not result.forms)
    for form in result.forms:
        member = form.called if form.assessor not in _FIXED else ""
        who = "、".join(dict.fromkeys(filter(None, (member, form.assessor_name)))) or "未填"
        when = f"　考核日期：{roc(form.assessed)}" if form.assessed else ""
        file = outcome.file_of(form)
        known = f"　檔案 SHA-256：{file.sha256}" if file and file.sha256 else ""
        yield Row([SheetCell(f"考核人員：{who}{when}{known}", "small", _ALL)], tied=True)
    if result.total is None and result.status != "accepted":
        cells = [SheetCell("情形", "mean_label", 2), SheetCell(status_word(result), result.status)]
        yield Row([*cells, SheetCell(awaited(result) or None, "text", 4)], tied=True)


_FIXED = (SELF.key, "hq")


def _item(result: UnitResult, item: Node, at: int) -> Row:
    score = result.items.get(item.id)
    cells = f"{letters(_SCORE)}{at + 1}:{letters(_SCORE)}{at + len(item.leaves)}"
    content: Content = None if score is None else Formula(f"=SUM({cells})", score)
    return Row(
        [
            SheetCell(item.name, "sub_bar", 2),
            SheetCell(number(item.cap), "head"),
            SheetCell("小計", "mean_label", 2),
            SheetCell(content, "total"),
            SheetCell(None, "sub_bar"),
        ]
    )


def _totals(rubric: Rubric, result: UnitResult, sums: Sequence[str], at: int) -> Iterator[Row]:
    """原得分, 換算, 加減分 where there are any, 總分, and its grade."""
    cells = total_cells(rubric, result, ",".join(sums), lambda i: f"{letters(_SCORE)}{at + i}")
    heads = total_heads(rubric, [result.kind])
    told = [""] * (len(heads) - 1) + ["\n".join(explained(rubric, [result.kind]))]
    for head, cell, said in zip(heads, cells, told, strict=True):
        word, _, full = head.partition("\n")
        label = SheetCell(f"{word}（{full}）" if full else word, "mean_label", _SCORE)
        yield Row([label, cell, SheetCell(said, "small")], 24, tied=True)
    if rubric.grades:
        yield _result("等第", result.grade, rubric.grade_line or "")


def _placed(result: UnitResult) -> Iterator[Row]:
    rank = f"{result.rank}" if result.rank else None
    tied = "（並列）" if result.tied else ""
    yield _result("名次", f"{rank}{tied}" if rank else None, PROVISIONAL * result.provisional)
    if result.reward:
        cite = f"（{result.reward.clause}）"
        mark = f"（{PROVISIONAL}）" if result.provisional else ""
        said = f"{mark}{result.reward.text}{cite}"
        cells = [SheetCell("獎懲", "mean_label", _SCORE), SheetCell(said, "text", 2)]
        yield Row(cells, tied=True)


def _result(word: str, value: str | None, said: str = "") -> Row:
    cells = SheetCell(word, "mean_label", _SCORE), SheetCell(value, "grade")
    return Row([*cells, SheetCell(said, "small")], tied=True)


def _steps(rubric: Rubric, result: UnitResult) -> Iterator[Row]:
    """Of a checklist, how each step was answered, and what that comes to."""
    word = f"{called(rubric, result.kind)}　{status_word(result)}"
    yield Row([SheetCell(word, "bar", _ALL)], 24)
    for form in result.forms:
        when = f"　日期：{roc(form.assessed)}" if form.assessed else ""
        yield Row([SheetCell(f"填表人：{form.assessor_name or '未填'}{when}", "small", _ALL)])
    for item in rubric.items:
        steps = [leaf for leaf in item.leaves if leaf.id in result.steps]
        if steps and not item.is_leaf:
            yield Row([SheetCell(item.name, "sub_bar", _ALL)])
        for at, leaf in enumerate(steps):
            step, due = result.steps[leaf.id], months(leaf, "、")
            cells = ((leaf.id, "small_centred"), (leaf.name, "text"), (due, "small_centred"))
            answer = ((step.done, "small"), (step.proof, "small"), (step.word, "centred"))
            said = (result.notes.get(leaf.id), "small")
            yield Row([SheetCell(*each) for each in (*cells, *answer, said)], tied=not at)
    if result.status == "accepted":
        yield _completion(result)


def _completion(result: UnitResult) -> Row:
    """完成率, and what it is counted from."""
    counted = progress(result.steps.values())
    each = "、".join(f"{word} {counted.by_status[word]}" for word in STATUSES)
    rate = formulas.share(counted.done, counted.applying, counted.rate)
    label = SheetCell("完成率＝已完成÷（應辦－不適用）", "mean_label", _SCORE)
    said = SheetCell(f"應辦 {counted.asked} 項：{each}", "small")
    return Row([label, SheetCell(rate, "rate"), said], 24, tied=True)

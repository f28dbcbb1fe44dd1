"""A unit's sheet: leaf by leaf what was given and why, and how that becomes total, grade, rank.

It says nothing of any other unit, and of the unit's own files no more than their digests: it may
be sent to the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.plan.assessors import SELF
from svcq_excel.results.accounts.leaf_rows import leaf_cells
from svcq_excel.results.awaiting import PROVISIONAL, awaited, forms_counted, status_word
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.sheet import Content, Formula, SheetCell
from svcq_excel.results.page.streaming import Row, letters
from svcq_excel.results.page.total_columns import explained, total_cells, total_heads
from svcq_excel.results.wording import heading, name_with_code, score_changes_of
from svcq_excel.rubric.model import Node, Rubric, number
from svcq_excel.text.roc_dates import roc

WIDTHS = (64, 186, 48, 290, 96, 58, 276)
LOOKS = (
    *("title", "line", "head", "bar", "sub_bar", "text", "small", "small_centred", "centred"),
    *("score", "changed_score", "difference", "total", "exact_total", "grade", "mean_label"),
    *("needs-correction", "incomplete", "missing", "note"),
)
HEADS = (0, 2)
_SCORED = ("代號", "評分細項", "滿分", "適用級距及評分標準", "佐證數據", "得分", "評分說明")
_CHECKED = ("代號", "執行步驟", "查核期限", "辦理情形", "佐證資料", "狀況", "說明")
_SCORE = 5
"""The column of the scores."""
_ALL = len(WIDTHS)


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
        rows += [Row(leaf_cells(rubric, result, leaf)) for leaf in item.leaves]
    yield from rows
    if result.total is not None:
        yield from _totals(rubric, result, sums, first + len(rows))
        if placed:
            yield from _placed(result)
    for said in (*result.grounds, *score_changes_of(rubric, result), *result.changes):
        yield Row([SheetCell(f"※{said}", "note", _ALL)])


def _who(outcome: Outcome, result: UnitResult) -> Iterator[Row]:
    """Which assessment it is, who filled in the forms, when, and what they are known by."""
    counted = forms_counted(result)
    many = f"　評分表 {counted} 份" if counted and len(result.forms) > 1 else ""
    yield Row([SheetCell(f"{outcome.rubric.kind_word(result.kind)}考核{many}", "bar", _ALL)], 24)
    for form in result.forms:
        called = form.called if form.assessor not in _FIXED else ""
        who = "、".join(dict.fromkeys(filter(None, (called, form.assessor_name)))) or "未填"
        when = f"　考核日期：{roc(form.assessed)}" if form.assessed else ""
        file = outcome.file_of(form)
        known = f"　檔案 SHA-256：{file.sha256}" if file and file.sha256 else ""
        yield Row([SheetCell(f"考核人員：{who}{when}{known}", "small", _ALL)])
    if result.total is None and result.status != "accepted":
        cells = [SheetCell("情形", "mean_label", 2), SheetCell(status_word(result), result.status)]
        yield Row([*cells, SheetCell(awaited(result) or None, "text", 4)])


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
        yield Row([label, cell, SheetCell(said, "small")], 24)
    if rubric.grades:
        yield _result("等第", result.grade)


def _placed(result: UnitResult) -> Iterator[Row]:
    rank = f"{result.rank}" if result.rank else None
    tied = "（並列）" if result.tied else ""
    yield _result("名次", f"{rank}{tied}" if rank else None, PROVISIONAL * result.provisional)
    if result.reward:
        cite = f"（{result.reward.clause}）"
        mark = f"（{PROVISIONAL}）" if result.provisional else ""
        said = f"{mark}{result.reward.text}{cite}"
        yield Row([SheetCell("獎懲", "mean_label", _SCORE), SheetCell(said, "text", 2)])


def _result(word: str, value: str | None, said: str = "") -> Row:
    cells = SheetCell(word, "mean_label", _SCORE), SheetCell(value, "grade")
    return Row([*cells, SheetCell(said, "small")])


def _steps(rubric: Rubric, result: UnitResult) -> Iterator[Row]:
    """Of a checklist, how each step was answered."""
    word = f"{rubric.kind_word(result.kind)}檢核　{status_word(result)}"
    yield Row([SheetCell(word, "bar", _ALL)], 24)
    for form in result.forms:
        when = f"　日期：{roc(form.assessed)}" if form.assessed else ""
        yield Row([SheetCell(f"填表人：{form.assessor_name or '未填'}{when}", "small", _ALL)])
    for item in rubric.items:
        steps = [leaf for leaf in item.leaves if leaf.id in result.steps]
        if steps and not item.is_leaf:
            yield Row([SheetCell(item.name, "sub_bar", _ALL)])
        for leaf in steps:
            step = result.steps[leaf.id]
            due = "、".join(f"{month}月" for month in leaf.due)
            cells = ((leaf.id, "small_centred"), (leaf.name, "text"), (due, "centred"))
            answer = ((step.done, "small"), (step.proof, "small"), (step.word, "centred"))
            said = (result.notes.get(leaf.id), "small")
            yield Row([SheetCell(*each) for each in (*cells, *answer, said)])

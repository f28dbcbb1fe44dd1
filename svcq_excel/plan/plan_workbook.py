"""考核計畫.xlsx: one workbook that holds all that people decide, each matter on a sheet of its own.

The sheet 計畫 says a matter a row, 項目 and 值; the lists stand on sheets of their own. A sheet
that holds no more than its heads gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from svcq_excel.definition import DefinitionError, Problem, Said, problem_of
from svcq_excel.plan import score_changes
from svcq_excel.plan.lists import heads
from svcq_excel.plan.lists.cells import NO_FORMULA, VALUE
from svcq_excel.plan.lists.heads import find_head
from svcq_excel.plan.lists.list_file import SheetOf, opened, refusal, sheets_of
from svcq_excel.plan.lists.table import Row, Table, read_table
from svcq_excel.plan.matters import (
    CORRECTED_BY,
    DEADLINE,
    MATTERS,
    OF_LETTERS,
    ROUND,
    THIS_ROUND,
    Mailing,
    Matter,
)
from svcq_excel.plan.rounds import PlannedRound, round_key
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.sheets.items import is_of_a_definition
from svcq_excel.rubric.shipped import path_of
from svcq_excel.seal_key import key_in
from svcq_excel.text.folding import fold
from svcq_excel.workbooks.look import address
from svcq_excel.workbooks.opening import OpenedWorkbook

PLAN, ITEM = "計畫", "項目"
UNITS, MEMBERS, TREE = "受考核單位", "考核人員", "評分項目"
DECISIONS, RULINGS, CHANGES = "決定", "複評及加減分", "成績調整"
LETTERS = "信件"

_LETTER_HEADS = ("信件", "主旨", "內文")
"""Of the sheet with the texts of letters."""

BETWEEN_FILES = re.compile("[、;；]")
_WITHOUT_ZERO = re.compile("[1-9][0-9]{8}")
_OF_ROUNDS = (ROUND, DEADLINE, CORRECTED_BY)

_LISTS = {
    "assessors": (MEMBERS, (heads.ASSESSOR,)),
    "decisions": (DECISIONS, ("決定", "理由", "決定人")),
    "rulings": (RULINGS, (heads.CODE,)),
    "score_changes": (CHANGES, score_changes.REQUIRED),
}
"""By the field of Sources: the sheet of a list that may be blank, and by which columns its head is
known."""


def read_plan_workbook(path: Path) -> Sources:
    """What a plan workbook gives; what is wrong in it is told when it is read with all else.

    Raises DefinitionError where it cannot be opened, or is no plan workbook.
    """
    book = opened(path)
    plan = _named(book, PLAN) if book else None
    if book is None or plan is None:
        message = f"這不是考核計畫：沒有「{PLAN}」工作表"
        raise refusal(path, message, "請以 svcq new 建立考核資料夾，或還原原來的考核計畫")
    problems: list[Problem] = []
    has_definition = _named(book, TREE) is not None
    given = _matters(SheetOf(path, plan, book), has_definition, problems)
    try:
        given["seal_key"] = key_in(book, str(path))
    except DefinitionError as error:
        problems.extend(error.problems)
    for field, (called, required) in _LISTS.items():
        name = _named(book, called)
        source = SheetOf(path, name, book) if name else None
        if source and _holds_entries(source, required, problems):
            given[field] = source
    given["mailing"] = _mailing(given, book, path, problems)
    given["units"] = SheetOf(path, _named(book, UNITS) or UNITS, book)
    if earlier := given.get("previous"):
        named_files = filter(None, map(str.strip, BETWEEN_FILES.split(earlier)))
        given["previous"] = tuple(path.parent / each.replace("\\", "/") for each in named_files)
    named = given.get("rubric")
    if not named:
        given.pop("form_direction", None)  # it is its own definition's, which says so itself
    given["rubric"] = _led_to(path.parent, named) if named else path
    return Sources(**given, problems=tuple(problems) or None)


def _mailing(
    given: dict[str, Any], book: OpenedWorkbook, path: Path, problems: list[Problem]
) -> Mailing:
    """What the rows say of letters, which go no further on their own, and the sheet of texts."""
    said = {name: given.pop(name) for name in list(given) if name.startswith(OF_LETTERS)}
    name = _named(book, LETTERS)
    source = SheetOf(path, name, book) if name else None
    texts = source if source and _holds_entries(source, _LETTER_HEADS, problems) else None
    return Mailing(texts, **{name.removeprefix(OF_LETTERS): said[name] for name in said})


def _named(book: OpenedWorkbook | None, name: str) -> str | None:
    """The sheet that people call so, as it is spelled."""
    return (
        next((each for each in book.sheet_names if fold(each) == fold(name)), None)
        if book
        else None
    )


def _led_to(folder: Path, said: str) -> str:
    """A definition as the workbook names it: one that ships, or a file that starts from where the
    workbook lies. What is a path is not looked for: a stranger's plan may name any."""
    own = folder / said.replace("\\", "/")
    ships = path_of(said) != Path(said)
    return said if ships and not own.is_file() else str(own)


def _matters(source: SheetOf, has_definition: bool, problems: list[Problem]) -> dict[str, Any]:
    """The fields of Sources that the rows give; what else stands there, a definition's reader
    tells."""
    try:
        table = read_table(source, (ITEM, VALUE))
    except DefinitionError as error:
        problems.extend(error.problems)
        return {}
    problems.extend(table.problems)
    said: dict[str, Said] = {}
    of_rounds: list[tuple[str, Said]] = []
    for row in table.rows:
        name, text = row.texts
        matter = _known(name)
        if matter is None:
            problems.extend(() if has_definition else _unknown(table, row.number, name))
        elif not text:
            continue
        elif matter.name in _OF_ROUNDS:
            of_rounds.append((matter.name, _said(table, row, text)))
        elif earlier := said.get(matter.field):
            message = f"「{name}」在第 {earlier.at.line} 列已經填過"
            problems.append(table.problem(message, "請只保留一列", row.number, ITEM))
        else:
            said[matter.field] = _said(table, row, text)
            if matter.field == "phone" and _WITHOUT_ZERO.fullmatch(text):
                message = f"電話「{text}」開頭的 0 可能已經不見"
                fix = "請將此格設為「文字」格式後重新輸入，例如 02-2311-1234"
                problems.append(table.problem(message, fix, row.number, VALUE))
    return {**said, **_rounds(of_rounds, said.get("round"), problems)}


def _said(table: Table, row: Row, text: str) -> Said:
    return Said(text, table.problem("", "", row.number, VALUE))


def _known(name: str) -> Matter | None:
    means = (each for each in MATTERS if fold(name) in map(fold, (each.name, *each.also)))
    return next(means, None)


def _unknown(table: Table, row: int, name: str) -> Iterator[Problem]:
    if not name or is_of_a_definition(name):
        return
    known = [each.name for each in MATTERS]
    near = get_close_matches(name, known, n=1)
    fix = f"請改為「{near[0]}」，或刪除這一列" if near else f"可用的項目：{'、'.join(known)}"
    yield table.problem(f"不認得項目「{name}」", fix, row, ITEM)


def _rounds(
    rows: Sequence[tuple[str, Said]], this: Said | None, problems: list[Problem]
) -> dict[str, Any]:
    """The rounds, each with the deadlines that stand below its name; where no round is named, the
    deadlines by themselves."""
    named = [value for name, value in rows if name == ROUND]
    found: dict[str, dict[str, Said]] = {}
    at = round_key(named[0]) if named else ""
    for name, value in rows:
        at = round_key(value) if name == ROUND else at
        if earlier := found.setdefault(at, {}).get(name):
            message = f"{name}在第 {earlier.at.line} 列已經填過"
            fix = "一個期別一列，其下接著填該期的期限；請只保留一列"
            problems.append(problem_of(value, name, message, fix))
        else:
            found[at][name] = value
    if this and named and round_key(this) not in found:
        message = f"{THIS_ROUND}「{this}」不是上面所列的期別"
        problems.append(problem_of(this, THIS_ROUND, message, f"請填{'、'.join(named)}其中之一"))
    if not named:
        dates = found.get("", {})
        return {"deadline": dates.get(DEADLINE), "correction_deadline": dates.get(CORRECTED_BY)}
    rounds = [
        PlannedRound(each[ROUND], each.get(DEADLINE), each.get(CORRECTED_BY))
        for each in found.values()
    ]
    return {"rounds": tuple(rounds), "round": this or (named[0] if len(rounds) == 1 else None)}


def _holds_entries(
    source: SheetOf,
    required: Sequence[str],
    problems: list[Problem],
) -> bool:
    """Whether anything stands below a list's head, or where a head should be."""
    sheet = next(sheets_of(source))
    head = find_head(sheet.rows, required, required)
    below = sheet.rows[head.below :] if head else sheet.rows
    if any(str(value).strip() for row in below for value in row):
        return True
    formulas = sorted(at for at in sheet.look.formulas() if not head or at[0] >= head.below)
    for row, column in formulas[:1]:
        message = "是公式，檔案內沒有其計算結果"
        cell = address(row, column)
        at = str(source.path), message, NO_FORMULA, row + 1
        problems.append(Problem(*at, sheet=source.name, cell=cell))
    return False

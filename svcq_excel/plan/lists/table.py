"""Reads a small table that people keep in a workbook or a CSV file, as text with row numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from svcq_excel.definition import Problem
from svcq_excel.plan.lists.cells import NO_FORMULA, RETYPE, shows_more, text_of
from svcq_excel.plan.lists.heads import (
    ASSESSOR,
    NAME,
    Head,
    find_head,
    known_in,
    shown_heading,
)
from svcq_excel.plan.lists.list_file import ListSource, Sheet, SheetOf, file_of, refusal, sheets_of
from svcq_excel.plan.lists.notes import Entry, asides
from svcq_excel.workbooks.look import address


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its row as spreadsheets count, and its texts in the order they were asked for."""

    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What stood in the columns asked for; `problems` are cells that cannot be taken as text."""

    source: ListSource
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    called: Mapping[str, str] = field(default_factory=dict)
    """What the list itself calls its columns."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Where its columns stand, from 0."""
    doubts: tuple[Problem, ...] = ()
    """What was left out or taken as was meant most likely: nothing is wrong, a person may look."""

    @property
    def file(self) -> str:
        return str(file_of(self.source))

    @property
    def sheet(self) -> str:
        """Of a workbook of several tables, which one it is."""
        return self.source.name if isinstance(self.source, SheetOf) else ""

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """Row number and text of every entry; a column that is absent is all blank."""
        at = self.columns.index(name)
        return ((row.number, row.texts[at]) for row in self.rows)

    def call(self, name: str) -> str:
        """A column by the name that the list gives it."""
        return self.called.get(name, name)

    def problem(self, message: str, fix: str, row: int, column: str = "") -> Problem:
        """What is wrong in a row, or in its cell of a column: of a workbook of several sheets as
        sheet and cell, of a list by itself as its row."""
        return _problem(self.source, message, fix, row, self.places.get(column))


def _problem(
    source: ListSource, message: str, fix: str, row: int, column: int | None = None
) -> Problem:
    sheet = source.name if isinstance(source, SheetOf) else ""
    cell = address(row - 1, column) if sheet and column is not None else ""
    return Problem(str(file_of(source)), message, fix, row, sheet=sheet, cell=cell)


def read_table(source: ListSource, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The first visible sheet with a head that has all required columns, or the one that is named.

    The content decides what the file is, not its extension. Raises DefinitionError where there is
    no such table or nothing stands below its head.
    """
    wanted = (*required, *optional)
    nearest: Sequence[object] = ()
    for sheet in sheets_of(source):
        if head := find_head(sheet.rows, required, wanted):
            is_roster = bool({NAME, ASSESSOR} & {*required})
            return _below(source, sheet, head, required, wanted, is_roster)
        for row in sheet.rows:
            hits = len(known_in(row, required))
            if any(map(shown_heading, row)) and (
                not nearest or hits > len(known_in(nearest, required))
            ):
                nearest = row
    if not nearest:
        blank = "工作表沒有內容" if isinstance(source, SheetOf) else "檔案沒有內容"
        raise refusal(source, blank, f"請提供有{_listed(required)}欄的表格")
    missing = [name for name in required if name not in known_in(nearest, required)]
    named = [text for text in map(shown_heading, nearest) if text]
    raise refusal(
        source,
        f"找不到{_listed(missing)}欄；最接近欄名的一列是{_listed(named[:10])}",
        f"請將{_listed(required)}放在同一列作為欄名",
    )


def _below(
    source: ListSource,
    sheet: Sheet,
    head: Head,
    required: Sequence[str],
    wanted: tuple[str, ...],
    is_roster: bool,
) -> Table:
    """The entries below the head, without what is no entry."""
    if head.repeated:
        called = [head.called[name] for name in head.repeated]
        raise refusal(source, f"{_listed(called)}欄出現兩次以上", "請只保留一欄", head.row + 1)
    entries: list[Entry] = []
    faults: dict[int, list[Problem]] = {}
    for at, row in enumerate(sheet.rows[head.below :], start=head.below):
        filled = tuple(text for value in row if (text := str(value).strip()))
        if filled and not head.stands_again_in(row, sheet.rows):
            cells = {name: text_of(name, *_cell(name, at, row, head, sheet)) for name in wanted}
            entries.append(Entry(at + 1, tuple(text for text, _ in cells.values()), filled))
            faults[at + 1] = [
                _problem(
                    source,
                    f"{head.called[name]}「{text}」{fault}",
                    RETYPE,
                    at + 1,
                    head.columns[name],
                )
                for name, (text, fault) in cells.items()
                if fault
            ]
    notes = asides(entries, NAME in wanted) if is_roster else []
    found = [Row(each.number, each.texts) for each in entries if each not in notes]
    if not found:
        raise refusal(source, "欄名之下沒有任何資料", "請至少填寫一筆", head.below)
    problems = [problem for row in found for problem in faults[row.number]]
    problems += _not_computed(source, sheet, head, required)
    doubts = (*_guessed(source, head, wanted), *_left_out(source, notes))
    places = head.columns
    return Table(source, wanted, tuple(found), tuple(problems), head.called, places, doubts)


def _cell(
    name: str, at: int, row: Sequence[object], head: Head, sheet: Sheet
) -> tuple[object, str]:
    """The value in a column, and what it shows where that may matter."""
    column = head.columns.get(name)
    if column is None or column >= len(row):
        return "", ""
    return sheet.value(at, column), sheet.shown.get((at, column), "") if shows_more(name) else ""


def _not_computed(
    source: ListSource, sheet: Sheet, head: Head, required: Sequence[str]
) -> Iterator[Problem]:
    """Of a plan workbook, formulas that give nothing where something has to stand: whoever wrote
    them sees a decision that nobody reads."""
    columns = {head.columns[name]: name for name in required}
    for row, column in sorted(sheet.look.formulas() if isinstance(source, SheetOf) else ()):
        if row < head.below or column not in columns or str(sheet.value(row, column)).strip():
            continue
        message = f"{head.called[columns[column]]}是公式，檔案內沒有其計算結果"
        yield _problem(source, message, NO_FORMULA, row + 1, column)


def _guessed(source: ListSource, head: Head, wanted: Sequence[str]) -> Iterator[Problem]:
    """Where two columns may be meant, and neither has the name asked for."""
    for name in wanted[:2]:
        if other := head.others.get(name):
            taken = head.called[name]
            message = f"以「{taken}」欄為{name}；另有「{other}」欄，未採用"
            fix = f"若應採用後者，請將其欄名改為「{name}」"
            yield _problem(source, message, fix, head.row + 1, head.columns[name])


def _left_out(source: ListSource, notes: Sequence[Entry]) -> Iterator[Problem]:
    """Rows below one another are told at once."""
    runs: list[list[Entry]] = []
    for note in notes:
        if runs and note.number == runs[-1][-1].number + 1:
            runs[-1].append(note)
        else:
            runs.append([note])
    for run in runs:
        more = f"等 {len(run)} 列" if len(run) > 1 else ""
        message = f"「{_short(run[0].filled[0])}」{more}看來是合計或附註，未列入名單"
        fix = "若應列入，請更正其編號及名稱；否則不必處理"
        yield _problem(source, message, fix, run[0].number)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else f"{line[:20]}…"


def _listed(names: Sequence[str]) -> str:
    return "、".join(f"「{name}」" for name in names)

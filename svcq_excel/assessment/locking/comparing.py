"""What differs between two files that should be the same: which sheet and cell, was and is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from svcq_excel.text.visible import visible
from svcq_excel.workbooks.look import address
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Value
from svcq_excel.workbooks.zip_parts import Parts

_MOST_ROWS, _SHOWN, _LONGEST = 1_000_000, 20, 40

Cells = Mapping[tuple[int, int], Value]


def differences(
    name: str, was: bytes | None, now: bytes | None, same_writer: bool = True
) -> Iterator[str]:
    """Between a file as it was frozen and as it is worked out now. `same_writer` says whether the
    same library wrote both: else they may differ in what shows no figure."""
    if was == now:
        return
    if was is None or now is None:
        yield f"「{name}」" + ("已不在，重算可得" if was is None else "重算時沒有產生")
        return
    found = list(_apart(name, was, now))
    if not found and (same_writer or not name.endswith(".xlsx")) and not _same_parts(was, now):
        yield f"「{name}」的格式或公式與重算所得不同，各儲存格的值相同"
    yield from found[:_SHOWN]
    if len(found) > _SHOWN:
        yield f"「{name}」另有 {len(found) - _SHOWN} 處不同"


def _apart(name: str, was: bytes, now: bytes) -> Iterator[str]:
    if not name.endswith(".xlsx"):
        yield from _lines_apart(name, was, now)
        return
    one, two = (open_bytes(data, ".xlsx", _MOST_ROWS) for data in (was, now))
    if not isinstance(one, OpenedWorkbook) or not isinstance(two, OpenedWorkbook):
        yield f"「{name}」封存的檔案無法讀取"
        return
    for sheet in one.sheet_names:
        if sheet not in two.sheet_names:
            yield f"「{name}」的工作表「{visible(sheet)}」重算時沒有"
    for sheet in two.sheet_names:
        if sheet not in one.sheet_names:
            yield f"「{name}」沒有工作表「{visible(sheet)}」，重算時有"
        else:
            yield from _cells_apart(
                f"「{name}」「{sheet}」", _cells(one, sheet), _cells(two, sheet)
            )


def _cells_apart(where: str, was: Cells, now: Cells) -> Iterator[str]:
    for row, column in sorted({*was, *now}):
        before, after = was.get((row, column), ""), now.get((row, column), "")
        if before != after:
            yield f"{where}{address(row, column)}：封存的是{_shown(before)}，重算為{_shown(after)}"


def _cells(book: OpenedWorkbook, sheet: str) -> Cells:
    rows: Sequence[Sequence[Value]] = book.rows(sheet)
    return {
        (at, column): value
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
        if value != ""
    }


def _lines_apart(name: str, was: bytes, now: bytes) -> Iterator[str]:
    pairs = zip_longest(*(data.decode("utf-8-sig", "replace").splitlines() for data in (was, now)))
    for number, (before, after) in enumerate(pairs, 1):
        if before != after:
            yield (
                f"「{name}」第 {number} 行：封存的是{_shown(before or '')}，"
                f"重算為{_shown(after or '')}"
            )


def _shown(value: Value) -> str:
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    cut = visible(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")
    return f"「{cut}」" if text else "空白"


def _same_parts(was: bytes, now: bytes) -> bool:
    """Whether they hold the same, however it is packed."""
    one, two = Parts(was), Parts(now)
    if not one.members or one.members.keys() != two.members.keys():
        return False
    return all(one.read(name) == two.read(name) for name in one.members) and not one.damaged

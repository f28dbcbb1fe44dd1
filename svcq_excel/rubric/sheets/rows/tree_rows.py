"""Reads 評分項目: rows of nodes and bands, in paper order, as the tree that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svcq_excel.rubric.sheets.cells import folded
from svcq_excel.rubric.sheets.columns import (
    BAND_ROW,
    CAP,
    DUE,
    HIGHEST,
    HOW,
    ID,
    LEVEL,
    LOWEST,
    NAME,
    NOTE_ROWS,
    RESERVED,
    STANDARD,
    SUM_ROWS,
    THRESHOLD,
    TREE,
    ordinal,
)
from svcq_excel.rubric.sheets.rows.naming_nodes import give_ids
from svcq_excel.rubric.sheets.rows.table import Row
from svcq_excel.rubric.sheets.rows.taking import Raw, Taking
from svcq_excel.rubric.sheets.values import listed
from svcq_excel.rubric.sheets.wording import BANDED, CHECKED, FREE, METHOD, SUMMED
from svcq_excel.rubric.source import Keys

_IGNORED_ROWS = {*SUM_ROWS, *NOTE_ROWS}
_OF_A_NODE = {ID, NAME, CAP, HOW, DUE}
_BANDS = [column for column in TREE if column.band]
_COLUMN = {column.head: column for column in TREE}


@dataclass(frozen=True, slots=True)
class _Open:
    """A node whose rows go on: children or bands may follow."""

    raw: Raw
    keys: Keys
    row: Row

    def list(self, key: str) -> list[Raw]:
        found = self.raw.setdefault(key, [])
        assert isinstance(found, list)
        return found


def read_tree(rows: Sequence[Row], levels: Sequence[str], taking: Taking) -> list[Raw]:
    """The raw nodes of the first level."""
    known = {ordinal(depth): depth for depth in range(len(levels))}
    known |= {folded(level): depth for depth, level in enumerate(levels)}
    known = {level: depth for level, depth in known.items() if level not in RESERVED}
    tree: list[Raw] = []
    above: list[_Open] = []
    nodes: list[_Open] = []
    astray = False
    for row in rows:
        said = folded(row[LEVEL].text)
        if said in _IGNORED_ROWS:
            continue
        if _is_band(row, said):
            _band(row, above[-1] if above else None, taking)
            continue
        depth, fault = _depth(row, said, known, levels, len(above))
        del above[depth:]
        siblings = above[-1].list("children") if above else tree
        holder: Keys = (*above[-1].keys, "children") if above else ("tree",)
        keys = (*holder, len(siblings))
        if fault:
            message, fix = fault
            astray = True
            taking.tell(row.place(LEVEL), row.sheet, message, fix, keys)
        node = _node(row, keys, taking)
        siblings.append(node.raw)
        above.append(node)
        nodes.append(node)
    if not astray:  # where a level is wrong, rows belong to others than was meant
        for node in nodes:
            _compare_method(node, taking)
    give_ids(tree, {node.keys: node.row.place(ID) for node in nodes}, taking)
    return tree


def _is_band(row: Row, level: str) -> bool:
    """Whether it says so or, where its level is merged with the one above, has nothing else."""
    if level == BAND_ROW:
        return True
    has_bounds = not (row[LOWEST].is_blank and row[HIGHEST].is_blank)
    return has_bounds and all(row[head].is_blank for head in _OF_A_NODE)


def _depth(
    row: Row, said: str, known: dict[str, int], levels: Sequence[str], above: int
) -> tuple[int, tuple[str, str] | None]:
    """How deep a row's node lies below so many others, and what is wrong with its level, if
    anything is; a blank level is that of the row above."""
    offered = f"{listed([*levels, BAND_ROW])}之一"
    if said in known:
        depth = known[said]
        if depth <= above:
            return depth, None
        over = levels[above]
        message = f"「{row[LEVEL].text}」之上缺少「{over}」"
        return above, (message, f"請在其上補一列「{over}」，或更正這一列的層次")
    depth = max(above - 1, 0)
    if said:
        message = f"層次「{row[LEVEL].text}」不是「計畫」所列的層次"
        return depth, (message, f"請改為{offered}")
    if not above or row[NAME].is_blank:
        return depth, ("這一列沒有層次", f"請填寫{offered}")
    return depth, None


def _node(row: Row, keys: Keys, taking: Taking) -> _Open:
    raw: Raw = {}
    taking.stands(keys, row.place(NAME) or row.place(LEVEL))
    for column in TREE:
        if column.keys:
            taking.stands((*keys, *column.keys), row.place(column.head))
    starts_a_band = not (row[LOWEST].is_blank and row[HIGHEST].is_blank)
    for column in TREE:
        if column.keys and not (starts_a_band and column.head == STANDARD):
            taking.put(raw, column.keys, column.value, row[column.head], column.head, keys)
    for part in ("measure", "growth"):
        taking.stands((*keys, part), taking.cells.get((*keys, part, "label")))
    node = _Open(raw, keys, row)
    if starts_a_band:
        _band(row, node, taking)
    elif not row[THRESHOLD].is_blank:
        fix = "請將門檻寫在各級距的列，或刪除"
        taking.tell(row.place(THRESHOLD), row.sheet, "門檻不在級距的列", fix, keys)
    return node


def _band(row: Row, node: _Open | None, taking: Taking) -> None:
    if node is None:
        fix = "請將級距列在所屬項目之下"
        taking.tell(row.place(LEVEL), row.sheet, "級距之上沒有項目", fix)
        return
    bands = node.list("bands")
    keys: Keys = (*node.keys, "bands", len(bands))
    raw: Raw = {}
    if not bands:
        taking.stands((*node.keys, "bands"), row.place(LOWEST))
    taking.stands(keys, row.place(LOWEST) or row.place(LEVEL))
    for column in _BANDS:
        at: Keys = _limit(node) if column.head == THRESHOLD else column.band
        taking.stands((*keys, *at), row.place(column.head))
        taking.put(raw, at, column.value, row[column.head], column.head, keys)
    bands.append(raw)
    if row is not node.row:
        _nothing_else(row, node, keys, taking)


def _limit(node: _Open) -> Keys:
    measure = node.raw.get("measure")
    lower = isinstance(measure, dict) and measure.get("better") == "lower"
    return ("measure_max" if lower else "measure_min",)


def _nothing_else(row: Row, node: _Open, keys: Keys, taking: Taking) -> None:
    """What belongs into the row of the node may be repeated in those of its bands, no more."""
    own = {column.head for column in _BANDS}
    for head in row.cells:
        column = _COLUMN[head]
        if head in own or not column.keys or head == NAME:
            continue
        if folded(row[head].text) != folded(node.row[head].text):
            fix = "請移到所屬項目的一列，或刪除"
            taking.tell(row.place(head), row.sheet, f"級距的列不填「{head}」", fix, keys)


def _compare_method(node: _Open, taking: Taking) -> None:
    """計分方式 says what the rows say, or is blank."""
    cell, keys = node.row[HOW], (*node.keys, "method")
    if cell.is_blank:
        return
    taking.stands(keys, node.row.place(HOW))
    said = taking.value(METHOD, cell, HOW, keys)
    if any(each[0] == keys for each in taking.faults):
        return
    found = next(_methods(node.raw))
    if said != found:
        lack = {
            SUMMED: "下面沒有下一層的列",
            BANDED: "下面沒有級距的列",
            CHECKED: "沒有填查核期限",
            FREE: f"所填的卻是「{found}」",
        }[str(said)]
        fix = (
            f"請補上所缺的內容，或改為「{found}」"
            if said != FREE
            else f"請改為「{found}」，或更正內容"
        )
        taking.tell(node.row.place(HOW), node.row.sheet, f"計分方式是「{said}」，{lack}", fix, keys)


def _methods(raw: Raw) -> Iterator[str]:
    if raw.get("children"):
        yield SUMMED
    if raw.get("due"):
        yield CHECKED
    if raw.get("bands"):
        yield BANDED
    yield FREE

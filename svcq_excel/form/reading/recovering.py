"""Finds a form's table by its texts, where its keys are gone: pasted elsewhere, columns deleted.

What is read by texts must stand exactly where the layout says: a score is never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from svcq_excel.form.layout.grid import ASSESSOR_ROW, COMMENTS_ROW, TOP_ROWS, UNIT_ROW, Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import REMARKS, item_labels
from svcq_excel.form.reading.head import ASSESSOR, CODE, label
from svcq_excel.form.reading.keyed_sheet import HEADS_ROW, Keyed, walked
from svcq_excel.rubric.model import DIRECTIONS, Rubric
from svcq_excel.rubric.once_a_form import OnceAForm
from svcq_excel.workbooks.bounds import MAX_TEXT_ROWS
from svcq_excel.workbooks.workbook import Rows, Unreadable, Value

_ENOUGH = 0.95
"""The share of the labels that must stand where they belong."""
_ALIKE = 0.5
"""The share of the texts from which on a sheet is no stranger's."""
_HEADS = TOP_ROWS - 1
NO_FORM = Unreadable("no-form", "看似本考核的評分表，但表格已被改動，無法確定各項得分的位置")

_Label = tuple[int, str, str]
"""The row and the key of the column where a label stands in the layout, and what it says."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What a rubric's table looks like."""

    titles: Mapping[str, str]
    """Of the columns, by key."""
    labels: tuple[_Label, ...]
    row_of: Mapping[str, int]
    """Where texts stand that stand there only once."""
    keys: Mapping[int, str]
    leaves: Mapping[str, frozenset[_Label]]
    """The labels in each leaf's block."""


def recovered_form(name: str, rows: Rows, rubric: Rubric) -> Keyed | Unreadable | None:
    """The table of this rubric's form on a sheet without keys; Unreadable where it was altered so
    much that it cannot be told which score is whose, None where there is none."""
    found: Keyed | Unreadable | None = None
    for pattern in _patterns(rubric):
        found = _fitted(name, rows, rubric, pattern)
        if not isinstance(found, Unreadable):
            return found
    return found


def _fitted(name: str, rows: Rows, rubric: Rubric, pattern: _Pattern) -> Keyed | Unreadable | None:
    texts = pattern.row_of.keys()
    found = [
        (row, text) for row, values in enumerate(rows[:MAX_TEXT_ROWS]) for text in texts & values
    ]
    if not found or len({text for _, text in found}) < _ALIKE * len(texts):
        return None
    shifts = Counter(row - pattern.row_of[text] for row, text in found)
    shift = max(shifts, key=lambda shift: (shifts[shift], -shift))
    return _aligned(name, rows, rubric, pattern, shift) or NO_FORM


def _aligned(name: str, rows: Rows, rubric: Rubric, pattern: _Pattern, shift: int) -> Keyed | None:
    """The table, so many rows further down than in the layout."""
    heads = _HEADS + shift
    if not 0 <= heads < len(rows):
        return None
    columns = _columns(rows[heads], pattern.titles)

    def fits(label: _Label) -> bool:
        row, key, text = label
        inside = key in columns and row + shift < len(rows)
        return inside and _squeezed(rows[row + shift][columns[key]]) == text

    fitting = set(filter(fits, pattern.labels))
    if lay_out(rubric).main not in columns or len(fitting) < _ENOUGH * len(pattern.labels):
        return None
    whole = [labels <= fitting for labels in pattern.leaves.values()]
    beside = zip([True, *whole], whole, [*whole[1:], True], strict=False)
    sound = {leaf for leaf, near in zip(pattern.leaves, beside, strict=True) if all(near)}
    marks = [*_head_marks(rows, heads), (HEADS_ROW, heads), *_comments(rows, heads, rubric)]
    for row, key in pattern.keys.items():
        if _HEADS < row < len(rows) - shift:
            known = key in sound or key.startswith("#")
            marks.append((key if known else "#text", row + shift))
    return _walked(name, rows, columns, sorted(marks, key=itemgetter(1)))


def _columns(heads: Sequence[Value], titles: Mapping[str, str]) -> dict[str, int]:
    """The columns by their heads; one whose head stands there twice is not known."""
    said = [_squeezed(value) for value in heads]
    return {key: said.index(title) for key, title in titles.items() if said.count(title) == 1}


def _head_marks(rows: Rows, heads: int) -> Iterator[tuple[str, int]]:
    for key, wanted in ((UNIT_ROW, CODE), (ASSESSOR_ROW, ASSESSOR)):
        for row, values in enumerate(rows[:heads]):
            if any(label(value) == wanted for value in values):
                yield key, row
                break


def _comments(rows: Rows, heads: int, rubric: Rubric) -> Iterator[tuple[str, int]]:
    """The row below their heading."""
    wanted = _squeezed(rubric.comments or "")
    for row, values in enumerate(rows[heads:MAX_TEXT_ROWS], heads):
        if wanted and row + 1 < len(rows) and wanted in {_squeezed(label(v)) for v in values}:
            yield COMMENTS_ROW, row + 1
            return


def recovered_remarks(name: str, rows: Rows, rubric: Rubric) -> Keyed | None:
    """The table of 優缺點及改善事項 on a sheet without keys, by its heads and its items' names."""
    for row, values in enumerate(rows[:MAX_TEXT_ROWS]):
        if "優點" in values:
            columns = _columns(values, REMARKS)
            if len(columns) == len(REMARKS):
                items = zip(item_labels(rubric), rubric.items, strict=True)
                ids = {_squeezed(text): item.id for text, item in items}
                below = enumerate(rows[row + 1 : MAX_TEXT_ROWS], row + 1)
                marks = [(ids[t], at) for at, cells in below for t in _known(cells, ids)]
                return _walked(name, rows, columns, marks)
    return None


def _known(cells: Sequence[Value], ids: Mapping[str, str]) -> Iterator[str]:
    return (text for value in cells if (text := _squeezed(value)) in ids)


def _walked(
    name: str, rows: Rows, columns: Mapping[str, int], marks: list[tuple[str, int]]
) -> Keyed:
    """What is left of the column of keys stands before the table."""
    return walked(name, rows, columns, marks, min(columns.values()) - 1)


@OnceAForm
def _patterns(rubric: Rubric) -> tuple[_Pattern, ...]:
    """As it is printed now, and as it may have been issued before its paper was turned."""
    directions = (rubric.form_direction, *DIRECTIONS)
    now, *turned = (_pattern(rubric.on_paper(each)) for each in directions)
    return (now, *(each for each in turned if each.keys != now.keys))


def _pattern(rubric: Rubric) -> _Pattern:
    layout = lay_out(rubric)
    boxes = [
        box
        for box in layout.boxes
        if box.role is Role.LABEL
        and box.text
        and box.row > _HEADS
        and box.node
        # That nothing is asked for is no wording; where pages break, labels stand once more.
        and box.what not in {"unused", "continued"}
    ]
    labels = [(b.row, layout.columns[b.column].key, _squeezed(b.text)) for b in boxes]
    texts = Counter(box.text for box in boxes)
    areas = {leaf.id: layout.entries[leaf.id, layout.main] for leaf in rubric.leaves}
    return _Pattern(
        titles={column.key: _squeezed(column.title) for column in layout.columns if column.title},
        labels=tuple(labels),
        row_of={box.text: box.row for box in boxes if texts[box.text] == 1},
        keys={row: key for row, key in layout.keys.items() if key != COMMENTS_ROW},
        leaves={
            leaf: frozenset(each for each in labels if area.row <= each[0] <= area.last_row)
            for leaf, area in areas.items()
        },
    )


def _squeezed(value: Value) -> str:
    return "".join(value.split()) if isinstance(value, str) else ""

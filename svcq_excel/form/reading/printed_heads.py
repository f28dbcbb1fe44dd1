"""Whether the heads that are printed over a form's columns say the same as its hidden keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import lt

from svcq_excel.form.facts import Cell
from svcq_excel.form.layout.grid import KEYS, entry_keys
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.copies import letters
from svcq_excel.form.reading.keyed_sheet import HEADS_ROW, Keyed
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.once_a_form import OnceAForm


def headed_otherwise(form: Keyed, rubric: Rubric) -> Mapping[str, Cell]:
    """The entry columns, by key, over which another head is printed, or none, or that stand
    elsewhere among the columns than where the form has them; each with the cell of its head."""
    if not form.has_keys:
        return {}  # its columns were found by their heads
    titles, rows = _titles(rubric), [*_head_rows(form)]
    printed = [row for row in rows if row not in form.look.rows_hidden()]
    known = [key for key in _order(rubric) if key in form.columns]
    kept = _in_order([form.columns[key] for key in known])
    found = {}
    for key in known:
        column = form.columns[key]
        said = (letters(form.rows[row][column]) for row in printed)
        if key in titles and (column not in kept or not any(titles[key] in text for text in said)):
            found[key] = _head(form, rows, column)
    return found


def filled_unkeyed(form: Keyed, rubric: Rubric) -> tuple[Cell, ...]:
    """The heads of columns that bear the head of the scores or statuses, in which something was
    entered, and to which no key leads."""
    if not form.has_keys:
        return ()
    main = lay_out(rubric).main
    title, keyed = (
        _titles(rubric)[main],
        {form.columns[key] for key in _order(rubric) if key in form.columns},
    )
    keys = form.rows[form.row_of[KEYS]]
    leaves = [row for key, row in form.marks if key in rubric.leaf_by_id]
    return tuple(
        form.cell(row, column)
        for row in _head_rows(form)
        for column, value in enumerate(form.rows[row])
        if column not in keyed and keys[column] != main and letters(value) == title
        if any(not form.cell(leaf, column).blank for leaf in leaves)
    )


def _head_rows(form: Keyed) -> Iterator[int]:
    """From the row of keys down to the first that is about something else."""
    keys = form.row_of[KEYS]
    below = (row for key, row in form.marks if row > keys and key != HEADS_ROW)
    yield from range(keys + 1, next(below, len(form.rows)))


def _head(form: Keyed, rows: Sequence[int], column: int) -> Cell:
    """What is printed over a column, where anything is."""
    at = form.row_of.get(HEADS_ROW, form.row_of[KEYS])
    filled = (row for row in rows if letters(form.rows[row][column]))
    row = next(filled, at)
    return form.cell(row, column)


def _in_order(columns: Sequence[int]) -> frozenset[int]:
    """As many of these as stand one after the other: those that were not moved."""
    if all(map(lt, columns, columns[1:])):
        return frozenset(columns)
    longest: list[tuple[int, list[int]]] = [(0, [])]
    for column in columns:
        count, before = max(each for each in longest if not each[1] or each[1][-1] < column)
        longest.append((count + 1, [*before, column]))
    return frozenset(max(longest)[1])


@OnceAForm
def _titles(rubric: Rubric) -> Mapping[str, str]:
    """The heads of the entry columns, by key."""
    asked = {key for leaf in rubric.leaves for key in entry_keys(leaf)}
    columns = lay_out(rubric).columns
    return {column.key: letters(column.title) for column in columns if column.key in asked}


@OnceAForm
def _order(rubric: Rubric) -> tuple[str, ...]:
    return tuple(column.key for column in lay_out(rubric).columns)

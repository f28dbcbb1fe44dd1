"""What the keys of a form lead to: where its labels and sums are looked for, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svcq_excel.form.facts import Entry
from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.grid import Role, entry_keys
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.form.layout.pages import CONTINUED
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.once_a_form import OnceAForm


@dataclass(frozen=True, slots=True)
class LeafPlace:
    """The label columns of a leaf's block, by key, and what they said when the form was made."""

    columns: tuple[str, ...]
    wording: tuple[str, ...]
    own: str = ""
    """The leaf's label where it is part of a formula, which ends with its 得分."""
    main: str = "score"
    """The key of what the leaf is about: its score or its status."""
    others: tuple[str, ...] = ()
    """The keys of entries that have no name of their own: this_year, done and their like."""
    block: Sequence[Sequence[str]] = ()
    """What stood in all columns of labels, from the leaf's row down to the next that has a key."""


@dataclass(frozen=True, slots=True)
class SumPlace:
    """A node's sum: the key of the row and of the column where it is shown."""

    node: str
    row_key: str
    column_key: str
    is_text: bool
    """Whether it ends a label, 服務流程*小計：200分, and is no number."""


@dataclass(frozen=True, slots=True)
class Places:
    leaves: Mapping[str, LeafPlace]
    sums: tuple[SumPlace, ...]
    labels: tuple[str, ...]
    """The columns of labels, by key."""


@OnceAForm
def places_of(rubric: Rubric) -> Places:
    layout = lay_out(rubric)
    return Places(
        {leaf.id: _leaf_place(layout, leaf) for leaf in rubric.leaves},
        tuple(_sums(layout)),
        tuple(column.key for column in _label_columns(layout)),
    )


def _label_columns(layout: Layout) -> list[Column]:
    named = ("level", "range", "text")
    return [column for column in layout.columns[1:] if column.key.startswith(named)]


def _leaf_place(layout: Layout, leaf: Node) -> LeafPlace:
    score = layout.entries[leaf.id, layout.main]
    own = [
        box
        for box in layout.boxes
        if box.node and box.node.id == leaf.id and box.what in {"sum", "level", "leaf_title"}
    ]
    labels = _label_columns(layout)
    first = own[0].column if own else layout.column("text")
    columns = tuple(c.key for c in labels if layout.column(c.key) >= first)
    here = sorted(
        (
            box
            for box in layout.boxes
            if score.row <= box.row <= score.last_row
            and first <= box.column <= layout.column(labels[-1].key)
        ),
        key=lambda box: (box.row, box.column),
    )
    texts = (box.text for box in here if box.role is Role.LABEL)
    wording = tuple(text for text in texts if text and not text.endswith(CONTINUED))
    live = bool(own) and own[0].role is Role.TOTAL
    main, *more = entry_keys(leaf)
    others = tuple(key for key in more if key not in Entry._fields)
    block = _block(layout, score.row)
    return LeafPlace(columns, wording, own[0].text if live else "", main, others, block)


def _block(layout: Layout, first: int) -> list[list[str]]:
    end = min((row for row in layout.keys if row > first), default=len(layout.heights))
    said = {(box.row, box.column): box.text for box in layout.boxes if box.role is Role.LABEL}
    columns = [layout.column(column.key) for column in _label_columns(layout)]
    return [[said.get((row, column), "") for column in columns] for row in range(first, end)]


def _sums(layout: Layout) -> list[SumPlace]:
    return [
        SumPlace(
            box.node.id, layout.keys[box.row], layout.columns[box.column].key, box.what == "sum"
        )
        for box in layout.boxes
        if box.node and box.what in {"sum", "section_sum"}
    ]

"""The one layout of the sheet 評分表: for a rubric, what stands in which cell, and in which role.

Writer, reader and correction forms walk its boxes; no other file holds a coordinate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.columns import Column, columns_of, head_spans, paper_of
from svcq_excel.form.layout.fitting import MAX_ROW_PT, TEXT_PT, fit, width
from svcq_excel.form.layout.grid import (
    COMMENTS_ROW,
    KEYS,
    TOP_ROWS,
    Box,
    Role,
    advice_keys,
    document_row,
    entry_keys,
    invitation,
    label_of,
    months,
    notice_of,
    title_of,
)
from svcq_excel.form.layout.heads import head_rows, title_height
from svcq_excel.form.layout.pages import (
    AFTER_HEADING,
    AFTER_NOTICE,
    ANYWHERE,
    BEFORE_LEAF,
    BETWEEN_BANDS,
    INSIDE_TEXT,
    apart,
    paginate,
    split,
)
from svcq_excel.form.layout.paper import Paper
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.once_a_form import OnceAForm

_ROUNDS = 8  # a label that a page break cuts may need more room, which may move the page break


@dataclass(frozen=True)
class Layout:
    """Everything on the sheet 評分表 of one rubric's form; `breaks` are rows that begin a page."""

    rubric: Rubric
    paper: Paper
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    keys: dict[int, str]
    heights: tuple[float, ...]
    breaks: tuple[int, ...]

    @cached_property
    def entries(self) -> dict[tuple[str, str], Box]:
        """Input boxes by (leaf id, entry key); those of the form as a whole under ("", key)."""
        return {box.place: box for box in self.boxes if box.role is Role.INPUT}

    @cached_property
    def advice(self) -> dict[tuple[str, str], Box]:
        """Totals and advice by (node id, what)."""
        return {box.place: box for box in self.boxes if box.role in {Role.TOTAL, Role.ADVICE}}

    @property
    def main(self) -> str:
        """The key of the entry that every leaf has: its score or, on a checklist, its status."""
        return entry_keys(self.rubric.leaves[0])[0]

    def column(self, key: str) -> int:
        return next(i for i, column in enumerate(self.columns) if column.key == key)


@OnceAForm
def lay_out(rubric: Rubric) -> Layout:
    """The layout of a rubric's form; it depends on nothing but the rubric."""
    return Builder(rubric).build()


class Builder:
    """Lays boxes out row by row, then fits row heights and pages to them."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.paper, self.columns = paper_of(rubric), columns_of(rubric)
        self.at = {column.key: i for i, column in enumerate(self.columns)}
        self.last = len(self.columns) - 1
        self.labels = sum(column.key.startswith("level") for column in self.columns)
        texts = [i for i, column in enumerate(self.columns) if column.key.startswith("text")]
        self.text = texts[0], texts[-1]
        self.main = self.at[entry_keys(rubric.leaves[0])[0]]
        self.keys_of_entries = [column.key for column in self.columns[self.text[1] + 1 : -1]]
        self.boxes: list[Box] = []
        self.keys: dict[int, str] = {}
        self.heights: list[float] = []
        self.starts: dict[int, float] = {}

    def build(self) -> Layout:
        self.head()
        for node in self.rubric.tree:
            self.section(node)
        if self.rubric.comments:
            self.comments(self.rubric.comments)
        self.documents()
        heights = fit(self.heights, self.boxes, self.columns, self.rubric)
        for _ in range(_ROUNDS):
            starts = apart(self.starts, self.boxes, heights, TOP_ROWS)
            breaks = paginate(heights, starts, TOP_ROWS, self.paper.page_pt)
            boxes = tuple(piece for box in self.boxes for piece in split(box, breaks))
            before, heights = heights, fit(heights, boxes, self.columns, self.rubric)
            if heights == before:
                break
        return Layout(self.rubric, self.paper, self.columns, boxes, self.keys, before, breaks)

    def row(self, height: float, key: str = "", page: float | None = None) -> int:
        """Begin a row; `page` says how bad it is to begin a page here (None: impossible)."""
        row = len(self.heights)
        self.heights.append(height)
        if key:
            self.keys[row] = key
        if page is not None:
            self.starts[row] = page
        return row

    def box(
        self,
        what: str,
        role: Role,
        rows: tuple[int, int],
        columns: tuple[int, int],
        text: str = "",
        node: Node | None = None,
    ) -> None:
        self.boxes.append(Box(what, role, rows[0], columns[0], rows[1], columns[1], text, node))

    def head(self) -> None:
        title = 1, self.last - bool(self.rubric.form_label)
        row = self.row(title_height(self.rubric, width(self.columns, *title)), "#title")
        if label := self.rubric.form_label:
            self.box("label", Role.LABEL, (row, row), (self.last, self.last), label)
        self.box("title", Role.LABEL, (row, row), title)
        spans = head_spans(self.rubric, self.columns)
        for key, height, fields in head_rows(self.rubric, self.paper):
            row = self.row(height, key)
            for i, (label, what, role) in enumerate(fields):
                self.box("head_label", Role.LABEL, (row, row), spans[2 * i], label)
                self.box(what, role, (row, row), spans[2 * i + 1])
        self.row(0, KEYS)
        row = self.row(24, "#heads")
        for i, column in enumerate(self.columns[1:], 1):
            if column.title:
                right = self.text[1] if column.key == "text" else i
                self.box("column_head", Role.LABEL, (row, row), (i, right), column.title)

    def section(self, node: Node) -> None:
        if node.is_leaf:  # its title is enough
            return self.leaf(node, 0, ANYWHERE)
        row = self.row(24, f"#{node.id}", page=ANYWHERE)
        self.box("section", Role.LABEL, (row, row), (1, self.main - 1), label_of(node), node)
        self.box("section_sum", Role.TOTAL, (row, row), (self.main, self.last), node=node)
        self.branch(node, 0, AFTER_HEADING)

    def branch(self, node: Node, depth: int, start: float) -> None:
        """A node's texts and leaves, with its label beside all their rows."""
        first = len(self.heights)
        beside = min(depth, self.labels) + 1
        purpose = "" if node.is_leaf else node.text or ""
        for what, text in (("purpose", purpose), ("notice", notice_of(node))):
            if text:
                key = f"#{node.id}" if depth and len(self.heights) == first else "#text"
                rows = self.text_rows(text, (beside, self.last), key, start)
                self.box(what, Role.LABEL, rows, (beside, self.last), text, node)
                start = AFTER_NOTICE if what == "notice" else AFTER_HEADING
        if node.is_leaf:
            self.leaf(node, depth, start)
        for child in node.children:
            self.branch(child, depth + 1, start)
            start = BEFORE_LEAF
        if 0 < depth <= self.labels:
            summed = self.rubric.levels[depth] in self.rubric.sums
            what, role = ("sum", Role.TOTAL) if summed else ("level", Role.LABEL)
            rows, column = (first, len(self.heights) - 1), self.at[f"level{depth}"]
            self.box(what, role, rows, (column, column), label_of(node, "\n"), node)

    def leaf(self, leaf: Node, depth: int, start: float) -> None:
        """A leaf's block: perhaps its title, then a row a band, and its entries beside them."""
        first = len(self.heights)
        left, right = min(depth, self.labels) + 1, self.text[1]
        if depth > self.labels or depth == 0:
            row = self.row(20, leaf.id, start)
            self.box("leaf_title", Role.LABEL, (row, row), (left, right), title_of(leaf), leaf)
            start = AFTER_HEADING
        criterion = leaf.text or ("" if leaf.bands else invitation(self.rubric, leaf))
        for what, text in (("notice", "" if depth else notice_of(leaf)), ("criterion", criterion)):
            if text:
                key = leaf.id if len(self.heights) == first else ""
                rows = self.text_rows(text, (left, right), key, start)
                self.box(what, Role.LABEL, rows, (left, right), text, leaf)
                start = AFTER_HEADING
        for band in leaf.bands:
            key = leaf.id if len(self.heights) == first else ""
            rows = self.text_rows(band.text, self.text, key, start)
            self.box("range", Role.LABEL, rows, (left, self.text[0] - 1), band.label, leaf)
            self.box("band_text", Role.LABEL, rows, self.text, band.text, leaf)
            start = BETWEEN_BANDS
        self.entries(leaf, (first, len(self.heights) - 1))

    def entries(self, leaf: Node, rows: tuple[int, int]) -> None:
        entered, advised = entry_keys(leaf), advice_keys(leaf)
        for column, what in enumerate(self.keys_of_entries, self.text[1] + 1):
            at = rows, (column, column)
            if what in entered:
                self.box(what, Role.INPUT, *at, node=leaf)
            elif advice := advised.get(what):
                self.box(advice, Role.ADVICE, *at, node=leaf)
            elif what == "due":
                self.box("due", Role.LABEL, *at, months(leaf), leaf)
            else:
                self.box("unused", Role.LABEL, *at, "－", leaf)
        self.box("check", Role.ADVICE, rows, (self.last, self.last), node=leaf)

    def text_rows(
        self, text: str, columns: tuple[int, int], key: str, start: float
    ) -> tuple[int, int]:
        """As many rows as a text's height needs, for a row has an upper limit; first and last."""
        need = metrics.height(text, width(self.columns, *columns), TEXT_PT)
        count = int(need // MAX_ROW_PT) + 1
        top = self.row(need / count, key, start)
        for _ in range(count - 1):
            self.row(need / count, page=INSIDE_TEXT)
        return top, top + count - 1

    def comments(self, title: str) -> None:
        row = self.row(22, "#text", ANYWHERE)
        self.box("comments_head", Role.LABEL, (row, row), (1, self.last), f"{title}：")
        row = self.row(150, COMMENTS_ROW)
        self.box("comments", Role.INPUT, (row, row), (1, self.last))

    def documents(self) -> None:
        """Last of all, so that nothing else stands elsewhere than in forms without them."""
        for document in self.rubric.documents:
            row = self.row(26, key := document_row(document.id), BETWEEN_BANDS)
            self.box("document", Role.LABEL, (row, row), (1, self.main - 1), document.question)
            entry = Box("handed_in", Role.INPUT, row, self.main, row, self.last, about=key)
            self.boxes.append(entry)

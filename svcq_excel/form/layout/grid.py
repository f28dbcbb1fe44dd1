"""The parts a form is laid out from: columns, boxes and their roles, rows that hold them.

Rows and columns count from 0. Column A is the hidden key column: each row's key says what the row
is, a leaf's id on the first row of its block, `#` and a name on rows that are something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise

from svcq_excel.form.layout.heads import best_edges, head_wants
from svcq_excel.rubric.model import Node, Rubric, number
from svcq_excel.workbooks.look import address

KEYS = "#keys"
UNIT_ROW, ASSESSOR_ROW, COMMENTS_ROW = "#unit", "#assessor", "#comments"
HANDED_IN = ("已繳", "未繳")
"""What a form says of a document that has to be handed in beside it."""

TOP_ROWS = 5
"""Title, two rows of identity, the hidden row of keys, the column heads."""

WIDTH_PX = 1000
"""All visible columns together: A4 landscape at 100 %, with six percent to spare."""

_LABEL_COLUMNS = 3  # levels below these stand as a title row over their bands
_SLIVER_PX, _NUDGE_PX = 40, 4


class Role(Enum):
    LABEL = "label"  # written, later compared
    INPUT = "input"  # unlocked, validated, later collected
    TOTAL = "total"  # a formula; shown, compared, never trusted
    ADVICE = "advice"  # a formula that helps while filling in; never read back


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `key` stands in the row `#keys`."""

    key: str
    title: str
    pixels: int


_GROWTH = [
    Column("this_year", "本年度", 60),
    Column("last_year", "上年度", 60),
    Column("growth", "成長率", 58),
]

_STATUS = [
    Column("due", "查核期限", 66),
    Column("status", "辦理狀態", 68),
    Column("done", "辦理情形", 170),
    Column("proof", "佐證資料", 96),
    Column("note", "備註", 60),
    Column("check", "檢核", 80),
]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell or a merged range: its place, its role, and what it shows.

    `what` names the kind of thing (`title`, `score`, `band_text`, …): the writer chooses the looks
    and the formula by it. `node` is the node of the rubric that the box belongs to; `about` is the
    key of a row that is about something else, such as a document.
    """

    what: str
    role: Role
    row: int
    column: int
    last_row: int
    last_column: int
    text: str = ""
    node: Node | None = None
    about: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What the box belongs to, "" where that is the form as a whole, and what stands in it."""
        return self.node.id if self.node else self.about, self.what

    @property
    def address(self) -> str:
        return address(self.row, self.column)


def label_of(node: Node, between: str = "") -> str:
    """A node's wording with its cap, as the sources print it."""
    return f"{node.printed}{between}({number(node.cap)}分)" if node.cap else node.printed


def notice_of(node: Node) -> str:
    return f"評分注意事項：\n{node.notice}" if node.notice else ""


def document_row(id: str) -> str:
    """The key of the row that says whether the document of this id was handed in."""
    return f"#document-{id}"


def months(node: Node, between: str = "、\n") -> str:
    """查核期限, as the source prints it."""
    return between.join(f"{month}月" for month in node.due)


def title_of(node: Node) -> str:
    """The wording of a 評分細項 over its bands, as the sources print it."""
    return f"{label_of(node)}："


def sum_word(rubric: Rubric, node: Node) -> str:
    """*小計 or *得分, as the rubric calls the sum that is shown at the node's level."""
    return rubric.sums[rubric.levels[len(rubric.path(node.id)) - 1]]


def entry_keys(leaf: Node) -> tuple[str, ...]:
    """A leaf's entries by the keys of their columns; the first is what its block is about."""
    if leaf.due:
        return ("status", "done", "proof", "note")
    asked = {
        "this_year": leaf.growth,
        "last_year": leaf.growth,
        "measure": leaf.measure,
        "band": leaf.picks_band,
    }
    return ("score", *(key for key, wanted in asked.items() if wanted), "note")


def advice_keys(leaf: Node) -> dict[str, str]:
    """What is advised in columns where the leaf has no entry, by the columns' keys."""
    advised = {"band": ("allowed", leaf.measure), "growth": ("growth", leaf.growth)}
    return {key: what for key, (what, wanted) in advised.items() if wanted}


def invitation(rubric: Rubric, leaf: Node) -> str:
    """What stands where a leaf has no wording of its own."""
    if leaf.due:
        return "（請選辦理狀態）"
    gap = "未訂級距，" if any(other.bands for other in rubric.leaves) else ""
    return f"（{gap}請在 0 至 {number(leaf.cap)} 分之間評定）"


def columns_of(rubric: Rubric) -> tuple[Column, ...]:
    """The columns of the sheet 評分表, without those that the rubric has no use for."""
    deepest = max(depth for depth, _ in rubric.walk())
    labels = rubric.levels[1 : min(deepest, _LABEL_COLUMNS) + 1]
    widths = {1: (180,), 2: (110, 150), 3: (88, 94, 104)}.get(len(labels), ())
    if rubric.is_checklist and len(labels) == 2:
        widths = (150, 66)  # the second holds the steps' numbers
    banded = any(leaf.bands for leaf in rubric.leaves)
    measured = any(leaf.measure for leaf in rubric.leaves)
    growing = any(leaf.growth for leaf in rubric.leaves)
    left = [
        *(Column(f"level{i}", name, widths[i - 1]) for i, name in enumerate(labels, 1)),
        *([Column("range", "級距", 76)] if banded else []),
    ]
    scored = [
        *(_GROWTH if growing else []),
        *([Column("measure", "佐證數據", 68)] if measured else []),
        *([Column("band", "適用級距", 76)] if banded else []),
        Column("score", "得分", 52),
        Column("note", "備註", 84),
        Column("check", "檢核", 92),
    ]
    right = _STATUS if rubric.is_checklist else scored
    texts = [
        Column(f"text{i}" if i > 1 else "text", "" if i > 1 else rubric.text_title, pixels)
        for i, pixels in enumerate(_pieces(rubric, left, right), 1)
    ]
    return (Column(KEYS, "", 20), *left, *texts, *right)


def _pieces(rubric: Rubric, left: Sequence[Column], right: Sequence[Column]) -> list[int]:
    """The widths of the columns that hold the wording: it is cut where the head wants an edge."""
    edges = [0, *accumulate(column.pixels for column in left)]
    after = [WIDTH_PX, *accumulate((-column.pixels for column in right[::-1]), initial=WIDTH_PX)]
    free = range(edges[-1] + _SLIVER_PX, after[-1] - _SLIVER_PX + 1, _NUDGE_PX)
    cuts = set(best_edges(sorted({*edges, *after, *free}), head_wants(rubric))) & set(free)
    return [b - a for a, b in pairwise([edges[-1], *sorted(cuts), after[-1]])]


def head_spans(rubric: Rubric, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Six spans of columns, (label, value) three times, of widths that show both best."""
    edges = [0, *accumulate(column.pixels for column in columns[1:])]
    at = [edges.index(edge) + 1 for edge in best_edges(edges, head_wants(rubric))]
    return [(a, b - 1) for a, b in pairwise(at)]

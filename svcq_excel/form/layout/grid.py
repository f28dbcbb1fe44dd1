"""The parts a form is laid out from: boxes and their roles, and the rows that hold them.

Rows and columns count from 0. Column A is the hidden key column: each row's key says what the row
is, a leaf's id on the first row of its block, `#` and a name on rows that are something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from svcq_excel.rubric.model import Node, Rubric, number
from svcq_excel.workbooks.look import address

KEYS = "#keys"
UNIT_ROW, ASSESSOR_ROW, COMMENTS_ROW = "#unit", "#assessor", "#comments"
HANDED_IN = ("已繳", "未繳")
"""What a form says of a document that has to be handed in beside it."""

TOP_ROWS = 5
"""Title, two rows of identity, the hidden row of keys, the column heads."""


class Role(Enum):
    LABEL = "label"  # written, later compared
    INPUT = "input"  # unlocked, validated, later collected
    TOTAL = "total"  # a formula; shown, compared, never trusted
    ADVICE = "advice"  # a formula that helps while filling in; never read back


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

"""A rubric: a recursive tree of what is scored, with named levels, caps, bands and clauses.

The classes are both the definition's schema (what the YAML may say) and the model every other
room works with; they are frozen, and scores are `Decimal`. What a definition *means* beyond its
shape (caps that add up, bands without gaps) is the linter's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

Kind = Literal["self", "hq", "committee"]
"""自行考核, 本署考核 (the head office), 考核小組 (a committee)."""

ID = r"^[a-z][a-z0-9-]*$"
"""What the id of a rubric looks like, e.g. wra-105."""


def _exact(value: object) -> object:
    """YAML floats become Decimals by what was written (0.1 is 0.1); booleans are no numbers."""
    if isinstance(value, bool):
        raise ValueError("應為數字")
    return str(value) if isinstance(value, float) else value


# Bounded, so that sums and sentences stay exact and short whatever a definition says.
Points = Annotated[
    Decimal,
    Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000, decimal_places=4),
    BeforeValidator(_exact),
    WithJsonSchema({"type": "number"}),
]
# A cell holds 32,767 characters, of which rare ones count twice.
Text = Annotated[str, Field(min_length=1, max_length=16_000)]


class _Part(BaseModel):
    # Block texts in YAML end with a line break that is no part of the wording.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Band(_Part):
    """級距: an inclusive range of scores of a leaf, with the text that earns it."""

    min: Points = Field(description="級距下限（含）")
    max: Points = Field(description="級距上限（含）")
    text: Text = Field(description="達到此級距的評分參考標準，照原文")
    measure_min: Points | None = Field(None, description="佐證數據達到此值，才可採此級距")

    @cached_property
    def label(self) -> str:
        """The range as the sources print it, e.g. 81-120分."""
        return f"{number(self.min)}-{number(self.max)}分"

    def __contains__(self, score: Decimal) -> bool:
        return self.min <= score <= self.max


class Measure(_Part):
    """佐證數據: a figure that decides which band can be claimed."""

    label: Text = Field(description="佐證數據的名稱，例如 回應問題正確率")
    unit: Text = Field(description="單位，例如 %、分、件、種")
    max: Points | None = Field(None, description="可能的最大值，例如百分比的 100")

    @property
    def is_percentage(self) -> bool:
        return self.unit in {"%", "％"}


class Node(_Part):
    """構面、評核項目、評核指標、次評核指標 or 評分細項; without children it is a scored leaf."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")] = Field(
        description="代號，全表不得重複；一經發出表件即不應更改"
    )
    name: Text = Field(description="名稱")
    label: Text | None = Field(None, description="表上印的字樣（含編號、※ 等），未填則同名稱")
    cap: Points = Field(gt=0, description="滿分（配分）")
    text: Text | None = Field(None, description="構面的宗旨，或無級距細項的評分參考標準")
    notice: Text | None = Field(None, description="評分注意事項")
    bands: tuple[Band, ...] = Field((), description="級距，由高而低")
    measure: Measure | None = Field(None, description="決定級距的佐證數據")
    children: tuple[Node, ...] = Field((), description="下一層")

    @property
    def is_leaf(self) -> bool:
        return not self.children

    @property
    def printed(self) -> str:
        """The wording that stands on the form."""
        return self.label or self.name

    @cached_property
    def picks_band(self) -> bool:
        """Whether the person who scores also says which band was chosen (適用級距)."""
        return len(self.bands) > 1 and self.measure is None

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        return (self,) if self.is_leaf else tuple(x for c in self.children for x in c.leaves)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Every node from here down, a parent before its children, with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def band_of(self, score: Decimal) -> Band | None:
        return next((band for band in self.bands if score in band), None)

    def band_labelled(self, label: str) -> Band | None:
        return next((band for band in self.bands if band.label == label), None)

    def supported(self, measure: Decimal) -> Band | None:
        """The highest band that a measure supports: the first whose threshold it reaches.

        Below the lowest threshold no band can be claimed, and the only score is 0
        (DOMAIN, wra-105: 電話禮貌測試分數 and the like).
        """
        reached = (b for b in self.bands if b.measure_min is not None and measure >= b.measure_min)
        return max(reached, key=lambda band: band.max, default=None)


class Grade(_Part):
    """等第 with the lowest total that earns it."""

    name: Text = Field(description="等第，例如 優")
    min: Points = Field(description="總分達此值（含）即為此等第")


class Reward(_Part):
    """獎懲: what the plan says follows from a grade and a rank, with the clause that says so."""

    kind: Kind = Field(description="適用的考核：self 自行考核、hq 本署考核、committee 考核小組")
    grades: tuple[str, ...] = Field(description="適用的等第")
    ranks: tuple[int, ...] = Field((), description="適用的名次，未填則不論名次")
    text: Text = Field(description="獎懲內容")
    clause: Text = Field(description="依據，例如 柒、二")


class Rubric(_Part):
    """評分表定義: one assessment's tree and what its forms and tables say."""

    format: Literal[1] = Field(description="本定義檔的格式版本")
    id: Annotated[str, Field(pattern=ID)] = Field(description="定義代號")
    title: Text = Field(description="考核計畫名稱")
    agency: Text = Field(description="主辦機關")
    year: Annotated[int, Field(gt=0, lt=200)] = Field(description="民國年度")
    levels: tuple[Text, ...] = Field(min_length=1, description="各層名稱，由上而下")
    item_level: Text = Field(description="統計表每欄一項的層級，例如 評核項目")
    sums: dict[str, str] = Field(
        default_factory=dict, description="在表上顯示小計的層級及其字樣，例如 評核項目: ＊小計"
    )
    step: Points = Field(Decimal(1), gt=0, description="給分的最小單位")
    kinds: dict[Kind, Text] = Field(min_length=1, description="考核類別在標題中的字樣")
    form_title: Text = Field(description="評分表標題，可用 {agency} {year} {kind}")
    table_title: Text = Field(description="統計表標題，可用 {agency} {year} {kind}")
    unit_label: Text = Field("機關名稱", description="評分表上受考核單位名稱的欄名")
    comments: Text | None = Field(None, description="評分表末的文字欄，例如 優點、建議改進事項")
    notes: tuple[Text, ...] = Field((), description="統計表下方的附註（※）")
    signatures: tuple[Text, ...] = Field((), description="統計表的簽章欄")
    grades: tuple[Grade, ...] = Field((), description="等第，由高而低")
    grade_line: Text | None = Field(None, description="統計表上的等第說明，照原文")
    rewards: tuple[Reward, ...] = Field((), description="獎懲")
    tree: tuple[Node, ...] = Field(min_length=1, description="第一層各節點")

    @cached_property
    def full_score(self) -> Decimal:
        return sum((node.cap for node in self.tree), Decimal(0))

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        return tuple(leaf for node in self.tree for leaf in node.leaves)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node by id, in the order of the form."""
        return {node.id: node for _, node in self.walk()}

    @cached_property
    def leaf_by_id(self) -> dict[str, Node]:
        return {leaf.id: leaf for leaf in self.leaves}

    @cached_property
    def above(self) -> dict[str, tuple[str, ...]]:
        """By leaf id, the ids whose sums it counts in: "" (the total), its ancestors, itself."""
        return {leaf.id: ("", *(node.id for node in self.path(leaf.id))) for leaf in self.leaves}

    @cached_property
    def items(self) -> tuple[Node, ...]:
        """The nodes that are the columns of the statistics table."""
        depth = self.levels.index(self.item_level)
        return tuple(node for at, node in self.walk() if at == depth)

    def walk(self) -> Iterator[tuple[int, Node]]:
        for node in self.tree:
            yield from node.walk()

    def path(self, id: str) -> tuple[Node, ...]:
        """The nodes from the top down to the one with this id."""

        def down(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
            for node in nodes:
                if node.id == id:
                    return (node,)
                if below := down(node.children):
                    return (node, *below)
            return ()

        return down(self.tree)

    def grade(self, total: Decimal) -> Grade | None:
        """The grade whose lower bound a total reaches; 899.5 is 甲 where 優 begins at 900."""
        return next((grade for grade in self.grades if total >= grade.min), None)

    @cached_property
    def digest(self) -> str:
        """Tells two versions of a definition apart; stands in every form."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def default_round(self) -> str:
        return f"{self.year}年度"

    def title_of_form(self, kind: Kind) -> str:
        return self._titled(self.form_title, kind)

    def title_of_table(self, kind: Kind) -> str:
        return self._titled(self.table_title, kind)

    def _titled(self, pattern: str, kind: Kind) -> str:
        word = self.kinds.get(kind, "考核小組")
        return (
            pattern.replace("{agency}", self.agency)
            .replace("{year}", str(self.year))
            .replace("{kind}", word)
        )


def number(value: Decimal) -> str:
    """A number as people write it: 120 rather than 120.0 or 1.2E+2."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

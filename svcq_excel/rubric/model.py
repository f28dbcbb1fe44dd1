"""A rubric: the tree of what is scored, its named levels, and its clauses on grades and rewards.

The classes are both the definition's schema (what the YAML may say) and the model every other
room works with; they are frozen, and scores are `Decimal`. What a definition *means* beyond its
shape (caps that add up, bands without gaps) is the linter's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, get_args

from pydantic import Field

from svcq_excel.rubric.clauses import Clauses, Kind
from svcq_excel.rubric.documents import Document
from svcq_excel.rubric.judgement import Judgement
from svcq_excel.rubric.node import Band, Growth, Measure, Node, Part, Points, Text, number

__all__ = [
    "ID",
    "Band",
    "Clauses",
    "Document",
    "Grade",
    "Growth",
    "Judgement",
    "Kind",
    "Measure",
    "Node",
    "Reward",
    "Rubric",
    "number",
]

_KIND_WORDS: dict[Kind, str] = {"hq": "主辦機關", "self": "自行", "committee": "考核小組"}

_NEAR = Decimal("0.005")

Direction = Literal["portrait", "landscape"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

ID = r"^[a-z][a-z0-9-]*$"
"""What the id of a rubric looks like, e.g. wra-105."""


class Grade(Part):
    """等第 with the lowest total that earns it."""

    name: Text = Field(description="等第，例如 優")
    min: Points = Field(description="總分達此值（含）即為此等第")


class Reward(Part):
    """獎懲: what the plan says follows from a grade and a rank, with the clause that says so."""

    later = frozenset({"reevaluated"})

    kind: Kind = Field(description="適用的考核：self 自行考核、hq 本署考核、committee 考核小組")
    grades: tuple[str, ...] = Field((), description="適用的等第，未填則不論等第")
    ranks: tuple[int, ...] = Field((), description="適用的名次，未填則不論名次")
    reevaluated: Literal["failed"] | None = Field(
        None, description="failed：只適用於複評未通過者；未填則不論複評"
    )
    text: Text = Field(description="獎懲內容")
    clause: Text = Field(description="依據，例如 柒、二")


class Rubric(Part):
    """評分表定義: one assessment's tree and what its forms and tables say."""

    later = frozenset(
        {"text_title", "unit_table_title", "unread", "form_label", "table_label", "form_direction"}
    )

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
    form_label: str = Field("", description="評分表在計畫中的編號，例如 附表1；印在標題右側")
    table_label: str = Field("", description="統計表在計畫中的編號，例如 附表2；印在標題右側")
    unit_table_title: Text | None = Field(
        None,
        description="每單位一張的彙整表的標題，可用 {agency} {year} {kind}；未填則不製",
    )
    form_direction: Direction | None = Field(
        None, description="表件列印的方向：portrait 直式、landscape 橫式；未填則依各欄的寬度而定"
    )
    text_title: Text = Field("評分參考標準", description="評分表上評分標準的欄名，例如 評分重點")
    unit_label: Text = Field("機關名稱", description="評分表上受考核單位名稱的欄名")
    comments: Text | None = Field(None, description="評分表末的文字欄，例如 優點、建議改進事項")
    documents: tuple[Document, ...] = Field((), description="表件之外應另附的文件")
    unread: tuple[Text, ...] = Field((), description="原文無法辨識而未列入的部分，不影響表件")
    notes: tuple[Text, ...] = Field((), description="統計表下方的附註（※）")
    signatures: tuple[Text, ...] = Field((), description="統計表的簽章欄")
    grades: tuple[Grade, ...] = Field((), description="等第，由高而低")
    grade_line: Text | None = Field(None, description="統計表上的等第說明，照原文")
    rewards: tuple[Reward, ...] = Field((), description="獎懲")
    clauses: Clauses = Field(Clauses(), description="計分、等第、排名的條款，未填則依通則")
    judgement: Judgement = Field(Judgement(), description="審閱提示的門檻，未填則用預設值")
    tree: tuple[Node, ...] = Field(min_length=1, description="第一層各節點")

    @cached_property
    def full_score(self) -> Decimal:
        return sum((node.cap for node in self.tree), Decimal(0))

    @property
    def full_total(self) -> Decimal:
        """The most a total comes to: the full score or what it is converted to."""
        return self.clauses.scale.to if self.clauses.scale else self.full_score

    @property
    def most_total(self) -> Decimal:
        """What no total exceeds, whatever is added to it."""
        ceiling = self.clauses.ceiling
        return ceiling.to if ceiling else self.full_total

    @property
    def near_threshold(self) -> Fraction:
        """How far below a grade's bound a total is near it: as given, or a share of the full
        score, but a step of the scores at the least."""
        given = self.judgement.near_threshold
        least = Fraction(self.step) * Fraction(self.full_total) / Fraction(self.full_score)
        return max(Fraction(self.full_total * _NEAR), least) if given is None else Fraction(given)

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        return tuple(leaf for node in self.tree for leaf in node.leaves)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node by id, in the order of the form."""
        return {node.id: node for _, node in self.walk()}

    @cached_property
    def is_checklist(self) -> bool:
        """Whether its leaves are steps that are done or not, and nothing is scored."""
        return any(leaf.due for leaf in self.leaves)

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

    def items_below(self, top: Node) -> tuple[Node, ...]:
        """The items of one node of the first level."""
        below = {node.id for _, node in top.walk()}
        return tuple(item for item in self.items if item.id in below)

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

    def grade(self, total: Decimal | Fraction) -> Grade | None:
        """The grade whose lower bound a total reaches; 899.5 is 甲 where 優 begins at 900."""
        return next((grade for grade in self.grades if total >= grade.min), None)

    @cached_property
    def digest(self) -> str:
        """Tells two versions of a definition apart; stands in every form.

        Forms do not depend on what is worth a look nor on how totals, grades and ranks come
        about, which may be changed while they are out; and those that say nothing of documents
        to hand in, of what the plan calls form and table, or of paper, are read all the same.
        """
        return self._digest_without(
            "judgement", "clauses", "documents", "form_label", "table_label", "form_direction"
        )

    @cached_property
    def form_key(self) -> str:
        """Equal where the blank forms are: what a form is made from, its documents with it."""
        return self._digest_without("judgement", "clauses", "table_label")

    def _digest_without(self, *formless: str) -> str:
        return sha256(self.model_dump_json(exclude=set(formless)).encode()).hexdigest()[:16]

    def on_paper(self, direction: Direction | None) -> Rubric:
        """The same, its forms printed upright or across."""
        return Rubric.model_construct(**{**dict(self), "form_direction": direction})

    @property
    def default_round(self) -> str:
        return f"{self.year}年度"

    def title_of_form(self, kind: Kind) -> str:
        return self._titled(self.form_title, kind)

    def title_of_table(self, kind: Kind) -> str:
        return self._titled(self.table_title, kind)

    def title_of_unit_table(self, kind: Kind) -> str:
        return self._titled(self.unit_table_title or self.table_title, kind)

    def kind_word(self, kind: Kind) -> str:
        """本署, 自行: what the titles call this kind of assessment."""
        return self.kinds.get(kind, _KIND_WORDS[kind])

    def assesses_by(self, kind: Kind) -> bool:
        """Whether there are forms of a kind; the head office may have several persons assess."""
        return kind in self.kinds or (kind == "committee" and "hq" in self.kinds)

    @property
    def kinds_in_words(self) -> str:
        return "、".join(f"{kind}（{word}）" for kind, word in self.kinds.items())

    def _titled(self, pattern: str, kind: Kind) -> str:
        return (
            pattern.replace("{agency}", self.agency)
            .replace("{year}", str(self.year))
            .replace("{kind}", self.kind_word(kind))
        )

"""Clauses of a plan: how scores become totals, grades and ranks, and which article says so.

Forms do not depend on them. What a clause leaves out is as the common rules have it: the mean of
the assessors, four decimals rounded half up, equal totals share a rank within the group.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from svcq_excel.rubric.node import Part, Points, Share, Text

Kind = Literal["self", "hq", "committee"]
"""自行考核, 本署考核 (the head office), 考核小組 (a committee)."""

TOTAL, FIRSTS = "total", "firsts"
"""What may break a tie besides a node: the total, and how many assessors put the unit first."""

_Clause = Field("", description="依據，例如 捌、一")
_Article = Annotated[str, _Clause]


class Committee(Part):
    """Several assessors' scores made one: of each leaf, or of their totals."""

    method: Literal["mean", "trimmed", "median"] = Field(
        "mean", description="mean 平均、trimmed 去極端值後平均、median 中位數"
    )
    trim: Annotated[int, Field(ge=1)] = Field(
        1, description="trimmed 時最高與最低各去幾個；剩不到一個時改採中位數"
    )
    per: Literal["leaf", "total"] = Field(
        "leaf",
        description="leaf 各細項先合計再相加、total 以各考核人員之總分合計（平均時兩者相同）",
    )
    apart_share: Share = Field(
        Decimal("0.1"), description="評分水準與各考核人員之中位數平均相差超過滿分的幾成即提示"
    )
    clause: _Article = _Clause

    @property
    def combines_totals(self) -> bool:
        """Whether a total may be another figure than its leaves' sum."""
        return self.per == "total" and self.method != "mean"


class Rounding(Part):
    """The total's decimals."""

    places: Annotated[int, Field(ge=0, le=4)] = Field(4, description="總分的小數位數")
    method: Literal["half-up", "down", "up"] = Field(
        "half-up", description="half-up 四捨五入、down 無條件捨去、up 無條件進位"
    )
    clause: _Article = _Clause


class Scale(Part):
    """Weights: what is scored is converted to another full score, on which grades are set."""

    to: Points = Field(gt=0, description="換算後的滿分，例如 1000")
    clause: _Article = _Clause


class Adjustment(Part):
    """加分 or 扣分 outside the form, decided by the organiser, up to a limit if there is one."""

    name: Text = Field(description="名稱，即加減分表的欄名")
    effect: Literal["bonus", "deduction"] = Field(description="bonus 加分、deduction 扣分")
    most: Points | None = Field(None, gt=0, description="上限，未填則無上限")
    kind: Kind | None = Field(None, description="只用於哪一種考核，未填則各種都適用")
    clause: _Article = _Clause


class Ceiling(Part):
    """The most a total comes to with what is added to it."""

    to: Points = Field(gt=0, description="總分（含加分）的上限，例如滿分 1000 可加至 1050")
    clause: _Article = _Clause


class Floor(Part):
    """A node below a score bars from ranking, or holds the grade down."""

    node: Text = Field(description="項目代號")
    min: Points = Field(description="未達此分者適用")
    grade: Text | None = Field(None, description="等第至多列此等；未填則不列入排名")
    clause: _Article = _Clause


class Ranking(Part):
    """Who is compared with whom, by what, and what decides between equals."""

    within: Literal["group", "all"] = Field("group", description="group 組內、all 全部")
    by: Literal["total", "places"] = Field(
        "total", description="total 依總分、places 序位法（各考核人員所評名次之和）"
    )
    places_of: Literal["scores", "totals"] | None = Field(
        None,
        description="序位法有加減分時應填：scores 只依各考核人員之評分、totals 加計加減分",
    )
    method: Literal["competition", "dense"] = Field(
        "competition", description="並列之後：competition 跳號（1、1、3）、dense 不跳號（1、1、2）"
    )
    ties: tuple[Text, ...] = Field(
        (), description="同分時依序比較：項目代號、total 總分、firsts 獲評第一之次數"
    )
    clause: _Article = _Clause


class Reevaluation(Part):
    """複評: units of these grades are looked at again; who passes gets another grade."""

    kind: Kind = Field(description="適用的考核")
    grades: tuple[Text, ...] = Field(min_length=1, description="應辦理複評的等第")
    becomes: Text = Field(description="複評通過改列的等第")
    clause: _Article = _Clause


class Rounds(Part):
    """考核期別: a year's assessment has several of these; which one is meant must be said."""

    names: tuple[Text, ...] = Field(min_length=2, description="各期的名稱，例如 上半年、下半年")
    clause: _Article = _Clause


class Clauses(Part):
    """All of them; each has the common rule as its default."""

    rounds: Rounds | None = Field(None, description="一年度辦理數次者，各期的名稱")
    grading: _Article = Field("", description="等第的依據，例如 捌、一")
    committee: Committee = Field(Committee(), description="多位考核人員的評分如何合計")
    scale: Scale | None = Field(None, description="總分換算為另一滿分")
    adjustments: tuple[Adjustment, ...] = Field((), description="加分與扣分")
    ceiling: Ceiling | None = Field(None, description="總分含加分的上限，未填則為滿分")
    rounding: Rounding = Field(Rounding(), description="總分的小數")
    floors: tuple[Floor, ...] = Field((), description="單項最低分")
    reevaluation: Reevaluation | None = Field(None, description="複評")
    ranking: Ranking = Field(Ranking(), description="排名")

    def adjusting(self, kind: Kind) -> tuple[Adjustment, ...]:
        """The adjustments of one kind of assessment."""
        return tuple(each for each in self.adjustments if each.kind in (None, kind))

    @property
    def change_results(self) -> bool:
        """Whether a unit may come to another result than its scores alone would give."""
        return bool(self.adjustments or self.floors or self.reevaluation)


PARTS: Mapping[str, type[Part]] = {
    "rounds": Rounds,
    "committee": Committee,
    "scale": Scale,
    "adjustments": Adjustment,
    "ceiling": Ceiling,
    "rounding": Rounding,
    "floors": Floor,
    "reevaluation": Reevaluation,
    "ranking": Ranking,
}
"""What each clause is made of, by its key."""

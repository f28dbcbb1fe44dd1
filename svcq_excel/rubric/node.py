"""The tree of what is scored: nodes with caps, and leaves with bands and measures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)


def _exact(value: object) -> object:
    """YAML floats become Decimals by what was written (0.1 is 0.1); booleans are no numbers."""
    if isinstance(value, bool):
        raise ValueError("應為數字")
    return str(value) if isinstance(value, float) else value


# 40.0 and 4E+1 are 40: a digest does not depend on how a number is written.
_PLAIN = AfterValidator(lambda value: Decimal(format(value.normalize(), "f")))
# Bounded, so that sums and sentences stay exact and short whatever a definition says.
Points = Annotated[
    Decimal,
    Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000, decimal_places=4),
    BeforeValidator(_exact),
    _PLAIN,
    WithJsonSchema({"type": "number"}),
]
Share = Annotated[
    Decimal,
    Field(allow_inf_nan=False, ge=0, le=1, decimal_places=4),
    BeforeValidator(_exact),
    _PLAIN,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
# A cell holds 32,767 characters, of which rare ones count twice.
Text = Annotated[str, Field(min_length=1, max_length=16_000)]


class Part(BaseModel, defer_build=True):  # who reads forms gets a definition that was checked
    """A piece of a definition: frozen, and nothing in it that it does not know."""

    # Block texts in YAML end with a line break that is no part of the wording.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    later: ClassVar[frozenset[str]] = frozenset()
    """Fields that came when forms were out already: unused, they leave the digest as it was."""

    @model_serializer(mode="wrap")
    def _dump(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        dump: dict[str, object] = handler(self)
        fields = type(self).model_fields
        unused = {key for key in self.later if getattr(self, key) == fields[key].default}
        return {key: value for key, value in dump.items() if key not in unused}


class Band(Part):
    """級距: an inclusive range of scores of a leaf, with the text that earns it."""

    later = frozenset({"measure_max"})

    min: Points = Field(description="級距下限（含）")
    max: Points = Field(description="級距上限（含）")
    text: Text = Field(description="達到此級距的評分參考標準，照原文")
    measure_min: Points | None = Field(None, description="佐證數據達到此值，才可採此級距")
    measure_max: Points | None = Field(
        None, description="佐證數據不超過此值，才可採此級距；用於愈低愈好（better: lower）的數據"
    )

    @cached_property
    def label(self) -> str:
        """The range as the sources print it, e.g. 81-120分."""
        return f"{number(self.min)}-{number(self.max)}分"

    def __contains__(self, score: Decimal) -> bool:
        return self.min <= score <= self.max


PERCENT = ("%", "％")
_LIMITS = {"measure_min", "measure_max"}


class Measure(Part):
    """佐證數據: a figure that decides which band can be claimed."""

    later = frozenset({"better"})

    label: Text = Field(description="佐證數據的名稱，例如 回應問題正確率")
    unit: Text = Field(description="單位，例如 %、分、件、種")
    max: Points | None = Field(None, description="可能的最大值，例如百分比的 100")
    better: Literal["higher", "lower"] = Field(
        "higher", description="higher 愈高愈好（級距寫 measure_min）、lower 愈低愈好（measure_max）"
    )

    @property
    def is_percentage(self) -> bool:
        return self.unit in PERCENT

    @property
    def limit_key(self) -> Literal["measure_min", "measure_max"]:
        """What each band says of it."""
        return "measure_min" if self.better == "higher" else "measure_max"

    @property
    def short_of_all(self) -> str:
        """What is said of a figure that supports no band."""
        return "未達最低門檻" if self.better == "higher" else "超過容許上限"

    def limit(self, band: Band) -> Decimal | None:
        """What the figure must reach, or must not exceed, for a band to be claimed."""
        return band.measure_min if self.better == "higher" else band.measure_max

    def allows(self, band: Band, figure: Decimal) -> bool:
        limit = self.limit(band)
        if limit is None:
            return False
        return figure >= limit if self.better == "higher" else figure <= limit


class Growth(Part):
    """成長率: a figure of this year beside last year's; evidence, which decides nothing."""

    label: Text = Field(description="成長率的名稱，例如 服務滿意度成長率")
    of: Text = Field(description="所比較的數據，例如 平均服務滿意度")
    unit: Text = Field(description="數據的單位，例如 %、項、件")

    @property
    def is_percentage(self) -> bool:
        return self.unit in PERCENT

    @staticmethod
    def rate(this_year: Decimal, last_year: Decimal) -> Decimal | None:
        """(本年度 − 上年度) / 上年度, to a hundredth of a percent; of nothing there is no rate."""
        if last_year <= 0:
            return None
        return ((this_year - last_year) / last_year).quantize(Decimal("0.0001"), ROUND_HALF_UP)


STATUSES = ("已完成", "辦理中", "未辦理", "不適用")
"""What a step of a checklist is answered with; the first two say that something was done."""
DONE, AT_WORK = STATUSES[:2]

Month = Annotated[int, Field(ge=1, le=12)]


class Node(Part):
    """構面、評核項目、評核指標、次評核指標 or 評分細項; without children it is a scored leaf.

    On a checklist nothing has a cap, and a leaf is a step that is due in some months.
    """

    later = frozenset({"growth", "due"})

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")] = Field(
        description="代號，全表不得重複；一經發出表件即不應更改"
    )
    name: Text = Field(description="名稱")
    label: Text | None = Field(None, description="表上印的字樣（含編號、※ 等），未填則同名稱")
    cap: Points = Field(Decimal(0), gt=0, description="滿分（配分）；檢核表沒有")
    text: Text | None = Field(None, description="構面的宗旨，或無級距細項的評分參考標準")
    notice: Text | None = Field(None, description="評分注意事項")
    bands: tuple[Band, ...] = Field((), description="級距，由高而低")
    measure: Measure | None = Field(None, description="決定級距的佐證數據")
    growth: Growth | None = Field(None, description="附列的成長率")
    due: tuple[Month, ...] = Field((), description="檢核表步驟的查核期限（月份）")
    children: tuple[Node, ...] = Field((), description="下一層")

    @model_validator(mode="before")
    @classmethod
    def _less_is_better(cls, data: object) -> object:
        """Where bands say only what the measure must not exceed, nobody has to say it again."""
        if not isinstance(data, dict):
            return data
        match data.get("measure"), data.get("bands"):
            case {**measure}, [_, *_] as bands if "better" not in measure:
                if all(
                    isinstance(b, dict) and b.keys() & _LIMITS == {"measure_max"} for b in bands
                ):
                    return {**data, "measure": {**measure, "better": "lower"}}
        return data

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

    @property
    def leaves(self) -> tuple[Node, ...]:
        # A leaf must not keep itself: comparing two of them would never end.
        return (self,) if self.is_leaf else self.leaves_below

    @cached_property
    def leaves_below(self) -> tuple[Node, ...]:
        return tuple(leaf for child in self.children for leaf in child.leaves)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Every node from here down, a parent before its children, with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def band_of(self, score: Decimal) -> Band | None:
        for band in self.bands:
            if score in band:
                return band
        return None

    def band_labelled(self, label: str) -> Band | None:
        return next((band for band in self.bands if band.label == label), None)

    def supported(self, measure: Decimal) -> Band | None:
        """The highest band that a measure supports: the first whose threshold it reaches.

        Short of the last threshold no band can be claimed, and the only score is 0
        (DOMAIN, wra-105: 電話禮貌測試分數 and the like).
        """
        reached = (b for b in self.bands if self.measure and self.measure.allows(b, measure))
        return max(reached, key=lambda band: band.max, default=None)


def number(value: Decimal) -> str:
    """A number as people write it: 120 rather than 120.0 or 1.2E+2."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def json_number(value: Decimal | Fraction) -> int | float:
    """A JSON number, whole where it is whole: 95, 95.5; of a third the closest there is."""
    return int(value) if value == int(value) else float(value)

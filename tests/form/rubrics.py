"""Any small rubric that the linter lets pass, for properties that must hold for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from hypothesis import strategies as st

from svcq_excel.rubric.model import Band, Growth, Measure, Node, Rubric

_MOST_LEAVES = 10
_WORDING = (
    "提供現場、電話及網路查詢。",
    "（未訂級距，請評定）「級距」",
    "WWW@MM%&",
    "https://www.wra.gov.tw/services/index_of-forms",
    "𠮷堃喆煊兀",
    "一\n二\n",
    "引\"號\" & <角> '撇'",
    "=1+1",
    "-@ + ",
    "ｆｕｌｌ１２３ ﾊﾝｶｸ",
    "字",
)


@cache  # strategies are dear to make
def texts(most: int) -> st.SearchStrategy[str]:
    """Wording of up to so many characters: what matters is its kind and its length."""

    def cut(seed: str, size: int) -> str:
        return (seed * size)[:size].strip() or "字"

    sizes = st.integers(1, min(20, most)) | st.integers(1, most)
    return st.builds(cut, st.sampled_from(_WORDING), sizes)


@cache
def names(most: int) -> st.SearchStrategy[str]:
    """Wording on one line."""
    return texts(most).map(lambda text: text.replace("\n", ""))


@dataclass
class _Budget:
    """How many more leaves there may be: properties are about shapes, not about sizes."""

    leaves: int = _MOST_LEAVES


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """One to five levels, one to four children, leaves of every kind, at various depths."""
    depth = draw(st.integers(1, 5))
    levels = tuple(f"層級{i}" for i in range(1, depth + 1))
    item_depth = draw(st.integers(0, depth - 1))
    step = draw(st.sampled_from([Decimal(1), Decimal("0.5")]))
    budget = _Budget()
    tops = draw(st.integers(1, 3))
    tree = tuple(
        draw(_nodes(f"N{i}", 0, depth, item_depth, step, budget)) for i in range(1, tops + 1)
    )
    sums = draw(st.sets(st.sampled_from(levels)))
    return Rubric(
        format=1,
        id="any-1",
        title="任一考核計畫",
        agency="主辦機關",
        year=105,
        levels=levels,
        item_level=levels[item_depth],
        sums={level: draw(names(6)) for level in levels if level in sums},
        step=step,
        kinds={"self": "自行", "hq": "本署"},
        form_title="{agency}{year}年度({kind})評分表",
        table_title="{agency}{year}年度({kind})統計表",
        comments=draw(st.none() | names(60)),
        tree=tree,
    )


@st.composite
def _nodes(
    draw: st.DrawFn,
    id: str,
    depth: int,
    levels: int,
    item_depth: int,
    step: Decimal,
    budget: _Budget,
) -> Node:
    if depth + 1 < levels and (depth < item_depth or draw(st.booleans())):
        children: list[Node] = []
        for i in range(1, draw(st.integers(1, 4)) + 1):
            if children and budget.leaves <= 0:
                break
            child = _nodes(f"{id}.{i}", depth + 1, levels, item_depth, step, budget)
            children.append(draw(child))
        return Node(
            id=id,
            name=f"{id}{draw(names(80))}",
            label=draw(st.none() | names(80)),
            cap=sum((child.cap for child in children), Decimal(0)),
            text=draw(st.none() | texts(800)),
            notice=draw(st.none() | texts(800)),
            children=tuple(children),
        )
    budget.leaves -= 1
    return draw(_leaves(id, step))


@st.composite
def _leaves(draw: st.DrawFn, id: str, step: Decimal) -> Node:
    cap = draw(st.integers(4, 120)) + draw(st.sampled_from([Decimal(0), step]))
    measure = draw(st.none() | _measures())
    banded = measure is not None or draw(st.booleans())
    return Node(
        id=id,
        name=f"{id}{draw(names(80))}",
        label=draw(st.none() | names(80)),
        cap=cap,
        text=None if banded else draw(st.none() | texts(800)),
        notice=draw(st.none() | texts(800)),
        bands=draw(_bands(cap, measure, step)) if banded else (),
        measure=measure,
        growth=draw(st.none() | st.none() | _growths()),
    )


@st.composite
def _measures(draw: st.DrawFn) -> Measure:
    unit = draw(st.sampled_from(["%", "％", "分", "件", "種", "公里"]))
    most = draw(st.sampled_from([None, Decimal(100), Decimal(120)]))
    better: Literal["higher", "lower"] = draw(st.sampled_from(["higher", "higher", "lower"]))
    return Measure(label=draw(names(40)), unit=unit, max=most, better=better)


@st.composite
def _growths(draw: st.DrawFn) -> Growth:
    unit = draw(st.sampled_from(["%", "項"]))
    return Growth(label=draw(names(40)), of=draw(names(40)), unit=unit)


@st.composite
def _bands(
    draw: st.DrawFn, cap: Decimal, measure: Measure | None, step: Decimal
) -> tuple[Band, ...]:
    """Bands that follow each other down from the cap to 1, or to one step."""
    cuts = draw(st.sets(st.integers(2, int(cap) - 1), max_size=3))
    lowest = draw(st.sampled_from([Decimal(1), step]))
    floors = [*sorted(map(Decimal, cuts), reverse=True), lowest]
    tops = [cap, *(upper - step for upper, _ in pairwise(floors))]
    limits: list[Decimal | None] = [None] * len(floors)
    if measure:
        many = len(floors)
        chosen = draw(st.sets(st.integers(0, 100), min_size=many, max_size=many))
        limits = [Decimal(limit) for limit in sorted(chosen, reverse=measure.better == "higher")]
    key = measure.limit_key if measure else "measure_min"
    return tuple(
        Band.model_validate({"min": low, "max": high, "text": draw(texts(800)), key: limit})
        for low, high, limit in zip(floors, tops, limits, strict=True)
    )

"""Any filling of a form: what people enter, right and wrong, plain and odd."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from svcq_excel.form.layout.remarks import REMARKS
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.workbooks.workbook import Value
from tests.form.filling import Filling, Key

ODD = (
    "=SUM(A1:A9)",
    "+886-2-3343",
    "-改善中",
    "@承辦人",
    "'95",
    "＝全形",
    "#REF!",
    "TRUE",
    "A1",
    "1e400",
    "９５分",
    "九十五",
    " 95 ",
    "𠮷野家、堃、喆",
    "第一行\n第二行\n\n第四行",
    "\t縮排",
    "  前後空白  ",
    '引號"與<角>&',
    "https://www.wra.gov.tw/",
    "A1.1.1.1",
    "長" * 32_000,
)

# What XML can hold and office programs leave alone; a carriage return they turn into a line feed.
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
TEXTS = st.sampled_from(ODD) | st.text(_CHARACTERS, min_size=1, max_size=12).filter(
    lambda text: text.strip() != "" and "_x" not in text  # _x0041_ is how a workbook spells A
)


@st.composite
def fillings(draw: st.DrawFn, rubric: Rubric) -> Filling:
    """Some entries of every kind; each may be missing, right, wrong or odd."""
    entries: dict[Key, Value] = {}
    for leaf in rubric.leaves:
        entries |= draw(_answers(leaf))
    wholes = ["assessor", "date", *(["comments"] if rubric.comments else [])]
    for key in wholes:
        if draw(st.booleans()):
            entries["", key] = draw(TEXTS)
    cells = [(item.id, key) for item in rubric.items for key in REMARKS]
    remarked = draw(st.lists(st.sampled_from(cells), max_size=4, unique=True))
    return Filling(entries, {cell: draw(TEXTS) for cell in remarked})


@st.composite
def _answers(draw: st.DrawFn, leaf: Node) -> dict[Key, Value]:
    found: dict[Key, Value] = {}
    kind = draw(st.sampled_from(["right", "right", "odd", "blank"]))
    if kind == "blank":
        return found
    if kind == "right":
        return right_answer(leaf, draw(st.integers(0, 1000)))
    exact = st.integers(-500_000, 90_000_000_000).map(lambda whole: whole / 1000)
    figures = st.integers(-5, 500) | exact | TEXTS | st.booleans()
    found[leaf.id, "score"] = draw(figures)
    if leaf.picks_band:
        found[leaf.id, "band"] = draw(TEXTS)
    if leaf.measure:
        found[leaf.id, "measure"] = draw(figures)
    if leaf.growth:
        found[leaf.id, "this_year"], found[leaf.id, "last_year"] = draw(figures), draw(figures)
    if draw(st.booleans()):
        found[leaf.id, "note"] = draw(TEXTS)
    return found


def right_answer(leaf: Node, choice: int = 0) -> dict[Key, Value]:
    """A score that every rule lets pass, with the band or the measure that earns it."""
    if not leaf.bands:
        return {(leaf.id, "score"): float(min(leaf.cap, Decimal(choice)))}
    band = leaf.bands[choice % len(leaf.bands)]
    found: dict[Key, Value] = {(leaf.id, "score"): float(band.max)}
    if leaf.picks_band:
        found[leaf.id, "band"] = band.label
    if leaf.measure and (limit := leaf.measure.limit(band)) is not None:
        found[leaf.id, "measure"] = measured(leaf, limit)
    return found


def measured(leaf: Node, limit: Decimal) -> float:
    """The measure as it is entered; a percentage of 1 or less would be a question."""
    if leaf.measure and leaf.measure.is_percentage and 0 < limit <= 1:
        limit = Decimal(2 if leaf.measure.better == "higher" else 0)
    return float(limit)

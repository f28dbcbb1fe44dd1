"""What changed about one node besides its name and place: its cap, texts, bands, figures."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.rubric.differing.change import altered
from svcq_excel.rubric.differing.matching import matched
from svcq_excel.rubric.differing.parts import fields_changed, order_changed, part_changed
from svcq_excel.rubric.differing.text_changes import in_quotes
from svcq_excel.rubric.model import Band, Measure, Node, number

_PURPOSE = "宗旨"
"""What the text of a node is that is no leaf."""


def node_changed(old: Node, new: Node) -> Iterator[str]:
    for said in fields_changed(old, new):
        yield said if new.is_leaf and old.is_leaf else said.replace("評分標準", _PURPOSE, 1)
    yield from part_changed("佐證數據", old.measure, new.measure)
    yield from part_changed("成長率", old.growth, new.growth)
    yield from _bands_changed(old, new)


def _bands_changed(old: Node, new: Node) -> Iterator[str]:
    found = matched(old.bands, new.bands, lambda band: band.label, lambda band: band.text)
    for before, after in found.pairs:
        if before and after:
            yield from _band_changed(before, after, old.measure, new.measure)
        elif after:
            yield f"增列級距 {after.label}（{_about(after, new.measure)}）"
        elif before:
            yield f"刪除級距 {before.label}（{_about(before, old.measure)}）"
    yield from order_changed(found, "級距", lambda band: f" {band.label}")


def _band_changed(old: Band, new: Band, was: Measure | None, now: Measure | None) -> Iterator[str]:
    if old.label != new.label:
        yield f"級距 {old.label} 改為 {new.label}"
    called = f"級距 {old.label} 的"
    for said in fields_changed(old, new):
        yield f"{called}{said}"
    if (old.measure_min, old.measure_max) != (new.measure_min, new.measure_max):
        yield f"{called}{altered('門檻', _limit(old, was), _limit(new, now), str)}"


def _about(band: Band, measure: Measure | None) -> str:
    limit = _limit(band, measure)
    return "，".join(filter(None, (f"門檻 {limit}" if limit else "", in_quotes(band.text))))


def _limit(band: Band, measure: Measure | None) -> str:
    """What the figure has to be, in words; "" where the band says nothing of it."""
    unit = f" {measure.unit}" if measure else ""
    lowest = "" if band.measure_min is None else f"{number(band.measure_min)}{unit} 以上"
    highest = "" if band.measure_max is None else f"{number(band.measure_max)}{unit} 以下"
    return "、".join(filter(None, (lowest, highest)))

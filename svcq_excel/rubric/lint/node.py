"""The linter's rules on one node: its cap, its bands and the measure that decides them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from svcq_excel.rubric.model import Node, number
from svcq_excel.rubric.yaml_source import Keys

MOST_IN_PICK_LIST = 255
"""Characters Excel allows in the list of a data validation."""

Fault = tuple[Keys, str, str]
"""The keys that lead to the part at fault, the message, the fix."""


def _cap_is_the_sum_below(node: Node) -> Iterator[Fault]:
    caps = [child.cap for child in node.children]
    if caps and sum(caps) != node.cap:
        terms = " + ".join(map(number, caps))
        below = number(sum(caps, Decimal(0)))
        message = f"滿分 {number(node.cap)} 與下一層的合計 {below} 不符（{terms}）"
        yield ("cap",), message, "請核對原文，更正本層或下一層的 cap"


def _only_leaves_are_scored(node: Node) -> Iterator[Fault]:
    for key in ("bands", "measure", "growth"):
        if node.children and getattr(node, key):
            yield (key,), f"有下一層的項目不直接給分，卻寫了 {key}", f"請將 {key} 移到最下層的項目"


def _bands_lie_within_the_cap(node: Node) -> Iterator[Fault]:
    for at, band in enumerate(node.bands):
        if band.min > band.max:
            yield ("bands", at), f"級距 {band.label} 的下限大於上限", "請更正 min 與 max"
        elif band.min <= 0:
            message = f"級距 {band.label} 的下限不大於 0"
            yield ("bands", at), message, "0 分表示未達任何級距，請由 1 分起"
        elif band.max > node.cap:
            message = f"級距 {band.label} 超出滿分 {number(node.cap)} 分"
            yield ("bands", at), message, "請核對原文，更正級距的 max 或本項的 cap"


def _bands_follow_each_other_down(node: Node) -> Iterator[Fault]:
    if _has_inverted_band(node):
        return
    for at, (upper, lower) in enumerate(pairwise(node.bands), start=1):
        both = f"級距 {upper.label} 與 {lower.label}"
        if lower.min > upper.min:
            yield ("bands", at), f"{both} 次序顛倒", "級距請由高而低排列"
        elif lower.max >= upper.min:
            yield ("bands", at), f"{both} 重疊", "請更正 min 與 max，一個分數只屬於一個級距"
        elif upper.min - lower.max > 1:
            yield ("bands", at), f"{both} 之間有分數不屬於任何級距", "請更正 min 與 max，使級距相接"


def _bands_reach_from_one_to_the_cap(node: Node) -> Iterator[Fault]:
    if not node.bands or _has_inverted_band(node):
        return
    highest, lowest = max(b.max for b in node.bands), min(b.min for b in node.bands)
    if highest < node.cap:
        message = f"最高級距只到 {number(highest)} 分，未達滿分 {number(node.cap)} 分"
        yield ("bands",), message, "請核對原文，更正最高級距的 max 或本項的 cap"
    if lowest > 1:
        message = f"最低級距由 {number(lowest)} 分起，應由 1 分起"
        yield ("bands",), message, "請核對原文，更正最低級距的 min"


def _has_inverted_band(node: Node) -> bool:
    return any(band.min > band.max for band in node.bands)


def _thresholds_go_with_a_measure(node: Node) -> Iterator[Fault]:
    if node.is_leaf and node.measure and not node.bands:
        yield ("measure",), "有佐證數據 measure，卻沒有級距 bands", "請補上級距，或刪除 measure"
    for at, band in enumerate(node.bands):
        if node.measure and band.measure_min is None:
            message = f"級距 {band.label} 缺少 measure_min"
            fix = f"請寫採此級距所需的{node.measure.label}"
            yield ("bands", at), message, fix
        elif not node.measure and band.measure_min is not None:
            message = f"級距 {band.label} 有 measure_min，這一項卻沒有佐證數據 measure"
            yield ("bands", at, "measure_min"), message, "請補上 measure，或刪除 measure_min"


def _thresholds_fall(node: Node) -> Iterator[Fault]:
    for at, (upper, lower) in enumerate(pairwise(node.bands), start=1):
        if upper.measure_min is None or lower.measure_min is None:
            continue
        if lower.measure_min >= upper.measure_min:
            message = (
                f"級距 {lower.label} 的 measure_min {number(lower.measure_min)} "
                f"不低於 {upper.label} 的 {number(upper.measure_min)}"
            )
            yield ("bands", at, "measure_min"), message, "級距愈低，measure_min 應愈小，請更正"


def _thresholds_are_possible(node: Node) -> Iterator[Fault]:
    if node.measure is None or node.measure.max is None:
        return
    most = node.measure.max
    for at, band in enumerate(node.bands):
        if band.measure_min is not None and band.measure_min > most:
            message = f"measure_min {number(band.measure_min)} 超過佐證數據的最大值 {number(most)}"
            yield ("bands", at, "measure_min"), message, "請更正 measure_min 或 measure 的 max"


def _pick_list_fits_excel(node: Node) -> Iterator[Fault]:
    length = len(",".join(band.label for band in node.bands))
    if length > MOST_IN_PICK_LIST:
        message = f"級距選單共 {length} 個字元，超過 Excel 的上限 {MOST_IN_PICK_LIST} 個字元"
        yield ("bands",), message, "請減少級距"


NODE_RULES: tuple[Callable[[Node], Iterator[Fault]], ...] = (
    _cap_is_the_sum_below,
    _only_leaves_are_scored,
    _bands_lie_within_the_cap,
    _bands_follow_each_other_down,
    _bands_reach_from_one_to_the_cap,
    _thresholds_go_with_a_measure,
    _thresholds_fall,
    _thresholds_are_possible,
    _pick_list_fits_excel,
)

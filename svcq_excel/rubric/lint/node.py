"""The linter's rules on one node: its cap, its bands and the measure that decides them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from svcq_excel.rubric.model import Band, Measure, Node, number
from svcq_excel.rubric.source import Keys, key, setting

MOST_IN_PICK_LIST = 255
"""Characters Excel allows in the list of a data validation."""

_MIN, _MAX = key("bands.min"), key("bands.max")

Fault = tuple[Keys, str, str]
"""The keys that lead to the part at fault, the message, the fix."""


def _cap_is_the_sum_below(node: Node) -> Iterator[Fault]:
    caps = [child.cap for child in node.children]
    if caps and sum(caps) != node.cap:
        terms = " + ".join(map(number, caps))
        below = number(sum(caps, Decimal(0)))
        message = f"滿分 {number(node.cap)} 與下一層的合計 {below} 不符（{terms}）"
        yield ("cap",), message, f"請核對原文，更正本層或下一層的 {key('cap')}"


def _only_leaves_are_scored(node: Node) -> Iterator[Fault]:
    for name in ("bands", "measure", "growth"):
        if node.children and getattr(node, name):
            message = f"有下一層的項目不直接給分，卻寫了 {key(name)}"
            yield (name,), message, f"請將 {key(name)} 移到最下層的項目"


def _bands_lie_within_the_cap(node: Node) -> Iterator[Fault]:
    for at, band in enumerate(node.bands):
        if band.min > band.max:
            yield ("bands", at), f"級距 {band.label} 的下限大於上限", f"請更正 {_MIN} 與 {_MAX}"
        elif band.min <= 0:
            message = f"級距 {band.label} 的下限不大於 0"
            yield ("bands", at), message, "0 分表示未達任何級距，請由 1 分起"
        elif band.max > node.cap:
            message = f"級距 {band.label} 超出滿分 {number(node.cap)} 分"
            yield ("bands", at), message, f"請核對原文，更正級距的 {_MAX} 或本項的 {key('cap')}"


def _bands_follow_each_other_down(node: Node) -> Iterator[Fault]:
    if _has_inverted_band(node):
        return
    for at, (upper, lower) in enumerate(pairwise(node.bands), start=1):
        both = f"級距 {upper.label} 與 {lower.label}"
        if lower.min > upper.min:
            yield ("bands", at), f"{both} 次序顛倒", "級距請由高而低排列"
        elif lower.max >= upper.min:
            yield ("bands", at), f"{both} 重疊", f"請更正 {_MIN} 與 {_MAX}，一個分數只屬於一個級距"


def bands_apart(node: Node, step: Decimal) -> Iterator[Fault]:
    """A score between two bands, or below the lowest but 1 or above: scores come in steps."""
    for at, (upper, lower) in enumerate(pairwise(node.bands), start=1):
        sound = lower.min <= lower.max < upper.min <= upper.max
        if sound and upper.min - lower.max > step:
            message = f"級距 {upper.label} 與 {lower.label} 之間有分數不屬於任何級距"
            unit = "" if step == 1 else f"（給分單位為 {number(step)} 分）"
            yield ("bands", at), f"{message}{unit}", f"請更正 {_MIN} 與 {_MAX}，使級距相接"
    first = max(Decimal(1), step)
    if node.bands and not _has_inverted_band(node) and min(b.min for b in node.bands) > first:
        lowest = number(min(band.min for band in node.bands))
        message = f"最低級距由 {lowest} 分起，應由 {number(first)} 分起"
        yield ("bands",), message, f"請核對原文，更正最低級距的 {_MIN}"


def _bands_reach_to_the_cap(node: Node) -> Iterator[Fault]:
    if not node.bands or _has_inverted_band(node):
        return
    highest = max(band.max for band in node.bands)
    if highest < node.cap:
        message = f"最高級距只到 {number(highest)} 分，未達滿分 {number(node.cap)} 分"
        yield ("bands",), message, f"請核對原文，更正最高級距的 {_MAX} 或本項的 {key('cap')}"


def _has_inverted_band(node: Node) -> bool:
    return any(band.min > band.max for band in node.bands)


def _thresholds_go_with_a_measure(node: Node) -> Iterator[Fault]:
    measure = node.measure
    if node.is_leaf and measure and not node.bands:
        message = "有佐證數據，卻沒有級距"
        yield ("measure",), message, f"請補上 {key('bands')}，或刪除 {key('measure')}"
    for at, band in enumerate(node.bands):
        for name in ("measure_min", "measure_max"):
            if measure is None and getattr(band, name) is not None:
                message = f"級距 {band.label} 有 {key(name)}，這一項卻沒有佐證數據"
                fix = f"請補上 {key('measure')}，或刪除 {key(name)}"
                yield ("bands", at, name), message, fix
        if measure:
            yield from _thresholds_fit(measure, band, at)


def _thresholds_fit(measure: Measure, band: Band, at: int) -> Iterator[Fault]:
    """A band says what the figure must reach or, where less is better, must not exceed."""
    limit = measure.limit_key
    other = "measure_max" if limit == "measure_min" else "measure_min"
    if getattr(band, other) is not None:
        lower = measure.better == "lower"
        wrong = (
            f"級距 {band.label} 有 {key(other)}，佐證數據卻是{'愈低愈好' if lower else '愈高愈好'}"
        )
        to_lower = setting("measure.better", "lower")
        change = f"刪除 {to_lower}" if lower else f"在 {key('measure')} 寫 {to_lower}"
        yield (
            ("bands", at, other),
            wrong,
            f"若數據愈{'高' if lower else '低'}愈好，請{change}；否則請改為 {key(limit)}",
        )
    elif measure.limit(band) is None:
        message = f"級距 {band.label} 缺少 {key(limit)}"
        yield ("bands", at, limit), message, f"請寫採此級距所需的{measure.label}"


def _thresholds_follow_each_other(node: Node) -> Iterator[Fault]:
    if node.measure is None:
        return
    limit, lower_is_better = node.measure.limit_key, node.measure.better == "lower"
    for at, (upper, lower) in enumerate(pairwise(node.bands), start=1):
        high, low = node.measure.limit(upper), node.measure.limit(lower)
        if high is None or low is None or (high < low if lower_is_better else low < high):
            continue
        message = (
            f"級距 {lower.label} 的 {key(limit)} {number(low)} "
            f"不{'高' if lower_is_better else '低'}於 {upper.label} 的 {number(high)}"
        )
        fix = f"級距愈低，{key(limit)} 應愈{'大' if lower_is_better else '小'}，請更正"
        yield ("bands", at, limit), message, fix


def _thresholds_are_possible(node: Node) -> Iterator[Fault]:
    if node.measure is None or node.measure.max is None:
        return
    name, most = node.measure.limit_key, node.measure.max
    for at, band in enumerate(node.bands):
        limit = node.measure.limit(band)
        if limit is not None and limit > most:
            message = f"{key(name)} {number(limit)} 超過佐證數據的最大值 {number(most)}"
            fix = f"請更正 {key(name)} 或 {key('measure')} 的 {key('measure.max')}"
            yield ("bands", at, name), message, fix


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
    _bands_reach_to_the_cap,
    _thresholds_go_with_a_measure,
    _thresholds_follow_each_other,
    _thresholds_are_possible,
    _pick_list_fits_excel,
)

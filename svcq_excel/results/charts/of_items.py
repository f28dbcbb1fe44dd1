"""Charts of the items and the grades: what share of its cap an item got, how many got a grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from svcq_excel.results.charts.fitting import cut, figure
from svcq_excel.results.charts.model import Axis, Chart, Series
from svcq_excel.results.charts.parting import accepted
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.wording import name_with_code
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Kind, Node, Rubric, number

_SHARE = Axis("得分率（得分÷配分）", Fraction(0), Fraction(1), percent=True)
_NAME_EMS = 24


def means(outcome: Outcome) -> Iterator[Chart]:
    """The mean of each item as a share of its cap, of every kind of assessment."""
    rubric = outcome.rubric
    of_kinds = [(kind, found) for kind in outcome.kinds if (found := accepted(outcome, kind))]
    if of_kinds:
        series = tuple(
            Series(
                _series_name(outcome, kind, len(found)),
                tuple(mean_share(found, item) for item in rubric.items),
            )
            for kind, found in of_kinds
        )
        yield Chart(
            "各項目平均得分率",
            "columns",
            rubric.item_level,
            item_names(rubric),
            series,
            _SHARE,
            _means_in_words(rubric, series),
            lying=True,
        )


def item_names(rubric: Rubric) -> tuple[str, ...]:
    return tuple(f"{item.name}（{number(item.cap)}分）" for item in rubric.items)


def mean_share(results: Sequence[UnitResult], item: Node) -> Fraction:
    scores = [result.items[item.id] for result in results]
    return sum(scores, Fraction(0)) / len(scores) / Fraction(item.cap)


def against_group(outcome: Outcome, chosen: UnitResult) -> Chart:
    """One unit's items beside the mean of its group, or of all units where there are no groups."""
    rubric = outcome.rubric
    peers = [
        result
        for result in accepted(outcome, chosen.kind)
        if result.unit.group == chosen.unit.group
    ]
    own = tuple(chosen.items[item.id] / Fraction(item.cap) for item in rubric.items)
    theirs = tuple(mean_share(peers, item) for item in rubric.items)
    group = f"{chosen.unit.group}平均" if chosen.unit.group else "各單位平均"
    return Chart(
        f"{name_with_code(chosen.unit)}各項目得分率",
        "columns",
        rubric.item_level,
        item_names(rubric),
        (Series(chosen.unit.name, own), Series(f"{group}（{len(peers)} 個單位）", theirs)),
        _SHARE,
        _against_in_words(rubric, chosen, own, theirs, group),
        lying=True,
    )


def grades(outcome: Outcome) -> Iterator[Chart]:
    """How many units got each grade."""
    rubric = outcome.rubric
    of_kinds = [(kind, found) for kind in outcome.kinds if (found := accepted(outcome, kind))]
    if rubric.grades and of_kinds:
        series = tuple(
            Series(
                _series_name(outcome, kind, len(found)),
                tuple(
                    Fraction(sum(result.grade == grade.name for result in found))
                    for grade in rubric.grades
                ),
            )
            for kind, found in of_kinds
        )
        most = max(value or Fraction(0) for each in series for value in each.values)
        yield Chart(
            "等第分布",
            "columns",
            "等第",
            tuple(grade.name for grade in rubric.grades),
            series,
            Axis("單位數", Fraction(0), max(most, Fraction(1)), whole=True),
            "各等第的單位數。" + "".join(_grades_in_words(rubric, each) for each in series),
        )


def _series_name(outcome: Outcome, kind: Kind, units: int) -> str:
    several = len(outcome.kinds) > 1
    return f"{outcome.rubric.kind_word(kind)}（{units} 個單位）" if several else f"{units} 個單位"


def _means_in_words(rubric: Rubric, series: Sequence[Series]) -> str:
    said = [f"{len(rubric.items)} 個{rubric.item_level}的平均得分占配分的百分比。"]
    for each in series:
        known = [
            (value, cut(item.name, _NAME_EMS))
            for value, item in zip(each.values, rubric.items, strict=True)
            if value is not None
        ]
        (most, best), (least, worst) = max(known), min(known)
        highest, lowest = figure(most, _SHARE), figure(least, _SHARE)
        said.append(f"{each.name}：最高為{best} {highest}，最低為{worst} {lowest}。")
    return "".join(said)


def _against_in_words(
    rubric: Rubric,
    chosen: UnitResult,
    own: Sequence[Fraction],
    theirs: Sequence[Fraction],
    group: str,
) -> str:
    above = sum(a > b for a, b in zip(own, theirs, strict=True))
    below = sum(a < b for a, b in zip(own, theirs, strict=True))
    return (
        f"{cut(chosen.unit.name, _NAME_EMS)}各{rubric.item_level}的得分率與{group}並列："
        f"高於平均 {above} 項，低於平均 {below} 項，相同 {len(own) - above - below} 項。"
    )


def _grades_in_words(rubric: Rubric, series: Series) -> str:
    counts = "、".join(
        f"{grade.name} {shown(value or Fraction(0))} 個"
        for grade, value in zip(rubric.grades, series.values, strict=True)
    )
    return f"{series.name}：{counts}。"

"""Charts of a checklist: its steps by the month in which they are due, and how far each unit is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from svcq_excel.checks.answers import Status
from svcq_excel.plan.rounds import month_of
from svcq_excel.results.charts.fitting import figure
from svcq_excel.results.charts.model import Axis, Chart, Series
from svcq_excel.results.charts.parting import (
    UNITS,
    accepted,
    kind_of,
    named_shortly,
    not_drawn,
    parts,
)
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.checklist import Progress, progress
from svcq_excel.rubric.model import Kind, Node
from svcq_excel.rubric.node import STATUSES

_RATE = Axis("完成率（已完成÷適用的步驟）", Fraction(0), Fraction(1), percent=True)


def by_month(outcome: Outcome, kind: Kind) -> Iterator[Chart]:
    """The steps of all units that handed in, by month and status."""
    rubric, until = outcome.rubric, month_of(outcome.round)
    steps: defaultdict[int, list[Status]] = defaultdict(list)
    for result in accepted(outcome, kind):
        for id, step in result.steps.items():
            steps[_due(rubric.nodes[id], until)].append(step)
    if not steps:
        return
    counted = {month: progress(steps[month]) for month in sorted(steps)}
    most = Fraction(max(each.asked for each in counted.values()))
    yield Chart(
        f"各查核期限的辦理情形{kind_of(outcome, kind)}",
        "stacked",
        "查核期限",
        tuple(f"{month}月" for month in counted),
        tuple(
            Series(status, tuple(Fraction(each.by_status[status]) for each in counted.values()))
            for status in STATUSES
        ),
        Axis("步驟數（各單位合計）", Fraction(0), most, whole=True),
        "各單位應辦步驟依查核期限及辦理狀態計數。" + "".join(map(_in_words, counted.items())),
        lying=True,
        note=not_drawn(outcome.of_kind(kind)),
    )


def by_unit(outcome: Outcome, kind: Kind) -> Iterator[Chart]:
    """How much of what applies to it each unit has done."""
    for part in parts(outcome, accepted(outcome, kind), _rate):
        rates = tuple(map(_rate, part.results))
        first, last = part.results[0], part.results[-1]
        said = f"{len(part.results)} 個單位的完成率，由高而低。"
        said += f"最高為{named_shortly(first)} {_percent(rates[0])}，"
        said += f"最低為{named_shortly(last)} {_percent(rates[-1])}。"
        title = part.title(f"各單位完成率{kind_of(outcome, kind)}")
        yield Chart(title, "columns", UNITS, part.names, (Series("完成率", rates),), _RATE, said)


def by_top(outcome: Outcome, kind: Kind) -> Iterator[Chart]:
    """How much of each node of the first level is done."""
    results = accepted(outcome, kind)
    known = [
        (top.printed, rate)
        for top in outcome.rubric.tree
        if (rate := _of_node(results, top).rate) is not None
    ]
    if known:
        level = outcome.rubric.levels[0]
        (least, last), (most, first) = (pick((r, n) for n, r in known) for pick in (min, max))
        yield Chart(
            f"各{level}完成率{kind_of(outcome, kind)}",
            "columns",
            level,
            tuple(name for name, _ in known),
            (Series("完成率", tuple(rate for _, rate in known)),),
            _RATE,
            f"{len(known)} 個{level}的完成率。最高為{first} {_percent(most)}，"
            f"最低為{last} {_percent(least)}。",
            lying=True,
        )


def _due(step: Node, until: int | None) -> int:
    """The last month in which it is due by the round's: what was open before counts there."""
    return max(
        (month for month in step.due if until is None or month <= until), default=min(step.due)
    )


def _of_node(results: list[UnitResult], top: Node) -> Progress:
    ids = [leaf.id for leaf in top.leaves]
    return progress(result.steps[id] for result in results for id in ids if id in result.steps)


def _rate(result: UnitResult) -> Fraction | None:
    return progress(result.steps.values()).rate


def _in_words(month: tuple[int, Progress]) -> str:
    due, counted = month
    words = "、".join(f"{status} {counted.by_status[status]}" for status in STATUSES)
    rate = "" if counted.rate is None else f"，完成率 {_percent(counted.rate)}"
    return f"{due}月：應辦 {counted.asked}，{words}{rate}。"


def _percent(rate: Fraction | None) -> str:
    return "－" if rate is None else figure(rate, _RATE)

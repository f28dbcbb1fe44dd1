"""Which charts a round's results have, in the order in which they are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from svcq_excel.results.charts import of_checklists, of_committees, of_items, of_units
from svcq_excel.results.charts.model import Chart
from svcq_excel.results.charts.paging import on_pages
from svcq_excel.results.charts.parting import UNITS
from svcq_excel.results.model import Outcome

MOST_UNITS = 1_000
"""Nobody looks through charts with a bar for each of more."""
_NOT_EACH = f"受考核單位超過 {MOST_UNITS:,} 個，不逐一畫出；各單位的成績見統計表。"


def charts_of(outcome: Outcome) -> tuple[Chart, ...]:
    """All of them; none where no unit has a result yet."""
    whole = list(_of_checklist(outcome) if outcome.rubric.is_checklist else _of_scores(outcome))
    if len(outcome.unit_names) > MOST_UNITS:
        whole = [chart for chart in whole if chart.over != UNITS]
        whole[:1] = [replace(chart, note=f"{_NOT_EACH}{chart.note}") for chart in whole[:1]]
    return tuple(part for chart in whole for part in on_pages(chart))


def _of_scores(outcome: Outcome) -> Iterator[Chart]:
    for kind in outcome.kinds:
        yield from of_units.totals(outcome, kind)
    yield from of_items.grades(outcome)
    yield from of_items.means(outcome)
    for kind in outcome.kinds:
        if kind != "self" and "self" in outcome.kinds:
            yield from of_units.self_against(outcome, kind)
    if "committee" in outcome.kinds:
        yield from of_committees.spreads(outcome)
        yield from of_committees.levels(outcome)


def _of_checklist(outcome: Outcome) -> Iterator[Chart]:
    for kind in outcome.kinds:
        yield from of_checklists.by_month(outcome, kind)
        yield from of_checklists.by_top(outcome, kind)
        yield from of_checklists.by_unit(outcome, kind)

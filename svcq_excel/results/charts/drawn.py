"""Which charts a round's results have, in the order in which they are looked at."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.results.charts import of_checklists, of_committees, of_items, of_units
from svcq_excel.results.charts.model import Chart
from svcq_excel.results.charts.paging import on_pages
from svcq_excel.results.model import Outcome


def charts_of(outcome: Outcome) -> tuple[Chart, ...]:
    """All of them; none where no unit has a result yet."""
    whole = _of_checklist(outcome) if outcome.rubric.is_checklist else _of_scores(outcome)
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

"""統計圖表 on a page: each chart with its title, what it shows and does not show, in words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from svcq_excel.results.charts.drawn import charts_of
from svcq_excel.results.charts.svg import svg
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.paging import pages_of
from svcq_excel.results.page.printing import LINE_PX
from svcq_excel.results.screen.html_book import PageSection
from svcq_excel.results.wording import heading

_NAME, _ID = "統計圖表", "charts"


def charts_section(outcome: Outcome) -> Iterator[PageSection]:
    """The section, where there are charts."""
    charts = charts_of(outcome)
    if not charts:
        return
    title = escape(heading(outcome, _NAME))
    parts = [f'<div class="title"><h2>{title}</h2></div>']
    for at, chart in enumerate(charts, 1):
        told = escape(chart.title)
        place = f'<div class="table drawing" role="region" aria-label="{told}" tabindex="0">'
        parts.append(f"<figure><h3>{told}</h3>{place}{svg(chart, f'c{at}')}</div>")
        said = "　".join(filter(None, (chart.alternative, chart.note)))
        parts.append(f"<figcaption>{escape(said)}</figcaption></figure>")
    yield PageSection(_NAME, _ID, "\n".join(parts), pages_of([LINE_PX], 0).paper, False)

"""The report of a round as one page: tables, charts, what came in and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from svcq_excel.results.entries.came_in import SUMMARY
from svcq_excel.results.entries.entry import Section
from svcq_excel.results.model import UNIT_STATUS_WORDS, Outcome
from svcq_excel.results.screen.charts import charts_section
from svcq_excel.results.screen.document import document, text
from svcq_excel.results.screen.html_book import HtmlBook
from svcq_excel.results.sheets.overview import write_overview
from svcq_excel.results.wording import files_by_status, heading, violations_by_severity
from svcq_excel.results.workbook import statistics_sheets

_PARTS = (Section.RESULTS, Section.DETAILS, Section.CHECKING)
"""Without what is for the office alone, and without the units' own tables, one a unit."""


def write_html(outcome: Outcome) -> bytes:
    """The page, UTF-8; an equal outcome gives equal bytes."""
    book = HtmlBook()
    _fill(book, outcome)
    return document(heading(outcome, "結果"), book, _above(outcome, book))


def _fill(book: HtmlBook, outcome: Outcome) -> None:
    sheets = statistics_sheets(outcome)
    for part in _PARTS:
        if part is Section.CHECKING:
            book.printed = False
            write_overview(book, SUMMARY.name, outcome)
        for entry in sheets:
            if entry.section is part and entry.write:
                book.printed = entry.is_signed
                entry.write(book, entry.name, outcome)
        if part is Section.RESULTS:
            book.sections += charts_section(outcome)


def _above(outcome: Outcome, book: HtmlBook) -> Iterator[str]:
    yield from _numbers(outcome)
    links = (f'<li><a href="#{s.id}">{text(s.name)}</a></li>' for s in book.sections)
    yield f'<nav aria-label="目次"><ul>{"".join(links)}</ul></nav>'
    printed = "、".join(section.name for section in book.sections if section.printed)
    yield '<p class="print"><label><input type="checkbox" id="whole">列印全部各表'
    yield f"（未勾選時，只列印{text(printed)}）</label></p>"


def _numbers(outcome: Outcome) -> Iterator[str]:
    """How many units are where, kind by kind, and what came in."""
    for kind in outcome.kinds:
        results, word = outcome.of_kind(kind), text(outcome.rubric.kind_word(kind))
        many = Counter(result.status for result in results)
        yield f'<ul class="counts" aria-label="{word}">'
        yield f"<li><b>{len(results)}</b>{word}應繳</li>"
        for status, said in UNIT_STATUS_WORDS.items():
            if many[status] or status != "incomplete":
                yield f'<li class="{status}"><b>{many[status]}</b>{said}</li>'
        yield "</ul>"
    found = violations_by_severity(violation for _, violation in outcome.findings)
    yield f'<p class="soft">{text(files_by_status(outcome))}　　{found}</p>'

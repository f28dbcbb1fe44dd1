"""A page of its own: nothing is fetched by it, one script of ours may run in it, which it tells the
browser too; whatever came from forms, lists and names of files is text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape

from svcq_excel.form.identity import PAGE_MARK
from svcq_excel.results.screen.html_book import HtmlBook, PageSection
from svcq_excel.results.screen.paper import paper_style
from svcq_excel.results.screen.script import SCRIPT
from svcq_excel.results.screen.style import report_style
from svcq_excel.text.visible import visible

_HASH = b64encode(sha256(SCRIPT.encode("utf-8")).digest()).decode("ascii")
_NOTHING_ELSE = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_HASH}'; "
    "base-uri 'none'; form-action 'none'"
)


def document(
    title: str, book: HtmlBook, above: Iterable[str] = (), pages: Sequence[int] = ()
) -> bytes:
    """The page of a book's sections, UTF-8, with what stands above them.

    `pages` are those that each printed section has, once that is known.
    """
    parts = _document(text(title), book, above, pages)
    return "\n".join(parts).encode("utf-8", "backslashreplace")


def _document(
    title: str, book: HtmlBook, above: Iterable[str], pages: Sequence[int]
) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-Hant-TW">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_ELSE}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield PAGE_MARK.decode("ascii")
    style = report_style(book.looks) + _paper(book.sections, pages)
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#content">跳到統計表</a>'
    yield f"<header>\n<h1>{title}</h1>"
    yield from above
    yield '</header>\n<main id="content">'
    for each in book.sections:
        printed = ' class="printed"' if each.printed else ""
        yield f'<section id="{each.id}" data-sheet="{text(each.name)}"{printed}>'
        yield f"{each.markup}\n</section>"
    yield f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _paper(sections: Sequence[PageSection], pages: Sequence[int]) -> str:
    """First what is printed always, then the others, of whose pages nobody knows the number."""
    printed = [each for each in sections if each.printed]
    others = [each for each in sections if not each.printed]
    known = pages if len(pages) == len(printed) else [0] * len(printed)
    return paper_style([*printed, *others], [*known, *(0 for _ in others)])


def text(text: str) -> str:
    """Whatever it holds, it is text."""
    return escape("\n".join(map(visible, text.split("\n"))))

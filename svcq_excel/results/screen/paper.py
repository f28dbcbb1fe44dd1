"""How the sections of a page are printed: each of them with pages of its own, numbered by itself.

Browsers know how many pages are printed, not how many a table has: of a table that is printed alone
that is the same; where several are, a first printing tells (`pages`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from svcq_excel.results.page.paging import Pages, Paper

_ENDING = frozenset('\\"<\n\r\f')
_FORMATS = {9: "A4", 8: "A3"}
"""As CSS calls what Excel numbers."""


def scale_of(pages: Pages, pixels: int) -> float:
    """That of the workbook's print; what it puts on pages beside one another is one page here."""
    return min(pages.paper.pixels / pixels, 1) if pages.columns else pages.percent / 100


class Printed(Protocol):
    """A section that is printed: what stands at its foot, and its paper."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def paper(self) -> Paper: ...


def paper_style(sections: Sequence[Printed], pages: Sequence[int]) -> str:
    """The rules of the sections' pages; with how many each of them has, 0 where nobody knows."""
    numbered = enumerate(zip(sections, pages, strict=True), 1)
    return "\n".join(rule for at, (each, many) in numbered for rule in _rules(at, each, many))


def _rules(at: int, section: Printed, many: int) -> Iterator[str]:
    name, id = _quoted(section.name), section.id
    of = f' "，共 {many} 頁"' if many else ""
    left = f"@bottom-left{{content:{name}}}"
    turned = "portrait" if section.paper.is_portrait else "landscape"
    size = f"size:{_FORMATS[section.paper.number]} {turned}"
    yield f"#{id}{{page:p{at}}}body.alone #{id}{{page:a{at}}}"
    yield (
        f"@page p{at}{{{size};counter-increment:p{at} 1;{left}"
        f'@bottom-right{{content:"第 " counter(p{at}) " 頁"{of}}}}}'
    )
    yield (
        f"@page a{at}{{{size};{left}"
        '@bottom-right{content:"第 " counter(page) " 頁，共 " counter(pages) " 頁"}}'
    )


def _quoted(text: str) -> str:
    """As a text of CSS, in which nothing ends it, nor the style."""
    inner = "".join(f"\\{ord(char):x} " if char in _ENDING else char for char in text)
    return f'"{inner}"'

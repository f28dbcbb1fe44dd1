"""How the sections of a page are printed: each of them with pages of its own, numbered by itself.

Browsers know how many pages are printed, not how many a table has: of a table that is printed alone
that is the same; where several are, a first printing tells (`pages`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from svcq_excel.results.page.printing import PrintSetUp

_ENDING = frozenset('\\"<\n\r\f')
_LEAST_SCALE = 0.7
"""Below it, letters of 10 points have less than 7."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, and the pixels of a printed line."""

    size: str
    line: int


UPRIGHT, ACROSS, LARGE = (
    Paper("A4 portrait", 700),
    Paper("A4 landscape", 1020),
    Paper("A3 landscape", 1480),
)


def paper_for(set_up: PrintSetUp, pixels: int) -> Paper:
    """The smallest on which a table of this width can be read."""
    small = UPRIGHT if set_up.portrait else ACROSS
    return next((p for p in (small, LARGE) if p.line / pixels >= _LEAST_SCALE), LARGE)


def scale_on(paper: Paper, pixels: int) -> float:
    return min(paper.line / pixels, 1)


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
    size = f"size:{section.paper.size}"
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

"""The paper that forms are printed on, A4 upright or across: how much a sheet of it holds."""

from __future__ import annotations

from dataclasses import dataclass

from svcq_excel.rubric.model import Direction


@dataclass(frozen=True, slots=True)
class Paper:
    """A4 within the margins of `set_up`, with a little to spare: printers differ."""

    direction: Direction
    across_px: int
    """What all visible columns of a sheet may take together where it is printed in full size."""
    down_pt: float
    """The same of the rows of a page."""
    percent: int = 100
    """The size in which it is printed."""

    @property
    def width_px(self) -> int:
        """What columns may take together."""
        return self.across_px * 100 // self.percent

    @property
    def page_pt(self) -> float:
        """What the rows of a page may take together."""
        return self.down_pt * 100 / self.percent


LANDSCAPE = Paper("landscape", 1000, 500)
PORTRAIT = Paper("portrait", 684, 740)

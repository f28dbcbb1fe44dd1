"""The paper that forms are printed on, A4 upright or across: how much a sheet of it holds."""

from __future__ import annotations

from dataclasses import dataclass

from svcq_excel.rubric.model import Direction


@dataclass(frozen=True, slots=True)
class Paper:
    """A4 within its margins, with a little to spare: printers differ."""

    direction: Direction
    inches: float
    """How wide it is."""
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
    def side_in(self) -> float:
        """The margins at the left and the right, in inches: columns that are fitted between them
        are printed in that size, however wide other letters make them on the screen."""
        return 0.4 if self.percent == 100 else (self.inches - self.across_px / 96) / 2

    @property
    def page_pt(self) -> float:
        """What the rows of a page may take together."""
        return self.down_pt * 100 / self.percent


LANDSCAPE = Paper("landscape", 11.69, 1000, 500)
PORTRAIT = Paper("portrait", 8.27, 684, 740)

"""What a workbook's sheets are on paper: LibreOffice prints them, poppler looks at the pages."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

from tests.gallery.small_png import small_png

FONTS = Path(__file__).parents[1] / "fonts.conf"  # the same on every computer
_DPI, _WIDE = 72, 842
_ITEM = re.compile(r'<item page="(\d+)">(.*?)</item>')
_SIZE = re.compile(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", re.MULTILINE)
_PAPERS = {
    (595, 842): "A4 直印",
    (842, 595): "A4 橫印",
    (842, 1191): "A3 直印",
    (1191, 842): "A3 橫印",
}
"""By width and height in points."""


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet of a workbook, and the pages of the PDF that it takes."""

    name: str
    pdf: Path
    first: int
    pages: int
    width: int
    """In points."""
    height: int

    @property
    def paper(self) -> str:
        return _PAPERS[self.width, self.height]

    def picture(self, dpi: int = _DPI, top: float = 0) -> bytes:
        """Its first page, small; or the top of that, a share of its width high. Wide paper is drawn
        no wider than A4 across."""
        dpi = min(dpi, dpi * _WIDE // self.width)
        command = ["pdftoppm", "-r", str(dpi), "-f", str(self.first), "-l", str(self.first)]
        if top:
            width = round(self.width * dpi / 72)
            command += ["-x", "0", "-y", "0", "-W", str(width), "-H", str(round(width * top))]
        return small_png(_told(*command, str(self.pdf)))


def version() -> str:
    """LibreOffice's, by which pages are broken: 7.4."""
    told = _told("soffice", "--version").decode()
    (found,) = re.findall(r"LibreOffice (\d+\.\d+)", told)
    return str(found)


def printed(workbooks: Sequence[Path], folder: Path) -> list[list[PrintedSheet]]:
    """The sheets of each workbook in their order, all by one start of LibreOffice; no two
    workbooks have one name."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    fonts = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    subprocess.run([*convert, *map(str, workbooks)], check=True, capture_output=True, env=fonts)
    return [[*_sheets(folder / f"{each.stem}.pdf")] for each in workbooks]


def _sheets(pdf: Path) -> Iterator[PrintedSheet]:
    """By the outline of the PDF, in which each sheet has an entry that leads to its first page."""
    sizes = _SIZE.findall(_told("pdfinfo", "-l", "-1", str(pdf)).decode())
    xml = _told("pdftohtml", "-xml", "-stdout", "-i", "-f", "1", "-l", "1", str(pdf)).decode()
    begun = [(int(page), unescape(name)) for page, name in _ITEM.findall(xml)]
    for (first, name), (after, _) in pairwise([*begun, (len(sizes) + 1, "")]):
        width, height = (round(float(side)) for side in sizes[first - 1])
        yield PrintedSheet(name, pdf, first, after - first, width, height)


def _told(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout

"""LibreOffice prints as many pages of a result as its sheets say, whatever letters it has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from svcq_excel.results.workbook import write_statistics
from tests.results.reading import opened
from tests.results.rounds import RUBRICS, round_of

_UNITS = 14
_OF = re.compile("共 ([0-9]+) 頁")
_SYSTEM = Path("/etc/fonts/fonts.conf")
"""Fonts without the stand-in for 標楷體, whose letters are narrower."""

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
    pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed"),
]


@pytest.mark.parametrize("letters", ["as on an office's machine", "others"])
@pytest.mark.parametrize("id", RUBRICS)
def test_a_sheet_takes_the_pages_that_its_foot_tells(id: str, letters: str, tmp_path: Path) -> None:
    fonts = {} if letters.startswith("as") else {"FONTCONFIG_FILE": str(_SYSTEM)}
    if fonts and not _SYSTEM.is_file():
        pytest.skip("this system has no list of fonts of its own")
    workbook = write_statistics(round_of(id, _UNITS))
    feet = [sheet.oddFooter for sheet in opened(workbook)]
    said = [str(foot.right.text) if foot else "" for foot in feet]
    told = [int(found[1]) for text in said if (found := _OF.search(text))]
    assert len(told) == len(feet)
    assert _pages(workbook, tmp_path, fonts) == sum(told)


def _pages(workbook: bytes, folder: Path, more: dict[str, str]) -> int:
    (folder / "book.xlsx").write_bytes(workbook)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "book.xlsx")],
        check=True,
        capture_output=True,
        timeout=300,
        env={**os.environ, **more},
    )
    said = subprocess.run(["pdfinfo", str(folder / "book.pdf")], check=True, capture_output=True)
    found = re.search(rb"Pages: +([0-9]+)", said.stdout)
    assert found
    return int(found[1])

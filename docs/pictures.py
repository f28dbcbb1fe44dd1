"""Draws README's pictures from the samples, through LibreOffice and pdftoppm (make pictures)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel import pipeline
from svcq_excel.results.workbook import write_statistics

ROOT = Path(__file__).parents[1]
SAMPLES, PICTURES = ROOT / "samples", ROOT / "docs" / "pictures"
FONTS = {"FONTCONFIG_FILE": str(ROOT / "tests" / "fonts.conf")}  # the same on every computer
FORM, PAGE = "A05_第五河川局_wra-105_105年度上半年_自行.xls", 1  # with mistakes to see


def draw(workbook: Path, picture: str, folder: Path, page: int = 1) -> None:
    """A printed page of a workbook as docs/pictures/<picture>.png."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    fonts = {**os.environ, **FONTS}
    subprocess.run([*convert, str(workbook)], check=True, capture_output=True, env=fonts)
    pdf = folder / f"{workbook.stem}.pdf"
    cut = ["pdftoppm", "-png", "-r", "96", "-f", str(page), "-singlefile"]
    subprocess.run([*cut, str(pdf), str(PICTURES / picture)], check=True)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        draw(SAMPLES / "returned" / FORM, "form", folder, PAGE)
        plan = pipeline.define("wra-105", SAMPLES / "units.csv")
        table = folder / "考核結果統計表.xlsx"
        table.write_bytes(write_statistics(pipeline.assess(plan, [SAMPLES / "returned"], table)))
        draw(table, "table", folder)


if __name__ == "__main__":
    main()

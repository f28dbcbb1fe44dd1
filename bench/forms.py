"""A made-up round: its units, and the forms they returned, filled in without a fault."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from svcq_excel.checks.examples import clean_facts, same
from svcq_excel.checks.rule import Example
from svcq_excel.form.identity import FORM_SHEET, KEYS, Identity, identity_of
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.key_places import places_of
from svcq_excel.form.writing.writer import render
from svcq_excel.issuing.zip_mould import Mould, placeholder
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.lists.heads import CODE, NAME
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.workbooks.xlsb import from_xlsx

RUBRIC, ROUND = "wra-105", "105年度上半年"
_REFERENCE = re.compile(rb"&#([0-9]{3,7});")  # of no mark of XML
_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_OFFICE_SECONDS = 180

Program = Callable[[bytes], bytes]
"""Opens a workbook and saves it as .xlsx."""


def plan_of(units: int) -> Plan:
    made_up = (Unit(f"A{n:04}", f"第{n}河川局") for n in range(1, units + 1))
    return Plan(_rubric(), tuple(made_up), ROUND)


def write_units(path: Path, plan: Plan) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow((CODE, NAME))
        table.writerows((unit.code, unit.name) for unit in plan.units)


def forget_layouts() -> None:
    """What a run of the program works out once; every timed run has to work it out anew."""
    lay_out.cache_clear()
    places_of.cache_clear()


def programs() -> dict[str, Program]:
    """By name, what forms can be saved by here."""
    found: dict[str, Program] = {"openpyxl": lambda workbook: workbook}
    return {**found, "LibreOffice": through_office} if _OFFICE else found


def returned_forms(
    folder: Path, plan: Plan, program: Program, mistakes: Example = same, noted: bool = False
) -> list[Path]:
    """A form of each unit in a new folder: one is filled in and saved, all are cast from it; where
    `noted`, every third note is one that no other unit writes.

    The parts of a file that name the unit lie uncompressed in it, which makes it no slower to read
    for anybody.
    """
    mould = Mould(program(_filled(plan.rubric, mistakes, noted)))
    folder.mkdir()
    paths = [folder / f"{unit.code}_{unit.name}.xlsx" for unit in plan.units]
    for unit, path in zip(plan.units, paths, strict=True):
        path.write_bytes(mould.cast(dict(identity_of(plan.rubric, ROUND, unit, SELF).pairs())))
    return paths


def mixed_forms(folder: Path, plan: Plan) -> list[Path]:
    """As many forms in five formats, of one unit; none where LibreOffice is not installed."""
    if not _OFFICE:
        return []
    first = Plan(plan.rubric, plan.units[:1], plan.round)
    with TemporaryDirectory() as name:
        (path,) = returned_forms(Path(name) / "one", first, programs()["openpyxl"])
        xlsx = path.read_bytes()
    contents = {
        "xlsx": xlsx,
        "xlsm": xlsx,
        "xlsb": from_xlsx(xlsx),
        "xls": through_office(xlsx, "xls"),
        "ods": through_office(xlsx, "ods"),
    }
    folder.mkdir()
    paths = []
    for at in range(len(plan.units)):
        suffix = list(contents)[at % len(contents)]
        paths.append(folder / f"{at}.{suffix}")
        paths[-1].write_bytes(contents[suffix])
    return paths


@cache
def _rubric() -> Rubric:
    return load(RUBRIC)


def _filled(rubric: Rubric, mistakes: Example, noted: bool) -> bytes:
    """A form with every entry made, as openpyxl saves it, and placeholders for whose it is."""
    identity = Identity(*(placeholder(key) for key in KEYS))
    book = load_workbook(BytesIO(render(rubric, identity, rubric.title_of_form("self"))))
    sheet = book[FORM_SHEET]
    for at, (entry,) in enumerate(mistakes(clean_facts(rubric)).entries.values()):
        for cell in (entry.score, entry.band, entry.measure):
            if cell and not cell.blank:
                sheet.cell(cell.row + 1, cell.column + 1, cell.value)
        if noted and at % 3 == 0 and entry.note:
            sheet.cell(entry.note.row + 1, entry.note.column + 1, placeholder("unit"))
    head = lay_out(rubric).entries
    signed = {"assessor": "王小明", "date": "105年7月15日"}
    for key, value in signed.items():
        box = head["", key]
        sheet.cell(box.row + 1, box.column + 1, value)
    stream = BytesIO()
    book.save(stream)
    return _with_plain_placeholders(stream.getvalue())


def _with_plain_placeholders(workbook: bytes) -> bytes:
    """Where lxml is installed, openpyxl writes letters as references by their numbers."""
    stream = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, _REFERENCE.sub(lambda found: chr(int(found[1])).encode(), data))
    return stream.getvalue()


def through_office(workbook: bytes, to: str = "xlsx") -> bytes:
    """The workbook as LibreOffice saves it, with the results of its formulas."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "form.xlsx", folder / "saved"
        source.write_bytes(workbook)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(_OFFICE), profile, "--headless", "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", str(target), str(source)],
            check=True,
            capture_output=True,
            timeout=_OFFICE_SECONDS,
        )
        return (target / f"form.{to}").read_bytes()

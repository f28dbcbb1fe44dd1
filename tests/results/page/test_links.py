"""A file's link leads to it whatever it is called, on whichever system the workbook was made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote_to_bytes

import openpyxl
import pytest
import xlsxwriter

from svcq_excel.inbox.finding import FoundFile
from svcq_excel.results.model import FileResult
from svcq_excel.results.page.links import file_link

ODD = ("控\x01制.csv", "big5-\udcb2\udcc4.csv", "反\\斜.csv", "行\n末.csv", "點 100%.csv")
"""What no cell holds, and what XlsxWriter would take for something else."""
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="no file is called so")


def target(link: str) -> str:
    """The address of a link as a workbook holds it."""
    found = file_link(FileResult(link, "ignored", None, None, link=link))
    assert found
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        assert workbook.add_worksheet().write_url(0, 0, found.target, None, found.text) == 0
    cell = openpyxl.load_workbook(stream).worksheets[0]["A1"]
    assert cell.hyperlink and cell.hyperlink.target
    return str(cell.hyperlink.target)


@pytest.mark.parametrize("name", ODD)
def test_a_link_spells_the_bytes_of_a_name(name: str) -> None:
    said = target(f"收件/{name}").replace("\\", "/").removeprefix("./")
    assert unquote_to_bytes(said) == os.fsencode(f"收件/{name}")
    assert said.isprintable()


@pytest.mark.office
@only_posix
@pytest.mark.parametrize("name", ODD)
def test_libreoffice_opens_what_a_link_leads_to(name: str, tmp_path: Path) -> None:
    """Called by the address, as a click calls it."""
    (tmp_path / name).write_text("1,2\n", "utf-8")
    address = f"{tmp_path.as_uri()}/{target(name).replace(chr(92), '/').removeprefix('./')}"
    profile, made = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", tmp_path / "made"
    call = [str(shutil.which("soffice")), profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run([*call, "--outdir", made, address], capture_output=True, timeout=180, check=True)
    assert [path.suffix for path in made.iterdir()] == [".xlsx"]


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        (PureWindowsPath("收件\\x01號.xlsx"), "收件/x01號.xlsx"),
        (PureWindowsPath("收件/u4e00\\a.xlsx"), "收件/u4e00/a.xlsx"),
        (PureWindowsPath("..\\收件\\a.xlsx"), "../收件/a.xlsx"),
        (PurePosixPath("收件/x01號.xlsx"), "收件/x01號.xlsx"),
        (PurePosixPath("收件/反\\斜.xlsx"), "收件/反\\斜.xlsx"),
    ],
)
def test_a_file_is_listed_alike_on_every_system(path: Path, listed: str) -> None:
    assert FoundFile(path).listed == listed
    assert target(listed)

"""What LibreOffice makes is in Chinese and the same file, whatever language the computer has."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from svcq_excel.libreoffice.converting import To, converted
from svcq_excel.libreoffice.timeless import timeless_ods, timeless_pdf
from svcq_excel.results.workbook import write_printed
from tests.results.demos import outcome_of, workbook_of

pytestmark = pytest.mark.office

MADE = datetime(2016, 1, 1)
ELSEWHERE = ("de_DE", "C.UTF-8", "ar_SA.UTF-8")
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


def made(path: Path, to: To, where: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The copy of a workbook on a computer of this language."""
    for name in ("LC_ALL", "LANG", "LANGUAGE"):
        monkeypatch.setenv(name, where)
    found, why_not = converted([path], to)
    assert not why_not
    return (timeless_pdf if to == "pdf" else timeless_ods)(found[path], MADE)


def test_a_pdf_is_read_aloud_in_chinese_by_its_tags_under_its_title(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(write_printed(outcome_of("kpw-102")))
    pdfs = {made(path, "pdf", where, monkeypatch) for where in ELSEWHERE[:2]}
    assert len(pdfs) == 1
    (pdf,) = pdfs
    title = outcome_of("kpw-102").rubric.title_of_table(outcome_of("kpw-102").kinds[0])
    assert pdf.count(b"/Lang") == pdf.count(b"/Lang(zh-TW)") == 1
    assert b"/MarkInfo<</Marked true>>" in pdf and b"/StructTreeRoot" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert f"/Title<FEFF{title.encode('utf-16-be').hex().upper()}>".encode() in pdf


def test_an_ods_is_in_chinese_with_the_same_measures_everywhere(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(workbook_of("kpw-102"))
    books = {made(path, "ods", where, monkeypatch) for where in ELSEWHERE}
    assert len(books) == 1
    with ZipFile(BytesIO(books.pop())) as parts:
        meta, *drawn = (
            ElementTree.fromstring(parts.read(name))
            for name in ("meta.xml", "styles.xml", *parts.namelist())
            if name == "meta.xml" or name.endswith("styles.xml")
        )
    assert [each.text for each in meta.iter("{http://purl.org/dc/elements/1.1/}language")] == [
        "zh-TW"
    ]
    said = {
        value
        for styles in drawn
        for each in styles.iter()
        for name, value in each.items()
        if name in {f"{{{_STYLE}}}country-asian", f"{{{_STYLE}}}language-asian"}
    }
    assert said == {"zh", "TW"} and len(drawn) > 1

"""The .ods master: up to date, sound, and without a trace of the computer that converted it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.definition import DefinitionError
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.issuing import masters
from svcq_excel.issuing.masters import converted, digest, made_of, shipped_path, xlsx_master
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.libreoffice.converting import ABSENT, Converted
from svcq_excel.libreoffice.sheet_views import settings_of, views_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import shipped
from tests.conftest import Convert
from tests.form.filling import identity
from tests.issuing.ods import members

SHEETS = 4


@pytest.fixture(scope="module")
def xlsx(rubric: Rubric) -> bytes:
    return Stamper(rubric, common_mistakes()).stamp(identity(rubric), "self")


@pytest.fixture(scope="module")
def ods(rubric: Rubric) -> bytes:
    return Stamper(rubric, common_mistakes(), "ods").stamp(identity(rubric), "self")


@pytest.fixture(scope="module")
def content(ods: bytes) -> str:
    return members(ods)["content.xml"].decode()


# -- the master -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rubric", shipped(), ids=lambda rubric: rubric.id)
def test_the_master_that_ships_is_of_the_form_as_it_is_now(rubric: Rubric) -> None:
    now = digest(xlsx_master(rubric, common_mistakes()))
    assert made_of(shipped_path(rubric)) == now, "run: make masters"


@pytest.mark.office
def test_making_the_master_again_gives_the_same_bytes(
    office: Convert, kai: None, rubric: Rubric
) -> None:
    made, ships = converted(xlsx_master(rubric, common_mistakes())), shipped_path(rubric)
    programs = [program_of(data) for data in (made, ships.read_bytes())]
    if len(set(programs)) > 1:
        pytest.skip(f"made by {programs[0]}, ships from {programs[1]}")
    assert made == ships.read_bytes()


def program_of(form: bytes) -> str:
    found = re.search("<meta:generator>(.*?)<", members(form)["meta.xml"].decode())
    assert found
    return found[1]


def test_what_does_not_ship_and_cannot_be_converted_is_said_with_the_way_out(
    rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masters, "to_ods", lambda forms: Converted({}, ABSENT))
    with pytest.raises(DefinitionError, match=r"LibreOffice.*--format xlsx"):
        Stamper(rubric, ["別的常見錯誤"], "ods")


@pytest.mark.parametrize("data", [None, b"", b"PK\x05\x06", b"no zip file at all"])
def test_a_master_that_is_missing_or_damaged_is_made_anew(
    rubric: Rubric, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes | None
) -> None:
    if data is not None:
        (tmp_path / f"{rubric.id}.ods").write_bytes(data)
    monkeypatch.setattr(masters, "folder", lambda: tmp_path)
    monkeypatch.setattr(masters, "converted", lambda xlsx: b"made anew")
    assert masters.ods_master(rubric) == b"made anew"


# -- the file -------------------------------------------------------------------------------------


def test_an_ods_says_first_and_unpacked_what_it_is(ods: bytes) -> None:
    with ZipFile(BytesIO(ods)) as archive:
        assert archive.testzip() is None
        first = archive.infolist()[0]
        listed = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
        names = archive.namelist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert ods[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"
    paths = {value for each in listed for key, value in each.items() if key.endswith("full-path")}
    assert paths == {"/", *names} - {"mimetype", "META-INF/manifest.xml"}


def test_nothing_of_the_computer_that_made_the_master_is_left(ods: bytes) -> None:
    parts = members(ods)
    assert set(parts) == {
        *("mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml"),
        "META-INF/manifest.xml",
    }
    texts = {name: data.decode() for name, data in parts.items()}
    used = re.findall(
        r'font-(?:name|family)(?:-asian|-complex)?="([^"]*)"', "".join(texts.values())
    )
    assert {font.strip("1") for font in used} == {"標楷體"}
    languages = re.findall(
        r'(?:fo:|style:)(?:language|country)[a-z-]*="(.*?)"', texts["styles.xml"]
    )
    assert set(languages) == {"en", "US", "zh", "TW", "none"}
    assert re.findall(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", texts["meta.xml"]) == ["2016-01-01"] * 2
    for trace in ("Linux", "Windows", "file:", "Printer", "svcq-", "/tmp", "\ue000", "\ue001"):
        assert not any(trace in text for text in texts.values()), trace


@pytest.mark.parametrize("name", ["content.xml", "styles.xml", "meta.xml", "settings.xml"])
def test_every_prefix_that_a_value_uses_is_declared(ods: bytes, name: str) -> None:
    """Formulas and names of settings begin with prefixes, which no XML parser looks at."""
    text = members(ods)[name].decode()
    ElementTree.fromstring(text)
    values = re.findall(r'(?:formula|condition|config:name)="(\w+):(?!\w*//)', text)
    assert set(values) <= set(re.findall(r"xmlns:(\w+)=", text))
    if name == "content.xml":
        assert set(values) == {"of"}


def test_names_that_only_xlsx_needs_are_gone_and_the_one_for_screen_readers_stays(
    content: str,
) -> None:
    assert set(re.findall(r'<table:named-range table:name="(.*?)"', content)) == {"ColumnTitle"}
    assert content.count("ColumnTitle") == 2


def test_an_ods_form_opens_like_the_xlsx_form(xlsx: bytes, ods: bytes) -> None:
    views = views_of(xlsx)
    assert [(v.sheet, v.frozen_rows, v.frozen_columns, v.grid) for v in views] == [
        (FORM_SHEET, 5, 0, False),
        (REMARKS_SHEET, 3, 2, False),
        ("填寫說明", 0, 0, False),
        ("_svcq", 0, 0, True),
    ]
    assert members(ods)["settings.xml"] == settings_of(views)
    assert '"ActiveTable" config:type="string">評分表<' in settings_of(views).decode()


def test_paper_heads_and_hidden_parts(content: str) -> None:
    assert content.count('table:protected="true"') == SHEETS
    assert "protection-key" not in content
    assert re.findall(r'table:print-ranges="(.*?)"', content) == [
        "評分表.B1:評分表.K76",
        "優缺點及改善事項.B1:優缺點及改善事項.G10",
        "填寫說明.B1:填寫說明.C22",
    ]
    assert content.count("<table:table-header-rows>") == 2
    assert content.count('table:visibility="collapse"') == 4  # column and row of keys, twice
    (hidden,) = re.findall(r'"(ta\d+)"[^>]*><style:table-properties table:display="false"', content)
    assert f'<table:table table:name="_svcq" table:style-name="{hidden}"' in content

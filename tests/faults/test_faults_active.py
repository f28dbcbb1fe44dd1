"""What a workbook would do if it were let: nothing runs, nothing is followed, nothing fetched."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.faults import active
from tests.faults.bombs import BOOK, CONTENT, SHEET, STRINGS, declaring, from_elsewhere
from tests.faults.forms import Change, Family, with_parts
from tests.faults.inbox import Inbox, Merged

CANARY = "金絲雀歌唱於礦坑深處"
"""Stands in a file that no form should be able to bring in."""


def declared(form: bytes, member: str, root: str, address: str) -> bytes:
    return with_parts(form, {member: declaring(*from_elsewhere(address), root)})


NOTED: dict[str, tuple[Family, Change, str]] = {
    "巨集.xlsx": ("xlsx", active.with_macros, "巨集"),
    "巨集.xlsm": ("xlsx", active.with_macros, "巨集"),
    "巨集表.xlsx": ("xlsx", active.with_macro_sheet, "巨集"),
    "外部程式.xlsx": ("xlsx", active.with_dde, "外部程式"),
    "巨集.ods": ("ods", active.with_ods_script, "巨集"),
    "外部程式.ods": ("ods", active.with_ods_dde, "外部程式"),
}
LEADING_AWAY: dict[str, tuple[Family, Callable[[bytes, str], bytes], str]] = {
    "活頁簿.xlsx": ("xlsx", active.with_external_book, "連結到其他活頁簿"),
    "連線.xlsx": ("xlsx", active.with_connection, "連線"),
    "活頁簿.ods": ("ods", active.with_ods_book, "連結到其他活頁簿"),
    "網路公式.xlsx": ("xlsx", active.with_web_formula, ""),
}
WHERE = ("網路", "檔案")
VALUES: dict[str, tuple[Family, str, str]] = {
    "字串.xlsx": ("xlsx", STRINGS, "sst"),
    "表.xlsx": ("xlsx", SHEET, "worksheet"),
    "活頁簿.xlsx": ("xlsx", BOOK, "workbook"),
    "內容.ods": ("ods", CONTENT, "office:document-content"),
}
AROUND: dict[str, tuple[Family, str, str]] = {
    "屬性.xlsx": ("xlsx", "docProps/custom.xml", "Properties"),
    "樣式.xlsx": ("xlsx", "xl/styles.xml", "styleSheet"),
    "說明.ods": ("ods", "meta.xml", "office:document-meta"),
    "樣式.ods": ("ods", "styles.xml", "office:document-styles"),
}


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Somebody who would hear a call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory, listener: socket.socket) -> Merged:
    folder = tmp_path_factory.mktemp("active")
    canary = folder / "canary.txt"
    canary.write_text(CANARY, encoding="utf-8")
    where = {"網路": f"http://127.0.0.1:{listener.getsockname()[1]}/x", "檔案": canary.as_uri()}
    inbox = Inbox(folder / "round")
    for name, (family, change, _) in NOTED.items():
        inbox.put(name, change(inbox.form(name, family)))
    for place, address in where.items():
        for name, (family, lead, _) in LEADING_AWAY.items():
            put = f"連到{place}/{name}"
            inbox.put(put, lead(inbox.form(put, family), address))
        for name, (family, member, root) in {**VALUES, **AROUND}.items():
            put = f"宣告{place}/{name}"
            inbox.put(put, declared(inbox.form(put, family), member, root, address))
    return inbox.merged()


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("name", NOTED)
def test_macros_and_programs_do_not_run_and_are_noted(merged: Merged, name: str) -> None:
    assert merged.is_read_exactly(name), merged.message(name)
    assert NOTED[name][2] in merged.message(name)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", LEADING_AWAY)
def test_links_are_not_followed_and_are_noted(merged: Merged, name: str, where: str) -> None:
    put = f"連到{where}/{name}"
    assert merged.is_read_exactly(put), merged.message(put)
    assert LEADING_AWAY[name][2] in merged.message(put)


REJECTED = ("rejected unsafe-file", "rejected unreadable-file")


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", VALUES)
def test_entities_declared_where_values_stand_reject_the_form(
    merged: Merged, name: str, where: str
) -> None:
    assert merged.fate(f"宣告{where}/{name}") in REJECTED


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", AROUND)
def test_entities_declared_around_the_values_change_none(
    merged: Merged, name: str, where: str
) -> None:
    put = f"宣告{where}/{name}"
    assert merged.fate(put) in REJECTED or merged.is_read_exactly(put), merged.message(put)


def test_nobody_was_called(merged: Merged, listener: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_no_output_holds_anything_from_elsewhere(merged: Merged) -> None:
    assert CANARY not in str(merged.document) + merged.said
    outputs = [path for path in merged.inbox.results.rglob("*") if path.is_file()]
    assert len(outputs) > 1
    for path in outputs:
        assert CANARY.encode() not in b"".join(_contents(path)), path.name


def _contents(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    if path.suffix == ".xlsx":
        with ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())

"""An archive comes from a stranger: nothing leads out of it, nothing grows beyond bounds."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from svcq_excel.assessment.locking import archive as archives
from svcq_excel.assessment.locking.manifest import MANIFEST, is_safe
from svcq_excel.assessment.locking.verifying import differences_of
from tests.locking.office_desk import manifest_with, members, pack, with_cell


def added(archive: Path, info: ZipInfo | str, data: bytes = b"x") -> list[str]:
    with ZipFile(archive, "a") as made:
        made.writestr(info, data)
    return differences_of(archive)


@pytest.mark.parametrize(
    "name",
    [
        "../外.txt",
        "/etc/外.txt",
        "收件/../../外.txt",
        "收件\\外.txt",
        "收件//外.txt",
        "./外.txt",
        "收件/..",
    ],
)
def test_no_path_leads_out(archive: Path, name: str) -> None:
    before = sorted(archive.parent.rglob("*"))
    assert added(archive, name) == [f"封存檔內的路徑「{name}」超出資料夾，未解開"]
    assert sorted(archive.parent.rglob("*")) == before


@pytest.mark.parametrize("key", ["plan", "statistics", "data", "outputs", "folders"])
@pytest.mark.parametrize("path", ["../秘密.txt", "/秘密.txt", "收件/../../秘密.txt"])
def test_no_path_of_the_manifest_leads_out(archive: Path, key: str, path: str) -> None:
    (archive.parent / "秘密.txt").write_text("x", "utf-8")
    parts = members(archive)
    value = [path] if key in {"outputs", "folders"} else path
    parts[MANIFEST] = manifest_with(parts, lambda said: said.update({key: value}))
    pack(archive, parts)
    assert differences_of(archive) == [f"封存檔內的「{MANIFEST}」無法讀取，可能已被更動"]
    assert (archive.parent / "秘密.txt").is_file()


def _noting(call: Any, asked: list[str]) -> Callable[..., Any]:
    def noted(path: Any, *args: Any, **more: Any) -> Any:
        asked.append(str(path))
        return call(path, *args, **more)

    return noted


@pytest.mark.parametrize("named", ["{}/秘密.yaml", "../../秘密.yaml", "收件/../../../秘密.yaml"])
def test_no_definition_of_this_machine_is_opened(
    archive: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its lines nor whether it is there are told to whoever sent the archive, and no other
    machine whose share it names is asked."""
    asked = list[str]()
    for call in (os.stat, os.lstat, os.open):
        monkeypatch.setattr(os, call.__name__, _noting(call, asked))
    secret = archive.parent / "秘密.yaml"
    said = named.format(archive.parent)
    told = list[list[str]]()
    for there in (True, False):
        secret.unlink(missing_ok=True)
        if there:
            secret.write_text("密碼: 12345", "utf-8")
        parts = members(archive)
        parts["考核計畫.xlsx"] = with_cell(parts["考核計畫.xlsx"], "計畫", "B2", said)
        parts[MANIFEST] = manifest_with(parts, lambda said: None)
        pack(archive, parts)
        told.append(differences_of(archive))
    assert told[0] == told[1]
    assert any("用到考核資料夾以外的檔案" in each for each in told[0])
    assert "密碼" not in "".join(told[0])
    assert not [path for path in asked if "秘密" in path]


def test_links_are_not_followed(archive: Path) -> None:
    link = ZipInfo("收件/捷徑.xlsx")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert added(archive, link, b"/etc/passwd") == ["封存檔內的「收件/捷徑.xlsx」是連結，未解開"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_name_stands_twice(archive: Path) -> None:
    assert added(archive, "考核計畫.xlsx") == ["封存檔內有兩個檔案都叫「考核計畫.xlsx」"]


def test_what_grows_too_far_is_not_unpacked(archive: Path) -> None:
    bomb = ZipInfo("收件/大.xlsx")
    bomb.compress_type = ZIP_DEFLATED
    (told,) = added(archive, bomb, bytes(8 * 1024**2))
    assert told == "封存檔內的「收件/大.xlsx」壓縮比過高，超出安全限度"


def test_what_is_too_much_together_is_not_unpacked(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE", 1000)
    assert differences_of(archive) == ["封存檔超出安全限度：解開後過大"]
    monkeypatch.setattr(archives, "MAX_ARCHIVED", 3)
    assert differences_of(archive) == ["封存檔超出安全限度：檔案過多"]
    monkeypatch.setattr(archives, "MAX_ARCHIVE_DIRECTORY", 3)
    assert differences_of(archive) == ["封存檔超出安全限度：所列的檔案過多"]


def test_files_that_share_their_bytes_are_not_unpacked(archive: Path) -> None:
    """A directory that names one member a thousand times, as quoted bombs do."""
    data = archive.read_bytes()
    with ZipFile(archive) as opened:
        start, largest = opened.start_dir, max(opened.infolist(), key=lambda info: info.file_size)
        count = len(opened.infolist())
    end = data.rindex(b"PK\x05\x06")
    entries = data[start:end]
    at = entries.index(largest.filename.encode())
    head = entries.rindex(b"PK\x01\x02", 0, at)
    extra = b""
    for number in range(40):
        name = f"收件/{number:02}.xlsx".encode()
        entry = bytearray(entries[head : head + 46])
        struct.pack_into("<H", entry, 28, len(name))
        struct.pack_into("<HH", entry, 30, 0, 0)
        extra += bytes(entry) + name
    tail = struct.pack(
        "<4sHHHHLLH", b"PK\x05\x06", 0, 0, count + 40, count + 40, len(entries + extra), start, 0
    )
    archive.write_bytes(data[:start] + entries + extra + tail)
    assert differences_of(archive) == ["封存檔超出安全限度：不同的檔案取自檔案內的同一處"]


def test_what_is_packed_otherwise_or_locked_is_told(archive: Path) -> None:
    strange = ZipInfo("收件/怪.xlsx")
    strange.compress_type = ZIP_BZIP2
    (told,) = added(archive, strange)
    assert told == "封存檔內的「收件/怪.xlsx」設有密碼，或使用不支援的壓縮方式"


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a zip" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
        lambda path: pack(path, {"a.txt": b"x"}),
        lambda path: pack(path, {MANIFEST: b"{}"}),
        lambda path: pack(path, {MANIFEST: b"[" * 100_000}),
        lambda path: pack(path, {MANIFEST: b"\xff"}),
    ],
)
def test_what_is_no_archive_is_told_in_one_sentence(
    archive: Path, make: Callable[[Path], object]
) -> None:
    make(archive)
    (told,) = differences_of(archive)
    assert told.startswith(("封存檔", "這不是 svcq lock 所製的封存檔"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("as_of", "yesterday"),
        ("as_of", "2026-01-01T00:00:00"),
        ("files", [{"path": "a", "size": "1", "sha256": "", "modified": ""}]),
        ("files", [{"path": "a", "size": 1, "sha256": "", "modified": "9" * 40}]),
        ("files", [1]),
        ("outputs", 3),
        ("round", 3),
        ("more", 3),
        ("format", 2),
    ],
)
def test_a_manifest_of_another_shape_is_told(archive: Path, key: str, value: object) -> None:
    parts = members(archive)
    parts[MANIFEST] = manifest_with(parts, lambda said: said.update({key: value}))
    pack(archive, parts)
    assert differences_of(archive) == [f"封存檔內的「{MANIFEST}」無法讀取，可能已被更動"]


@given(st.text("./\\:ab\0", max_size=8))
def test_a_safe_path_stays_where_it_is(path: str) -> None:
    if is_safe(path):
        assert Path("/a/b", path).resolve().is_relative_to("/a/b")


@given(data=st.data())
@settings(max_examples=20, phases=[Phase.generate])
def test_flipped_bytes_are_told_and_raise_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, frozen_once: Path
) -> None:
    (made,) = (frozen_once / "封存").glob("*.zip")
    whole = bytearray(made.read_bytes())
    start = whole.rindex(b"PK\x05\x06") - 3000
    at = data.draw(st.integers(start, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("翻") / "a.zip"
    path.write_bytes(whole)
    held = _read(path)
    assert differences_of(path) or held in (None, members(made))


def _read(path: Path) -> dict[str, bytes] | None:
    try:
        return members(path)
    except Exception:
        return None


def test_the_manifest_may_not_be_larger_than_it_can_be(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE_DIRECTORY", 3000)
    parts = members(archive)
    parts[MANIFEST] = json.dumps({"x": "y" * 4000}).encode()
    pack(archive, parts, ZIP_STORED)
    assert differences_of(archive) == [f"封存檔內的「{MANIFEST}」壓縮比過高，超出安全限度"]


def test_names_that_no_system_can_hold_are_told(archive: Path) -> None:
    (told,) = added(archive, "收件/" + "長" * 300)
    assert told.startswith("封存檔無法解開：檔名或路徑太長")


def test_a_file_where_a_folder_should_be_is_told(archive: Path) -> None:
    parts = members(archive)
    kept = {name: data for name, data in parts.items() if not name.startswith("收件/")}
    pack(archive, {**kept, "收件": b"x"})
    told = differences_of(archive)
    assert any("無法" in each for each in told), told

"""Odd folders and odd names: nothing is lost, nothing is looked at twice, no link leads astray."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from svcq_excel.inbox.finding import LEFT_OVER, OURS, FoundFile, find
from svcq_excel.store import FOLDER, Store

NAMES = (
    "第一河川局 自評 (修正版).xlsx",
    "A02_第二河川局.ODS",
    "巢狀/更深/第三河川局.xls",
    "巢狀/第三河川局.xlsm",
    "𠮷野堃喆.xlsx",
    "no suffix",
    "寄送.zip",
)
NEVER = {
    "~$第一河川局.xlsx": "試算表開啟中的暫存檔",
    ".~lock.第一河川局.xlsx#": "試算表開啟中的暫存檔",
    ".~第一河川局.xlsx": "試算表開啟中的暫存檔",
    "Thumbs.db": "作業系統的暫存檔",
    "desktop.ini": "作業系統的暫存檔",
    ".DS_Store": "作業系統的暫存檔",
    "._第一河川局.xlsx": "作業系統的暫存檔",
    "__MACOSX/第一河川局.xlsx": "作業系統的暫存檔",
    "附錄1.PDF": "PDF 文件，不是試算表",
    "公文.docx": "文書檔，不是試算表",
    "簡報.pptx": "簡報檔，不是試算表",
    "照片.JPG": "圖片，不是試算表",
    "捷徑.lnk": "捷徑，不是試算表",
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件 夾"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")


def names(found: Sequence[FoundFile], folder: Path) -> list[str]:
    return [file.path.relative_to(folder).as_posix() for file in found]


def test_every_file_in_a_folder_and_below_is_found_whatever_its_name(inbox: Path) -> None:
    put(inbox, *NAMES, *NEVER)
    found = find([inbox])
    assert sorted(names(found, inbox)) == sorted([*NAMES, *NEVER])
    assert {file.path.name for file in found if not file.ignored} == {
        Path(name).name for name in NAMES
    }


@pytest.mark.parametrize(("name", "reason"), NEVER.items(), ids=NEVER)
def test_what_never_is_a_form_is_listed_with_the_reason(
    name: str, reason: str, inbox: Path
) -> None:
    put(inbox, name)
    assert find([inbox]) == (FoundFile(inbox / name, reason),)


def test_files_come_in_the_same_order_however_they_were_written(tmp_path: Path) -> None:
    put(tmp_path / "a", *NAMES)
    put(tmp_path / "b", *reversed(NAMES))
    assert names(find([tmp_path / "a"]), tmp_path / "a") == names(
        find([tmp_path / "b"]), tmp_path / "b"
    )


def test_a_file_and_its_folder_give_the_file_once(inbox: Path) -> None:
    put(inbox, "一.xlsx", "二.xlsx")
    found = find([inbox / "二.xlsx", inbox])
    assert names(found, inbox) == ["二.xlsx", "一.xlsx"]


def test_a_folder_with_the_name_of_a_workbook_can_be_the_inbox(inbox: Path) -> None:
    put(inbox, "表.xlsx/一.xlsx")
    assert names(find([inbox / "表.xlsx"]), inbox) == ["表.xlsx/一.xlsx"]


def test_links_are_told_and_not_followed(inbox: Path, tmp_path: Path) -> None:
    put(tmp_path, "外/一.xlsx")
    put(inbox, "真.xlsx")
    try:
        (inbox / "檔.xlsx").symlink_to(inbox / "真.xlsx")
        (inbox / "夾").symlink_to(tmp_path / "外")
        (inbox / "圈").symlink_to(inbox)
        (inbox / "斷.xlsx").symlink_to(inbox / "沒有.xlsx")
    except OSError:
        pytest.skip("this system makes no links")
    found = {file.path.name: file.ignored for file in find([inbox])}
    assert found.pop("真.xlsx") == ""
    assert set(found) == {"檔.xlsx", "夾", "圈", "斷.xlsx"}
    assert all("連結" in reason for reason in found.values())


def test_a_folder_given_by_a_link_is_searched_and_is_the_same_folder(
    inbox: Path, tmp_path: Path
) -> None:
    put(inbox, "一.xlsx")
    try:
        (tmp_path / "連").symlink_to(inbox)
    except OSError:
        pytest.skip("this system makes no links")
    assert len(find([tmp_path / "連"])) == 1
    assert len(find([tmp_path / "連", inbox])) == 1


def test_a_folder_that_cannot_be_listed_is_found_itself(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "一.xlsx", "鎖/二.xlsx")
    list_folder = os.scandir

    def closed(folder: str) -> object:
        if Path(folder).name == "鎖":
            raise PermissionError(13, "Permission denied", folder)
        return list_folder(folder)

    monkeypatch.setattr(os, "scandir", closed)
    assert find([inbox]) == (FoundFile(inbox / "一.xlsx"), FoundFile(inbox / "鎖"))


def test_a_folder_given_twice_however_spelled_is_searched_once(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "一.xlsx", "下/二.xlsx")
    monkeypatch.chdir(inbox.parent)
    spelled = [Path(inbox.name), inbox, inbox / "下" / "..", Path(inbox.name), inbox / "下"]
    found = find(spelled)
    assert [file.path.name for file in found] == ["一.xlsx", "二.xlsx"]
    assert found[0].path == Path(inbox.name) / "一.xlsx"  # as it was called first


def test_files_of_one_name_in_several_folders_are_several(inbox: Path) -> None:
    put(inbox, "甲/表.xlsx", "乙/表.xlsx")
    assert len(find([inbox / "甲", inbox / "乙"])) == 2


def test_a_file_that_is_not_there_is_told(inbox: Path) -> None:
    assert find([inbox / "沒有.xlsx"]) == (FoundFile(inbox / "沒有.xlsx", "不是一般檔案"),)


def test_a_folder_with_the_name_of_a_workbook_is_told_and_searched(inbox: Path) -> None:
    put(inbox, "表.xlsx/一.xlsx")
    assert find([inbox]) == (
        FoundFile(inbox / "表.xlsx", "是資料夾，不是檔案"),
        FoundFile(inbox / "表.xlsx" / "一.xlsx"),
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_told_and_never_opened(inbox: Path) -> None:
    os.mkfifo(inbox / "管.xlsx")
    assert find([inbox]) == (FoundFile(inbox / "管.xlsx", "不是一般檔案"),)


@pytest.mark.parametrize("name", [".svcq", ".svcqA02", ".svcq-abc", ".SVCQ"])
def test_a_folder_is_not_passed_over_for_its_name(inbox: Path, name: str) -> None:
    put(inbox, f"{name}/一.xlsx", "二.xlsx")
    assert names(find([inbox]), inbox) == ["二.xlsx", f"{name}/一.xlsx"]


def test_what_an_older_version_left_is_told_and_no_form(inbox: Path) -> None:
    put(inbox, ".svcq/kept.sqlite", ".svcq/一.xlsx", "kept.sqlite")
    found = {str(each.path.relative_to(inbox)): each.ignored for each in find([inbox])}
    assert found == {"kept.sqlite": "", ".svcq/kept.sqlite": LEFT_OVER, ".svcq/一.xlsx": ""}


def test_our_own_folder_is_told_and_what_others_put_into_it_is_found(inbox: Path) -> None:
    with closing(Store(inbox)) as store:
        store.put("a", b"1")
    assert find([inbox]) == (FoundFile(inbox / FOLDER, OURS),)
    put(inbox, f"{FOLDER}/一.xlsx", f"{FOLDER}/下/kept.sqlite")
    found = find([inbox])
    assert names(found, inbox) == [FOLDER, f"{FOLDER}/一.xlsx", f"{FOLDER}/下/kept.sqlite"]
    assert [each.ignored for each in found] == [OURS, "", ""]

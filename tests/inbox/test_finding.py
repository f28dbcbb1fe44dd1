"""Whatever files and folders are called, each file of an inbox is found, and found once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.inbox.finding import find

NAMES = st.text(st.sampled_from("ab甲𠮷 .~$_-"), min_size=1, max_size=6).filter(
    lambda name: name.strip(".") != ""
)
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=8)


@settings(max_examples=40)
@given(PATHS)
def test_every_file_is_found_once_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, paths: list[list[str]]
) -> None:
    inbox = tmp_path_factory.mktemp("inbox")
    made = set()
    for parts in paths:
        path = inbox.joinpath(*parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        except OSError:
            continue  # a folder of that name is there already, or a file where a folder should be
        made.add(path)
    first, again = find([inbox]), find([inbox, inbox])
    assert first == again
    assert sorted(each.path for each in first) == sorted(made)


def put(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_files_are_called_as_the_call_names_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "收件" / "甲" / "一.xlsx")
    monkeypatch.chdir(tmp_path)
    for inbox, called in (
        (Path("收件"), "收件/甲/一.xlsx"),
        (Path(), "收件/甲/一.xlsx"),
        (Path("收件/甲/一.xlsx"), "收件/甲/一.xlsx"),
        (Path("..", tmp_path.name), f"../{tmp_path.name}/收件/甲/一.xlsx"),
    ):
        assert [each.listed for each in find([inbox])] == [str(Path(called))]


def test_no_file_is_called_by_where_the_machine_keeps_it(tmp_path: Path) -> None:
    put(tmp_path / "收件" / "甲" / "一.xlsx")
    for inbox, called in (
        (tmp_path / "收件", "收件/甲/一.xlsx"),
        (tmp_path / "收件" / "甲" / "..", "收件/甲/一.xlsx"),
        (tmp_path / "收件" / "甲" / "一.xlsx", "一.xlsx"),
    ):
        assert [each.listed for each in find([inbox])] == [str(Path(called))]


def test_files_of_several_inboxes_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(*(tmp_path / at / "收件" / "一.xlsx" for at in ("甲", "乙", "丙")))
    monkeypatch.chdir(tmp_path / "丙")
    inbox = [tmp_path / "甲" / "收件", tmp_path / "乙" / "收件", Path("收件")]
    called = [each.listed for each in find(inbox)]
    assert called == [str(Path(name, "一.xlsx")) for name in ("收件 (2)", "收件 (3)", "收件")]
    files = [tmp_path / "甲" / "收件" / "一.xlsx", tmp_path / "乙" / "收件" / "一.xlsx"]
    assert [each.listed for each in find(files)] == ["一.xlsx", "一 (2).xlsx"]
    mixed = find([tmp_path / "甲" / "收件", Path("收件/一.xlsx")])
    assert [each.listed for each in mixed] == [
        str(Path("收件", name)) for name in ("一 (2).xlsx", "一.xlsx")
    ]

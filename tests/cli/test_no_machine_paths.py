"""Results say where a file lies below the inbox, never where that lies on the machine."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.cli.conftest import SAMPLES, UNITS, Run

READ = ("--rubric", "wra-105", "--units", UNITS, "--deadline", "105年7月1日")


def all_that_is_in(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix != ".xlsx":
        return data
    with ZipFile(BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def results() -> list[Path]:
    there = (path for path in Path("結果").rglob("*") if ".svcq" not in path.parts)
    return [path for path in there if path.is_file()]


def test_no_result_tells_where_the_machine_keeps_the_inbox(svcq: Run) -> None:
    shutil.copytree(SAMPLES / "returned", "收件")
    Path("收件/壞.xlsx").write_bytes(b"PK\x03\x04 no zip")
    there = str(Path().absolute())
    calls = {
        "表": ("merge", "收件", *READ, "--out", "結果/表.xlsx", "--data", "結果/資料"),
        "檢核": ("check", "收件", *READ, "--out", "結果"),
    }
    for name, call in calls.items():
        here = svcq(*call)
        relative = {path: all_that_is_in(path) for path in results()}
        shutil.rmtree("結果")
        named = [str(Path("收件").absolute()) if word == "收件" else word for word in call]
        absolute = svcq(*named)
        assert (absolute.code, absolute.out) == (here.code, here.out), name
        assert there not in absolute.out + absolute.err
        assert {path: all_that_is_in(path) for path in relative} == relative
        assert not any(there.encode() in content for content in relative.values())
        document = svcq(*named, "--json").document
        assert all(file["path"].startswith("收件") for file in document["files"])
        shutil.rmtree("結果")


def test_a_decision_names_a_file_as_lists_do_or_by_where_it_lies(svcq: Run) -> None:
    Path("收件").mkdir()
    shutil.copy(next((SAMPLES / "returned").glob("A01*")), "收件/一.xlsx")
    inbox = Path("收件").absolute()
    for named in ("收件/一.xlsx", "一.xlsx", str(inbox / "一.xlsx")):
        text = f"檔案,決定,理由,決定人\n{named},排除,草稿,王\n"
        Path("決定.csv").write_text(text, "utf-8")
        ran = svcq("check", inbox, *READ, "--decisions", "決定.csv", "--json")
        assert [file["status"] for file in ran.document["files"]] == ["ignored"], ran.err

"""What lies in an inbox is a stranger's: nothing there is believed unless the call names it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from svcq_excel import pipeline
from svcq_excel.inbox.finding import lies_in
from svcq_excel.store import FILE, FOLDER, Store
from tests.cli.conftest import SAMPLES, UNITS, Run

READ = ("--rubric", "wra-105", "--units", UNITS)
FORM = "收件/一.xlsx"
NOT_BELIEVED = "未予採用"


@pytest.fixture(autouse=True)
def _inbox(svcq: Run) -> None:
    Path("收件/下").mkdir(parents=True)
    shutil.copy(next((SAMPLES / "returned").glob("A01*")), FORM)


def decide(path: str) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(f"檔案,決定,理由,決定人\n{FORM},排除,草稿,王\n", "utf-8")
    return path


def status(document: dict[str, list[dict[str, str]]]) -> str:
    return next(file["status"] for file in document["files"] if file["path"] == FORM)


@pytest.mark.parametrize("out", ["收件", "收件/下", "收件/新", "./收件/../收件"])
def test_a_decision_that_a_unit_sent_excludes_nobody(out: str, svcq: Run) -> None:
    decisions = decide(f"{out}/決定.csv")
    for call in (
        ("merge", "收件", *READ, "--out", f"{out}/表.xlsx"),
        ("check", "收件", *READ, "--out", out),
    ):
        ran = svcq(*call, "--json")
        assert status(ran.document) == "accepted"
        assert NOT_BELIEVED in ran.err and "決定.csv" in ran.err
        ran = svcq(*call, "--json", "--decisions", decisions)
        assert status(ran.document) == "ignored" and NOT_BELIEVED not in ran.err


def test_beside_files_that_are_named_one_by_one_it_is_no_more_believed(svcq: Run) -> None:
    decide("收件/決定.csv")
    ran = svcq("merge", FORM, *READ, "--out", "收件/表.xlsx", "--json")
    assert status(ran.document) == "accepted"


def test_where_no_stranger_sends_anything_it_is_believed(svcq: Run) -> None:
    decide("結果/決定.csv")
    for inbox in ("收件", FORM):
        ran = svcq("merge", inbox, *READ, "--out", "結果/表.xlsx", "--json")
        assert status(ran.document) == "ignored" and NOT_BELIEVED not in ran.err


def test_a_link_to_an_inbox_is_an_inbox(tmp_path: Path) -> None:
    try:
        (tmp_path / "別名").symlink_to(Path("收件").absolute(), target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert lies_in(tmp_path / "別名", [Path("收件")])
    assert lies_in(Path("收件/下"), [tmp_path / "別名"])
    assert not lies_in(Path("收件 2"), [Path("收件")])


def test_nothing_is_remembered_where_strangers_files_lie(svcq: Run) -> None:
    call = ("merge", "收件", *READ, "--out", "收件/表.xlsx")
    svcq(*call)
    assert not Path("收件", FOLDER).exists()
    with closing(Store(Path("收件"))) as store:
        store.put("a", b"planted")
    planted = Path("收件", FOLDER, FILE).read_bytes()
    ran = svcq(*call)
    assert "結果未變" not in ran.err and "本系統的暫存資料夾" in ran.out
    assert Path("收件", FOLDER, FILE).read_bytes() == planted


def test_a_correction_form_that_a_unit_sent_is_no_notice_that_stands(svcq: Run) -> None:
    wrong = next((SAMPLES / "returned").glob("A04*"))
    shutil.copy(wrong, "收件")
    plan = pipeline.define("wra-105", UNITS)
    first = pipeline.send_back(plan, "收件", "補正").forms
    assert [form.new for form in first] == [True]
    assert [form.new for form in pipeline.send_back(plan, "收件", "補正").forms] == [False]
    shutil.copy(first[0].path, "收件")
    again = pipeline.send_back(plan, "收件", "收件").forms
    assert all(form.new for form in again)

"""A file that was received is a form with the scores that stand in it, or is told why not."""

from __future__ import annotations

import errno
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox import receiving
from svcq_excel.pipeline import assess, issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.results.workbook import write_report, write_statistics
from svcq_excel.workbooks.workbook import Unreadable
from tests.receiving import content_of, receive

# What is done to bytes, at which place as a share of the length, and with which byte.
DAMAGES = st.lists(
    st.tuples(st.sampled_from(["set", "cut", "put", "drop"]), st.floats(0, 1), st.integers(0, 255)),
    min_size=1,
    max_size=3,
)


def damaged(data: bytes, damages: list[tuple[str, float, int]]) -> bytes:
    for what, share, byte in damages:
        at, one = int(share * len(data)), bytes([byte])
        data = {
            "set": data[:at] + one + data[at + 1 :],
            "cut": data[:at],
            "put": data[:at] + one + data[at:],
            "drop": data[:at] + data[at + 1 + byte :],
        }[what]
    return data


def received(data: bytes, plan: Plan, folder: Path) -> CheckedFile:
    path = folder / "表 一.xlsx"
    path.write_bytes(data)
    return check_file(receive(path, plan.rubric), plan)


def scores(file: CheckedFile) -> dict[str, Decimal]:
    assert file.status == "accepted"
    assert file.submission
    return dict(file.submission.scores)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("收件")


@settings(max_examples=120)
@given(damages=DAMAGES, which=st.sampled_from(["xlsx", "ods"]))
@example(damages=[("drop", 0.5, 100)], which="xlsx")
def test_a_damaged_form_says_its_scores_or_is_told(
    damages: list[tuple[str, float, int]],
    which: str,
    xlsx: bytes,
    ods: bytes,
    plan: Plan,
    folder: Path,
) -> None:
    whole = {"xlsx": xlsx, "ods": ods}[which]
    file = received(damaged(whole, damages), plan, folder)
    if file.status == "accepted":
        assert scores(file) == scores(received(whole, plan, folder))
    else:
        assert file.has_errors


@pytest.mark.parametrize("which", ["xlsx", "ods", "xls"])
def test_a_form_cut_off_anywhere_is_never_accepted(
    which: str, plan: Plan, folder: Path, request: pytest.FixtureRequest
) -> None:
    whole: bytes = request.getfixturevalue(which)
    ends = range(1, len(whole) - 600, 3_000)  # an .xls may end in a sector that says nothing
    codes = {received(whole[:end], plan, folder).violations[0].code for end in ends}
    assert codes <= {"unreadable-file", "unknown-form"}
    assert received(whole, plan, folder).status == "accepted"


def test_a_file_that_is_gone_when_it_is_opened_is_told(plan: Plan, tmp_path: Path) -> None:
    content = content_of(tmp_path / "走了.xlsx", plan.rubric)
    assert isinstance(content, Unreadable)
    assert content.reason == "withheld"
    assert content.found.startswith("檔案無法開啟")


def test_a_folder_that_cannot_be_listed_is_told(plan: Plan, tmp_path: Path) -> None:
    content = content_of(tmp_path, plan.rubric)
    assert isinstance(content, Unreadable)
    assert content.found.startswith("資料夾無法開啟")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.EACCES, "或沒有讀寫權限"),
        (errno.EIO, "磁碟讀寫錯誤"),
        (errno.ESTALE, "網路磁碟機的連線已中斷"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(
    code: int, told: str, xlsx: bytes, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("好.xlsx", "壞.xlsx"):
        (tmp_path / name).write_bytes(xlsx)
    really_open = Path.open

    def refusing(path: Path, *how: object, **more: object) -> object:
        if path.name == "壞.xlsx":
            raise OSError(code, "no such luck")
        return really_open(path, *how, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    files = {Path(file.path).name: file for file in assess(plan, [tmp_path]).files}
    assert files["好.xlsx"].status == "accepted"
    assert files["壞.xlsx"].status == "unread"
    message = files["壞.xlsx"].violations[0].message
    assert told in message and "no such luck" not in message


class Panic(BaseException):
    """What a reader written in Rust raises is no Exception."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("bad"), "unreadable-file"),
        (RecursionError(), "unreadable-file"),
        (MemoryError(), "unsafe-file"),
        (Panic("index out of bounds"), "unsafe-file"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_reader_that_fails_costs_one_file(
    error: BaseException,
    code: str,
    xlsx: bytes,
    plan: Plan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> object:
        raise error

    monkeypatch.setattr(receiving, "read_form", fail)
    file = received(xlsx, plan, tmp_path)
    assert (file.status, file.violations[0].code) == ("rejected", code)


def test_who_stops_the_program_stops_it(
    xlsx: bytes, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(receiving, "read_form", stop)
    with pytest.raises(KeyboardInterrupt):
        received(xlsx, plan, tmp_path)


def test_an_open_document_with_a_password_is_told(ods: bytes, plan: Plan, folder: Path) -> None:
    stream, mark = BytesIO(), b'"content.xml" manifest:media-type="text/xml"'
    locked = mark + b' manifest:size="1"><manifest:encryption-data/></manifest:file-entry><x y=""'
    with ZipFile(BytesIO(ods)) as source, ZipFile(stream, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name).replace(mark, locked))
    file = received(stream.getvalue(), plan, folder)
    assert [violation.code for violation in file.violations] == ["password-protected"]


def test_an_old_workbook_with_a_password_is_told(xls: bytes, plan: Plan, folder: Path) -> None:
    """Its record FILEPASS takes the place of one of the same length that says nothing."""
    assert b"\xe1\x00\x02\x00" in xls
    locked = xls.replace(b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\x01\x00", 1)
    file = received(locked, plan, folder)
    assert [violation.code for violation in file.violations] == ["password-protected"]


def test_our_own_lists_and_tables_are_ignored_with_a_reason(plan: Plan, tmp_path: Path) -> None:
    """They often lie in the folder into which forms come back."""
    issue(plan, (SELF,), tmp_path)
    outcome = assess(plan, [tmp_path])
    (tmp_path / "統計表.xlsx").write_bytes(write_statistics(outcome))
    (tmp_path / "檢核 結果.xlsx").write_bytes(write_report(outcome))
    files = {Path(file.path).name: file for file in assess(plan, [tmp_path]).files}
    outlines = [file for name, file in files.items() if name.endswith(".docx")]
    assert len(files) == len(plan.units) + len(outlines) + 3
    assert all("尚未填寫" in file.reason for file in outlines)
    for name in ("表件清單.xlsx", "統計表.xlsx", "檢核 結果.xlsx"):
        assert (files[name].status, files[name].violations) == ("ignored", ())
        assert "不是評分表" in files[name].reason


def test_a_blank_form_is_a_form(plan: Plan, tmp_path: Path) -> None:
    form = issue(plan, (SELF,), tmp_path)[0].path
    content = content_of(form, plan.rubric)
    assert isinstance(content, FormFacts)
    assert set(content.entries) == set(plan.rubric.leaf_by_id)


def test_the_files_add_up_to_the_fates(xlsx: bytes, ods: bytes, plan: Plan, tmp_path: Path) -> None:
    contents = {
        "一.xlsx": xlsx,
        "一 副本.xlsx": xlsx,
        "二.ods": ods,
        "~$一.xlsx": b"",
        "三.xls": b"x",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    files = assess(plan, [tmp_path, tmp_path]).files
    assert {Path(file.path).name: file.status for file in files} == {
        "一.xlsx": "accepted",
        "一 副本.xlsx": "superseded",
        "二.ods": "accepted",
        "~$一.xlsx": "ignored",
        "三.xls": "rejected",
    }

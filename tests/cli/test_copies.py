"""`merge --pdf --ods --public`, and the rows of a plan that ask for the same every time."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from svcq_excel.form.identity import PRINT_MARK
from svcq_excel.libreoffice.converting import ABSENT, Converted, To
from svcq_excel.results.copies import making
from tests.cli.conftest import SAMPLES, UNITS, Run
from tests.locking.office_desk import PLAN, new_folder

CALL = ("merge", "收件", "--rubric", "wra-105", "--units", "名單.csv", "--out", "結果/表.xlsx")
PUBLISHED = {"表_公告版.xlsx", "表_公告版.ods", "表_公告版.pdf"}
SAME, OLDER = "結果未變", "這次沒有更新"


class Office:
    """Stands for LibreOffice: what it makes tells what it was made of."""

    def __init__(self) -> None:
        self.why_not = ""
        self.asked: list[To] = []

    def __call__(self, files: Sequence[Path], to: To, beside: bool = False) -> Converted:
        self.asked.append(to)
        made = {} if self.why_not else {each: b"%PDF-" + each.read_bytes() for each in files}
        return Converted(made, self.why_not)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    program = Office()
    monkeypatch.setattr(making, "converted", program)
    monkeypatch.setattr(making, "timeless_ods", lambda data, made: data)
    monkeypatch.setattr(making, "timeless_pdf", lambda data, made: data)
    monkeypatch.setattr(making, "pdf_of", lambda title, year, fill: b"%PDF-" + PRINT_MARK)
    return program


@pytest.fixture
def inbox(svcq: Run, office: Office) -> Path:
    Path("收件").mkdir()
    for path in (SAMPLES / "returned").glob("A0[12]*"):
        shutil.copy(path, "收件")
    shutil.copy(UNITS, "名單.csv")
    return Path("收件")


def lying(folder: str = "結果") -> set[str]:
    return {path.name for path in Path(folder).iterdir() if path.is_file()}


def test_each_option_makes_what_it_names(inbox: Path, svcq: Run) -> None:
    svcq(*CALL)
    plain = lying()
    assert not [name for name in plain if "公告" in name or not name.endswith(("xlsx", "csv"))]
    svcq(*CALL, "--pdf")
    assert lying() == plain | {"表.pdf"}
    svcq(*CALL, "--ods")
    assert lying() == plain | {"表.pdf", "表.ods"}
    svcq(*CALL, "--html")
    assert lying() == plain | {"表.pdf", "表.ods", "表.html"}
    ran = svcq(*CALL, "--public", "--json")
    assert lying() == plain | {"表.pdf", "表.ods", "表.html"} | PUBLISHED
    assert ran.document["output"] == "結果/表.xlsx"


def test_a_run_on_what_is_unchanged_makes_what_lacks_and_finds_what_is_there(
    inbox: Path, office: Office, svcq: Run
) -> None:
    svcq(*CALL, "--pdf")
    assert SAME in svcq(*CALL, "--pdf").err and SAME in svcq(*CALL).err
    ran = svcq(*CALL, "--pdf", "--ods")
    assert SAME not in ran.err and "表.ods" in ran.out
    assert office.asked == ["pdf", "pdf", "ods"]
    Path("結果/表.pdf").write_bytes(b"x")
    assert SAME not in svcq(*CALL, "--pdf", "--ods", "--replace").err


def test_what_an_earlier_result_left_behind_is_told(inbox: Path, svcq: Run) -> None:
    svcq(*CALL, "--pdf", "--public")
    next(inbox.glob("A02*")).unlink()
    for _ in range(2):
        ran = svcq(*CALL, "--public")
        assert "「表.pdf」是先前彙整時所製，這次沒有更新" in ran.err
        assert "公告版" not in ran.err.partition(OLDER)[0]
    assert OLDER not in svcq(*CALL, "--public", "--pdf").err
    Path("結果/表.pdf").unlink()
    assert OLDER not in svcq(*CALL, "--public").err


def test_without_libreoffice_the_rest_is_there_and_it_is_said_what_to_do(
    inbox: Path, office: Office, svcq: Run
) -> None:
    office.why_not = ABSENT
    ran = svcq(*CALL, "--ods", "--public")
    assert ran.code == 1 and "表_公告版.pdf" in lying(), "the browser prints it"
    assert "未能另存「表.ods」、「表_公告版.ods」：電腦上沒有安裝 LibreOffice。" in ran.err
    assert "表_公告版.xlsx" in lying() and "表.xlsx" in lying()
    office.why_not = ""
    ran = svcq(*CALL, "--ods", "--public")
    assert "未能另存" not in ran.err and lying() >= PUBLISHED | {"表.ods"}


def test_no_input_and_nothing_of_others_is_lost_to_a_copy(inbox: Path, svcq: Run) -> None:
    Path("結果").mkdir()
    for name in ("表.pdf", "表_公告版.ods"):
        Path("結果", name).write_bytes(b"mine")
        ran = svcq(*CALL, "--pdf", "--public")
        assert ran.code == 2 and name in ran.err and "--replace" in ran.err
        assert lying() == {name} and Path("結果", name).read_bytes() == b"mine"
        Path("結果", name).unlink()
    shutil.copy("名單.csv", "表.ods")
    call = (*CALL[:5], "表.ods", "--out", "表.xlsx", "--ods", "--replace")
    before = Path("表.ods").read_bytes()
    assert svcq(*call).code == 2
    assert Path("表.ods").read_bytes() == before and not Path("表.xlsx").exists()


ROWS = (("另存格式", "PDF、ODF、網頁"), ("公告版", "是"), ("公告內容", "等第、名次"))


def test_a_folder_makes_them_every_time_and_a_call_may_ask_for_more(
    office: Office, svcq: Run
) -> None:
    new_folder(Path(), (*PLAN, ("另存格式", "PDF")))
    svcq("merge")
    assert "考核結果統計表.pdf" in lying()
    svcq("merge", "--ods")
    assert {"考核結果統計表.pdf", "考核結果統計表.ods"} <= lying()
    status = svcq("status", "--json").document
    assert status["step"] != "correct" or "merge" not in "".join(status["next"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("另存格式", "WPS"), "另存格式「WPS」無法辨識"),
        (("公告版", "或許"), "公告版「或許」無法辨識"),
        (("公告內容", "總分、姓名"), "公告內容「姓名」無法辨識"),
    ],
)
def test_what_a_row_says_wrongly_is_told_by_its_cell(
    row: tuple[str, str], said: str, svcq: Run
) -> None:
    new_folder(Path(), (*PLAN, row))
    ran = svcq("merge")
    assert ran.code == 2 and said in ran.err and "B5" in ran.err
    assert not Path("結果").exists()


def test_a_result_with_copies_is_frozen_and_verified_anywhere(office: Office, svcq: Run) -> None:
    new_folder(Path(), (*PLAN, *ROWS))
    assert svcq("merge").code == 1
    assert svcq("lock").code == 0
    asked = len(office.asked)
    assert svcq("verify", "--json").document == {"same": True, "differences": []}
    assert len(office.asked) == asked, "nothing is converted to compare"
    assert svcq("merge").code == 2
    Path("結果/考核結果統計表_公告版.xlsx").write_bytes(b"x")
    assert "公告版.xlsx" in svcq("verify").out
    svcq("merge", "--unlock", "更正")
    Path("結果/考核結果統計表.pdf").write_bytes(b"%PDF-x")


def test_a_frozen_pdf_that_was_changed_is_told(office: Office, svcq: Run) -> None:
    new_folder(Path(), (*PLAN, *ROWS))
    svcq("merge")
    svcq("lock")
    Path("結果/考核結果統計表.pdf").write_bytes(b"%PDF-another")
    ran = svcq("verify")
    assert ran.code == 1 and "「結果/考核結果統計表.pdf」在定案後被更動" in ran.out

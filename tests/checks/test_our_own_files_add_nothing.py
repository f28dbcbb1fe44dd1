"""What we made and nobody filled in changes no result, however it comes back into the inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest

from svcq_excel.pipeline import assess, issue, merge, send_back
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rounds import in_round
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.shipped import load
from tests.conftest import Convert
from tests.paper.filled_form import Paper

UNITS = (Unit("A01", "第一河川局"), Unit("A02", "第二河川局"), Unit("A03", "第三河川局"))
ROUNDS = {
    "wra-105": "105年度上半年",
    "khb-106": "106年度",
    "hccg-105": "105年度",
    "kpw-102": "102年6月",
}


IN_ODS = ["wra-105", "khb-106", "hccg-105", pytest.param("kpw-102", marks=pytest.mark.office)]
"""Of a round of a checklist LibreOffice makes the .ods."""


@pytest.fixture(params=IN_ODS, scope="module")
def plan(request: pytest.FixtureRequest) -> Plan:
    round = ROUNDS[request.param]
    return Plan(in_round(load(request.param), round), UNITS, round)


@pytest.fixture(scope="module")
def blanks(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forms in both formats, with outlines and the list of them."""
    out = tmp_path_factory.mktemp("空白")
    issue(plan, "self", out, formats=("xlsx", "ods"))
    return out


@pytest.fixture(scope="module")
def inbox(plan: Plan, blanks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A01 is right, A02 is wrong, A03 handed in nothing."""
    folder = tmp_path_factory.mktemp("收件")
    for path in blanks.glob("A0[12]*.xlsx"):
        paper = Paper(path, plan.rubric)
        for leaf in plan.rubric.leaves:
            if leaf.due:
                paper.enter(leaf.id, status="已完成", done="已辦理", proof="附件")
            else:
                paper.enter(leaf.id, score=0)
        paper.enter(assessor="王大明")
        if path.name.startswith("A02"):
            wrong = {"status": "好"} if plan.rubric.is_checklist else {"score": 9999}
            paper.enter(plan.rubric.leaves[0].id, **wrong)
        paper.save(folder / path.name)
    return folder


def mailed(files: Iterator[Path], at: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "a@example.gov.tw", "Fri, 01 Jul 2016 09:30:00 +0800"
    for path in files:
        mail.add_attachment(path.read_bytes(), "application", "octet-stream", filename=path.name)
    at.write_bytes(bytes(mail))


def zipped(files: Iterator[Path], at: Path) -> None:
    with ZipFile(at, "w") as archive:
        for path in files:
            archive.write(path, path.name)


def loose(files: Iterator[Path], at: Path) -> None:
    at.mkdir()
    for path in files:
        (at / path.name).write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    ("wrapped", "suffix"),
    [(loose, ""), (zipped, ".zip"), (mailed, ".eml")],
    ids=["loose", "in an archive", "in a mail"],
)
def test_what_nobody_filled_in_changes_no_units_result(
    wrapped: Callable[[Iterator[Path], Path], None],
    suffix: str,
    plan: Plan,
    blanks: Path,
    inbox: Path,
    tmp_path: Path,
) -> None:
    before = assess(plan, [inbox])
    assert [unit.status for unit in before.units] == ["accepted", "needs-correction", "missing"]
    made = tmp_path / "產出"
    send_back(plan, [inbox], made, "105年8月15日")
    merge(plan, [inbox], made / "統計表.xlsx", data=made / "資料")
    ours = [*blanks.iterdir(), *made.glob("*.*"), *made.glob("資料/*")]
    assert len(ours) > len(UNITS) * 2
    wrapped(iter(sorted(filter(Path.is_file, ours))), tmp_path / f"夾帶{suffix}")
    after = assess(plan, [inbox, tmp_path / f"夾帶{suffix}"])
    assert after.units == before.units
    came = {file.status for file in after.files if "夾帶" in file.path}
    assert came == {"blank", "ignored"}


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_an_office_program_that_saves_them_anew_enters_nothing(
    suffix: str, plan: Plan, blanks: Path, inbox: Path, tmp_path: Path, office: Convert
) -> None:
    before = assess(plan, [inbox])
    returned = send_back(plan, [inbox], tmp_path / "補正", "105年8月15日").forms
    blank = next(blanks.glob("A01*.xlsx"))
    again = office([blank, *(each.path for each in returned)], suffix, tmp_path / "另存")
    assert len(again) == 2
    after = assess(plan, [inbox, *again])
    assert after.units == before.units
    assert {Path(file.path).name for file in after.files if file.status == "blank"} == {
        path.name for path in again
    }

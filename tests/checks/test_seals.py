"""A form whose marks do not fit its seal was another unit's: it neither counts nor supersedes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.packaging.custom import StringProperty

from svcq_excel.checks.examples import OTHER_UNIT, SEAL_KEY, UNIT
from svcq_excel.form.identity import HIDDEN_SHEET
from svcq_excel.pipeline import assess, issue, merge, send_back
from svcq_excel.plan.assessors import HQ
from svcq_excel.plan.plan import Plan
from svcq_excel.results.frames import FramedOutcome
from svcq_excel.seal_key import SealKey
from tests.checks.desk import Desk, save_date, stamp
from tests.paper.filled_form import Paper

SECOND = {"unit": OTHER_UNIT.code, "unit_name": OTHER_UNIT.name}
EVERYWHERE = ("hidden", "properties", "visible")
LAST_YEARS = SealKey(b"last year's folder had another..")


@pytest.fixture
def desk(plan: Plan, tmp_path: Path) -> Desk:
    (tmp_path / "空白").mkdir()
    sealed = Plan(plan.rubric, (UNIT, OTHER_UNIT), plan.round, seal_key=SEAL_KEY)
    return Desk(sealed, tmp_path / "空白", tmp_path)


def found(desk: Desk) -> dict[str, str]:
    """accepted seal-missing"""
    return {
        Path(file.path).name: " ".join([file.status, *(v.code for v in file.violations)])
        for file in desk.assessed()
    }


def passed_on(desk: Desk, name: str = "乙.xlsx") -> None:
    """The first unit's form, all its marks changed to the second's."""
    paper = desk.paper()
    paper.entry("C1.1", "score").value = 27
    stamp(paper, *EVERYWHERE, **SECOND)
    save_date(desk.hand_in(paper, name), "2016-07-09T09:30:00Z")


def unit_of(outcome: FramedOutcome, code: str) -> object:
    return next(unit for unit in outcome.units if unit.unit.code == code).status


def test_a_form_as_it_was_issued_is_accepted_and_nothing_is_said(desk: Desk) -> None:
    desk.hand_in(desk.paper(), "甲.xlsx")
    other = desk.paper(unit=OTHER_UNIT)
    other.entry("C1.1", "score").value = 25
    desk.hand_in(other, "乙.xlsx")
    assert found(desk) == {"甲.xlsx": "accepted", "乙.xlsx": "accepted"}


def test_marks_changed_to_another_units_replace_nothing_of_it(desk: Desk) -> None:
    save_date(desk.hand_in(desk.paper(unit=OTHER_UNIT), "甲.xlsx"), "2016-07-01T09:30:00Z")
    passed_on(desk)
    assert found(desk) == {"甲.xlsx": "accepted", "乙.xlsx": "needs-correction seal-broken"}
    outcome = assess(desk.plan, [desk.inbox])
    assert unit_of(outcome, "A02") == "accepted"
    assert unit_of(outcome, "A01") == "missing"
    (broken,) = [v for f in outcome.files for v in f.violations]
    assert "防偽碼是發給「A01 第一河川局」的" in broken.message


def test_without_a_key_it_is_as_it_was(desk: Desk) -> None:
    save_date(desk.hand_in(desk.paper(unit=OTHER_UNIT), "甲.xlsx"), "2016-07-01T09:30:00Z")
    passed_on(desk)
    desk.plan = replace(desk.plan, seal_key=None)
    assert found(desk)["乙.xlsx"].startswith("accepted")
    assert found(desk)["甲.xlsx"].startswith("superseded")


def test_a_form_that_is_not_its_units_gets_no_correction_form(desk: Desk, tmp_path: Path) -> None:
    passed_on(desk)
    sent = send_back(desk.plan, desk.inbox, tmp_path / "補正")
    assert not sent.forms
    assert [each.reason.split("；")[-1] for each in sent.without] == [
        "請先向單位查明，再寄該單位的空白表件請其重填。"
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"round": "105年上半年"},
        {"unit": "ａ01"},
        {"unit_name": "第一河川分署"},
    ],
)
def test_a_seal_fits_what_a_program_spelled_anew(desk: Desk, changed: dict[str, str]) -> None:
    paper = desk.paper()
    stamp(paper, "hidden", "properties", **changed)
    desk.hand_in(paper, "甲.xlsx")
    assert "seal-broken" not in found(desk)["甲.xlsx"]


@pytest.mark.parametrize("changed", [{"assessor": "hq"}, {"digest": "0" * 16}])
def test_a_seal_holds_the_assessor_and_the_digest(desk: Desk, changed: dict[str, str]) -> None:
    paper = desk.paper()
    stamp(paper, "hidden", "properties", **changed)
    paper.sheet["B1"].value = desk.plan.rubric.title_of_form(
        "hq" if "assessor" in changed else "self"
    )
    desk.hand_in(paper, "甲.xlsx")
    assert "seal-broken" in found(desk)["甲.xlsx"]


def test_another_kind_of_assessment_is_told_by_its_word(desk: Desk) -> None:
    paper = desk.paper()
    stamp(paper, "hidden", "properties", assessor="hq")
    paper.sheet["B1"].value = desk.plan.rubric.title_of_form("hq")
    desk.hand_in(paper, "甲.xlsx")
    (told,) = [v for f in desk.assessed() for v in f.violations if v.code == "seal-broken"]
    assert "防偽碼是發給「A01 第一河川局（自行）」的" in told.message


def unsealed(paper: Paper, *places: str, seal: str = "") -> None:
    """The seal taken away, or another one, in the hidden sheet, the properties or both."""
    if "hidden" in places:
        for row in paper.book[HIDDEN_SHEET].iter_rows(max_col=2):
            if row[0].value == "seal":
                row[1].value = seal or None
    if "properties" in places:
        properties = paper.book.custom_doc_props  # type: ignore[attr-defined]  # the stubs lack it
        kept = [each for each in properties.props if each.name != "svcq_seal"]
        own = [StringProperty(name="svcq_seal", value=seal)] if seal else []
        properties.props = [*kept, *own]


def test_a_form_without_a_seal_counts_and_that_is_noticed(desk: Desk) -> None:
    paper = desk.paper()
    unsealed(paper, "hidden", "properties")
    desk.hand_in(paper, "甲.xlsx")
    before = desk.paper(replace(desk.plan, seal_key=None), OTHER_UNIT)
    before.entry("C1.1", "score").value = 25
    desk.hand_in(before, "乙.xlsx")
    assert found(desk) == {"甲.xlsx": "accepted seal-missing", "乙.xlsx": "accepted seal-missing"}


@pytest.mark.parametrize("place", ["hidden", "properties"])
@pytest.mark.parametrize("seal", ["", "x", "KUYSV4S6-"])
def test_one_of_two_seals_is_enough(desk: Desk, place: str, seal: str) -> None:
    paper = desk.paper()
    unsealed(paper, place, seal=seal)
    desk.hand_in(paper, "甲.xlsx")
    assert found(desk) == {"甲.xlsx": "accepted"}


def test_a_seal_that_is_no_seal_is_broken(desk: Desk) -> None:
    paper = desk.paper()
    unsealed(paper, "hidden", "properties", seal="x")
    desk.hand_in(paper, "甲.xlsx")
    assert found(desk) == {"甲.xlsx": "needs-correction seal-broken"}


def test_a_form_of_last_years_folder_is_told_as_that(desk: Desk) -> None:
    theirs = replace(desk.plan, seal_key=LAST_YEARS)
    save_date(desk.hand_in(desk.paper(), "甲.xlsx"), "2016-07-01T09:30:00Z")
    save_date(desk.hand_in(desk.paper(theirs), "乙.xlsx"), "2016-07-09T09:30:00Z")
    assert found(desk) == {"甲.xlsx": "accepted", "乙.xlsx": "needs-correction other-rubric"}
    outcome = assess(desk.plan, [desk.inbox])
    (told,) = [v for f in outcome.files for v in f.violations]
    assert told.message.startswith("這份表件是其他年度（或其他考核資料夾）所發")


def test_where_all_are_of_last_years_folder_each_is_told(desk: Desk) -> None:
    theirs = replace(desk.plan, seal_key=LAST_YEARS)
    desk.hand_in(desk.paper(theirs), "乙.xlsx")
    assert found(desk) == {"乙.xlsx": "needs-correction other-rubric"}


def test_a_blank_form_of_last_years_folder_is_blank(desk: Desk) -> None:
    issue(replace(desk.plan, seal_key=LAST_YEARS, units=(UNIT,)), "self", desk.inbox)
    (blank,) = [file for file in desk.assessed() if file.status != "ignored"]
    assert blank.status == "blank"
    assert [v.code for v in blank.violations] == ["blank-form"]
    assert "且這份表件是其他年度（或其他考核資料夾）所發" in blank.violations[0].message


def test_a_form_of_another_round_of_the_folder_is_of_that_round(desk: Desk) -> None:
    desk.hand_in(desk.paper(), "甲.xlsx")
    desk.hand_in(desk.paper(replace(desk.plan, round="105年度下半年"), OTHER_UNIT), "乙.xlsx")
    told = [v for f in desk.assessed() for v in f.violations]
    assert [v.code for v in told] == ["other-rubric"]
    assert "105年度下半年" in told[0].message


def test_a_correction_form_bears_the_seal_too(desk: Desk, tmp_path: Path) -> None:
    paper = desk.paper()
    paper.entry("C1.1", "score").value = 900
    desk.hand_in(paper, "甲.xlsx")
    (form,) = send_back(desk.plan, desk.inbox, tmp_path / "補正").forms
    corrected = Paper(form.path, desk.plan.rubric)
    corrected.entry("C1.1", "score").value = 27
    desk.hand_in(corrected, "補正.xlsx")
    assert "seal" not in found(desk)["補正.xlsx"]
    stamp(corrected, *EVERYWHERE, **SECOND)
    desk.hand_in(corrected, "補正.xlsx")
    assert "seal-broken" in found(desk)["補正.xlsx"]


def test_forms_without_a_key_are_as_they_were(plan: Plan, tmp_path: Path) -> None:
    plain = Plan(plan.rubric, (UNIT,), plan.round)
    for format in ("xlsx", "ods"):
        (form,) = issue(plain, "self", tmp_path / format, formats=(format,))
        (sealed,) = issue(
            replace(plain, seal_key=SEAL_KEY), "self", tmp_path / f"s{format}", formats=(format,)
        )
        assert b"svcq_seal" not in b"".join(parts(form.path))
        assert sum(b"svcq_seal" in part for part in parts(sealed.path)) == 1


def parts(path: Path) -> list[bytes]:
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_the_key_stands_in_nothing_that_is_written(desk: Desk, tmp_path: Path) -> None:
    wrong = desk.paper(unit=OTHER_UNIT)
    wrong.entry("C1.1", "score").value = 900
    desk.hand_in(wrong, "甲.xlsx")
    passed_on(desk)
    blanks = issue(desk.plan, "self", tmp_path / "發出", formats=("xlsx", "ods"))
    sent = send_back(desk.plan, desk.inbox, tmp_path / "補正")
    written = merge(desk.plan, desk.inbox, tmp_path / "結果" / "表.xlsx", data=tmp_path / "結果")
    assert blanks
    assert sent.without
    secrets = [SEAL_KEY.text, SEAL_KEY.secret.hex(), repr(SEAL_KEY.secret)]
    texts = [json.dumps(written.told.document), repr(desk.plan), *written.told.details]
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert any(".svcq" in file.parts for file in files)
    held = [part for file in files for part in (_parts_or_bytes(file))]
    for secret in secrets:
        assert not any(secret in text for text in texts)
        assert not any(secret.encode() in part for part in held)


def _parts_or_bytes(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data, *(parts(path) if data.startswith(b"PK") else [])]


@pytest.mark.office
@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_seal_survives_what_the_other_marks_survive(
    desk: Desk,
    tmp_path: Path,
    format: str,
    office: Callable[[Sequence[Path], str, Path], list[Path]],
) -> None:
    issued = issue(desk.plan, (HQ,), tmp_path / "發出", formats=(format,))  # type: ignore[arg-type]
    own, others = (each.path for each in issued)
    last = list[Path]()
    for name, form in (("own", own), ("others", others)):
        path = shutil.copy(form, tmp_path / f"{name}.{format}")
        for step, to in enumerate(("ods", "xls", "xlsx", "ods")):
            (path,) = office([Path(path)], to, tmp_path / str(step))
        last.append(Path(path))
    for path in last:
        shutil.copy(path, desk.inbox)
    told = {Path(f.path).name: (f.status, len(f.violations)) for f in desk.assessed()}
    assert told == {"own.ods": ("blank", 1), "others.ods": ("blank", 1)}
    from tests.receiving import content_of

    for path, form in zip(last, (own, others), strict=True):
        before, after = content_of(form, desk.plan.rubric), content_of(path, desk.plan.rubric)
        assert before.seals == after.seals  # type: ignore[union-attr]
        assert len(after.seals) == 1  # type: ignore[union-attr]

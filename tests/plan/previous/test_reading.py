"""What a statistics workbook shows of a round is read back from it, and nothing is believed."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.previous.model import EarlierTable, EarlierUnit
from svcq_excel.plan.previous.reading import previous_of, read_results
from svcq_excel.plan.units import Unit
from svcq_excel.results.awaiting import status_word
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.checklist import overdue, progress
from svcq_excel.results.workbook import write_statistics
from tests.results.earlier import (
    KINDS,
    outcome_of,
    read_back,
    rubric,
    saved,
    units,
    with_cells,
)

ROUNDS = {
    "wra-105": "105年度上半年",
    "hccg-105": "105年度",
    "khb-106": "106年度7月至12月",
    "kpw-102": "102年6月",
}
TABLE = "考核結果統計表"
_CLOSE = Fraction(1, 10**8)


@pytest.mark.parametrize("id", KINDS)
def test_what_was_written_is_read(id: str, tmp_path: Path) -> None:
    was = outcome_of(id, ROUNDS[id], units(9, id == "hccg-105"), 1, ("A003",))
    read = read_back(was, tmp_path)
    assert read.round == ROUNDS[id] and read.is_checklist == was.rubric.is_checklist
    assert len(read.tables) == len(KINDS[id])
    for kind, table in zip(was.kinds, read.tables, strict=True):
        assert read.of_kind(was.rubric.kind_word(kind)) is table
        assert table.title == was.rubric.title_of_table(kind)
        assert _is(table, was, was.of_kind(kind))


def _is(table: EarlierTable, was: Outcome, results: tuple[UnitResult, ...]) -> bool:
    for unit, result in zip(table.units, results, strict=True):
        assert (unit.code, unit.name) == (result.unit.code, result.unit.name)
        if was.rubric.is_checklist:
            _is_progress(unit, result)
            continue
        assert unit.group == result.unit.group
        assert unit.grade == (result.grade or "") and unit.rank == result.rank
        assert unit.provisional == bool(result.rank and result.provisional)
        assert _close(unit.total, result.total)
        assert unit.status == ("" if result.total is not None else status_word(result))
        for score, item in zip(unit.items, was.rubric.items, strict=True):
            assert score == result.items.get(item.id)
    return True


def _is_progress(unit: EarlierUnit, result: UnitResult) -> None:
    counted, accepted = progress(result.steps.values()), result.status == "accepted"
    assert unit.asked == counted.asked
    assert unit.done == (counted.done if accepted else None)
    assert _close(unit.total, counted.rate if accepted else None)
    open_steps = {id: step for id, step in result.steps.items() if overdue(step)}
    assert {id: step.status for id, step in unit.open.items()} == {
        id: step.word for id, step in open_steps.items()
    }


def _close(read: Fraction | None, was: Fraction | None) -> bool:
    return read == was or (read is not None and was is not None and abs(read - was) < _CLOSE)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return saved(outcome_of("wra-105", "105年度上半年", units(4), 1), tmp_path)


def told(path: Path) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        read_results(path)
    return [str(problem).removeprefix(str(path)).strip() for problem in caught.value.problems]


RESTORE = "請還原為彙整時的內容，或以 Excel 或 LibreOffice 開啟原檔、存檔後再指定。"


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("D6", "很好", "「很好」不是數值"),
        ("D6", 281, "「281」超過這一欄的滿分"),
        ("D6", -1, "「-1」不是這一欄應有的數值"),
        ("K6", -1, "「-1」不是這一欄應有的數值"),
        ("K6", "#REF!", "是公式的錯誤值 #REF!"),
        ("B6", "A001", "編號「A001」出現兩次以上"),
        ("B6", "Ａ００１", "編號「Ａ００１」出現兩次以上"),
    ],
)
def test_a_cell_that_cannot_be_is_told_by_its_place(
    before: Path, cell: str, value: object, said: str
) -> None:
    fix = "請只保留一列。" if "兩次" in said else RESTORE
    changed = with_cells(before, TABLE, {cell: value})
    assert told(changed) == [f"「{TABLE}」 {cell}：{said}。{fix}"]


@pytest.mark.parametrize("code", ["A001", "Ａ００１"])
def test_a_unit_that_stands_twice_in_a_checklist_is_told(code: str, tmp_path: Path) -> None:
    was = outcome_of("kpw-102", ROUNDS["kpw-102"], units(4), 1)
    table = "檢核結果統計表"
    changed = with_cells(saved(was, tmp_path), table, {"A5": code})
    assert f"「{table}」 A5：編號「{code}」出現兩次以上。請只保留一列。" in told(changed)


def test_every_cell_that_is_wrong_is_told_at_once(before: Path) -> None:
    changed = with_cells(before, TABLE, {"D6": "很好", "E7": "x", "K8": -3})
    assert [each.split("：")[0] for each in told(changed)] == [
        f"「{TABLE}」 {cell}" for cell in ("D6", "E7", "K8")
    ]


def test_totals_without_their_results_are_no_totals(before: Path) -> None:
    lost = with_cells(before, TABLE, {}, formulas=True)
    said = [each.partition("」")[2] for each in told(lost)]
    assert said == [f" K5：等儲存格是公式，檔案內沒有其計算結果。{RESTORE}"] * 2


def test_a_rank_that_is_none_is_told(before: Path) -> None:
    (said,) = told(with_cells(before, "排名與獎懲", {"A4": "第一"}))
    assert said.startswith("「排名與獎懲」 A4：「第一」不是數值")


def test_columns_that_lack_are_told(before: Path) -> None:
    (said,) = told(with_cells(before, TABLE, {"K3": "合計"}))
    assert said == f"「{TABLE}」：找不到「總分」欄。請改指定本程式彙整的統計表原檔。"
    (said,) = told(with_cells(before, TABLE, {"B3": "x", "C3": "y"}))
    assert said.startswith(f"「{TABLE}」：找不到「編號」及「受考核單位名稱」欄")


def test_what_is_no_statistics_workbook_is_refused(tmp_path: Path) -> None:
    book = load_workbook(of_round("105年度", tmp_path))
    book[TABLE].title = "別的"
    other = tmp_path / "別的.xlsx"
    book.save(other)
    (said,) = told(other)
    assert said.startswith(f"：不是本程式彙整的統計表：沒有「{TABLE}」工作表")
    (tmp_path / "壞.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert len(told(tmp_path / "壞.xlsx")) == 1
    assert told(tmp_path / "沒有.xlsx")[0].startswith("：找不到這個檔案")


def test_rows_and_columns_may_be_moved_about(before: Path, tmp_path: Path) -> None:
    read = read_results(before)
    book = load_workbook(before, data_only=True)
    sheet = book[TABLE]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_cols(2)
    sheet.insert_rows(1, 3)
    book.move_sheet(TABLE, 5)
    path = tmp_path / "前期.xlsx"
    book.save(path)
    assert read_results(path) == read


_TYPED = st.text(st.characters(exclude_categories=["C"]), max_size=12)


@settings(max_examples=15)
@given(text=_TYPED)
def test_hostile_words_are_told_and_nothing_breaks(text: str) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "前期.xlsx"
        book = load_workbook(BytesIO(_values()), data_only=True)
        book[TABLE]["D5"].value = text
        book.save(path)
        try:
            read_results(path)
        except DefinitionError as error:
            assert all(each.cell == "D5" for each in error.problems)


@cache
def _values() -> bytes:
    return write_statistics(outcome_of("khb-106", "106年度", units(2), 1))


@pytest.mark.office
@pytest.mark.parametrize("id", KINDS)
def test_a_copy_that_libreoffice_saved_says_the_same(id: str, tmp_path: Path) -> None:
    path = saved(outcome_of(id, ROUNDS[id], units(6, id == "hccg-105"), 1, ("A003",)), tmp_path)
    read = read_results(path)
    for format in ("ods", "xlsx"):
        to_office(path, format, tmp_path / format)
        again = read_results(tmp_path / format / f"前期.{format}")
        assert again.tables == read.tables and again.round == read.round


def to_office(path: Path, format: str, folder: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office
    home = f"-env:UserInstallation=file://{folder.absolute()}/home"
    call = [office, home, "--headless", "--convert-to", format, "--outdir", str(folder), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)


def of_round(round: str, tmp_path: Path, id: str = "khb-106") -> Path:
    return saved(outcome_of(id, round, units(2), 1), tmp_path, f"{round}.xlsx")


def test_the_earliest_round_stands_first(tmp_path: Path) -> None:
    rounds = ("105年度下半年", "104年度", "105年度上半年", "104年度上半年")
    paths = [of_round(round, tmp_path) for round in rounds]
    found, doubts = previous_of(paths, (), rubric("khb-106"), units(2))
    order = ["104年度上半年", "104年度", "105年度上半年", "105年度下半年"]
    assert [each.round for each in found] == order and not doubts


def test_a_round_is_compared_once(tmp_path: Path) -> None:
    first, second = of_round("105年度上半年", tmp_path), tmp_path / "再一份.xlsx"
    shutil.copy(first, second)
    said = f"與「{first.name}」同為「105年度上半年」的結果"
    with pytest.raises(DefinitionError, match=re.escape(said)):
        previous_of([first, second], (), rubric("khb-106"), units(2))
    found, _ = previous_of([first, first], (), rubric("khb-106"), units(2))
    assert len(found) == 1


def test_what_nobody_named_hinders_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "壞.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    good = of_round("105年度上半年", tmp_path)
    found, (doubt,) = previous_of((), [broken, good], rubric("khb-106"), units(2))
    assert [each.file for each in found] == [good.name]
    assert str(doubt).startswith(str(broken)) and "未與這一期比較" in str(doubt)


def test_another_assessment_is_none_to_compare_with(tmp_path: Path) -> None:
    steps = of_round("102年6月", tmp_path, "kpw-102")
    with pytest.raises(DefinitionError, match="是檢核表的結果，本次考核是評分"):
        previous_of([steps], (), rubric("khb-106"), units(2))
    scores = of_round("105年度", tmp_path)
    with pytest.raises(DefinitionError, match="所列單位與本次名單沒有一個相同"):
        previous_of([scores], (), rubric("khb-106"), (Unit("Z1", "另一單位"),))

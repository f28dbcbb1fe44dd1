"""A unit's sheet answers why its figure is what it is, from the forms to the rank; its own workbook
holds nothing of any other unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pandas as pd
import pytest

from svcq_excel.checks.submission import Entered
from svcq_excel.cli.demo import plan_of, samples_of
from svcq_excel.pipeline import assess
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.units import Unit
from svcq_excel.results.accounts.books import write_account, write_accounts
from svcq_excel.results.accounts.files import files_of
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Rubric
from tests.results.demos import DEMOS
from tests.results.reading import Grid, grid, opened
from tests.results.samples import outcome, received, submission, wra
from tests.results.scoring.clause_cases import UNITS, form, rubric
from tests.results.scoring.test_changing import change
from tests.results.scoring.test_changing import outcome as changed_outcome


@cache
def outcome_of(id: str) -> Outcome:
    return assess(plan_of(id), [samples_of(id) / "returned"])


def sheet_of(made: Outcome, code: str) -> Grid:
    book = write_account(made, code)
    return grid(book, opened(book).sheetnames[0])


def rows_of(rows: Grid, word: str) -> list[list[object]]:
    return [row for row in rows if str(row[0]).startswith(word)]


def leaf_rows(made: Outcome, rows: Grid) -> list[list[object]]:
    return [row for row in rows if row[0] in made.rubric.nodes]


@pytest.mark.parametrize("id", ["wra-105", "khb-106", "hccg-105"])
def test_leaves_subtotals_and_total_add_up_as_pandas_adds_them(id: str) -> None:
    made = outcome_of(id)
    for result in made.units:
        if len(made.of_unit[result.unit.code]) > 1 and result.kind == "self":
            continue
        if result.total is None:
            continue
        rows = sheet_of(made, result.unit.code)
        end = next(at for at, row in enumerate(rows) if str(row[0]).startswith("總分"))
        frame = pd.DataFrame(leaf_rows(made, rows[:end]))
        assert len(frame) == len(made.rubric.leaves)
        assert frame[5].astype(float).sum() == pytest.approx(float(rows[end][5]))  # type: ignore[arg-type]
        assert float(rows[end][5]) == pytest.approx(float(result.total), abs=5e-5)  # type: ignore[arg-type]
        sums = [row[5] for row in rows[:end] if row[3] == "小計"]
        assert sums == [pytest.approx(float(s)) for s in result.items.values()] or not sums
        assert frame[2].astype(float).sum() == float(made.rubric.full_score)


def test_subtotals_and_totals_are_live() -> None:
    book = opened(write_account(outcome([submission("A01", 900)]), "A01"))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    live = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert len(live) == len(wra().items) + 1
    assert live[-1] == "=SUM(F6,F10,F17,F20,F25,F30,F34)" and live[0] == "=SUM(F7:F9)"


def test_a_leaf_says_the_band_that_was_chosen_its_text_the_measure_and_the_note() -> None:
    rubric = wra()
    picked = next(leaf for leaf in rubric.leaves if leaf.picks_band)
    measured = next(leaf for leaf in rubric.leaves if leaf.measure)
    assert measured.measure
    entered = {
        picked.id: Entered("評分表", "K8", 90.0, None, picked.bands[1].label),
        measured.id: Entered("評分表", "K9", 20.0, Decimal("88.5")),
    }
    scores = {leaf.id: Decimal(0) for leaf in rubric.leaves}
    scores |= {picked.id: picked.bands[1].max, measured.id: measured.bands[0].max}
    notes = {picked.id: "依現場抽測"}
    said = replace(submission("A01", 0), scores=scores, entered=entered, notes=notes)
    rows = {row[0]: row for row in sheet_of(outcome([said]), "A01")}
    band = picked.bands[1]
    assert rows[picked.id][3] == f"{band.label}：{band.text}"
    assert (rows[picked.id][5], rows[picked.id][6]) == (band.max, "依現場抽測")
    figure = f"{measured.measure.label}\n88.5{measured.measure.unit}"
    assert rows[measured.id][4] == figure
    other = next(leaf for leaf in rubric.leaves if leaf.bands and leaf.id not in entered)
    assert rows[other.id][3] == "未達任何級距"


def test_the_head_says_who_filled_it_in_when_and_what_the_file_is_known_by() -> None:
    file = received("A01", "一", sha256="ab" * 32)
    rows = sheet_of(outcome([submission("A01", 900)], files=[file]), "A01")
    said = [str(row[0]) for row in rows[:6]]
    assert said[1] == "受考核單位：A01 第一河川局"
    assert said[3] == "本署考核"
    assert said[4] == f"考核人員：王大明　考核日期：105年9月10日　檔案 SHA-256：{'ab' * 32}"
    assert not any("收件" in str(cell) for row in rows for cell in row), "a path may name others"


def test_of_a_committee_each_member_s_score_and_what_became_of_it_is_said() -> None:
    members = zip(("甲", "乙", "丙"), (40, 41, 45), strict=True)
    forms = [form("A", score, 30, who) for who, score in members]
    made = changed_outcome(rubric(), forms, [change("A", "X", 45, 42, "丙")])
    rows = sheet_of(made, "A")
    (leaf,) = [row for row in rows if row[0] == "X"]
    assert leaf[5] == 41
    assert str(leaf[6]).splitlines() == [
        "甲 40、乙 41、丙 42；平均 41",
        "（丙所評）經申復由 45 分調整為 42 分（核定人 王處長，105年7月20日）",
    ]
    who = [str(row[0])[:6] for row in rows_of(rows, "考核人員：")]
    assert who == ["考核人員：甲", "考核人員：乙", "考核人員：丙"]
    assert rows_of(rows, "※「流程」（丙所評）經申復由 45 分調整為 42 分")


def test_conversion_adjustments_grade_rank_and_reward_follow_from_the_scores() -> None:
    plan = rubric(
        scale={"to": 1000},
        adjustments=[{"name": "獲獎加分", "effect": "bonus", "most": 5, "clause": "伍"}],
        grading="陸",
    )
    ruled = Rulings(adjustments={"A": {"獲獎加分": Decimal("2.5")}})
    made = Outcome(plan, "105年度", conclude(plan, UNITS, [form("A", 50, 30)], (), ruled), ())
    rows = sheet_of(made, "A")
    said = [row for row in rows if row[5] is not None and row[0] not in plan.nodes]
    figures = {str(row[0]): row[5] for row in said}
    assert figures["原得分（滿分100分）"] == 80
    assert figures["換算（滿分1000分）"] == 800
    assert figures["加減分"] == 2.5
    assert figures["總分（滿分1000分）"] == 802.5
    assert (figures["等第"], figures["名次"]) == ("甲", "1")
    assert rows_of(rows, "※獲獎加分 2.5 分（伍）") and rows_of(rows, "※總分列甲等（陸）")


def test_a_unit_without_a_result_has_a_sheet_that_says_what_is_awaited() -> None:
    rows = sheet_of(outcome([submission("A01", 900)]), "A05")
    assert rows_of(rows, "情形")[0][2] == "未繳"
    assert not [row for row in rows if str(row[0]).startswith("總分")]


def test_a_checklist_s_sheet_says_how_each_step_was_answered() -> None:
    made = outcome_of("kpw-102")
    result = next(unit for unit in made.units if unit.status == "accepted")
    rows = {str(row[0]): row for row in sheet_of(made, result.unit.code)}
    for id, step in result.steps.items():
        assert [rows[id][5], rows[id][3] or ""] == [step.word, step.done]


@pytest.mark.parametrize("id", DEMOS)
def test_the_list_in_front_leads_to_each_unit_s_sheet(id: str) -> None:
    made = outcome_of(id)
    codes = list(made.of_unit)
    book = opened(write_accounts(made, codes))
    assert book.sheetnames[0] == "目次" and len(book.sheetnames) == len(codes) + 1
    lines = [row for row in book["目次"].iter_rows(min_row=3) if row[2].hyperlink]
    led = {row[0].value: row[2].hyperlink for row in lines}
    assert list(led) == codes
    for code, link in led.items():
        assert link
        name = str(link.location).rpartition("!")[0].strip("'").replace("''", "'")
        assert str(book[name]["A2"].value).startswith(f"受考核單位：{code} ")
    assert write_accounts(made, codes) == write_accounts(made, codes)


def marked(count: int) -> tuple[Rubric, Outcome]:
    """Units of whom each has a name, notes, signatures and scores of its own."""
    plan, draw = wra(), Random(7)
    names = [f"祕密單位{chr(0x4E00 + 7 * i)}號" for i in range(count)]
    known = tuple(Unit(f"Q{i:03}X", name, f"組{i}組") for i, name in enumerate(names))
    forms = []
    for i, unit in enumerate(known):
        scores = {leaf.id: Decimal(draw.randint(0, int(leaf.cap))) for leaf in plan.leaves}
        notes = {"A1.1.2": f"只有{unit.name}的備註"}
        whole = submission(unit.code, 0, assessor_name=f"人員{i:04}", notes=notes)
        forms.append(replace(whole, scores=scores))
    found = conclude(plan, known, forms, (), NONE)
    files = tuple(
        received(unit.code, f"檔{i:04}", sha256=f"{i:064x}") for i, unit in enumerate(known)
    )
    return plan, Outcome(plan, "105年度", found, files)


def test_a_unit_s_own_workbook_holds_nothing_of_another_in_any_byte() -> None:
    _, made = marked(12)
    every = {
        code: {
            *(code, results[0].unit.name, results[0].unit.group),
            *(f"人員{i:04}", f"檔{i:04}", f"{i:064x}", f"只有{results[0].unit.name}"),
        }
        for i, (code, results) in enumerate(made.of_unit.items())
    }
    for code, own in every.items():
        book = write_account(made, code)
        with ZipFile(BytesIO(book)) as package:
            whole = "".join(package.read(name).decode("utf-8") for name in package.namelist())
        texts = book.decode("latin-1") + whole
        assert code in texts
        others = {word for other, words in every.items() if other != code for word in words}
        assert not {word for word in others - own if word in texts}


def test_a_unit_s_own_workbook_is_the_same_whatever_the_others_hand_in() -> None:
    first = outcome([submission("A01", 900), submission("A02", 700)])
    other = outcome([submission("A01", 900), submission("A02", 650), submission("A03", 12)])
    assert write_account(first, "A01") == write_account(other, "A01")


def test_up_to_300_units_are_one_workbook_and_of_more_each_hundred_has_its_own() -> None:
    table = Path("結果/統計表.xlsx")
    few = [Unit(str(i), f"單位{i}", "") for i in range(300)]
    assert [*files_of(table, few)] == [Path("結果/統計表_各單位.xlsx")]
    many = [Unit(str(i), f"單位{i}", "") for i in range(1234)]
    found = files_of(table, many)
    assert len(found) == 13 and [len(codes) for codes in found.values()][-1] == 34
    assert next(iter(found)) == Path("結果/統計表_各單位_0001至0100.xlsx")
    assert [code for codes in found.values() for code in codes] == [unit.code for unit in many]


def test_names_of_sixty_characters_and_long_notes_are_seen_whole() -> None:
    name = "臺北水源特定區管理局" * 6
    plan, long = wra(), "依現場抽測結果，" * 60
    handed_in = [submission("A01", 900, notes={"A1.1.2": long})]
    found = conclude(plan, (Unit("A01", name, ""),), handed_in)
    book = opened(write_account(Outcome(plan, "105年度", found, ()), "A01"))
    sheet = book.worksheets[0]
    assert sheet["A2"].value == f"受考核單位：A01 {name}"
    row = next(row for row in sheet.iter_rows() if row[0].value == "A1.1.2")
    assert row[6].value == long
    lines = len(long) * 12 / 260
    assert (sheet.row_dimensions[row[0].row or 0].height or 0) >= lines * 9 * 1.3

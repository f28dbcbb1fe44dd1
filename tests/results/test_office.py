"""LibreOffice as a second opinion: what it calculates is what was stored, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from svcq_excel.pipeline import assess
from svcq_excel.plan.rulings import Rulings
from svcq_excel.results.accounts.books import write_accounts
from svcq_excel.results.workbook import write_statistics
from tests.assessments.checklists import handed_in, plan_of
from tests.audit.program import made_of
from tests.audit.rounds import made
from tests.results.charts.rounds import outcome_of_size
from tests.results.earlier import outcome_of, read_back, units
from tests.results.reading import grid, opened
from tests.results.samples import outcome, submission
from tests.results.scoring.clause_cases import form, rubric
from tests.results.scoring.clause_cases import outcome as clause_outcome

Recalculate = Callable[[bytes], bytes]

pytestmark = pytest.mark.office

# Stored values of other programs' files are kept unless the profile says 0, always recalculate.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def recalculate(tmp_path_factory: pytest.TempPathFactory) -> Recalculate:
    """Sends a workbook through LibreOffice with a fresh profile."""
    folder = tmp_path_factory.mktemp("office")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")

    def through(workbook: bytes) -> bytes:
        source, target = folder / "book.xlsx", folder / "out"
        source.write_bytes(workbook)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(shutil.which("soffice")), profile, "--headless", "--convert-to", "xlsx"]
        subprocess.run(
            [*command, "--outdir", str(target), str(source)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return (target / "book.xlsx").read_bytes()

    return through


def test_the_second_opinion_is_its_own(recalculate: Recalculate) -> None:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 5)
    assert opened(recalculate(stream.getvalue()), values=True).worksheets[0]["A1"].value == 2


def test_every_stored_value_is_what_libreoffice_calculates(recalculate: Recalculate) -> None:
    committee = [submission("A04", total, "committee", str(total)) for total in (899, 900, 902)]
    forms = [
        submission("A01", 960),
        submission("A02", Decimal("899.5")),
        submission("A03", Decimal("799.9")),
        submission("A01", 1000, "self"),
        submission("A03", 612, "self"),
        *committee,
    ]
    assert agreeing(write_statistics(outcome(forms, [("A05", "hq")])), recalculate) > 50


@pytest.mark.parametrize(
    ("method", "rounding", "per"),
    [
        ("mean", "half-up", "leaf"),
        ("trimmed", "down", "leaf"),
        ("median", "up", "leaf"),
        ("trimmed", "half-up", "total"),
        ("median", "down", "total"),
    ],
)
def test_what_clauses_make_of_totals_is_what_libreoffice_calculates(
    recalculate: Recalculate, method: str, rounding: str, per: str
) -> None:
    plan = rubric(
        committee={"method": method, "per": per},
        scale={"to": 1000},
        rounding={"places": 1, "method": rounding},
        floors=[{"node": "Y", "min": 24, "grade": "乙"}],
        adjustments=[
            {"name": "加分", "effect": "bonus", "most": 5},
            {"name": "扣分", "effect": "deduction", "most": 999},
        ],
    ).model_copy(update={"unit_table_title": "彙整表"})
    decided = Rulings(
        adjustments={"A": {"加分": Decimal("2.3")}, "B": {"扣分": Decimal("900")}},
    )
    forms = [
        form(unit, first, second, member)
        for unit, first, second in (("A", 50, 20), ("B", 1, 2), ("C", 33, 31), ("D", 60, 40))
        for member, first, second in (("甲", first, second), ("乙", 7, 7), ("丙", 9, 9))
    ]
    made = write_statistics(clause_outcome(plan, forms, decided))
    assert agreeing(made, recalculate) > 10


@pytest.mark.parametrize("seed", [3, 8, 21, 34])
def test_the_formulas_of_rounds_made_at_random_are_what_libreoffice_calculates(
    recalculate: Recalculate, seed: int
) -> None:
    assert agreeing(made_of(made(seed)).workbook, recalculate) > 10


def test_a_checklist_s_counts_and_rates_are_what_libreoffice_calculates(
    recalculate: Recalculate, tmp_path: Path
) -> None:
    plan = plan_of(tmp_path, "102年6月", ("P1", "P2", "P3"))
    answers = {"P1": {"A3.1": {"status": "未辦理"}, "B1": {"status": "不適用"}}, "P2": {}}
    made = write_statistics(assess(plan, [handed_in(plan, tmp_path, answers)]))
    assert agreeing(made, recalculate) > 20


@pytest.mark.parametrize("id", ["hccg-105", "khb-106", "kpw-102"])
def test_what_changed_since_an_earlier_round_is_what_libreoffice_calculates(
    recalculate: Recalculate, id: str, tmp_path: Path
) -> None:
    before = (outcome_of(id, f"102年{month}月", units(7), month, ("A003",)) for month in (4, 6))
    previous = [read_back(each, tmp_path, f"{each.round}.xlsx") for each in before]
    now = outcome_of(id, "102年12月", units(8)[1:], 2, ("A004",), previous=previous)
    assert agreeing(write_statistics(now), recalculate) > 50


@pytest.mark.parametrize("seed", [5, 13])
def test_the_formulas_of_the_units_sheets_are_what_libreoffice_calculates(
    recalculate: Recalculate, seed: int
) -> None:
    outcome = made_of(made(seed)).outcome
    assert agreeing(write_accounts(outcome, [*outcome.of_unit]), recalculate) > 10


@pytest.mark.parametrize("chosen", [1, 7])
def test_another_unit_that_is_chosen_is_compared_with_its_own_group(
    recalculate: Recalculate, chosen: int
) -> None:
    """Names that formulas could take for patterns or comparisons are names."""
    made = outcome_of_size("hccg-105", 9, kinds=("committee", "self"), groups=2)
    odd = {0: "*", 1: ">0", 2: "甲?乙", 3: "=1"}
    made = replace(
        made,
        units=tuple(
            replace(each, unit=replace(each.unit, name=odd.get(at % 9, each.unit.name)))
            for at, each in enumerate(made.units)
        ),
    )
    book = opened(write_statistics(made))
    sheet, result = book["單位與同組"], made.units[chosen]
    listed = next(
        str(row[0].value)
        for row in sheet.iter_rows(min_row=6)
        if str(row[0].value).startswith(f"{result.unit.code} ")
    )
    sheet["B3"] = listed
    stream = BytesIO()
    book.save(stream)
    rows = grid(recalculate(stream.getvalue()), "單位與同組")
    assert rows[3][1] == f"{result.unit.group}（考核小組）"
    peers = [
        each.items
        for each in made.units
        if (each.kind, each.unit.group) == (result.kind, result.unit.group)
    ]
    for row, item in zip(rows[5:], made.rubric.items, strict=False):
        mean = sum(scores[item.id] for scores in peers) / len(peers)
        assert row[:3] == [item.name, item.cap, pytest.approx(float(result.items[item.id]))]
        assert row[4] == pytest.approx(float(mean))


def agreeing(workbook: bytes, recalculate: Recalculate) -> int:
    """How many formulas there are, all of which come to the value that is stored beside them."""
    ours, theirs = opened(workbook, values=True), opened(recalculate(workbook), values=True)
    assert theirs.sheetnames == ours.sheetnames
    counted = 0
    for sheet in opened(workbook):
        for row in sheet.iter_rows():
            for cell in row:
                stored = ours[sheet.title][cell.coordinate].value
                found = theirs[sheet.title][cell.coordinate].value
                expected = pytest.approx(stored) if isinstance(stored, float) else stored
                assert found == expected, (sheet.title, cell.coordinate, cell.value)
                counted += cell.data_type == "f"
    return counted

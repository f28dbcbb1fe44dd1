"""What the program makes of a round: its JSON document, and the numbers of its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet
from pandas import DataFrame

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import Expected
from svcq_excel.plan.rulings import Reevaluated, Rulings
from svcq_excel.plan.score_changes import ScoreChange, read_score_changes
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome
from svcq_excel.results.outcome_json import as_json
from svcq_excel.results.scoring.changing import changed
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import WrittenDate
from tests.audit.rounds import SHIPPED
from tests.audit.second_voice import Round
from tests.results.reading import opened

Place = tuple[int, int]
"""Row and column, from nothing on."""


@dataclass
class Made:
    """A round's outcome, as it is handed out."""

    outcome: Outcome

    @cached_property
    def document(self) -> Any:
        return as_json(self.outcome, None)

    @cached_property
    def workbook(self) -> bytes:
        return write_statistics(self.outcome)

    @cached_property
    def sheets(self) -> dict[str, list[list[Any]]]:
        book = opened(self.workbook, values=True)
        return {sheet.title: _grid(sheet) for sheet in book.worksheets}


def _grid(sheet: Worksheet) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def numbers(grid: list[list[Any]]) -> dict[Place, float]:
    return {
        (row, column): value
        for row, cells in enumerate(grid)
        for column, value in enumerate(cells)
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def made_of(whole: Round) -> Made:
    id = whole.definition["id"]
    rubric = load(id) if id in SHIPPED else Rubric.model_validate(whole.definition)
    units = tuple(Unit(code, f"單位{code}", group) for code, group in whole.units)
    decided = Rulings(
        {code: Reevaluated(passed) for code, passed in whole.passed.items()},
        {
            code: {name: _decimal(points) for name, points in given.items()}
            for code, given in whole.points.items()
        },
    )
    corrections = {(code, kind) for kind, code in whole.corrections} | whole.wrong
    expected = Expected(
        tuple(Assessor(name, name, "committee") for name in whole.listed),
        tuple(
            Absence(who, (code,), "缺席", "出國", "科長", "決定.csv", at)
            for at, (code, who) in enumerate(sorted(whole.absent), 2)
        ),
    )
    changes = _changes(whole, rubric)
    counted = changed(list(_forms(whole)), changes, units, expected)
    results = conclude(rubric, units, counted.forms, corrections, decided, expected)
    return Made(Outcome(rubric, "105年度", tuple(counted.shown_in(results)), (), rulings=decided))


def _changes(whole: Round, rubric: Rubric) -> tuple[ScoreChange, ...]:
    """As the organiser's table has them."""
    if not whole.changes:
        return ()
    rows = [
        (c.unit, c.kind, c.leaf, _decimal(c.before), _decimal(c.after), c.member)
        for c in whole.changes
    ]
    heads = ("編號", "考核種類", "代號", "原得分", "調整後得分", "考核人員")
    frame = DataFrame(rows, columns=heads).assign(理由="申復", 核定人="王", 日期="105/7/20")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "成績調整.csv"
        frame.to_csv(path, index=False)
        return read_score_changes(path, rubric)


def _forms(whole: Round) -> Iterator[Submission]:
    for (kind, code), given in whole.forms.items():
        for key, scores in given.items():
            points = {leaf: _decimal(score) for leaf, score in scores.items()}
            day = WrittenDate(2016, 9, 10)
            yield Submission(code, kind, key, points, day, key)  # type: ignore[arg-type]  # a str is a Kind here


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator

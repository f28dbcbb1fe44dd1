"""The workbooks of an assessment, each as a secretary would have it, made of the samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from svcq_excel import pipeline
from svcq_excel.assessment.new import new_folder
from svcq_excel.cli.demo import ROUNDS, plan_of, samples_of
from svcq_excel.form.identity import INDEX
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.copies import Copies
from tests.results.earlier import outcome_of, read_back

IDS = tuple(ROUNDS)
TABLE = "結果"
_BEFORE = {
    "wra-105": ("103年度", "104年度"),
    "khb-106": ("104年度", "105年度"),
    "hccg-105": ("103年度", "104年度"),
    "kpw-102": ("102年4月",),
}
"""Earlier rounds, made up, with which those of the samples are compared."""


def workbooks(id: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """By what they are called, in the order in which they come up in a year."""
    plan, inbox = plan_of(id), samples_of(id) / "returned"
    yield "考核計畫", new_folder(folder / id, id).folder.plan_workbook
    forms = folder / "空白表件"
    issued = pipeline.issue(plan, plan.assessors or [SELF], forms)
    yield "空白表件", issued[0].path
    yield "表件清單", forms / INDEX
    yield "檢核結果", pipeline.check(plan, inbox, folder / "檢核").paths[0]
    for returned in pipeline.send_back(plan, inbox, folder / "補正").forms[:1]:
        yield "補正表件", returned.path
    made_up = (outcome_of(id, round, plan.units, 1) for round in _BEFORE[id])
    before = [read_back(each, folder, f"{each.round}.xlsx") for each in made_up]
    copies = Copies(public=True, converted=False)
    plan = replace(plan, copies=copies, previous=tuple(before))
    for path in pipeline.merge(plan, inbox, folder / "結果" / f"{TABLE}.xlsx").paths:
        if path.suffix == ".xlsx":
            yield path.stem.removeprefix(f"{TABLE}_"), path

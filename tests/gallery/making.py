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

IDS = tuple(ROUNDS)
TABLE = "結果"


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
    plan = replace(plan, copies=Copies(public=True, converted=False))
    for path in pipeline.merge(plan, inbox, folder / "結果" / f"{TABLE}.xlsx").paths:
        if path.suffix == ".xlsx":
            yield path.stem.removeprefix(f"{TABLE}_"), path

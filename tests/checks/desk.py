"""Forms as units hand them in: issued, filled in without a fault, then changed in one way."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zipfile import ZipFile

from svcq_excel.checks.examples import clean_facts
from svcq_excel.form.identity import HIDDEN_SHEET, PROPERTY_PREFIX
from svcq_excel.pipeline import assess, issue
from svcq_excel.plan.assessors import SELF, Assessor
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import FileResult
from tests.paper.filled_form import Paper

SHEET = "xl/worksheets/sheet1.xml"
CORE = "docProps/core.xml"


class Desk:
    """Where forms are filled in, beside the inbox they are put into."""

    def __init__(self, plan: Plan, blanks: Path, folder: Path) -> None:
        self.plan, self.blanks, self.inbox = plan, blanks, folder / "收件 夾"
        self.inbox.mkdir()

    def paper(
        self, plan: Plan | None = None, unit: Unit | None = None, assessor: Assessor = SELF
    ) -> Paper:
        """A form, filled in like the clean facts that the rules' examples start from."""
        plan = plan or self.plan
        alone = Plan(plan.rubric, (unit or plan.units[0],), plan.round, seal_key=plan.seal_key)
        paper = Paper(_blank(alone, assessor, self.blanks), plan.rubric)
        _fill(paper)
        return paper

    def same_paper(self) -> Paper:
        """The same, for who changes nothing but entries: opening a form is what takes time."""
        alone = Plan(self.plan.rubric, self.plan.units[:1], self.plan.round)
        paper = _opened(alone, self.blanks)
        _fill(paper)
        return paper

    def hand_in(self, paper: Paper, name: str = "表 一.xlsx") -> Path:
        paper.save(self.inbox / name)
        return self.inbox / name

    def put(self, data: bytes, name: str = "表 一.xlsx") -> None:
        (self.inbox / name).write_bytes(data)

    def assessed(self) -> tuple[FileResult, ...]:
        return assess(self.plan, [self.inbox]).files


@cache
def _blank(plan: Plan, assessor: Assessor, folder: Path) -> Path:
    (form,) = issue(plan, (assessor,), folder / str(len(list(folder.iterdir()))))
    return form.path


@cache
def _opened(plan: Plan, folder: Path) -> Paper:
    return Paper(_blank(plan, SELF, folder), plan.rubric)


def _fill(paper: Paper) -> None:
    paper.entry("", "date").value = None
    for leaf, (entry, *_) in clean_facts(paper.rubric).entries.items():
        named = {paper.layout.main: entry.score, "band": entry.band, "measure": entry.measure}
        for key, cell in {**named, **entry.others}.items():
            if cell is not None:
                paper.entry(leaf, key).value = cell.value or None
                paper.entry(leaf, key).number_format = "General"


def said(file: FileResult) -> str:
    """accepted A1.1.1.1:score-normalised"""
    found = (f"{v.criterion}:{v.code}" if v.criterion else v.code for v in file.found)
    return " ".join([file.status, *found])


def stamp(paper: Paper, *places: str, **identity: str) -> None:
    """Change the form's own marks: hidden sheet, document properties, what can be seen."""
    if "hidden" in places:
        for name, value in paper.book[HIDDEN_SHEET].iter_rows(max_col=2):
            value.value = identity.get(str(name.value), value.value)
    if "properties" in places:
        for each in paper.book.custom_doc_props.props:  # type: ignore[attr-defined]
            key = str(each.name).removeprefix(PROPERTY_PREFIX)
            each.value = identity.get(key, each.value)
    if "visible" in places:
        for box in paper.layout.boxes:
            if box.what in identity:
                paper.sheet.cell(box.row + 1, box.column + 1).value = identity[box.what]


def patch(path: Path, member: str, change: Callable[[str], str]) -> None:
    """Change the text of a zip member, which openpyxl has no way to write."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[member].decode("utf-8")
    after = change(before)
    assert after != before
    with ZipFile(path, "w") as archive:
        for name, data in {**parts, member: after.encode()}.items():
            archive.writestr(name, data)


def store(path: Path, paper: Paper, leaf: str, result: str, kind: str = "n") -> None:
    """The stored result of the formula that was entered as a leaf's score."""
    address = paper.entry(leaf, "score").coordinate
    cell = re.compile(rf'<c r="{address}"([^>]*?)(?: t="\w+")?><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')
    patch(
        path,
        SHEET,
        lambda xml: cell.sub(rf'<c r="{address}"\1 t="{kind}"><f>\2</f><v>{result}</v></c>', xml),
    )


def save_date(path: Path, moment: str) -> None:
    """When the workbook says that it was saved."""
    patch(path, CORE, lambda xml: re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{moment}", xml))

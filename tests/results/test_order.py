"""The order of what results tell hangs on the lists and the paper, never on the names of files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.pipeline import assess, define, issue
from svcq_excel.plan.plan import Plan
from svcq_excel.results.workbook import write_report, write_statistics
from tests.paper.filled_form import Paper
from tests.results.reading import grid, opened

MEMBERS, UNITS = ("委員丙", "委員甲", "委員乙"), ("Z9", "A01")
"""In no order but that of their lists."""
_FILE_LISTS = {"收件紀錄"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("lists")
    units, who = folder / "units.csv", folder / "who.csv"
    rows = "".join(f"{code},單位{code},第1組\n" for code in UNITS)
    units.write_text(f"編號,受考核單位名稱,組別\n{rows}", "utf-8")
    who.write_text("\n".join(["考核人員", *MEMBERS, ""]), "utf-8")
    return define("hccg-105", units, "105年度", assessors=who)


@pytest.fixture(scope="module")
def forms(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Of both units, by all members, who write a note each; one handed in a second form."""
    folder = tmp_path_factory.mktemp("forms")
    made = []
    for at, form in enumerate(issue(plan, plan.assessors, folder)):
        paper = Paper(form.path, plan.rubric)
        for number, leaf in enumerate(plan.rubric.leaves):
            high = leaf.bands[0].max if leaf.bands else leaf.cap
            paper.enter(leaf.id, score=float(high - (at + number) % 3))
        paper.enter(plan.rubric.leaves[3].id, note="同一句話" if at % 3 else "另一句話")
        paper.enter(assessor=form.assessor.name, date="105年9月10日")
        paper.save(folder / f"filled {at}.xlsx")
        made.append((folder / f"filled {at}.xlsx").read_bytes())
        if not at:
            paper.enter(plan.rubric.leaves[5].id, score=-1.0)
            paper.save(folder / "again.xlsx")
            made.append((folder / "again.xlsx").read_bytes())
    return made


def told(plan: Plan, inbox: Path) -> dict[str, Sequence[Sequence[object]]]:
    """Every sheet that is no list of files, without their names."""
    outcome = assess(plan, [inbox])
    names = re.compile("|".join(re.escape(file.path) for file in outcome.files))
    short = re.compile("|".join(re.escape(Path(file.path).name) for file in outcome.files))
    found: dict[str, Sequence[Sequence[object]]] = {}
    for which, made in (("統計表", write_statistics(outcome)), ("報告", write_report(outcome))):
        for name in opened(made).sheetnames:
            if name not in _FILE_LISTS:
                found[f"{which} {name}"] = [
                    [short.sub("檔", names.sub("檔", c)) if isinstance(c, str) else c for c in row]
                    for row in grid(made, name)
                ]
    return found


def laid(forms: Sequence[bytes], names: Sequence[int], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, form in zip(names, forms, strict=True):
        (folder / f"f{name}.xlsx").write_bytes(form)
    return folder


def test_however_files_are_called_every_sheet_says_the_same(
    plan: Plan, forms: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("inbox")
    usual = told(plan, laid(forms, range(len(forms)), folder))

    @settings(max_examples=5, deadline=None)
    @given(st.permutations(range(len(forms))))
    def same(names: Sequence[int]) -> None:
        assert told(plan, laid(forms, names, folder)) == usual

    same()


def test_texts_stand_in_the_order_of_the_list_of_assessors(
    plan: Plan, forms: list[bytes], tmp_path: Path
) -> None:
    outcome = assess(plan, [laid(forms[2:], range(len(forms))[2:][::-1], tmp_path / "in")])
    second = outcome.units[1]
    note = second.notes[plan.rubric.leaves[3].id]
    assert second.unit.code == "A01"
    assert note == "委員丙：另一句話\n委員甲、委員乙：同一句話"
    assert second.assessors == MEMBERS


def test_without_a_list_the_order_is_that_of_the_keys(
    plan: Plan, forms: list[bytes], tmp_path: Path
) -> None:
    unlisted = Plan(plan.rubric, plan.units, plan.round)
    for names in ((1, 2, 3), (3, 2, 1)):
        outcome = assess(unlisted, [laid(forms[-3:], names, tmp_path / "in")])
        assert outcome.units[1].assessors == tuple(sorted(MEMBERS))

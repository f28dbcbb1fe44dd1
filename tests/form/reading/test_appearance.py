"""Whatever covers an entry is a fact, and of the forms that we issue nothing does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.grid import entry_keys
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.once_a_form import OnceAForm
from svcq_excel.rubric.shipped import load as load_rubric
from tests.conftest import Convert
from tests.form.filling import Filling, at, facts_of, fill, load, saved
from tests.form.reading.covering import COVERS
from tests.workbooks.xlsb import from_xlsx

UNSEEN = {"ods": set[str](), "xls": {"unprinted", "on a condition"}, "xlsx": set[str]()}
"""What the looks at each format do not tell."""
RUBRICS = ("wra-105", "hccg-105", "khb-106", "kpw-102")


@OnceAForm
def filled(rubric: Rubric) -> bytes:
    """A form in which something stands in every entry."""
    entries = {
        (leaf.id, key): ("有" if key in {"note", "status", "band", "done", "proof"} else 0.5)
        for leaf in rubric.leaves
        for key in entry_keys(leaf)
    }
    return fill(rubric, Filling(entries))


@pytest.mark.parametrize("name", RUBRICS)
def test_what_is_entered_in_our_form_is_seen(name: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(filled(load_rubric(name)))
    assert facts_of(path, load_rubric(name)).veils == ()


@pytest.mark.office
@pytest.mark.parametrize("name", RUBRICS)
def test_an_office_program_saves_it_so_that_it_is_seen(
    name: str, office: Convert, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(filled(load_rubric(name)))
    for kind in ("ods", "xls", "xlsx"):
        (saved,) = office([path], kind, tmp_path / kind)
        assert facts_of(saved, load_rubric(name)).veils == (), kind


def covered(rubric: Rubric, cover: str, leaf: str) -> bytes:
    book = load(filled(rubric))
    sheet = book[FORM_SHEET]
    COVERS[cover][1](sheet, at(sheet, lay_out(rubric).entries[leaf, lay_out(rubric).main]))
    return saved(book)


def told_of(facts: FormFacts, leaf: str) -> set[str]:
    """Why the score of a leaf is seen otherwise; what counts is what was entered."""
    assert {entry.score.value for (entry,) in facts.entries.values()} <= {0.5, "有"}
    row, column = facts.entries[leaf][0].score.row, facts.entries[leaf][0].score.column
    return {veil.why for veil in facts.veils if (veil.row, veil.column) == (row, column)}


@settings(max_examples=24)
@given(st.data())
def test_no_entry_is_covered_without_a_finding(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    rubric = load_rubric(data.draw(st.sampled_from(RUBRICS)))
    cover = data.draw(st.sampled_from([*COVERS]))
    leaf = data.draw(st.sampled_from([leaf.id for leaf in rubric.leaves]))
    path = tmp_path_factory.mktemp("表") / "表.xlsx"
    path.write_bytes(covered(rubric, cover, leaf))
    facts = facts_of(path, rubric)
    assert COVERS[cover][0] in told_of(facts, leaf)
    found = check(CheckedForm(facts, rubric))
    assert leaf in {each.criterion for each in found if each.code == "shown-otherwise"}


@pytest.mark.office
@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_what_covers_an_entry_is_seen_in_what_an_office_program_saves(
    kind: str, office: Convert, tmp_path: Path
) -> None:
    rubric, leaf = load_rubric("wra-105"), "A1.1.2"
    paths = {cover: tmp_path / f"{i}.xlsx" for i, cover in enumerate(COVERS)}
    for cover, path in paths.items():
        path.write_bytes(covered(rubric, cover, leaf))
    made = dict(zip(paths, office([*paths.values()], kind, tmp_path / kind), strict=True))
    missed = {
        cover
        for cover, path in made.items()
        if COVERS[cover][0] not in told_of(facts_of(path, rubric), leaf)
    }
    assert missed == UNSEEN[kind]


def test_a_number_format_of_xlsb_is_told(tmp_path: Path) -> None:
    rubric, key = load_rubric("wra-105"), ("A1.1.2", "score")
    form = fill(rubric, Filling({key: 0.5}, percents=frozenset({key})))
    path = tmp_path / "表.xlsb"
    with ZipFile(BytesIO(from_xlsx(form))) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            shown = "0.0%".encode("utf-16-le"), '"12"'.encode("utf-16-le")
            new.writestr(name, old.read(name).replace(*shown))
    (veil,) = facts_of(path, rubric).veils
    assert (veil.why, veil.shown) == ("format", "12")

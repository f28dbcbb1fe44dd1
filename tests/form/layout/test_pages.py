"""The form on paper: its pages as they were planned, none empty, heads on each, nothing cut."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from svcq_excel.form.layout.grid import Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Direction, Rubric
from svcq_excel.rubric.shipped import load
from tests.conftest import Convert
from tests.form.filling import blank

pytestmark = pytest.mark.office

A4_PT = {"landscape": (842, 595), "portrait": (595, 842)}
PRINTED: tuple[tuple[str, Direction | None], ...] = (
    ("wra-105", None),
    ("wra-105", "portrait"),
    ("khb-106", None),
    ("hccg-105", "portrait"),
)
OTHER_SHEETS = 2  # 優缺點及改善事項 and 填寫說明, a page each


@pytest.fixture(scope="module", params=PRINTED, ids=str)
def rubric(request: pytest.FixtureRequest) -> Rubric:
    id, direction = request.param
    return load(id).on_paper(direction)


@pytest.fixture(scope="module")
def pdf(
    office: Convert, kai: None, rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    folder = tmp_path_factory.mktemp("paper")
    (folder / "form.xlsx").write_bytes(blank(rubric))
    return office([folder / "form.xlsx"], "pdf", folder)[0]


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[str]:
    """The text of each page, without blanks."""
    text = text_of(pdf, "-layout").removesuffix("\f")
    return ["".join(page.split()) for page in text.split("\f")]


def text_of(pdf: Path, order: str) -> str:
    """The text as it stands on the page, or, with -raw, cell after cell."""
    command = ["pdftotext", order, str(pdf), "-"]
    told = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return told.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def form_pages(pages: list[str]) -> list[str]:
    return pages[:-OTHER_SHEETS]


def test_there_are_as_many_pages_as_were_planned(rubric: Rubric, pages: list[str]) -> None:
    """A table too wide for the paper would take twice as many."""
    assert len(pages) == len(lay_out(rubric).breaks) + 1 + OTHER_SHEETS


def test_every_page_lies_as_the_definition_says_or_its_columns_ask(
    rubric: Rubric, pdf: Path
) -> None:
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, timeout=60)
    size = re.search(rb"Page size:\s+([0-9.]+) x ([0-9.]+)", told.stdout)
    expected = A4_PT[lay_out(rubric).paper.direction]
    assert size and tuple(round(float(side)) for side in size.groups()) == expected


def test_no_page_is_empty(pages: list[str]) -> None:
    bare = [re.sub(r"第\d+頁，共\d+頁|form(\.xlsx)?", "", page) for page in pages]
    assert all(len(page) > 20 for page in bare), [len(page) for page in bare]


def test_the_column_heads_stand_on_every_page_of_the_form(
    rubric: Rubric, form_pages: list[str]
) -> None:
    heads = [column.title for column in lay_out(rubric).columns if column.title]
    assert len(heads) >= 5
    for page in form_pages:
        assert all(head in page for head in heads)


def test_every_page_says_which_of_how_many_it_is(pages: list[str]) -> None:
    for at, page in enumerate(pages, 1):
        assert f"第{at}頁，共{len(pages)}頁" in page


def test_every_page_holds_the_rows_that_were_planned_for_it(
    rubric: Rubric, form_pages: list[str]
) -> None:
    """Bands as marks of the rows: each on its page, on no other, and none cut away."""
    layout = lay_out(rubric)
    edges = [0, *layout.breaks, len(layout.heights)]
    for page, first, last in zip(form_pages, edges, edges[1:], strict=False):
        here = [b for b in layout.boxes if b.what == "range" and first <= b.row < last]
        shown = re.findall(r"\d+[-－—‐]\d+分", page)
        assert len(shown) == len(here)
        assert shown == [box.text for box in here]


def test_every_label_is_printed_in_one_piece(rubric: Rubric, pdf: Path) -> None:
    printed = "".join(text_of(pdf, "-raw").split())
    for box in lay_out(rubric).boxes:
        if box.role is Role.LABEL and box.text:
            assert "".join(box.text.split()) in printed, box.text


def test_no_text_runs_over_another(pdf: Path) -> None:
    """Text that its row has no room for lies over, or under, that of the rows beside it."""
    words = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>')
    for page in text_of(pdf, "-bbox").split("<page ")[1:]:
        found = [(*map(float, box), word) for *box, word in words.findall(page)]
        assert found
        for a, b in combinations(found, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            lower = min(a[3] - a[1], b[3] - b[1])
            assert across <= 1 or down <= 0.35 * lower, (a, b)

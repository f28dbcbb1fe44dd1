"""The shipped kpw-102 has what can be read of its source, and says what cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.shipped import load

from .sources import seed, squeezed

# What extraction brought into cells that can be read all the same, and how they are read.
NOISE = {
    "際片末間40本京昭32": "",
    ",流通實施": "流通實施",
    "·訊整合": "訊整合",
    "(RSS)·": "(RSS)。",
    "□·便利超商·民間社": "□、便利超商、民間社",
    "一提散。": "之擴散。",  # as the 執行重點 beside it says
    "解決模式。(詳參「機": "解決模式。",  # what it refers to is lost at a page break
}
# Put together from the two garbled versions of the first page.
DECIDED = {
    "一、提升服務品質,深化服務績效",
    "(五)□□體辦理或主動參與各項公益事務,擴散政府服務訊息及功能。",  # its beginning is lost
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load("kpw-102")


@pytest.fixture(scope="module")
def cells() -> list[str]:
    """The cells of the table 肆、計畫內容, line by line, as they were extracted."""
    text = seed("002")
    table = text[text.index("肆、計畫內容") : text.index("伍、考核與獎勵")]
    found = [squeezed(cell) for cell in re.split(r"[\t\n]", table)]
    for noise, read in NOISE.items():
        found = [cell.replace(noise, read) for cell in found]
    return [cell for cell in found if cell]


def wordings(nodes: Sequence[Node]) -> Iterator[str]:
    """What the form prints of each node; a step's number stands before its text."""
    for node in nodes:
        numbered = node.printed[0].isdigit()
        texts = (f"{node.printed}{node.text}",) if numbered else (node.printed, node.text or "")
        yield from filter(None, map(squeezed, texts))
        yield from wordings(node.children)


def is_cut_from(cells: Sequence[str], text: str) -> bool:
    """Whether a text is cells of the table, one below the other, those beside them left out."""
    for cell in cells:
        text = text.removeprefix(cell)
    return not text


def test_every_wording_is_put_together_from_the_lines_of_the_source(
    rubric: Rubric, cells: list[str]
) -> None:
    table = "".join(cells)
    astray = {
        text
        for text in wordings(rubric.tree)
        if text not in table
        and not any(
            is_cut_from(cells[at:], text) for at, cell in enumerate(cells) if text.startswith(cell)
        )
    }
    assert astray == DECIDED


def test_what_can_be_read_of_the_first_page_is_as_the_source_has_it(rubric: Rubric) -> None:
    said = {leaf.id: leaf.text for leaf in rubric.leaves}
    assert said["A1"] == "執行(工作)計畫,公佈於機關網站及服務場所。"
    assert (said["A5"] or "").startswith("善用社會資源")


def test_what_cannot_be_read_is_named(rubric: Rubric) -> None:
    assert len(rubric.unread) == 10
    assert all(re.match("[一二三四五]、", line) for line in rubric.unread)


def test_42_steps_under_five_headings_are_checked_in_three_months(rubric: Rubric) -> None:
    assert [len(top.leaves) for top in rubric.tree] == [12, 8, 7, 8, 7]
    due = {month: sum(month in leaf.due for leaf in rubric.leaves) for month in range(1, 13)}
    assert {month: steps for month, steps in due.items() if steps} == {4: 1, 6: 37, 12: 40}


def test_nothing_is_scored(rubric: Rubric) -> None:
    assert rubric.is_checklist
    assert not rubric.full_score
    assert not rubric.grades

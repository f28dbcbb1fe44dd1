"""Documents to hand in are worded as in the annexes, and forms that are out stay valid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.documents import Heading
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import folder, load

from .sources import seed, squeezed

ANNEXES = [("wra-105", "003", "(機關全銜) 創意服務名稱"), ("kpw-102", "002", "附件2 工作計畫")]
# The name of the unit stands in the place that the source leaves for it.
BLANKS = {"(機關全銜)", "(機關名稱)", "○○○○○○(機關全衛)"}


def wordings(heads: Sequence[Heading]) -> Iterator[str]:
    for head in heads:
        yield from (head.name, head.hint or "", *head.columns)
        yield from wordings(head.heads)


@pytest.mark.parametrize(("id", "number", "first"), ANNEXES)
def test_every_wording_stands_in_the_source_in_this_order(id: str, number: str, first: str) -> None:
    source = seed(number)
    rest = squeezed(source[source.rindex(first) :]).replace("-", "")
    for blank in BLANKS:
        rest = rest.replace(blank, "{unit}")
    for document in load(id).documents:
        for text in (document.title, document.line, *wordings(document.heads), document.note):
            if text:
                _, found, rest = rest.partition(squeezed(text))
                assert found, text


def test_three_pages_are_the_limit_where_the_source_names_one() -> None:
    limits = {each.annex: each.pages for id, *_ in ANNEXES for each in load(id).documents}
    assert limits == {"附錄1": 3, "附錄2": 3, "附件2": None}


def test_a_form_made_before_documents_were_asked_for_is_of_the_same_definition() -> None:
    rubric = load("wra-105")
    before = Rubric.model_validate({**rubric.model_dump(), "documents": ()})
    assert before.digest == rubric.digest
    assert before != rubric


@pytest.mark.parametrize(
    ("sound", "faulty", "said"),
    [
        ("id: annual-report", "id: creative-service", "文件代號「creative-service」重複"),
        ("name: 績效總報告", "name: 創意服務計畫", "文件名稱「創意服務計畫」重複"),
        ('"{unit} 105', '"{name} 105', "title 中的 {name} 無從代入"),
    ],
)
def test_documents_that_cannot_be_told_apart_or_filled_in_are_named(
    tmp_path: Path, sound: str, faulty: str, said: str
) -> None:
    text = (folder() / "wra-105.yaml").read_text(encoding="utf-8")
    assert sound in text
    path = tmp_path / "自訂.yaml"
    path.write_text(text.replace(sound, faulty), encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load(str(path))
    (problem,) = raised.value.problems
    assert said in problem.message and problem.line

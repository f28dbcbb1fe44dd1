"""A rubric is found by its id or its path, and a wrong one is answered with the right ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric import shipped
from svcq_excel.rubric.lint.linter import lint
from svcq_excel.rubric.reader import read
from tests.rubric.small_rubric import SOUND, write


@pytest.mark.parametrize(
    "path", sorted(shipped.folder().glob("*.yaml")), ids=lambda path: path.name
)
def test_a_shipped_rubric_is_sound(path: Path) -> None:
    rubric, source = read(path)
    assert lint(rubric, source) == ()


def test_the_assessments_of_the_sources_ship() -> None:
    assert [rubric.id for rubric in shipped.shipped()] == [
        "hccg-105",
        "khb-106",
        "kpw-102",
        "wra-105",
    ]
    assert shipped.load("wra-105").agency == "經濟部水利署"


def test_an_unknown_reference_is_answered_with_the_nearest_id() -> None:
    with pytest.raises(DefinitionError) as caught:
        shipped.load("wra105")
    (problem,) = caught.value.problems
    assert "沒有這個檔案" in problem.message
    assert problem.fix.startswith("您要的或許是 wra-105；內建的有：")


def test_a_reference_no_file_can_have_is_told() -> None:
    for ref in ("", "a\0b", "長" * 5000):
        with pytest.raises(DefinitionError):
            shipped.load(ref)


def test_a_shipped_file_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, SOUND)
    (tmp_path / "壞.yaml").write_text("[", encoding="utf-8")
    monkeypatch.setattr(shipped, "folder", lambda: tmp_path)
    assert [rubric.id for rubric in shipped.shipped()] == ["small"]
    assert shipped.load("small").title == shipped.load("評分表 1").title == "小考核"
    with pytest.raises(DefinitionError):
        shipped.load("壞")


def test_forms_that_are_out_know_their_definition() -> None:
    """What is added to definitions later leaves the digest of those that do not use it."""
    assert shipped.load("wra-105").digest == "2ff5cddba9e3a74a"

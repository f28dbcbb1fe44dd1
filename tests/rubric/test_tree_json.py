"""`rubric show --json` keeps what CONTRACT.md promises."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.rubric.node import json_number
from svcq_excel.rubric.reader import read_rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.rubric.tree_json import as_json
from tests.rubric.small_rubric import spoilt


def test_a_tree_is_shown_with_levels_bands_and_measures(tmp_path: Path) -> None:
    rubric = read_rubric(spoilt(tmp_path, "measure_min: 70", "measure_min: 70.5"))
    environment = {
        "id": "A1.1",
        "name": "環境",
        "level": "細項",
        "cap": 40,
        "children": [],
        "bands": [{"min": 21, "max": 40, "text": "佳"}, {"min": 1, "max": 20, "text": "可"}],
    }
    phone = {
        "id": "A1.2",
        "name": "電話",
        "level": "細項",
        "cap": 20,
        "children": [],
        "bands": [
            {"min": 11, "max": 20, "text": "優良", "measure_min": 90},
            {"min": 1, "max": 10, "text": "普通", "measure_min": 70.5},
        ],
        "measure": {"label": "測試分數", "unit": "分"},
    }
    image = {
        "id": "A1",
        "name": "形象",
        "level": "項目",
        "cap": 60,
        "children": [environment, phone],
    }
    new = {"id": "A2", "name": "創新", "level": "項目", "cap": 40, "children": []}
    assert as_json(rubric) == {
        "id": "small",
        "title": "小考核",
        "year": 105,
        "full_score": 100,
        "levels": ["構面", "項目", "細項"],
        "tree": [
            {"id": "A", "name": "便民", "level": "構面", "cap": 100, "children": [image, new]}
        ],
        "grades": [{"name": "甲", "min": 80}, {"name": "乙", "min": 0}],
    }


def test_a_shipped_tree_is_json() -> None:
    shown = as_json(load("wra-105"))
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize(
    ("value", "text"), [("95", "95"), ("95.0", "95"), ("95.5", "95.5"), ("1E+2", "100")]
)
def test_numbers_are_whole_where_they_are_whole(value: str, text: str) -> None:
    assert json.dumps(json_number(Decimal(value))) == text


def test_a_step_of_a_checklist_has_months_and_no_cap() -> None:
    shown = as_json(load("kpw-102"))
    (first,) = [top["children"][0] for top in shown["tree"][:1]]  # type: ignore[index]
    assert first["due"] == [4]
    assert "cap" not in first
    assert shown["unread"] == list(load("kpw-102").unread)


def test_a_rate_of_growth_is_shown_at_its_leaf() -> None:
    leaf = load("hccg-105").nodes["B2.1.1"]
    assert leaf.growth and leaf.growth.model_dump() == {
        "label": "線上服務項目數成長率",
        "of": "提供線上服務項目數",
        "unit": "項",
    }
    assert '"growth": {"label": "線上服務項目數成長率"' in json.dumps(
        as_json(load("hccg-105")), ensure_ascii=False
    )

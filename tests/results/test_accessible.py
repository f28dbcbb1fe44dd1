"""Whoever cannot see colours, or hears a sheet instead of seeing it, is told the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from svcq_excel.form.styles import FORMATS
from svcq_excel.results.page.styles import LOOKS
from svcq_excel.results.workbook import write_report
from svcq_excel.rubric.shipped import load
from tests.form.filling import blank
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import opened

_LEAST = 4.5
_ONLY_A_STROKE = {"unused"}
"""Where nothing is to be read but that nothing is to be entered."""


def luminance(colour: str) -> float:
    shares = [int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: Mapping[str, Any]) -> float:
    ink, ground = look.get("font_color", "000000"), look.get("bg_color", "FFFFFF")
    dark, light = sorted((luminance(str(ink)), luminance(str(ground))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("looks", [LOOKS, FORMATS], ids=["results", "forms"])
def test_letters_stand_out_from_their_ground(looks: Mapping[str, Mapping[str, Any]]) -> None:
    faint = {name: contrast(look) for name, look in looks.items() if contrast(look) < _LEAST}
    assert faint.keys() <= _ONLY_A_STROKE, faint


@pytest.mark.parametrize("id", DEMOS)
def test_every_sheet_names_its_heads_and_the_workbook_its_title(id: str) -> None:
    book = opened(workbook_of(id))
    assert book.properties.title == outcome_of(id).rubric.title_of_table(outcome_of(id).kinds[0])
    for sheet in book:
        named = sheet.defined_names["ColumnTitle"].attr_text or ""
        first, last = map(int, re.findall(r"\$([0-9]+)", named))
        assert any(sheet.cell(at, 1).value for at in range(first, last + 1)), sheet.title


@pytest.mark.parametrize("id", DEMOS)
def test_a_tinted_cell_has_a_word_in_it(id: str) -> None:
    """待補正, 未繳, 應更正: no colour tells what no word does."""
    for sheet in opened(workbook_of(id)):
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                assert rule.type == "expression" or re.fullmatch('"[^"]+"', rule.formula[0])


@pytest.mark.parametrize("id", DEMOS)
def test_what_excel_opens_is_as_its_makers_specify(id: str, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    made = {
        "statistics": workbook_of(id),
        "report": write_report(outcome_of(id)),
        "form": blank(load(id)),
    }
    for name, data in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
        result = audit.OpenXmlValidator().validate(str(tmp_path / f"{name}.xlsx"))
        assert not result.errors, (name, result.errors[:3])

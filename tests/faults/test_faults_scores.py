"""How scores are spelled, in the three formats: read and noted, or refused and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from svcq_excel.workbooks.workbook import Value
from tests.conftest import Convert
from tests.faults.bombs import CONTENT
from tests.faults.forms import (
    FAMILIES,
    RUBRIC,
    SCORES_ON_PAPER,
    Family,
    paper,
    replaced,
    scores_in,
    with_parts,
)
from tests.faults.inbox import Inbox, Merged
from tests.paper.filled_form import Paper

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

NOTED: dict[str, Callable[[int], str]] = {
    "wide": lambda score: str(score).translate(_WIDE),
    "blanks around": " {} ".format,
    "unit": "{}分".format,
    "unit after a blank": "{} 分".format,
    "wide with unit": lambda score: f"{score}分".translate(_WIDE),
    "point": "{}.".format,
    "no-break space": "{}\u00a0".format,
    "zero-width space": "\u200b{}".format,
    "wide blank": "\u3000{}".format,
    "apostrophe": "'{}".format,
    "text": str,
}
REFUSED: dict[str, Value] = {
    "in words": "九十五",
    "letters": "A+",
    "dash": "—",
    "decimal comma": "9,5",
    "share": "9/10",
    "exponent": "1e2",
    "NaN": "NaN",
    "infinity": "inf",
    "underscore": "1_0",
    "Arabic digits": "٩٥",
    "date": date(2016, 9, 5),
    "TRUE": True,
    "range": "9-5",
    "percent": "95%",
}
ERRORS = {"#DIV/0!": "=1/0", "#N/A": "=NA()", "#REF!": "#REF!", "#VALUE!": '="a"+1'}

LEAVES = tuple(leaf.id for leaf in RUBRIC.leaves)
WRONG = [*REFUSED, *ERRORS]


def spelled_so(desk: Paper) -> None:
    for leaf, spell in zip(LEAVES, NOTED.values(), strict=False):
        _as_text(desk, leaf, spell(SCORES_ON_PAPER[leaf]))


def refused_all(desk: Paper) -> None:
    for leaf, value in zip(LEAVES, REFUSED.values(), strict=False):
        if isinstance(value, str):
            _as_text(desk, leaf, value)
        else:
            desk.entry(leaf, "score").value = value
            desk.entry(leaf, "score").number_format = "General"
    desk.entry(LEAVES[list(REFUSED).index("date")], "score").number_format = "yyyy-mm-dd"
    for leaf, value in zip(LEAVES[len(REFUSED) :], ERRORS.values(), strict=False):
        desk.entry(leaf, "score").value = value


def _as_text(desk: Paper, leaf: str, text: str) -> None:
    cell = desk.entry(leaf, "score")
    cell.value = text
    cell.data_type = "s"


def not_computed(desk: Paper) -> None:
    desk.entry(LEAVES[0], "score").value = "=60+20"


def without_result(form: bytes) -> bytes:
    """A score in .ods is a formula that was never computed."""
    score = scores_in("ods")[LEAVES[0]]
    was = f'office:value-type="float" office:value="{score}" calcext:value-type="float"'
    return with_parts(form, {CONTENT: replaced(was, 'table:formula="of:=60+20"')})


PAPERS: dict[str, Callable[[Paper], None]] = {"noted": spelled_so, "refused": refused_all}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory, office: Convert) -> Merged:
    folder = tmp_path_factory.mktemp("scores")
    inbox = Inbox(folder / "round")
    drawn: list[Path] = []
    for family in FAMILIES:
        for name, change in PAPERS.items():
            path = folder / f"{name}-{family}.xlsx"
            path.write_bytes(paper(inbox.sender(f"{name}.{family}", SCORES_ON_PAPER), change))
            drawn.append(path)
    for family in FAMILIES:
        chosen = [path for path in drawn if path.stem.endswith(f"-{family}")]
        saved = chosen if family == "xlsx" else office(chosen, family, folder / "saved")
        for name, path in zip(PAPERS, saved, strict=True):
            inbox.put(f"{name}.{family}", path.read_bytes())
    name = "not computed.xlsx"
    inbox.put(name, paper(inbox.sender(name, SCORES_ON_PAPER), not_computed))
    inbox.put("not computed.ods", without_result(inbox.form("not computed.ods", "ods")))
    return inbox.merged()


def codes_at(merged: Merged, name: str, leaf: str) -> set[str]:
    found = merged.by_name[name]["violations"]
    return {violation["code"] for violation in found if violation["criterion"] == leaf}


def told_at(merged: Merged, name: str, leaf: str) -> Iterator[str]:
    for violation in merged.by_name[name]["violations"]:
        if violation["criterion"] == leaf:
            yield violation["message"]


pytestmark = pytest.mark.office


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("family", FAMILIES)
def test_scores_that_can_be_read_count_as_they_were_meant(merged: Merged, family: Family) -> None:
    assert merged.is_read_exactly(f"noted.{family}"), merged.message(f"noted.{family}")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("spelling", NOTED)
def test_a_score_that_is_no_plain_number_is_noted(
    merged: Merged, spelling: str, family: Family
) -> None:
    leaf = LEAVES[list(NOTED).index(spelling)]
    assert "score-normalised" in codes_at(merged, f"noted.{family}", leaf)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("spelling", WRONG)
def test_a_score_that_cannot_be_read_is_an_error_that_says_how_to_enter_it(
    merged: Merged, spelling: str, family: Family
) -> None:
    name, leaf = f"refused.{family}", LEAVES[WRONG.index(spelling)]
    assert merged.fate(name).startswith("needs-correction")
    if family == "xlsx" and spelling in ERRORS and ERRORS[spelling].startswith("="):
        expected = {"score-not-computed"}  # openpyxl computes nothing
    else:
        expected = {"score-not-a-number"}
    assert codes_at(merged, name, leaf) >= expected
    assert "score-missing" not in codes_at(merged, name, leaf)
    assert any("請" in message for message in told_at(merged, name, leaf))


@pytest.mark.parametrize("name", ["not computed.xlsx", "not computed.ods"])
def test_a_formula_without_a_result_is_an_error_of_its_own(merged: Merged, name: str) -> None:
    assert "score-not-computed" in codes_at(merged, name, LEAVES[0])
    assert "score-missing" not in codes_at(merged, name, LEAVES[0])

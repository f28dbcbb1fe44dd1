"""What people do to forms: the scores are those entered, or the form goes back; never shifted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checks import tampering
from tests.conftest import Convert
from tests.faults.forms import FAMILIES, RUBRIC, SCORES_ON_PAPER, Family, paper
from tests.faults.inbox import Inbox, Merged
from tests.paper.filled_form import Paper

Edit = Callable[[Paper], None]
LEAVES = [leaf.id for leaf in RUBRIC.leaves]


def slipped(down: int, *, first: int = 0, last: int = 25) -> Edit:
    """A column of scores, copied from elsewhere and pasted some rows too far down or up."""

    def edit(desk: Paper) -> None:
        boxes = [desk.layout.entries[leaf, "score"] for leaf in LEAVES[first:last]]
        _unmerged(desk)
        values = [desk.sheet.cell(box.row + 1, box.column + 1).value for box in boxes]
        for box in boxes:
            desk.sheet.cell(box.row + 1, box.column + 1).value = None
        for box, value in zip(boxes, values, strict=True):
            desk.sheet.cell(box.row + 1 + down, box.column + 1).value = value

    return edit


def exchanged(desk: Paper) -> None:
    """Two leaves of equal height have changed places, keys and all, as sorting does it."""
    heights: dict[int, int] = {}
    _unmerged(desk)
    for leaf in LEAVES:
        box = desk.layout.entries[leaf, "score"]
        height = box.last_row - box.row + 1
        if height > 1 and height in heights:
            _exchange(desk, heights[height], box.row, height)
            return
        heights[height] = box.row
    raise AssertionError("no two leaves are of one height")


def _exchange(desk: Paper, one: int, other: int, height: int) -> None:
    for row in range(1, height + 1):
        for column in range(1, desk.sheet.max_column + 1):
            cells = [desk.sheet.cell(start + row, column) for start in (one, other)]
            cells[0].value, cells[1].value = cells[1].value, cells[0].value


def merged_scores(desk: Paper) -> None:
    """The score cells of two leaves have become one, which holds the first's."""
    first, second = (desk.layout.entries[leaf, "score"] for leaf in LEAVES[:2])
    _unmerged(desk)
    desk.sheet.merge_cells(
        None, first.row + 1, first.column + 1, second.last_row + 1, first.column + 1
    )


def split_scores(desk: Paper) -> None:
    """No cell is merged any more."""
    _unmerged(desk)


def inserted_rows(desk: Paper) -> None:
    """A row for a note above every tenth row of an unmerged table."""
    _unmerged(desk)
    for row in range(60, 10, -10):
        desk.sheet.insert_rows(row)


def reworded(desk: Paper) -> None:
    desk.reword("A1.1.1.1", "(120分)", "(130分)")


def rearranged(desk: Paper) -> None:
    desk.rearrange("自評", "局務會議修正通過")


def other_values_hidden(desk: Paper) -> None:
    """A leaf's row stands a second time, hidden, with another score."""
    tampering.copied_row("A3.1.1")(desk)
    last = desk.sheet.max_row
    desk.sheet.cell(last, desk.layout.entries["A3.1.1", "score"].column + 1).value = 1
    desk.sheet.row_dimensions[last].hidden = True


def _unmerged(desk: Paper) -> None:
    for area in [area.coord for area in desk.sheet.merged_cells.ranges]:
        desk.sheet.unmerge_cells(area)


SAME: dict[str, Edit] = {
    "a row and a column inserted, sheet renamed": rearranged,
    "cells split": split_scores,
    "leaves exchanged": exchanged,
    "wording and cap edited": reworded,
    "unprotected": tampering.unprotected,
    "sheet renamed": tampering.renamed,
    "row hidden": tampering.hidden_row,
    "hidden sheet deleted": tampering.no_hidden_sheet,
}
ERRORS: dict[str, tuple[Edit, str]] = {
    "rows deleted": (tampering.deleted_rows("A3.1.1"), "criterion-missing"),
    "key deleted": (tampering.cleared_key("A3.1.1"), "criterion-missing"),
    "row copied": (tampering.copied_row("A3.1.1"), "criterion-repeated"),
    "sheet copied": (tampering.copied_sheet, ""),
    "other values hidden": (other_values_hidden, "criterion-repeated"),
    "score cells merged": (merged_scores, "score-missing"),
    "scores one row too low": (slipped(1), ""),
    "scores one row too high": (slipped(-1), ""),
    "some scores one row too low": (slipped(1, first=5, last=12), ""),
    "some scores one row too high": (slipped(-1, first=5, last=12), ""),
    "one score one row too low": (slipped(1, first=9, last=10), ""),
}
OTHER: dict[str, Edit] = {"rows inserted": inserted_rows, "only marks": tampering.only_marks}
EDITS = {**SAME, **{name: edit for name, (edit, _) in ERRORS.items()}, **OTHER}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory, office: Convert) -> Merged:
    folder = tmp_path_factory.mktemp("edits")
    inbox = Inbox(folder / "round")
    drawn: dict[Family, list[Path]] = {family: [] for family in FAMILIES}
    for family in FAMILIES:
        for name, edit in EDITS.items():
            path = folder / f"{name}-{family}.xlsx"
            path.write_bytes(paper(inbox.sender(f"{name}.{family}", SCORES_ON_PAPER), edit))
            drawn[family].append(path)
    for family, paths in drawn.items():
        saved = paths if family == "xlsx" else office(paths, family, folder / "saved")
        for name, path in zip(EDITS, saved, strict=True):
            inbox.put(f"{name}.{family}", path.read_bytes())
    return inbox.merged()


pytestmark = pytest.mark.office


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", EDITS)
def test_scores_are_those_entered_or_the_form_goes_back(
    merged: Merged, name: str, family: Family
) -> None:
    fate = merged.fate(f"{name}.{family}")
    assert merged.is_read_exactly(f"{name}.{family}") or len(fate.split()) > 1, fate


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", SAME)
def test_an_edit_that_harms_nothing_leaves_the_scores_as_they_are(
    merged: Merged, name: str, family: Family
) -> None:
    assert merged.is_read_exactly(f"{name}.{family}"), merged.message(f"{name}.{family}")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_hidden_row_is_told(merged: Merged, family: Family) -> None:
    assert "隱藏" in merged.message(f"row hidden.{family}")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", ERRORS)
def test_an_edit_that_harms_is_an_error_that_says_so(
    merged: Merged, name: str, family: Family
) -> None:
    fate, code = merged.fate(f"{name}.{family}"), ERRORS[name][1]
    assert fate.startswith("needs-correction ")
    assert not code or code in fate.split()

"""Scores as people spell them mean the same in every format, and so does what is stored beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from struct import calcsize, pack, pack_into, unpack_from

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Value
from tests.conftest import Convert
from tests.form.filling import UNIT, Filling, at, facts_of, fill, load, put, saved
from tests.form.fillings import right_answer

READ: tuple[Value, ...] = (
    "９",
    " 9 ",
    "9分",
    "9.",
    "9\u00a0",
    "\u200b9\u200b",
    "'9",
    "+9",
    "９．０",
)
REFUSED: tuple[Value, ...] = (
    *("九", "A+", "—", "9,5", "9/10", "1e1", "NaN", "inf", "1_0", "٩", "約9", "9-5"),
    *(date(2016, 9, 5), True, False, "#REF!"),
)
UNSEEN: tuple[Value, ...] = (" ", "\u3000", "\u00a0\u200b", "\ufeff\u2060", "\n")

SPELLED: dict[str, tuple[Value, ...]] = {
    "score-normalised": READ,
    "score-not-a-number": REFUSED,
    "score-missing": UNSEEN,
}
FORMATS = ["xlsx", "ods", "xls"]


def right(rubric: Rubric) -> Filling:
    answers = [right_answer(leaf, i) for i, leaf in enumerate(rubric.leaves)]
    return Filling({key: value for answer in answers for key, value in answer.items()})


def spelled(rubric: Rubric, values: tuple[Value, ...]) -> tuple[bytes, list[str]]:
    """A form with these scores, in leaves that ask for nothing else, and those leaves."""
    book = load(fill(rubric, right(rubric)))
    plain = [leaf.id for leaf in rubric.leaves if not leaf.measure and not leaf.picks_band]
    others = [leaf.id for leaf in rubric.leaves if leaf.id not in plain]
    leaves = [*plain, *others][: len(values)]
    for leaf, value in zip(leaves, values, strict=True):
        cell = at(book[FORM_SHEET], lay_out(rubric).entries[leaf, "score"])
        cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
        if value == "#REF!":
            cell.value = value
        else:
            put(cell, value)
    return saved(book), leaves


def told(path: Path, rubric: Rubric) -> dict[str | None, set[str]]:
    """What is said of scores, by leaf; bands are another matter here."""
    found: dict[str | None, set[str]] = {}
    for violation in check(CheckedForm(facts_of(path, rubric), rubric, {UNIT.code: UNIT})):
        if violation.code in SPELLED or violation.code == "sums-disagree":
            found.setdefault(violation.criterion, set()).add(violation.code)
    return found


def test_spellings_are_told_alike_as_they_were_typed(rubric: Rubric, tmp_path: Path) -> None:
    for code, values in SPELLED.items():
        data, leaves = spelled(rubric, values)
        (tmp_path / "form.xlsx").write_bytes(data)
        assert told(tmp_path / "form.xlsx", rubric) == {leaf: {code} for leaf in leaves}


@pytest.mark.office
@pytest.mark.parametrize("ending", FORMATS)
def test_spellings_are_told_alike_whatever_they_were_saved_as(
    office: Convert, rubric: Rubric, tmp_path: Path, ending: str
) -> None:
    made = {code: spelled(rubric, values) for code, values in SPELLED.items()}
    paths = [tmp_path / f"{code}.xlsx" for code in made]
    for path, (data, _) in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    for path, (code, (_, leaves)) in zip(
        office(paths, ending, tmp_path / "out"), made.items(), strict=True
    ):
        assert told(path, rubric) == {leaf: {code} for leaf in leaves}


_RK = 0x27E
"""The record of a short number in .xls: row, column, format, then the number in four bytes."""


@pytest.mark.office
def test_a_bit_that_was_flipped_in_a_score_of_an_xls_is_told(
    office: Convert, rubric: Rubric, tmp_path: Path
) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(fill(rubric, right(rubric)))
    (sound,) = office([form], "xls", tmp_path / "out")
    assert told(sound, rubric) == {}
    damaged = tmp_path / "damaged.xls"
    for leaf in rubric.leaves:
        box = lay_out(rubric).entries[leaf.id, "score"]
        data = bytearray(sound.read_bytes())
        head = pack("<HHHH", _RK, 10, box.row, box.column)
        number_at = data.index(head) + len(head) + calcsize("<H")
        (number,) = unpack_from("<I", data, number_at)
        pack_into("<I", data, number_at, number ^ (1 << 2))
        damaged.write_bytes(data)
        found = told(damaged, rubric)
        assert "sums-disagree" in found[None], leaf.id
        assert "sums-disagree" in found[rubric.path(leaf.id)[0].id], leaf.id

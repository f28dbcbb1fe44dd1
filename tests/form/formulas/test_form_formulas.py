"""LibreOffice as a second opinion: what a form says while it is filled in is what checks say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from svcq_excel.checks.answers import Answer, CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import Cell
from svcq_excel.form.formulas.form_formulas import formulas_of
from svcq_excel.form.identity import FORM_SHEET, GUIDE_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.workbooks.opening import OpenedWorkbook
from svcq_excel.workbooks.workbook import Value
from tests.conftest import Convert
from tests.form.filling import ROUND, UNIT, at, blank, facts_of, load, saved
from tests.form.formulas.answering import WAYS, Row, Typed, right
from tests.receiving import open_workbook

pytestmark = pytest.mark.office

FORMS = 80
OPEN, RIGHT, ASK, DOUBT = "未填", "符合", "請選級距", "請"


@dataclass(frozen=True)
class Returned:
    """A form that the office program calculated and saved, and what our checks say of it."""

    form: CheckedForm
    values: Sequence[Sequence[Value]]
    codes: dict[str, set[str]]
    """Codes of what is more than a notice, by leaf id."""
    errors: dict[str, set[str]]

    def says(self, node: str, what: str) -> str:
        box = lay_out(self.form.rubric).advice[node, what]
        return str(self.values[box.row][box.column])


def rows_of(rubric: Rubric, chance: Random, i: int) -> dict[str, Row]:
    """The first form is clean, the second blank, the rest are as people fill them in."""
    if i == 0:
        return {leaf.id: right(leaf, chance) for leaf in rubric.leaves}
    if i == 1:
        return {}
    return {leaf.id: chance.choice(WAYS)(leaf, chance) for leaf in rubric.leaves}


@pytest.fixture(scope="module")
def returned(
    office: Convert, rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> list[Returned]:
    folder, chance = tmp_path_factory.mktemp("formulas"), Random(105)
    book, layout = load(blank(rubric)), lay_out(rubric)
    for name in (REMARKS_SHEET, GUIDE_SHEET):
        del book[name]  # no formula looks there, and saving them takes time
    paths = []
    for i in range(FORMS):
        rows = rows_of(rubric, chance, i)
        for (leaf, key), box in layout.entries.items():
            typed = rows.get(leaf, {}).get(key, Typed())
            if not leaf and key != "comments" and i % 3 == 0:
                typed = Typed("王大明")
            typed.put_into(at(book[FORM_SHEET], box))
        paths.append(folder / f"{i:02}.xlsx")
        paths[-1].write_bytes(saved(book))
    return [taken_back(path, rubric) for path in office(paths, "xlsx", folder / "out")]


def taken_back(path: Path, rubric: Rubric) -> Returned:
    workbook = open_workbook(path)
    assert isinstance(workbook, OpenedWorkbook)
    form = CheckedForm(facts_of(path, rubric), rubric, {UNIT.code: UNIT}, ROUND)
    codes: dict[str, set[str]] = {leaf.id: set() for leaf in rubric.leaves}
    errors: dict[str, set[str]] = {leaf.id: set() for leaf in rubric.leaves}
    for violation in check(form):
        if violation.criterion in codes and violation.severity != "notice":
            codes[violation.criterion].add(violation.code)
            if violation.severity == "error":
                errors[violation.criterion].add(violation.code)
    return Returned(form, workbook.rows(FORM_SHEET), codes, errors)


def rows(returned: Sequence[Returned]) -> Iterator[tuple[Returned, Answer, str]]:
    for each in returned:
        for answer in each.form.answers:
            yield each, answer, each.says(answer.leaf.id, "check")


def test_the_rows_are_of_every_kind(returned: list[Returned], rubric: Rubric) -> None:
    assert len(returned) * len(rubric.leaves) >= 2000
    said = Counter(word for _, _, word in rows(returned))
    kinds = Counter(code for each in returned for codes in each.codes.values() for code in codes)
    assert said[RIGHT] > 100 and said[OPEN] > 30
    for word in ("錯誤值", "數字", "小於0", "超過滿分", "整數", "級距", "佐證數據最高", "僅得0分"):
        assert any(word in each for each in said), word
    for code in ("measure-band-mismatch", "band-mismatch", "band-missing", "measure-missing"):
        assert kinds[code] > 5, code


def test_the_form_says_of_a_row_what_the_checks_say(returned: list[Returned]) -> None:
    for each, answer, word in rows(returned):
        seen = {"shown-otherwise"}  # a formula knows no formats
        codes, errors = each.codes[answer.leaf.id] - seen, each.errors[answer.leaf.id]
        place = f"{answer.leaf.id} {answer.entry.score} {answer.entry.measure} {word} {codes}"
        empty = answer.entry.score.formula and "score-not-computed" in codes  # such as =""
        assert (word == OPEN) == ("score-missing" in codes or empty), place
        assert word.startswith(ASK) == ("band-missing" in codes), place
        if word == RIGHT:
            assert not codes, place
        elif word != OPEN and not word.startswith(DOUBT):
            assert errors, place


def test_a_row_that_asks_for_a_band_names_the_one_that_the_score_lies_in(
    returned: list[Returned],
) -> None:
    for _, answer, word in rows(returned):
        if word.startswith(ASK):
            assert answer.points is not None
            band = answer.leaf.band_of(answer.points)
            assert band and word == f"{ASK}（{band.label}）"


def test_the_band_that_a_measure_allows_is_the_one_that_the_rubric_supports(
    returned: list[Returned],
) -> None:
    for each, answer, _ in rows(returned):
        if answer.leaf.measure:
            figure = answer.measure.number
            band = None if figure is None else answer.leaf.supported(figure)
            expected = "－" if figure is None else band.label if band else "僅得0分"
            assert each.says(answer.leaf.id, "allowed") == expected, answer


def plain(answers: Sequence[Answer]) -> bool:
    """Whether a sum of these scores is one: an office program adds dates up, and no errors."""
    values = [(answer.entry.score.value, answer.score.fault) for answer in answers]
    return all(isinstance(value, str | float) and "錯誤值" not in fault for value, fault in values)


def test_shown_sums_are_those_that_are_counted_again(returned: list[Returned]) -> None:
    compared = 0
    for each in returned:
        by_leaf = {answer.leaf.id: answer for answer in each.form.answers}
        for node, cell in each.form.facts.shown.items():
            leaves = each.form.rubric.nodes[node].leaves if node else each.form.rubric.leaves
            if plain([by_leaf[leaf.id] for leaf in leaves]):
                shown = re.findall(r"-?[0-9.]+", str(cell.value))[-1]
                assert Decimal(shown) == each.form.sums[node], (node, cell)
                compared += 1
    assert compared > 300


def test_the_progress_counts_what_is_open_and_what_is_wrong(returned: list[Returned]) -> None:
    for each in returned:
        words = [each.says(answer.leaf.id, "check") for answer in each.form.answers]
        is_open = sum(word == OPEN for word in words)
        wrong = sum(word != OPEN and not word.startswith((RIGHT, ASK)) for word in words)
        said = each.says("", "progress")
        assert said.startswith(f"尚有 {is_open} 項未填" if is_open else "各項均已填寫")
        assert (f"{wrong} 項請更正" in said) == bool(wrong)
        assert ("請填考核人員及日期" in said) == (each.form.facts.assessor is None)


def test_our_own_results_are_those_of_the_office_program(returned: list[Returned]) -> None:
    """What is stored in a form that we fill in (a correction form) comes from these."""
    for each in returned:
        facts = each.form.facts
        entries = {c.address: c for answer in each.form.answers for c in cells(answer)}
        entries |= {c.address: c for c in (facts.assessor, facts.date) if c}
        sums = {answer.leaf.id: answer for answer in each.form.answers}
        for (node, what), box in lay_out(each.form.rubric).advice.items():
            leaves = each.form.rubric.nodes[node].leaves if node else each.form.rubric.leaves
            if what in {"sum", "section_sum", "total"} and not plain([sums[x.id] for x in leaves]):
                continue
            mine = formulas_of(lay_out(each.form.rubric))[box.address].compute(entries)
            shown = each.values[box.row][box.column]
            ours = number(mine) if isinstance(mine, Decimal) else str(mine)
            theirs = number(Decimal(str(shown))) if isinstance(shown, float) else str(shown)
            assert ours == theirs, (node, what)


def cells(answer: Answer) -> list[Cell]:
    entry = answer.entry
    return [cell for cell in (entry.score, entry.band, entry.measure) if cell]


def test_a_number_that_is_a_text_is_told_by_the_form_and_read_by_the_checks(
    office: Convert, rubric: Rubric, tmp_path: Path
) -> None:
    typed = {"A1.1.2": "９５", "C1.1": "49分", "C1.2": " 25 "}
    book, layout = load(blank(rubric)), lay_out(rubric)
    for leaf, text in typed.items():
        cell = at(book[FORM_SHEET], layout.entries[leaf, "score"])
        Typed(text, is_text=True).put_into(cell)
    (tmp_path / "form.xlsx").write_bytes(saved(book))
    [path] = office([tmp_path / "form.xlsx"], "xlsx", tmp_path / "out")
    back = taken_back(path, rubric)
    assert {leaf: back.says(leaf, "check") for leaf in typed} == dict.fromkeys(typed, "請改填數字")
    assert [back.codes[leaf] for leaf in typed] == [set(), set(), set()]
    assert back.form.points == {"A1.1.2": 95, "C1.1": 49, "C1.2": 25}

"""Which of several sheets is the form, whether it is hidden, and which others look like it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import pytest

from svcq_excel.form.entered import untouched
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, GUIDE_SHEET, HIDDEN_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.reader import read_form
from svcq_excel.plan.rounds import in_round
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.node import DONE
from svcq_excel.rubric.shipped import load
from tests.form.filling import Filling, fill, saved
from tests.form.filling import load as opened
from tests.form.fillings import right_answer
from tests.form.memory import Grid, InMemory, filled_grids
from tests.receiving import content_of

Convert = Callable[[Sequence[Path], str, Path], list[Path]]
RUBRICS = (
    load("wra-105"),
    load("khb-106"),
    load("hccg-105"),
    in_round(load("kpw-102"), "102年6月"),
)
State = Literal["hidden", "veryHidden"]
EACH = pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric.id)


def filling_of(rubric: Rubric) -> Filling:
    if rubric.is_checklist:
        return Filling({(leaf.id, "status"): DONE for leaf in rubric.leaves})
    answers = [right_answer(leaf, i + 1) for i, leaf in enumerate(rubric.leaves)]
    return Filling({key: value for answer in answers for key, value in answer.items()})


def filled(rubric: Rubric) -> dict[str, Grid]:
    return filled_grids(rubric, filling_of(rubric))


def read(sheets: dict[str, Grid], rubric: Rubric, *hidden: str) -> FormFacts:
    facts = read_form(InMemory(sheets, hidden=(HIDDEN_SHEET, *hidden)), rubric)
    assert isinstance(facts, FormFacts), facts
    return facts


def unkeyed(grid: Grid) -> Grid:
    """A sheet as it looks: without its column and its row of keys."""
    return [["", *row[1:]] for row in grid if row[0] != "#keys"]


def answers_of(facts: FormFacts) -> list[object]:
    return [entry.score.value for entry, *_ in facts.entries.values()]


@EACH
def test_a_form_as_it_was_sent_is_shown_and_alone(rubric: Rubric) -> None:
    facts = read(filled(rubric), rubric)
    assert facts.is_shown
    assert facts.copies == ()


@EACH
def test_a_hidden_form_is_read_as_one(rubric: Rubric) -> None:
    assert not read(filled(rubric), rubric, FORM_SHEET).is_shown


@EACH
@pytest.mark.parametrize("name", ["評分表 (2)", REMARKS_SHEET, GUIDE_SHEET])
@pytest.mark.parametrize("hidden", [True, False])
def test_a_sheet_that_looks_like_the_form_is_one_more_whatever_its_name_and_its_words(
    name: str, hidden: bool, rubric: Rubric
) -> None:
    sheets = filled(rubric)
    bare = unkeyed(sheets[FORM_SHEET])
    marked = [[f"※{t}的" if t and isinstance(t, str) else t for t in row] for row in bare]
    for reworded in (bare, marked, bare[4:]):
        facts = read({**sheets, name: reworded}, rubric, *([name] if hidden else []))
        assert facts.copies == (name,)


@EACH
def test_a_copy_that_was_filled_in_is_read_where_the_form_is_blank(rubric: Rubric) -> None:
    empty = filled_grids(rubric, Filling())
    sheets = {**empty, "評分表 (2)": filled(rubric)[FORM_SHEET]}
    facts = read(sheets, rubric)
    assert answers_of(facts) == answers_of(read(filled(rubric), rubric))
    assert facts.copies == (FORM_SHEET,)
    assert not untouched(facts)


@EACH
def test_a_blank_copy_of_a_blank_form_is_as_blank(rubric: Rubric) -> None:
    empty = filled_grids(rubric, Filling())
    assert untouched(read({**empty, "評分表 (2)": empty[FORM_SHEET]}, rubric))


@EACH
def test_of_two_filled_forms_the_one_that_is_shown_is_read(rubric: Rubric) -> None:
    sheets = {**filled(rubric), "表": filled(rubric)[FORM_SHEET]}
    facts = read(sheets, rubric, FORM_SHEET)
    assert facts.is_shown
    assert facts.copies == (FORM_SHEET,)


def test_lists_of_names_and_figures_of_a_units_own_are_no_forms(rubric: Rubric) -> None:
    sheets = filled(rubric)
    own: Grid = [["細項", "初評"]]
    own += [[leaf.name, 5.0] for leaf in rubric.leaves]
    assert read({**sheets, "計算": own}, rubric).copies == ()


@pytest.fixture
def rubric() -> Rubric:
    return RUBRICS[0]


@EACH
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_seen_in_xlsx(state: State, rubric: Rubric, tmp_path: Path) -> None:
    path = hidden_form(rubric, tmp_path, state)
    facts = content_of(path, rubric)
    assert isinstance(facts, FormFacts)
    assert not facts.is_shown


@pytest.mark.office
@pytest.mark.parametrize("to", ["ods", "xls"])
def test_a_hidden_sheet_is_seen_in_any_format(
    to: str, office: Convert, rubric: Rubric, tmp_path: Path
) -> None:
    shown = tmp_path / "顯示.xlsx"
    shown.write_bytes(fill(rubric, filling_of(rubric)))
    paths = office([hidden_form(rubric, tmp_path, "hidden"), shown], to, tmp_path / to)
    read = [content_of(path, rubric) for path in paths]
    assert [isinstance(facts, FormFacts) and facts.is_shown for facts in read] == [False, True]


def hidden_form(rubric: Rubric, folder: Path, state: State) -> Path:
    book = opened(fill(rubric, filling_of(rubric)))
    book[FORM_SHEET].sheet_state = state
    book.active = 1
    (folder / "隱藏.xlsx").write_bytes(saved(book))
    return folder / "隱藏.xlsx"


@EACH
@pytest.mark.parametrize("head", [True, False])
def test_the_key_of_the_answers_in_another_column_is_seen(head: bool, rubric: Rubric) -> None:
    sheets, layout = filled(rubric), lay_out(rubric)
    main = layout.column(layout.main)
    for row in sheets[FORM_SHEET]:
        key, title = row[0] == "#keys", row[0] == "#heads"
        row += [row[main] if key or row[0] in rubric.leaf_by_id or (title and head) else ""]
        if key:
            row[main] = ""
    facts = read(sheets, rubric)
    assert set(facts.headed) == {layout.main}
    assert [cell.column for cell in facts.unkeyed] == [main]


@EACH
def test_columns_that_were_inserted_and_heads_that_were_wrapped_are_the_same(
    rubric: Rubric,
) -> None:
    sheets, layout = filled(rubric), lay_out(rubric)
    for at in (2, layout.column(layout.main), layout.column(layout.main) + 2):
        for row in sheets[FORM_SHEET]:
            row.insert(at, "")
    for row in sheets[FORM_SHEET]:
        if row[0] == "#heads":
            row[:] = ["\n".join(text) if isinstance(text, str) else text for text in row]
            row[0] = "#heads"
    facts = read(sheets, rubric)
    assert dict(facts.headed) == {}
    assert facts.unkeyed == ()


@EACH
def test_a_further_column_of_scores_is_seen_where_it_is_filled(rubric: Rubric) -> None:
    sheets, layout = filled(rubric), lay_out(rubric)
    main = layout.column(layout.main)
    for row in sheets[FORM_SHEET]:
        row += [row[main] if row[0] == "#heads" else ""]
    assert read(sheets, rubric).unkeyed == ()
    for row in sheets[FORM_SHEET]:
        row[-1] = row[main] if row[0] in rubric.leaf_by_id else row[-1]
    (cell,) = read(sheets, rubric).unkeyed
    assert cell.column == len(sheets[FORM_SHEET][0]) - 1

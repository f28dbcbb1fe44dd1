"""The head of a form, read as people read it: whose it is, of which kind, who filled it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import get_args

from svcq_excel.form.facts import Cell
from svcq_excel.form.identity import Identity
from svcq_excel.form.layout.grid import ASSESSOR_ROW, UNIT_ROW
from svcq_excel.form.reading.identity_marks import HIDDEN, PROPERTIES, VISIBLE, plain
from svcq_excel.form.reading.keyed_sheet import TITLE_ROW, Keyed
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.rubric.once_a_form import OnceAForm
from svcq_excel.text.folding import fold
from svcq_excel.text.roc_dates import early_day
from svcq_excel.workbooks.look import Look
from svcq_excel.workbooks.workbook import Value

CODE, ASSESSOR, DATE, PROGRESS, TOTAL = "編號", "考核人員", "考核日期", "填寫情形", "總分"

_KINDS: tuple[Kind, ...] = get_args(Kind)
_NOWHERE = "其他考核"
_YEAR = re.compile(r"([0-9]{2,3})年")
_DAY_0 = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class FormHead:
    """The title, and the cells beside the labels, by label; blank ones are left out."""

    title: str
    cells: Mapping[str, Cell]
    names_unit: bool
    """Whether anything stands beside the labels of the unit."""
    unit: str
    unit_name: str


def head_of(form: Keyed, rubric: Rubric) -> FormHead:
    cells = dict(_labelled(form, rubric))
    labels = (CODE, rubric.unit_label)
    unit, name = (plain(cells[each].value) if each in cells else "" for each in labels)
    return FormHead(_title(form), cells, bool(unit or name), unit, name)


def label(value: Value) -> Value:
    """A label without the colon after it."""
    return value.strip(" 　：:") if isinstance(value, str) else value


def kind_of(title: str, rubric: Rubric) -> Kind | None:
    """The kind of assessment that a title names; None where it names none, or several."""
    said = fold(title)
    whole = [kind for kind, title in _titles(rubric).items() if title == said]
    found = whole or _worded(said, rubric)
    return found[0] if len(found) == 1 else None


def kinds_named(title: str, rubric: Rubric) -> set[Kind] | None:
    """The kinds of assessment that a title names, however it was saved or wrapped; None where
    titles of this rubric name none."""
    if "{kind}" not in rubric.form_title:
        return None
    said = fold(title)
    whole = {kind for kind, title in _titles(rubric).items() if title == said}
    return whole or set(_worded(said, rubric))


@OnceAForm
def _titles(rubric: Rubric) -> dict[Kind, str]:
    """How forms of each kind are titled."""
    return {kind: fold(rubric.title_of_form(kind)) for kind in _KINDS}


def _worded(said: str, rubric: Rubric) -> list[Kind]:
    """The kinds whose words stand in a title oftener than in any title; of words that are part of
    each other the longest."""
    rest = fold(rubric.form_title.replace("{kind}", "").replace("{agency}", rubric.agency))
    words = {kind: fold(rubric.kind_word(kind)) for kind in _KINDS}
    found = [kind for kind in _KINDS if said.count(words[kind]) > rest.count(words[kind])]
    return [
        kind
        for kind in found
        if not any(words[kind] in words[other] for other in found if words[kind] != words[other])
    ]


def of_another_year(title: str, rubric: Rubric) -> bool:
    found = _YEAR.search("".join(title.split()))
    return "{year}" in rubric.form_title and found is not None and int(found[1]) != rubric.year


def identity_shown(head: FormHead, form: Keyed, rubric: Rubric) -> tuple[Identity, str]:
    """Whose form it is, told from the head alone, and how in words for people."""
    ours = any(key in rubric.leaf_by_id for key in form.row_of)
    another = not ours or of_another_year(head.title, rubric)
    kind = kind_of(head.title, rubric)
    identity = Identity(
        format="",
        rubric=(head.title or _NOWHERE) if another else rubric.id,
        digest="",
        round="",
        unit=head.unit,
        unit_name=head.unit_name,
        assessor="" if kind in {None, "committee"} else kind,
    )
    by = CODE if head.unit else rubric.unit_label if head.unit_name else ""
    told = f"依{VISIBLE}的{by}認定單位" if by else f"{VISIBLE}也沒有單位的編號及名稱"
    return identity, f"{HIDDEN}及{PROPERTIES}都已不在，{told}，考核期別無從核對"


def _title(form: Keyed) -> str:
    """What stands in the row of the title, or, where that is not known, above the unit."""
    at = form.row_of.get(TITLE_ROW)
    rows = range(form.row_of.get(UNIT_ROW, 0)) if at is None else [at]
    return " ".join(str(cell.value) for row in rows for cell in form.filled(row))


def _labelled(form: Keyed, rubric: Rubric) -> Iterator[tuple[str, Cell]]:
    labels = {CODE, rubric.unit_label, ASSESSOR, DATE, PROGRESS}
    for key in (UNIT_ROW, ASSESSOR_ROW):
        if (row := form.row_of.get(key)) is None:
            continue
        beside = ""
        for cell in form.filled(row):
            text = label(cell.value)
            if text in labels or (isinstance(text, str) and text.startswith(TOTAL)):
                beside = str(text)[: len(TOTAL)] if str(text).startswith(TOTAL) else str(text)
            elif beside:
                yield beside, cell
                beside = ""


def date_typed(cell: Cell | None, look: Look) -> Cell | None:
    """The date as it was typed and is seen: of 105/7/5 LibreOffice makes a day in the year 105 of
    the Julian calendar. In .ods it stores that day by the Gregorian one, and elsewhere the days
    from there to 1900, for which the reader of values has no date."""
    days: float | None = None
    if cell and isinstance(cell.value, date):
        days = cell.value.toordinal() - _DAY_0.toordinal()
    elif cell and isinstance(cell.value, time):
        days = look.negative(cell.row, cell.column)
    day = None if days is None else early_day(int(days))
    return cell._replace(value=day) if cell and day else cell

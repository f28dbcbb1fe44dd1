"""The index of a round's blank forms and outlines (表件清單): which file goes to whom, and the
drafts of letters that the unit is to get, a click away."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from xlsxwriter.utility import xl_range

from svcq_excel.form.identity import OUTPUT_PROPERTY
from svcq_excel.form.styles import FORMATS, NO_MARKS, column_width
from svcq_excel.new_workbook import new_workbook
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Document
from svcq_excel.text.file_names import safe_file_name
from svcq_excel.text.made_on import made_on

NO_DRAFTS: Mapping[str, Mapping[str, str]] = MappingProxyType({})
_COLUMNS: tuple[tuple[str, int], ...] = (
    ("編號", 80),
    ("受考核單位名稱", 220),
    ("組別", 90),
    ("考核人員", 110),
    ("承辦人", 110),
    ("電子郵件", 240),
    ("應另附文件", 130),
    ("檔名", 420),
)


_DRAFT, _DRAFT_WIDTH = "信件草稿", 150
"""The word of a link, after what the letter is about."""


class Listed(Protocol):
    @property
    def unit(self) -> Unit: ...
    @property
    def path(self) -> Path: ...


class ListedForm(Listed, Protocol):
    @property
    def assessor(self) -> Assessor: ...


class ListedOutline(Listed, Protocol):
    @property
    def document(self) -> Document: ...


def index_of(
    plan: Plan,
    forms: Sequence[ListedForm],
    outlines: Sequence[ListedOutline] = (),
    drafts: Mapping[str, Mapping[str, str]] = NO_DRAFTS,
) -> bytes:
    """A workbook with one row a file, unit by unit; columns for which nobody has anything are left
    out. `drafts` has, by what letters are about and by unit, where a draft lies from here."""
    stream = BytesIO()
    with new_workbook(stream) as workbook:
        workbook.set_properties({"title": "表件清單", "created": made_on(plan.rubric.year)})
        workbook.set_custom_property(OUTPUT_PROPERTY, "index", "text")
        sheet = workbook.add_worksheet("表件清單")
        head = workbook.add_format(FORMATS["column_head"])
        text = workbook.add_format(FORMATS["band_text"])
        rows = _rows(plan, forms, outlines)
        used = [i for i in range(len(_COLUMNS)) if any(row[i] for row in rows)]
        for column, i in enumerate(used):
            title, pixels = _COLUMNS[i]
            sheet.set_column(column, column, column_width(pixels))
            sheet.write_string(0, column, title, head)
            for at, row in enumerate(rows, 1):
                sheet.write_string(at, column, row[i], text)
        link = workbook.add_format(FORMATS["link"])
        for column, (occasion, places) in enumerate(drafts.items(), len(used)):
            sheet.set_column(column, column, column_width(_DRAFT_WIDTH))
            sheet.write_string(0, column, f"{occasion}{_DRAFT}", head)
            for at, (code, *_) in enumerate(rows, 1):
                if place := places.get(code):
                    sheet.write_url(at, column, f"external:{place}", link, "開啟草稿")
                else:
                    sheet.write_blank(at, column, None, text)
        last = len(used) + len(drafts) - 1
        sheet.autofilter(0, 0, len(rows), last)
        cells = xl_range(0, 0, len(rows), last)
        sheet.ignore_errors(dict.fromkeys(NO_MARKS, cells))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return stream.getvalue()


def drafts_from(plan: Plan, out: Path, folders: Sequence[Path]) -> dict[str, dict[str, str]]:
    """By the folder's name and by unit, each draft that is there, as it is found from `out`."""
    found: dict[str, dict[str, str]] = {}
    for folder in folders:
        there = {path.name for path in folder.glob("*.eml")}
        for unit in plan.units:
            name = safe_file_name(unit.code, unit.name, folder.name, suffix=".eml")
            if name in there and (place := _seen_from(out, folder / name)):
                found.setdefault(folder.name, {})[unit.code] = place
    return found


def _seen_from(out: Path, path: Path) -> str:
    """A path that stays true where the whole folder is moved; "" on another drive."""
    try:
        return Path(os.path.relpath(path, out)).as_posix()
    except ValueError:
        return ""


def _rows(
    plan: Plan, forms: Sequence[ListedForm], outlines: Sequence[ListedOutline]
) -> list[tuple[str, ...]]:
    whose = {unit.code: at for at, unit in enumerate(plan.units)}
    listed = [
        *(
            (form, form.assessor.name or plan.rubric.kinds.get(form.assessor.kind, ""), "")
            for form in forms
        ),
        *((outline, "", outline.document.name) for outline in outlines),
    ]
    return [_row(*each) for each in sorted(listed, key=lambda each: whose[each[0].unit.code])]


def _row(listed: Listed, who: str, document: str) -> tuple[str, ...]:
    unit, name = listed.unit, listed.path.name
    return (unit.code, unit.name, unit.group, who, unit.contact, unit.email, document, name)

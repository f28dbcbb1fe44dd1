"""What a run was given, each by itself: the definition, the lists, a deadline, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem, problem_of
from svcq_excel.plan import assessors as assessors_list
from svcq_excel.plan import units as units_list
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.lists.list_file import ListSource, SheetOf
from svcq_excel.plan.lists.roster import Listed
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.text.mail_addresses import addresses_in
from svcq_excel.text.roc_dates import parse_deadline

AnyPath = str | PathLike[str]
List = AnyPath | SheetOf


def rubric_given(given: AnyPath | None) -> Rubric:
    if given is None:
        raise DefinitionError([Problem("rubric", "沒有指定評分表定義", "請給內附代號或定義檔")])
    return load(str(given))


def units_given(given: List | None) -> Listed[Unit]:
    if given is None:
        raise DefinitionError([Problem("units", "沒有指定受考核單位名單", "請給名單的檔案")])
    return units_list.read_list(list_at(given))


def list_at(given: List) -> ListSource:
    """Where a list lies: a file, or a sheet of a plan workbook."""
    return given if isinstance(given, SheetOf) else Path(given)


def assessors_given(given: List | None, units: Sequence[Unit]) -> Listed[Assessor] | None:
    if given is None:
        return None
    return assessors_list.read_list(given if isinstance(given, SheetOf) else str(given), units)


def moment_given(text: str | None, name: str) -> datetime | None:
    """A deadline as people write it; `name` is what it is called in a call."""
    due = parse_deadline(text) if text else None
    if text and not due:
        fix = "請寫成 105年7月31日 或 105/7/31 17:00"
        message = f"「{text}」不是日期"
        raise DefinitionError([problem_of(text, name, message, fix)])
    return due


def no_addresses(text: str) -> Iterator[Problem]:
    """What stands among the office's addresses and is none."""
    good, bad = addresses_in(text)
    for piece in bad or ([text] if text and not good else []):
        said = f"本機關信箱「{piece}」不是電子郵件地址"
        yield problem_of(text, "office_address", said, "請更正，例如 name@example.gov.tw")

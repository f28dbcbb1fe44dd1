"""受考核單位: who is assessed, read from the list that the organiser keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from svcq_excel.plan.roster import blanks, clashes, partial, variants, verify
from svcq_excel.plan.table import read_table

CODE, NAME, GROUP, EMAIL, CONTACT = "編號", "受考核單位名稱", "組別", "電子郵件", "承辦人"


@dataclass(frozen=True, slots=True)
class Unit:
    """編號, 受考核單位名稱, 組別, 電子郵件, 承辦人."""

    code: str
    name: str
    group: str = ""
    email: str = ""
    contact: str = ""


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units of an .xlsx, .ods, .xls or .csv file, in the file's order.

    Raises DefinitionError with every problem found: codes and names must be there and must differ
    in more than width, case or blanks, for people pick forms by them; groups are for all or none.
    """
    table = read_table(path, required=(CODE, NAME), optional=(GROUP, EMAIL, CONTACT))
    verify(
        table,
        blanks(table, CODE),
        blanks(table, NAME),
        clashes(table, CODE),
        clashes(table, NAME),
        partial(table, GROUP),
        variants(table, GROUP),
    )
    return tuple(Unit(*row.texts) for row in table.rows)

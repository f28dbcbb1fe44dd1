"""受考核單位: who is assessed, read from the list that the organiser keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from svcq_excel.definition import Problem
from svcq_excel.plan.lists.heads import CODE, CONTACT, EMAIL, GROUP, NAME, PHONE
from svcq_excel.plan.lists.list_file import ListSource
from svcq_excel.plan.lists.roster import Listed, blanks, clashes, partial, variants, verify
from svcq_excel.plan.lists.table import Table, read_table
from svcq_excel.text.mail_addresses import addresses_in


@dataclass(frozen=True, slots=True)
class Unit:
    """編號, 受考核單位名稱, 組別, 電子郵件 (several addresses with "; " between), 承辦人, 電話."""

    code: str
    name: str
    group: str = ""
    email: str = ""
    contact: str = ""
    phone: str = ""


def read_units(path: ListSource) -> tuple[Unit, ...]:
    """The units of an .xlsx, .ods, .xls or .csv file, in the file's order.

    Raises DefinitionError with every problem found: codes and names must be there and must differ
    in more than width, case or blanks, for people pick forms by them; groups are for all or none.
    """
    return read_list(path).entries


def read_list(path: ListSource) -> Listed[Unit]:
    """The same, with what a person should look at in it."""
    table = read_table(path, required=(CODE, NAME), optional=(GROUP, EMAIL, CONTACT, PHONE))
    verify(
        table,
        blanks(table, CODE),
        blanks(table, NAME),
        clashes(table, CODE),
        clashes(table, NAME),
        partial(table, GROUP),
        variants(table, GROUP),
    )
    units = (Unit(*row.texts) for row in table.rows)
    reachable = (replace(unit, email="; ".join(addresses_in(unit.email)[0])) for unit in units)
    doubts = sorted((*table.doubts, *_unreachable(table)), key=lambda doubt: doubt.line or 0)
    return Listed(tuple(reachable), tuple(doubts))


def _unreachable(table: Table) -> Iterator[Problem]:
    """Addresses to which no mail can go."""
    for row, text in table.column(EMAIL):
        for piece in addresses_in(text)[1]:
            message = f"{table.call(EMAIL)}「{piece}」不是電子郵件地址，未採用"
            yield table.problem(message, "請更正，例如 name@example.gov.tw", row, EMAIL)

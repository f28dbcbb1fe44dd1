"""考核人員: who fills in the forms, the unit itself, the head office or a committee's members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.lists.heads import ASSESSES, GROUP
from svcq_excel.plan.lists.heads import ASSESSOR as NAME
from svcq_excel.plan.lists.heads import ASSESSOR_CODE as CODE
from svcq_excel.plan.lists.list_file import SheetOf
from svcq_excel.plan.lists.roster import Listed, blanks, clashes, partial, variants, verify
from svcq_excel.plan.lists.table import Row, Table, read_table
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.text.folding import fold


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who fills in one form a unit; `key` is what the form carries and files are told apart by."""

    key: str
    name: str
    kind: Kind
    group: str = ""
    units: tuple[str, ...] = ()
    """Codes or names of the units that a member was given."""

    @property
    def called(self) -> str:
        """How people tell a member: the name, after a code where there is one."""
        return self.name if self.key == self.name else f"{self.key} {self.name}"

    def assesses(self, unit: Unit) -> bool:
        """A member with units sees those, one with a group the units of that, any other all."""
        if self.units:
            return any(is_unit(unit, each) for each in self.units)
        return not self.group or fold(self.group) == fold(unit.group)


SELF = Assessor("self", "", "self")
HQ = Assessor("hq", "", "hq")
_FIXED = {assessor.key: assessor for assessor in (SELF, HQ)}


def assessor_kind(key: str) -> Kind:
    """The kind of assessment that a form's assessor key stands for."""
    fixed = _FIXED.get(fold(key))
    return fixed.kind if fixed else "committee"


def known_as(key: str, assessors: Iterable[Assessor] = ()) -> str:
    """An assessor's key as we or the list spell it, where the one that a form bears means that one;
    a member may bear the name, from before the list had codes."""
    meant = fold(key)
    if meant in _FIXED:
        return meant
    listed = tuple(assessors)
    by_key = (each.key for each in listed if fold(each.key) == meant)
    by_name = (each.key for each in listed if fold(each.name) == meant)
    return next(chain(by_key, by_name), key) if meant else key


def place_of(key: str, assessors: Sequence[Assessor]) -> tuple[int, str, str]:
    """Where an assessor stands: in the list's order, who is on none after those who are, in an
    order that hangs on nothing but the key."""
    listed = [each.key for each in assessors]
    at = listed.index(key) if key in listed else len(listed)
    return at, fold(key), key


def is_unit(unit: Unit, said: str) -> bool:
    """Whether a code or a name means the unit."""
    return fold(said) in {fold(unit.code), fold(unit.name)}


def units_said(text: str) -> tuple[str, ...]:
    """The codes or names in a cell: A01、A03; A01 第一河川局 is one unit said twice."""
    said = tuple(dict.fromkeys(filter(None, _BETWEEN.split(text))))
    return () if said and set(said) <= {ALL, "全部單位", "所有單位"} else said


ALL = "全部"
"""How a cell says that every unit is meant."""
_BETWEEN = re.compile(r"[\s、，,;；]+")


def read_assessors(ref: str, units: Sequence[Unit] = ()) -> tuple[Assessor, ...]:
    """`self`, `hq`, or the members of a committee from a file, in its order.

    A member's key is the 編號, or the name where the list has no codes. `units` are those that
    members may be given, where they are known. Raises DefinitionError with every problem found.
    """
    return read_list(ref, units).entries


def read_list(ref: str | SheetOf, units: Sequence[Unit] = ()) -> Listed[Assessor]:
    """The same, with what a person should look at in it."""
    if isinstance(ref, str) and ref in _FIXED:
        return Listed((_FIXED[ref],))
    source = ref if isinstance(ref, SheetOf) else Path(ref)
    whole = read_table(source, required=(NAME,), optional=(CODE, GROUP, ASSESSES))
    table = _a_row_each(whole)
    verify(
        table,
        blanks(table, NAME),
        clashes(table, NAME),
        partial(table, CODE),
        clashes(table, CODE),
        _reserved(table),
        variants(table, GROUP),
        _strangers(whole, units),
    )
    members = (row.texts for row in table.rows)
    read = (
        Assessor(code or name, name, "committee", group, units_said(given))
        for name, code, group, given in members
    )
    return Listed(tuple(read), (*table.doubts, *_empty_groups(table, units)))


def verify_kinds(rubric: Rubric, assessors: Iterable[Assessor]) -> None:
    """Raises DefinitionError where the rubric has no forms for one of these."""
    for kind in dict.fromkeys(assessor.kind for assessor in assessors):
        if not rubric.assesses_by(kind):
            message = (
                f"考核類別只有 {rubric.kinds_in_words}，沒有 {kind}（{rubric.kind_word(kind)}）"
            )
            fix = f"請改以 --assessor 指定已有的考核類別，或在定義的 kinds 補上 {kind}"
            raise DefinitionError([Problem(rubric.id, message, fix)])


def _a_row_each(table: Table) -> Table:
    """A member may have a row for each unit; one that stands twice without one is told."""
    rows: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        *who, given = row.texts
        same = rows.get(tuple(who)) if given else None
        if same and same.texts[-1]:
            rows[tuple(who)] = replace(same, texts=(*who, f"{same.texts[-1]}、{given}"))
        else:
            rows[tuple(who) if tuple(who) not in rows else (str(row.number),)] = row
    return replace(table, rows=tuple(rows.values()))


def _strangers(table: Table, units: Sequence[Unit]) -> Iterator[Problem]:
    """Units that a member was given and that are not there, or are not of the member's group."""
    group_at = table.columns.index(GROUP)
    groups = {row.number: row.texts[group_at] for row in table.rows}
    for number, text in table.column(ASSESSES):
        for said in units_said(text) if units else ():
            meant = next((unit for unit in units if is_unit(unit, said)), None)
            if meant is None:
                message = f"{table.call(ASSESSES)}「{said}」不在受考核單位名單內"
                yield table.problem(
                    message, "請填單位的編號或名稱，數個以頓號分開", number, ASSESSES
                )
            elif groups[number] and fold(groups[number]) != fold(meant.group):
                message = f"{table.call(ASSESSES)}「{said}」不屬於{groups[number]}"
                yield table.problem(message, "請更正其中之一，或將組別留空", number, ASSESSES)


def _empty_groups(table: Table, units: Sequence[Unit]) -> Iterator[Problem]:
    known = {fold(unit.group) for unit in units}
    for number, group in table.column(GROUP):
        if units and group and fold(group) not in known:
            message = f"{table.call(GROUP)}「{group}」沒有任何受考核單位"
            fix = "請核對組別，否則這位考核人員沒有要考核的單位"
            yield table.problem(message, fix, number, GROUP)


def _reserved(table: Table) -> Iterator[Problem]:
    """Members whose key would be taken for one of the two fixed assessors."""
    for column in (NAME, CODE):
        for number, text in table.column(column):
            if fold(text) in _FIXED:
                message = (
                    f"{table.call(column)}「{text}」是保留字（self 為自行考核，hq 為主辦機關考核）"
                )
                yield table.problem(message, "請改用其他寫法", number, column)

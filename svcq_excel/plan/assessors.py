"""考核人員: who fills in the forms, the unit itself, the head office or a committee's members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.heads import ASSESSOR as NAME
from svcq_excel.plan.heads import CODE, GROUP
from svcq_excel.plan.roster import Listed, blanks, clashes, fold, partial, variants, verify
from svcq_excel.plan.table import Table, read_table
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Kind, Rubric


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who fills in one form a unit; `key` is what the form carries and files are told apart by."""

    key: str
    name: str
    kind: Kind
    group: str = ""

    def assesses(self, unit: Unit) -> bool:
        """A member with a group sees the units of that group only, one without sees all."""
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


def read_assessors(ref: str) -> tuple[Assessor, ...]:
    """`self`, `hq`, or the members of a committee from a file, in its order.

    A member's key is the 編號, or the name where the list has no codes. Raises DefinitionError
    with every problem found.
    """
    return read_list(ref).entries


def read_list(ref: str) -> Listed[Assessor]:
    """The same, with what a person should look at in it."""
    if ref in _FIXED:
        return Listed((_FIXED[ref],))
    table = read_table(Path(ref), required=(NAME,), optional=(CODE, GROUP))
    verify(
        table,
        blanks(table, NAME),
        clashes(table, NAME),
        partial(table, CODE),
        clashes(table, CODE),
        _reserved(table),
        variants(table, GROUP),
    )
    members = (row.texts for row in table.rows)
    read = (Assessor(code or name, name, "committee", group) for name, code, group in members)
    return Listed(tuple(read), table.doubts)


def verify_kinds(rubric: Rubric, assessors: Iterable[Assessor]) -> None:
    """Raises DefinitionError where the rubric has no forms for one of these."""
    for kind in dict.fromkeys(assessor.kind for assessor in assessors):
        if not rubric.assesses_by(kind):
            message = (
                f"考核類別只有 {rubric.kinds_in_words}，沒有 {kind}（{rubric.kind_word(kind)}）"
            )
            fix = f"請改以 --assessor 指定已有的考核類別，或在定義的 kinds 補上 {kind}"
            raise DefinitionError([Problem(rubric.id, message, fix)])


def _reserved(table: Table) -> Iterator[Problem]:
    """Members whose key would be taken for one of the two fixed assessors."""
    for column in (NAME, CODE):
        for number, text in table.column(column):
            if fold(text) in _FIXED:
                message = (
                    f"{table.call(column)}「{text}」是保留字（self 為自行考核，hq 為主辦機關考核）"
                )
                yield Problem(table.file, message, "請改用其他寫法", number)

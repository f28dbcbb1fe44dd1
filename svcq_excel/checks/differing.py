"""Two forms of one unit side by side: which entries differ, and what each says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svcq_excel.checks.numerals import shorten
from svcq_excel.form.facts import Cell, Entry, FormFacts
from svcq_excel.form.layout.remarks import REMARKS
from svcq_excel.form.reading.identity_marks import plain
from svcq_excel.rubric.model import Rubric

_ENTRIES = {"score": "得分", "band": "適用級距", "measure": "佐證數據", "note": "備註"}
_STEPS = {"score": "辦理狀態", "done": "辦理情形", "proof": "佐證資料", "note": "備註"}
_HEAD = {"assessor": "考核人員", "date": "考核日期", "comments": "綜合意見"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that two forms make differently; places are those of the form at hand."""

    name: str
    """What the entry is about: a criterion, an item, or the form as a whole."""
    entry: str
    """Which entry of it, in words for people."""
    sheet: str
    cell: str
    here: str
    there: str
    """What stands in the form that counts."""
    is_score: bool = False

    @property
    def is_other_score(self) -> bool:
        """Whether both forms have a score there, or a status, each its own."""
        return self.is_score and bool(self.here) and bool(self.there)

    @property
    def in_words(self) -> str:
        place = f"〔{self.sheet} {self.cell}〕" if self.cell else ""
        here, there = (
            f"「{shorten(text)}」" if text else "空白" for text in (self.here, self.there)
        )
        name = f"「{self.name}」" if self.name else ""
        return f"{place}{name}{self.entry}{here}，採計者{there}"


def differences(here: FormFacts, there: FormFacts, rubric: Rubric) -> tuple[Difference, ...]:
    """Every entry that differs, in the form's order."""
    return tuple(
        Difference(
            name,
            entry,
            *_place(ours, theirs),
            _said(ours),
            _said(theirs),
            entry in {_ENTRIES["score"], _STEPS["score"]},
        )
        for name, entry, ours, theirs in _pairs(here, there, rubric)
        if _said(ours) != _said(theirs)
    )


_Pair = tuple[str, str, Cell | None, Cell | None]


def _pairs(here: FormFacts, there: FormFacts, rubric: Rubric) -> Iterator[_Pair]:
    for key, word in _HEAD.items():
        yield "", word, getattr(here, key), getattr(there, key)
    for each in rubric.documents:
        yield "", each.name, here.documents.get(each.id), there.documents.get(each.id)
    for leaf in rubric.leaves:
        ours, theirs = ((facts.entries.get(leaf.id) or (None,))[0] for facts in (here, there))
        for key, word in (_STEPS if rubric.is_checklist else _ENTRIES).items():
            yield leaf.name, word, _cell(ours, key), _cell(theirs, key)
    for item in rubric.items:
        mine, yours = (facts.remarks.get(item.id, {}) for facts in (here, there))
        for key in dict.fromkeys([*mine, *yours]):
            word = REMARKS.get(key, key)
            yield item.name, word, mine.get(key), yours.get(key)


def _cell(entry: Entry | None, key: str) -> Cell | None:
    if entry is None:
        return None
    return entry.others[key] if key in entry.others else getattr(entry, key, None)


def _place(ours: Cell | None, theirs: Cell | None) -> tuple[str, str]:
    cell = ours or theirs
    return (cell.sheet, cell.address) if cell else ("", "")


def _said(cell: Cell | None) -> str:
    """A cell as text; 95 and 95.0 are the same."""
    return "" if cell is None else plain(cell.error or cell.value)

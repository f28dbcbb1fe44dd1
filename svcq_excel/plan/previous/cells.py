"""The cells of a sheet of results: texts and figures, and what cannot be taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.lists.heads import CODE, GROUP, NAME, find_head
from svcq_excel.plan.lists.list_file import SheetOf, sheets_of
from svcq_excel.workbooks.look import address

ANOTHER = "請改指定本程式彙整的統計表原檔"
_RESTORE = "請還原為彙整時的內容，或以 Excel 或 LibreOffice 開啟原檔、存檔後再指定"
_MOST_LEAVES = 10_000
_CLOSE = Fraction(1, 10**9)
"""How far a mean that is stored as a binary fraction may lie from the fraction that it was."""
_CAP = re.compile(r"(?P<name>.+?)\s*(?P<cap>[0-9]+(?:\.[0-9]+)?)分", re.DOTALL)
_WHOLE = ("總分", "原得分", "換算", "加減分")


class ResultSheet:
    """A sheet with its heads; what is wrong in its cells is gathered in `problems`.

    Raises DefinitionError where it cannot be read, or has no heads.
    """

    def __init__(self, source: SheetOf, problems: list[Problem]) -> None:
        self.source, self.problems = source, problems
        self.sheet = next(sheets_of(source))
        head = find_head(self.sheet.rows, (CODE, NAME), (CODE, NAME, GROUP))
        if head is None:
            message = f"找不到「{CODE}」及「{NAME}」欄"
            raise DefinitionError([self._problem(message, ANOTHER)])
        rows, self.below = self.sheet.rows, head.below
        lower: Sequence[object] = ()
        if self.below < len(rows) and self._goes_on(head.columns[NAME]):
            lower, self.below = rows[self.below], self.below + 1
        self._without_results = False
        self.heads: dict[str, int] = {}
        """By text; of what stands in two rows, by the lower one."""
        for column, value in enumerate(rows[head.row]):
            under = str(lower[column]).strip() if column < len(lower) else ""
            self.heads.setdefault(under or str(value).strip(), column)
        self.heads |= head.columns

    @property
    def file(self) -> str:
        return str(self.source.path)

    def _goes_on(self, name: int) -> bool:
        """Whether the row below the heads has heads, too: of what stands behind the names alone."""
        texts = [str(value).strip() for value in self.sheet.rows[self.below]]
        return any(texts[name + 1 :]) and not any(texts[: name + 1])

    def _problem(
        self, message: str, fix: str, row: int | None = None, column: int | None = None
    ) -> Problem:
        line = None if row is None else row + 1
        cell = "" if row is None or column is None else address(row, column)
        return Problem(self.file, message, fix, line, sheet=self.source.name, cell=cell)

    def lacks(self, what: str) -> None:
        """That a column is not there."""
        self.problems.append(self._problem(f"找不到「{what}」欄", ANOTHER))

    def repeats(self, row: int, code: str) -> None:
        """That a unit stands in two rows."""
        said = f"編號「{code}」出現兩次以上"
        self.problems.append(self._problem(said, "請只保留一列", row, self.heads[CODE]))

    @property
    def above(self) -> list[str]:
        """The texts above the heads."""
        rows = self.sheet.rows[: self.below]
        return [text for row in rows for value in row if (text := str(value).strip())]

    def items(self) -> dict[int, tuple[str, Fraction]]:
        """The columns of items, each with its name and cap."""
        found = {}
        for text, column in self.heads.items():
            if (said := _CAP.fullmatch(text)) and not text.startswith(_WHOLE):
                found[column] = said["name"].strip(), Fraction(said["cap"])
        return found

    def total(self) -> tuple[int, Fraction] | None:
        """The column of totals, and what they are out of."""
        for text, column in self.heads.items():
            if (said := _CAP.fullmatch(text)) and text.startswith("總分"):
                return column, Fraction(said["cap"])
        return None

    def rows(self, bar: str = "") -> Iterator[tuple[int, str, str]]:
        """The entries: row from 0, code and name. What has not both is a sum, a note or a line for
        signatures; of a row that begins with `bar`, what comes after that in place of a name."""
        code, name = self.heads[CODE], self.heads[NAME]
        for at in range(self.below, len(self.sheet.rows)):
            said = self.at(at, code), self.at(at, name)
            first = next((text for cell in self.sheet.rows[at] if (text := str(cell).strip())), "")
            if bar and first.startswith(bar):
                yield at, "", first.removeprefix(bar)
            elif all(said):
                yield at, *said

    def text(self, row: int, head: str) -> str:
        """What stands in a column, "" where there is none such."""
        column = self.heads.get(head)
        return "" if column is None else self.at(row, column)

    def figure(
        self, row: int, column: int, most: Fraction | None = None, whole: bool = False
    ) -> Fraction | str | None:
        """A figure from 0 to `most`, or the text that stands there; what is no such figure, or a
        formula without its result, is a problem and none."""
        value = self.sheet.value(row, column)
        if isinstance(value, bool) or not isinstance(value, int | float):
            if not (text := str(value).strip()):
                self._refuse(row, column, self._uncomputed(row, column))
            return text or None
        if not isfinite(value) or value < 0 or (whole and value != int(value)):
            self._refuse(row, column, f"「{value:g}」不是這一欄應有的數值")
            return None
        exact = _exact(value)
        if most is not None and exact > most + _CLOSE:
            self._refuse(row, column, f"「{value:g}」超過這一欄的滿分")
            return None
        return exact

    def number(
        self, row: int, column: int, most: Fraction | None = None, whole: bool = False
    ) -> Fraction | None:
        """A figure where nothing else may stand."""
        found = self.figure(row, column, most, whole)
        if isinstance(found, str):
            self._refuse(row, column, f"「{found}」不是數值")
            return None
        return found

    def _uncomputed(self, row: int, column: int) -> str:
        """Why a formula shows nothing; "" where none stands there."""
        if error := self.sheet.look.error(row, column):
            return f"是公式的錯誤值 {error}"
        if (row, column) not in self.sheet.look.formulas() or self._without_results:
            return ""
        self._without_results = True  # whoever saved it so kept no results at all
        return "等儲存格是公式，檔案內沒有其計算結果"

    def _refuse(self, row: int, column: int, message: str) -> None:
        if message:
            self.problems.append(self._problem(message, _RESTORE, row, column))

    def at(self, row: int, column: int) -> str:
        """What a cell shows."""
        shown = self.sheet.shown.get((row, column))
        value = shown or self.sheet.value(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()


def _exact(value: float) -> Fraction:
    """The fraction that a stored mean was: 177.3333333333333 is 532/3."""
    if value == int(value):
        return Fraction(int(value))
    stored = Fraction(Decimal(repr(value)))
    near = stored.limit_denominator(_MOST_LEAVES)
    return near if abs(near - stored) < _CLOSE else stored

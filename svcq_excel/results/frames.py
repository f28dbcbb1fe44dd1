"""An outcome as pandas data frames, exact: whole numbers stay whole, codes such as 01 stay text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svcq_excel.results.model import Outcome
from svcq_excel.results.tables import FLAGS, NAMES, WHOLE, DataTable, tables

if TYPE_CHECKING:
    from pandas import DataFrame

_MISSING = (
    "這裡沒有安裝 pandas，無法提供資料表。請先執行 pip install pandas；"
    "或用 merge 的 data（指令為 --data）將同樣的內容寫成 CSV。"
)


@dataclass(frozen=True, eq=False)
class Frames(Mapping[str, "DataFrame"]):
    """The four tables, by attribute or by name."""

    units: DataFrame
    leaves: DataFrame
    files: DataFrame
    violations: DataFrame

    def __getitem__(self, name: str) -> DataFrame:
        if name not in NAMES:
            raise KeyError(name)
        frame: DataFrame = getattr(self, name)
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


class FramedOutcome(Outcome):
    """An outcome as the library hands it out."""

    def frames(self) -> Frames:
        """The pandas data frames units, leaves, files and violations; see frames_of."""
        return frames_of(self)


def frames_of(outcome: Outcome) -> Frames:
    """Scores are Decimals, ranks and sizes Int64, all else is text; NA where there is nothing.

    Raises ModuleNotFoundError, in words for people, where pandas is not to be had.
    """
    return Frames(**{name: _frame(table) for name, table in tables(outcome).items()})


def _frame(table: DataTable) -> DataFrame:
    try:
        from pandas import NA, DataFrame, Series, StringDtype
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(_MISSING, name=error.name) from error
    columns = {}
    for at, name in enumerate(table.columns):
        values = [NA if row[at] is None else row[at] for row in table.rows]
        exact, whole = name in table.exact, name in WHOLE
        named = "object" if exact else "Int64" if whole else "boolean" if name in FLAGS else ""
        kind = named or StringDtype("python")
        columns[name] = Series(values, dtype=kind)
    return DataFrame(columns)

"""The tables of an outcome as files: CSV that Excel opens, and parquet where it can be written."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from svcq_excel.results.frames import frames_of
from svcq_excel.results.guarded_csv import guarded_csv
from svcq_excel.results.model import Outcome
from svcq_excel.results.tables import NAMES, tables

_WRITERS = ("pyarrow", "fastparquet")


def paths(folder: Path) -> tuple[Path, ...]:
    """The files that are made here."""
    suffixes = (".csv", ".parquet") if _writes_parquet() else (".csv",)
    return tuple(folder / f"{name}{suffix}" for suffix in suffixes for name in NAMES)


def contents(outcome: Outcome, folder: Path) -> dict[Path, bytes]:
    """What they hold; an equal outcome gives equal bytes."""
    made = {
        folder / f"{name}.csv": guarded_csv(table.columns, table.rows)
        for name, table in tables(outcome).items()
    }
    if _writes_parquet():
        for name, frame in frames_of(outcome).items():
            stream = BytesIO()
            frame.to_parquet(stream, index=False)
            made[folder / f"{name}.parquet"] = stream.getvalue()
    return made


def _writes_parquet() -> bool:
    return bool(find_spec("pandas")) and any(map(find_spec, _WRITERS))

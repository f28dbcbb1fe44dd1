"""The folder of one assessment: the plan workbook at its root, and where everything else lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PLAN_NAMES = ("考核計畫.xlsx", "考核計畫.ods")
"""What makes a folder one, the first that is there."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Its places; each is made when it is first needed."""

    path: Path
    plan_workbook: Path
    """All that people decide; it is read and never written."""

    @property
    def blank_forms(self) -> Path:
        return self.path / "空白表件"

    @property
    def inbox(self) -> Path:
        """The only place where strangers' files lie: nothing of ours is written into it or
        believed from it."""
        return self.path / "收件"

    @property
    def corrections(self) -> Path:
        return self.path / "補正"

    @property
    def results(self) -> Path:
        return self.path / "結果"

    @property
    def letters(self) -> Path:
        return self.path / "信件"

    @property
    def archive(self) -> Path:
        """Results that were frozen."""
        return self.path / "封存"


def folder_at(path: Path) -> Folder | None:
    """The folder of an assessment that this one is, by its plan workbook."""
    found = (path / name for name in PLAN_NAMES)
    plan = next((each for each in found if each.is_file()), None)
    return Folder(path, plan) if plan else None

"""The folder of one assessment: the plan workbook at its root, and where everything else lies."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from svcq_excel.letters.letter import OCCASIONS
from svcq_excel.plan.sources import Sources
from svcq_excel.text.file_names import safe_file_name

PLAN_NAMES = ("考核計畫.xlsx", "考核計畫.ods")
"""What makes a folder one, the first that is there."""


INBOX = "收件"


@dataclass(frozen=True, slots=True)
class Folder:
    """Its places; each is made when it is first needed."""

    path: Path
    plan_workbook: Path
    """All that people decide; it is read and never written."""
    round: str = ""
    """Whose outputs are meant, where several rounds share the folder."""

    def of(self, sources: Sources) -> Folder:
        """The places of the round that is meant; where there is but one, nothing is kept apart."""
        several = len(sources.rounds or ()) > 1
        return self.in_round(sources.round) if several and sources.round else self

    def in_round(self, round: str) -> Folder:
        return replace(self, round=safe_file_name(round, suffix=""))

    @property
    def blank_forms(self) -> Path:
        return self.path / "空白表件" / self.round

    @property
    def inbox(self) -> Path:
        """The only place where strangers' files lie: nothing of ours is written into it or
        believed from it. Forms of all rounds lie there. Absolute, so that results call what lies
        there alike, wherever the call was made."""
        return (self.path / INBOX).absolute()

    @property
    def corrections(self) -> Path:
        """Correction forms, a folder a time."""
        return self.path / "補正" / self.round

    @property
    def results(self) -> Path:
        return self.path / "結果" / self.round

    @property
    def statistics(self) -> Path:
        return self.results / "考核結果統計表.xlsx"

    @property
    def letters(self) -> Path:
        return self.path / "信件" / self.round

    @property
    def drafts(self) -> tuple[Path, ...]:
        """A folder by what letters are about."""
        return tuple(self.letters / word for word in OCCASIONS.values())

    @property
    def archive(self) -> Path:
        """Results that were frozen."""
        return self.path / "封存"


def folder_at(path: Path) -> Folder | None:
    """The folder of an assessment that this one is, by its plan workbook; what lies among the
    files that strangers sent is none."""
    try:
        return _folder_at(path)
    except (OSError, ValueError):  # a name that this system cannot have is none
        return None


def _folder_at(path: Path) -> Folder | None:
    if is_in_an_inbox(path):
        return None
    found = (path / name for name in PLAN_NAMES)
    plan = next((each for each in found if each.is_file()), None)
    return Folder(path, plan) if plan else None


def is_in_an_inbox(path: Path) -> bool:
    real = Path(os.path.realpath(path))
    return any(
        each.name == INBOX and any((each.parent / name).is_file() for name in PLAN_NAMES)
        for each in (real, *real.parents)
    )

"""封存/定案紀錄.json: which results of a folder were frozen, which of that was undone, and why."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from svcq_excel.assessment.folder import Folder
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.lockings import Locking
from svcq_excel.output import reason_of
from svcq_excel.placing import write_together
from svcq_excel.plan.rounds import round_key

JOURNAL = "定案紀錄.json"
_MOST_BYTES = 8 * 1024**2


@dataclass(frozen=True, slots=True)
class Journal:
    """All that was frozen in a folder, in that order."""

    lockings: tuple[Locking, ...] = ()

    def of_round(self, round: str) -> tuple[Locking, ...]:
        return tuple(each for each in self.lockings if round_key(each.round) == round_key(round))

    def standing(self, outputs: Collection[str]) -> tuple[Locking, ...]:
        """Those that forbid that any of these files is replaced, by paths within the folder."""
        return tuple(each for each in self.at(outputs) if each.stands)

    def at(self, outputs: Collection[str]) -> tuple[Locking, ...]:
        """What was frozen where these files lie, the first one first."""
        return tuple(each for each in self.lockings if not set(outputs).isdisjoint(each.outputs))

    def with_one_more(self, locking: Locking) -> Journal:
        return Journal((*self.lockings, locking))

    def undone(self, which: Iterable[Locking], at: datetime, reason: str) -> Journal:
        gone = set(which)
        return Journal(
            tuple(
                replace(each, undone=at, reason=reason) if each in gone else each
                for each in self.lockings
            )
        )

    def as_bytes(self) -> bytes:
        said = {"format": 1, "lockings": [_said(each) for each in self.lockings]}
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def journal_path(folder: Folder) -> Path:
    return folder.archive / JOURNAL


def read_journal(folder: Folder) -> Journal:
    """What was kept; nothing where nothing was. Raises DefinitionError where it is damaged."""
    path = journal_path(folder)
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except FileNotFoundError:
        return Journal()
    except OSError as error:
        raise DefinitionError([_unreadable(path, reason_of(error))]) from error
    try:
        said = json.loads(data.decode("utf-8"))
        return Journal(tuple([_locking(each) for each in said["lockings"]]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DefinitionError([_unreadable(path, "內容不是程式所寫的")]) from error


def keep_journal(folder: Folder, journal: Journal) -> None:
    """Raises OutputBlockedError."""
    write_together({journal_path(folder): journal.as_bytes()}.items())


def _unreadable(path: Path, why: str) -> Problem:
    fix = "請由備份取回這個檔案；它記載哪些結果已經定案，請勿自行修改"
    return Problem(str(path), f"定案紀錄無法讀取（{why}）", fix)


def _said(each: Locking) -> dict[str, Any]:
    said = {**asdict(each), "at": each.at.isoformat()}
    return {**said, "undone": each.undone.isoformat() if each.undone else None}


def _locking(said: Any) -> Locking:
    """Raises LookupError, TypeError or ValueError for what is none."""
    undone, texts = said["undone"], (said["round"], said["archive"], said["sha256"], said["reason"])
    if not all(isinstance(text, str) for text in (*texts, *said["outputs"])):
        raise TypeError(said)
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None or Path(said["archive"]).name != said["archive"]:
        raise ValueError(said)
    return Locking(
        int(said["number"]),
        said["round"],
        said["archive"],
        said["sha256"],
        at,
        tuple(said["outputs"]),
        datetime.fromisoformat(undone) if undone else None,
        said["reason"],
    )

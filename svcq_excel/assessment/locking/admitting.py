"""Whether a result may take the place of another: not of one that is frozen, but for a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking.contents import within
from svcq_excel.assessment.locking.journal import keep_journal, read_journal
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.lockings import Locking
from svcq_excel.plan.plan import Plan
from svcq_excel.rerun import Outputs
from svcq_excel.text.roc_dates import roc_moment


def admitted(folder: Folder, plan: Plan, table: Path, unlock: str | None = None) -> Plan:
    """The plan, with the results that were frozen before, where the statistics may be written.

    Raises DefinitionError where they are frozen, and nobody says why they shall not stay.
    """
    if unlock is not None and not unlock.strip():
        raise DefinitionError([Problem("--unlock", "沒有寫明解除定案的理由", "請在其後寫明理由")])
    names = _names(folder, table)
    journal = read_journal(folder)
    if standing := journal.standing(names):
        if unlock is None:
            raise DefinitionError([_frozen(folder, each) for each in standing])
        journal = journal.undone(standing, datetime.now(UTC), " ".join(unlock.split()))
        keep_journal(folder, journal)
    return replace(plan, lockings=journal.at(names))


def chained(folder: Folder, plan: Plan) -> Plan:
    """The plan, with the results of its round that were frozen before."""
    return replace(plan, lockings=read_journal(folder).at(_names(folder, folder.statistics)))


def is_frozen(folder: Folder, table: Path) -> bool:
    """Whether these statistics are."""
    return bool(read_journal(folder).standing(_names(folder, table)))


def _names(folder: Folder, table: Path) -> list[str]:
    written = Outputs.of_result(table).paths
    return [*filter(None, (within(folder, path) for path in written))]


def _frozen(folder: Folder, each: Locking) -> Problem:
    return Problem(
        str(folder.archive / each.archive),
        f"「{each.round}」的結果已於 {roc_moment(each.at)} {each.called}，不能取代",
        '確須更正時，請加上 --unlock 並寫明理由，例如 --unlock "申訴成立，更正得分"；'
        "理由會列入定案紀錄",
    )

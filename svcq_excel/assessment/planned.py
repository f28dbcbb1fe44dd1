"""What the plan workbook of a folder gives, below what a call says."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from svcq_excel.assessment.folder import INBOX, PLAN_NAMES, Folder
from svcq_excel.definition import DefinitionError, Problem, RoundError, problem_of
from svcq_excel.plan.matters import THIS_ROUND
from svcq_excel.plan.plan_workbook import read_plan_workbook
from svcq_excel.plan.rounds import round_key
from svcq_excel.plan.sources import Sources


def no_folder(path: Path) -> Problem:
    message = f"不是考核資料夾：其中沒有「{PLAN_NAMES[0]}」，或位於「{INBOX}」之內"
    return Problem(str(path), message, "請先以 svcq new 建立，或改指定考核資料夾")


def planned_in(folder: Folder, given: Sources, only: Collection[str] | None = None) -> Sources:
    """What a call gives over what the folder's plan workbook does; `only` names what it takes of
    that. Of a checklist, what was open before is found in the results of the round before; with
    the results of all earlier ones those of this one are compared."""
    if twins := [*_twins(folder)]:
        raise DefinitionError(twins)
    sources = given.over(read_plan_workbook(folder.plan_workbook), only)
    if (only is None or "previous" in only) and given.previous is None:
        sources = replace(sources, found_results=tuple(_results_before(folder, sources)))
    takes = only is None or "carried" in only
    return _carrying_on(folder, sources) if takes and sources.carried is None else sources


def _twins(folder: Folder) -> Iterator[Problem]:
    """Of two plan workbooks nobody can say which one was written on last."""
    there = [name for name in PLAN_NAMES if (folder.path / name).is_file()]
    if len(there) > 1:
        message = f"資料夾內同時有「{there[0]}」與「{there[1]}」，無法確定以何者為準"
        fix = "請只保留一個，其餘移到別處"
        yield Problem(str(folder.path), message, fix)


def no_round(folder: Folder, error: RoundError) -> Problem:
    """What to do in a folder about forms that do not tell which round is meant."""
    fix = f"請在「計畫」的「{THIS_ROUND}」填現在辦理的一期，或以 --round 指定"
    return Problem(folder.plan_workbook.name, str(error), fix)


def _carrying_on(folder: Folder, sources: Sources) -> Sources:
    """Of a checklist, with the results of the nearest earlier round that has any; that none has is
    told."""
    earlier = [*_before(sources)]
    if not earlier or not _is_checklist(sources):
        return sources
    if found := [*_results_before(folder, sources)]:
        return replace(sources, carried=found[-1])
    message = f"前一期（{earlier[-1]}）尚未彙整，本期沒有併入前期未完成的步驟"
    fix = (
        f"請先彙整前一期（「計畫」的「{THIS_ROUND}」改填該期，或以 svcq merge --round 指定）；"
        "沒有前期者不必處理"
    )
    told = problem_of(earlier[-1], folder.plan_workbook.name, message, fix)
    return replace(sources, doubts=(*(sources.doubts or ()), told))


def _results_before(folder: Folder, sources: Sources) -> Iterator[Path]:
    """Of the earlier rounds, those that were merged."""
    there = (folder.in_round(name).statistics for name in _before(sources))
    return (path for path in there if path.is_file())


def _is_checklist(sources: Sources) -> bool:
    from svcq_excel.rubric.shipped import load

    try:
        return load(str(sources.rubric)).is_checklist
    except DefinitionError:
        return False  # it is told when the rubric is read


def _before(sources: Sources) -> Iterator[str]:
    for each in sources.rounds or () if sources.round else ():
        if round_key(each.name) == round_key(sources.round or ""):
            return
        yield each.name


def inbox_of(folder: Folder) -> Path:
    """Where strangers' files lie, once it is there."""
    folder.inbox.mkdir(exist_ok=True)
    return folder.inbox

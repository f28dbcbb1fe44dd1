"""An assessment in its folder: each step a call that takes from the plan what it is not told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svcq_excel import pipeline
from svcq_excel.assessment.folder import INBOX, PLAN_NAMES, Folder, folder_at
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.plan_workbook import read_plan_workbook
from svcq_excel.plan.rounds import round_key
from svcq_excel.plan.sources import AnyPath, Sources
from svcq_excel.rerun import Written

if TYPE_CHECKING:
    from svcq_excel.issuing.issuing import Issued
    from svcq_excel.returns.correcting import SentBack


def open_folder(path: AnyPath) -> Assessment:
    """The assessment in a folder. Raises DefinitionError where there is none."""
    folder = folder_at(Path(path))
    if folder is None:
        raise DefinitionError([no_folder(Path(path))])
    return Assessment(folder)


def no_folder(path: Path) -> Problem:
    message = f"不是考核資料夾：其中沒有「{PLAN_NAMES[0]}」，或位於「{INBOX}」之內"
    return Problem(str(path), message, "請先以 svcq new 建立，或改指定考核資料夾")


def planned_in(folder: Folder, given: Sources, only: Collection[str] | None = None) -> Sources:
    """What a call gives over what the folder's plan workbook does; `only` names what it takes of
    that. Of a checklist, what was open before is found in the results of the round before."""
    sources = given.over(read_plan_workbook(folder.plan_workbook), only)
    takes = only is None or "carried" in only
    if sources.carried is None and takes and (before := _results_before(folder, sources)):
        return replace(sources, carried=before)
    return sources


def _results_before(folder: Folder, sources: Sources) -> Path | None:
    """The statistics workbook of the nearest earlier round that has one, of a checklist."""
    from svcq_excel.rubric.shipped import load

    if not sources.round or not sources.rounds or sources.rubric is None:
        return None
    earlier = list(_before(sources))
    there = (folder.in_round(name).statistics for name in reversed(earlier))
    found = next((path for path in there if path.is_file()), None)
    try:
        return found if found and load(str(sources.rubric)).is_checklist else None
    except DefinitionError:
        return None  # it is told when the rubric is read


def _before(sources: Sources) -> Iterator[str]:
    for each in sources.rounds or ():
        if round_key(each.name) == round_key(sources.round or ""):
            return
        yield each.name


@dataclass(frozen=True)
class Assessment:
    """The steps, each as the pipeline has it; what `more` says goes before the plan."""

    folder: Folder

    def sources(self, **more: Any) -> Sources:
        """What the plan workbook gives, read anew at each call."""
        return planned_in(self.folder, Sources(**more))

    def plan(self, **more: Any) -> Plan:
        """Raises DefinitionError with all that is wrong, by sheet and cell."""
        return self.sources(**more).read().read_from(self.folder.plan_workbook)

    def places(self, **more: Any) -> Folder:
        """Where the outputs of the round lie."""
        return self.folder.of(self.sources(**more))

    def issue(self, **more: Any) -> tuple[Issued, ...]:
        """The blank forms of all kinds that the plan names."""
        plan = self.plan(**more)
        formats = plan.formats or ("xlsx",)
        out = self.places(**more).blank_forms
        return pipeline.issue(plan, plan.assessors or (SELF,), out, formats=formats)

    def check(self, **more: Any) -> Written:
        return pipeline.check(self.plan(**more), self._inbox(), self.places(**more).results)

    def merge(self, **more: Any) -> Written:
        return pipeline.merge(self.plan(**more), self._inbox(), self.places(**more).statistics)

    def send_back(self, deadline: str = "", **more: Any) -> SentBack:
        """The correction forms, a folder a time."""
        out = self.places(**more).corrections
        return pipeline.send_back(self.plan(**more), self._inbox(), out, deadline, apart=True)

    def _inbox(self) -> Path:
        return inbox_of(self.folder)


def inbox_of(folder: Folder) -> Path:
    """Where strangers' files lie, once it is there."""
    folder.inbox.mkdir(exist_ok=True)
    return folder.inbox

"""An assessment in its folder: each step a call that takes from the plan what it is not told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svcq_excel import pipeline
from svcq_excel.assessment.folder import Folder, folder_at
from svcq_excel.assessment.locking.admitting import admitted
from svcq_excel.assessment.planned import inbox_of, no_folder, planned_in
from svcq_excel.definition import DefinitionError
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.sources import AnyPath, Sources
from svcq_excel.rerun import Written

if TYPE_CHECKING:
    from svcq_excel.assessment.locking.freezing import Locked
    from svcq_excel.issuing.issuing import Issued
    from svcq_excel.returns.correcting import SentBack


def open_folder(path: AnyPath) -> Assessment:
    """The assessment in a folder. Raises DefinitionError where there is none."""
    folder = folder_at(Path(path))
    if folder is None:
        raise DefinitionError([no_folder(Path(path))])
    return Assessment(folder)


@dataclass(frozen=True)
class Assessment:
    """The steps, each as the pipeline has it; what `more` says goes before the plan."""

    folder: Folder

    def sources(self, **more: Any) -> Sources:
        """What the plan workbook gives, read anew at each call."""
        return planned_in(self.folder, Sources(**more))

    def plan(self, **more: Any) -> Plan:
        """Raises DefinitionError with all that is wrong, by sheet and cell."""
        return self._read(**more)[1]

    def places(self, **more: Any) -> Folder:
        """Where the outputs of the round lie."""
        return self.folder.of(self.sources(**more))

    def _read(self, **more: Any) -> tuple[Folder, Plan]:
        """Both, of one reading."""
        sources = self.sources(**more)
        plan = sources.read().read_from(self.folder.plan_workbook)
        return self.folder.of(sources), plan

    def issue(self, **more: Any) -> tuple[Issued, ...]:
        """The blank forms of all kinds that the plan names."""
        places, plan = self._read(**more)
        formats = plan.formats or ("xlsx",)
        who, out = plan.assessors or (SELF,), places.blank_forms
        return pipeline.issue(plan, who, out, formats=formats, drafts=places.drafts)

    def check(self, **more: Any) -> Written:
        places, plan = self._read(**more)
        return pipeline.check(plan, self._inbox(), places.results)

    def merge(self, unlock: str | None = None, **more: Any) -> Written:
        """`unlock` says why a result that is frozen shall not stay."""
        places, plan = self._read(**more)
        plan = admitted(places, plan, places.statistics, unlock)
        return pipeline.merge(plan, self._inbox(), places.statistics)

    def lock(self, **more: Any) -> Locked:
        """Freezes the result of the round."""
        from svcq_excel.assessment.locking.freezing import lock

        return lock(*self._read(**more))

    def verify(self) -> list[str]:
        """What is not as it was frozen, or comes out otherwise, in words."""
        from svcq_excel.assessment.locking.verifying import differences_in

        return differences_in(self.folder)

    def send_back(self, deadline: str = "", **more: Any) -> SentBack:
        """The correction forms, a folder a time."""
        places, plan = self._read(**more)
        out = places.corrections
        return pipeline.send_back(plan, self._inbox(), out, deadline, apart=True)

    def _inbox(self) -> Path:
        return inbox_of(self.folder)

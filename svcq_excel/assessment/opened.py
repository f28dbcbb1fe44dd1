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
        return self.sources(**more).read().read_from(self.folder.plan_workbook)

    def places(self, **more: Any) -> Folder:
        """Where the outputs of the round lie."""
        return self.folder.of(self.sources(**more))

    def issue(self, **more: Any) -> tuple[Issued, ...]:
        """The blank forms of all kinds that the plan names."""
        plan = self.plan(**more)
        formats = plan.formats or ("xlsx",)
        places = self.places(**more)
        who, out = plan.assessors or (SELF,), places.blank_forms
        return pipeline.issue(plan, who, out, formats=formats, drafts=places.drafts)

    def check(self, **more: Any) -> Written:
        return pipeline.check(self.plan(**more), self._inbox(), self.places(**more).results)

    def merge(self, unlock: str | None = None, **more: Any) -> Written:
        """`unlock` says why a result that is frozen shall not stay."""
        places = self.places(**more)
        plan = admitted(places, self.plan(**more), places.statistics, unlock)
        return pipeline.merge(plan, self._inbox(), places.statistics)

    def lock(self, **more: Any) -> Locked:
        """Freezes the result of the round."""
        from svcq_excel.assessment.locking.freezing import lock

        return lock(self.places(**more), self.plan(**more))

    def verify(self) -> list[str]:
        """What is not as it was frozen, or comes out otherwise, in words."""
        from svcq_excel.assessment.locking.verifying import differences_in

        return differences_in(self.folder)

    def send_back(self, deadline: str = "", **more: Any) -> SentBack:
        """The correction forms, a folder a time."""
        out = self.places(**more).corrections
        return pipeline.send_back(self.plan(**more), self._inbox(), out, deadline, apart=True)

    def _inbox(self) -> Path:
        return inbox_of(self.folder)

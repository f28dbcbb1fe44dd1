"""One run over an inbox: done, or found to be as it was, and shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import progress, say
from svcq_excel.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from svcq_excel.cli.told import Told
    from svcq_excel.plan.plan import Plan
    from svcq_excel.plan.plan_file import PlanFile
    from svcq_excel.results.model import Outcome


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that a call asks for, and how the workbook among them is made."""

    workbook: Path
    receipts: Path
    write: Callable[[Outcome], bytes]


@dataclass(frozen=True, slots=True)
class Run:
    """What a call asks to be assessed."""

    inbox: tuple[Path, ...]
    rubric: str
    units: Path
    round: str | None
    deadline: str | None
    decisions: Path | None
    fresh: bool
    assessors: str | None = None
    rulings: Path | None = None
    carried: Path | None = None
    plan_file: PlanFile | None = None

    def told(self, outputs: Outputs | None, as_json: bool, quiet: bool) -> int:
        """Does it, or finds that nothing has changed, and shows it; the exit code."""
        from svcq_excel import pipeline
        from svcq_excel.cli.told import keep, told_before
        from svcq_excel.store import Store

        plan = self._plan(outputs.workbook.parent if outputs else None)
        if not outputs:
            return self._anew(plan, None, quiet or as_json)[0].show(as_json, quiet)
        with closing(Store(outputs.workbook.parent)) as store:
            digest = pipeline.inputs_digest(plan, self.inbox, outputs.workbook)
            told = None if self.fresh else told_before(store, outputs.workbook, digest)
        if told:
            say("收件、名單及設定都與上次相同，結果未變。", quiet or as_json)
            return told.show(as_json, quiet)
        told, moved = self._anew(plan, outputs, quiet or as_json)
        told.show(as_json, quiet)
        for wanted, found in moved.items():
            say(f"「{wanted}」正由其他程式開啟，未能取代；這次的結果另存為「{found}」。")
        if moved:
            return ExitCode.FAULT
        with closing(Store(outputs.workbook.parent)) as store:
            keep(store, outputs.workbook, digest, told)
        return told.code

    def _anew(
        self, plan: Plan, outputs: Outputs | None, quiet: bool
    ) -> tuple[Told, dict[Path, Path]]:
        """What there is to tell, and the outputs that had to lie elsewhere."""
        from svcq_excel import pipeline
        from svcq_excel.cli.summary import details, summary
        from svcq_excel.cli.told import Told, digest_of
        from svcq_excel.output import write_together
        from svcq_excel.results.outcome_json import as_json
        from svcq_excel.results.receipts_csv import receipts_csv

        output = outputs.workbook if outputs else None
        with progress("讀取表件", quiet) as report:
            outcome = pipeline.assess(plan, self.inbox, output, report, self.fresh)
        placed: dict[Path, Path] = {}
        if outputs:
            contents = {
                outputs.workbook: outputs.write(outcome),
                outputs.receipts: receipts_csv(outcome),
            }
            placed = write_together(contents)
        told = Told(
            as_json(outcome, str(placed[output]) if output else None),
            list(details(outcome)),
            list(summary(outcome)),
            {str(path): digest_of(path) for path in placed.values()},
            int(outcome.needs_a_person),
        )
        return told, {wanted: found for wanted, found in placed.items() if wanted != found}

    def _plan(self, outputs: Path | None) -> Plan:
        from svcq_excel import pipeline
        from svcq_excel.plan.decisions import decisions_beside

        decisions = self.decisions or (decisions_beside(outputs) if outputs else None)
        asked = (self.rubric, self.units, self.round, self._due(), decisions)
        return pipeline.define(*asked, self.assessors, self.rulings, self.carried, self.plan_file)

    def _due(self) -> datetime | None:
        from svcq_excel.text.roc_dates import parse_deadline

        due = parse_deadline(self.deadline) if self.deadline else None
        if self.deadline and not due:
            raise click.UsageError(
                f"--deadline「{self.deadline}」不是日期，請寫成 105年7月31日 或 105/7/31 17:00。"
            )
        return due

"""`svcq generate`: one blank form per unit and assessor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import common, is_watched, progress, say, show, show_json
from svcq_excel.cli.folder import folder_here
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.planned import ISSUING, defined, out, planned, replacing

if TYPE_CHECKING:
    from svcq_excel.plan.plan import Plan
    from svcq_excel.plan.sources import Sources


def _of_a_round(plan: Plan, quiet: bool) -> Plan:
    """The plan, once it is said which round is meant where a year has several."""
    from svcq_excel.plan.matters import ROUND, THIS_ROUND

    rounds = plan.rubric.clauses.rounds
    if plan.round or not rounds:
        return plan
    several = [f"{plan.rubric.default_round}{name}" for name in rounds.names]
    said = f"本考核每年度有 {len(several)} 期（{'、'.join(several)}）"
    if is_watched(sys.stdin) and not quiet:
        return plan.of_round(click.prompt(f"{said}，這次是哪一期", err=True))
    marked = f"表件只標示「{plan.rubric.default_round}」，檔名也不含期別"
    todo = f"加上 --round {several[0]} "
    if folder_here():
        todo = f"在考核計畫的「{ROUND}」填 {several[0]}（一年辦理數次者填「{THIS_ROUND}」），"
    say(f"{said}，沒有指定這次是哪一期：{marked}。寄發之前，請{todo}重新產製。")
    return plan


@click.command(cls=Command)
@planned(ISSUING, lambda folder: folder.blank_forms)
@out("表件要放的資料夾。")
@replacing
@common
def generate(
    sources: Sources,
    out: Path,
    replace: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """為每個單位（及考核人員）產製一份空白評分表。"""
    from svcq_excel import pipeline
    from svcq_excel.form.identity import INDEX
    from svcq_excel.issuing.issuing import outlines_of
    from svcq_excel.plan.assessors import SELF

    plan = _of_a_round(defined(sources), quiet or as_json)
    assessors, formats = plan.assessors or (SELF,), plan.formats or ("xlsx",)
    outlines = outlines_of(plan, assessors, out)
    folder = folder_here()
    drafts = folder.of(sources).drafts if folder else ()
    with progress("產製表件", quiet or as_json) as report:
        issued = pipeline.issue(plan, assessors, out, report, formats, replace, drafts)
    if as_json:
        show_json(
            {
                "rubric": plan.rubric.id,
                "round": plan.round or plan.rubric.default_round,
                "forms": [
                    {
                        "unit": form.unit.code,
                        "assessor": form.assessor.key,
                        "path": form.path.as_posix(),
                    }
                    for form in issued
                ],
                "documents": [
                    {
                        "unit": each.unit.code,
                        "document": each.document.id,
                        "path": each.path.as_posix(),
                    }
                    for each in outlines
                ],
            }
        )
        return
    each = f"（各有 {' 及 '.join(f'.{name}' for name in formats)}）" if len(formats) > 1 else ""
    beside = f"及 {len(outlines)} 份應另附文件的格式" if outlines else ""
    made = f"{len(issued) // len(formats)} 份表件{each}{beside}"
    say(f"已產製 {made}，清單見「{INDEX}」：", quiet)
    show(str(out))

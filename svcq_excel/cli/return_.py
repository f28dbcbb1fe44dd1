"""`svcq return`: a correction form for each unit that has something to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.assess import inputs
from svcq_excel.cli.console import common, progress, say, show, show_json
from svcq_excel.cli.help_pages import Command

if TYPE_CHECKING:
    from svcq_excel.plan.plan_file import PlanFile


@click.command("return", cls=Command)
@inputs
@click.option("--out", required=True, type=click.Path(path_type=Path), help="補正表件的資料夾。")
@click.option(
    "--deadline", "until", default="", metavar="TEXT", help="補正期限，例如 105年7月31日。"
)
@common
def return_(
    inbox: tuple[Path, ...],
    rubric: str,
    units: Path,
    round_: str | None,
    carried: Path | None,
    plan_file: PlanFile | None,
    out: Path,
    until: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """為 INBOX 中有錯的表件各做一份補正表件：帶入原填內容，標出應更正處。"""
    from svcq_excel import pipeline

    hushed = quiet or as_json
    plan = pipeline.define(rubric, units, round_, carried=carried, plan_file=plan_file)
    with progress("讀取表件", hushed) as report:
        plan, files = pipeline.review(plan, inbox, report)
    with progress("製作補正表件", hushed) as report:
        returned = pipeline.return_forms(plan, files, out, until, report)
    if as_json:
        show_json(
            {
                "rubric": plan.rubric.id,
                "round": plan.round,
                "forms": [
                    {
                        "unit": each.unit.code,
                        "assessor": each.assessor,
                        "answers": each.answers,
                        "path": str(each.path),
                    }
                    for each in returned
                ],
            }
        )
    else:
        for each in returned:
            show(str(each.path))
        say(f"已製作 {len(returned)} 份補正表件。", quiet)
    return int(bool(returned))

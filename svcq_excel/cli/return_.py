"""`svcq return`: a correction form for each unit that has something to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.assess import inbox
from svcq_excel.cli.console import common, progress, say, show, show_json
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.planned import RETURNING, defined, planned

if TYPE_CHECKING:
    from svcq_excel.plan.sources import Sources


@click.command("return", cls=Command)
@inbox
@planned(RETURNING)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="補正表件的資料夾。")
@click.option(
    "--deadline", "until", default="", metavar="TEXT", help="補正期限，例如 105年7月31日。"
)
@common
def return_(
    inbox: tuple[Path, ...],
    sources: Sources,
    out: Path,
    until: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """為 INBOX 中有錯的表件各做一份補正表件：帶入原填內容，標出應更正處。"""
    from svcq_excel import pipeline

    plan = defined(sources)
    with progress("讀取表件並製作補正表件", quiet or as_json) as report:
        sent = pipeline.send_back(plan, inbox, out, until, report)
    if as_json:
        show_json(
            {
                "rubric": plan.rubric.id,
                "round": sent.round,
                "forms": [
                    {
                        "unit": each.unit.code,
                        "assessor": each.assessor,
                        "answers": each.answers,
                        "path": str(each.path),
                    }
                    for each in sent.forms
                ],
            }
        )
    else:
        for each in sent.forms:
            show(str(each.path))
        say(f"已製作 {len(sent.forms)} 份補正表件。", quiet)
    return int(bool(sent.forms))

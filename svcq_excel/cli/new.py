"""`svcq new`: the folder of one assessment."""

from __future__ import annotations

from pathlib import Path

import click

from svcq_excel.cli.console import common, say, show, show_json
from svcq_excel.cli.help_pages import Command


@click.command(cls=Command)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--like",
    "source",
    required=True,
    metavar="SOURCE",
    help="照什麼建立：內附代號（如 wra-105）、定義檔、收過的表件，或去年的考核資料夾。",
)
@click.option(
    "--year", type=click.IntRange(1, 199), metavar="N", help="民國年度，例如 106；未填則同 SOURCE。"
)
@click.option("--round", metavar="TEXT", help="現在辦理的考核期別，例如 106年度上半年。")
@click.option("--agency", metavar="TEXT", help="主辦機關；未填則同 SOURCE。")
@common
def new(
    folder: Path,
    source: str,
    year: int | None,
    round: str | None,
    agency: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """建立考核資料夾 FOLDER：考核計畫、收件資料夾，及各步驟的啟動檔。

    之後以 Excel 或 LibreOffice 填寫其中的「考核計畫.xlsx」，其餘指令在該資料夾內都不必加選項。
    """
    from svcq_excel.assessment.new import new_folder

    made = new_folder(folder, source, year, round, agency)
    plan = made.folder.plan_workbook
    if as_json:
        show_json(
            {
                "folder": made.folder.path.as_posix(),
                "plan": plan.as_posix(),
                "rubric": made.likeness.rubric.id,
                "to_look_at": list(made.to_look_at),
            }
        )
        return
    say("已建立考核資料夾，其中的考核計畫：", quiet)
    show(str(plan))
    for line in made.to_look_at:
        say(f"請核對：{line}", quiet)
    if not made.likeness.lists:
        say("請先填寫其中的「受考核單位」，並核對「計畫」的期別與期限。", quiet)

"""`svcq demo`: the whole chain on the samples that ship."""

from __future__ import annotations

from pathlib import Path

import click

from svcq_excel.cli.chinese import Command
from svcq_excel.cli.console import common, say, show, show_json

_ROUND = "105年度上半年"


@click.command(cls=Command)
@click.argument(
    "folder", metavar="[DIR]", default=Path("out/demo"), type=click.Path(path_type=Path)
)
@common
def demo(folder: Path, as_json: bool, quiet: bool) -> None:
    """以內附範例示範：產製表件、讀回檢核、彙整統計表，結果放在 DIR（預設 out/demo）。"""
    from svcq_excel import pipeline
    from svcq_excel.cli.summary import summary
    from svcq_excel.data import beside_the_package
    from svcq_excel.output import write_whole
    from svcq_excel.plan.assessors import SELF
    from svcq_excel.results.outcome_json import as_json as document_of
    from svcq_excel.results.workbook import write_statistics

    samples = beside_the_package("samples")
    forms, table = folder / "空白表件", folder / "考核結果統計表.xlsx"
    plan = pipeline.define("wra-105", samples / "units.csv", _ROUND)
    issued = pipeline.issue(plan, [SELF], forms)
    outcome = pipeline.assess(plan, [samples / "returned"], table)
    write_whole(table, write_statistics(outcome))
    if as_json:
        show_json(document_of(outcome, str(table)))
        return
    say(f"一、產製 {len(issued)} 個單位的空白評分表，放在：", quiet)
    show(str(forms))
    say(f"二、讀回範例中各單位填好的表件（{samples / 'returned'}）：", quiet)
    for line in summary(outcome):
        say(f"　　{line}", quiet)
    say("三、彙整為考核結果統計表，待補正及未繳的單位見其中「檢核結果」及「繳交情形」：", quiet)
    show(str(table))

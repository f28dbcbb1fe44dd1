"""`svcq check` and `svcq merge`: what came back, checked and, for merge, consolidated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from svcq_excel.cli.chinese import Command
from svcq_excel.cli.console import common, progress, say, show, show_json

if TYPE_CHECKING:
    from svcq_excel.results.model import Outcome

F = TypeVar("F", bound=Callable[..., Any])
REPORT = "檢核結果.xlsx"


def inputs(command: F) -> F:
    """The arguments that both commands share."""
    for option in (
        click.option("--round", "round_", metavar="TEXT", help="考核期別；未填則依表件所載。"),
        click.option(
            "--units", required=True, type=click.Path(path_type=Path), help="受考核單位名單。"
        ),
        click.option(
            "--rubric", required=True, metavar="RUBRIC", help="內附代號（如 wra-105）或定義檔。"
        ),
        click.argument(
            "inbox",
            nargs=-1,
            required=True,
            type=click.Path(exists=True, path_type=Path),
            metavar="INBOX...",
        ),
    ):
        command = option(command)
    return command


@click.command(cls=Command)
@inputs
@click.option("--out", type=click.Path(path_type=Path), help=f"另將「{REPORT}」寫入此資料夾。")
@common
def check(
    inbox: tuple[Path, ...],
    rubric: str,
    units: Path,
    round_: str | None,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """讀取 INBOX（資料夾或檔案）中收到的表件，報告每一項問題。"""
    output = out / REPORT if out else None
    outcome = assessed(inbox, rubric, units, round_, output, quiet or as_json)
    if output:
        from svcq_excel.output import write_whole
        from svcq_excel.results.workbook import write_report

        write_whole(output, write_report(outcome))
    return conclude(outcome, output, as_json, quiet)


@click.command(cls=Command)
@inputs
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="統計表的檔名（.xlsx）。"
)
@click.option("--assessors", metavar="FILE", help="考核人員名單，用以列出各考核人員尚缺的表件。")
@click.option(
    "--rulings",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="複評結果及加減分表，欄位為編號、複評結果、複評日期及各加減分的名稱。",
)
@common
def merge(
    inbox: tuple[Path, ...],
    rubric: str,
    units: Path,
    round_: str | None,
    out: Path,
    assessors: str | None,
    rulings: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """檢核 INBOX 中收到的表件，並彙整為考核結果統計表。"""
    if out.suffix.lower() != ".xlsx" or out.is_dir():
        raise click.UsageError(f"--out 請指定 .xlsx 檔名，而不是「{out}」。")
    hushed = quiet or as_json
    outcome = assessed(inbox, rubric, units, round_, out, hushed, assessors, rulings)
    from svcq_excel.output import write_whole
    from svcq_excel.results.workbook import write_statistics

    write_whole(out, write_statistics(outcome))
    return conclude(outcome, out, as_json, quiet)


def assessed(
    inbox: tuple[Path, ...],
    rubric: str,
    units: Path,
    round: str | None,
    output: Path | None,
    quiet: bool,
    assessors: str | None = None,
    rulings: Path | None = None,
) -> Outcome:
    from svcq_excel import pipeline

    plan = pipeline.define(rubric, units, round, assessors, rulings)
    with progress("讀取表件", quiet) as report:
        return pipeline.assess(plan, inbox, output, report)


def conclude(outcome: Outcome, output: Path | None, as_json: bool, quiet: bool) -> int:
    """Shows the outcome; the exit code says whether a person is needed."""
    from svcq_excel.cli.summary import details, summary
    from svcq_excel.results.outcome_json import as_json as document_of

    if as_json:
        show_json(document_of(outcome, str(output) if output else None))
    else:
        for line in details(outcome):
            show(line)
        for line in summary(outcome):
            say(line, quiet)
        if output:
            show(str(output))
    return int(outcome.needs_a_person)

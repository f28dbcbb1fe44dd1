"""`svcq check` and `svcq merge`: what came back, checked and, for merge, consolidated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from svcq_excel.cli.console import common
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.planned import planned
from svcq_excel.cli.run import Outputs, Run

if TYPE_CHECKING:
    from svcq_excel.plan.plan_file import PlanFile

F = TypeVar("F", bound=Callable[..., Any])
REPORT, RECEIPTS, DECISIONS = "檢核結果.xlsx", "收件紀錄.csv", "決定"


def carry_over(command: F) -> F:
    """The option that steps of a checklist come over from an earlier round by."""
    return click.option(
        "--carried",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="檢核表：前一期的統計表，其「逾期步驟」併入各單位本期的表件。",
    )(command)


def inputs(command: F) -> F:
    """The arguments that all commands over an inbox share."""
    for option in (
        carry_over,
        planned,
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


def arrivals(command: F) -> F:
    """The options about how forms came."""
    for option in (
        click.option("--fresh", is_flag=True, help="重新讀取所有檔案，不用上次讀取的結果。"),
        click.option(
            "--decisions",
            type=click.Path(exists=True, path_type=Path),
            metavar="FILE",
            help=f"決定檔：採用或排除個別檔案；未指定則用輸出資料夾內的「{DECISIONS}.xlsx」等。",
        ),
        click.option(
            "--deadline", metavar="TEXT", help="繳交期限，例如 105年7月31日 或 105/7/31 17:00。"
        ),
    ):
        command = option(command)
    return command


@click.command(cls=Command)
@inputs
@arrivals
@click.option("--out", type=click.Path(path_type=Path), help=f"另將「{REPORT}」寫入此資料夾。")
@common
def check(
    inbox: tuple[Path, ...],
    rubric: str,
    units: Path,
    round_: str | None,
    carried: Path | None,
    plan_file: PlanFile | None,
    deadline: str | None,
    decisions: Path | None,
    fresh: bool,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """讀取 INBOX（資料夾或檔案）中收到的表件，報告每一項問題。"""
    from svcq_excel.results.workbook import write_report

    run = Run(
        inbox, rubric, units, round_, deadline, decisions, fresh, None, None, carried, plan_file
    )
    outputs = Outputs(out / REPORT, out / RECEIPTS, write_report) if out else None
    return run.told(outputs, as_json, quiet)


@click.command(cls=Command)
@inputs
@arrivals
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
    carried: Path | None,
    plan_file: PlanFile | None,
    deadline: str | None,
    decisions: Path | None,
    fresh: bool,
    out: Path,
    assessors: str | None,
    rulings: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """檢核 INBOX 中收到的表件，並彙整為考核結果統計表。"""
    if out.suffix.lower() != ".xlsx" or out.is_dir():
        raise click.UsageError(f"--out 請指定 .xlsx 檔名，而不是「{out}」。")
    from svcq_excel.results.workbook import write_statistics

    given = assessors, rulings, carried, plan_file
    run = Run(inbox, rubric, units, round_, deadline, decisions, fresh, *given)
    receipts = out.with_name(f"{out.stem}_{RECEIPTS}")
    return run.told(Outputs(out, receipts, write_statistics), as_json, quiet)

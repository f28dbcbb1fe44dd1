"""`svcq check` and `svcq merge`: what came back, checked and, for merge, consolidated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from svcq_excel.cli.console import common, progress, say
from svcq_excel.cli.folder import folder_here
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.planned import CHECKING, MERGING, defined, inbox, out, planned, replacing
from svcq_excel.cli.run import shown

if TYPE_CHECKING:
    from svcq_excel.plan.sources import Sources

F = TypeVar("F", bound=Callable[..., Any])


def _fresh(command: F) -> F:
    help = "重新讀取所有檔案，不用上次讀取的結果。"
    return click.option("--fresh", is_flag=True, help=help)(command)


@click.command(cls=Command)
@inbox
@planned(CHECKING, lambda folder: folder.results)
@_fresh
@out("另將「檢核結果.xlsx」寫入此資料夾。", needed=False)
@replacing
@common
def check(
    inbox: tuple[Path, ...],
    sources: Sources,
    fresh: bool,
    out: Path | None,
    replace: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """讀取 INBOX（資料夾或檔案）中收到的表件，報告每一項問題。"""
    from svcq_excel import pipeline

    plan = defined(sources, inbox, out)
    with progress("讀取表件", quiet or as_json) as report:
        written = pipeline.check(plan, inbox, out, report, fresh, replace)
    return shown(written, as_json, quiet)


@click.command(cls=Command)
@inbox
@planned(MERGING, lambda folder: folder.statistics)
@_fresh
@out("統計表的檔名（.xlsx）。")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="另將單位、細項、檔案、問題四張資料表寫成 .csv 等檔，放在此資料夾。",
)
@click.option(
    "--unlock",
    metavar="REASON",
    help="考核資料夾的結果已定案時，寫明理由解除定案，重新彙整；理由列入定案紀錄。",
)
@replacing
@common
def merge(
    inbox: tuple[Path, ...],
    sources: Sources,
    fresh: bool,
    out: Path,
    data: Path | None,
    unlock: str | None,
    replace: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """檢核 INBOX 中收到的表件，並彙整為考核結果統計表。"""
    if out.suffix.lower() != ".xlsx" or out.is_dir():
        raise click.UsageError(f"--out 請指定 .xlsx 檔名，而不是「{out}」。")
    from svcq_excel import pipeline

    plan = defined(sources, inbox, out.parent)
    if folder := folder_here():
        from svcq_excel.assessment.locking.admitting import admitted, is_frozen

        if unlock and not is_frozen(folder, out):
            say("這份結果沒有定案，--unlock 沒有作用。", quiet or as_json)
        plan = admitted(folder, plan, out, unlock)
    elif unlock is not None:
        raise click.UsageError("--unlock 只用於考核資料夾內已定案的結果。")
    with progress("讀取表件", quiet or as_json) as report:
        written = pipeline.merge(plan, inbox, out, report, fresh, data, replace)
    return shown(written, as_json, quiet)

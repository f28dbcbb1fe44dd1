"""`svcq lock` and `svcq verify`: a result is frozen, and worked out again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from svcq_excel.cli.console import common, progress, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.folder import folder_here, needed_folder
from svcq_excel.cli.help_pages import Command

if TYPE_CHECKING:
    from svcq_excel.lockings import Locking


@click.command(cls=Command)
@click.option("--round", metavar="TEXT", help="考核期別；未填則依考核計畫。")
@click.option("--list", "listed", is_flag=True, help="列出歷次定案、解除及理由。")
@common
def lock(round: str | None, listed: bool, as_json: bool, quiet: bool) -> ExitCode:
    """在考核資料夾內將結果定案：連同收件、考核計畫封存為一個檔案，此後不得取代。

    確須更正時，以 svcq merge --unlock 寫明理由，解除定案後重新彙整。

    封存檔含全部收件及考核計畫（包括防偽碼的金鑰），請妥善保管，並另存一份於他處：
    定案與解除只記載於「封存」資料夾，該資料夾遭刪除即無從得知曾經定案。
    """
    from svcq_excel.assessment.locking.freezing import lock as freeze
    from svcq_excel.assessment.locking.journal import read_journal
    from svcq_excel.assessment.next_steps import still_open
    from svcq_excel.assessment.planned import planned_in
    from svcq_excel.assessment.standing import standing
    from svcq_excel.plan.sources import Sources

    folder = needed_folder()
    if listed:
        _list(read_journal(folder).lockings, as_json, quiet)
        return ExitCode.WELL
    sources = planned_in(folder, Sources(round=round))
    plan = sources.read().read_from(folder.plan_workbook)
    with progress("重新計算並封存", quiet or as_json) as report:
        locked = freeze(folder.of(sources), plan, report)
    if as_json:
        show_json({**_said(locked.locking), "path": locked.path.as_posix(), "new": locked.new})
        return ExitCode.WELL
    word = "已" if locked.new else "先前已"
    say(f"「{locked.locking.round}」的結果{word}{locked.locking.called}，封存檔：", quiet)
    show(str(locked.path))
    if locked.new and (missing := still_open(standing(folder, datetime.now().astimezone(), round))):
        say(missing, quiet)
    return ExitCode.WELL


@click.command(cls=Command)
@click.argument(
    "path", metavar="[FOLDER|FILE.zip]", required=False, type=click.Path(path_type=Path)
)
@common
def verify(path: Path | None, as_json: bool, quiet: bool) -> ExitCode:
    """由封存檔重新計算定案的結果，並與封存的逐格比對；可在任何一台電腦執行。

    指定考核資料夾（未填則為目前的資料夾）時，一併查核定案後收件、考核計畫及結果有無更動。
    """
    from svcq_excel.assessment.folder import folder_at
    from svcq_excel.assessment.locking.verifying import differences_in, differences_of
    from svcq_excel.assessment.planned import no_folder

    folder = folder_at(path) if path else folder_here()
    with progress("重新計算", quiet or as_json) as report:
        if folder:
            different = differences_in(folder, report)
        elif path and path.is_file():
            different = differences_of(path, report)
        else:
            raise click.UsageError(str(no_folder(path or Path())))
    if as_json:
        show_json({"same": not different, "differences": different})
    else:
        for said in different:
            show(f"{said}。")
        say("與封存的不同，請查明。" if different else "重新計算的結果與封存的完全相同。", quiet)
    return ExitCode.A_PERSON_IS_NEEDED if different else ExitCode.WELL


def _list(lockings: tuple[Locking, ...], as_json: bool, quiet: bool) -> None:
    from svcq_excel.text.roc_dates import roc_moment

    if as_json:
        show_json({"locks": [_said(each) for each in lockings]})
        return
    for each in lockings:
        gone = f"，於 {roc_moment(each.undone)} 解除：{each.reason}" if each.undone else ""
        show(f"{each.round}　{each.called}　{roc_moment(each.at)}　{each.archive}{gone}")
    if not lockings:
        say("還沒有定案的結果。", quiet)


def _said(each: Locking) -> dict[str, Any]:
    return {
        "round": each.round,
        "number": each.number,
        "archive": each.archive,
        "sha256": each.sha256,
        "at": each.at.isoformat(),
        "undone": each.undone.isoformat() if each.undone else None,
        "reason": each.reason or None,
    }

"""`svcq status`: where the assessment in a folder stands, unit by unit, and what is next."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import common, is_watched, progress, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.folder import needed_folder
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.run import said_where

if TYPE_CHECKING:
    from svcq_excel.assessment.folder import Folder
    from svcq_excel.assessment.standing import Standing

SECONDS = 3.0
"""Between one look at the inbox and the next."""


@click.command(cls=Command)
@click.option("--round", metavar="TEXT", help="考核期別；未填則依考核計畫。")
@click.option("--watch", is_flag=True, help="持續注意「收件」，有新收到的就顯示；按 Ctrl-C 結束。")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="「進度.xlsx」與「進度.html」要放的資料夾；未指定則放在「結果」。",
)
@click.option(
    "--mark", is_flag=True, help="另存一份考核計畫的副本，以顏色及註解標示須更正的儲存格。"
)
@common
def status(
    round: str | None, watch: bool, out: Path | None, mark: bool, as_json: bool, quiet: bool
) -> ExitCode:
    """說明考核辦到哪裡：各單位已繳、待補正、未繳、逾期，聯絡誰，下一步做什麼。

    另寫成一張工作表及一頁網頁，供傳閱或列印。
    """
    folder = needed_folder()
    if mark:
        _mark(folder, quiet or as_json)
    if watch and as_json:
        raise click.UsageError("--watch 與 --json 請擇一使用。")
    if watch:
        return _watched(folder, round, out, quiet)
    now = _looked(folder, round, quiet or as_json)
    if not as_json:
        _show(now)
    written, hindered = _written(now, out)
    if as_json:
        from svcq_excel.assessment.progress.as_json import as_json as document

        show_json(document(now, [path.as_posix() for path in written]))
    else:
        for path in written:
            show(str(path))
    return ExitCode.FAULT if hindered else _code(now)


def _mark(folder: Folder, quiet: bool) -> None:
    from svcq_excel.assessment.marking import mark_plan

    copy, told = mark_plan(folder)
    say(f"{told}{copy or ''}", quiet)


def _looked(folder: Folder, round: str | None, quiet: bool) -> Standing:
    from svcq_excel.assessment.standing import standing

    with progress("讀取表件", quiet) as report:
        return standing(folder, _now(), round, report)


def _now() -> datetime:
    """The only clock: whether a deadline has passed."""
    return datetime.now().astimezone()


def _written(now: Standing, out: Path | None) -> tuple[list[Path], bool]:
    """The files that tell the same, and whether something kept one from its place; nothing before
    forms were issued."""
    if now.step in {"plan", "issue"}:
        return [], False
    from svcq_excel.assessment.progress.files import write_progress
    from svcq_excel.output import OutputBlockedError
    from svcq_excel.placing import moved_of

    try:
        placed = write_progress(now, out)
    except OutputBlockedError as error:
        say(f"{error}。")
        return [], True
    return [*placed.values()], said_where(moved_of(placed))


def _show(now: Standing) -> None:
    from svcq_excel.assessment.progress.lines import lines

    width = shutil.get_terminal_size().columns if is_watched(sys.stdout) else None
    for line in lines(now, width):
        show(line)


def _watched(folder: Folder, round: str | None, out: Path | None, quiet: bool) -> ExitCode:
    """Until Ctrl-C, which is how it ends well."""
    from time import sleep

    from svcq_excel.assessment.watching import arrivals, seen_in
    from svcq_excel.text.visible import visible

    def look() -> Standing:
        return _looked(folder, round, quiet)

    try:
        for now, changed in arrivals(look, lambda: seen_in(folder), lambda: sleep(SECONDS)):
            if changed:
                clock = _now().strftime("%H:%M")
                for line in changed:
                    show(f"{clock}　{visible(line)}")
            else:
                _show(now)
                say("注意「收件」中，按 Ctrl-C 結束。", quiet)
            _written(now, out)
    except KeyboardInterrupt:
        say("已結束。", quiet)
    return ExitCode.WELL


def _code(now: Standing) -> ExitCode:
    if now.step == "plan":
        return ExitCode.WRONG_CALL
    open_ones = any(each.status != "accepted" for each in now.units)
    waiting = now.step != "issue" and (open_ones or now.unusable or now.unread)
    return ExitCode.A_PERSON_IS_NEEDED if waiting else ExitCode.WELL

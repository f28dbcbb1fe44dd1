"""The command group, and what becomes of errors: a clear message and an exit code."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from pathlib import Path
from typing import NoReturn, TextIO

import click

from svcq_excel import __version__
from svcq_excel.cli import (
    assess,
    console,
    demo,
    generate,
    lock,
    mail,
    new,
    return_,
    rubric,
    rules,
    status,
)
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.folder import folder_here, remember
from svcq_excel.cli.help_pages import Group, told

OBJECTS = 200_000  # made before dead ones are looked for: a run ends sooner than it needs to


@click.group(
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "-C",
    "folder",
    metavar="資料夾",
    type=click.Path(path_type=Path),
    expose_value=False,
    callback=remember,
    help="在此考核資料夾辦理，如同先切換到該資料夾。",
)
@click.version_option(__version__, prog_name="svcq", help="顯示版本。")
@click.pass_context
def svcq(context: click.Context) -> object:
    """服務品質考核：產製評分表、讀回並檢核、彙整考核結果統計表。

    在考核資料夾（有「考核計畫.xlsx」者）內，各指令不必加任何選項。
    """
    if context.invoked_subcommand is None:
        status = svcq.commands.get("status")
        if status and folder_here():
            return context.invoke(status)
        raise click.UsageError(context.get_help(), context)
    return None


svcq.add_command(rubric.rubric)
svcq.add_command(new.new)
svcq.add_command(generate.generate)
svcq.add_command(assess.check)
svcq.add_command(assess.merge)
svcq.add_command(return_.return_)
svcq.add_command(mail.mail)
svcq.add_command(status.status)
svcq.add_command(lock.lock)
svcq.add_command(lock.verify)
svcq.add_command(rules.rules)
svcq.add_command(demo.demo)


def main() -> NoReturn:
    """Runs the command; bad input never shows a traceback."""
    console.prepare()
    _hear_warnings()
    gc.set_threshold(OBJECTS)
    try:
        code = svcq.main(prog_name="svcq", standalone_mode=False)
        console.finish()
    except SystemExit:  # by click, whose help page nobody takes
        code = _failed(*_explained(console.StandardOutputError()))
    except click.ClickException as error:
        code = _failed(told(error), ExitCode.WRONG_CALL)
    except (KeyboardInterrupt, click.Abort):
        code = _failed(["已中斷。"], ExitCode.FAULT)
    except Exception as error:
        if os.environ.get("SVCQ_DEBUG"):
            raise
        code = _failed(*_explained(error))
    sys.exit(code or ExitCode.WELL)


def _hear_warnings() -> None:
    """What the library warns of is said, however Python is set to take warnings."""
    others = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        from svcq_excel.inbox.protecting import UnprotectedWarning

        if issubclass(category, UnprotectedWarning):
            console.say(str(message))
        else:
            others(message, category, filename, lineno, file, line)

    warnings.showwarning = show
    warnings.filterwarnings("default", category=RuntimeWarning, module="svcq_excel")


def _explained(error: Exception) -> tuple[list[str], ExitCode]:
    from svcq_excel.definition import DefinitionError, RoundError
    from svcq_excel.inbox.starting import ReadersFailedError
    from svcq_excel.output import OutputBlockedError, reason_of

    match error:
        case DefinitionError():
            return [str(problem) for problem in error.problems], ExitCode.WRONG_CALL
        case RoundError():
            return [f"{error}。請以 --round 指定其中一個。"], ExitCode.WRONG_CALL
        case OutputBlockedError():
            return [f"{error}。"], ExitCode.FAULT
        case console.StandardOutputError():
            return [f"{error}。"], ExitCode.FAULT
        case ReadersFailedError():
            return [f"{error}。請將此訊息告知系統維護人員。"], ExitCode.FAULT
        case OSError():
            return [f"讀寫檔案時發生問題：{reason_of(error)}。"], ExitCode.FAULT
        case MemoryError():
            return ["記憶體不足。請關閉其他程式後再試。"], ExitCode.FAULT
    kind = type(error).__name__
    return [
        f"程式發生未預期的錯誤（{kind}：{error}）。請將此訊息告知系統維護人員。"
    ], ExitCode.FAULT


def _failed(messages: list[str], code: ExitCode) -> ExitCode:
    """Says why, to programs too; that they cannot be told is a fault, which is said once."""
    for message in messages:
        console.say(message)
    try:
        if "--json" in sys.argv[1:]:
            console.show_json({"error": {"exit_code": int(code), "messages": messages}})
        console.finish()
    except console.StandardOutputError as error:
        lost = f"{error}。"
        if lost not in messages:
            console.say(lost)
        return ExitCode.FAULT
    return code

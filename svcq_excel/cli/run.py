"""What a check or a merge came to, on the screen; and the exit code for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from svcq_excel.cli.console import say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from svcq_excel.rerun import Written


def shown(written: Written, as_json: bool, quiet: bool) -> ExitCode:
    """The same of a run that found nothing changed as of the one before."""
    told = written.told
    if written.unchanged:
        say("收件、名單及設定都與上次相同，結果未變。", quiet or as_json)
    if as_json:
        show_json(told.document)
    else:
        for line in told.details:
            show(line)
        for line in told.summary:
            say(line, quiet)
        for path in told.outputs:
            show(path)
    if said_where(written.moved):
        return ExitCode.FAULT
    return ExitCode.A_PERSON_IS_NEEDED if told.needs_a_person else ExitCode.WELL


def said_where(moved: Mapping[Path, Path]) -> bool:
    """Whether outputs lie elsewhere than they were wanted, once that is said."""
    for wanted, found in moved.items():
        say(f"「{wanted}」正由其他程式開啟，未能取代；這次的結果另存為「{found}」。")
    return bool(moved)

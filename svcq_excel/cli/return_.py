"""`svcq return`: a correction form for each unit that has something to correct."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import common, progress, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.planned import RETURNING, defined, inbox, is_kept_apart, out, planned
from svcq_excel.cli.run import said_where
from svcq_excel.text.roc_dates import parse_deadline
from svcq_excel.text.visible import visible

if TYPE_CHECKING:
    from svcq_excel.plan.sources import Sources
    from svcq_excel.returns.correcting import Returned, SentBack


@click.command("return", cls=Command)
@inbox
@planned(RETURNING, lambda folder: folder.corrections)
@out("補正表件的資料夾。")
@click.option(
    "--deadline",
    "until",
    default="",
    metavar="TEXT",
    help="補正期限，例如 105年7月31日；未填則依計畫檔。",
)
@common
def return_(
    inbox: tuple[Path, ...],
    sources: Sources,
    out: Path,
    until: str,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """為 INBOX 中有錯的表件各做一份補正表件：帶入原填內容，標出應更正處。"""
    from svcq_excel import pipeline

    plan = defined(sources, inbox, out)
    with progress("讀取表件並製作補正表件", quiet or as_json) as report:
        sent = pipeline.send_back(plan, inbox, out, until, report, is_kept_apart(out, sources))
    if as_json:
        show_json(
            {
                "rubric": plan.rubric.id,
                "round": sent.round,
                "forms": [_form(each) for each in sent.forms],
                "without": [
                    {
                        "unit": each.unit or None,
                        "assessor": each.assessor or None,
                        "path": each.path,
                        "reason": each.reason,
                    }
                    for each in sent.without
                ],
                "outdated": [
                    {
                        "unit": each.unit.code,
                        "assessor": each.assessor,
                        "path": each.path.as_posix(),
                        "reason": each.reason,
                    }
                    for each in sent.outdated
                ],
                "why_xlsx": sent.why_xlsx or None,
            }
        )
    else:
        for line in _lines(sent):
            show(line)
        for line in _summary(sent, until):
            say(line, quiet)
    if said_where(sent.moved):
        return ExitCode.FAULT
    return ExitCode.A_PERSON_IS_NEEDED if sent.forms or sent.without else ExitCode.WELL


def _form(each: Returned) -> dict[str, object]:
    return {
        "unit": each.unit.code,
        "assessor": each.assessor,
        "answers": each.answers,
        "path": each.path.as_posix(),
        "corrections": len(each.corrections),
        "correction": each.number,
        "new": each.new,
    }


def _lines(sent: SentBack) -> Iterator[str]:
    """The correction forms, those that stand too; then what got none, and what need not be sent."""
    for form in sent.forms:
        yield str(form.path) if form.new else f"先前已製　{form.path}"
    for each in sent.without:
        yield visible(f"未能製作補正表件　{each.path}：{each.reason}")
    for old in sent.outdated:
        yield visible(f"不必再寄　{old.path}：{old.reason}。")


def _summary(sent: SentBack, until: str) -> Iterator[str]:
    made = sum(each.new for each in sent.forms)
    yield f"已製作 {made} 份補正表件。"
    if stand := len(sent.forms) - made:
        yield (
            f"另有 {stand} 份先前已製，單位尚未送來更正後的表件，原通知仍有效，未重製；"
            "如須重製，請先將該檔移走，或另訂補正期限。"
        )
    if instead := [form for form in sent.forms if form.for_want_of_ods]:
        names = "、".join(f"「{visible(form.path.name)}」" for form in instead)
        yield f"{sent.why_xlsx}，以下單位送來的是 .ods，補正表件改製為 .xlsx：{names}。"
    if sent.without:
        yield f"{len(sent.without)} 個檔案無法製作補正表件，原因如上。"
    if until and not parse_deadline(until):
        yield f"補正期限「{until}」不是日期，通知上照印，但無從據以判斷是否逾期。"

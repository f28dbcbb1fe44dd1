"""What a run is given: the options for it, each command's share of them, handed on as `sources`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from svcq_excel.cli.console import say

if TYPE_CHECKING:
    from svcq_excel.plan.plan import Plan
    from svcq_excel.plan.sources import Sources

F = TypeVar("F", bound=Callable[..., Any])

_PLAN_FILE = "svcq plan file"
_PATH = click.Path(path_type=Path)
_THERE = click.Path(exists=True, path_type=Path)


def _take_over(
    context: click.Context, option: click.Parameter, path: Path | None
) -> Sources | None:
    """What a plan file gives; options that must be given need not be where it gives them."""
    if path is None:
        return None
    from svcq_excel.plan.plan_file import read_plan_file

    plan = read_plan_file(path)
    needed = [each.name for each in context.command.params if each.required and each.name]
    given = {name: getattr(plan, name, None) for name in needed}
    context.meta[_PLAN_FILE] = path
    context.default_map = {name: str(value) for name, value in given.items() if value}
    return plan


# Each is called as the field of Sources that it fills, but for --plan.
_OPTIONS: dict[str, Callable[[F], F]] = {
    "rubric": click.option(
        "--rubric", required=True, metavar="RUBRIC", help="內附代號（如 wra-105）或定義檔。"
    ),
    "units": click.option("--units", required=True, type=_PATH, help="受考核單位名單。"),
    "round": click.option("--round", metavar="TEXT", help="考核期別；未填則依表件所載。"),
    "new round": click.option("--round", metavar="TEXT", help="考核期別，例如 105年度上半年。"),
    "plan": click.option(
        "--plan",
        "plan_file",
        metavar="FILE",
        is_eager=True,
        type=_PATH,
        callback=_take_over,
        help="計畫檔（YAML）：可代替 --rubric、--units、--round 等選項；選項另有指定者從其指定。",
    ),
    "carried": click.option(
        "--carried",
        metavar="FILE",
        type=_PATH,
        help="檢核表：前一期的統計表，其「逾期步驟」併入各單位本期的表件。",
    ),
    "deadline": click.option(
        "--deadline", metavar="TEXT", help="繳交期限，例如 105年7月31日 或 105/7/31 17:00。"
    ),
    "correction_deadline": click.option(
        "--correction-deadline",
        metavar="TEXT",
        help="補正期限；未填則依各單位補正通知所載。",
    ),
    "decisions": click.option(
        "--decisions",
        type=_THERE,
        metavar="FILE",
        help="決定檔：採用或排除個別檔案、考核人員缺席或迴避；未指定則用輸出資料夾內的「決定.xlsx」等。",
    ),
    "office_address": click.option(
        "--office-address",
        metavar="ADDRESS",
        help="本機關信箱：由此轉寄來的郵件，以所附的郵件為準；計畫檔的 email 也算。",
    ),
    "assessor": click.option(
        "--assessor",
        "assessors",
        metavar="self|hq|FILE",
        help="self 自行考核（預設）、hq 主辦機關考核，或考核人員名單。",
    ),
    "assessors": click.option(
        "--assessors",
        metavar="FILE",
        help="考核人員名單：應評的表件到齊才計總分，名單以外的人所填不計。",
    ),
    "rulings": click.option(
        "--rulings",
        metavar="FILE",
        type=_PATH,
        help="複評結果及加減分表，欄位為編號、複評結果、複評日期及各加減分的名稱。",
    ),
}


def replacing(command: F) -> F:
    """The option of every command that writes files."""
    help = "輸出的位置已有不是本程式所寫的檔案時，予以取代（輸入的檔案一律不取代）。"
    return click.option("--replace", is_flag=True, help=help)(command)


ISSUING = ("rubric", "units", "new round", "plan", "carried", "assessor")
_READING = ("rubric", "units", "round", "plan", "carried", "office_address")
RETURNING = (*_READING, "assessors", "decisions")
CHECKING = (*_READING, "assessors", "deadline", "correction_deadline", "decisions")
MERGING = (*CHECKING, "rulings")


def planned(names: tuple[str, ...]) -> Callable[[F], F]:
    """The options with these names, handed on as one `sources`; a plan file gives no others."""

    def decorated(command: F) -> F:
        @wraps(command)
        def call(*args: Any, plan_file: Sources | None, **options: Any) -> Any:
            from dataclasses import fields

            from svcq_excel.plan.sources import Sources

            known = {field.name for field in fields(Sources)}
            given = {name: options.pop(name) for name in known & set(options)}
            sources = Sources(**given)
            sources = sources.over(plan_file, only=given) if plan_file else sources
            return command(*args, sources=sources, **options)

        for name in reversed(names):
            call = _OPTIONS[name](call)
        return call  # type: ignore[return-value]

    return decorated


def defined(sources: Sources, inbox: Sequence[Path] = (), outputs: Path | None = None) -> Plan:
    """The plan; what a person should look at in its lists is told first, and decisions that lie
    beside the outputs, but among what strangers sent."""
    from svcq_excel import pipeline

    plan_file = click.get_current_context().meta.get(_PLAN_FILE)
    plan = pipeline.define(sources).read_from(*filter(None, [plan_file]))
    for doubt in plan.doubts:
        say(f"請留意：{doubt}")
    if outputs and not plan.decisions:
        from svcq_excel.inbox.finding import lies_in
        from svcq_excel.plan.decisions import decisions_beside

        beside = decisions_beside(outputs)
        if beside and lies_in(outputs, inbox):
            say(
                f"「{beside}」與收到的檔案放在一起，可能是他人所送，未予採用；"
                "確為主辦單位的決定時，請以 --decisions 指定。"
            )
    return plan

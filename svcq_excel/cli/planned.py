"""What a run is given: the options for it, each command's share of them, handed on as `sources`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from svcq_excel.cli.console import say
from svcq_excel.cli.copies import copies, public
from svcq_excel.cli.folder import folder_here

if TYPE_CHECKING:
    from svcq_excel.assessment.folder import Folder
    from svcq_excel.plan.plan import Plan
    from svcq_excel.plan.sources import Sources

F = TypeVar("F", bound=Callable[..., Any])

_PLAN_FILE = "svcq plan file"
_PATH = click.Path(path_type=Path)
_THERE = click.Path(exists=True, path_type=Path)
_FORMATS = ("xlsx", "ods", "both")
_NEEDED = "在考核資料夾內可省略。"


def _read(context: click.Context, option: click.Parameter, path: Path | None) -> Sources | None:
    """What a plan file gives."""
    if path is None:
        return None
    from svcq_excel.plan.plan_file import read_plan_file

    context.meta[_PLAN_FILE] = path
    return read_plan_file(path)


def _a_format(context: click.Context, option: click.Parameter, word: str | None) -> str | None:
    if word not in {None, *_FORMATS}:
        raise click.BadParameter("請填 xlsx、ods 或 both。")
    return word


# Each is called as the field of Sources that it fills, but for --plan and the formats of copies.
_OPTIONS: dict[str, Callable[[F], F]] = {
    "rubric": click.option(
        "--rubric", metavar="RUBRIC", help="內附代號（如 wra-105）或定義檔。" + _NEEDED
    ),
    "units": click.option("--units", type=_PATH, help="受考核單位名單。" + _NEEDED),
    "round": click.option("--round", metavar="TEXT", help="考核期別；未填則依表件所載。"),
    "new round": click.option("--round", metavar="TEXT", help="考核期別，例如 105年度上半年。"),
    "plan": click.option(
        "--plan",
        "plan_file",
        metavar="FILE",
        type=_PATH,
        callback=_read,
        help="計畫檔（YAML）：可代替 --rubric、--units、--round 等選項；選項另有指定者從其指定。",
    ),
    "carried": click.option(
        "--carried",
        metavar="FILE",
        type=_PATH,
        help="檢核表：前一期的統計表，其「逾期步驟」併入各單位本期的表件。",
    ),
    "previous": click.option(
        "--previous",
        metavar="FILE",
        type=_PATH,
        multiple=True,
        callback=lambda context, option, paths: paths or None,
        help="前期的統計表，與本期比較；數期者每期各加一次。考核資料夾內前幾期的結果會自動採用。",
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
    "format": click.option(
        "--format",
        metavar="|".join(_FORMATS),
        callback=_a_format,
        help="檔案格式：xlsx（預設）、ods（開放文件格式），或 both 兩種各一份。",
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
    "score_changes": click.option(
        "--score-changes",
        metavar="FILE",
        type=_PATH,
        help="成績調整表：實地考核或申復後核定調整的得分，欄位為編號、考核種類、代號、原得分、調整後得分、"
        "理由、核定人、日期；考核小組另填考核人員。",
    ),
    "copies": copies,
    "public": public,
}


def replacing(command: F) -> F:
    """The option of every command that writes files."""
    help = "輸出的位置已有不是本程式所寫的檔案時，予以取代（輸入的檔案一律不取代）。"
    return click.option("--replace", is_flag=True, help=help)(command)


ISSUING = ("rubric", "units", "new round", "plan", "carried", "assessor", "format")
_READING = ("rubric", "units", "round", "plan", "carried", "office_address")
RETURNING = (*_READING, "assessors", "decisions")
CHECKING = (*_READING, "assessors", "deadline", "correction_deadline", "decisions")
CONCLUDING = (*CHECKING, "rulings", "score_changes")
MERGING = (*CONCLUDING, "previous", "copies", "public")


def inbox(command: F) -> F:
    """The argument that all commands over an inbox share."""
    return click.argument("inbox", nargs=-1, type=_THERE, metavar="INBOX...")(command)


def out(help: str, needed: bool = True) -> Callable[[F], F]:
    """Where a command writes what it makes."""
    said = help + _NEEDED if needed else help
    return click.option("--out", type=_PATH, help=said)


def planned(names: tuple[str, ...], place: Callable[[Folder], Path]) -> Callable[[F], F]:
    """The options with these names, handed on as one `sources`; a plan file gives no others, nor
    does the folder of an assessment, whose inbox and place for outputs are taken where the call
    names none.
    """

    def decorated(command: F) -> F:
        @wraps(command)
        def call(*args: Any, plan_file: Sources | None, **options: Any) -> Any:
            from dataclasses import fields

            from svcq_excel.definition import DefinitionError, RoundError
            from svcq_excel.plan.sources import Sources

            known = {field.name for field in fields(Sources)}
            given = {name: options.pop(name) for name in known & set(options)}
            sources = Sources(**given)
            folder = None if plan_file else folder_here()
            if plan_file:
                sources = sources.over(plan_file, only=given)
            elif folder:
                from svcq_excel.assessment.planned import inbox_of, planned_in

                sources = planned_in(folder, sources, only=given)
                options["out"] = options["out"] or place(folder.of(sources))
                if "inbox" in options:
                    options["inbox"] = options["inbox"] or (inbox_of(folder),)
            else:
                options |= {"rubric": sources.rubric, "units": sources.units}
            _verify_needed(options)
            options = {name: options[name] for name in options if name not in known}
            try:
                return command(*args, sources=sources, **options)
            except RoundError as error:
                if not folder:
                    raise
                from svcq_excel.assessment.planned import no_round

                raise DefinitionError([no_round(folder, error)]) from error

        for name in reversed(names):
            call = _OPTIONS[name](call)
        return call  # type: ignore[return-value]

    return decorated


def is_kept_apart(out: Path, sources: Sources) -> bool:
    """Whether outputs lie where the folder of an assessment keeps them, each time by itself."""
    folder = folder_here()
    return folder is not None and out == folder.of(sources).corrections


def _verify_needed(given: Mapping[str, object]) -> None:
    """What neither the call nor a plan gave is asked for as if it had to be in the call."""
    context = click.get_current_context()
    for each in context.command.params:
        text = (each.help or "") if isinstance(each, click.Option) else _NEEDED
        if text.endswith(_NEEDED) and not given.get(each.name or "", True):
            raise click.MissingParameter(ctx=context, param=each)


def defined(sources: Sources, inbox: Sequence[Path] = (), outputs: Path | None = None) -> Plan:
    """The plan; what a person should look at in its lists is told first, and decisions that lie
    beside the outputs, but among what strangers sent."""
    from svcq_excel import pipeline

    plan_file = click.get_current_context().meta.get(_PLAN_FILE)
    folder = None if plan_file else folder_here()
    own = folder.plan_workbook if folder else plan_file
    plan = pipeline.define(sources).read_from(*filter(None, [own]))
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

"""`svcq rubric`: the definitions that ship, one as a tree, the linter, and what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import common, say, show, show_json
from svcq_excel.cli.folder import folder_here
from svcq_excel.cli.help_pages import Group
from svcq_excel.cli.planned import replacing

if TYPE_CHECKING:
    from svcq_excel.assessment.folder import Folder
    from svcq_excel.rubric.model import Node


def _meant(ref: str) -> str:
    """Of an assessment's folder, what its plan has or names."""
    from svcq_excel.assessment.folder import folder_at

    try:
        folder = folder_at(Path(ref))
    except (OSError, ValueError):
        return ref  # too long a name: who reads it says so
    return _of(folder) if folder else ref


def _of(folder: Folder) -> str:
    from svcq_excel.plan.plan_workbook import read_plan_workbook

    return str(read_plan_workbook(folder.plan_workbook).rubric or folder.plan_workbook)


def _named(context: click.Context, argument: click.Parameter, ref: str | None) -> str:
    """What the call names, or else the definition of the folder that it is made in."""
    if ref is not None:
        return _meant(ref)
    if folder := folder_here():
        return _of(folder)
    raise click.MissingParameter(None, context, argument, "RUBRIC")


_one = click.argument("definition", metavar="[RUBRIC]", required=False, callback=_named)


@click.group(cls=Group)
def rubric() -> None:
    """評分表定義：列出、顯示、檢查、比較。"""


@rubric.command("list")
@common
def list_(as_json: bool, quiet: bool) -> None:
    """列出內附的評分表定義。"""
    from svcq_excel.rubric.node import json_number
    from svcq_excel.rubric.shipped import shipped

    found = shipped()
    if as_json:
        show_json(
            [
                {
                    "id": r.id,
                    "title": r.title,
                    "year": r.year,
                    "full_score": json_number(r.full_score),
                }
                for r in found
            ]
        )
        return
    for each in found:
        show(f"{each.id}\t{each.title}")


@rubric.command("show")
@_one
@common
def show_(definition: str, as_json: bool, quiet: bool) -> None:
    """以樹狀顯示 RUBRIC（內附代號，或定義檔）；在考核資料夾內可省略，顯示其考核計畫的定義。"""
    from svcq_excel.rubric.model import number
    from svcq_excel.rubric.shipped import load
    from svcq_excel.rubric.tree_json import as_json as tree_of

    found = load(definition)
    if as_json:
        show_json(tree_of(found))
        return
    worth = "檢核表" if found.is_checklist else f"滿分 {number(found.full_score)} 分"
    show(f"{found.id}　{found.title}（{worth}）")
    for depth, node in found.walk():
        show(f"{'  ' * (depth + 1)}{_line(node)}")
    for grade in found.grades:
        show(f"  等第 {grade.name}：{number(grade.min)} 分以上")
    for lost in found.unread:
        show(f"  原文無法辨識：{lost}")


def _line(node: Node) -> str:
    from svcq_excel.rubric.model import number

    bands = "、".join(band.label for band in node.bands)
    measure = f"　依{node.measure.label}（{node.measure.unit}）" if node.measure else ""
    detail = f"：{bands}{measure}" if bands else ""
    if node.growth:
        detail += f"　附{node.growth.label}"
    worth = f"{number(node.cap)} 分" if node.cap else "、".join(f"{month}月" for month in node.due)
    return f"{node.id}　{node.name}{f'（{worth}）' if worth else ''}{detail}"


@rubric.command("check")
@_one
@click.option(
    "--mark",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="另存一份標示問題的副本（.xlsx）：儲存格加上顏色與註解，留白的代號一併填入。",
)
@replacing
@common
def check(definition: str, mark: Path | None, replace: bool, as_json: bool, quiet: bool) -> None:
    """檢查 RUBRIC：配分合計、級距、等第、佐證數據門檻；在考核資料夾內可省略。"""
    from svcq_excel.cli.marked import write_marked
    from svcq_excel.definition import DefinitionError
    from svcq_excel.rubric.shipped import examined

    ref = definition
    try:
        shape, problems = examined(ref)
    except DefinitionError as error:
        if mark:
            say(write_marked(Path(ref), error.problems, {}, mark, replace), quiet)
        raise
    if mark:
        say(write_marked(Path(ref), problems, shape.source.given, mark, replace), quiet)
    if problems or not shape.rubric:
        raise DefinitionError(problems)
    found = shape.rubric
    if as_json:
        show_json({"id": found.id, "problems": []})
    else:
        say(f"「{found.id}」沒有問題：{len(found.leaves)} 個評分細項。", quiet)


@rubric.command("export")
@_one
@click.option(
    "--out",
    required=True,
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    help="活頁簿的位置。",
)
@replacing
@common
def export(definition: str, out: Path, replace: bool, as_json: bool, quiet: bool) -> None:
    """將 RUBRIC 寫成活頁簿，以便用 Excel 修改；各指令的 RUBRIC 都可以用這樣的活頁簿。

    在考核資料夾內可省略 RUBRIC。
    """
    from svcq_excel.cli.run import said_where
    from svcq_excel.definition import DefinitionError, Problem
    from svcq_excel.placing import moved_of, write_together
    from svcq_excel.replacing import verify_outputs
    from svcq_excel.rubric.sheets.writing import definition_workbook
    from svcq_excel.rubric.shipped import load, path_of

    ref = definition
    found = load(ref)
    if out.suffix.lower() != ".xlsx":
        fix = "請改用 .xlsx 結尾的檔名；需要 .ods 時，可用 LibreOffice 另存"
        raise DefinitionError([Problem(str(out), "匯出的活頁簿只有 .xlsx 一種格式", fix)])
    verify_outputs([out], [path_of(ref)], replace=replace)
    placed = write_together({out: definition_workbook(found)}.items())
    if as_json:
        show_json({"id": found.id, "path": placed[out].as_posix()})
    else:
        say(f"已將「{found.id}」寫成活頁簿，各欄的意義見欄名的註解：", quiet)
        show(str(placed[out]))
    said_where(moved_of(placed))


@rubric.command("diff")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@common
def diff(old: str, new: str, as_json: bool, quiet: bool) -> None:
    """說明由 A 到 B 修改了什麼（內附代號、定義檔，或考核的資料夾）。"""
    from itertools import groupby

    from svcq_excel.rubric.differing.differing import changes, on_forms
    from svcq_excel.rubric.shipped import looked_over
    from svcq_excel.text.visible import visible

    before, _ = looked_over(_meant(old))
    after, problems = looked_over(_meant(new))
    told = changes(before, after)
    if as_json:
        show_json(
            {
                "a": {"id": before.id, "title": before.title},
                "b": {"id": after.id, "title": after.title},
                "same": not told,
                "forms_valid": before.digest == after.digest,
                "changes": [
                    {"section": each.section, "path": [*each.path], "message": each.message}
                    for each in told
                ],
                "problems": [str(problem) for problem in problems],
            }
        )
        return
    for section, several in groupby(told, lambda each: each.section):
        show(visible(section))
        for each in several:
            show(f"  {visible(each.message)}")
    if not told:
        show("兩份定義的內容相同。")
    if problems:
        show("B 的合計或條款有不一致，須先更正才能使用")
    for problem in problems:
        show(f"  {visible(str(problem))}")
    say(on_forms(before, after), quiet)

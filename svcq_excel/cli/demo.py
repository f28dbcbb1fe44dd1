"""`svcq demo`: the whole chain of one of the assessments, on the samples that ship."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import common, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.help_pages import Command
from svcq_excel.cli.planned import replacing
from svcq_excel.cli.run import said_where

if TYPE_CHECKING:
    from svcq_excel.plan.plan import Plan

ROUNDS = {
    "wra-105": "105年度上半年",
    "khb-106": "106年度7月至12月",
    "hccg-105": "105年度",
    "kpw-102": "102年6月",
}
"""The round that the samples are of, by rubric."""
_NEXT = {"kpw-102": "102年12月"}
"""The round into which what is open is carried."""
_USUAL, _FOLDER = "wra-105", Path("out/demo")


def _asked(
    context: click.Context, argument: click.Parameter, words: tuple[str, ...]
) -> tuple[str, Path]:
    """The rubric and the folder that were named, or else the usual ones."""
    match words:
        case ():
            return _USUAL, _FOLDER
        case (id,) if id in ROUNDS:
            return id, _FOLDER / id
        case (folder,):
            return _USUAL, Path(folder)
        case (id, folder) if id in ROUNDS:
            return id, Path(folder)
    raise click.BadParameter(f"請依序填代號（{'、'.join(ROUNDS)}）及資料夾，都可以省略。")


@click.command(cls=Command)
@click.argument("asked", metavar="[ID] [DIR]", nargs=-1, callback=_asked)
@replacing
@common
def demo(asked: tuple[str, Path], replace: bool, as_json: bool, quiet: bool) -> ExitCode:
    """以內附範例示範 ID（預設 wra-105）的全部流程：產製表件、讀回檢核、彙整統計表。

    ID 為 wra-105、khb-106、hccg-105 或 kpw-102；結果放在 DIR（預設 out/demo 或 out/demo/ID）。
    """
    from svcq_excel import pipeline
    from svcq_excel.issuing.issuing import outlines_of
    from svcq_excel.placing import write_together
    from svcq_excel.plan.assessors import SELF
    from svcq_excel.replacing import verify_outputs
    from svcq_excel.results.lines import summary
    from svcq_excel.results.outcome_json import as_json as document_of
    from svcq_excel.results.workbook import write_statistics

    id, folder = asked
    samples, plan = samples_of(id), plan_of(id)
    name = "檢核結果統計表" if plan.rubric.is_checklist else "考核結果統計表"
    forms, wanted = folder / "空白表件", folder / f"{name}.xlsx"
    assessors = [SELF, *plan.assessors]
    verify_outputs([wanted], plan.inputs, replace=replace)
    issued = pipeline.issue(plan, assessors, forms, replace=replace)
    outlines = outlines_of(plan, assessors, forms)
    outcome = pipeline.assess(plan, [samples / "returned"], wanted)
    placed = write_together({wanted: write_statistics(outcome)}.items())
    table = placed[wanted]
    following = _next_forms(id, table, folder, replace)
    if as_json:
        show_json(document_of(outcome, table.as_posix()))
        return _ended(placed)
    beside = f"及 {len(outlines)} 份應另附文件的格式" if outlines else ""
    made = f"{len(issued)} 份{beside}"
    say(f"一、產製 {len(plan.units)} 個單位的空白表件，計 {made}，放在：", quiet)
    show(str(forms))
    say(f"二、讀回範例中各單位填好的表件（{samples / 'returned'}）：", quiet)
    for line in summary(outcome):
        say(f"　　{line}", quiet)
    say(f"三、彙整為{name}，待補正及未繳的單位見其中「檢核結果」及「繳交情形」：", quiet)
    show(str(table))
    if following:
        say("四、產製下一期的空白表件，前期未完成的步驟一併列入，放在：", quiet)
        show(str(following))
    return _ended(placed)


def _ended(placed: Mapping[Path, Path]) -> ExitCode:
    from svcq_excel.placing import moved_of

    return ExitCode.FAULT if said_where(moved_of(placed)) else ExitCode.WELL


def samples_of(id: str) -> Path:
    """The folder of the samples: 受考核單位名單, what came back, and other lists where needed."""
    from svcq_excel.data import beside_the_package

    samples = beside_the_package("samples")
    return samples if id == _USUAL else samples / id


def plan_of(id: str) -> Plan:
    """The plan that the samples are of."""
    from svcq_excel import pipeline

    samples = samples_of(id)
    members, rulings = samples / "assessors.csv", samples / "rulings.csv"
    return pipeline.define(
        id,
        samples / "units.csv",
        ROUNDS[id],
        assessors=str(members) if members.exists() else None,
        rulings=rulings if rulings.exists() else None,
    )


def _next_forms(id: str, table: Path, folder: Path, replace: bool) -> Path | None:
    """The blank forms of the next round, where a round follows from the one before."""
    from svcq_excel import pipeline
    from svcq_excel.plan.assessors import SELF

    if id not in _NEXT:
        return None
    plan = pipeline.define(id, samples_of(id) / "units.csv", _NEXT[id], carried=table)
    forms = folder / f"{_NEXT[id]}空白表件"
    pipeline.issue(plan, [SELF], forms, replace=replace)
    return forms

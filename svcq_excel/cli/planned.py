"""`--plan`: a file that gives whatever a call leaves out; what the call says goes before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from svcq_excel.plan.plan_file import PlanFile

F = TypeVar("F", bound=Callable[..., Any])


def planned(command: F) -> F:
    """The option, handed on as `plan_file`."""
    return click.option(
        "--plan",
        "plan_file",
        metavar="FILE",
        is_eager=True,
        type=click.Path(path_type=Path),
        callback=_take_over,
        help="計畫檔（YAML）：可代替 --rubric、--units、--round 等選項；選項另有指定者從其指定。",
    )(command)


def _take_over(
    context: click.Context, option: click.Parameter, path: Path | None
) -> PlanFile | None:
    """Lets the options of the call have their defaults from the file."""
    if path is None:
        return None
    from svcq_excel.plan.plan_file import read_plan_file

    plan = read_plan_file(path)
    said = {
        "rubric": plan.rubric,
        "round_": plan.round,
        "deadline": plan.deadline,
        "units": plan.units,
        "assessor": plan.assessors,
        "assessors": plan.assessors,
        "rulings": plan.rulings,
        "decisions": plan.decisions,
        "carried": plan.carried,
    }
    context.default_map = {key: str(value) for key, value in said.items() if value}
    return plan

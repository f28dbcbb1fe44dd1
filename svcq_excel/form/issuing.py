"""Writes the blank forms of a round, one per unit, assessor and format, and an index of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.form.identity import INDEX, Identity, identity_of
from svcq_excel.form.index import index_of
from svcq_excel.form.stamper import Format, Stamper
from svcq_excel.output import WORKING, OutputBlockedError, reason_of
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.naming import safe_file_name, unique_names
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit


@dataclass(frozen=True, slots=True)
class Issued:
    """A blank form that was made."""

    unit: Unit
    assessor: Assessor
    path: Path
    format: Format


def issue(
    plan: Plan,
    assessors: Sequence[Assessor],
    out: Path,
    progress: Callable[[int, int], None] = lambda done, of: None,
    mistakes: Sequence[str] = (),
    formats: Sequence[Format] = ("xlsx",),
) -> tuple[Issued, ...]:
    """The forms, all or none; a file of the same name that holds something else is never replaced.

    Raises DefinitionError where such files are in the way (they may have been filled in) or a
    format cannot be made here, and OutputBlockedError where the folder cannot be written.
    """
    pairs = [(u, a) for u in plan.units for a in assessors if a.assesses(u)]
    names = unique_names(_file_name(plan, unit, assessor) for unit, assessor in pairs)
    issued = [
        Issued(u, a, (out / name).with_suffix(f".{format}"), format)
        for (u, a), name in zip(pairs, names, strict=True)
        for format in formats
    ]
    stampers = {format: Stamper(plan.rubric, mistakes, format) for format in formats}
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=WORKING, dir=out) as folder:
            staged = Path(folder)
            in_the_way = []
            for done, form in enumerate(issued, 1):
                stamper = stampers[form.format]
                content = stamper.stamp(_identity(plan, form), form.assessor.kind)
                if form.path.exists() and form.path.read_bytes() != content:
                    in_the_way.append(form.path)
                (staged / form.path.name).write_bytes(content)
                progress(done, len(issued))
            if in_the_way:
                raise DefinitionError(_taken(path) for path in in_the_way)
            (staged / INDEX).write_bytes(index_of(plan, issued))
            for path in (*(form.path for form in issued), out / INDEX):
                (staged / path.name).replace(path)
    except OSError as error:
        raise OutputBlockedError(out, reason_of(error)) from error
    return tuple(issued)


def _identity(plan: Plan, form: Issued) -> Identity:
    round = plan.round or plan.rubric.default_round
    return identity_of(plan.rubric, round, form.unit, form.assessor)


def _file_name(plan: Plan, unit: Unit, assessor: Assessor) -> str:
    who = assessor.name or plan.rubric.kinds.get(assessor.kind, "")
    said = (unit.code, unit.name, plan.rubric.id, plan.round or "", who)
    return safe_file_name(*filter(None, said), suffix=".xlsx")


def _taken(path: Path) -> Problem:
    return Problem(
        str(path),
        "已有同名而內容不同的檔案，可能是已填寫的表件",
        "請改用空的資料夾，或先將該檔移走",
    )

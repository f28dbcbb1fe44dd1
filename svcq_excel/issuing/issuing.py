"""Writes the blank forms of a round, one per unit, assessor and format, and an index of them.

With them go the outlines of the documents that the units hand in beside their forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.form.identity import INDEX, Identity, identity_of, sealed
from svcq_excel.issuing.index import drafts_from, index_of
from svcq_excel.issuing.outlines import Outlines
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.placing import Placing, lies_otherwise
from svcq_excel.plan.assessors import Assessor, verify_kinds
from svcq_excel.plan.forms_meant import Format
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.replacing import is_ours, verify_outputs
from svcq_excel.rubric.model import Document
from svcq_excel.text.file_names import safe_file_name, unique_names


@dataclass(frozen=True, slots=True)
class Issued:
    """A blank form that was made."""

    unit: Unit
    assessor: Assessor
    path: Path
    format: Format


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's outline that goes to a unit."""

    unit: Unit
    document: Document
    path: Path


def issue(
    plan: Plan,
    assessors: Sequence[Assessor],
    out: Path,
    progress: Callable[[int, int], None] = lambda done, of: None,
    mistakes: Sequence[str] = (),
    formats: Sequence[Format] = ("xlsx",),
    replace: bool = False,
    drafts: Sequence[Path] = (),
) -> tuple[Issued, ...]:
    """The forms, all or none; a file of the same name that holds something else is only replaced
    where the call says so, and one that the call works with never is. `drafts` are the folders in
    which drafts of letters may lie, to which the index leads.

    Raises DefinitionError where such files are in the way (they may have been filled in), the
    rubric has no such forms or a format cannot be made here, and OutputBlockedError where one of
    them cannot be written.
    """
    verify_kinds(plan.rubric, assessors)
    issued = issued_of(plan, assessors, out, formats)
    outlines = outlines_of(plan, assessors, out)
    files = [*(form.path for form in issued), *(outline.path for outline in outlines)]
    verify_outputs(files, plan.inputs, known=lambda path: True)  # what they hold is compared below
    verify_outputs([out / INDEX], plan.inputs, replace=replace)
    forms = {(each := plan.rubric_of(unit.code)).form_key: (each, unit) for unit in plan.units}
    stampers = {
        (key, format): Stamper(
            rubric, mistakes, format, plan.carried_to(unit.code), plan.seal_key is not None
        )
        for key, (rubric, unit) in forms.items()
        for format in formats
    }
    with Placing(flushed=False) as placing:
        in_the_way = []
        contents = _contents(plan, issued, outlines, stampers)
        for done, (path, content) in enumerate(zip(files, contents, strict=True), 1):
            if not replace and lies_otherwise(path, content):
                in_the_way.append(path)
            else:
                placing.add(path, content)
            progress(done, len(files))
        if in_the_way:
            raise DefinitionError(_taken(path) for path in in_the_way)
        index = index_of(plan, issued, outlines, drafts_from(plan, out, drafts))
        placing.add(out / INDEX, index)
        placing.place()
    return issued


def list_anew(
    plan: Plan,
    assessors: Sequence[Assessor],
    out: Path,
    formats: Sequence[Format],
    drafts: Sequence[Path],
) -> None:
    """Leads the index that lies with the forms to the drafts that there are now.

    Raises OutputBlockedError.
    """
    if not (out / INDEX).is_file() or not is_ours(out / INDEX):
        return
    issued, outlines = issued_of(plan, assessors, out, formats), outlines_of(plan, assessors, out)
    with Placing(flushed=False) as placing:
        index = index_of(plan, issued, outlines, drafts_from(plan, out, drafts))
        placing.add(out / INDEX, index)
        placing.place()


def issued_of(
    plan: Plan, assessors: Sequence[Assessor], out: Path, formats: Sequence[Format]
) -> tuple[Issued, ...]:
    """What is made for whom, and where it lies."""
    pairs = [(u, a) for u in plan.units for a in assessors if a.assesses(u)]
    names = unique_names(_file_name(plan, unit, assessor) for unit, assessor in pairs)
    return tuple(
        Issued(u, a, (out / name).with_suffix(f".{format}"), format)
        for (u, a), name in zip(pairs, names, strict=True)
        for format in formats
    )


def outlines_of(plan: Plan, assessors: Sequence[Assessor], out: Path) -> tuple[Outline, ...]:
    """The outlines that go with these forms: to each unit that fills in one itself."""
    pairs = [
        (unit, document)
        for unit in plan.units
        if any(a.kind == "self" and a.assesses(unit) for a in assessors)
        for document in plan.rubric.documents
    ]
    names = unique_names(
        safe_file_name(unit.code, unit.name, document.name, suffix=".docx")
        for unit, document in pairs
    )
    return tuple(
        Outline(unit, document, out / name)
        for (unit, document), name in zip(pairs, names, strict=True)
    )


def _contents(
    plan: Plan,
    forms: Sequence[Issued],
    outlines: Sequence[Outline],
    stampers: Mapping[tuple[str, Format], Stamper],
) -> Iterator[bytes]:
    for form in forms:
        stamper = stampers[plan.rubric_of(form.unit.code).form_key, form.format]
        yield stamper.stamp(_identity(plan, form), form.assessor.kind)
    made = {each.document.id: each.document for each in outlines}
    agency, year = plan.rubric.agency, plan.rubric.year
    makers = {id: Outlines(document, agency, year) for id, document in made.items()}
    for outline in outlines:
        yield makers[outline.document.id].of(outline.unit.name)


def _identity(plan: Plan, form: Issued) -> Identity:
    round = plan.round or plan.rubric.default_round
    whose = identity_of(plan.rubric_of(form.unit.code), round, form.unit, form.assessor)
    return sealed(whose, plan.seal_key)


def _file_name(plan: Plan, unit: Unit, assessor: Assessor) -> str:
    who = assessor.name or plan.rubric.kinds.get(assessor.kind, "")
    said = (unit.code, unit.name, plan.rubric.id, plan.round or "", who)
    return safe_file_name(*filter(None, said), suffix=".xlsx")


def _taken(path: Path) -> Problem:
    return Problem(
        str(path),
        "已有同名而內容不同的檔案，可能是已填寫的表件",
        "請改用空的資料夾，或先將該檔移走；確定不再需要原檔時，請加上 --replace 取代",
    )

"""Correction forms: fresh and sound, with all that the unit entered, and what is wrong marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from svcq_excel.checks.batch import CheckedFile, facts_of
from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.checks.violation import Violation
from svcq_excel.form.entered import in_short
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORMAT, CorrectionMark, Identity
from svcq_excel.form.writing.prefilled import Correction, Notice, carried
from svcq_excel.form.writing.writer import render
from svcq_excel.libreoffice.converting import to_ods
from svcq_excel.libreoffice.mending import mended
from svcq_excel.output import write_whole
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.text.file_names import safe_file_name, unique_names
from svcq_excel.text.roc_dates import parse_deadline


@dataclass(frozen=True, slots=True)
class Returned:
    """A correction form that was made, and the file that it answers."""

    unit: Unit
    assessor: str
    answers: str
    """How lists call that file."""
    path: Path
    suffix: str
    """That file's extension."""


@dataclass(frozen=True, slots=True)
class _ToCorrect:
    unit: Unit
    facts: FormFacts
    file: CheckedFile


def return_forms(
    plan: Plan,
    files: Sequence[CheckedFile],
    out: Path,
    deadline: str = "",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Returned, ...]:
    """A correction form for each form that counts and has errors.

    A file that is no form of this assessment, or of no unit of ours, has nothing to carry over: a
    blank form has to be sent for it. Raises OutputBlockedError where a file cannot be written.
    """
    cases = [
        _ToCorrect(plan.by_code[facts.identity.unit], facts, file)
        for file in files
        if file.status == "needs-correction" and file.sure_whose
        if (facts := facts_of(file, plan)) and facts.identity.unit in plan.by_code
    ]
    made = []
    names = unique_names(_name(plan, case) for case in cases)
    for done, (case, name) in enumerate(zip(cases, names, strict=True), 1):
        form = correction_form(plan, case.unit, case.facts, case.file, deadline)
        write_whole(out / name, form)
        assessor, answers = case.facts.identity.assessor, case.file.received.listed
        suffix = Path(case.file.name).suffix.lower()
        made.append(Returned(case.unit, assessor, answers, out / name, suffix))
        progress(done, len(cases))
    return _in_their_format(made)


def _in_their_format(made: Sequence[Returned]) -> tuple[Returned, ...]:
    """Who handed in .ods gets .ods, where LibreOffice is there to make it."""
    converted = to_ods([each.path for each in made if each.suffix == ".ods"])
    changed = []
    for each in made:
        if each.path in converted:
            ods = each.path.with_suffix(".ods")
            write_whole(ods, mended(converted[each.path], each.path.read_bytes()))
            each.path.unlink()
            changed.append(replace(each, path=ods))
        else:
            changed.append(each)
    return tuple(changed)


def correction_form(
    plan: Plan, unit: Unit, facts: FormFacts, answers: CheckedFile, deadline: str = ""
) -> bytes:
    """The bytes of one correction form (.xlsx), which says in its marks what it answers."""
    rubric, assessor = plan.rubric_of(unit.code), facts.identity.assessor
    round = plan.round or facts.identity.round or rubric.default_round
    identity = Identity(FORMAT, rubric.id, rubric.digest, round, unit.code, unit.name, assessor)
    corrections = tuple(_correction(v) for v in answers.violations if v.severity != "notice")
    by = parse_deadline(deadline)
    sha256 = answers.received.reading.sha256
    until = by.isoformat() if by else ""
    mark = CorrectionMark(sha256, facts.correction + 1, until, in_short(facts))
    notice = Notice(f"{unit.code} {unit.name}", deadline, corrections, mark)
    title = rubric.title_of_form(assessor_kind(assessor))
    mistakes = () if rubric.is_checklist else common_mistakes()  # those are made with scores
    return render(rubric, identity, title, carried(facts, notice), mistakes)


def _correction(violation: Violation) -> Correction:
    place = None
    if violation.entry:
        place = (violation.criterion or "", violation.entry)
    found = "，".join(part for part in (violation.found, violation.allowed) if part)
    return Correction(place, violation.criterion_name, found, violation.todo)


def _name(plan: Plan, case: _ToCorrect) -> str:
    said = (case.unit.code, case.unit.name, plan.rubric.id, "補正")
    return safe_file_name(*said, suffix=".xlsx")

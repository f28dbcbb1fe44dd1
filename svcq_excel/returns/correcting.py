"""Correction forms: fresh and sound, with all that the unit entered, and what is wrong marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel.checks.batch import CheckedFile, facts_of
from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.form.entered import in_short
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORMAT, CorrectionMark, Identity, sealed
from svcq_excel.form.writing.prefilled import Correction, Notice, carried
from svcq_excel.form.writing.writer import render
from svcq_excel.libreoffice.converting import to_ods
from svcq_excel.libreoffice.mending import mended
from svcq_excel.placing import moved_of, write_together
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.returns.earlier import Earlier, contents_of, earlier_in, folder_of, folders_in
from svcq_excel.returns.letter import notice_of
from svcq_excel.returns.without import Without, without_form
from svcq_excel.text.file_names import safe_file_name, unique_names
from svcq_excel.text.roc_dates import parse_deadline


@dataclass(frozen=True, slots=True)
class Returned:
    """A correction form, and the file that it answers."""

    unit: Unit
    assessor: str
    answers: str
    """How lists call that file."""
    path: Path
    suffix: str
    """That file's extension."""
    number: int
    """Which correction it is: 1, 2, …"""
    corrections: tuple[Correction, ...]
    """What its notice lists."""
    new: bool
    """Whether it was made now; else it lay there, made of the same file for the same deadline."""

    @property
    def for_want_of_ods(self) -> bool:
        """Whether it would be .ods, had it been possible to make one now."""
        return self.new and self.suffix == ".ods" and self.path.suffix == ".xlsx"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A correction form in the folder that need not be sent any more, and why."""

    unit: Unit
    assessor: str
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """The round, and a correction form or a reason for each form that has to be corrected."""

    round: str | None
    forms: tuple[Returned, ...]
    without: tuple[Without, ...]
    outdated: tuple[Outdated, ...]
    moved: Mapping[Path, Path]
    """Forms whose place was taken by a file that is open elsewhere, and where they lie instead."""
    why_xlsx: str = ""
    """Why forms that answer an .ods are .xlsx all the same."""


@dataclass(frozen=True, slots=True)
class _ToCorrect:
    """A form, and the notice on it: a new one, or one that lies in the folder."""

    file: CheckedFile
    facts: FormFacts
    identity: Identity
    mark: CorrectionMark
    standing: Earlier | None = None


def return_forms(
    plan: Plan,
    files: Sequence[CheckedFile],
    out: Path,
    deadline: str = "",
    progress: Callable[[int, int], None] = lambda done, of: None,
    believed: bool = True,
    apart: bool = False,
) -> SentBack:
    """A correction form in a folder for each form that counts and has errors; `apart`, in a folder
    of its own by which correction it is.

    What lies in the folder stays: a form whose notice is there gets no second one, another one of
    the same unit its 第2次補正. A folder into which strangers lay files is not `believed` to hold
    any. Raises OutputBlockedError where a file cannot be written.
    """
    without = tuple(without_form(files))
    refused = {each.path for each in without}
    folders = (out, *folders_in(out)) if apart else (out,)
    earlier = tuple(each for folder in folders for each in earlier_in(folder, plan) if believed)
    cases = [
        _case(plan, file, facts, earlier, deadline)
        for file in files
        if file.status == "needs-correction" and file.received.listed not in refused
        if (facts := facts_of(file, plan))
    ]
    made, contents = [], {}
    for done, (case, path) in enumerate(
        zip(cases, _paths(plan, cases, out, apart), strict=True), 1
    ):
        violations = case.file.violations
        notice = notice_of(plan, case.identity, case.facts, violations, deadline, case.mark)
        if not case.standing:
            contents[path] = correction_form(plan, case.identity, case.facts, notice)
        made.append(_returned(plan, case, path, notice.corrections))
        progress(done, len(cases))
    made, why_xlsx = _in_their_format(made, contents)
    placed = write_together(contents.items())
    forms = tuple(replace(each, path=placed.get(each.path, each.path)) for each in made)
    outdated = tuple(_outdated(plan, files, earlier, {form.path for form in forms}))
    return SentBack(plan.round, forms, without, outdated, moved_of(placed), why_xlsx)


def correction_form(plan: Plan, identity: Identity, facts: FormFacts, notice: Notice) -> bytes:
    """The bytes of one correction form (.xlsx)."""
    rubric = plan.rubric_of(identity.unit)
    mistakes = () if rubric.is_checklist else common_mistakes()  # those are made with scores
    title = rubric.title_of_form(assessor_kind(identity.assessor))
    filled = carried(facts, notice, plan.carried_to(identity.unit))
    return render(rubric, identity, title, filled, mistakes)


def _case(
    plan: Plan, file: CheckedFile, facts: FormFacts, earlier: Sequence[Earlier], deadline: str
) -> _ToCorrect:
    identity, entered = _identity(plan, facts), in_short(facts)
    due = parse_deadline(deadline)
    by = due.isoformat() if due else ""
    whose = identity.unit, identity.assessor
    same = (each for each in earlier if each.whose == whose)
    last = max(same, key=lambda each: (each.mark.correction, each.untouched), default=None)
    if last and last.answers(identity, entered, by):
        return _ToCorrect(file, facts, identity, last.mark, last)
    number = max(facts.correction, last.mark.correction if last else 0) + 1
    mark = CorrectionMark(file.received.reading.sha256, number, by, entered)
    return _ToCorrect(file, facts, identity, mark)


def _identity(plan: Plan, facts: FormFacts) -> Identity:
    unit, assessor = plan.by_code[facts.identity.unit], facts.identity.assessor
    rubric = plan.rubric_of(unit.code)
    round = plan.round or facts.identity.round or rubric.default_round
    whose = Identity(FORMAT, rubric.id, rubric.digest, round, unit.code, unit.name, assessor)
    return sealed(whose, plan.seal_key)


def _returned(
    plan: Plan, case: _ToCorrect, path: Path, corrections: tuple[Correction, ...]
) -> Returned:
    return Returned(
        unit=plan.by_code[case.identity.unit],
        assessor=case.identity.assessor,
        answers=case.file.received.listed,
        path=path,
        suffix=Path(case.file.name).suffix.lower(),
        number=case.mark.correction,
        corrections=corrections,
        new=case.standing is None,
    )


def _paths(plan: Plan, cases: Sequence[_ToCorrect], out: Path, apart: bool) -> Iterator[Path]:
    """Where each lies or comes to lie: under a name that nothing in its folder has."""
    new = [case for case in cases if not case.standing]
    numbers = {case.mark.correction for case in new}
    free: dict[int, Path] = {}
    for number in numbers if apart else {0}:
        folder = folder_of(out, number) if apart else out
        here = [case for case in new if number in {0, case.mark.correction}]
        taken = [path.with_suffix(".xlsx").name for path in contents_of(folder)]
        names = unique_names([*taken, *(_name(plan, case) for case in here)])[len(taken) :]
        free |= {id(case): folder / name for case, name in zip(here, names, strict=True)}
    for case in cases:
        yield case.standing.path if case.standing else free[id(case)]


def _name(plan: Plan, case: _ToCorrect) -> str:
    identity, number = case.identity, case.mark.correction
    kind = assessor_kind(identity.assessor)
    who = identity.assessor if kind == "committee" else plan.rubric.kind_word(kind)
    said = (identity.unit, identity.unit_name, identity.rubric, identity.round, who)
    which = "補正" if number == 1 else f"第{number}次補正"
    return safe_file_name(*said, suffix=f"_{which}.xlsx")


def _in_their_format(
    made: Sequence[Returned], contents: dict[Path, bytes]
) -> tuple[list[Returned], str]:
    """Who handed in .ods gets .ods, in the contents, too, where LibreOffice is there to make it;
    and why it did not."""
    asked = {each.path.name: each for each in made if each.new and each.suffix == ".ods"}
    changed = {}
    with TemporaryDirectory() as folder:
        for name, each in asked.items():
            (Path(folder) / name).write_bytes(contents[each.path])
        converted, why_not = to_ods([Path(folder) / name for name in asked])
        for form, ods in converted.items():
            xlsx = asked[form.name].path
            changed[xlsx] = xlsx.with_suffix(".ods")
            contents[changed[xlsx]] = mended(ods, contents.pop(xlsx))
    return [replace(each, path=changed.get(each.path, each.path)) for each in made], why_not


def _outdated(
    plan: Plan, files: Sequence[CheckedFile], earlier: Sequence[Earlier], valid: set[Path]
) -> Iterator[Outdated]:
    """Those in the folder whose form was handed in again, or answered anew, since."""
    counts = {
        (file.identity.unit, file.identity.assessor): file
        for file in files
        if file.counts and file.identity and file.sure_whose
    }
    for each in earlier:
        file, unit = counts.get(each.whose), plan.by_code.get(each.identity.unit)
        if file and unit and each.untouched and each.path not in valid:
            passed = file.status == "accepted"
            reason = "該單位的表件已通過檢核" if passed else "已有較新的補正表件"
            yield Outdated(unit, each.identity.assessor, each.path, reason)

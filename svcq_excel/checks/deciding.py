"""Decisions of people on single files: which file each means, and what becomes of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from unicodedata import normalize

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.decisions import ADOPTED, Decision
from svcq_excel.plan.plan import Plan
from svcq_excel.text.visible import visible


def decided_on(files: Sequence[CheckedFile], decisions: Sequence[Decision]) -> dict[int, Decision]:
    """The decision on each file, by the file's place.

    Raises DefinitionError where a decision names several files, or one that cannot count.
    """
    found: dict[int, Decision] = {}
    problems = []
    for decision in decisions:
        named = _named(files, decision.file)
        if not named or all(files[at].of_round for at in named):
            continue
        if fault := _fault(decision, [files[at] for at in named], any(at in found for at in named)):
            message, fix = fault
            said = f"檔案「{decision.file}」{message}"
            problems.append(
                Problem(decision.source, said, fix, decision.line, sheet=decision.sheet)
            )
        else:
            found[named[0]] = decision
    if problems:
        raise DefinitionError(problems)
    return found


def on_no_file(files: Sequence[CheckedFile], decisions: Sequence[Decision]) -> Iterator[Problem]:
    """The decisions whose file did not come, or is called otherwise."""
    for decision in decisions:
        if not _named(files, decision.file):
            said = (
                f"檔案「{decision.file}」不在收件之中，這筆決定沒有作用（理由：{decision.reason}）"
            )
            fix = "請照「收件紀錄」的檔案欄填寫，或刪除這筆決定"
            name = PurePath(decision.source).name
            yield Problem(name, said, fix, decision.line, sheet=decision.sheet)


def _fault(decision: Decision, named: Sequence[CheckedFile], again: bool) -> tuple[str, str] | None:
    """What makes a decision one that cannot be followed, and how to mend it."""
    as_listed = "請照「收件紀錄」的檔案欄填寫"
    if len(named) > 1:
        return f"有 {len(named)} 個", f"{as_listed}完整路徑"
    if again:
        return "有不止一筆決定", "請只保留一筆"
    if decision.adopted and not named[0].sure_whose:
        return "不是本次考核中一個單位的表件，無法採用", "請刪除這筆決定，或請單位重送"
    if decision.adopted and named[0].status == "blank":
        return "沒有填寫任何內容，無法採用", "請刪除這筆決定，或請單位填寫後重送"
    return None


def _named(files: Sequence[CheckedFile], text: str) -> list[int]:
    """The files that lists call so; if there is none, those whose path ends so."""
    wanted = _spelled(text.removeprefix("'"))  # as lists guard names that begin like formulas
    listed = [_spelled(visible(file.received.listed)) for file in files]
    paths = ["!".join((str(f.received.found.path), *f.received.reading.inside)) for f in files]
    whole = [at for at, each in enumerate(listed) if wanted in {each, _spelled(paths[at])}]
    ends = (f"/{wanted}", f"!{wanted}")
    return whole or [at for at, each in enumerate(listed) if each.endswith(ends)]


def _spelled(path: str) -> str:
    return normalize("NFC", path).replace("\\", "/").removeprefix("./")


def as_decided(file: CheckedFile, decision: Decision | None) -> CheckedFile:
    if decision is None:
        return file
    if decision.adopted:
        return replace(file, reason=decision.in_words)
    gone = replace(file, status="ignored", submission=None, violations=())
    return replace(gone, reason=decision.in_words)


def without_absent(file: CheckedFile, plan: Plan, decision: Decision | None) -> CheckedFile:
    """The file; a form of a member who was decided not to assess its unit does not count.

    Raises DefinitionError where the form itself was adopted.
    """
    identity = file.identity
    unit = plan.by_code.get(identity.unit) if identity else None
    if not identity or not unit or not file.counts or not file.sure_whose:
        return file
    absence = plan.expected.absence(unit, identity.assessor)
    if absence is None:
        return file
    if decision:
        said = f"檔案「{decision.file}」決定{ADOPTED}"
        message = f"{said}，第 {absence.line} 列卻決定其考核人員{absence.word}"
        at = decision.line
        told = Problem(decision.source, message, "請只保留一筆", at, sheet=decision.sheet)
        raise DefinitionError([told])
    gone = replace(file, status="ignored", submission=None, violations=())
    return replace(gone, reason=absence.in_words)

"""The batch as a whole: which of several forms counts, and what shows only side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from svcq_excel.checks.batch import CheckedFile, facts_of
from svcq_excel.checks.catalogue import batch_rules, file_rules
from svcq_excel.checks.differing import Difference, differences
from svcq_excel.checks.violation import Violation
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.inbox.handed_in_when import Dated, dated
from svcq_excel.plan.decisions import Decision
from svcq_excel.plan.plan import Plan
from svcq_excel.text.visible import visible

_SHOWN = 3
"""Differences that a message tells; all of them stand in the results."""


def settle(files: Sequence[CheckedFile], plan: Plan) -> tuple[CheckedFile, ...]:
    """Of several forms of one unit and assessor the one handed in last counts, the others do not.

    Decisions overrule that. A form that bears the marks of two units takes no one's place: it may
    be the other unit's. Raises DefinitionError where a decision does not name one file.
    """
    decided = _decided(files, plan.decisions)
    settled = [_excluded(file, decided.get(at)) for at, file in enumerate(files)]
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, file in enumerate(settled):
        if file.identity and file.sure_whose and file.identity.unit and file.status != "ignored":
            groups[file.identity.unit, file.identity.assessor].append(at)
    for several in groups.values():
        _supersede(settled, several, decided, plan)
    return tuple(_beside_missing_ones(settled, groups.values(), plan))


def _decided(files: Sequence[CheckedFile], decisions: Sequence[Decision]) -> dict[int, Decision]:
    """The decision on each file, by the file's place."""
    found: dict[int, Decision] = {}
    problems = []
    for decision in decisions:
        named = _named(files, decision.file)
        if fault := _fault(decision, [files[at] for at in named], any(at in found for at in named)):
            message, fix = fault
            said = f"檔案「{decision.file}」{message}"
            problems.append(Problem(decision.source, said, fix, decision.line))
        else:
            found[named[0]] = decision
    if problems:
        raise DefinitionError(problems)
    return found


def _fault(decision: Decision, named: Sequence[CheckedFile], again: bool) -> tuple[str, str] | None:
    """What makes a decision one that cannot be followed, and how to mend it."""
    as_listed = "請照「收件紀錄」的檔案欄填寫"
    if not named:
        return "不在收件之中", as_listed
    if len(named) > 1:
        return f"有 {len(named)} 個", f"{as_listed}完整路徑"
    if again:
        return "有不止一筆決定", "請只保留一筆"
    if decision.adopted and not named[0].sure_whose:
        return "不是本次考核中一個單位的表件，無法採用", "請刪除這筆決定，或請單位重送"
    return None


def _named(files: Sequence[CheckedFile], text: str) -> list[int]:
    """The files that lists call so; if there is none, those whose path ends so."""
    wanted = _spelled(text.removeprefix("'"))  # as lists guard names that begin like formulas
    listed = [_spelled(visible(file.received.listed)) for file in files]
    whole = [at for at, each in enumerate(listed) if each == wanted]
    ends = (f"/{wanted}", f"!{wanted}")
    return whole or [at for at, each in enumerate(listed) if each.endswith(ends)]


def _spelled(path: str) -> str:
    return normalize("NFC", path).replace("\\", "/").removeprefix("./")


def _excluded(file: CheckedFile, decision: Decision | None) -> CheckedFile:
    if decision is None:
        return file
    if decision.adopted:
        return replace(file, reason=decision.in_words)
    gone = replace(file, status="ignored", submission=None, violations=())
    return replace(gone, reason=decision.in_words)


def _supersede(
    files: list[CheckedFile],
    several: Sequence[int],
    decided: Mapping[int, Decision],
    plan: Plan,
) -> None:
    """Marks all forms of a unit and assessor but the one that counts."""
    if len(several) < 2:
        return
    dates = {at: dated(files[at].received) for at in several}
    counts = max(several, key=lambda at: (at in decided, dates[at].at, files[at].received.listed))
    there = facts_of(files[counts], plan)
    for at in several:
        here = facts_of(files[at], plan)
        if at == counts or here is None or there is None:
            continue
        apart = differences(here, there, plan.rubric)
        if counts in decided:
            why = f"「{files[counts].name}」{decided[counts].in_words}"
        else:
            why = _why(files[counts], dates[counts], files[at], dates[at], not apart)
        found = f"同一單位另有一份表件，{why}{_apart(apart)}"
        files[at] = replace(
            files[at],
            status="superseded",
            submission=None,
            violations=(file_rules()["duplicate-submission"].find(found), *files[at].violations),
            reason=why,
            differences=apart,
        )


def _why(counts: CheckedFile, last: Dated, other: CheckedFile, earlier: Dated, alike: bool) -> str:
    name = counts.name if counts.name != other.name else counts.received.listed
    if counts.received.reading.sha256 == other.received.reading.sha256:
        return f"與「{name}」內容相同"
    if alike:
        return f"與「{name}」填寫內容相同"
    if earlier.at == last.at:
        return f"與「{name}」時間相同（依{last.evidence}），暫以該檔為準"
    return f"「{name}」較晚（依{last.evidence}），以該檔為準"


def _apart(apart: Sequence[Difference]) -> str:
    if not apart:
        return ""
    shown = "，".join(each.in_words for each in apart[:_SHOWN])
    more = "等" if len(apart) > _SHOWN else ""
    return f"；兩份有 {len(apart)} 處不同：{shown}{more}"


def _beside_missing_ones(
    files: Sequence[CheckedFile], groups: Iterable[Sequence[int]], plan: Plan
) -> Iterator[CheckedFile]:
    """Of two forms that differ in most scores, one may be of a unit of which none came."""
    came = {(file.identity.unit, file.identity.assessor) for file in files if file.identity}
    warned: dict[int, Violation] = {}
    for several in groups:
        identity = files[several[0]].identity
        unit = plan.by_code.get(identity.unit) if identity else None
        scores = sum(apart.is_score for at in several for apart in files[at].differences)
        if not identity or not unit or scores * 2 <= len(plan.rubric.leaves) * (len(several) - 1):
            continue
        missing = [
            f"「{other.code} {other.name}」"
            for other in plan.units
            if other.group == unit.group and (other.code, identity.assessor) not in came
        ]
        if missing:
            named = "、".join(missing[:_SHOWN]) + ("等" if len(missing) > _SHOWN else "")
            answers = "辦理狀態" if plan.rubric.is_checklist else "得分"
            found = f"這個單位送來{answers}多不相同的表件，而{named}未繳，其中一份可能是該單位的"
            warned |= dict.fromkeys(several, file_rules()["borrowed-form"].find(found))
    for at, file in enumerate(files):
        more = (warned[at],) if at in warned else ()
        yield replace(file, violations=(*more, *file.violations))


def compare(files: Sequence[CheckedFile], plan: Plan) -> tuple[CheckedFile, ...]:
    """What shows only where the forms that count lie side by side, before what each has itself."""
    compared = list(files)
    for rule in batch_rules():
        if not rule.concerns(plan.rubric):
            continue
        counted = [
            (at, file.submission)
            for at, file in enumerate(files)
            if file.submission and all(v.code not in rule.requires for v in file.violations)
        ]
        for found, violation in rule.find([form for _, form in counted], plan):
            file = compared[counted[found][0]]
            compared[counted[found][0]] = replace(file, violations=(violation, *file.violations))
    return tuple(compared)

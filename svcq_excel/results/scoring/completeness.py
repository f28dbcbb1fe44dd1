"""What each unit's result rests on and waits for: forms that count, and those outstanding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.assessors import Assessor, assessor_kind
from svcq_excel.plan.expected import WHOEVER, Expected, Outstanding
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import KINDS, UnitResult, UnitStatus
from svcq_excel.rubric.model import Kind
from svcq_excel.text.folding import fold

_NOBODY = "考核人員不明"
Accepted = Callable[[Unit, Kind, Sequence[Submission]], UnitResult]


def by_unit(
    units: Sequence[Unit],
    submissions: Iterable[Submission],
    corrections: Collection[tuple[str, str]],
    accepted: Accepted,
    expected: Expected = WHOEVER,
) -> list[UnitResult]:
    """One result per kind and unit, in the units' order; kinds are those that came in at all, and
    those that are expected. Where there is neither, self-assessments are missing.

    `corrections` are the unit codes and assessors of which a form has to be corrected. A result is
    `accepted` where every form that it needs is; the others have none, whatever else came in.
    """
    forms: defaultdict[tuple[str, Kind], list[Submission]] = defaultdict(list)
    wrong: defaultdict[tuple[str, Kind], list[str]] = defaultdict(list)
    for submission in submissions:
        forms[submission.unit, submission.kind].append(submission)
    for code, key in corrections:
        wrong[code, assessor_kind(key)].append(key)
    known = {unit.code for unit in units}
    kinds = {kind for code, kind in (*forms, *wrong) if code in known} | expected.kinds
    return [
        _result(unit, kind, forms[unit.code, kind], wrong[unit.code, kind], accepted, expected)
        for kind in [kind for kind in KINDS if kind in kinds] or ["self"]
        for unit in units
    ]


def _result(
    unit: Unit,
    kind: Kind,
    forms: Sequence[Submission],
    wrong: Sequence[str],
    accepted: Accepted,
    expected: Expected,
) -> UnitResult:
    members = expected.of(unit) if kind == "committee" else None
    absent = expected.absent(unit) if kind == "committee" else {}
    away = set(map(fold, absent))
    counted = [form for form in forms if fold(form.assessor) not in away]
    if members is None:
        open_ones = sorted(key for key in wrong if fold(key) not in away)
        outstanding = [Outstanding(key, key or _NOBODY, "needs-correction") for key in open_ones]
    else:
        counted = [form for each in members for form in counted if form.assessor == each.key]
        came = {form.assessor for form in counted}
        outstanding = [_outstanding(m, wrong) for m in members if m.key not in came]
    called = {each.key: each.called for each in expected.members}
    decided = (each.told(called.get(key, key)) for key, each in absent.items())
    status = _status(counted, outstanding)
    result = UnitResult(unit, kind, status, forms=tuple(counted))
    if status == "accepted":
        result = accepted(unit, kind, counted)
    return replace(
        result,
        outstanding=tuple(outstanding) if kind == "committee" else (),
        expected=1 if kind != "committee" else None if members is None else len(members),
        absent=absent,
        changes=(*decided, *result.changes),
    )


def _outstanding(member: Assessor, wrong: Collection[str]) -> Outstanding:
    return Outstanding(
        member.key, member.called, "needs-correction" if member.key in wrong else "missing"
    )


def _status(forms: Sequence[Submission], outstanding: Sequence[Outstanding]) -> UnitStatus:
    if any(each.status == "needs-correction" for each in outstanding):
        return "needs-correction"
    if not forms:
        return "missing"
    return "incomplete" if outstanding else "accepted"

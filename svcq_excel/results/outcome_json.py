"""An outcome as the JSON document that `svcq check --json` and `svcq merge --json` promise."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from math import isfinite

from svcq_excel.checks.violation import Violation
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.results.model import FileResult, Outcome, UnitResult
from svcq_excel.results.wording import received
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.node import json_number
from svcq_excel.rubric.tree_json import Json
from svcq_excel.workbooks.workbook import Value


def as_json(outcome: Outcome, output: str | None) -> Json:
    """The document of CONTRACT.md, ready for `json.dumps`; `output` is the workbook's path."""
    return {
        "rubric": outcome.rubric.id,
        "round": outcome.round,
        "summary": {
            "expected": len(outcome.units),
            "accepted": outcome.count("accepted"),
            "needs_correction": outcome.count("needs-correction"),
            "incomplete": outcome.count("incomplete"),
            "missing": outcome.count("missing"),
            "files": len(outcome.files),
            "ignored": sum(file.status == "ignored" for file in outcome.files),
        },
        "files": [_file(file) for file in outcome.files],
        "units": [_unit(outcome.rubric, result) for result in outcome.units],
        "unmatched": [str(problem) for problem in outcome.unmatched],
        "output": output,
    }


def _file(file: FileResult) -> Json:
    return {
        "path": file.path,
        "status": file.status,
        "unit": file.unit,
        "assessor": file.assessor,
        "violations": [_violation(violation) for violation in file.found],
        "reason": file.reason or None,
        "size": file.size,
        "sha256": file.sha256 or None,
        "received": received(file) or None,
        "evidence": file.evidence or None,
    }


def _violation(violation: Violation) -> Json:
    return {
        "code": violation.code,
        "severity": violation.severity,
        "criterion": violation.criterion,
        "sheet": violation.sheet,
        "cell": violation.cell,
        "value": json_value(violation.value),
        "message": violation.message,
    }


def json_value(value: Value | None) -> object:
    """What stood in the cell: numbers stay numbers, days and times become ISO texts."""
    match value:
        case bool() | int() | str() | None:
            return value
        case float() if not isfinite(value):
            return str(value)  # JSON has no number for it
        case float():
            return int(value) if value.is_integer() else value
        case date() | time():
            return value.isoformat()
    return str(value)


def _unit(rubric: Rubric, result: UnitResult) -> Json:
    return {
        "unit": result.unit.code,
        "name": result.unit.name,
        "group": result.unit.group,
        "kind": result.kind,
        "status": result.status,
        "total": _score(result.total),
        **_raw(rubric, result),
        "grade": result.grade,
        "rank": result.rank,
        "provisional": result.provisional,
        "forms": {"expected": result.expected, "counted": len(result.forms)},
        "outstanding": [
            {"assessor": each.key, "status": each.status} for each in result.outstanding
        ],
        "items": {rubric.nodes[id].name: _score(score) for id, score in result.items.items()},
        "leaves": _leaves(result),
        "changes": [_change(change) for change in result.score_changes],
        "violations": [_violation(violation) for violation in result.violations],
    }


def _change(change: ScoreChange) -> Json:
    """成績調整, within what `leaves` says already."""
    return {
        "leaf": change.leaf,
        "assessor": change.assessor or None,
        "from": json_number(change.before),
        "to": json_number(change.after),
        "reason": change.reason,
        "by": change.by,
        "date": change.day.isoformat(),
    }


def _raw(rubric: Rubric, result: UnitResult) -> Json:
    """Of a total that was converted, from what."""
    if not rubric.clauses.scale or result.scored is None:
        return {}
    return {"raw": {"total": _score(result.scored), "full": json_number(rubric.full_score)}}


def _leaves(result: UnitResult) -> Json:
    """Scores or, on a checklist, statuses; only where the unit's form is accepted."""
    if result.steps and result.status == "accepted":
        return {id: step.word for id, step in result.steps.items()}
    return {id: _score(score) for id, score in result.leaves.items()}


def _score(score: Fraction | None) -> int | float | None:
    return None if score is None else json_number(score)

"""Where an assessment stands, as the JSON document that `svcq status --json` promises."""

from __future__ import annotations

from datetime import datetime

from svcq_excel.assessment.next_steps import next_steps
from svcq_excel.assessment.progress.counting import counts
from svcq_excel.assessment.standing import Standing, UnitStanding
from svcq_excel.rubric.tree_json import Json
from svcq_excel.text.roc_dates import TAIPEI


def as_json(now: Standing, outputs: list[str]) -> Json:
    """Ready for `json.dumps`; `outputs` are the files that were written of it."""
    return {
        "folder": now.folder.path.as_posix(),
        "rubric": now.rubric or None,
        "round": now.round or None,
        "deadline": _moment(now.deadline),
        "step": now.step,
        "next": [*next_steps(now)],
        "counts": {each.key: each.number for each in counts(now.units)},
        "units": [{**_unit(each), "letters": _letters(now, each)} for each in now.units],
        "problems": [str(problem) for problem in now.problems],
        "doubts": [str(doubt) for doubt in now.doubts],
        "outputs": outputs,
    }


def _unit(each: UnitStanding) -> Json:
    unit = each.unit
    return {
        "unit": unit.code,
        "name": unit.name,
        "group": unit.group,
        "kind": each.kind,
        "status": each.status,
        "late": each.late,
        "received": _moment(each.received),
        "contact": unit.contact,
        "phone": unit.phone,
        "email": unit.email,
        "remark": each.remark,
        "outstanding": [{"assessor": one.key, "status": one.status} for one in each.outstanding],
    }


def _letters(now: Standing, each: UnitStanding) -> list[Json]:
    sent = now.letters.get(each.unit.code, ()) if each.kind == "self" else ()
    return [{"occasion": one.occasion, "state": one.state, "at": _moment(one.at)} for one in sent]


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(TAIPEI).isoformat(timespec="seconds") if at else None

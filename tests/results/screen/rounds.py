"""Rounds of any size, of units with any names, for tests of the page and its print."""

from __future__ import annotations

from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring.totals import conclude
from tests.results.samples import received, submission, violation, wra

HOSTILE = "</script><img src=x onerror=alert(1)>&amp;\"'</td></table>\u202eabc"
SIGNED = ("承辦人", "科長", "首長")


def round_of(many: int, name: str = "第{}河川局", signed: bool = False, note: str = "") -> Outcome:
    """Each third unit lacks, each fifth has an error; the others have results of two kinds."""
    rubric = wra().model_copy(update={"signatures": SIGNED}) if signed else wra()
    units = tuple(Unit(f"U{at:03}", name.format(at)) for at in range(1, many + 1))
    notes = {leaf.id: note for leaf in rubric.leaves[:1]} if note else {}
    submissions = [
        submission(unit.code, 400 + at * 37 % 600, kind, notes=notes)
        for at, unit in enumerate(units)
        for kind in ("self", "hq")
        if at % 3 != 2
    ]
    files = [
        received(unit.code, unit.code, "hq", *([violation()] if at % 5 == 4 else []))
        for at, unit in enumerate(units)
    ]
    return Outcome(rubric, "105年度", conclude(rubric, units, submissions, []), tuple(files))

"""What one unit came to in one kind of assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from svcq_excel.checks.answers import Status
from svcq_excel.checks.submission import Submission
from svcq_excel.checks.violation import Violation
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import Outstanding
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Kind, Reward
from svcq_excel.text.roc_dates import WrittenDate

UnitStatus = Literal["accepted", "needs-correction", "incomplete", "missing"]
"""A committee's is `incomplete` where the forms that came are sound, and others are expected."""
Reevaluation = Literal["due", "passed", "failed"]

UNIT_STATUS_WORDS: dict[UnitStatus, str] = {
    "accepted": "已繳",
    "needs-correction": "待補正",
    "incomplete": "尚缺",
    "missing": "未繳",
}


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit in one kind of assessment; scores only where its form is accepted, all exact."""

    unit: Unit
    kind: Kind
    status: UnitStatus
    total: Fraction | None = None
    grade: str | None = None
    rank: int | None = None
    tied: bool = False
    items: Mapping[str, Fraction] = field(default_factory=dict)
    """Scores by item id."""
    leaves: Mapping[str, Fraction] = field(default_factory=dict)
    """Scores by leaf id; of several assessors, their mean."""
    steps: Mapping[str, Status] = field(default_factory=dict)
    """Every step of the unit's checklist by leaf id; where no form counts, the result's status."""
    assessed: WrittenDate | None = None
    """考核日期; of several assessors, the last."""
    assessors: tuple[str, ...] = ()
    """考核人員 as they signed the form."""
    reward: Reward | None = None
    comments: str = ""
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By item id, then by key (strengths, weaknesses, suggestions, progress, remark)."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """備註 by leaf id."""
    forms: tuple[Submission, ...] = ()
    """What it was concluded from, or would be: one form, or one each of several assessors."""
    expected: int | None = 1
    """How many that has to be; None where whoever came counts."""
    outstanding: tuple[Outstanding, ...] = ()
    """Of a committee, whose forms are awaited, in the list's order."""
    absent: Mapping[str, Absence] = field(default_factory=dict)
    """By key, members whose forms do not count by decision."""
    provisional: bool = False
    """Whether rank and reward may change, as others of the field are still open."""
    scored: Fraction | None = None
    """原得分: what the total was made of, before it was converted and adjusted."""
    adjusted: Fraction = Fraction(0)
    """加減分 within the total."""
    regraded: bool = False
    """Whether the grade is another than the total's own."""
    barred: bool = False
    """Whether a floor keeps it from being ranked."""
    reevaluation: Reevaluation | None = None
    reevaluated: date | None = None
    grounds: tuple[str, ...] = ()
    """How total, grade and rank came about, each with its article where the plan names one."""
    changes: tuple[str, ...] = ()
    """What changed the usual course: adjustments, floors, re-evaluation; with its article."""
    score_changes: tuple[ScoreChange, ...] = ()
    """成績調整 that was made, in the order in which it was."""
    violations: tuple[Violation, ...] = ()
    """What concerns the result, and no single file."""

"""Made-up submissions and outcomes for wra-105 that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.checks.violation import Severity, Violation
from svcq_excel.plan.units import Unit, read_units
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import WrittenDate

ANYTHING = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@＝＋－＠'\t\r\n\\xu0af,\";\ud800\x00 　𠮷堃"))
)
"""Whatever units, mails and names of files may say, hostile more often than not."""

SAMPLE_UNITS = Path(__file__).parents[2] / "samples" / "units.csv"


@cache
def wra() -> Rubric:
    return load("wra-105")


@cache
def units() -> tuple[Unit, ...]:
    return read_units(SAMPLE_UNITS)


def spread(rubric: Rubric, total: Decimal | int) -> dict[str, Decimal]:
    """Scores that add up to the total: every leaf full, from the first on, until it is reached."""
    left, scores = Decimal(total), {}
    for leaf in rubric.leaves:
        scores[leaf.id] = min(leaf.cap, left)
        left -= scores[leaf.id]
    assert not left, "no total above the full score"
    return scores


def submission(
    unit: str, total: Decimal | int, kind: Kind = "hq", assessor: str = "", **more: object
) -> Submission:
    day = WrittenDate(2016, 9, 10)
    texts: dict[str, object] = {"assessed": day, "assessor_name": "王大明", **more}
    scores = spread(wra(), total)
    return Submission(unit, kind, assessor or kind, scores, **texts)  # type: ignore[arg-type]


def outcome(
    submissions: Sequence[Submission],
    corrections: Sequence[tuple[str, Kind]] = (),
    files: Sequence[FileResult] = (),
    round: str = "105年度",
) -> Outcome:
    results = conclude(wra(), units(), submissions, corrections)
    return Outcome(wra(), round, results, tuple(files))


def violation(
    code: str = "score-above-cap",
    severity: Severity = "error",
    leaf: str = "A1.1.1.1",
    value: object = 130.0,
    **more: str | None,
) -> Violation:
    parts: Mapping[str, str | None] = {
        "sheet": "評分表",
        "cell": "K8",
        "found": "得分 130 超過滿分",
        "allowed": "應為 0 至 120 的整數",
        "todo": "請更正後重送",
        **more,
    }
    return Violation(
        code=code,
        severity=severity,
        criterion=leaf,
        criterion_name=wra().nodes[leaf].name,
        value=value,  # type: ignore[arg-type]
        **parts,  # type: ignore[arg-type]
    )


def received(
    unit: str, name: str, kind: str = "hq", *violations: Violation, **more: object
) -> FileResult:
    errors = any(violation.severity == "error" for violation in violations)
    return FileResult(
        path=f"收件/{name}.xlsx",
        status=more.pop("status", "needs-correction" if errors else "accepted"),  # type: ignore[arg-type]
        unit=unit,
        assessor=kind,
        violations=violations,
        link=f"收件/{name}.xlsx",
        **more,  # type: ignore[arg-type]
    )

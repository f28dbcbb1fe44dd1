"""Means and ranks as pandas counts them, on any scores that a committee may give."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.results.scoring.committee import combined
from svcq_excel.rubric.clauses import Committee
from tests.results.scoring.clause_cases import SECOND, UNITS, concluded, form, rubric

# Halves, so that floats are exact, and often a few of them, so that ties are common.
halves = st.integers(0, 2 * int(SECOND)).map(lambda half: Decimal(half) / 2)
few = st.sampled_from([Decimal(step) for step in ("10", "10.5", "20", "40")])
scores = st.tuples(few | halves, few | halves)


@st.composite
def committees(draw: st.DrawFn, sizes: tuple[int, ...] = (1, 2, 4)) -> list[Submission]:
    """Every assessor scores every unit; of three, means would be no exact decimals."""
    members = [f"委員{i}" for i in range(draw(st.sampled_from(sizes)))]
    return [form(unit.code, *draw(scores), member) for unit in UNITS for member in members]


def table(forms: list[Submission]) -> pd.DataFrame:
    groups = {unit.code: unit.group for unit in UNITS}
    rows = [
        (f.unit, groups[f.unit], f.assessor, float(f.scores["X"]), float(f.scores["Y"]))
        for f in forms
    ]
    frame = pd.DataFrame(rows, columns=["unit", "group", "assessor", "X", "Y"])
    return frame.assign(total=frame["X"] + frame["Y"])


@given(committees(sizes=(1, 2, 3, 5, 7)))
def test_means_of_leaves_and_totals(forms: list[Submission]) -> None:
    means = table(forms).groupby("unit")[["X", "Y", "total"]].mean()
    for code, result in concluded(rubric(), forms).items():
        assert float(result.leaves["X"]) == pytest.approx(means.loc[code, "X"])
        assert float(result.leaves["Y"]) == pytest.approx(means.loc[code, "Y"])
        assert float(result.total or 0) == pytest.approx(means.loc[code, "total"], abs=5e-5)


@given(st.lists(few | halves, min_size=1, max_size=9), st.integers(1, 3))
def test_trimmed_means_and_medians(given: list[Decimal], trim: int) -> None:
    series = pd.Series([float(score) for score in given]).sort_values()
    median = Committee(method="median")
    assert float(combined(median, given)) == pytest.approx(series.median())
    kept = series.iloc[trim:-trim]
    expected = kept.mean() if len(kept) else series.median()
    trimmed = Committee(method="trimmed", trim=trim)
    assert float(combined(trimmed, given)) == pytest.approx(expected)


@given(committees(), st.sampled_from(["competition", "dense"]), st.booleans())
def test_ranks_by_the_total(
    forms: list[Submission], method: Literal["competition", "dense"], everyone: bool
) -> None:
    within = "all" if everyone else "group"
    plan = rubric(ranking={"method": method, "within": within}, rounding={"places": 2})
    frame = table(forms).groupby(["unit", "group"], as_index=False)["total"].sum()
    by = frame.assign(every=0).groupby("every" if everyone else "group")["total"]
    frame["rank"] = by.rank(method="min" if method == "competition" else "dense", ascending=False)
    expected = dict(zip(frame["unit"], frame["rank"].astype(int), strict=True))
    assert {code: r.rank for code, r in concluded(plan, forms).items()} == expected


@given(committees())
def test_ranks_by_the_sum_of_ranks(forms: list[Submission]) -> None:
    frame = table(forms)
    by_member = frame.groupby(["group", "assessor"])["total"]
    frame["place"] = by_member.rank(method="min", ascending=False)
    sums = frame.groupby(["unit", "group"], as_index=False)["place"].sum()
    sums["rank"] = sums.groupby("group")["place"].rank(method="min")
    expected = dict(zip(sums["unit"], sums["rank"].astype(int), strict=True))
    found = concluded(rubric(ranking={"by": "places"}), forms)
    assert {code: r.rank for code, r in found.items()} == expected


@given(committees())
def test_ties_are_broken_by_the_items_in_turn(forms: list[Submission]) -> None:
    sums = table(forms).groupby(["unit", "group"], as_index=False)[["total", "X", "Y"]].sum()
    # Packed into one whole number: the total, then Y; X follows from both.
    packed = (sums["total"] * 2).round() * 10_000 + (sums["Y"] * 2).round()
    sums["rank"] = packed.groupby(sums["group"]).rank(method="min", ascending=False)
    expected = dict(zip(sums["unit"], sums["rank"].astype(int), strict=True))
    found = concluded(rubric(ranking={"ties": ["Y", "X"]}), forms)
    assert {code: r.rank for code, r in found.items()} == expected

"""The results of the four demos, each made once for all tests that look at them."""

from __future__ import annotations

from functools import cache

from svcq_excel.cli.demo import ROUNDS, plan_of, samples_of
from svcq_excel.pipeline import assess
from svcq_excel.results.model import Outcome
from svcq_excel.results.workbook import write_statistics

DEMOS = tuple(ROUNDS)


@cache
def outcome_of(id: str) -> Outcome:
    return assess(plan_of(id), [samples_of(id) / "returned"])


@cache
def workbook_of(id: str) -> bytes:
    return write_statistics(outcome_of(id))

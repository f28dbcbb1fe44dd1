"""A whole merge with charts and comparisons, against the same one without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench.forms import forget_layouts, plan_of, programs, returned_forms
from bench.measuring import Claim, at_once, one_core, race, ratios
from svcq_excel import pipeline
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.previous.reading import previous_of
from svcq_excel.results import workbook
from svcq_excel.results.entries.charts import CHARTS, ONE_UNIT
from svcq_excel.results.entries.entry import Entry
from svcq_excel.results.model import Outcome

FORMS, ROUNDS, EARLIER = 300, 3, ("104年度上半年", "104年度下半年")


def claims() -> Iterator[Claim]:
    plan = plan_of(FORMS)
    with TemporaryDirectory() as name, one_core():
        folder = Path(name)
        returned_forms(folder / "came", plan, programs()["openpyxl"])
        earlier = [_earlier(plan, folder, round) for round in EARLIER]
        outputs = (folder / str(n) / "考核結果統計表.xlsx" for n in count())

        def merged(planned: Plan) -> None:
            forget_layouts()
            pipeline.merge(planned, folder / "came", next(outputs), fresh=True)

        def compared() -> None:
            previous, _ = previous_of(earlier, (), plan.rubric, plan.units)
            merged(replace(plan, previous=previous))

        def bare() -> None:
            with patch.object(workbook, "statistics_sheets", _without_charts):
                merged(plan)

        works = {"compared": at_once(compared), "bare": at_once(bare)}
        times = race(works, ROUNDS)
    yield Claim(
        f"merge of {FORMS} forms with charts and {len(EARLIER)} earlier rounds ÷ without",
        "at most",
        1.3,
        ratios(times, "compared", "bare"),
    )


_whole = workbook.statistics_sheets


def _without_charts(outcome: Outcome) -> Sequence[Entry]:
    return [each for each in _whole(outcome) if each not in (CHARTS, ONE_UNIT)]


def _earlier(plan: Plan, folder: Path, round: str) -> Path:
    """The results of the same forms, as if they were of another round."""
    outcome = pipeline.assess(plan, folder / "came")
    path = folder / f"{round}.xlsx"
    path.write_bytes(workbook.write_statistics(replace(outcome, round=round)))
    return path

"""Forms with ten mistakes each: checked, reported, and sent back to be corrected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.forms import forget_layouts, plan_of, programs, returned_forms
from bench.measuring import Claim, one_core, race, ratios
from svcq_excel import pipeline
from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.examples import edit, together
from svcq_excel.plan.plan import Plan
from svcq_excel.results.workbook import write_report
from svcq_excel.returns.correcting import return_forms

FORMS, SENT_BACK, ROUNDS = 1000, 40, 3
TEN_MISTAKES = together(
    edit("A1.1.1.1", score=121.0),
    edit("A1.1.1.2", score=30.0),
    edit("A1.1.2", score="良好"),
    edit("A2.2.1.2", score=18.0, measure=85.0),
    edit("A2.2.2", measure=""),
    edit("A2.3.1", score=-1.0),
    edit("B1.2.1", score=12.5),
    edit("C1.1", score="九十五"),
    edit("C1.2", score=31.0),
    edit("D1.1", score=""),
)


def claims() -> Iterator[Claim]:
    plan = plan_of(FORMS)
    save = programs()["openpyxl"]
    with TemporaryDirectory() as name, one_core():
        folder = Path(name)
        returned_forms(folder / "clean", plan, save)
        returned_forms(folder / "wrong", plan, save, TEN_MISTAKES)

        def report(inbox: str) -> Iterator[None]:
            forget_layouts()
            write_report(pipeline.assess(plan, [folder / inbox]))
            yield

        contestants = {"clean": lambda: report("clean"), "wrong": lambda: report("wrong")}
        times = race(contestants, ROUNDS)
        yield Claim(
            f"{FORMS:,} forms with ten mistakes each, checked and reported ÷ as many clean ones",
            "at most",
            4,
            ratios(times, "wrong", "clean"),
        )
        yield _sent_back(plan, folder)


def _sent_back(plan: Plan, folder: Path) -> Claim:
    plan, files = pipeline.review(plan, [folder / "wrong"])
    some: tuple[CheckedFile, ...] = files[:SENT_BACK]

    rounds = count()

    def send_back() -> Iterator[None]:
        return_forms(plan, some, folder / f"back {next(rounds)}")
        yield

    times = race({"back": send_back}, ROUNDS)
    return Claim(
        f"a correction form ({SENT_BACK} of them), rendered and written",
        "at most",
        25,
        [1000 * seconds / SENT_BACK for seconds in times["back"]],
        " ms",
    )

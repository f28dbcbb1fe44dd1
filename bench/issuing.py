"""Blank forms: as fast as their bytes can be written, far faster than rendering each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.forms import ROUND, forget_layouts, plan_of
from bench.measuring import Claim, at_once, one_core, race, ratios
from svcq_excel import pipeline
from svcq_excel.form.identity import identity_of
from svcq_excel.form.writing.writer import render
from svcq_excel.plan.assessors import SELF

FORMS, RENDERED, ROUNDS = 1000, 20, 9


def claims() -> Iterator[Claim]:
    plan = plan_of(FORMS)
    with TemporaryDirectory() as name:
        folders = (Path(name) / str(n) for n in count())

        def issue() -> None:
            forget_layouts()
            pipeline.issue(plan, [SELF], next(folders))

        def issue_ods() -> None:
            forget_layouts()
            pipeline.issue(plan, [SELF], next(folders), formats=["ods"])

        def write() -> None:
            write_whole(next(folders), contents)

        def write_ods() -> None:
            write_whole(next(folders), contents_ods)

        def render_each() -> None:
            for unit in plan.units[:RENDERED]:
                identity = identity_of(plan.rubric, ROUND, unit, SELF)
                render(plan.rubric, identity, plan.rubric.title_of_form("self"))

        pipeline.issue(plan, [SELF], sample := next(folders))
        contents = {path.name: path.read_bytes() for path in sample.iterdir()}
        pipeline.issue(plan, [SELF], sample := next(folders), formats=["ods"])
        contents_ods = {path.name: path.read_bytes() for path in sample.iterdir()}
        with one_core():
            contestants = {
                "issue": issue,
                "write": write,
                "issue .ods": issue_ods,
                "write .ods": write_ods,
                "render": render_each,
            }
            times = race({name: at_once(work) for name, work in contestants.items()}, ROUNDS)
    yield Claim(
        f"{FORMS:,} blank forms, the master and their index included ÷ writing the same bytes",
        "at most",
        2,
        ratios(times, "issue", "write"),
    )
    yield Claim(
        f"{FORMS:,} blank .ods forms, the same included ÷ writing the same bytes",
        "at most",
        3,
        ratios(times, "issue .ods", "write .ods"),
    )
    yield Claim(
        f"rendering a form with XlsxWriter ({RENDERED} of them) ÷ a blank form",
        "at least",
        20,
        ratios(times, "render", "issue", FORMS / RENDERED),
    )


def write_whole(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Writes files as the program does: into a folder beside, then renamed into place."""
    folder.mkdir()
    with TemporaryDirectory(dir=folder) as name:
        staged = Path(name)
        for file, content in contents.items():
            (staged / file).write_bytes(content)
        for file in contents:
            (staged / file).replace(folder / file)

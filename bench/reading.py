"""Returned forms: read and checked in at most twice the time of merely reading their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from bench.forms import forget_layouts, plan_of, programs, returned_forms
from bench.measuring import Claim, one_core, race, ratios
from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.pipeline import collect
from svcq_excel.plan.plan import Plan

FORMS, WITH_OPENPYXL, STEPS, ROUNDS = 1000, 20, 20, 9


def claims() -> Iterator[Claim]:
    plan = plan_of(FORMS)
    for program, save in programs().items():
        with TemporaryDirectory() as name, one_core():
            inbox = Path(name) / "returned"
            paths = returned_forms(inbox, plan, save)
            yield from _claims(plan, inbox, paths, program)


def _claims(plan: Plan, inbox: Path, paths: Sequence[Path], program: str) -> Iterator[Claim]:
    def check() -> Iterator[None]:
        forget_layouts()
        received = collect(plan, [inbox], lambda done, of: None)
        files: list[CheckedFile] = []
        for part in _steps(paths):
            files += [check_file(each, plan) for each in islice(received, len(part))]
            yield
        _all_sound(files)

    def read() -> Iterator[None]:
        for part in _steps(paths):
            for path in part:
                _cells(path)
            yield

    def read_with_openpyxl() -> Iterator[None]:
        for part in _steps(paths[:WITH_OPENPYXL]):
            for path in part:
                _cells_with_openpyxl(path)
            yield

    contestants = {"check": check, "calamine": read, "openpyxl": read_with_openpyxl}
    race(contestants, rounds=1)  # so that every file is in the system's memory
    times = race(contestants, ROUNDS)
    yield Claim(
        f"{FORMS:,} returned forms ({program}) read and checked ÷ cells read by calamine",
        "at most",
        2,
        ratios(times, "check", "calamine"),
    )
    yield Claim(
        f"cells read by openpyxl ({WITH_OPENPYXL} forms) ÷ a form ({program}) read and checked",
        "at least",
        15,
        ratios(times, "openpyxl", "check", FORMS / WITH_OPENPYXL),
    )


def _steps(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    size = len(paths) // STEPS
    return (paths[at : at + size] for at in range(0, len(paths), size))


def _all_sound(files: Sequence[CheckedFile]) -> None:
    """What is measured must be forms that are read to the end and found without a fault."""
    wrong = [file for file in files if file.status != "accepted"]
    if wrong or len(files) != FORMS:
        raise ValueError(f"{len(files)} files, of which not accepted: {wrong[:1]}")


def _cells(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    for sheet in book.sheet_names:
        book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _cells_with_openpyxl(path: Path) -> None:
    for sheet in load_workbook(path):
        for _ in sheet.values:
            pass

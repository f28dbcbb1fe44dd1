"""What tests of every room share: the reference rubric, its sample round, LibreOffice, and a
browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit, read_units
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.browsing import browser as browser
from tests.receiving import InProcess

SAMPLES = Path(__file__).parent.parent / "samples"

Convert = Callable[[Sequence[Path], str, Path], list[Path]]

_SOFFICE = os.environ.get("SVCQ_SOFFICE") or "soffice"
"""The office program by which forms are saved, another version than the one that is installed."""
_TIMEOUT_S = 180

# A slow machine is no fault. Where CI is set the examples are always the same, else each run has
# others; what fails is shown, with a line to try it again.
settings.register_profile(
    "svcq",
    deadline=None,
    max_examples=60,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("svcq")

# Lines and pages depend on the font, and must not on how a computer is set up. For every program
# that tests start, and that the program itself starts in tests.
os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).with_name("fonts.conf")))
_KAI = ("標楷體", "DFKai-SB", "TW-Kai")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("office") and (lack := _office_lacks()):
        pytest.skip(lack)


@cache
def _office_lacks() -> str:
    """Why LibreOffice cannot be run here; it starts on no computer without any font."""
    if not shutil.which(_SOFFICE):
        return f"LibreOffice ({_SOFFICE}) is not installed"
    if asked := shutil.which("fc-list"):
        told = subprocess.run([asked], capture_output=True, timeout=60, check=False)
        return "" if told.stdout else "fontconfig knows of no font, and LibreOffice needs one"
    return ""


@pytest.fixture(autouse=True)
def _read_in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests need no process of its own to read a few sound files."""
    if not request.node.get_closest_marker("processes"):
        monkeypatch.setattr("svcq_excel.inbox.collecting.Workers", InProcess)


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return load("wra-105")


@pytest.fixture(scope="session")
def units() -> tuple[Unit, ...]:
    return read_units(SAMPLES / "units.csv")


@pytest.fixture(scope="session")
def plan(rubric: Rubric, units: tuple[Unit, ...]) -> Plan:
    return Plan(rubric, units, "105年度上半年")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Saves files anew in another format: (paths, "xlsx" | "ods" | "xls" | "pdf" | "csv", folder).

    All files in one start of the program, which takes longer than a conversion; the results come
    in the order of the paths. Of several sheets a .csv holds the first.
    """
    soffice = str(shutil.which(_SOFFICE))  # a test that asks for it bears the mark `office`

    def convert(paths: Sequence[Path], to: str, outdir: Path) -> list[Path]:
        # A profile of its own: two programs on one profile would wait for, or close, each other.
        profile = tmp_path_factory.mktemp("soffice")
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", to, "--outdir", str(outdir), *map(str, paths)]
        log = profile / "output.txt"
        with log.open("wb") as output:
            subprocess.run(command, stdout=output, stderr=output, timeout=_TIMEOUT_S, check=False)
        made = [outdir / f"{path.stem}.{to}" for path in paths]
        missing = [path.name for path in made if not path.is_file()]
        assert not missing, f"not made: {missing}\n{log.read_text('utf-8', 'replace')}"
        return made

    return convert


@pytest.fixture(scope="session")
def kai() -> None:
    """Skips what can only be told where forms are set in their own font, or its free stand-in.

    Where nothing tells which fonts there are (Windows, macOS), the office programs bring theirs.
    """
    if asked := shutil.which("fc-match"):
        call = [asked, "--format", "%{family}", _KAI[0]]
        told = subprocess.run(call, capture_output=True, timeout=60, check=False).stdout.decode()
        if not set(_KAI) & set(told.split(",")):
            pytest.skip(f"none of the fonts {', '.join(_KAI)} is installed (fonts-cns11643-kai)")


def sample(start: str, suffix: str) -> Path:
    """A form that came back, as an office program saved it."""
    (path,) = (SAMPLES / "returned").glob(f"{start}*.{suffix}")
    return path


@pytest.fixture(scope="session")
def xlsx() -> bytes:
    return sample("A01", "xlsx").read_bytes()


@pytest.fixture(scope="session")
def ods() -> bytes:
    return sample("A02", "ods").read_bytes()


@pytest.fixture(scope="session")
def xls() -> bytes:
    return sample("A08", "xls").read_bytes()

"""LibreOffice may be missing, fail or hang: then there is no .ods, and nothing else happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from svcq_excel.libreoffice import converting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")

CONVERTING = """
import sys
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
(out / "a.ods").write_bytes(b"converted")
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


def office_that(does: str, form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, script = form.with_name("soffice"), form.with_name("soffice.py")
    script.write_text(does, "utf-8")
    # A first line names no interpreter in a folder with a blank in its name.
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(converting, "office_program", lambda: str(program))


def test_what_was_converted_is_told_and_what_was_not_is_left_out(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_that(CONVERTING, form, monkeypatch)
    assert converting.to_ods([form, form.with_name("b.xlsx")]) == {form: b"converted"}


def test_an_office_program_that_hangs_is_given_up(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "_SECONDS_TO_START", 0.5)
    monkeypatch.setattr(converting, "_SECONDS_A_FILE", 0.1)
    office_that("import time\ntime.sleep(20)" + CONVERTING, form, monkeypatch)
    assert converting.to_ods([form]) == {}


@pytest.mark.parametrize("does", ["raise SystemExit(1)", "this is no Python"])
def test_an_office_program_that_fails_converts_nothing(
    does: str, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_that(does, form, monkeypatch)
    assert converting.to_ods([form]) == {}


def test_one_that_cannot_even_be_started_converts_nothing(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "office_program", lambda: str(form))
    assert converting.to_ods([form]) == {}

"""Runs `svcq` in this process, as the console would, and keeps what it printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from svcq_excel.cli.main import main

SAMPLES = Path(__file__).parents[2] / "samples"
UNITS = str(SAMPLES / "units.csv")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def svcq(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Run:
    """Calls the command in a folder whose name has Chinese and a space in it."""
    folder = tmp_path / "考核 資料"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(*args: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["svcq", *map(str, args)])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Ran(stop.value.code, captured.out, captured.err)

    return run

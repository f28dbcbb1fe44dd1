"""The command's start: little more than that of the command-line library it rests on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Claim, Contestant, at_once, race, ratios

ROUNDS = 25


def claims() -> Iterator[Claim]:
    commands = {"python -m svcq_excel --help": _run(sys.executable, "-m", "svcq_excel", "--help")}
    if script := _script():
        commands["svcq --help"] = _run(script, "--help")
    peer = 'python -c "import click"'
    contestants = {**commands, peer: _run(sys.executable, "-c", "import click")}
    race(contestants, rounds=1)  # compiles what has not been compiled
    times = race(contestants, ROUNDS)
    for name in commands:
        yield Claim(f"{name} ÷ {peer}", "at most", 2, ratios(times, name, peer))
    if not script:
        yield Claim("svcq --help", "at most", 2, (), skipped="svcq is not installed here")


def _run(*command: str) -> Contestant:
    return at_once(lambda: subprocess.run(command, check=True, capture_output=True))


def _script() -> str | None:
    """The console script that belongs to this Python, and to no other that may be on the path."""
    return shutil.which("svcq", path=Path(sys.executable).parent)

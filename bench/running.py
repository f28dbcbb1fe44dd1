"""Runs the claims and prints what was measured; a claim that is not kept is no failure."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from tempfile import TemporaryDirectory

from bench import (
    comparing,
    correcting,
    folder,
    hostile,
    issuing,
    letters,
    memory,
    reading,
    starting,
)
from bench.measuring import Claim
from svcq_excel.cli.main import OBJECTS

PARTS = {
    part.__name__.removeprefix("bench."): part
    for part in (
        issuing,
        reading,
        hostile,
        correcting,
        comparing,
        starting,
        letters,
        memory,
        folder,
    )
}
LIBRARIES = ("click", "openpyxl", "python-calamine", "xlsxwriter")


def main() -> None:
    if sys.flags.dont_write_bytecode:  # what is installed is compiled; so is what is measured
        sys.exit(_again_compiled())
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; all where none is named")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    if unknown := set(options.part) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    gc.set_threshold(OBJECTS)  # as every command does
    claims = _measured(options.part or list(PARTS))
    if options.json:
        document = {"machine": machine(), "claims": [_document(claim) for claim in claims]}
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return
    print("; ".join(f"{what} {value}" for what, value in machine().items()))
    print("The median of several rounds, and the least and the most of them.\n")
    for line in table(claims):
        print(line)


def _again_compiled() -> int:
    """The same call, whose processes keep what they compile for as long as it takes."""
    with TemporaryDirectory() as kept:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": kept}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        call = [sys.executable, "-m", "bench", *sys.argv[1:]]
        return subprocess.run(call, env=environment, check=False).returncode


def machine() -> dict[str, object]:
    facts: dict[str, object] = {
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
    }
    return facts | {name: version(name) for name in LIBRARIES}


def table(claims: list[Claim]) -> Iterator[str]:
    head = ("claim", "measured", "min–max", "limit", "kept")
    rows = [head, *(_row(claim) for claim in claims)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        if row is head:
            yield "  ".join("-" * width for width in widths)


def _measured(parts: list[str]) -> list[Claim]:
    found = []
    for part in parts:
        print(f"measuring: {part} …", file=sys.stderr, flush=True)
        found += PARTS[part].claims()
    return found


def _row(claim: Claim) -> tuple[str, ...]:
    limit = f"{claim.bound} {claim.limit:g}{claim.unit}"
    if claim.measured is None:
        return claim.text, "–", "–", limit, f"not measured: {claim.skipped}"
    low, high = (f"{end(claim.values):.{claim.digits}f}" for end in (min, max))
    shown = f"{claim.measured:.{claim.digits}f}{claim.unit}"
    return claim.text, shown, f"{low}–{high}", limit, "yes" if claim.kept else "NO"


def _document(claim: Claim) -> dict[str, object]:
    return {**asdict(claim), "measured": claim.measured, "kept": claim.kept}

"""All that is made of the sample rounds, told by its bytes: equal in whatever surroundings.

`python -m tests.equal_bytes PYTHON...` compares what Pythons make that have the project installed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
CALLS: Mapping[str, Sequence[str]] = {
    "wra-105": ("--units", str(SAMPLES / "units.csv"), "--deadline", "105年7月10日"),
    "khb-106": ("--units", str(SAMPLES / "khb-106" / "units.csv")),
    "hccg-105": ("--units", str(SAMPLES / "hccg-105" / "units.csv")),
    "kpw-102": ("--units", str(SAMPLES / "kpw-102" / "units.csv"), "--round", "102年6月"),
}
MADE, HERE = "做出的", "--here"
_LOCALE = ("LC_", "LANG")
_MODIFIED = 1_468_000_000


def inboxes(folder: Path) -> None:
    """What came back in each round, packed: where it is unpacked its names are spelled as there."""
    for id in CALLS:
        came = (SAMPLES if id == "wra-105" else SAMPLES / id) / "returned"
        with ZipFile(folder / f"{id}.zip", "w") as packed:
            for path in sorted(each for each in came.rglob("*") if each.is_file()):
                packed.write(path, path.relative_to(came))


def made(
    folder: Path, python: str = sys.executable, method: str = "", **surroundings: str
) -> dict[str, str]:
    """What a fresh Python makes of the inboxes in this folder, by its name: the SHA-256."""
    given = {name: each for name, each in os.environ.items() if not name.startswith(_LOCALE)}
    with TemporaryDirectory(dir=folder) as work:
        ran = subprocess.run(
            [python, "-m", "tests.equal_bytes", HERE, str(folder), *filter(None, [method])],
            cwd=work,
            env={**given, "PYTHONPATH": str(ROOT), **surroundings},
            stdout=subprocess.PIPE,
            check=True,
            timeout=600,
        )
    told: dict[str, str] = json.loads(ran.stdout)
    return told


def _make(folder: Path) -> dict[str, str]:
    """In the working folder, in this process."""
    from svcq_excel.browser import printing
    from svcq_excel.libreoffice import converting
    from svcq_excel.pipeline import check, define, issue, merge, send_back

    # What other programs make depends on their versions.
    vars(converting)["office_program"] = vars(printing)["browser_program"] = lambda: None
    for id, (_, units, *more) in CALLS.items():
        inbox, out = Path(id), Path(MADE, id)
        with ZipFile(folder / f"{id}.zip") as packed:
            packed.extractall(inbox)
        for path in inbox.rglob("*"):
            os.utime(path, (_MODIFIED, _MODIFIED))
        named = {
            key.removeprefix("--"): value for key, value in zip(more[::2], more[1::2], strict=True)
        }
        plan = define(id, units, copies="HTML", public="是", **named)
        issue(plan, "self", out / "表件")
        check(plan, inbox, out / "檢核")
        merge(plan, inbox, out / "統計表.xlsx", data=out / "資料")
        send_back(plan, inbox, out / "補正", "105年7月31日")
    there = (path for path in Path(MADE).rglob("*") if path.is_file() and ".svcq" not in path.parts)
    return {path.as_posix(): sha256(path.read_bytes()).hexdigest() for path in there}


def compared(pythons: Iterable[str]) -> int:
    """Says of each Python how many files are the same as of the first; how many are not."""
    with TemporaryDirectory() as name:
        inboxes(Path(name))
        first: dict[str, str] = {}
        differ = 0
        for python in pythons:
            told = made(Path(name), python)
            first = first or told
            others = [each for each in sorted({*first, *told}) if first.get(each) != told.get(each)]
            differ += len(others)
            print(f"{python}: {len(told)} files, {len(others)} differ", *others, sep="\n  ")
    return differ


if __name__ == "__main__":
    if sys.argv[1] == HERE:
        _, _, where, *methods = sys.argv
        for method in methods:
            multiprocessing.set_start_method(method)
        print(json.dumps(_make(Path(where))))
    else:
        sys.exit(1 if compared(sys.argv[1:]) else 0)

"""Files made to take long: none costs more than so many times a look at each of its bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile, is_zipfile

from bench.forms import plan_of
from bench.measuring import Claim, at_once, one_core, race
from svcq_excel.inbox.worker import answers
from svcq_excel.rubric.model import Rubric
from tests.inbox.hostile import HOSTILE, write

BYTES, ROUNDS = 2_000_000, 3


def claims() -> Iterator[Claim]:
    """The worst of them, and all of them together."""
    rubric = plan_of(1).rubric
    with TemporaryDirectory() as name, one_core():
        files = write(Path(name), BYTES)
        ratios = {what: _ratios(path, rubric) for what, path in files.items()}
    worst = max(ratios, key=lambda what: sorted(ratios[what])[ROUNDS // 2])
    yield Claim(
        f"the worst of {len(HOSTILE)} hostile files ({worst}) read ÷ its bytes looked at once",
        "at most",
        200,
        ratios[worst],
    )
    together = [sum(each) / len(ratios) for each in zip(*ratios.values(), strict=True)]
    yield Claim(
        f"{len(HOSTILE)} hostile files read ÷ their bytes looked at once, on average",
        "at most",
        20,
        together,
    )


def _ratios(path: Path, rubric: Rubric) -> list[float]:
    contestants = {
        "read": at_once(lambda: list(answers(path, 0, rubric))),
        "plain": at_once(lambda: _looked_at(path)),
    }
    times = race(contestants, ROUNDS)
    return [a / b for a, b in zip(times["read"], times["plain"], strict=True)]


def _looked_at(path: Path) -> None:
    """Unpacked where it is packed, parsed where it is XML, cut into lines where it is not."""
    parts = [path.read_bytes()]
    if is_zipfile(path):
        with ZipFile(path) as archive:
            parts = [archive.read(each) for each in archive.infolist()]
    for part in parts:
        zlib.crc32(part)
        try:
            ElementTree.fromstring(part)
        except ElementTree.ParseError:
            part.splitlines()

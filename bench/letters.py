"""Drafts of letters: little dearer than their bytes, and no more than one letter in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.issuing import write_whole
from bench.measuring import Claim, at_once, one_core, race, ratios
from svcq_excel.letters.drafts import write_drafts
from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.letters.templates import Template
from svcq_excel.letters.wording import FIELDS, SHIPPED

DRAFTS, ROUNDS = 8000, 5
ATTACHED = {"評分表.xlsx": 33_000, "創意服務計畫.docx": 12_750, "績效總報告.docx": 12_750}
"""Bytes of what a unit of wra-105 gets."""
_KILOBYTES = sum(ATTACHED.values()) // 1000
_MEGABYTE = 1_000_000


def claims() -> Iterator[Claim]:
    with TemporaryDirectory() as name:
        root = Path(name)
        folders = (root / str(n) for n in count())
        for file, size in ATTACHED.items():
            (root / file).write_bytes(bytes(range(250)) * (size // 250))
        text = SHIPPED["announce"].filled(FIELDS["announce"])
        given = [_letter(n, text, root) for n in range(DRAFTS)]
        contents = {path.name: path.read_bytes() for path in write_drafts(given, next(folders))}

        def draft() -> None:
            write_drafts(given, next(folders))

        def write() -> None:
            write_whole(next(folders), contents)

        with one_core():
            contestants = {"draft": draft, "write": write}
            works = {name: at_once(work) for name, work in contestants.items()}
            times = race(works, ROUNDS)
        contents.clear()
        tracemalloc.start()
        draft()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    yield Claim(
        f"{DRAFTS:,} drafts with {_KILOBYTES} kB attached each ÷ writing the same bytes",
        "at most",
        3,
        ratios(times, "draft", "write"),
    )
    yield Claim(
        f"memory for {DRAFTS:,} drafts of {_KILOBYTES * DRAFTS // 1000} MB attached",
        "at most",
        50,
        [most / _MEGABYTE],
        " MB",
    )


def _letter(number: int, text: Template, forms: Path) -> Letter:
    return Letter(
        "announce",
        "105年度上半年",
        f"U{number:04}",
        f"第{number}科",
        (f"u{number}@example.gov.tw",),
        text.subject,
        text.body,
        tuple(Attachment(f"U{number:04}_第{number}科_{name}", forms / name) for name in ATTACHED),
        reply_to="plan@example.gov.tw",
    )

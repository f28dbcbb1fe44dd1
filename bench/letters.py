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

DRAFTS, ROUNDS, ATTACHED = 8000, 5, 30_000
_MEGABYTE = 1_000_000


def claims() -> Iterator[Claim]:
    with TemporaryDirectory() as name:
        root = Path(name)
        folders = (root / str(n) for n in count())
        form = root / "form.xlsx"
        form.write_bytes(bytes(range(250)) * (ATTACHED // 250))
        text = SHIPPED["announce"].filled(FIELDS["announce"])
        given = [_letter(n, text, form) for n in range(DRAFTS)]
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
        f"{DRAFTS:,} drafts with a form of {ATTACHED // 1000} kB each ÷ writing the same bytes",
        "at most",
        3,
        ratios(times, "draft", "write"),
    )
    yield Claim(
        f"memory for {DRAFTS:,} drafts of {ATTACHED * DRAFTS // _MEGABYTE} MB attached",
        "at most",
        50,
        [most / _MEGABYTE],
        " MB",
    )


def _letter(number: int, text: Template, form: Path) -> Letter:
    return Letter(
        "announce",
        "105年度上半年",
        f"U{number:04}",
        f"第{number}科",
        (f"u{number}@example.gov.tw",),
        text.subject,
        text.body,
        (Attachment(f"U{number:04}_第{number}科_評分表.xlsx", form),),
        reply_to="plan@example.gov.tw",
    )

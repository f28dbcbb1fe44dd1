"""A page printed as PDF by a browser without a window; nothing is fetched, nothing of it stays.

Of equal pages the bytes are equal where the browser is the same: its clock is taken out of them.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel.browser.finding import ABSENT, browser_program
from svcq_excel.form.identity import PRINT_MARK
from svcq_excel.libreoffice.running import ProgramError, run
from svcq_excel.output import reason_of

_SECONDS = 180
_ALONE = (
    "--headless",
    *("--disable-gpu", "--disable-extensions", "--disable-sync", "--disable-component-update"),
    *("--disable-background-networking", "--no-first-run", "--no-default-browser-check"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9"),
    *("--no-pdf-header-footer", "--generate-pdf-document-outline"),
    "--user-agent=svcq_excel",  # stands in the PDF: else what the computer runs, too
)
_CLOCK = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}[+-]\d\d'\d\d'")
_PAGES = re.compile(rb"\n(\d+) 0 obj\n<</Type /Pages\b.*?/Kids \[([^\]]*)\]", re.S)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_LED_TO = re.compile(rb"<</Title .*?\n/Dest \[(\d+) 0 R", re.S)


class NotPrintedError(Exception):
    """No browser printed the page; says why in words for people."""


def printed(page: bytes, made: datetime) -> bytes:
    """The page as PDF that bears this date. Raises NotPrintedError."""
    program = browser_program()
    if not program:
        raise NotPrintedError(ABSENT)
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, pdf = folder / "page.html", folder / "page.pdf"
        source.write_bytes(page)
        # A profile of its own: a browser that is open elsewhere would take the call over.
        own = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}"]
        # As root (in a container) Chromium starts without its sandbox or not at all.
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        try:
            run([program, *_ALONE, *root, *own, source.as_uri()], _SECONDS, folder / "words")
            data = pdf.read_bytes()
        except OSError as error:
            raise NotPrintedError(f"瀏覽器未能列印（{reason_of(error)}）") from error
        except ProgramError as error:
            raise NotPrintedError(f"瀏覽器{error}") from error
    date = made.strftime("%Y%m%d%H%M%S").encode("ascii")
    return _CLOCK.sub(rb"\g<1>" + date + b"+00'00'", data) + PRINT_MARK


def pages_by_heading(pdf: bytes) -> list[int]:
    """How many pages begin with each heading of a printed page, up to the next one's; none where
    the PDF does not tell."""
    order = _pages_in_order(pdf)
    starts = [order.index(each) for each in _LED_TO.findall(pdf) if each in order]
    return [end - start for start, end in pairwise([*starts, len(order)])]


def _pages_in_order(pdf: bytes) -> list[bytes]:
    """The pages as they are called; many stand in a tree of lists."""
    lists = {name: _REFERENCE.findall(kids) for name, kids in _PAGES.findall(pdf)}
    below = {each for kids in lists.values() for each in kids}
    left, order = [name for name in lists if name not in below], list[bytes]()
    while left:
        name = left.pop()
        if name in lists:
            left += reversed(lists[name])
        else:
            order.append(name)
    return order

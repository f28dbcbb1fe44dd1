"""Sends some letters to a port, for tests that end it at any moment: PORT FOLDER COUNT."""

from __future__ import annotations

import sys
from pathlib import Path

from svcq_excel.letters.account import Account
from svcq_excel.letters.journal import Journal
from svcq_excel.letters.letter import Letter
from svcq_excel.letters.sending import Sender


def letters(count: int) -> list[Letter]:
    return [
        Letter("announce", "105", f"U{at:04}", f"第{at}科", (f"u{at}@example.gov.tw",), "題", "文")
        for at in range(count)
    ]


def main(port: str, folder: str, count: str) -> None:
    sender = Sender(
        Account("smtp", "127.0.0.1", "none", port=int(port)),
        "office@example.gov.tw",
        sleep=lambda seconds: None,
    )
    with Journal(Path(folder)) as journal:
        for each in sender.send(letters(int(count)), journal):
            print(each.letter.unit, each.fate)


if __name__ == "__main__":
    main(*sys.argv[1:])

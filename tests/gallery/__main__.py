"""`python -m tests.gallery`: prints the samples anew, draws each sheet, and writes the pages."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from tests.gallery.listing import GALLERY, INDEX, NONE, PAGES, index, lines
from tests.gallery.making import IDS
from tests.gallery.printing import version
from tests.gallery.sheets import sheets_of


def main() -> None:
    """Pictures that no sheet has any more go."""
    every = []
    for id in IDS:
        rmtree(GALLERY / id, ignore_errors=True)
        (GALLERY / id).mkdir(parents=True)
        with TemporaryDirectory() as name:
            for listed, sheet in sheets_of(id, Path(name)):
                every.append(listed)
                if listed.picture != NONE:
                    (GALLERY / listed.picture).write_bytes(sheet.picture())
    PAGES.write_text(lines(version(), every), encoding="utf-8", newline="\n")
    INDEX.write_text(index(every), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

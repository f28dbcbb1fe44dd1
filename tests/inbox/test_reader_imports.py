"""A reading process starts with what it reads forms with, and with nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from svcq_excel.inbox.starting import packed
from svcq_excel.inbox.worker import serve
from svcq_excel.rubric.shipped import load

RETURNED = Path(__file__).parents[2] / "samples" / "returned"

READER = """
import json, pickle, sys
from pathlib import Path
serve, rubric = pickle.loads(sys.stdin.buffer.read())
from svcq_excel.form.reading.key_places import places_of
from svcq_excel.inbox.worker import answers
places_of(rubric)
ready = sorted(sys.modules)
told = [len(list(answers(Path(path), 0, rubric))) for path in sys.argv[1:]]
print(json.dumps([ready, sorted(sys.modules), told]))
"""
"""What `serve` does until it is ready, then as it is asked for files."""

NEVER = {"pandas", "openpyxl", "xlsxwriter", "docx", "click", "rich", "yaml", "sqlite3"}
"""For lists, results, documents, the command line, and for what is kept from run to run."""
LATE = {
    "svcq_excel.workbooks.openxml.xlsx",
    "svcq_excel.workbooks.openxml.xlsb",
    "svcq_excel.workbooks.opendocument.ods",
    "svcq_excel.workbooks.xls.book",
    "svcq_excel.inbox.containers.zip_files",
    "svcq_excel.inbox.containers.eml",
    "svcq_excel.inbox.containers.msg",
    "svcq_excel.inbox.containers.winmail",
}
"""For one kind of files."""


def test_a_reader_starts_without_what_only_others_need() -> None:
    ready, done = _imported(next(RETURNED.glob("*.xlsx")))
    assert not NEVER & ready and not LATE & ready
    assert not NEVER & done and LATE & done == {"svcq_excel.workbooks.openxml.xlsx"}


def _imported(*files: Path) -> tuple[set[str], set[str]]:
    """The modules that are there once a reader is ready, and once these files are read."""
    ran = subprocess.run(
        [sys.executable, "-c", READER, *map(str, files)],
        input=packed(serve, load("wra-105")),
        capture_output=True,
        check=True,
    )
    ready, done, told = json.loads(ran.stdout)
    assert all(count == 2 for count in told)  # that it is there, and what was read of it
    return set(ready), set(done)

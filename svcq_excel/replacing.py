"""No output takes the place of an input, nor of a file that this program did not write."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.form.identity import (
    HIDDEN_SHEET,
    OUTPUT_HEADS,
    OUTPUT_PROPERTY,
    PAGE_MARK,
    PRINT_MARK,
)
from svcq_excel.inbox.finding import find
from svcq_excel.inbox.receiving import is_own_table
from svcq_excel.placing import another_name
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.opendocument.ods import OdsBook
from svcq_excel.workbooks.openxml.xlsx import XlsxBook
from svcq_excel.workbooks.sniffing import sniff
from svcq_excel.workbooks.zip_parts import Parts

_WORKBOOK, _PARQUET, _PAGE, _PRINT = b"PK", b"PAR1", b"<!doctype html>", b"%PDF-"
_HIDDEN = f'"{HIDDEN_SHEET}"'.encode()

Known = Callable[[Path], bool]
"""Whether this program is known to have written a file, whatever that holds by now."""


def verify_outputs(
    outputs: Iterable[Path],
    given: Iterable[Path],
    inbox: Iterable[Path] = (),
    replace: bool = False,
    known: Known = lambda path: False,
) -> None:
    """What is to be written takes the place of nothing that is missed afterwards.

    `given` are the files that the call names. Of those of the inbox, what this program wrote may be
    replaced. Raises DefinitionError, before anything is done.
    """
    there = {path: _file(path) for each in outputs for path in _places(each) if _lies(path)}
    if not there:
        return  # as in a first run, which need not look at its inbox for it
    problems = [*_inputs(there, given)]
    clear = {path: file for path, file in there.items() if not is_ours(path)}
    if clear:
        problems += _inputs(clear, (each.path for each in find(inbox)))
    told = {problem.file for problem in problems}
    if not replace:
        strange = (path for path in clear if str(path) not in told and not known(path))
        problems += [_strange(path) for path in strange]
    if problems:
        raise DefinitionError(problems)


def is_ours(path: Path) -> bool:
    """Whether a file says itself that it is a result of this program; a form never is one."""
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        return False
    if data.startswith(_PARQUET):
        heads = (head.encode().strip(b",").split(b",") for head in OUTPUT_HEADS)
        return any(all(name in data for name in head) for head in heads)
    if data.startswith(_PAGE):
        return PAGE_MARK in data
    if data.startswith(_PRINT):
        return data.endswith(PRINT_MARK)
    if data.startswith(_WORKBOOK):
        return guarded(lambda: _is_our_workbook(data)) is True
    return is_own_table(data)


def _is_our_workbook(data: bytes) -> bool:
    kind, parts = sniff(data), Parts(data)
    if kind == "ods":
        ods = OdsBook(parts)
        return OUTPUT_PROPERTY in ods.properties() and _HIDDEN not in parts.read("content.xml")
    if kind != "xlsx":
        return False
    book = XlsxBook(parts)
    marked = OUTPUT_PROPERTY in book.properties()
    return marked and HIDDEN_SHEET.encode() not in book.parts.read(book.main)


def _places(output: Path) -> Iterator[Path]:
    """Where it may come to lie: beside itself where its own place is open elsewhere."""
    yield output
    yield another_name(output)


def _lies(path: Path) -> bool:
    """Whether something would be replaced; a folder never is."""
    try:
        return os.path.lexists(path) and not path.is_dir()
    except (OSError, ValueError):
        return False  # whoever writes there says why that cannot be


def _file(path: Path) -> tuple[object, ...]:
    """Equal for one file, however its name is spelled and whichever link leads to it."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return (path,)
    return (found.st_dev, found.st_ino) if found.st_ino else (os.path.realpath(path),)


def _inputs(outputs: dict[Path, tuple[object, ...]], inputs: Iterable[Path]) -> Iterator[Problem]:
    """Each output that is an input, by the first that it is."""
    known: dict[tuple[object, ...], Path] = {}
    for each in inputs:
        known.setdefault(_file(each), each)
    for path, file in outputs.items():
        if file in known:
            yield Problem(
                str(path),
                f"輸出的位置就是輸入的檔案「{known[file]}」，寫入會使原檔消失",
                "請將輸出改用其他檔名或資料夾",
            )


def _strange(path: Path) -> Problem:
    return Problem(
        str(path),
        "已有同名的檔案，不是本程式所寫",
        "請將輸出改用其他檔名；確定不再需要原檔時，請加上 --replace 取代",
    )

"""The masters that a rubric's blank forms are cast from: rendered in .xlsx, and converted to .ods.

A master in .ods ships for each rubric that ships (make masters), so that nobody needs LibreOffice
for them. It says which .xlsx it was made of, and serves while that is what is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.form.identity import KEYS, SEAL, Identity
from svcq_excel.form.writing.prefilled import Filled
from svcq_excel.form.writing.writer import BLANK, render
from svcq_excel.issuing.zip_mould import placeholder
from svcq_excel.libreoffice.converting import to_ods
from svcq_excel.libreoffice.mending import mended
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import folder
from svcq_excel.workbooks.zip_parts import packed

TITLE = "title"
"""The key of the form's title; all others are those of its identity."""
_LAST = re.escape(placeholder(KEYS[-1]))


def xlsx_master(
    rubric: Rubric,
    mistakes: Sequence[str] = (),
    filled: Filled = BLANK,
    is_sealed: bool = False,
) -> bytes:
    """A blank form with placeholders for whose it is."""
    seal = placeholder(SEAL) if is_sealed else ""
    identity = Identity(**{key: placeholder(key) for key in KEYS}, seal=seal)
    return render(rubric, identity, placeholder(TITLE), filled, mistakes)


def ods_master(
    rubric: Rubric,
    mistakes: Sequence[str] = (),
    filled: Filled = BLANK,
    is_sealed: bool = False,
) -> bytes:
    """The same form in .ods; raises DefinitionError where it has to be made and cannot be."""
    xlsx = xlsx_master(rubric, mistakes, filled)
    shipped = shipped_path(rubric)
    ods = shipped.read_bytes() if made_of(shipped) == digest(xlsx) else converted(xlsx)
    return _with_place_for_seal(ods) if is_sealed else ods


_MARKED = {
    "content.xml": re.compile(
        rf"<table:table-row(?:(?!</?table:table-row).)*{_LAST}.*?</[^>]*row>"
    ),
    "meta.xml": re.compile(rf"<meta:user-defined(?:(?!</?meta:user).)*{_LAST}</meta:user-defined>"),
}
"""Where the last of the marks stands that every form bears, by the member of an .ods."""
_ROWS_BELOW = re.compile('(table:number-rows-repeated=")([0-9]+)')
"""A sheet has as many rows as before."""


def _with_place_for_seal(ods: bytes) -> bytes:
    """A master with one more mark, after and like the last that it has: what ships has none for a
    seal."""
    with ZipFile(BytesIO(ods)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, marked in _MARKED.items():
        text = members[name].decode("utf-8")
        if last := marked.search(text):
            below = _ROWS_BELOW.sub(_one_fewer, text[last.end() :], count=1)
            text = text[: last.end()] + last[0].replace(KEYS[-1], SEAL) + below
        members[name] = text.encode("utf-8")
    return packed(members)


def _one_fewer(rows: re.Match[str]) -> str:
    return f"{rows[1]}{int(rows[2]) - 1}"


def converted(xlsx: bytes) -> bytes:
    """The .ods master of an .xlsx master, by LibreOffice."""
    with TemporaryDirectory() as name:
        path = Path(name) / "master.xlsx"
        path.write_bytes(xlsx)
        made, why_not = to_ods([path])
    if path not in made:
        raise DefinitionError([_no_office(why_not)])
    stream = BytesIO(mended(made[path], xlsx))
    with ZipFile(stream, "a") as archive:
        archive.comment = digest(xlsx).encode("ascii")
    return stream.getvalue()


def shipped_path(rubric: Rubric) -> Path:
    return folder() / f"{rubric.id}.ods"


def made_of(master: Path) -> str:
    """The digest of the .xlsx that an .ods master was made of, if the file is one."""
    try:
        with ZipFile(master) as archive:
            return archive.comment.decode("ascii", "replace")
    except (OSError, BadZipFile):
        return ""


def digest(xlsx: bytes) -> str:
    """Of what a workbook holds, however well it is compressed."""
    whole = sha256()
    with ZipFile(BytesIO(xlsx)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            whole.update(f"{name} {len(data)}\n".encode())
            whole.update(data)
    return whole.hexdigest()


def _no_office(why: str) -> Problem:
    return Problem(
        "--format ods",
        f"這份評分表定義沒有現成的 .ods 表件，須由 LibreOffice 轉檔，而{why}",
        "請安裝 LibreOffice（已安裝的，請確認可以開啟）後再試，或改用 --format xlsx",
    )

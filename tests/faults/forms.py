"""Sound forms in three formats, of as many units as are wanted: sample forms under other names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from svcq_excel.plan.units import Unit
from svcq_excel.rubric.shipped import load
from tests.form.filling import UNIT, Filling, fill
from tests.form.fillings import right_answer
from tests.paper.filled_form import Paper
from tests.paper.filling import scores

Family = Literal["xlsx", "ods", "xls"]
Change = Callable[[bytes], bytes]
Scores = Mapping[str, int]

FAMILIES: tuple[Family, ...] = ("xlsx", "ods", "xls")
RUBRIC = load("wra-105")
RETURNED = Path(__file__).parents[2] / "samples" / "returned"


class _Sample(NamedTuple):
    unit: Unit
    total: int


_SAMPLES: Mapping[Family, _Sample] = {
    "xlsx": _Sample(Unit("A01", "第一河川局"), 912),
    "ods": _Sample(Unit("A02", "第二河川局"), 886),
    "xls": _Sample(Unit("A08", "第八河川局"), 886),
}


def unit(number: int) -> Unit:
    """One of 2,500 units; their codes and names are as long as those of the samples."""
    letter = chr(ord("B") + number // 100)
    return Unit(f"{letter}{number % 100:02}", f"第{chr(0x5000 + number)}河川局")


def form(family: Family, whose: Unit) -> bytes:
    """A unit's form, as an office program saved it."""
    return _renamed(_returned(family), _SAMPLES[family].unit, whose)


@cache
def scores_in(family: Family) -> Scores:
    """What the forms of a format were filled in with."""
    unit, total = _SAMPLES[family]
    return scores(RUBRIC, total, Random(f"{unit.code} {total}"))


def paper(whose: Unit, change: Callable[[Paper], None] = lambda paper: None) -> bytes:
    """A unit's form as it is issued today, filled in and then changed through openpyxl."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(_filled())
        desk = Paper(path, RUBRIC)
        change(desk)
        desk.save(path)
        return _renamed(path.read_bytes(), UNIT, whose)


_ANSWERS = {k: v for i, leaf in enumerate(RUBRIC.leaves) for k, v in right_answer(leaf, i).items()}
SCORES_ON_PAPER: Scores = {
    leaf: int(str(value).removesuffix(".0"))
    for (leaf, key), value in _ANSWERS.items()
    if key == "score"
}


@cache
def _filled() -> bytes:
    return fill(RUBRIC, Filling(_ANSWERS))


@cache
def _returned(family: Family) -> bytes:
    (path,) = RETURNED.glob(f"{_SAMPLES[family].unit.code}*.{family}")
    return path.read_bytes()


_REFERENCES = "xmlcharrefreplace"  # as some libraries write XML


def _renamed(data: bytes, old: Unit, new: Unit) -> bytes:
    """The form of another unit."""
    spelled = [(old.code.encode(), new.code.encode())]
    for encoding, errors in (("utf-8", "strict"), ("utf-16-le", "strict"), ("ascii", _REFERENCES)):
        spelled.append((old.name.encode(encoding, errors), new.name.encode(encoding, errors)))

    def renamed(part: bytes) -> bytes:
        for was, becomes in spelled:
            part = part.replace(was, becomes)
        return part

    if not data.startswith(b"PK"):
        return renamed(data)
    return with_parts(data, {name: renamed for name in unpacked(data) if name.endswith(".xml")})


# -- what a workbook is made of -------------------------------------------------------------------


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip file of these members; the one that tells an .ods is not compressed."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in members.items():
            info = ZipInfo(name)
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(info, part)
    return stream.getvalue()


def with_parts(data: bytes, changes: Mapping[str, bytes | Change]) -> bytes:
    """A workbook some of whose parts are others, or further ones."""
    members = unpacked(data)
    for name, change in changes.items():
        members[name] = change if isinstance(change, bytes) else change(members[name])
    return packed(members)


def replaced(old: str, new: str, times: int = 1) -> Change:
    """A text in a part, which has to be there."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part, old
        return part.replace(old.encode(), new.encode(), times)

    return change

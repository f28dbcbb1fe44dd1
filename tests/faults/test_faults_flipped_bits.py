"""One bit of a form is another: it is noticed wherever it could change what is read."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from struct import pack_into, unpack_from
from zipfile import ZipFile, ZipInfo

import pytest

from tests.faults.bombs import BOOK, CONTENT, SHEET, STRINGS
from tests.faults.forms import FAMILIES, Family, replaced, scores_in, unpacked, with_parts
from tests.faults.inbox import Inbox, Merged

PARTS: dict[str, tuple[Family, str]] = {
    "表內.xlsx": ("xlsx", SHEET),
    "字串.xlsx": ("xlsx", STRINGS),
    "活頁簿.xlsx": ("xlsx", BOOK),
    "內容.ods": ("ods", CONTENT),
}
"""Parts that values come from; a bit of their compressed bytes is flipped."""

LOOKS: dict[str, tuple[Family, str]] = {
    "樣式.xlsx": ("xlsx", "xl/styles.xml"),
    "樣式.ods": ("ods", "styles.xml"),
}
PLAIN: dict[str, tuple[Family, str]] = {
    "未壓縮.xlsx": ("xlsx", "<v>{}</v>"),
    "未壓縮.ods": ("ods", 'office:value="{}"'),
}
"""Forms that are not compressed; the first digit of a score is flipped, as it is spelled there."""

_NUMBER = b"\x7e\x02\x0a\x00"  # an RK record of .xls: row, column, format, number
_WHOLE = 0b10  # the number is a whole one, from the third bit on


def flipped_inside(form: bytes, member: str) -> bytes:
    with ZipFile(BytesIO(form)) as archive:
        info = archive.getinfo(member)
    return flipped(form, info.header_offset + 30 + len(member) + info.compress_size // 2)


def flipped(data: bytes, at: int, bit: int = 1) -> bytes:
    changed = bytearray(data)
    changed[at] ^= bit
    return bytes(changed)


def stored(form: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in unpacked(form).items():
            archive.writestr(ZipInfo(name), part)
    return stream.getvalue()


def with_another_digit(form: bytes, family: Family, spelled: str) -> bytes:
    """A score that is another, in a file that is right in every other way."""
    data, score = stored(form), scores_in(family)["A1.1.2"]
    before, _ = spelled.split("{}")
    at = data.index(spelled.format(score).encode()) + len(before)
    assert flipped(data, at)[at : at + 1].isdigit()
    return flipped(data, at)


def scores_of_xls(form: bytes) -> Iterator[tuple[int, int]]:
    """Where whole numbers stand in the column of scores, and what they are."""
    column = None
    entered = set(scores_in("xls").values())
    at = form.find(_NUMBER)
    while at >= 0:
        _, found, _, number = unpack_from("<3HL", form, at + 4)
        if number & 0b11 == _WHOLE and number >> 2 in entered:
            column = found if column is None else column
            if found == column:
                yield at + 10, number >> 2
        at = form.find(_NUMBER, at + 1)


def with_another_score(form: bytes, which: int) -> bytes:
    """The score that stands at this place among all is one more, or one less."""
    changed = bytearray(form)
    at, score = list(scores_of_xls(form))[which]
    pack_into("<L", changed, at, (score ^ 1) << 2 | _WHOLE)
    return bytes(changed)


LEAVES = range(25)


def with_another_assessor(form: bytes, family: Family) -> bytes:
    """The hidden sheet names one that nothing else in the file names."""
    if family == "xls":
        assert form.index(b"self") < form.index(b"svcq_assessor")
        return form.replace(b"self", b"senf", 1)
    part = STRINGS if family == "xlsx" else CONTENT
    return with_parts(form, {part: replaced(">self<", ">senf<")})


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("flipped"))
    for name, (family, member) in {**PARTS, **LOOKS}.items():
        inbox.put(name, flipped_inside(inbox.form(name, family), member))
    for name, (family, spelled) in PLAIN.items():
        inbox.put(name, with_another_digit(inbox.form(name, family), family, spelled))
    for which in LEAVES:
        inbox.put(f"{which}.xls", with_another_score(inbox.form(f"{which}.xls", "xls"), which))
    for family in FAMILIES:
        name = f"考核人員.{family}"
        inbox.put(name, with_another_assessor(inbox.form(name, family), family))
    return inbox.merged()


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("name", PARTS)
def test_a_flipped_bit_in_what_is_read_is_noticed(merged: Merged, name: str) -> None:
    assert merged.fate(name) == "rejected unreadable-file"
    assert "損壞" in merged.message(name)


@pytest.mark.parametrize("name", LOOKS)
def test_a_flipped_bit_in_the_looks_changes_no_score(merged: Merged, name: str) -> None:
    assert merged.is_read_exactly(name) or merged.fate(name) == "rejected unreadable-file"


@pytest.mark.parametrize("name", PLAIN)
def test_a_score_that_only_its_checksum_gives_away_is_noticed(merged: Merged, name: str) -> None:
    assert merged.fate(name) == "rejected unreadable-file"


@pytest.mark.parametrize("which", LEAVES)
def test_a_flipped_bit_of_a_score_in_xls_is_noticed_by_the_sums(merged: Merged, which: int) -> None:
    assert "sums-disagree" in merged.fate(f"{which}.xls").split()


@pytest.mark.parametrize("family", FAMILIES)
def test_an_assessor_whom_only_one_mark_names_is_a_conflict(merged: Merged, family: Family) -> None:
    assert merged.fate(f"考核人員.{family}") == "needs-correction identity-conflict"

"""Exchanged parts lie where the others lay; what stays is, to its packed bytes, what it was."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from hypothesis import given
from hypothesis import strategies as some

from svcq_excel.workbooks.exchanging import exchanged

NAMES = some.text("ab/表", min_size=1, max_size=6).filter(lambda name: name.strip("/"))
DATA = some.binary(max_size=200) | some.integers(1, 9).map(lambda times: b"<a/>" * 1000 * times)


def archive(members: dict[str, bytes], method: int) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", method) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return stream.getvalue()


def packed_in(data: bytes) -> dict[str, tuple[int, bytes]]:
    """Each member's way of packing, and its bytes as they are packed."""
    with ZipFile(BytesIO(data)) as parts:
        found = {}
        for info in parts.infolist():
            end = info.header_offset + len(info.FileHeader()) + info.compress_size
            found[info.filename] = info.compress_type, data[end - info.compress_size : end]
        return found


@given(
    some.dictionaries(NAMES, DATA, min_size=1, max_size=6),
    some.sampled_from([ZIP_STORED, ZIP_DEFLATED]),
    some.data(),
)
def test_what_is_exchanged_is_read_and_what_stays_is_untouched(
    members: dict[str, bytes], method: int, chosen: some.DataObject
) -> None:
    names = chosen.draw(some.sets(some.sampled_from([*members])))
    others = {name: chosen.draw(DATA) for name in sorted(names)}
    before = archive(members, method)
    after = exchanged(before, others)
    with ZipFile(BytesIO(after)) as parts:
        assert parts.testzip() is None
        assert {name: parts.read(name) for name in parts.namelist()} == {**members, **others}
        assert parts.namelist() == [*members]
    was, now = packed_in(before), packed_in(after)
    assert all(now[name] == was[name] for name in members if name not in others)

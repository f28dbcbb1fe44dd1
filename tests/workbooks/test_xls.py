"""The closer look into .xls reads its records, and never follows a chain in circles."""

from __future__ import annotations

from struct import pack, pack_into

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.look import Look
from svcq_excel.workbooks.ole.properties import user_properties
from svcq_excel.workbooks.ole.storage import stream
from tests.workbooks.looking import custom_properties, look_closer

SHEET = "評分表"
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
BOF, EOF = (0x809, bytes(16)), (0x0A, b"")
USER_DEFINED = bytes.fromhex("05D5CDD59C2E1B10939708002B2CF9AE")


def compound(**streams: bytes) -> bytes:
    """An OLE2 file: a sector for the table, one for the directory, then the streams."""
    table, entries, sectors = [0xFFFFFFFD, END], [_entry("Root Entry", 5, 1, END, 0)], b""
    for i, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(4096, b"\0")
        padded += bytes(-len(padded) % 512)
        start = len(table)
        table += [*range(start + 1, start + len(padded) // 512), END]
        right = i + 1 if i < len(streams) else FREE
        entries.append(_entry(name, 2, FREE, start, len(padded), right))
        sectors += padded
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    pack_into("<III", header, 44, 1, 1, 0)
    pack_into("<IIIII", header, 56, 4096, END, 0, END, 0)
    pack_into("<109I", header, 76, 0, *[FREE] * 108)
    padding = [FREE] * (128 - len(table))
    return (
        bytes(header)
        + pack("<128I", *table, *padding)
        + b"".join(entries).ljust(512, b"\0")
        + sectors
    )


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = FREE) -> bytes:
    raw = bytearray(128)
    text = (name + "\0").encode("utf-16-le")
    raw[: len(text)] = text
    pack_into("<HBBIII", raw, 64, len(text), kind, 1, FREE, right, child)
    pack_into("<II", raw, 116, start, size)
    return bytes(raw)


def workbook(*cells: tuple[int, bytes], before: tuple[int, bytes] = (0x0E, b"")) -> bytes:
    """A workbook stream; cell format 1 shows a percentage."""
    name = pack("<BB", len(SHEET), 1) + SHEET.encode("utf-16-le")
    code = b"0.0%"
    globals_ = [
        BOF,
        before,
        (0x41E, pack("<HHB", 164, len(code), 0) + code),
        (0xE0, pack("<HH", 0, 0).ljust(20, b"\0")),
        (0xE0, pack("<HH", 0, 164).ljust(20, b"\0")),
        (0x85, pack("<IBB", 0, 0, 0) + name),
        EOF,
    ]
    start = len(_records(globals_))
    globals_[5] = (0x85, pack("<IBB", start, 0, 0) + name)
    return _records(globals_) + _records([BOF, *cells, EOF])


def _records(records: list[tuple[int, bytes]]) -> bytes:
    return b"".join(pack("<HH", kind, len(body)) + body for kind, body in records)


def look(*cells: tuple[int, bytes]) -> Look:
    return look_closer(compound(Workbook=workbook(*cells)), "xls", SHEET)


def test_an_error_value_that_is_no_formula_is_found() -> None:
    found = look((0x205, pack("<HHHBB", 7, 8, 0, 0x17, 1)), (0x205, pack("<HHHBB", 7, 9, 0, 1, 0)))
    assert [found.error(7, 8), found.error(7, 9)] == ["#REF!", ""]
    assert not found.formulas()


def test_a_formula_and_the_error_it_gave_are_found() -> None:
    result = bytes([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF])
    number = pack("<d", 45.0)
    found = look(
        (0x06, pack("<HHH", 7, 8, 0) + result + bytes(8)),
        (0x06, pack("<HHH", 7, 9, 1) + number + bytes(8)),
    )
    assert found.formulas() == {(7, 8), (7, 9)}
    assert [found.error(7, 8), found.error(7, 9)] == ["#DIV/0!", ""]
    assert [found.percent(7, 8), found.percent(7, 9)] == [False, True]


def test_neighbouring_numbers_in_one_record_keep_their_formats() -> None:
    found = look((0xBD, pack("<HHHIHIHIH", 7, 3, 1, 2, 0, 2, 1, 2, 5)))
    assert [found.percent(7, column) for column in range(2, 7)] == [False, True, False, True, False]


def test_hidden_rows_are_found() -> None:
    shown = pack("<HHHHHHHH", 7, 0, 5, 300, 0, 0, 0x100, 0x0F)
    hidden = pack("<HHHHHHHH", 8, 0, 5, 300, 0, 0, 0x120, 0x0F)
    assert look((0x208, shown), (0x208, hidden)).rows_hidden() == {8}


def test_the_numbers_of_an_embedded_chart_are_no_cells() -> None:
    number = (0x203, pack("<HHHd", 7, 8, 1, 0.5))
    assert not look(BOF, number, EOF).percent(7, 8)


def test_of_an_encrypted_workbook_nothing_is_seen() -> None:
    formula = (0x06, pack("<HHH", 7, 8, 0) + bytes(16))
    data = compound(Workbook=workbook(formula, before=(0x2F, bytes(6))))
    assert not look_closer(data, "xls", SHEET).formulas()


@pytest.mark.parametrize("kind", [0x06, 0x205, 0x203, 0x208, 0xBD])
def test_a_record_too_short_for_its_kind_gives_an_empty_look(kind: int) -> None:
    found = look((0x06, pack("<HHH", 7, 8, 0) + bytes(16)), (kind, b"\0"))
    assert not found.formulas()


@pytest.mark.parametrize("target", [2, 5])
def test_a_chain_bent_into_a_loop_ends(target: int) -> None:
    data = bytearray(compound(Workbook=workbook((0x06, pack("<HHH", 7, 8, 0) + bytes(16)))))
    pack_into("<I", data, 512 + 4 * 6, target)
    assert len(stream(bytes(data), "Workbook")) <= len(data)
    assert look_closer(bytes(data), "xls", SHEET).formulas() == {(7, 8)}


def test_a_directory_bent_into_a_loop_ends() -> None:
    data = bytearray(compound(Workbook=workbook()))
    pack_into("<III", data, 1024 + 128 + 68, 1, 1, 1)
    assert stream(bytes(data), "NoSuchStream") == b""


def test_junk_behind_the_file_does_not_matter() -> None:
    data = compound(Workbook=workbook((0x06, pack("<HHH", 7, 8, 0) + bytes(16))))
    assert look_closer(data + b"junk" * 2_000_000, "xls", SHEET).formulas() == {(7, 8)}


def property_set(page: int, names: dict[str, bytes], type: int) -> bytes:
    """A property set stream whose second section holds these properties."""
    dictionary = pack("<I", len(names))
    for i, name in enumerate(names, 2):
        raw = (name + "\0").encode("utf-16-le" if page == 1200 else f"cp{page}")
        length = len(raw) // 2 if page == 1200 else len(raw)
        dictionary += pack("<II", i, length) + raw
        dictionary += bytes(-len(raw) % 4) if page == 1200 else b""
    values = [dictionary + bytes(-len(dictionary) % 4), pack("<IHH", 2, page, 0)]
    for value in names.values():
        length = len(value) // 2 if type == 0x1F else len(value)
        values.append(pack("<II", type, length) + value + bytes(-len(value) % 4))
    at, table = 8 + 8 * len(values), b""
    for i, value in enumerate(values):
        table += pack("<II", i, at)
        at += len(value)
    section = pack("<II", at, len(values)) + table + b"".join(values)
    head = pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 2)
    return head + bytes(16) + pack("<I", 68) + USER_DEFINED + pack("<I", 68) + section


@pytest.mark.parametrize(
    ("page", "type", "encoding"),
    [
        (950, 0x1E, "cp950"),
        (65001, 0x1E, "utf-8"),
        (1200, 0x1F, "utf-16-le"),
        (1252, 0x1F, "utf-16-le"),
    ],
)
def test_user_defined_properties_are_read_in_any_code_page(
    page: int, type: int, encoding: str
) -> None:
    texts = {"svcq_unit": "A01", "svcq_unit_name": "第一河川局"}
    raw = {name: (text + "\0").encode(encoding) for name, text in texts.items()}
    assert user_properties(property_set(page, raw, type)) == texts


def test_user_defined_properties_are_found_in_the_file() -> None:
    properties = property_set(950, {"svcq_unit": b"A01\0"}, 0x1E)
    data = compound(Workbook=workbook(), **{"\x05DocumentSummaryInformation": properties})
    assert custom_properties(data, "xls") == {"svcq_unit": "A01"}


def test_an_unknown_code_page_gives_no_properties() -> None:
    properties = property_set(950, {"svcq_unit": b"A01\0"}, 0x1E)
    at = properties.index(pack("<IHH", 2, 950, 0))
    spoilt = properties[:at] + pack("<IHH", 2, 4711, 0) + properties[at + 8 :]
    assert user_properties(spoilt) == {}


WHOLE = compound(
    Workbook=workbook((0x06, pack("<HHH", 7, 8, 0) + bytes(16))),
    **{"\x05DocumentSummaryInformation": property_set(950, {"svcq_unit": b"A01\0"}, 0x1E)},
)


@given(at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_spoilt_file_raises_nothing(at: int, junk: bytes, cut: int) -> None:
    data = WHOLE[:at] + junk + WHOLE[at + cut :]
    found = look_closer(data, "xls", SHEET)
    assert isinstance(found.formulas(), frozenset)
    assert isinstance(found.error(7, 8), str)
    assert isinstance(found.percent(7, 8), bool)
    assert isinstance(found.rows_hidden(), frozenset)
    assert isinstance(custom_properties(data, "xls"), dict)


@pytest.mark.parametrize("data", [b"", b"PK", WHOLE[:8], WHOLE[:600], b"text" * 500])
def test_what_is_no_workbook_raises_nothing(data: bytes) -> None:
    assert not look_closer(data, "xls", SHEET).formulas()
    assert not look_closer(data, "xlsx", SHEET).formulas()
    assert not look_closer(data, "ods", SHEET).formulas()

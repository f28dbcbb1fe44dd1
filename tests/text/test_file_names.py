"""File names: whatever units are called, every system takes the name, and no two are the same."""

from __future__ import annotations

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.file_names import safe_file_name, unique_names

SUFFIXES = st.sampled_from([".xlsx", ".eml", "_更正.xlsx", ""])
DEVICES = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10)),
}
PARTS = st.lists(st.text(max_size=150) | st.sampled_from(sorted(DEVICES)), max_size=4)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("A01", "第一河川局"), "A01_第一河川局.xlsx"),
        (("A01", "", " 　"), "A01.xlsx"),
        ((" A01 ", "第一　河川局"), "A01_第一 河川局.xlsx"),
        (("A/B", 'C:*?"<>|\\D'), "A_B_C________D.xlsx"),
        (("A\r\n\t\0B",), "A____B.xlsx"),
        (("A\u202e\u200bB\u2028",), "A__B.xlsx"),
        (("CON",), "_CON.xlsx"),
        (("con.x",), "_con.x.xlsx"),
        (("NUL .txt",), "_NUL .txt.xlsx"),
        (("com¹",), "_com¹.xlsx"),
        (("CON", "A01"), "CON_A01.xlsx"),
        (("CONSOLE",), "CONSOLE.xlsx"),
        (("..", "etc"), "_etc.xlsx"),
        (("-rf",), "rf.xlsx"),
        (("~$A01",), "$A01.xlsx"),
        (("A01. . ",), "A01.xlsx"),
        ((), "_.xlsx"),
        (("...",), "_.xlsx"),
        (("A\ud800B",), "A_B.xlsx"),
        (("e\u0301cole",), "école.xlsx"),
        (("突\ufa0c",), "突\ufa0c.xlsx"),
        (("𠮷堃喆",), "𠮷堃喆.xlsx"),
        (("a" * 300,), "a" * 110 + ".xlsx"),
        (("局" * 100,), "局" * 63 + ".xlsx"),
        (("a" * 109 + " b",), "a" * 109 + ".xlsx"),
        (("A01", "局" * 100, "105年度", "自行"), f"A01_{'局' * 56}_105年度_自行.xlsx"),
        (("A01", "局", "年" * 100, "自行"), f"A01_局_{'年' * 58}_自行.xlsx"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(parts: tuple[str, ...], name: str) -> None:
    assert safe_file_name(*parts, suffix=".xlsx") == name


@given(PARTS, SUFFIXES)
def test_every_name_is_safe_everywhere(parts: list[str], suffix: str) -> None:
    name = safe_file_name(*parts, suffix=suffix)
    assert name.endswith(suffix)
    assert len(name) <= 120
    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*')
    assert not {category(char) for char in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert name[0] not in " .-~"
    assert name[-1] not in " ."
    assert name.split(".")[0].rstrip().upper() not in DEVICES


@given(st.text(st.characters(categories=["Lo"]), max_size=300))
def test_a_long_name_drops_neither_what_follows_it_nor_its_number(name: str) -> None:
    file = safe_file_name("A01", name, "wra-105", "105年度上半年", "自行", suffix=".xlsx")
    assert file.endswith("_wra-105_105年度上半年_自行.xlsx")
    second = unique_names([file, file])[1]
    assert second.endswith("_wra-105_105年度上半年_自行-2.xlsx")


@given(PARTS, SUFFIXES)
def test_making_safe_twice_changes_nothing(parts: list[str], suffix: str) -> None:
    name = safe_file_name(*parts, suffix=suffix)
    assert safe_file_name(name.removesuffix(suffix), suffix=suffix) == name


@given(st.text(st.characters(max_codepoint=0xF8FF)))
def test_names_are_composed(text: str) -> None:
    name = safe_file_name(text, suffix=".xlsx")
    assert normalize("NFC", name) == name


@pytest.mark.parametrize(
    ("names", "unique"),
    [
        (("a.xlsx", "b.xlsx"), ("a.xlsx", "b.xlsx")),
        (("a.xlsx", "A.xlsx", "a.xlsx"), ("a.xlsx", "A-2.xlsx", "a-3.xlsx")),
        (("a.xlsx", "a.xlsx", "a-2.xlsx"), ("a.xlsx", "a-3.xlsx", "a-2.xlsx")),
        (("a.xlsx", "a.eml"), ("a.xlsx", "a.eml")),
        (("a", "a"), ("a", "a-2")),
        (("é.xlsx", "e\u0301.xlsx"), ("é.xlsx", "e\u0301-2.xlsx")),
        (("局" * 65 + ".xlsx",) * 2, ("局" * 65 + ".xlsx", "局" * 64 + "-2.xlsx")),
        ((), ()),
    ],
)
def test_repeated_names_are_numbered(names: tuple[str, ...], unique: tuple[str, ...]) -> None:
    assert unique_names(names) == unique


@given(
    st.lists(
        st.sampled_from(["a", "A", "a-2", "A-2", "a-3", "局" * 70, "b.c"]) | st.text(max_size=3)
    )
)
def test_unique_names_are_unique_safe_and_repeatable(stems: list[str]) -> None:
    names = [safe_file_name(stem, suffix=".xlsx") for stem in stems]
    unique = unique_names(names)
    assert len({name.casefold() for name in unique}) == len(names)
    assert all(len(name.encode()) <= 200 and name.endswith(".xlsx") for name in unique)
    assert unique_names(names) == unique
    assert unique_names(unique) == unique

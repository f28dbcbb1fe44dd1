"""Addresses are read however several of them are written, and what can be none is told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.mail_addresses import addresses_in, is_among


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("a@example.gov.tw", ["a@example.gov.tw"], []),
        (" a@example.gov.tw ", ["a@example.gov.tw"], []),
        ("ａ＠ｅｘａｍｐｌｅ．ｇｏｖ．ｔｗ", ["a@example.gov.tw"], []),
        ("a@b.tw;c@d.tw", ["a@b.tw", "c@d.tw"], []),
        ("a@b.tw, c@d.tw", ["a@b.tw", "c@d.tw"], []),
        ("a@b.tw、c@d.tw；e@f.tw，g@h.tw", ["a@b.tw", "c@d.tw", "e@f.tw", "g@h.tw"], []),
        ("a@b.tw\nc@d.tw", ["a@b.tw", "c@d.tw"], []),
        ("a@b.tw a@b.tw", ["a@b.tw"], []),
        ("王小明 <a@b.tw>, 陳大文<c@d.tw>", ["a@b.tw", "c@d.tw"], []),
        ("mailto:a@b.tw", ["a@b.tw"], []),
        ("o'neil+x@mail-1.b.tw", ["o'neil+x@mail-1.b.tw"], []),
        ("", [], []),
        ("－", [], []),
        ("無", [], []),
        ("abc", [], ["abc"]),
        ("a@b", [], ["a@b"]),
        ("a@@b.tw", [], ["a@@b.tw"]),
        ("a@b..tw", [], ["a@b..tw"]),
        (".a@b.tw", [], [".a@b.tw"]),
        ("a@-b.tw", [], ["a@-b.tw"]),
        ("王@b.tw", [], ["王@b.tw"]),
        ("a@b.tw;abc", ["a@b.tw"], ["abc"]),
        ("02-12345678", [], ["02-12345678"]),
    ],
)
def test_addresses_are_told_from_what_can_be_none(
    text: str, good: list[str], bad: list[str]
) -> None:
    assert addresses_in(text) == (good, bad)


@given(st.text())
def test_what_was_read_reads_the_same_again(text: str) -> None:
    good, _ = addresses_in(text)
    assert addresses_in("; ".join(good)) == (good, [])


def test_an_address_is_compared_as_a_whole_in_any_case() -> None:
    listed = "王 <River1@b.gov.tw>；c@d.tw、e@f.tw"
    assert all(is_among(each, listed) for each in ("river1@B.gov.tw", "C@D.TW", "e@f.tw"))
    for other in ("", "1@b.gov.tw", "river1@b.gov.t", "c@d.tw; e@f.tw", "@", "王", "river1"):
        assert not is_among(other, listed)
    assert not is_among("\u212a@d.tw", "k@d.tw"), "a Kelvin sign is no k"
    assert not is_among("a@b.tw", "")

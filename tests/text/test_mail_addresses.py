"""Addresses are read however several of them are written, and what can be none is told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.mail_addresses import addresses_in


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

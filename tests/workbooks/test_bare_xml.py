"""Bare XML says what it said before, to whoever reads it; values spelled oddly are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.bare_xml import bare
from svcq_excel.workbooks.opening import open_bytes
from svcq_excel.workbooks.workbook import Unreadable

_PIECES = st.one_of(
    st.sampled_from(["<b/>", "<!-- x -->", "<![CDATA[&#55;<]]>", "&amp;", "&#10;", "8"]),
    st.characters(codec="utf-8", min_codepoint=0x20).map(lambda one: f"&#{ord(one)};"),
    st.characters(codec="utf-8", min_codepoint=0x20).map(lambda one: f"&#x{ord(one):X};"),
    st.sampled_from("<>&'\" 5").map(lambda one: f"&#{ord(one):06};"),
)


@given(st.lists(_PIECES, max_size=8), st.lists(_PIECES.filter(lambda each: "<" not in each)))
def test_what_is_bare_says_the_same(inner: list[str], attribute: list[str]) -> None:
    text = f'<a x="{"".join(attribute)}">{"".join(inner)}</a>'
    try:
        said = ElementTree.canonicalize(text)
    except ElementTree.ParseError:
        return  # a character that XML does not know
    assert ElementTree.canonicalize(bare(text.encode("utf-8")).decode("utf-8")) == said


@pytest.mark.parametrize(
    "text", [b"<a>&#10;&#60;&amp;#55;&#35413;</a>", b"<a>&#;&#x;&#1114112;&#55</a>"]
)
def test_what_is_bare_already_is_itself(text: bytes) -> None:
    assert bare(text) == text


SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "by numbers": lambda text: b"".join(b"&#%d;" % each for each in text),
    "by numbers of sixteen": lambda text: b"".join(b"&#x%x;" % each for each in text),
    "partly": lambda text: text[:1] + b"".join(b"&#%d;" % each for each in text[1:]),
    "set apart": lambda text: b"<![CDATA[" + text + b"]]>",
    "partly set apart": lambda text: text[:1] + b"<![CDATA[" + text[1:] + b"]]>",
}


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_a_value_is_read_however_it_is_spelled(spelled: Callable[[bytes], bytes]) -> None:
    """As Excel and LibreOffice show it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("S")
        sheet.write_row(0, 0, [85, 85.5, -3, "甲"])
        sheet.write_formula(0, 4, "=80+5", None, 85)
        sheet.write_formula(0, 5, "=NA()", None, "#N/A")
        sheet.write_number(0, 6, -650000, workbook.add_format({"num_format": "yyyy/m/d"}))
    book = open_bytes(_respelled(stream.getvalue(), spelled), ".xlsx")
    assert not isinstance(book, Unreadable)
    assert book.rows("S")[0][:6] == [85, 85.5, -3, "甲", 85, ""]
    look = book.closer.sheet("S")
    assert look.error(0, 5) == "#N/A" and look.negative(0, 6) == -650000
    assert look.formulas() == {(0, 4), (0, 5)}


def _respelled(data: bytes, spelled: Callable[[bytes], bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(
                    b"<v>([^<]*)</v>", lambda found: b"<v>%b</v>" % spelled(found[1]), part
                )
            new.writestr(name, part)
    return stream.getvalue()

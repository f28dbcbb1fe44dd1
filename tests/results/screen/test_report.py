"""The page of results holds nothing but what it shows, whatever units and files are called."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from svcq_excel.results.screen.report import write_html
from svcq_excel.results.screen.script import SCRIPT
from svcq_excel.text.visible import printable
from tests.results.samples import ANYTHING
from tests.results.screen.page_reading import PageRead
from tests.results.screen.rounds import HOSTILE, round_of


def test_names_and_notes_are_text_and_nothing_else() -> None:
    page = PageRead(write_html(round_of(3, HOSTILE.replace("{", ""), note=HOSTILE)))
    assert page.tags.count("script") == 1 and "img" not in page.tags
    names = [cell for row in page.sections["考核結果統計表"].rows for cell in row]
    assert names.count(printable(HOSTILE)) == 3


@settings(max_examples=20, phases=[Phase.generate])
@given(name=ANYTHING.filter(str.strip), note=st.one_of(st.just(""), ANYTHING))
def test_whatever_they_hold_the_page_has_its_own_tags_alone(name: str, note: str) -> None:
    plain = PageRead(write_html(round_of(2, "甲" * bool(name), note="乙" * bool(note))))
    odd = PageRead(
        write_html(round_of(2, name.replace("{", "").replace("}", "") or "甲", note=note))
    )
    assert set(odd.tags) <= set(plain.tags)
    assert odd.tags.count("script") == 1


def test_only_the_script_that_the_page_names_by_its_hash_may_run() -> None:
    page = write_html(round_of(2)).decode("utf-8")
    digest = b64encode(sha256(SCRIPT.encode("utf-8")).digest()).decode("ascii")
    assert f"script-src 'sha256-{digest}'" in page and "default-src 'none'" in page
    assert f"<script>{SCRIPT}</script>" in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_three_hundred_units_are_a_page_that_can_be_sent() -> None:
    assert len(write_html(round_of(300, "受考核單位名稱" * 8 + "第{}號"))) < 4_000_000

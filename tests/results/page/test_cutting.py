"""Texts reach cells as what a cell can hold, and what is cut says so."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from svcq_excel.form.layout import metrics
from svcq_excel.results.page.cutting import pieces
from svcq_excel.text.visible import CELL_LIMIT, printable, visible
from tests.results.reading import recovered
from tests.results.samples import ANYTHING


def test_what_a_cell_cannot_hold_is_spelled_out_in_it() -> None:
    assert printable("甲\x00\x1f乙\ufffe\ud83d丙") == r"甲\x00\x1f乙\ufffe\ud83d丙"
    assert printable("丙\t丁\r\n戊\r己") == "丙\t丁\n戊\n己"


def test_rare_characters_stay() -> None:
    assert printable("堃喆煊𠮷\ue000") == "堃喆煊𠮷\ue000"


def test_a_text_that_is_too_long_says_that_it_was_cut() -> None:
    cut = printable("字" * 40_000)
    assert len(cut) == CELL_LIMIT
    assert cut.endswith("…（原文共40000字，超過儲存格上限，以下略）")
    assert printable("字" * CELL_LIMIT) == "字" * CELL_LIMIT


def test_the_limit_counts_rare_characters_twice_and_cuts_none_in_half() -> None:
    cut = printable("𠮷" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.startswith("𠮷" * 16_000)
    assert "\ufffd" not in cut


def test_what_cannot_be_seen_is_spelled_out_and_the_rest_stays() -> None:
    assert visible("a\nb\x1b\x85\u202exslx\udcff") == r"a\x0ab\x1b\x85\u202exslx\udcff"
    for seen in ("堃喆𠮷\ue000　'=", r"收件\新案\x.xlsx", r"C:\users\2016", r"\n"):
        assert visible(seen) == seen


@given(ANYTHING)
@example(r"收件\udcff\x41")
@example("收件\\\udcff")
def test_what_was_spelled_out_can_be_told_again(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert recovered(shown) == text


@given(st.text(alphabet="字a，\n (", max_size=600), st.integers(30, 300))
def test_pieces_fit_and_lose_nothing(text: str, pixels: int) -> None:
    found = pieces(text, pixels, 10, 100)
    assert "".join(found) == text
    assert all(metrics.height(piece, pixels, 10) <= 100 for piece in found)


def test_a_text_as_long_as_a_cell_holds_is_in_pieces_soon() -> None:
    text = "本機關辦理說明會，蒐集民眾意見。" * 2_000
    assert "".join(pieces(text, 143, 10, 400)) == text

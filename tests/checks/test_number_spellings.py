"""Which spellings of a number are read, which are read and noted, and which are refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import clean_facts, edit
from svcq_excel.checks.numerals import read_number, shorten
from svcq_excel.form.facts import Cell
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Value

PLACE = ("評分表", 0, 0)

READ_AND_NOTED = {
    "95": "95",
    "９５": "95",
    "９５．５": "95.5",
    " 95 ": "95",
    "\t95\n": "95",
    "95分": "95",
    "95 分": "95",
    "９５分": "95",
    "95.": "95",
    "95\u00a0": "95",
    "\u200b95\ufeff": "95",
    "\u300095": "95",
    "'95": "95",
    "\u201995": "95",
    "+95": "95",
    "-5": "-5",
    "－５": "-5",
    "0": "0",
    "007": "7",
    "1,000": "1000",
    "１，０００": "1000",
    "1,234,567.5": "1234567.5",
    "95.50": "95.5",
}

REFUSED = (
    *("九十五", "玖拾伍", "A+", "優", "—", "-", "+", ".", ",", "分", "'", "無", "N/A"),
    *("95,5", "9,5", "1,00", "0,095", "10,00,000", "95..5", "9.5.1", "9 5", "95/100", "9/10"),
    *("9-5", "90~95", "1e2", "1E2", "NaN", "nan", "inf", "-inf", "Infinity", "1_0", "0x5F"),
    *("٩٥", "९५", "𝟗𝟓", "⑨⑤", "⁹⁵", "½", "Ⅸ", "95분", "95％", "95%", "約95", "95左右", "95分分"),
    *("--5", "+-5", "95-", "(95)", "$95", "=95", "#REF!", "TRUE", "95.5.", "''95"),
)

# Written down a second time, in another way: blanks, a sign, digits, a unit.
DIGIT, POINT, COMMA, SIGN = "[0-9０-９]", "[.．]", "[,，]", "[-+－＋]"
GRAMMAR = re.compile(
    rf"['’]?[\s\u200b-\u200d\u2060\ufeff]*{SIGN}?"
    rf"({DIGIT}+|[1-9１-９]{DIGIT}{{0,2}}({COMMA}{DIGIT}{{3}})+)({POINT}{DIGIT}*)?"
    rf"[\s\u200b-\u200d\u2060\ufeff]*分?"
)
BLANKS = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]*")


def cell(value: Value, **more: object) -> Cell:
    return Cell(*PLACE, value, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", READ_AND_NOTED, ids=ascii)
def test_a_number_that_was_typed_as_a_text_is_read_and_noted(text: str) -> None:
    reading = read_number(cell(text))
    assert reading.number == Decimal(READ_AND_NOTED[text])
    assert reading.normalised and not reading.fault


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_is_no_plain_number_is_refused_and_shown(text: str) -> None:
    reading = read_number(cell(text))
    assert reading.number is None
    assert not reading.normalised
    assert shorten(text) in reading.fault


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b", "\n\t ", "\ufeff\u00a0", "\u2009"])
def test_what_nobody_can_see_is_blank(text: str) -> None:
    reading = read_number(cell(text))
    assert (reading.number, reading.normalised, reading.fault) == (None, False, "")


@pytest.mark.parametrize(
    ("value", "number"),
    [(95.0, "95"), (0.0, "0"), (-0.0, "0"), (95.5, "95.5"), (0.1 + 0.2, "0.3"), (7, "7")],
)
def test_a_stored_number_is_taken_without_the_noise_of_binary_fractions(
    value: float, number: str
) -> None:
    reading = read_number(cell(value))
    assert str(reading.number) == number
    assert not reading.normalised and not reading.fault


@pytest.mark.parametrize(
    "value",
    [
        True,
        False,
        float("nan"),
        float("inf"),
        float("-inf"),
        date(2016, 9, 5),
        datetime(2016, 9, 5, 12),
        time(9, 5),
        timedelta(hours=9),
    ],
)
def test_what_is_stored_but_no_number_is_refused(value: Value) -> None:
    reading = read_number(cell(value))
    assert reading.number is None
    assert reading.fault


def test_an_error_value_is_refused_by_its_name() -> None:
    assert "#REF!" in read_number(cell("", error="#REF!")).fault


ANY_VALUE = (
    st.text(max_size=30)
    | st.text(st.sampled_from(" 0123456789.,-+%分'’９５．，－＋\u200b\u3000eE_٩½"), max_size=9)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.times()
    | st.timedeltas()
)


@given(ANY_VALUE)
def test_any_value_is_a_number_or_blank_or_refused_in_words(value: Value) -> None:
    reading = read_number(cell(value))
    assert (reading.number is None) or not reading.fault
    if reading.number is not None:
        assert reading.number.is_finite()
    elif not reading.fault:
        assert isinstance(value, str)
        assert BLANKS.fullmatch(value)


@given(
    st.text(st.sampled_from("0123456789.,-+%分'’９５０，．－＋ \u200b\u3000eE_٩½"), max_size=12)
    | st.text(max_size=12)
)
@example("1,000,000,000")
def test_a_text_is_read_only_where_it_keeps_to_the_grammar(text: str) -> None:
    if read_number(cell(text)).number is not None:
        outer = re.sub(r"^[\s\u200b-\u200d\u2060\ufeff]+|[\s\u200b-\u200d\u2060\ufeff]+$", "", text)
        assert GRAMMAR.fullmatch(outer), ascii(text)


@given(st.decimals(-99_999, 99_999, places=2))
def test_every_number_is_read_as_it_is_written_in_either_width(number: Decimal) -> None:
    text = format(number, "f")
    wide = text.translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    assert read_number(cell(text)).number == number
    assert read_number(cell(wide)).number == number
    assert read_number(cell(float(number))).number == number


PERCENTAGE = "A2.2.2"
"""回應問題正確率, in percent; 電話禮貌測試分數 (A2.2.1.2) is in points."""


@pytest.mark.parametrize(
    ("value", "percent", "number"),
    [
        (88.0, False, "88"),
        (0.88, True, "88"),
        (1.0, True, "100"),
        (1.2, True, "120"),
        (0.005, True, "0.5"),
        (0.0, False, "0"),
        ("88%", False, "88"),
        ("８８％", False, "88"),
        ("0.88%", False, "0.88"),
        ("88", False, "88"),
        (0.88, False, None),
        (1.0, False, None),
        ("0.88", False, None),
        ("約88%", False, None),
    ],
)
def test_a_percentage_is_entered_as_88_or_as_88_percent(
    rubric: Rubric, value: Value, percent: bool, number: str | None
) -> None:
    facts = edit(PERCENTAGE, measure=value)(clean_facts(rubric))
    entry = facts.entries[PERCENTAGE][0]
    assert entry.measure
    asked = entry._replace(measure=entry.measure._replace(percent=percent))
    form = CheckedForm(facts.__class__(facts.identity, (), {PERCENTAGE: (asked,)}), rubric)
    reading = form.answers[0].measure
    assert reading.number == (None if number is None else Decimal(number))
    assert bool(reading.fault) == (number is None)


@pytest.mark.parametrize(("value", "number"), [("90分", 90), ("90", 90), (0.5, "0.5"), (90.0, 90)])
def test_a_measure_that_is_no_percentage_is_taken_as_it_is(
    rubric: Rubric, value: Value, number: str
) -> None:
    facts = edit("A2.2.1.2", measure=value)(clean_facts(rubric))
    answers = {answer.leaf.id: answer for answer in CheckedForm(facts, rubric).answers}
    assert answers["A2.2.1.2"].measure.number == Decimal(number)

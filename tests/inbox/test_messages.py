"""What one process tells another of a file is what it read, whatever stands in the cells."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcq_excel.checks.examples import clean_facts
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.inbox.messages import BadMessageError, decoded, encoded
from svcq_excel.inbox.reading import FileReading, Mail
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.origin import Origin
from svcq_excel.workbooks.veils import Veil
from svcq_excel.workbooks.workbook import Unreadable, Value

RUBRIC = load("wra-105")
CLEAN = clean_facts(RUBRIC)
MOMENT = datetime(2016, 7, 1, 9, 30, tzinfo=UTC)

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@example('{"date":"2016-07-01"}', "", False)
@given(value=VALUES, error=st.sampled_from(["", "#REF!"]), formula=st.booleans())
def test_a_value_arrives_as_it_was_and_of_its_own_kind(
    value: Value, error: str, formula: bool
) -> None:
    cell = Cell("評分表", 3, 4, value, formula, error)
    reading = FileReading(content=replace(CLEAN, date=cell))
    content = decoded(encoded(reading, RUBRIC), RUBRIC).content
    assert isinstance(content, FormFacts)
    assert content.date == cell
    assert type(content.date.value if content.date else None) is type(value)


def test_every_field_of_the_facts_arrives() -> None:
    cell = Cell("評分表", 1, 2, "text", True, "#N/A", True)
    (leaf, (entry,)), *_ = CLEAN.entries.items()
    changed: dict[str, Any] = {
        "entries": {leaf: (entry, entry._replace(wording=(), band=None, score=cell))},
        "shown": {"": cell},
        "assessor": cell,
        "date": cell,
        "comments": cell,
        "documents": {"annual-report": cell},
        "remarks": {"A1": {"strengths": cell}},
        "copies": ("評分表 (2)",),
        "hidden": frozenset({leaf}),
        "steps": ("A1",),
        "seals": ("ABCDEFGH-OTHER",),
        "protected": False,
        "is_form": False,
        "misplaced": (cell,),
        "correction": 2,
        "headed": {"score": cell},
        "unkeyed": (cell,),
        "veils": (Veil(1, 2, "format", "120"),),
    }
    plain: dict[str, Any] = {
        field.name: "words" if isinstance(getattr(CLEAN, field.name), str) else False
        for field in fields(FormFacts)
        if field.name not in {*changed, "identity", "marks"}
    }
    facts = replace(CLEAN, **changed, **plain)
    for field in fields(FormFacts):
        untouched = field.name in {"identity", "marks"}
        assert untouched or getattr(facts, field.name) != getattr(CLEAN, field.name)
    assert decoded(encoded(FileReading(content=facts), RUBRIC), RUBRIC).content == facts


def test_every_field_of_a_reading_arrives() -> None:
    reading = FileReading(
        inside=("外.zip", "內 \udcff.xlsx"),
        size=12,
        sha256="ab",
        content=Unreadable("unsafe", "檔案過大", "cause"),
        ignored="圖片",
        origin=Origin("Excel 16", MOMENT, ("macros", "dde")),
        modified=MOMENT,
        mails=(Mail(MOMENT + timedelta(days=1), "a@b.tw"), Mail()),
        fault="KeyError",
        pages=3,
    )
    assert all(getattr(reading, field.name) for field in fields(FileReading))
    assert decoded(encoded(reading, RUBRIC), RUBRIC) == reading


def test_a_message_is_one_line() -> None:
    content = replace(CLEAN, comments=Cell("評分表", 1, 1, "一\n二\r三\u2028四"))
    assert b"\n" not in encoded(FileReading(content=content), RUBRIC)


@pytest.mark.parametrize(
    "message",
    [b"", b"{}", b"[]", b"null", b"\xff", b'{"origin": 1}', b'{"origin": ["", null, []]}'],
)
def test_drivel_is_no_reading(message: bytes) -> None:
    with pytest.raises(BadMessageError):
        decoded(message, RUBRIC)


@given(data=st.data())
def test_a_message_cut_off_or_changed_is_a_reading_or_is_refused(data: st.DataObject) -> None:
    whole = encoded(FileReading(content=CLEAN), RUBRIC)
    said = json.loads(whole)
    key = data.draw(st.sampled_from(sorted(said)))
    said[key] = data.draw(st.sampled_from([None, 1, "x", [], {}, [[]], {"a": 1}]))
    for message in (whole[: data.draw(st.integers(0, len(whole) - 1))], json.dumps(said).encode()):
        with suppress(BadMessageError):
            assert isinstance(decoded(message, RUBRIC), FileReading)


def test_days_and_times_are_told_apart() -> None:
    values: list[Value] = [date(2016, 7, 1), datetime(2016, 7, 1), time(1), timedelta(1)]
    cells = {f"{at}": Cell("表", 0, at, value) for at, value in enumerate(values)}
    content = decoded(
        encoded(FileReading(content=replace(CLEAN, shown=cells)), RUBRIC), RUBRIC
    ).content
    assert isinstance(content, FormFacts)
    assert content.shown == cells

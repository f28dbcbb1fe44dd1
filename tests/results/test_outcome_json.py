"""The JSON of an outcome has the shape that CONTRACT.md promises, with exact numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from svcq_excel.checks.submission import Submission
from svcq_excel.results.model import FileResult
from svcq_excel.results.outcome_json import as_json
from svcq_excel.rubric.model import Kind
from tests.results.samples import outcome, received, submission, violation


def document(
    submissions: Sequence[Submission] = (),
    corrections: Sequence[tuple[str, Kind]] = (),
    files: Sequence[FileResult] = (),
    output: str | None = None,
) -> dict[str, Any]:
    """Written and read again, as a script sees it."""
    concluded = outcome(submissions, corrections, files)
    text = json.dumps(as_json(concluded, output), ensure_ascii=False, allow_nan=False)
    read: dict[str, Any] = json.loads(text)
    return read


def test_the_summary_counts_units_and_files() -> None:
    files = [
        received("A01", "一"),
        received("A02", "二", "hq", violation()),
        FileResult("收件/Thumbs.db", "ignored", None, None),
    ]
    found = document([submission("A01", 900)], [("A02", "hq")], files, output="統計.xlsx")
    assert list(found) == [*("rubric", "round", "summary", "files", "units", "unmatched", "output")]
    assert (found["rubric"], found["round"], found["output"]) == ("wra-105", "105年度", "統計.xlsx")
    assert found["summary"] == {
        "expected": 14,
        "accepted": 1,
        "needs_correction": 1,
        "incomplete": 0,
        "missing": 12,
        "files": 3,
        "ignored": 1,
    }


def test_files_are_listed_with_their_violations_and_how_they_came() -> None:
    came = {
        "size": 45_312,
        "sha256": "ab" * 32,
        "dated": datetime(2016, 7, 31, 9, 0, 30, tzinfo=UTC),
        "evidence": "郵件的寄件時間",
        "reason": "依決定採用：經確認（王大明）",
    }
    found = document(files=[received("A02", "二", "hq", violation(), **came)])
    assert found["files"] == [
        {
            "path": "收件/二.xlsx",
            "status": "needs-correction",
            "unit": "A02",
            "assessor": "hq",
            "violations": [
                {
                    "code": "score-above-cap",
                    "severity": "error",
                    "criterion": "A1.1.1.1",
                    "sheet": "評分表",
                    "cell": "K8",
                    "value": 130,
                    "message": violation().message,
                }
            ],
            "reason": "依決定採用：經確認（王大明）",
            "size": 45_312,
            "sha256": "ab" * 32,
            "received": "2016-07-31T17:00:30+08:00",
            "evidence": "郵件的寄件時間",
        }
    ]


def test_keys_of_a_file_keep_their_order_and_what_is_not_known_is_null() -> None:
    (file,) = document(files=[FileResult("收件/壞.xlsx", "rejected", None, None)])["files"]
    assert list(file) == [
        *("path", "status", "unit", "assessor", "violations"),
        *("reason", "size", "sha256", "received", "evidence"),
    ]
    assert [file[key] for key in ("reason", "sha256", "received", "evidence")] == [None] * 4


def test_units_give_items_by_name_and_leaves_by_id_as_exact_numbers() -> None:
    first, second = document([submission("A01", Decimal("899.5"))])["units"][:2]
    assert list(first) == [
        *("unit", "name", "group", "kind", "status", "total", "grade", "rank"),
        *("provisional", "forms", "outstanding", "items", "leaves", "changes", "violations"),
    ]
    assert (first["total"], first["grade"], first["rank"]) == (899.5, "甲", 1)
    assert first["items"]["服務流程"] == 280
    assert isinstance(first["items"]["服務流程"], int)
    assert first["leaves"]["A1.1.1.1"] == 120
    assert (second["status"], second["total"], second["grade"], second["rank"]) == (
        "missing",
        None,
        None,
        None,
    )
    assert second["items"] == second["leaves"] == {}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (95.0, 95),
        (95.5, 95.5),
        (True, True),
        ("９５", "９５"),
        (None, None),
        (date(2016, 9, 5), "2016-09-05"),
        (datetime(2016, 9, 5, 1, 2), "2016-09-05T01:02:00"),
        (timedelta(hours=9), "9:00:00"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_values_are_numbers_where_json_has_them_and_else_texts(
    value: object, shown: object
) -> None:
    found = document(files=[received("A01", "一", "hq", violation(value=value))])
    told = found["files"][0]["violations"][0]["value"]
    assert told == shown
    assert type(told) is type(shown)

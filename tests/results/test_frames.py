"""Data frames and their files say what the JSON says, exactly; no text is a formula."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import svcq_excel
from svcq_excel.definition import Problem
from svcq_excel.results.data_files import contents, paths
from svcq_excel.results.frames import frames_of
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.outcome_json import as_json
from svcq_excel.results.tables import NAMES
from tests.assessments.checklists import handed_in, plan_of
from tests.results.samples import outcome, received, submission, violation

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def made() -> Outcome:
    forms = [submission("A01", Decimal("95.5")), submission("A02", 900), submission("A03", 1000)]
    files = [
        received("A01", "一", size=45_312, sha256="ab" * 32, evidence="郵件的寄件時間"),
        received("A04", "四", "hq", violation(), violation(value="=1+1"), violation(value=True)),
        FileResult("收件/=cmd.xlsx", "rejected", None, None),
    ]
    return outcome(forms, [("A04", "hq")], files)


def document(made: Outcome) -> Any:
    return as_json(made, None)


def cells(frame: pd.DataFrame) -> list[list[object]]:
    """Missing ones as None."""
    return [[None if pd.isna(cell) else cell for cell in row] for row in frame.values.tolist()]


def test_units_are_those_of_the_json_with_a_column_an_item(made: Outcome) -> None:
    frame, told = frames_of(made).units, document(made)["units"]
    nested = {"items", "leaves", "forms", "outstanding", "violations", "changes"}
    assert [*frame.columns[:9]] == [key for key in told[0] if key not in nested]
    for row, unit in zip(frame.to_dict("records"), told, strict=True):
        for key in frame.columns[:9]:
            assert (None if pd.isna(row[key]) else row[key] or None) == (unit[key] or None)
        for key, many in unit["forms"].items():
            assert row[f"forms_{key}"] == many
        scores = {str(k): v for k, v in row.items() if k in frame.columns[11:] and not pd.isna(v)}
        assert scores == unit["items"]


def test_numbers_are_exact_and_whole_ones_stay_whole(made: Outcome) -> None:
    frames = frames_of(made)
    assert list(frames.units.total.dropna()) == [Decimal("95.5"), 900, 1000]
    assert frames.units.total.sum() == Decimal("1995.5")
    assert list(frames.units[frames.units.total >= 900].unit) == ["A02", "A03"]
    assert str(frames.units["rank"].dtype) == str(frames.files["size"].dtype) == "Int64"


def test_leaves_are_one_a_row_and_add_up_to_the_totals(made: Outcome) -> None:
    frames = frames_of(made)
    whole = [(u["unit"], u["kind"], leaf) for u in document(made)["units"] for leaf in u["leaves"]]
    assert [tuple(row[:3]) for row in cells(frames.leaves)] == whole
    sums = frames.leaves.groupby("unit").score.sum()
    assert dict(sums) == {"A01": Decimal("95.5"), "A02": 900, "A03": 1000}


def test_files_and_violations_are_those_of_the_json(made: Outcome) -> None:
    frames, told = frames_of(made), document(made)["files"]
    assert [row["path"] for row in frames.files.to_dict("records")] == [f["path"] for f in told]
    found = [(f["path"], v["code"], v["message"]) for f in told for v in f["violations"]]
    columns = frames.violations[["path", "code", "message"]]
    assert [tuple(row) for row in cells(columns)] == found
    assert list(frames.violations.value) == ["130", "=1+1", "TRUE"]


def test_rulings_and_decisions_that_match_nothing_stand_among_the_violations(
    made: Outcome,
) -> None:
    problem = Problem("複評.csv", "編號「Z9」不在受考核單位名單內", "請刪除這一列", 3)
    told = frames_of(replace(made, unmatched=(problem,))).violations
    last = {key: None if pd.isna(said) else said for key, said in told.iloc[-1].items()}
    assert len(told) == len(frames_of(made).violations) + 1
    assert {key: said for key, said in last.items() if said} == {
        "severity": "warning",
        "message": "複評.csv 第 3 列：編號「Z9」不在受考核單位名單內。請刪除這一列。",
    }


def test_the_csv_read_back_is_the_frames(made: Outcome) -> None:
    files = contents(made, Path("d"))
    for name, frame in frames_of(made).items():
        data = files[Path("d", f"{name}.csv")]
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == len(frame) + 1
        read = pd.read_csv(BytesIO(data), dtype=str, encoding="utf-8-sig", keep_default_na=False)
        said = [["" if cell is None else str(cell) for cell in row] for row in cells(frame)]
        assert [[str(c).removeprefix("'") for c in row] for row in read.values.tolist()] == said
        assert list(read.columns) == list(frame.columns)


def test_what_others_wrote_is_no_formula_in_the_csv(made: Outcome) -> None:
    data = contents(made, Path("d"))[Path("d/violations.csv")].decode("utf-8-sig")
    assert ",'=1+1," in data and ",=1+1," not in data


def test_codes_stay_text(made: Outcome) -> None:
    units = tuple(
        replace(result, unit=replace(result.unit, code=f"{at:02}"))
        for at, result in enumerate(made.units, 1)
    )
    coded = replace(made, units=units)
    assert list(frames_of(coded).units.unit)[:2] == ["01", "02"]
    assert b"\r\n01," in contents(coded, Path("d"))[Path("d/units.csv")]


def test_a_checklist_has_its_words_for_scores(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月", ("P1", "P2"))
    inbox = handed_in(plan, tmp_path, {"P1": {}})
    frames = svcq_excel.check(plan, inbox).outcome.frames()
    assert list(frames["leaves"].score) == ["已完成"]
    assert frames.units.total.isna().all()


def test_without_pandas_it_says_so_and_the_csv_is_made_all_the_same(
    made: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match="沒有安裝 pandas"):
        frames_of(made)
    if not find_spec("pyarrow"):
        assert set(contents(made, Path("d"))) == set(paths(Path("d")))


@pytest.mark.skipif(not find_spec("pyarrow"), reason="pyarrow is not installed")
def test_the_parquet_read_back_is_the_frames(made: Outcome) -> None:
    files = contents(made, Path("d"))
    assert set(files) == set(paths(Path("d")))
    for name in NAMES:
        read = pd.read_parquet(BytesIO(files[Path("d", f"{name}.parquet")]))
        assert cells(read) == cells(frames_of(made)[name])

"""The library: cheap to import, each step writes what it makes, and says what it found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import svcq_excel
from svcq_excel.output import OutputBlockedError

SAMPLES = Path(__file__).parent.parent / "samples"
RETURNED = SAMPLES / "returned"


def plan() -> svcq_excel.Plan:
    return svcq_excel.define("wra-105", SAMPLES / "units.csv")


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = (
        "import sys, json, svcq_excel\n"
        "before = sorted({name.partition('.')[0] for name in sys.modules})\n"
        "rooms = [name for name in sys.modules if name.startswith('svcq_excel.')]\n"
        "svcq_excel.define\n"
        "late = {'pandas', 'openpyxl'} & set(sys.modules)\n"
        "print(json.dumps([before, rooms, sorted(late)]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    before, rooms, late = json.loads(ran.stdout)
    assert not {"pandas", "openpyxl", "pydantic", "xlsxwriter", "click"} & set(before)
    assert rooms == [] and late == []


@pytest.mark.parametrize("name", svcq_excel.__all__)
def test_all_that_is_offered_is_there(name: str) -> None:
    assert getattr(svcq_excel, name) is not None


def test_what_is_not_offered_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = svcq_excel.nothing


def test_a_check_without_a_folder_writes_nothing(tmp_path: Path) -> None:
    written = svcq_excel.check(plan(), RETURNED)
    assert (written.paths, written.moved, written.unchanged) == ((), {}, False)
    assert written.outcome.findings and not list(tmp_path.iterdir())


def test_a_check_writes_its_report_and_the_list_together(tmp_path: Path) -> None:
    written = svcq_excel.check(plan(), str(RETURNED), tmp_path)
    assert [path.name for path in written.paths] == ["檢核結果.xlsx", "收件紀錄.csv"]
    assert all(path.is_file() for path in written.paths)


def test_an_unchanged_merge_says_so_and_still_has_its_outcome(tmp_path: Path) -> None:
    first = svcq_excel.merge(plan(), RETURNED, tmp_path / "表.xlsx")
    again = svcq_excel.merge(plan(), RETURNED, tmp_path / "表.xlsx")
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.told == first.told and again.paths == first.paths
    assert again.outcome == first.outcome


def test_an_output_open_elsewhere_is_told_with_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, really = tmp_path / "表.xlsx", Path.replace

    def held(self: Path, target: Path) -> Path:
        if target == table:
            raise PermissionError(13, "denied")
        return really(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", held)
        written = svcq_excel.merge(plan(), RETURNED, table)
    assert written.moved == {table: tmp_path / "表_原檔開啟中另存.xlsx"}
    assert written.paths[0] == written.moved[table]
    assert not svcq_excel.merge(plan(), RETURNED, table).unchanged


def test_data_that_cannot_be_written_leaves_nothing_of_the_rest(tmp_path: Path) -> None:
    (tmp_path / "資料").write_text("", "utf-8")
    with pytest.raises(OutputBlockedError):
        svcq_excel.merge(plan(), RETURNED, tmp_path / "表.xlsx", data=tmp_path / "資料")
    assert not (tmp_path / "表.xlsx").exists() and not list(tmp_path.glob("*.csv"))


def test_decisions_beside_the_output_count_as_they_do_for_the_command(tmp_path: Path) -> None:
    (form,) = RETURNED.glob("A01*")
    text = f"檔案,決定,理由,決定人\n{form.name},排除,誤送,王\n"
    (tmp_path / "決定.csv").write_text(text, "utf-8")
    outcome = svcq_excel.merge(plan(), RETURNED, tmp_path / "表.xlsx").outcome
    assert [file.status for file in outcome.files if file.path.endswith(form.name)] == ["ignored"]


def test_forms_are_sent_back_in_one_call(tmp_path: Path) -> None:
    sent = svcq_excel.send_back(plan(), RETURNED, tmp_path, "105年7月31日")
    assert sent.round == "105年度上半年"
    assert len(sent.forms) == len(list(tmp_path.iterdir())) == 3

"""`svcq rubric diff`: what changed, in words and as JSON; information, not a fault."""

from __future__ import annotations

from pathlib import Path

from svcq_excel.rubric.sheets.writing import definition_workbook
from svcq_excel.rubric.shipped import load
from tests.cli.conftest import Run
from tests.rubric.small_rubric import SOUND, write


def written(folder: Path, text: str) -> Path:
    folder.mkdir()
    return write(folder, text)


def test_no_difference_is_said(svcq: Run) -> None:
    ran = svcq("rubric", "diff", "khb-106", "khb-106")
    assert (ran.code, ran.out) == (0, "兩份定義的內容相同。\n") and "仍然有效" in ran.err


def test_changes_are_grouped_and_sums_that_no_longer_hold_close(svcq: Run, tmp_path: Path) -> None:
    old = written(tmp_path / "去年", SOUND)
    new = written(
        tmp_path / "今年", SOUND.replace("cap: 20", "cap: 10").replace("year: 105", "year: 106")
    )
    ran = svcq("rubric", "diff", old, new)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[:4] == [
        "整體",
        "  年度由 105 年度改為 106 年度",
        "便民",
        "  「電話」配分由 20 分改為 10 分",
    ]
    assert lines[4] == "B 的合計或條款有不一致，須先更正才能使用"
    assert len(lines) > 5 and all("評分表 1.yaml 第" in line for line in lines[5:])
    assert "重新產製" in ran.err


def test_programs_are_told_the_same(svcq: Run, tmp_path: Path) -> None:
    old = written(tmp_path / "去年", SOUND)
    new = written(tmp_path / "今年", SOUND.replace("text: 嘉獎", "text: 嘉獎二次"))
    ran = svcq("rubric", "diff", old, new, "--json")
    assert ran.code == 0 and ran.document == {
        "a": {"id": "small", "title": "小考核"},
        "b": {"id": "small", "title": "小考核"},
        "same": False,
        "forms_valid": False,
        "changes": [
            {
                "section": "獎懲",
                "path": [],
                "message": "獎懲（自行考核，甲等，第 1 名）：獎懲內容由「嘉獎」改為「嘉獎二次」",
            }
        ],
        "problems": [],
    }


def test_a_workbook_of_a_definition_does_not_differ_from_it(svcq: Run, tmp_path: Path) -> None:
    path = tmp_path / "考核計畫.xlsx"
    path.write_bytes(definition_workbook(load("hccg-105")))
    ran = svcq("rubric", "diff", "hccg-105", path)
    assert (ran.code, ran.out) == (0, "兩份定義的內容相同。\n") and "仍然有效" in ran.err


def test_of_two_folders_the_plan_workbooks_are_compared(svcq: Run, tmp_path: Path) -> None:
    for name, id in {"去年": "hccg-105", "今年": "khb-106"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "考核計畫.xlsx").write_bytes(definition_workbook(load(id)))
    ran = svcq("rubric", "diff", tmp_path / "去年", tmp_path / "今年")
    assert ran.code == 0 and "  年度由 105 年度改為 106 年度" in ran.out.splitlines()

"""Every workbook that the commands leave behind says that it is in Chinese."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import SAMPLES, Run
from tests.plan.planning import USUAL, write_plan
from tests.test_new_workbook import in_english, language_of

MADE = {
    *(
        "考核計畫.xlsx",
        "定義.xlsx",
        "表件清單.xlsx",
        "A01_第一河川局_wra-105_105年度上半年_自行.xlsx",
    ),
    *("檢核結果.xlsx", "考核結果統計表.xlsx", "考核結果統計表_公告版.xlsx", "進度.xlsx"),
}


def test_every_workbook_of_a_round_is_in_chinese(svcq: Run) -> None:
    write_plan(Path("考核計畫.xlsx"), {**USUAL, "繳交期限": "105年7月1日", "公告版": "是"})
    shutil.copytree(SAMPLES / "returned", "收件")
    assert svcq("rubric", "export", "wra-105", "--out", "定義.xlsx").code == 0
    assert svcq("new", "明年", "--like", "wra-105").code == 0
    assert svcq("generate").code == 0
    for step in ("check", "return", "merge", "status"):
        assert svcq(step).code == 1
    made = {
        path.relative_to(Path()): path.read_bytes()
        for path in Path().rglob("*.xlsx")
        if path.parts[0] != "收件" and path.parts != ("考核計畫.xlsx",)
    }
    names = {path.name for path in made}
    assert any(path.parts[0] == "補正" for path in made), names
    assert names >= MADE, names
    assert not [path for path, data in made.items() if language_of(data) != "zh-TW"]
    assert not [path for path, data in made.items() if in_english(data)]

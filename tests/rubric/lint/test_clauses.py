"""Each fault of a clause, or of a checklist, is told with its line and its remedy, and alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.rubric.model import Clauses
from svcq_excel.rubric.shipped import load
from tests.rubric.small_rubric import SOUND, told, write

# What is put before the tree (line 19), and what is told of it.
FAULTS = {
    "a floor under a node that is none": (
        "clauses:\n  floors:\n    - {node: A9, min: 3}\n",
        "第 21 行：單項最低分的項目代號「A9」不在 tree 之中。請改為 tree 內的 id。",
    ),
    "a floor above the ceiling": (
        "clauses:\n  floors:\n    - {node: A1, min: 61}\n",
        "第 21 行：單項最低分 61 高於該項滿分 60。請更正 min。",
    ),
    "a floor that leads to a grade that is none": (
        "clauses:\n  floors:\n    - {node: A1, min: 30, grade: 丙}\n",
        "第 21 行：等第「丙」不在 grades 之中。grades 有：甲、乙。",
    ),
    "a tie broken by a node that is none": (
        "clauses:\n  ranking: {ties: [A1, A9]}\n",
        "第 20 行：同分比較的「A9」不在 tree 之中。請改為 tree 內的 id、total 或 firsts。",
    ),
    "firsts where no one gives places": (
        "clauses:\n  ranking: {ties: [firsts]}\n",
        "第 20 行：firsts 只用於序位法。請改寫 by: places，或刪除 firsts。",
    ),
    "places without a committee": (
        "clauses:\n  ranking: {by: places}\n",
        "第 20 行：序位法須有考核小組評分。請在 kinds 補上 committee，或改寫 by: total。",
    ),
    "what places follow, where no one gives any": (
        "clauses:\n  ranking: {places_of: totals}\n",
        "第 20 行：places_of 只用於序位法。請改寫 by: places，或刪除 places_of。",
    ),
    "a re-evaluation of another kind": (
        "clauses:\n  reevaluation: {kind: hq, grades: [乙], becomes: 甲}\n",
        "第 20 行：複評的考核類別「hq」不在 kinds 之中。kinds 有：self。",
    ),
    "a re-evaluation that lifts nobody": (
        "clauses:\n  reevaluation: {kind: self, grades: [甲], becomes: 乙}\n",
        "第 20 行：複評通過改列的「乙」不高於「甲」。請更正 becomes 或 grades。",
    ),
    "a re-evaluation of a grade that is none": (
        "clauses:\n  reevaluation: {kind: self, grades: [丙], becomes: 甲}\n",
        "第 20 行：等第「丙」不在 grades 之中。grades 有：甲、乙。",
    ),
    "two adjustments of one name": (
        "clauses:\n  adjustments:\n    - {name: 獲獎, effect: bonus, most: 5}\n"
        "    - {name: 獲獎, effect: deduction, most: 5}\n",
        "第 22 行：加減分「獲獎」重複。請改用別的名稱。",
    ),
    "an adjustment of another kind": (
        "clauses:\n  adjustments:\n    - {name: 獲獎, effect: bonus, kind: hq}\n",
        "第 21 行：加減分「獲獎」的考核類別「hq」不在 kinds 之中。kinds 有：self。",
    ),
    "a ceiling below the full score": (
        "clauses:\n  ceiling: {to: 99}\n",
        "第 20 行：總分上限 99 低於滿分 100。請更正 to，或刪除 ceiling。",
    ),
    "a method that is none": (
        "clauses:\n  committee: {method: average}\n",
        "第 20 行：「method」的值「average」不在可用的值之中。請改為 mean、trimmed、median 之一。",
    ),
    "a clause that is none": (
        "clauses:\n  rankings: {within: all}\n",
        "第 20 行：不認得「rankings」。請改為「ranking」，或刪除。",
    ),
    "more decimals than a total has": (
        "clauses:\n  rounding: {places: 5}\n",
        "第 20 行：「places」的值「5」不應大於 4。請更正。",
    ),
}


def with_clauses(folder: Path, clauses: str) -> Path:
    return write(folder, SOUND.replace("tree:\n", f"{clauses}tree:\n"))


@pytest.mark.parametrize(("clauses", "expected"), list(FAULTS.values()), ids=list(FAULTS))
def test_a_fault_of_a_clause(clauses: str, expected: str, tmp_path: Path) -> None:
    assert told(with_clauses(tmp_path, clauses)) == [expected]


def test_places_beside_adjustments_say_whether_these_count(tmp_path: Path) -> None:
    clauses = "clauses:\n  adjustments: [{name: 加分, effect: bonus}]\n  ranking: {by: places}\n"
    text = SOUND.replace("  self: 自行\n", "  self: 自行\n  committee: 小組\n")
    path = write(tmp_path, text.replace("tree:\n", f"{clauses}tree:\n"))
    assert told(path) == [
        "第 22 行：序位法而有加減分，未訂明名次是否加計加減分。"
        "請在 ranking 寫明 places_of: scores（只看評分）或 totals（加計加減分）。"
    ]
    for word in ("scores", "totals"):
        said = clauses.replace("places}", f"places, places_of: {word}}}")
        path = write(tmp_path, text.replace("tree:\n", f"{said}tree:\n"))
        assert load(str(path)).clauses.ranking.places_of == word


def test_rewards_may_go_by_rank_alone_where_grades_are_left_out(tmp_path: Path) -> None:
    graded = "grades:\n  - {name: 甲, min: 80}\n  - {name: 乙, min: 0}\n"
    text = SOUND.replace(graded, "").replace("grades: [甲], ranks", "ranks")
    rubric = load(str(write(tmp_path, text)))
    assert not rubric.grades and rubric.rewards[0].ranks == (1,)
    named = SOUND.replace(graded, "")
    assert told(write(tmp_path, named)) == [
        "第 15 行：獎懲所列的等第「甲」不在 grades 之中。"
        "定義沒有 grades，請補上，或刪除此處的等第。"
    ]


def test_a_reward_that_waits_for_a_reevaluation_there_is_none_of(tmp_path: Path) -> None:
    text = SOUND.replace("ranks: [1], text: 嘉獎", "reevaluated: failed, text: 申誡")
    assert told(write(tmp_path, text)) == [
        "第 18 行：獎懲以複評未通過為條件，clauses 卻沒有這些等第的複評。"
        "請補上 reevaluation，或刪除 reevaluated。"
    ]


def test_grades_are_set_on_the_scale_that_totals_are_converted_to(tmp_path: Path) -> None:
    text = SOUND.replace("min: 80", "min: 800")
    assert "高於總分的滿分" in told(write(tmp_path, text))[0]
    path = write(tmp_path, text.replace("tree:\n", "clauses:\n  scale: {to: 1000}\ntree:\n"))
    assert load(str(path)).full_total == 1000


def test_clauses_change_no_form(tmp_path: Path) -> None:
    plain = load(str(write(tmp_path, SOUND)))
    clauses = "clauses:\n  ranking: {method: dense}\n  committee: {per: total}\n"
    ruled = load(str(with_clauses(tmp_path, clauses)))
    assert plain.clauses == Clauses()
    assert ruled.clauses.ranking.method == "dense"
    assert plain.digest == ruled.digest
    assert plain.form_key == ruled.form_key


CHECKLIST = """\
format: 1
id: steps
title: 小檢核
agency: 工務局
year: 102
levels: [實施要項, 執行步驟]
item_level: 實施要項
kinds:
  self: 自行
form_title: 檢核表
table_title: 彙整表
tree:
  - id: A
    name: 便民
    children:
      - {id: A1, name: 公布計畫, due: [4]}
      - {id: A2, name: 更新設施, due: [6, 12]}
"""

CHECKLIST_FAULTS = {
    "a cap": (
        "due: [4]",
        "due: [4], cap: 5",
        "第 16 行：〔便民 > 公布計畫〕檢核表不評分，卻寫了 cap。請刪除 cap，或刪除各項的 due。",
        "第 13 行：〔便民〕滿分 0 與下一層的合計 5 不符（5 + 0）。"
        "請核對原文，更正本層或下一層的 cap。",
    ),
    "a step without a month": (
        ", due: [4]",
        "",
        "第 16 行：〔便民 > 公布計畫〕步驟缺少查核期限。請補上月份，例如 due: [6, 12]。",
    ),
    "a month that is none": (
        "due: [4]",
        "due: [13]",
        "第 16 行：〔便民 > 公布計畫〕「due」的第 1 項的值「13」不應大於 12。請更正。",
    ),
    "months out of order": (
        "[6, 12]",
        "[12, 6]",
        "第 17 行：〔便民 > 更新設施〕查核期限的月份重複或次序顛倒。請由小而大，各寫一次。",
    ),
    "months above the steps": (
        "    name: 便民\n",
        "    name: 便民\n    due: [6]\n",
        "第 15 行：〔便民〕有下一層的項目不直接查核，卻寫了 due。請將 due 移到最下層。",
    ),
    "grades": (
        "tree:\n",
        "grades: [{name: 甲, min: 0}]\ntree:\n",
        "第 12 行：檢核表不評分，卻寫了 grades。請刪除 grades。",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(o, n, e) for o, n, *e in CHECKLIST_FAULTS.values()],
    ids=list(CHECKLIST_FAULTS),
)
def test_a_fault_of_a_checklist(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert sorted(told(write(tmp_path, CHECKLIST.replace(old, new)))) == sorted(expected)


def test_a_sound_checklist_is_accepted(tmp_path: Path) -> None:
    rubric = load(str(write(tmp_path, CHECKLIST)))
    assert rubric.is_checklist
    assert [leaf.due for leaf in rubric.leaves] == [(4,), (6, 12)]


def test_what_is_scored_needs_a_cap(tmp_path: Path) -> None:
    text = SOUND.replace("        name: 創新\n        cap: 40\n", "        name: 創新\n")
    assert "第 41 行：〔便民 > 創新〕缺少「cap」。請補上滿分（配分）。" in told(
        write(tmp_path, text)
    )

"""Each fault of sense is found, with its line, its place in the tree and its remedy, and alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.rubric.shipped import load
from tests.rubric.small_rubric import SOUND, spoilt, told, write

BANDS_OF_ENVIRONMENT = """\
              - {min: 21, max: 40, text: 佳}
              - {min: 1, max: 20, text: 可}
"""

FAULTS = {
    "a cap that is not the sum below": (
        "cap: 60",
        "cap: 70",
        "第 26 行：〔便民 > 形象〕滿分 70 與下一層的合計 60 不符（40 + 20）。"
        "請核對原文，更正本層或下一層的 cap。",
        "第 22 行：〔便民〕滿分 100 與下一層的合計 110 不符（70 + 40）。"
        "請核對原文，更正本層或下一層的 cap。",
    ),
    "bands above the leaves": (
        "    cap: 100\n",
        "    cap: 100\n    bands: [{min: 1, max: 100, text: 佳}]\n",
        "第 23 行：〔便民〕有下一層的項目不直接給分，卻寫了 bands。請將 bands 移到最下層的項目。",
    ),
    "a measure above the leaves": (
        "    cap: 100\n",
        "    cap: 100\n    measure: {label: 率, unit: 分}\n",
        "第 23 行：〔便民〕有下一層的項目不直接給分，卻寫了 measure。"
        "請將 measure 移到最下層的項目。",
    ),
    "a band upside down": (
        "min: 21, max: 40",
        "min: 40, max: 21",
        "第 32 行：〔便民 > 形象 > 環境〕級距 40-21分 的下限大於上限。請更正 min 與 max。",
    ),
    "a band that holds 0": (
        "min: 1, max: 20, text: 可",
        "min: 0, max: 20, text: 可",
        "第 33 行：〔便民 > 形象 > 環境〕級距 0-20分 的下限不大於 0。"
        "0 分表示未達任何級距，請由 1 分起。",
    ),
    "a band above the cap": (
        "min: 21, max: 40",
        "min: 21, max: 45",
        "第 32 行：〔便民 > 形象 > 環境〕級距 21-45分 超出滿分 40 分。"
        "請核對原文，更正級距的 max 或本項的 cap。",
    ),
    "bands that overlap": (
        "min: 21, max: 40",
        "min: 20, max: 40",
        "第 33 行：〔便民 > 形象 > 環境〕級距 20-40分 與 1-20分 重疊。"
        "請更正 min 與 max，一個分數只屬於一個級距。",
    ),
    "a gap between bands": (
        "min: 21, max: 40",
        "min: 22, max: 40",
        "第 33 行：〔便民 > 形象 > 環境〕級距 22-40分 與 1-20分 之間有分數不屬於任何級距。"
        "請更正 min 與 max，使級距相接。",
    ),
    "bands that end below the cap": (
        "min: 21, max: 40",
        "min: 21, max: 39",
        "第 31 行：〔便民 > 形象 > 環境〕最高級距只到 39 分，未達滿分 40 分。"
        "請核對原文，更正最高級距的 max 或本項的 cap。",
    ),
    "bands that begin above 1": (
        "min: 1, max: 20, text: 可",
        "min: 2, max: 20, text: 可",
        "第 31 行：〔便民 > 形象 > 環境〕最低級距由 2 分起，應由 1 分起。"
        "請核對原文，更正最低級距的 min。",
    ),
    "bands from low to high": (
        BANDS_OF_ENVIRONMENT,
        "".join(reversed(BANDS_OF_ENVIRONMENT.splitlines(keepends=True))),
        "第 33 行：〔便民 > 形象 > 環境〕級距 1-20分 與 21-40分 次序顛倒。級距請由高而低排列。",
    ),
    "a measure without bands": (
        "name: 創新\n",
        "name: 創新\n        measure: {label: 率, unit: 分}\n",
        "第 43 行：〔便民 > 創新〕有佐證數據，卻沒有級距。請補上 bands，或刪除 measure。",
    ),
    "a band without the threshold its measure asks for": (
        ", measure_min: 70",
        "",
        "第 40 行：〔便民 > 形象 > 電話〕級距 1-10分 缺少 measure_min。"
        "請寫採此級距所需的測試分數。",
    ),
    "a threshold without a measure": (
        "text: 佳}",
        "text: 佳, measure_min: 3}",
        "第 32 行：〔便民 > 形象 > 環境〕級距 21-40分 有 measure_min，"
        "這一項卻沒有佐證數據。"
        "請補上 measure，或刪除 measure_min。",
    ),
    "thresholds that do not fall": (
        "measure_min: 70",
        "measure_min: 90",
        "第 40 行：〔便民 > 形象 > 電話〕級距 1-10分 的 measure_min 90 不低於 11-20分 的 90。"
        "級距愈低，measure_min 應愈小，請更正。",
    ),
    "a threshold that cannot be reached": (
        "measure_min: 90",
        "measure_min: 101",
        "第 39 行：〔便民 > 形象 > 電話〕measure_min 101 超過佐證數據的最大值 100。"
        "請更正 measure_min 或 measure 的 max。",
    ),
    "more bands than Excel's pick list holds": (
        BANDS_OF_ENVIRONMENT,
        "".join(f"              - {{min: {p}, max: {p}, text: 佳}}\n" for p in range(40, 0, -1)),
        "第 31 行：〔便民 > 形象 > 環境〕級距選單共 261 個字元，超過 Excel 的上限 255 個字元。"
        "請減少級距。",
    ),
    "an id that stands twice": (
        "id: A2",
        "id: A1.1",
        "第 41 行：〔便民 > 創新〕代號「A1.1」重複。請改用別的代號。",
    ),
    "a level that stands twice": (
        "[構面, 項目, 細項]",
        "[構面, 項目, 構面]",
        "第 6 行：層級「構面」重複。各層請用不同的名稱。",
    ),
    "items of one name": (
        "name: 創新",
        "name: 形象",
        "第 42 行：〔便民 > 形象〕項目名稱「形象」重複。統計表以名稱分欄，請用不同的名稱。",
    ),
    "grades of one name": (
        "name: 乙",
        "name: 甲",
        "第 16 行：等第「甲」重複。請刪除重複的等第。",
    ),
    "an item level that is none": (
        "item_level: 項目",
        "item_level: 專案",
        "第 7 行：item_level「專案」不在 levels 之中。levels 有：構面、項目、細項。",
    ),
    "a sum on a level that is none": (
        "項目: 小計",
        "項次: 小計",
        "第 9 行：sums 的「項次」不在 levels 之中。levels 有：構面、項目、細項。",
    ),
    "a tree deeper than its levels": (
        "[構面, 項目, 細項]",
        "[構面, 項目]",
        "第 28 行：〔便民 > 形象 > 環境〕這是第 3 層，levels 只列出 2 層。"
        "請在 levels 補上這一層的名稱，或核對縮排。",
        "第 34 行：〔便民 > 形象 > 電話〕這是第 3 層，levels 只列出 2 層。"
        "請在 levels 補上這一層的名稱，或核對縮排。",
    ),
    "a leaf above the items": (
        "item_level: 項目",
        "item_level: 細項",
        "第 41 行：〔便民 > 創新〕在「項目」層就沒有下一層，統計表沒有欄位可列其分數。"
        "請補上 children，至少寫到「細項」層。",
    ),
    "scores off the step": (
        "title: 小考核\n",
        "title: 小考核\nstep: 20\n",
        "第 33 行：〔便民 > 形象 > 環境〕min 21 不是給分單位 20 的倍數。請更正分數，或更正 step。",
        "第 34 行：〔便民 > 形象 > 環境〕min 1 不是給分單位 20 的倍數。請更正分數，或更正 step。",
        "第 40 行：〔便民 > 形象 > 電話〕min 11 不是給分單位 20 的倍數。請更正分數，或更正 step。",
        "第 41 行：〔便民 > 形象 > 電話〕min 1 不是給分單位 20 的倍數。請更正分數，或更正 step。",
        "第 41 行：〔便民 > 形象 > 電話〕max 10 不是給分單位 20 的倍數。請更正分數，或更正 step。",
    ),
    "grades that do not fall": (
        "{name: 乙, min: 0}",
        "{name: 乙, min: 80}\n  - {name: 丙, min: 0}",
        "第 16 行：等第「乙」的 min 80 不低於「甲」的 80。等第請由高而低排列，min 依次變小。",
    ),
    "grades that do not reach 0": (
        "name: 乙, min: 0",
        "name: 乙, min: 60",
        "第 16 行：最低等第「乙」的 min 是 60，應為 0。請更正 min，使每個總分都有等第。",
    ),
    "a grade above the full score": (
        "name: 甲, min: 80",
        "name: 甲, min: 101",
        "第 15 行：等第「甲」的 min 101 高於總分的滿分。滿分合計 100，請更正 min 或 cap。",
    ),
    "a reward for a grade that is none": (
        "grades: [甲]",
        "grades: [優]",
        "第 18 行：獎懲所列的等第「優」不在 grades 之中。grades 有：甲、乙。",
    ),
    "a reward for a kind that is not assessed": (
        "kind: self",
        "kind: hq",
        "第 18 行：獎懲的考核類別「hq」不在 kinds 之中。kinds 有：self。",
    ),
    "a blank in a title that nothing fills": (
        "{kind})評分表",
        "{type})評分表",
        "第 12 行：form_title 中的 {type} 無從代入。可用 {agency}、{year}、{kind}。",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "expected"), [(o, n, e) for o, n, *e in FAULTS.values()], ids=list(FAULTS)
)
def test_a_fault_is_told_with_its_line_place_and_remedy(
    old: str, new: str, expected: list[str], tmp_path: Path
) -> None:
    assert sorted(told(spoilt(tmp_path, old, new))) == sorted(expected)


def test_a_sound_rubric_is_accepted(tmp_path: Path) -> None:
    assert load(str(write(tmp_path, SOUND))).id == "small"


def test_half_points_are_accepted_where_the_step_allows_them(tmp_path: Path) -> None:
    text = SOUND.replace("title: 小考核\n", "title: 小考核\nstep: 0.5\n")
    text = text.replace("min: 21, max: 40", "min: 20.5, max: 40")
    text = text.replace("min: 11, max: 20", "min: 10.5, max: 20")
    assert str(load(str(write(tmp_path, text))).step) == "0.5"


@pytest.mark.parametrize(
    ("step", "upper", "lower", "lowest", "gap"),
    [
        ("1", "21", "20", "1", False),
        ("1", "22", "20", "1", True),
        ("0.5", "20.5", "20", "1", False),
        ("0.5", "20.5", "20", "0.5", False),
        ("0.5", "21", "20", "1", True),
        ("0.1", "21", "20", "1", True),
        ("0.1", "20.1", "20", "0.1", False),
        ("5", "25", "20", "5", False),
        ("10", "30", "20", "10", False),
    ],
)
def test_a_gap_between_bands_is_a_score_that_can_be_given(
    tmp_path: Path, step: str, upper: str, lower: str, lowest: str, gap: bool
) -> None:
    rest = SOUND[: SOUND.index("          - id: A1.2")].replace("cap: 60", "cap: 40")
    text = rest.replace("cap: 100", "cap: 40").replace("min: 80}", "min: 40}")
    text = text.replace("title: 小考核", f"title: 小考核\nstep: {step}")
    text = text.replace("min: 21, max: 40", f"min: {upper}, max: 40")
    text = text.replace("min: 1, max: 20", f"min: {lowest}, max: {lower}")
    path = write(tmp_path, text)
    if gap:
        [problem] = told(path)
        assert "之間有分數不屬於任何級距" in problem
    else:
        assert load(str(path))


LOWER = SOUND.replace(
    "measure: {label: 測試分數, unit: 分, max: 100}",
    'measure: {label: 逾期比率, unit: "%", max: 100, better: lower}',
).replace("measure_min: 90", "measure_max: 5")


def test_less_may_be_better(tmp_path: Path) -> None:
    text = LOWER.replace("measure_min: 70", "measure_max: 10")
    leaf = load(str(write(tmp_path, text))).leaf_by_id["A1.2"]
    supported = [leaf.supported(Decimal(figure)) for figure in ("0", "5", "5.1", "10", "10.1")]
    assert [band.label if band else "" for band in supported] == [
        *("11-20分", "11-20分", "1-10分", "1-10分", "")
    ]


def test_bands_with_upper_bounds_alone_say_that_less_is_better(tmp_path: Path) -> None:
    text = LOWER.replace(", better: lower", "").replace("measure_min: 70", "measure_max: 10")
    said = LOWER.replace("measure_min: 70", "measure_max: 10")
    assert load(str(write(tmp_path, text))) == load(str(write(tmp_path, said)))


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (
            "measure_max: 5",
            "級距 1-10分 的 measure_max 5 不高於 11-20分 的 5。"
            "級距愈低，measure_max 應愈大，請更正。",
        ),
        (
            "measure_min: 70",
            "級距 1-10分 有 measure_min，佐證數據卻是愈低愈好。"
            "若數據愈高愈好，請刪除 better: lower；否則請改為 measure_max。",
        ),
        (
            "measure_max: 101",
            "measure_max 101 超過佐證數據的最大值 100。請更正 measure_max 或 measure 的 max。",
        ),
    ],
)
def test_thresholds_of_what_should_be_low_rise(
    tmp_path: Path, threshold: str, expected: str
) -> None:
    text = LOWER.replace("measure_min: 70", threshold)
    assert told(write(tmp_path, text)) == [f"第 40 行：〔便民 > 形象 > 電話〕{expected}"]


def test_an_upper_bound_of_what_should_be_high_is_not_turned_round(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "measure_min: 70", "measure_max: 70")
    assert told(path) == [
        "第 40 行：〔便民 > 形象 > 電話〕級距 1-10分 有 measure_max，佐證數據卻是愈高愈好。"
        "若數據愈低愈好，請在 measure 寫 better: lower；否則請改為 measure_min。"
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SOUND.replace("cap: 60", "cap: 70").replace("item_level: 項目", "item_level: 專案")
    lines = [problem.partition("：")[0] for problem in told(write(tmp_path, text))]
    assert lines == ["第 7 行", "第 22 行", "第 26 行"]

"""Each fault of shape is told in Chinese, with its line, its place in the tree and its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.rubric.yaml_source import BACKSLASH
from tests.rubric.small_rubric import SOUND, spoilt, told, write

MEASURE = "{label: 測試分數, unit: 分, max: 100}"

MISSHAPEN = {
    "a clause without what it is about": (
        "tree:\n",
        "clauses:\n  rounds: {clause: 一}\ntree:\n",
        "第 20 行：缺少「names」。請補上「names:」（各期的名稱，例如 上半年、下半年）。",
    ),
    "a list that is too short": (
        "tree:\n",
        "clauses:\n  rounds: {names: [上半年]}\ntree:\n",
        "第 20 行：「names」只有 1 項。請至少寫 2 項。",
    ),
    "a key is missing": (
        "title: 小考核\n",
        "",
        "第 1 行：缺少「title」。請補上「title:」（考核計畫名稱）。",
    ),
    "a key of a node is missing": (
        "            name: 電話\n",
        "",
        "第 34 行：〔便民 > 形象 > A1.2〕缺少「name」。請補上「name:」（名稱）。",
    ),
    "a key is misspelt": (
        "name: 電話",
        "name: 電話\n            notise: 注意",
        "第 36 行：〔便民 > 形象 > 電話〕不認得「notise」。請改為「notice」，或刪除。",
    ),
    "a key is like no other": (
        MEASURE,
        "{label: 測試分數, unit: 分, 上限: 100}",
        "第 37 行：〔便民 > 形象 > 電話〕不認得「上限」。"
        "請刪除；這裡可用的鍵：label、unit、max、better。",
    ),
    "a key has no value": (
        "title: 小考核",
        "title:",
        "第 3 行：「title」沒有填值。請填值，或刪除這一行。",
    ),
    "a text is blank": (
        "title: 小考核",
        "title: ' '",
        "第 3 行：「title」是空白的。請填文字。",
    ),
    "a text is a number": (
        "title: 小考核",
        "title: 105",
        "第 3 行：「title」的值「105」是數字，這裡應為文字。請以引號括起。",
    ),
    "a text is a list": (
        "title: 小考核",
        "title: [小考核]",
        "第 3 行：「title」應為一段文字。請改為一段文字，不分項。",
    ),
    "a text is longer than a cell holds": (
        "text: 優良",
        "text: " + "優" * 16_001,
        "第 39 行：〔便民 > 形象 > 電話〕「text」的文字超過 16000 字。請縮短。",
    ),
    "a year is not of the ROC": (
        "year: 105",
        "year: 2016",
        "第 5 行：「year」的值「2016」不是民國年度。請寫民國年度的數字，例如 105。",
    ),
    "a number has its unit with it": (
        "cap: 60",
        "cap: 60分",
        "第 26 行：〔便民 > 形象〕「cap」的值「60分」不是數字。請只寫數字，不加單位。",
    ),
    "a number is infinite": (
        "cap: 60",
        "cap: inf",
        "第 26 行：〔便民 > 形象〕「cap」的值「inf」不是數字。請只寫數字，不加單位。",
    ),
    "a number is too fine": (
        "cap: 60",
        "cap: 60.00001",
        "第 26 行：〔便民 > 形象〕「cap」的值「60.00001」的小數太長。小數請至多 4 位。",
    ),
    "a number is too big": (
        "cap: 60",
        "cap: 1e9",
        "第 26 行：〔便民 > 形象〕「cap」的值「1e9」不應大於 1000000。請更正。",
    ),
    "a cap is nothing": (
        "cap: 60",
        "cap: 0",
        "第 26 行：〔便民 > 形象〕「cap」的值「0」應大於 0。請更正。",
    ),
    "a rank is no whole number": (
        "ranks: [1]",
        "ranks: [1, 二]",
        "第 18 行：「ranks」的第 2 項的值「二」不是整數。請只寫整數，不加單位。",
    ),
    "the id is not plain": (
        "id: small",
        "id: Small",
        "第 2 行：「id」的值「Small」不能作為代號。"
        "請以小寫英文字母起首，只用小寫英文字母、數字與「-」。",
    ),
    "the id of a node is not plain": (
        "id: A1.2",
        "id: 甲",
        "第 34 行：〔便民 > 形象 > 電話〕「id」的值「甲」不能作為代號。"
        "請以英文字母起首，只用英文字母、數字與「.」「-」「_」。",
    ),
    "the format is of another time": (
        "format: 1",
        "format: 2",
        "第 1 行：「format」的值「2」不是本程式認得的格式版本。請寫 format: 1。",
    ),
    "a kind is unknown": (
        "kind: self",
        "kind: other",
        "第 18 行：「kind」的值「other」不在可用的值之中。請改為 self、hq、committee 之一。",
    ),
    "a kind among the kinds is unknown": (
        "  self: 自行",
        "  other: 自行",
        "第 11 行：「kinds」不認得「other」。請改為 self、hq、committee 之一。",
    ),
    "a list is no list": (
        "[構面, 項目, 細項]",
        "構面",
        "第 6 行：「levels」應為清單。每項請另起一行，以「- 」起首。",
    ),
    "a list is empty": (
        "[構面, 項目, 細項]",
        "[]",
        "第 6 行：「levels」沒有任何一項。請至少寫一項。",
    ),
    "a part is a mere word": (
        MEASURE,
        "分數",
        "第 37 行：〔便民 > 形象 > 電話〕「measure」應為數個「鍵: 值」。"
        "每個「鍵: 值」請各寫一行並對齊。",
    ),
    "a key stands twice": (
        "cap: 60",
        "cap: 60\n        cap: 70",
        "第 27 行：〔便民 > 形象〕「cap」重複，第 26 行已有。請刪除其中之一。",
    ),
    "a key is no word": (
        "format: 1",
        "format: 1\n? [a]\n: b",
        "第 2 行：鍵不是一個詞。鍵請寫一個詞，後接「: 」。",
    ),
    "a text hides a control character": (
        "name: 電話",
        'name: "電\\x01話"',
        "第 35 行：〔便民 > 形象 > ？〕文字中有儲存格不能放的控制字元。請刪除該字元；"
        f"{BACKSLASH}。",
    ),
    "a text hides half a character": (
        "text: 優良",
        'text: "\\ud800"',
        "第 39 行：〔便民 > 形象 > 電話〕文字中有儲存格不能放的控制字元。請刪除該字元；"
        f"{BACKSLASH}。",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), MISSHAPEN.values(), ids=list(MISSHAPEN))
def test_a_fault_of_shape_is_told_alone_with_its_line_place_and_remedy(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    assert told(spoilt(tmp_path, old, new)) == [expected]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        SOUND.replace("year: 105", "year: 105年\nyear: 106")
        .replace("cap: 60", "cap: 六十")
        .replace("name: 創新", "nam: 創新")
    )
    lines = [problem.partition("：")[0] for problem in told(write(tmp_path, text))]
    assert lines == ["第 5 行", "第 6 行", "第 27 行", "第 42 行", "第 43 行"]

"""One small sound rubric that tests spoil in one place at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.shipped import load

SOUND = """\
format: 1
id: small
title: 小考核
agency: 水利署
year: 105
levels: [構面, 項目, 細項]
item_level: 項目
sums:
  項目: 小計
kinds:
  self: 自行
form_title: "{agency}{year}年度({kind})評分表"
table_title: "{agency}{year}年度({kind})統計表"
grades:
  - {name: 甲, min: 80}
  - {name: 乙, min: 0}
rewards:
  - {kind: self, grades: [甲], ranks: [1], text: 嘉獎, clause: 一}
tree:
  - id: A
    name: 便民
    cap: 100
    children:
      - id: A1
        name: 形象
        cap: 60
        children:
          - id: A1.1
            name: 環境
            cap: 40
            bands:
              - {min: 21, max: 40, text: 佳}
              - {min: 1, max: 20, text: 可}
          - id: A1.2
            name: 電話
            cap: 20
            measure: {label: 測試分數, unit: 分, max: 100}
            bands:
              - {min: 11, max: 20, text: 優良, measure_min: 90}
              - {min: 1, max: 10, text: 普通, measure_min: 70}
      - id: A2
        name: 創新
        cap: 40
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "評分表 1.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def spoilt(folder: Path, old: str, new: str) -> Path:
    assert SOUND.count(old) == 1, f"{old!r} must stand once in the sound rubric"
    return write(folder, SOUND.replace(old, new))


def told(path: Path) -> list[str]:
    """The problems of a definition, as a person is told them."""
    with pytest.raises(DefinitionError) as caught:
        load(str(path))
    return [str(problem).removeprefix(path.name).strip() for problem in caught.value.problems]

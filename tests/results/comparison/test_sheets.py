"""The sheets 比較… say what changed; every figure on them is counted again by other means."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from svcq_excel.results.model import Outcome
from svcq_excel.results.workbook import write_statistics
from tests.results.earlier import (
    KINDS,
    outcome_of,
    read_back,
    renamed,
    rubric,
    units,
    with_caps,
)
from tests.results.reading import grid, opened

NOW = {"wra-105": "106年度", "hccg-105": "106年度", "khb-106": "107年度", "kpw-102": "102年12月"}


def compared(id: str, tmp_path: Path) -> tuple[Outcome, Outcome, bytes]:
    """A unit is new, one left, one has another name, two have no result in one of the rounds."""
    there = units(9, id == "hccg-105")
    before = outcome_of(id, "102年6月", renamed(there[:-1], {"A002": "舊名"}), 1, ("A003",))
    previous = (read_back(before, tmp_path),)
    now = outcome_of(id, NOW[id], there[1:], 2, ("A004",), previous=previous)
    return before, now, write_statistics(now)


def column(outcome: Outcome, sheet: str, head: str) -> dict[str, object]:
    """What stands in a column of another sheet, by code."""
    table = grid(write_statistics(outcome), sheet)
    heads = next(row for row in table if "編號" in row)
    names = [str(value).split("\n")[0] for value in heads]
    code, at = names.index("編號"), names.index(head)
    return {str(row[code]): row[at] for row in table if str(row[code]).startswith("A0")}


def rows(workbook: bytes, sheet: str) -> dict[str, list[object]]:
    """By code, what stands behind the name."""
    return {str(row[0]): list(row[1:]) for row in grid(workbook, sheet) if row[0]}


@pytest.mark.parametrize("id", [id for id in KINDS if id != "kpw-102"])
def test_totals_and_changes_are_those_of_the_two_tables(id: str, tmp_path: Path) -> None:
    before, now, workbook = compared(id, tmp_path)
    was, found = (column(each, "考核結果統計表", "總分") for each in (before, now))
    said = rows(workbook, "比較總分名次")
    wide = 3 if rubric(id).grades else 2
    codes = [code for code in said if code.startswith("A0")]
    assert codes == [*found, "A001"]
    for code in codes:
        first, second = said[code][1], said[code][1 + wide]
        assert first == was.get(code) and second == found.get(code)
        change = said[code][1 + 2 * wide]
        if isinstance(first, int | float) and isinstance(second, int | float):
            assert change == pytest.approx(second - first)
        else:
            assert change is None
    assert said["A001"][-1] == "本期未列" and said["A009"][-1] == "本期新增"
    assert said["A002"][-1] == "前期名稱：舊名（編號相同，視為同一單位）"


def test_ranks_that_moved_are_counted(tmp_path: Path) -> None:
    before, now, workbook = compared("wra-105", tmp_path)
    ranks = [
        {result.unit.code: result.rank for result in each.of_kind("hq")} for each in (before, now)
    ]
    said = rows(workbook, "比較總分名次")
    moved = {code: row[8] for code, row in said.items() if code.startswith("A0")}
    for code, change in moved.items():
        first, second = (each.get(code) for each in ranks)
        assert change == (first - second if first and second else None)


def test_in_other_groups_ranks_are_not_compared(tmp_path: Path) -> None:
    there = units(6, grouped=True)
    before = outcome_of("hccg-105", "104年度", units(6), 1)
    now = outcome_of("hccg-105", "105年度", there, 2, previous=(read_back(before, tmp_path),))
    said = rows(write_statistics(now), "比較總分名次")
    assert {row[8] for code, row in said.items() if code.startswith("A0")} == {None}


@pytest.mark.parametrize("id", ["wra-105", "khb-106"])
def test_means_of_items_are_those_of_units_in_both_rounds(id: str, tmp_path: Path) -> None:
    before, now, workbook = compared(id, tmp_path)
    kind = KINDS[id][0]
    scores = [
        pd.DataFrame(
            {r.unit.code: {k: float(v) for k, v in r.items.items()} for r in each.of_kind(kind)}
        ).T
        for each in (before, now)
    ]
    both = scores[0].dropna().index.intersection(scores[1].dropna().index)
    first, second = (each.loc[both].mean() for each in scores)
    apart = scores[1].loc[both] - scores[0].loc[both]
    said = {row[0]: row for row in grid(workbook, "比較各項平均")}
    for item in rubric(id).items:
        row = said[item.name]
        assert row[1:3] == [float(item.cap)] * 2
        assert row[3:6] == pytest.approx(
            [first[item.id], second[item.id], second[item.id] - first[item.id]]
        )
        better, same, worse = ((apart[item.id] > 0), (apart[item.id] == 0), (apart[item.id] < 0))
        assert row[9:12] == [better.sum(), same.sum(), worse.sum()]


def test_other_caps_are_compared_as_shares_and_told(tmp_path: Path) -> None:
    changed = with_caps("khb-106", {rubric("khb-106").leaves[0].id: 150})
    before = outcome_of("khb-106", "105年度", units(3), 1, definition=changed)
    previous = (read_back(before, tmp_path),)
    workbook = write_statistics(outcome_of("khb-106", "106年度", units(3), 2, previous=previous))
    name = rubric("khb-106").items[0].name
    texts = [row[0] for row in grid(workbook, "比較各項得分") if isinstance(row[0], str)]
    told = f"※配分不同：「{name}」（前期 150 分、本期 100 分），增減以得分率的百分點計。"
    assert told in texts
    first = rows(workbook, "比較各項得分")["A001"]
    figures = [float(str(each)) for each in first[1:6]]
    assert first[3] == pytest.approx(figures[1] / 100 - figures[0] / 150)
    assert first[6] == figures[4] - figures[3]
    totals = [row[0] for row in grid(workbook, "比較總分名次") if isinstance(row[0], str)]
    assert "※總分的滿分不同（前期 1050 分、本期 1000 分），增減以得分率的百分點計。" in totals
    means = {row[0]: row for row in grid(workbook, "比較各項平均")}
    assert means[name][5] is None and means[name][1:3] == [150, 100]


def test_new_items_and_those_that_are_gone_are_told(tmp_path: Path) -> None:
    whole = rubric("khb-106")
    first = whole.items[0]
    renamed_item = type(first).model_construct(**{**dict(first), "name": "全新項目"})
    top = whole.tree[0]
    children = (renamed_item, *top.children[1:])
    tree = (type(top).model_construct(**{**dict(top), "children": children}), *whole.tree[1:])
    other = type(whole).model_construct(**{**dict(whole), "tree": tree})
    before = outcome_of("khb-106", "105年度", units(2), 1)
    previous = (read_back(before, tmp_path),)
    now = outcome_of("khb-106", "106年度", units(2), 2, definition=other, previous=previous)
    workbook = write_statistics(now)
    texts = [row[0] for row in grid(workbook, "比較各項得分") if isinstance(row[0], str)]
    assert "※本期新增的項目：「全新項目」，不計增減。" in texts
    assert f"※前期有而本期沒有的項目：「{first.name}」，不計增減。" in texts


def test_a_checklist_is_compared_by_its_rates(tmp_path: Path) -> None:
    before, now, workbook = compared("kpw-102", tmp_path)
    was, found = (column(each, "檢核結果統計表", "完成率") for each in (before, now))
    said = rows(workbook, "比較完成率")
    for code in ("A002", "A005", "A008"):
        assert said[code][3] == pytest.approx(was[code])
        assert said[code][6] == pytest.approx(found[code])
        earlier, later = (float(str(said[code][at])) for at in (3, 6))
        assert said[code][7] == pytest.approx(later - earlier)
    overdue = grid(write_statistics(before), "逾期步驟")
    steps = {str(row[0]): {r[3] for r in overdue if r[0] == row[0]} for row in overdue}
    assert said["A002"][8] == len(steps["A002"])
    listed = [row for row in grid(workbook, "比較前期逾期") if row[0] == "A002"]
    assert {row[3] for row in listed} == steps["A002"]
    status = {row[0]: row for row in grid(workbook, "單位與步驟")}
    place = status["代號"].index("第2河川局")
    settled = 0
    for row in listed:
        there = status.get(row[3])
        assert row[6] == (there[place] if there else "不在本期表件")
        settled += row[6] in {"已完成", "不適用"}
    assert said["A002"][9] == settled


def test_three_rounds_stand_beside_one_another(tmp_path: Path) -> None:
    each = [
        outcome_of("khb-106", round, units(3), seed)
        for seed, round in enumerate(("104年度", "105年度"))
    ]
    previous = [read_back(one, tmp_path, f"{one.round}.xlsx") for one in each]
    now = outcome_of("khb-106", "106年度", units(3), 9, previous=previous)
    workbook = write_statistics(now)
    head = next(row for row in grid(workbook, "比較歷期") if row[0] == "編號")
    assert [str(text).split("\n")[0] for text in head[2:]] == ["104年度", "105年度", "106年度"]
    for at, one in enumerate((*each, now)):
        for result in one.units:
            assert rows(workbook, "比較歷期")[result.unit.code][1 + at] == result.total


def test_a_kind_that_the_earlier_round_has_not_is_told(tmp_path: Path) -> None:
    alone = outcome_of("khb-106", "105年度", units(2), 1)
    previous = (read_back(alone, tmp_path),)
    now = outcome_of("wra-105", "106年度", units(2), 2, previous=previous)
    workbook = write_statistics(now)
    names = opened(workbook).sheetnames
    assert "比較總分名次（自行）" in names and "比較總分名次" not in names
    said = [row[0] for row in grid(workbook, "比較說明")]
    assert "前期（105年度）沒有本署考核的結果，未列比較。" in said


def test_without_earlier_rounds_there_is_nothing_to_compare(tmp_path: Path) -> None:
    names = opened(write_statistics(outcome_of("khb-106", "106年度", units(2), 1))).sheetnames
    assert not any(name.startswith("比較") for name in names)


def test_equal_rounds_give_equal_bytes(tmp_path: Path) -> None:
    assert compared("khb-106", tmp_path)[2] == compared("khb-106", tmp_path)[2]

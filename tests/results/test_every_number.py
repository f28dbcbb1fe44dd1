"""Every number in every sheet of the four demos, counted again by another voice (see recounting).

A number that stands in a sheet and that nothing here accounts for is a failure, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from numbers import Real
from pathlib import PurePosixPath
from typing import Any

import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.results.demos import DEMOS, workbook_of
from tests.results.reading import opened
from tests.results.recounting import (
    counted,
    definition,
    entries,
    figure,
    files,
    samples,
    scores,
    units,
)

Expected = Iterator[tuple[int, int, float]]
Numbers = dict[Any, float]
"""By the number of a column, or by its head."""
KINDS = {"本署": "hq", "自行": "self", "自行檢測": "self", "考核小組": "committee"}


@cache
def grids(id: str) -> dict[str, list[list[Any]]]:
    book = opened(workbook_of(id), values=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def table(id: str, sheet: str, head: str = "編號") -> tuple[int, pd.DataFrame]:
    """The index of a list's row of heads, and what stands below it by its heads.

    What figures are out of stands below the word: 總分, 滿分1000分.
    """
    grid = grids(id)[sheet]
    at = next(i for i, row in enumerate(grid) if head in row)
    words = [str(each).partition("\n")[0] if each else each for each in grid[at]]
    return at, pd.DataFrame(grid[at + 1 :], columns=words, dtype=object)


def short(path: object) -> str:
    """The path below the inbox."""
    return PurePosixPath(str(path).replace("\\", "/").partition("/returned/")[2] or str(path)).name


@cache
def accepted(id: str) -> set[str]:
    _, receipts = table(id, "收件紀錄", "檔案")
    return {short(path) for path in receipts[receipts["情形"] == "採用"]["檔案"]}


@cache
def leaf_scores(id: str) -> pd.Series:
    return counted(id, accepted(id)).set_index(["unit", "kind", "leaf"]).score


@cache
def item_scores(id: str) -> pd.Series:
    return counted(id, accepted(id)).groupby(["unit", "kind", "item"]).score.sum()


@cache
def totals(id: str) -> pd.Series:
    """Rounded to four decimals, a half up."""
    summed = counted(id, accepted(id)).groupby(["unit", "kind"]).score.sum()
    return (summed * 10_000 + 0.5 + 1e-6).floordiv(1) / 10_000


def forms(id: str, unit: str, kind: str) -> Numbers:
    """Of a committee, how many forms a total is made of."""
    if kind != "committee":
        return {}
    given = scores(id)
    given = given[given.path.isin(accepted(id)) & (given.kind == kind) & (given.unit == unit)]
    return {"份數": given.assessor.nunique()}


def of_rows(id: str, sheet: str, fits: Callable[[str, int], Numbers]) -> Expected:
    """Of a list with 編號: what stands in the columns of each row, by their heads or numbers."""
    at, rows = table(id, sheet)
    heads = list(rows.columns)
    for i, row in enumerate(rows.itertuples(index=False), at + 1):
        if row[heads.index("編號")] in units(id).index:
            for head, value in fits(str(row[heads.index("編號")]), i).items():
                yield i, head if isinstance(head, int) else heads.index(head), value


def statistics(id: str, sheet: str) -> Expected:
    kind = _kind_of_sheet(id, sheet)
    lower = grids(id)[sheet][table(id, sheet)[0] + 1]
    columns = {
        key: next(i for i, head in enumerate(lower) if str(head).startswith(f"{item['name']}\n"))
        for key, item in definition(id).items.items()
    }

    def fits(unit: str, row: int) -> Numbers:
        if (unit, kind) not in totals(id):
            return {}
        found = {columns[item]: item_scores(id)[unit, kind, item] for item in columns}
        return {**found, "總分": totals(id)[unit, kind], **forms(id, unit, kind)}

    return of_rows(id, sheet, fits)


def _kind_of_sheet(id: str, sheet: str) -> str:
    word = sheet.partition("（")[2].removesuffix("）")
    if word:
        return KINDS[word]
    kinds = {kind for _, kind in totals(id).index}
    return next(kind for kind in ("hq", "committee", "self") if kind in kinds)


def differences(id: str, sheet: str) -> Expected:
    def fits(unit: str, row: int) -> Numbers:
        found: Numbers = {}
        whole = [
            [item_scores(id).get((unit, kind, item)) for kind in ("self", "committee")]
            for item in definition(id).items
        ]
        whole.append([totals(id).get((unit, kind)) for kind in ("self", "committee")])
        for at, (own, theirs) in enumerate(whole):
            column = 2 + 3 * at
            found |= {} if own is None else {column: own}
            found |= {} if theirs is None else {column + 1: theirs}
            if own is not None and theirs is not None:
                found[column + 2] = own - theirs
        return found

    return of_rows(id, sheet, fits)


def ranking(id: str, sheet: str) -> Expected:
    group = units(id).get("組別")
    frame = totals(id).reset_index(name="total")
    frame["group"] = "" if group is None else frame.unit.map(group)
    ranks = frame.groupby(["kind", "group"]).total.rank(method="min", ascending=False)
    rank = dict(zip(zip(frame.unit, frame.kind, strict=True), ranks, strict=True))
    kinds = {
        i: KINDS[str(row[0]).removeprefix("考核類別：")]
        for i, row in enumerate(grids(id)[sheet])
        if str(row[0]).startswith("考核類別：")
    }

    def fits(unit: str, row: int) -> Numbers:
        kind = kinds[max(at for at in kinds if at < row)]
        if (unit, kind) not in rank:
            return {}
        found = {"名次": rank[unit, kind], "總分": totals(id)[unit, kind]}
        return {**found, **forms(id, unit, kind)}

    return of_rows(id, sheet, fits)


def near_bounds(id: str, sheet: str) -> Expected:
    """What it tells of other scores is counted again beside the list itself."""
    group = units(id).get("組別")
    frame = totals(id).reset_index(name="total")
    frame["group"] = "" if group is None else frame.unit.map(group)
    frame["rank"] = frame.groupby(["kind", "group"]).total.rank(method="min", ascending=False)
    found = frame.set_index(["unit", "kind"])
    head, rows = table(id, sheet)
    kinds = list(rows["類別"]) if "類別" in rows else []

    def fits(unit: str, row: int) -> Numbers:
        own = found.loc[unit]
        mine = own.loc[KINDS[str(kinds[row - head - 1])]] if kinds else own.iloc[0]
        return {name: float(str(mine[key])) for name, key in (("總分", "total"), ("名次", "rank"))}

    return of_rows(id, sheet, fits)


def leaves(id: str, sheet: str) -> Expected:
    grid, order = grids(id)[sheet], list(definition(id).leaves)

    def fits(unit: str, row: int) -> Numbers:
        kind = KINDS[str(grid[row][2])]
        if (unit, kind) not in totals(id):
            return {}
        found = {3 + i: leaf_scores(id)[unit, kind, leaf] for i, leaf in enumerate(order)}
        return {**found, "總分": totals(id)[unit, kind]}

    yield from of_rows(id, sheet, fits)
    last = len(grid) - 1
    for i, leaf in enumerate(order):
        yield last, 3 + i, leaf_scores(id)[:, :, leaf].mean()
    yield last, 3 + len(order), totals(id).mean()


def members(id: str, sheet: str) -> Expected:
    given = scores(id)
    given = given[given.path.isin(accepted(id)) & (given.kind == "committee")]
    each = given.groupby(["unit", "assessor"]).score.sum()

    def fits(unit: str, row: int) -> Numbers:
        if (unit, "committee") not in totals(id):
            return {}
        own = each[unit]
        rest = {"總分": totals(id)[unit, "committee"], "全距": own.max() - own.min()}
        return {**own.to_dict(), **rest, **forms(id, unit, "committee")}

    return of_rows(id, sheet, fits)


def spreads(id: str, sheet: str) -> Expected:
    given = scores(id)
    given = given[given.path.isin(accepted(id)) & (given.kind == "committee")]
    found = given.groupby(["unit", "name"], sort=False).agg(
        滿分=("cap", "first"),
        人數=("score", "count"),
        平均=("score", "mean"),
        最低=("score", "min"),
        最高=("score", "max"),
    )
    found["全距"] = found["最高"] - found["最低"]
    of_leaf = found.to_dict("index")
    return of_rows(id, sheet, lambda unit, row: of_leaf[unit, grids(id)[sheet][row][2]])


def growths(id: str, sheet: str) -> Expected:
    found = entries(id)
    found = found[found.path.isin(accepted(id)) & found.key.isin({"this_year", "last_year"})]
    found = found[found.value.notna()]
    given = found.pivot(index=["path", "unit", "assessor", "leaf"], columns="key", values="value")
    given = given.reset_index()
    grows = {str(grown["label"]): leaf for leaf, grown in _growing(id).items()}
    grid = grids(id)[sheet]

    def fits(unit: str, row: int) -> Numbers:
        label, who = str(grid[row][3]), KINDS.get(str(grid[row][2]), grid[row][2])
        leaf = grows[label]
        (own,) = given[(given.unit == unit) & (given.leaf == leaf) & (given.assessor == who)].index
        this, last = figure(given.this_year[own]), figure(given.last_year[own])
        rate = round((this - last) / last, 4) if last else float("nan")
        told = {"本年度": this, "上年度": last, "成長率": rate}
        return {head: value for head, value in told.items() if value == value}

    return of_rows(id, sheet, fits)


def _growing(id: str) -> dict[str, Any]:
    """What grows, by the ids of the leaves."""
    found = {}

    def walk(node: dict[str, Any]) -> None:
        if "growth" in node:
            found[node["id"]] = node["growth"]
        for child in node.get("children", ()):
            walk(child)

    for top in definition(id).raw["tree"]:
        walk(top)
    return found


def by_item(id: str, sheet: str) -> Expected:
    grid = grids(id)[sheet]

    def fits(unit: str, row: int) -> Numbers:
        name = str(grid[row][0]).partition(".")[2]
        (item,) = (key for key, node in definition(id).items.items() if node["name"] == name)
        return {"得分": item_scores(id)[unit, KINDS[str(grid[row][3])], item]}

    return of_rows(id, sheet, fits)


def of_unit(id: str, sheet: str) -> Expected:
    code, word = sheet.split()[0], sheet.partition("（")[2].removesuffix("）")
    kind = KINDS[word] if word else _kind_of_sheet(id, "")
    first = next(i for i, row in enumerate(grids(id)[sheet]) if row[3] == "分數") + 1
    items = list(definition(id).items)
    for i, item in enumerate(items, first):
        yield i, 3, item_scores(id)[code, kind, item]
    yield first + len(items), 3, totals(id)[code, kind]


def again(id: str, sheet: str) -> Expected:
    kind = definition(id).raw["clauses"]["reevaluation"]["kind"]
    return of_rows(id, sheet, lambda unit, row: {"總分": totals(id)[unit, kind]})


@cache
def findings(id: str) -> pd.DataFrame:
    _, found = table(id, "檢核結果", "嚴重性")
    found = found[found["代碼"].notna()].copy()
    found["檔案"] = found["檔案"].map(short)
    return found


def by_rule(id: str, sheet: str) -> Expected:
    groups = findings(id).groupby("代碼")
    yield from _how_many(id, sheet, "代碼", groups)


def by_criterion(id: str, sheet: str) -> Expected:
    grave = findings(id)
    grave = grave[(grave["嚴重性"] != "提示") & grave["細項"].notna()]
    yield from _how_many(id, sheet, "評分細項", grave.groupby("細項"))


def _how_many(id: str, sheet: str, head: str, groups: Any) -> Expected:
    at, rows = table(id, sheet, head)
    count, named = groups.size(), groups["單位"].nunique()
    heads = list(rows.columns)
    for i, key in enumerate(rows[head], at + 1):
        if key in count:
            yield i, heads.index("項數"), count[key]
            if named[key]:
                yield i, heads.index("單位數"), named[key]


def hand_ins(id: str, sheet: str) -> Expected:
    found, grid = findings(id), grids(id)[sheet]
    column = grid[table(id, sheet)[0]].index("檔案")

    def fits(unit: str, row: int) -> Numbers:
        paths = {short(path) for path in str(grid[row][column] or "").split("\n")}
        own = found[found["檔案"].isin(paths)]["嚴重性"].value_counts()
        return {word: own[word] for word in ("應更正", "請確認") if word in own}

    return of_rows(id, sheet, fits)


def receipts(id: str, sheet: str) -> Expected:
    at, rows = table(id, sheet, "檔案")
    for i, path in enumerate(rows["檔案"], at + 1):
        if short(path) in files(id):
            yield i, list(rows.columns).index("大小"), len(files(id)[short(path)])


@cache
def steps(id: str) -> pd.DataFrame:
    found = entries(id)
    found = found[(found.key == "status") & found.path.isin(accepted(id))].copy()
    found["top"] = found.leaf.map(lambda leaf: definition(id).leaves[leaf].top)
    return found


def asked(id: str) -> int:
    """How many steps every form holds."""
    found = entries(id)
    return int(found[found.key == "status"].groupby("path").size().max())


def checklist(id: str, sheet: str) -> Expected:
    by_unit = pd.crosstab(steps(id).unit, steps(id).value)
    words = ("已完成", "辦理中", "未辦理", "不適用")

    def counts(own: Any) -> Numbers:
        found = {word: own.get(word, 0) for word in words}
        rate = found["已完成"] / (own.sum() - found["不適用"])
        return {"應辦": own.sum(), **found, "完成率": rate}

    def fits(unit: str, row: int) -> Numbers:
        return counts(by_unit.loc[unit]) if unit in by_unit.index else {"應辦": asked(id)}

    yield from of_rows(id, sheet, fits)
    _, rows = table(id, sheet)
    last = next(i for i, row in enumerate(grids(id)[sheet]) if row[0] == "合計")
    for head, value in counts(by_unit.sum()).items():
        yield last, list(rows.columns).index(head), value


def completion(id: str, sheet: str) -> Expected:
    tops = [node["id"] for node in definition(id).raw["tree"]]

    def rates(own: pd.DataFrame) -> Numbers:
        applying = own[own.value != "不適用"]
        done = (applying.value == "已完成").groupby(applying.top).mean()
        parts: Numbers = {2 + i: done[top] for i, top in enumerate(tops) if top in done}
        return {**parts, 2 + len(tops): (applying.value == "已完成").mean()}

    def fits(unit: str, row: int) -> Numbers:
        own = steps(id)[steps(id).unit == unit]
        return rates(own) if len(own) else {}

    yield from of_rows(id, sheet, fits)
    last = next(i for i, row in enumerate(grids(id)[sheet]) if row[0] == "合計")
    for column, value in rates(steps(id)).items():
        assert isinstance(column, int)
        yield last, column, value


def sources(id: str, sheet: str) -> Expected:
    """What stood in each form's cell, and counts; below a unit's leaves its total."""
    at, rows = table(id, sheet)
    heads, found = list(rows.columns), entries(id)
    there = found[found.key == "score"].set_index(["path", "leaf"]).value
    for i, row in enumerate(rows.to_dict("records"), at + 1):
        unit, leaf, kind = row["編號"], row["代號"], KINDS.get(str(row["類別"]), "")
        if leaf and (value := there.get((short(row["檔案"]), leaf))) is not None:
            yield i, heads.index("採計"), figure(value)
            if isinstance(value, Real):
                yield i, heads.index("表件所填"), float(value)
        elif not leaf and "考核結果統計表" in grids(id) and (unit, kind) in totals(id):
            yield i, heads.index("採計"), totals(id)[unit, kind]


BOUNDS = "（各界線，標示於圖的右端）"
"""What the row is called in which bounds end that lie across a chart."""


def chart_figures(id: str, sheet: str) -> Expected:
    """Of the tables of 圖表資料, each below the title of its chart."""
    title, heads = "", list[Any]()
    for i, row in enumerate(grids(id)[sheet]):
        if row[1] == "圖上標示":
            title, heads = str(grids(id)[sheet][i - 1][0]), row
        elif not any(row) or (row[0] not in {None, BOUNDS} and not row[1]):
            heads = []
        else:
            name = "" if row[0] == BOUNDS else str(row[0] or "")
            for column, head in enumerate(heads[2:], 2):
                value = _charted(id, title, str(head), name) if head else None
                if value is not None:
                    yield i, column, value


def _charted(id: str, title: str, head: str, name: str) -> float | None:
    """What a chart with this title shows of a category in a series or as a bound."""
    bounds = {f"{each['name']} {each['min']:g}分": each["min"] for each in _grades(id)}
    code, word = name.partition(" ")[0], title.partition("（")[2].removesuffix("）")
    if head in bounds and title.partition("（")[0].endswith("各單位總分"):
        return float(bounds[head])
    if not name:
        return None
    if title.endswith(("辦理情形", "完成率")):
        return _answered(id, title, head, name, code)
    kind = KINDS.get(head.partition("（")[0]) or KINDS.get(word) or _kind_of_sheet(id, "")
    if title.partition("（")[0].endswith(("各單位總分", "考核總分")):
        return float(totals(id)[code, kind])
    if title == "等第分布":
        grades = [_grade(id, unit, kind) for unit in totals(id)[:, kind].index]
        return float(grades.count(name))
    if title.startswith("各項目"):
        (item,) = (
            each for each in definition(id).items.values() if name.startswith(f"{each['name']}（")
        )
        return float(item_scores(id)[:, kind, item["id"]].mean()) / float(item["cap"])
    if title.endswith("考核人員評分差距"):
        return _given_to(id, code)[head]
    assert title == "各考核人員評分高低"
    each = _given(id)
    return float((each[:, name] - each.groupby("unit").median()).mean())


def _grades(id: str) -> list[dict[str, Any]]:
    return list(definition(id).raw.get("grades", ()))


def _grade(id: str, unit: str, kind: str) -> str:
    """By its total; who passed the re-evaluation has the next higher one."""
    reached = [each["name"] for each in _grades(id) if totals(id)[unit, kind] >= each["min"]]
    names, path = [each["name"] for each in _grades(id)], samples(id) / "rulings.csv"
    if path.exists() and kind == definition(id).raw["clauses"]["reevaluation"]["kind"]:
        rulings = pd.read_csv(path, dtype=str).set_index("編號")
        if unit in rulings.index and rulings["複評結果"][unit] == "通過":
            return str(names[names.index(reached[0]) - 1])
    return str(reached[0])


def _given(id: str) -> pd.Series:
    """The total that each member of the committee gave each unit."""
    given = scores(id)
    given = given[given.path.isin(accepted(id)) & (given.kind == "committee")]
    return given.groupby(["unit", "assessor"]).score.sum()


def _given_to(id: str, unit: str) -> dict[str, float]:
    own, total = _given(id)[unit], totals(id)[unit, "committee"]
    low, high = own.min(), own.max()
    return {"最低": low, "最高": high, "全距": high - low, "總分": total}


def _answered(id: str, title: str, head: str, name: str, code: str) -> float:
    """Of a checklist, whose only round here is June's."""
    found = steps(id)
    if title == "各查核期限的辦理情形":
        assert name == "6月"
        return float((found.value == head).sum())
    if title == "各單位完成率":
        found = found[found.unit == code]
    else:
        (top,) = (top["id"] for top in definition(id).raw["tree"] if name.endswith(top["name"]))
        found = found[found.top == top]
    return float((found[found.value != "不適用"].value == "已完成").mean())


def one_unit(id: str, sheet: str) -> Expected:
    """The comparison above, of the unit that stands there when it is opened; the list below."""
    grid, items = grids(id)[sheet], definition(id).items
    heads = [i for i, row in enumerate(grid) if row[0] == "受考核單位"]
    chosen, whom = str(grid[2][1]), str(grid[3][1])
    known: dict[str, list[float]] = {}
    groups: dict[str, str] = {}
    for i, row in enumerate(grid[heads[1] + 1 :], heads[1] + 1):
        name, word = str(row[0]), str(row[0]).partition("（")[2].removesuffix("）")
        code, kind = name.partition(" ")[0], KINDS.get(word) or _kind_of_sheet(id, "")
        own = [float(item_scores(id)[code, kind, item]) for item in items]
        known[name], groups[name] = [*own, float(totals(id)[code, kind])], str(row[1])
        for column, value in enumerate(known[name], 2):
            yield i, column, value
    caps = [float(item["cap"]) for item in items.values()]
    peers = [known[name] for name, group in groups.items() if group == whom]
    for i, cap in enumerate([*caps, sum(caps)]):
        its, mean = known[chosen][i], sum(each[i] for each in peers) / len(peers)
        figures = (cap, its, its / cap, mean, mean / cap, its - mean)
        yield from ((5 + i, column, value) for column, value in enumerate(figures, 1))


SHEETS: dict[str, Callable[[str, str], Expected]] = {
    "考核結果統計表": statistics,
    "自行檢測與考核小組差異": differences,
    "排名與獎懲": ranking,
    "複評": again,
    "邊界清單": near_bounds,
    "細項得分": leaves,
    "考核人員評分": members,
    "評分差距": spreads,
    "成長率": growths,
    "圖表資料": chart_figures,
    "單位與同組": one_unit,
    "各考核項目彙整": by_item,
    "檢核結果統計表": checklist,
    "完成率": completion,
    "各項問題": by_rule,
    "易錯細項": by_criterion,
    "繳交情形": hand_ins,
    "收件紀錄": receipts,
    "來源": sources,
}
"""How the numbers of a sheet are accounted for; of a unit's own sheet see `of_unit`."""


def numbers(sheet: Worksheet) -> dict[tuple[int, int], float]:
    return {
        (cell.row - 1, cell.column - 1): cell.value
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, float | int) and not isinstance(cell.value, bool)
    }


@pytest.mark.parametrize("id", DEMOS)
def test_every_number_of_the_demo_is_what_another_voice_counts(id: str) -> None:
    counted_at_all = 0
    for sheet in opened(workbook_of(id), values=True):
        found = numbers(sheet)
        own = sheet.title.split()[0] in units(id).index
        account = of_unit if own else SHEETS.get(sheet.title.partition("（")[0])
        if account is None:
            assert not found, f"{id} {sheet.title}: numbers that nothing accounts for"
            continue
        expected = {(row, column): value for row, column, value in account(id, sheet.title)}
        assert set(found) == set(expected), (id, sheet.title)
        for place, value in expected.items():
            assert found[place] == pytest.approx(value, abs=1e-9), (id, sheet.title, place)
        counted_at_all += len(expected)
    assert counted_at_all > 40, id

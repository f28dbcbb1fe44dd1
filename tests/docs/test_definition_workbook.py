"""The page on writing a definition in Excel does not lie: its examples are read and computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.examples import UNIT, clean_facts, edit
from svcq_excel.checks.runner import check
from svcq_excel.checks.submission import Submission
from svcq_excel.plan.rounds import in_round
from svcq_excel.plan.rulings import NONE, read_rulings
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult
from svcq_excel.results.noticing import noticed
from svcq_excel.results.scoring.committee import members_of
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.documents import Heading
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Growth, Kind, Rubric
from svcq_excel.rubric.sheets.wording import KIND_WORDS
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import WrittenDate

Table = list[dict[str, str]]

PAGE = Path(__file__).parents[2] / "docs" / "definition-workbook.md"
SHEETS = ("計畫", "評分項目", "等第", "獎懲", "條款", "附件")


def tables(text: str) -> dict[str, Table]:
    """The tables of a part of the page, by the bold line above each."""
    found = {}
    for name, table in re.findall(r"^\*\*(.+)\*\*\n\n((?:\|.*\n?)+)", text, re.MULTILINE):
        lines = ([cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines())
        heads, _, *rows = lines
        found[name] = [dict(zip(heads, row, strict=True)) for row in rows]
    return found


def parts() -> dict[str, dict[str, Table]]:
    """The examples by their titles; the first is what the others start from."""
    _, _, examples = PAGE.read_text(encoding="utf-8").partition("# 例子\n")
    pieces = re.split(r"^##+ (.+)\n", examples, flags=re.MULTILINE)
    found = zip(pieces[1::2], pieces[2::2], strict=True)
    return {title: held for title, text in found if (held := tables(text))}


PARTS = parts()
BASE = PARTS["共用的定義"]


def defined(example: Mapping[str, Table], folder: Path) -> Rubric:
    """The definition, written into a workbook with no more than what the page shows, and read."""
    said = {sheet: example.get(sheet, BASE.get(sheet, [])) for sheet in SHEETS}
    if "計畫" in example and example is not BASE:
        said["計畫"] = [*BASE["計畫"], *example["計畫"]]
    book = openpyxl.Workbook()
    for sheet in SHEETS:
        page = book.create_sheet(sheet)
        heads = list(said[sheet][0]) if said[sheet] else []
        page.append(heads)
        for row in said[sheet]:
            page.append([row[head] or None for head in heads])
    path = folder / "定義.xlsx"
    book.save(path)
    return load(str(path))


def kind_of(assessor: str) -> Kind:
    return "self" if assessor == "自行" else "committee"


def results(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> Sequence[UnitResult]:
    """What the reported scores come to."""
    reported = example.get("填報", BASE["填報"])
    units = tuple(
        dict.fromkeys(Unit(row["編號"], f"單位{row['編號']}", row["組別"]) for row in reported)
    )
    forms = [
        Submission(
            row["編號"],
            kind := kind_of(row["考核人員"]),
            "self" if kind == "self" else f"committee:{row['考核人員']}",
            {leaf.id: Decimal(row[leaf.id]) for leaf in rubric.leaves},
            WrittenDate(2016, 9, 10),
            row["考核人員"],
        )
        for row in reported
    ]
    rulings = NONE
    if ruled := example.get("複評及加減分"):
        path = folder / "複評及加減分.csv"
        lines = [[*ruled[0]], *([*row.values()] for row in ruled)]
        path.write_text("\n".join(map(",".join, lines)), encoding="utf-8", newline="\n")
        rulings = read_rulings(path, rubric, units)
    return noticed(rubric, conclude(rubric, units, forms, (), rulings), rulings)


TITLES = {rule.code: rule.title for rule in catalogue()}

SHOWN: dict[str, Callable[[UnitResult], str]] = {
    "編號": lambda result: result.unit.code,
    "總分": lambda result: shown(result.total) if result.total is not None else "",
    "等第": lambda result: result.grade or "",
    "名次": lambda result: str(result.rank or ""),
    "獎懲": lambda result: result.reward.text if result.reward else "",
    "原得分": lambda result: shown(result.scored) if result.scored is not None else "",
    "提示": lambda result: "、".join(TITLES[each.code] for each in result.violations),
}


def concluded(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    found = results(rubric, example, folder)
    for name, kind in (("結果", "committee"), ("自評的提示", "self")):
        by_code = {each.unit.code: each for each in found if each.kind == kind}
        for row in example.get(name, []):
            result = by_code[row["編號"]]
            assert {head: SHOWN[head](result) for head in row} == row


def filled(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    for row in example["填表"]:
        entered: dict[str, object] = {"score": float(row["得分"])}
        if "適用級距" in row:
            entered["band"] = row["適用級距"]
        if "佐證數據" in row:
            entered["measure"] = float(row["佐證數據"]) if row["佐證數據"] else ""
        facts = edit(row["代號"], **entered)(clean_facts(rubric))  # type: ignore[arg-type]
        found = check(CheckedForm(facts, rubric, {UNIT.code: UNIT}))
        said = [TITLES[each.code] for each in found if each.criterion == row["代號"]]
        assert (row, said or ["無"]) == (row, [row["檢核"]])


def named(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    found = [
        {
            "代號": node.id,
            "表上字樣": node.printed,
            "評分標準": node.text or "",
            "注意事項": node.notice or "",
        }
        for _, node in rubric.walk()
    ]
    assert found == example["所得"]


def grown(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    for row in example["成長"]:
        assert rubric.nodes[row["代號"]].growth
        rate = Growth.rate(Decimal(row["本年度"]), Decimal(row["上年度"]))
        assert rate is not None
        assert f"{shown(rate * 100)}%" == row["成長率"]


def due(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    for row in example["應查核"]:
        steps = in_round(rubric, row["期別"]).leaves
        assert "、".join(step.name for step in steps) == row["步驟"]


def titles(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    kinds: dict[str, Kind] = {word: kind for kind, word in KIND_WORDS.items()}  # type: ignore[misc]
    for row in example["標題"]:
        assert rubric.title_of_form(kinds[row["考核種類"]]) == row["評分表標題"]


def rounds(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    assert rubric.clauses.rounds
    assert [{"各期": name} for name in rubric.clauses.rounds.names] == example["期別"]


def outlined(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    def outline(heads: Sequence[Heading]) -> Iterator[str]:
        for head in heads:
            below = "、".join(outline(head.heads))
            yield f"{head.name} > {below}" if below else head.name

    for row in example["文件"]:
        (document,) = rubric.documents
        assert document.title_of(row["單位"]) == row["標題"]
        assert "；".join(outline(document.heads)) == row["大綱"]
        assert (document.line, str(document.pages)) == (row["標題下一行"], row["頁數"])


def apart(rubric: Rubric, example: Mapping[str, Table], folder: Path) -> None:
    members = members_of(rubric, results(rubric, example, folder))
    found = [
        {
            "考核人員": member.key.partition(":")[2],
            "與中位數相差": shown(member.level or Fraction(0)),
            "提示": "請確認" if member.apart else "",
        }
        for member in members
    ]
    assert found == example["委員"]


SHOWING = {
    "委員": apart,
    "結果": concluded,
    "填表": filled,
    "所得": named,
    "成長": grown,
    "應查核": due,
    "標題": titles,
    "期別": rounds,
    "文件": outlined,
}


@pytest.mark.parametrize("title", PARTS)
def test_an_example_comes_to_what_the_page_says(title: str, tmp_path: Path) -> None:
    example = PARTS[title]
    rubric = defined(example, tmp_path)
    shown_in = [compare for name, compare in SHOWING.items() if name in example]
    assert shown_in
    for compare in shown_in:
        compare(rubric, example, tmp_path)


def test_every_clause_is_shown_in_an_example() -> None:
    from svcq_excel.rubric.sheets.clause_items import CLAUSES

    shown_in = set()
    for example in PARTS.values():
        above = ""
        for row in example.get("條款", []):
            above = row["條款"].rstrip("123") or above
            shown_in.add((above, row["項目"]))
    every = {(clause.name, item.name) for clause in CLAUSES for item in clause.items}
    assert not {pair for pair in every - shown_in if pair[1] != "依據"}


def test_every_column_of_the_sheets_is_shown_in_an_example() -> None:
    from svcq_excel.rubric.sheets.columns import DOCUMENTS, GRADES, REWARDS, TREE

    shown_in = {
        head for ex in PARTS.values() for rows in ex.values() for row in rows for head in row
    }
    every = {each.head for columns in (TREE, GRADES, REWARDS, DOCUMENTS) for each in columns}
    assert every - shown_in == {"下層合計", "核對"}, "which are computed"

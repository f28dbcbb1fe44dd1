"""Reads 計畫 and 條款: rows of 項目 and 值."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from svcq_excel.rubric.sheets.cells import folded
from svcq_excel.rubric.sheets.clause_items import CLAUSE, CLAUSES, Clause
from svcq_excel.rubric.sheets.columns import PLAN_SHEET
from svcq_excel.rubric.sheets.items import (
    ITEM,
    ITEMS,
    KIND_ITEM,
    NO_WORDS,
    OTHER_ITEMS,
    SUM_ITEM,
    VALUE,
    Item,
    kind_items,
)
from svcq_excel.rubric.sheets.rows.table import Row
from svcq_excel.rubric.sheets.rows.taking import Raw, Taking
from svcq_excel.rubric.sheets.values import TEXT, listed
from svcq_excel.rubric.sheets.wording import KINDS
from svcq_excel.rubric.source import Keys

_NUMBERED = re.compile(r"(\D+?)(\d*)")


def read_items(rows: Sequence[Row], data: Raw, taking: Taking) -> None:
    """Puts what 計畫 says of the definition into its data; other rows are left alone."""
    known = {folded(word): item for item in ITEMS for word in (item.name, *item.also)}
    others = {folded(name) for name in OTHER_ITEMS}
    kinds = {folded(item.name): item for item in kind_items()}
    sums: dict[str, str] = {}
    seen: set[Keys] = set()
    for row in rows:
        name = folded(row[ITEM].text)
        if (item := known.get(name) or kinds.get(name)) is not None:
            _put_item(row, item, data, seen, taking)
        elif name.startswith(folded(SUM_ITEM)):
            _put_sum(row, sums, taking)
        elif name.startswith(folded(KIND_ITEM)):
            message = f"不認得「{row[ITEM].text}」"
            fix = f"「{KIND_ITEM}」之後請寫{listed(KINDS.choices)}之一"
            taking.tell(row.place(ITEM), row.sheet, message, fix, ("kinds",))
        elif name and name not in others:
            _misspelt(row, [*known, *others], taking)
    if sums:
        data["sums"] = sums
    if not data.get("id") and data.get("year"):
        data["id"] = f"plan-{data['year']}"
        if place := taking.cells.get(("id",)):
            taking.given[place] = str(data["id"])


def _put_item(row: Row, item: Item, data: Raw, seen: set[Keys], taking: Taking) -> None:
    place, keys = row.place(VALUE), item.keys
    taking.stands_first(keys[:1], place)
    if row[VALUE].is_blank:
        taking.stands_first(keys, place)
        return
    if item.repeats:
        texts = data.setdefault(str(keys[0]), [])
        assert isinstance(texts, list)
        at = (*keys, len(texts))
        taking.stands(at, place)
        texts.append(taking.value(item.value, row[VALUE], item.name, at))
        return
    if keys in seen:
        taking.tell(place, row.sheet, f"「{item.name}」寫了兩次", "請只保留一列", keys)
        return
    seen.add(keys)
    taking.stands(keys, place)
    taking.put(data, keys, item.value, row[VALUE], item.name, ())


def _put_sum(row: Row, sums: dict[str, str], taking: Taking) -> None:
    level = re.split("[：:]", row[ITEM].text, maxsplit=1)[1].strip()
    keys: Keys = ("sums", level)
    taking.stands(keys, row.place(VALUE))
    if not row[VALUE].is_blank:
        said = str(taking.value(TEXT, row[VALUE], row[ITEM].text, keys))
        sums[level] = "" if said.strip() == NO_WORDS else said


def _misspelt(row: Row, known: list[str], taking: Taking) -> None:
    """A row that looks like one of ours is told; any other is somebody's own."""
    said = folded(row[ITEM].text)
    if near := get_close_matches(said, known, n=1, cutoff=0.7):
        fix = f"請改為「{near[0]}」；若是自己的註記，請改用別的說法"
        message = f"不認得項目「{row[ITEM].text}」"
        taking.tell(row.place(ITEM), row.sheet, message, fix, (PLAN_SHEET,))


def read_clauses(rows: Sequence[Row], tree: Sequence[Raw], taking: Taking) -> Raw:
    """What 條款 says; a node may be called by its name."""
    groups: dict[tuple[str, str], list[tuple[Item, Row]]] = {}
    of = {clause.name: clause for clause in CLAUSES}
    for clause, number, row in _claused(rows, taking):
        name = folded(row[ITEM].text)
        if item := next((each for each in clause.items if each.name == name), None):
            groups.setdefault((clause.name, number), []).append((item, row))
        elif name:
            message = f"「{clause.name}」沒有「{row[ITEM].text}」這一項"
            fix = f"請改為{listed(each.name for each in clause.items)}之一，或刪除這一列"
            taking.tell(row.place(ITEM), row.sheet, message, fix, ("clauses",))
    found: Raw = {}
    names = _ids_by_name(tree)
    for (name, _), items in groups.items():
        _put_clause(of[name], items, found, names, taking)
    return found


def _put_clause(
    clause: Clause,
    items: Sequence[tuple[Item, Row]],
    found: Raw,
    names: Mapping[str, str],
    taking: Taking,
) -> None:
    """One clause, or one of several; with nothing filled there is none."""
    at = clause.keys
    if all(row[VALUE].is_blank for _, row in items) and clause.repeats:
        return
    if clause.repeats:
        several = found.setdefault(str(at[0]), [])
        assert isinstance(several, list)
        at = (*at, len(several))
        several.append(part := Raw())
    else:
        part = found
    keys: Keys = ("clauses", *at)
    for item, row in items:
        inner = item.keys if clause.repeats else (*clause.keys, *item.keys)
        whole: Keys = (*keys, *item.keys)
        if whole in taking.cells and not row[VALUE].is_blank and _is_put(part, inner):
            message = f"「{clause.name}」的「{item.name}」寫了兩次"
            taking.tell(row.place(VALUE), row.sheet, message, "請只保留一列", whole)
            continue
        taking.stands_first(keys, row.place(VALUE))
        taking.stands(whole, row.place(VALUE))
        called = f"{clause.name}：{item.name}"
        above: Keys = keys if clause.repeats else ("clauses",)
        taking.put(part, inner, item.value, row[VALUE], called, above)
    _by_id(part, clause, names)


def _is_put(part: Raw, at: Keys) -> bool:
    here: object = part
    for key in at:
        if not isinstance(here, dict) or key not in here:
            return False
        here = here[key]
    return True


def _by_id(part: Raw, clause: Clause, names: Mapping[str, str]) -> None:
    """Nodes that are called by their names get their ids."""
    if clause.keys == ("floors",) and (said := str(part.get("node", ""))) in names:
        part["node"] = names[said]
    ranking = part.get("ranking") if clause.keys == ("ranking",) else None
    if isinstance(ranking, dict) and isinstance(ties := ranking.get("ties"), list):
        ranking["ties"] = [names.get(folded(tie), tie) for tie in ties]


def _ids_by_name(nodes: Sequence[Raw]) -> dict[str, str]:
    """The ids of the nodes whose name no other has."""
    ids: dict[str, list[str]] = {}

    def walk(nodes: Sequence[Raw]) -> None:
        for node in nodes:
            ids.setdefault(folded(str(node.get("name", ""))), []).append(str(node["id"]))
            walk(children if isinstance(children := node.get("children", []), list) else [])

    walk(nodes)
    return {name: found[0] for name, found in ids.items() if len(found) == 1}


def _claused(rows: Sequence[Row], taking: Taking) -> Iterator[tuple[Clause, str, Row]]:
    """Each row with its clause; a blank one, or one merged with it, is that of the row above."""
    known = {clause.name: clause for clause in CLAUSES}
    above: tuple[Clause, str] | None = None
    for row in rows:
        said = folded(row[CLAUSE].text)
        if said:
            found = _NUMBERED.fullmatch(said)
            name, number = found.groups() if found else (said, "")
            above = (known[name], number) if name in known else None
            if above is None:
                fix = f"請改為{listed(known)}之一，或刪除"
                message = f"不認得條款「{row[CLAUSE].text}」"
                taking.tell(row.place(CLAUSE), row.sheet, message, fix, ("clauses",))
        if above:
            yield *above, row

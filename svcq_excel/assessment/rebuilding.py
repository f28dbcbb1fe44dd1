"""Rebuilds a definition from a form that was made of it: what stands on the form, and no more.

Its tree, caps, bands and texts are there; thresholds, grades, rewards, clauses and documents are
not, and have to be written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.form.identity import FORM_SHEET, Identity
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.workbook import Unreadable, Workbook

_CAP = re.compile(r"\s*[(（]([0-9]+(?:\.[0-9]+)?)分[)）]")
_BAND = re.compile(r"([0-9.]+)(?:-([0-9.]+))?分")
_NUMBERED = re.compile(
    r"^\s*(?:※|[0-9]+[.、．]|[(（][0-9一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、)\s*"
)
_SUM = re.compile(r"\s*(\*[^：:\s]+)[：:]")
_NOTICE = re.compile(r"評分注意事項[：:]")
_GOES_ON, _CHECKLIST_COLUMN = "（續）", "due"
_TITLE = re.compile(r"(.*?)([0-9]{2,3})年度?")
_KIND = re.compile(r"[(（](.+?)[)）]")
_LEAF_LEVEL, _TOP_LEVEL = "評分細項", "構面"
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9.]*")

Raw = dict[str, Any]


def rebuilt(workbook: Workbook, identity: Identity, file: str) -> Rubric:
    """The definition as far as a form shows it; raises DefinitionError where that is too little."""
    made = guarded(lambda: _raw(workbook, identity))
    try:
        if isinstance(made, Unreadable) or made is None:
            raise DefinitionError([_too_little(file)])
        return Rubric.model_validate(made)
    except ValidationError as error:
        raise DefinitionError([_too_little(file)]) from error


def _too_little(file: str) -> Problem:
    message = "表件所屬的評分表定義不是內附的，表件上的內容也不足以重建"
    return Problem(file, message, "請改以原來的定義檔或考核資料夾建立")


def _raw(workbook: Workbook, identity: Identity) -> Raw | None:
    rows = workbook.rows(FORM_SHEET) if FORM_SHEET in workbook.sheet_names else ()
    marked = {str(row[0]): row for row in rows if row and str(row[0]).startswith("#")}
    if not {"#keys", "#heads", "#title"} <= marked.keys():
        return None
    columns = {str(key): at for at, key in enumerate(marked["#keys"]) if at and key}
    heads = [str(marked["#heads"][columns[key]]) for key in columns if key.startswith("level")]
    tree = _Tree(columns)
    for row in rows:
        tree.read([str(value).strip() for value in row])
    levels = [_TOP_LEVEL, *heads, _LEAF_LEVEL][: max(tree.depth, 1) + 1]
    title = next(filter(None, map(str, marked["#title"][1:])))
    return {
        "format": 1,
        "id": re.sub(r"[^a-z0-9-]", "", identity.rubric.lower()) or "plan",
        **_titles(title, identity),
        "levels": levels,
        "item_level": levels[min(1, len(levels) - 1)],
        "sums": {levels[depth]: words for depth, words in tree.sums.items()},
        "unit_label": _unit_label(marked.get("#unit", ())) or "機關名稱",
        "text_title": str(marked["#heads"][columns["text"]]) if "text" in columns else "評分重點",
        "comments": tree.comments if "#comments" in marked else None,
        "tree": tree.tops,
    }


def _unit_label(row: Sequence[object]) -> str:
    """The words before the unit's name stand behind its code."""
    labels = [text[:-1] for value in row if (text := str(value).strip()).endswith("：")]
    return labels[1] if len(labels) > 1 else ""


def _titles(title: str, identity: Identity) -> Raw:
    """The agency stands before the year, the kind of assessment in brackets."""
    found, kind = _TITLE.match(title), _KIND.search(title)
    agency, year = (found[1], found[2]) if found else ("", "")
    pattern = title.replace(f"{agency}{year}", "{agency}{year}", 1) if agency else title
    pattern = pattern.replace(kind[0], "({kind})", 1) if kind else pattern
    word = kind[1] if kind else "自行"
    body = pattern.replace("考核項目及評分表", "").replace("評分表", "")
    return {
        "title": title.replace(kind[0], "", 1) if kind else title,
        "agency": agency or "（主辦機關）",
        "year": year or "1",
        "kinds": {assessor_kind(identity.assessor): word},
        "form_title": pattern,
        "table_title": f"{body}考核結果統計表",
    }


class _Tree:
    """The nodes in the order of a form's rows."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self._columns = columns
        self._levels = [at for key, at in columns.items() if key.startswith("level")]
        self._way: list[Raw] = []
        self.tops: list[Raw] = []
        self.depth = 0
        self.comments: str | None = None
        self.sums: dict[int, str] = {}
        """By depth, the words before the sums that are shown."""
        self._leaf: Raw | None = None
        self._is_below = False

    def read(self, row: Sequence[str]) -> None:
        key = row[0] if row else ""
        if key.startswith("#"):
            self._structure(key[1:], row)
        elif _CODE.fullmatch(key):
            self._begin_leaf(key, row)
        elif self._leaf is not None and not key:
            self._go_on(row)

    def _structure(self, key: str, row: Sequence[str]) -> None:
        text = row[self._levels[0]] if self._levels else ""
        self._leaf = None
        if key == "text" and self._way and text:
            if "children" in self._way[0]:  # below the tree: what the last field is for
                self.comments = text.rstrip("：:")
            else:
                self._way[0]["text"] = text
        elif _CODE.fullmatch(key) and key[0].isupper() and text:
            self._is_below = False
            self._add(key, text, len([*_ids(key)]) - 1)
            notice = next(filter(None, row[self._levels[0] + 1 :]), "")
            if said := _NOTICE.match(notice):
                self._way[-1]["notice"] = notice[said.end() :].strip()

    def _begin_leaf(self, key: str, row: Sequence[str]) -> None:
        ids = list(_ids(key))
        if self._is_below:  # the one before lies below no level that has a column
            self._way.pop()
            self._is_below = False
        beside = ""
        for depth, at in enumerate(self._levels, start=1):
            text = row[at]
            if not text or text.endswith(_GOES_ON) or not self._way:
                continue
            if _CAP.search(text) if "score" in self._columns else depth < len(ids):
                id = ids[depth] if depth < len(ids) else f"{key}.L{depth}"
                self._add(id, text, depth)
            else:  # of a leaf above the lowest level, the standard
                beside = text
        said = self._said(row)
        self._is_below = bool(_CAP.search(said)) and said.rstrip("：:").endswith(("分)", "分）"))
        if self._is_below:
            self._add(key, said, len(self._way))
        self._leaf = leaf = self._way[-1]
        leaf["id"] = key
        if beside:
            self._tell(leaf, beside)
        elif not self._is_below:
            self._go_on(row)
        if months := re.findall(r"([0-9]+)月", self._at(row, _CHECKLIST_COLUMN)):
            leaf["due"] = [int(month) for month in months]

    def _go_on(self, row: Sequence[str]) -> None:
        """A band of the leaf, or its standard."""
        assert self._leaf is not None
        band = _BAND.fullmatch(self._at(row, "range"))
        text = self._at(row, "text")
        if band and text:
            low, high = band[1], band[2] or band[1]
            self._leaf.setdefault("bands", []).append({"min": low, "max": high, "text": text})
        elif (said := text or self._at(row, "range")) and not said.startswith("（"):
            self._tell(self._leaf, said)

    def _tell(self, leaf: Raw, text: str) -> None:
        if not _NUMBERED.sub("", leaf["name"]).strip():  # the number of a step, beside its text
            leaf["label"], leaf["name"] = leaf.get("label", leaf["name"]), text
        else:
            leaf["text"] = "\n".join(filter(None, (leaf.get("text"), text)))

    def _add(self, id: str, said: str, depth: int) -> None:
        cap = _CAP.search(said)
        label = (said[: cap.start()] if cap else said).strip().rstrip("：:")
        name = _NUMBERED.sub("", label).strip() or label
        node: Raw = {"id": id, "name": name} | ({"label": label} if label != name else {})
        if cap:
            node["cap"] = cap[1]
        if cap and (words := _SUM.match(said[cap.end() :])):
            self.sums.setdefault(depth, words[1])
        del self._way[depth:]
        siblings = self._way[-1].setdefault("children", []) if self._way else self.tops
        siblings.append(node)
        self._way.append(node)
        self.depth = max(self.depth, depth)

    def _said(self, row: Sequence[str]) -> str:
        return self._at(row, "range") or self._at(row, "text")

    def _at(self, row: Sequence[str], key: str) -> str:
        at = self._columns.get(key, len(row))
        return row[at] if at < len(row) else ""


def _ids(key: str) -> Iterator[str]:
    """A1.2.3 lies in A1.2, in A1, in A."""
    letters = key.rstrip("0123456789.")
    yield letters
    rest = [number for number in key[len(letters) :].split(".") if number]
    for at in range(1, len(rest) + 1):
        yield letters + ".".join(rest[:at])

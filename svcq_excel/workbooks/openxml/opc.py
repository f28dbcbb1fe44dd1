"""Open XML packages: the main part, and the parts that it leads to, found by their relations.

Parts may be called anything (ECMA-376 part 2, 6.5): only relations say what each of them is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from svcq_excel.workbooks.bounds import MAX_SMALL_PART
from svcq_excel.workbooks.zip_parts import Parts, parse

MARKS = ("[content_types].xml", "_rels/.rels")
"""Parts, in small letters, that only a package has."""

_MAIN = "/officedocument"
_ENTRY = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPE = re.compile(r"<(?:\w+:)?Override\b[^<>]*>")
_PART_NAME = re.compile(r"""\sPartName\s*=\s*["']([^"']*)["']""")
_CONTENT_TYPE = re.compile(r"""\sContentType\s*=\s*["']([^"']*)["']""")


class Relation(NamedTuple):
    """Where a relation leads, as a member of the zip file, and what lies there."""

    member: str
    type: str
    is_plain: bool = True
    """Whether its target is spelled as programs spell it: no detours, nothing escaped."""

    def is_a(self, what: str) -> bool:
        """Whether it leads to a part of this kind: worksheet, sharedStrings, styles."""
        return self.type.lower().endswith(f"/{what.lower()}")


def main_part(parts: Parts) -> str:
    """The name of the main part; "" where no relation leads to one that is there."""
    found = relations(parts.read("_rels/.rels", MAX_SMALL_PART), "")
    named = (each.member for each in found.values() if each.type.lower().endswith(_MAIN))
    return next((name for name in named if parts.has(name)), "")


def relations_of(parts: Parts, part: str) -> Mapping[str, Relation]:
    """The relations of a part, by their ids."""
    return relations(parts.read(rels_of(part), MAX_SMALL_PART), posixpath.dirname(part))


def rels_of(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@lru_cache(maxsize=8)  # the forms of a round agree in these, unless a program saved them anew
def relations(rels: bytes, folder: str) -> Mapping[str, Relation]:
    """Relations by their ids; their targets start from a folder."""
    found = {}
    for relation in parse(rels):
        said = relation.get("Target", "")
        target = unquote(said.replace("\\", "/"))
        member = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        is_plain = said in {f"/{member}", member.removeprefix(f"{folder}/")}
        found[relation.get("Id", "")] = Relation(member, relation.get("Type", ""), is_plain)
    return found


@lru_cache(maxsize=8)
def relations_differ(rels: bytes, kinds: frozenset[str]) -> bool:
    """Whether programs may follow these relations to other parts: two of one id, two of a kind of
    which there is one, one that leads out of the file, or something else in their place."""
    root = parse(rels)
    entries = list(root)
    ids = [entry.get("Id", "") for entry in entries]
    types = [entry.get("Type", "").rpartition("/")[2] for entry in entries]
    targets = {(kind, e.get("Target")) for e, kind in zip(entries, types, strict=True)}
    single = [kind for kind, _ in targets if kind in kinds]
    outside = [
        kind
        for entry, kind in zip(entries, types, strict=True)
        if entry.get("TargetMode", "").lower() == "external" and kind in {*kinds, "worksheet"}
    ]
    foreign = [entry for entry in entries if entry.tag != _ENTRY]
    foreign += [root] if rels and root.tag != f"{_ENTRY}s" else []
    return len({*ids}) < len(ids) or len({*single}) < len(single) or bool(outside or foreign)


def content_type(parts: Parts, member: str) -> str:
    """What the package says that a part holds, in small letters; "" where it says nothing."""
    types = parts.read("[Content_Types].xml", MAX_SMALL_PART).decode("utf-8", "replace")
    for override in _TYPE.findall(types):
        name, kind = _PART_NAME.search(override), _CONTENT_TYPE.search(override)
        if name and kind and unquote(name[1]).lstrip("/").lower() == member.lower():
            return kind[1].lower()
    return ""

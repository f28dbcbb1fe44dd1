"""The copy of a package that the reader gets where the file itself would make it stumble."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from io import BytesIO
from zipfile import ZipFile

from svcq_excel.workbooks.bounds import PARSED
from svcq_excel.workbooks.openxml.opc import Relation
from svcq_excel.workbooks.zip_parts import Parts

_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_MAIN_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_READ_FROM, _MOVED = "xl/", "xl/moved/"
"""The reader follows no relation out of the first folder; what lies elsewhere comes into it."""


def repacked(
    parts: Parts, main: str, changed: Mapping[str, bytes], relations: Mapping[str, Relation]
) -> bytes:
    """The parts that a reader parses: some changed, the main one by this name with these relations.

    What lies outside the folder that the reader looks into is there under another name.
    """
    folder, _, file = main.rpartition("/")
    members = {name: parts.read(name) for name in parts.members if name.lower().endswith(PARSED)}
    listed = {}
    for id, each in relations.items():
        target = each.member
        if not target.startswith(_READ_FROM) and parts.has(target):
            target = _MOVED + target
            members[target] = parts.read(each.member)
        listed[id] = Relation(target.removeprefix(_READ_FROM), each.type)
    new = {
        **changed,
        "_rels/.rels": _spelled({"rId1": Relation(main, _MAIN_TYPE)}),
        f"{folder}/_rels/{file}.rels": _spelled(listed),
    }
    names = {name.lower() for name in new}
    members = {name: part for name, part in members.items() if name.lower() not in names} | new
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for at, part in members.items():
            archive.writestr(at, part)
    return stream.getvalue()


def _spelled(relations: Mapping[str, Relation]) -> bytes:
    """A part of relations; their targets start from the folder of what they belong to."""
    entries = (
        f'<Relationship Id="{escape(id)}" Type="{escape(type)}" Target="{escape(member)}"/>'
        for id, (member, type, _) in relations.items()
    )
    return f"{_RELATIONS}{''.join(entries)}</Relationships>".encode("utf-8", "replace")

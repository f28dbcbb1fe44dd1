"""Texts of letters with fields, {受考核單位名稱} or 「受考核單位名稱」, filled for one unit.

A line whose fields are all blank is left out, and what is numbered 一、二、 is numbered anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_FIELD = re.compile(r"\{([^{}\n]*)\}|「([^「」{}\n]*)」")
_NUMBERED = re.compile(r"(\s*)[一二三四五六七八九十]+、")
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Template:
    """A letter's subject and its text."""

    subject: str
    body: str

    def unknown(self, known: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """What stands in it as a field and is none: in which part, what, and what may be meant.

        Between 「」 there may be any text: only what is nearly a field's name is taken for one.
        """
        for part, text in (("主旨", self.subject), ("內文", self.body)):
            for found in _FIELD.finditer(text):
                braced, quoted = found.groups()
                said = (braced if braced is not None else quoted).strip()
                if said in known:
                    continue
                near = get_close_matches(said, known, n=1, cutoff=0.6 if braced else 0.75)
                if braced is not None or near:
                    yield part, found[0], near[0] if near else ""

    def filled(self, fields: Mapping[str, str]) -> Template:
        """With what the fields hold in their places; what they hold is text, never a field."""
        subject = _FIELD.sub(lambda found: _said(found, fields), self.subject)
        return Template(" ".join(subject.split()), "\n".join(_numbered(_lines(self.body, fields))))


def _lines(body: str, fields: Mapping[str, str]) -> Iterator[str]:
    """What leads to a line that is left out is left out with it."""
    leading: str | None = None
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        names = [name for found in _FIELD.finditer(line) if (name := _name(found)) in fields]
        if names and not any(fields[name] for name in names):
            leading = None
            continue
        if leading is not None:
            yield leading
        leading = _FIELD.sub(lambda found: _said(found, fields), line)
        if not leading.endswith("：") or names:
            yield leading
            leading = None
    if leading is not None:
        yield leading


def _name(found: re.Match[str]) -> str:
    return (found[1] if found[1] is not None else found[2]).strip()


def _said(found: re.Match[str], fields: Mapping[str, str]) -> str:
    return fields.get(_name(found), found[0])


def _numbered(lines: Iterator[str]) -> Iterator[str]:
    """一、 after 一、 becomes 二、: lines may have been left out between them."""
    at: dict[int, int] = {}
    for line in lines:
        found = _NUMBERED.match(line)
        if not found:
            if line.strip() and not line[0].isspace():
                at.clear()  # another heading begins
            yield line
            continue
        deep = len(found[1])
        at = {each: number for each, number in at.items() if each < deep} | {
            deep: at.get(deep, 0) + 1
        }
        yield f"{found[1]}{in_chinese(at[deep])}、{line[found.end() :]}"


def in_chinese(number: int) -> str:
    """1 to 99 as letters number their paragraphs: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return ten + (_DIGITS[ones - 1] if ones else "")

"""How the styles of .ods draw cells, rows and columns; number formats as codes of .xlsx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from svcq_excel.workbooks.veils import Face, drawn, is_pale
from svcq_excel.workbooks.zip_parts import parse

_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")
_LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)(pt|cm|mm|in|pc|px)")
_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pc": 12.0, "px": 0.75}
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[0-9.]+)")
_DEEPEST = 32  # styles that one may be derived from
_SECTIONS = 3  # for figures, before that for texts


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def said(element: Element, key: str) -> str:
    """An attribute, whatever its namespace."""
    return next((value for name, value in element.items() if local(name) == key), "")


def points(length: str, otherwise: float) -> float:
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * _POINTS[found[2]] if found else otherwise


class Styles:
    """The styles of a document, by family and name."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._formats: dict[str, Element] = {}
        self._fonts: dict[str, str] = {}
        for root in roots:
            for group in root:
                for each in group:
                    self._add(each)
        self._faces: dict[str, Face] = {}
        self._may_hide: dict[str, bool] = {}
        self._lengths: dict[tuple[str, str], float] = {}

    def _add(self, each: Element) -> None:
        kind, name = local(each.tag), said(each, "name")
        if kind == "style":
            for called in {name, said(each, "display-name") or name}:  # conditions say this one
                self._styles[said(each, "family"), called] = each
        elif kind == "default-style":
            self._defaults[said(each, "family")] = each
        elif kind == "font-face":
            self._fonts[name] = said(each, "font-family")
        elif kind.endswith("-style") and kind != "page-layout":
            self._formats[name] = each

    def length(self, family: str, name: str, key: str, otherwise: float) -> float:
        """The height of a row, the width of a column."""
        if (family, name) not in self._lengths:
            found = dict(self._said(family, name)).get(key, "")
            self._lengths[family, name] = points(found, otherwise)
        return self._lengths[family, name]

    def face(self, name: str) -> Face:
        """How a cell of this style is drawn."""
        if name not in self._faces:
            known = dict(self._said("table-cell", name))
            self._faces[name] = self._drawn(known, Face())
        return self._faces[name]

    def run(self, name: str, face: Face) -> Face:
        """How a part of a text is drawn in a cell of a face."""
        return self._drawn(dict(self._said("text", name)), face._replace(code="General"))

    def hides(self, name: str) -> bool:
        """Whether a style that a condition gives may hide or change what is seen."""
        face = self.face(name)
        return face.code != "General" or bool(drawn(face))

    def may_hide(self, name: str) -> bool:
        """Whether a condition of a style may."""
        if name not in self._may_hide:
            style = self._styles.get(("table-cell", name))
            maps = [each for each in style if local(each.tag) == "map"] if style is not None else ()
            self._may_hide[name] = any(self.hides(said(e, "apply-style-name")) for e in maps)
        return self._may_hide[name]

    def _said(self, family: str, name: str) -> Iterator[tuple[str, str]]:
        """Everything that a style and those it is derived from say; the last word counts."""
        chain = [self._defaults[family]] if family in self._defaults else []
        own: list[Element] = []
        style = self._styles.get((family, name or "Default"))
        while style is not None and len(own) < _DEEPEST:
            own.append(style)
            style = self._styles.get((family, said(style, "parent-style-name")))
        for each in (*chain, *reversed(own)):
            yield from ((local(k), v) for k, v in each.items() if local(k) == "data-style-name")
            for group in each:
                yield from ((local(key), value) for key, value in group.items())

    def _drawn(self, known: dict[str, str], face: Face) -> Face:
        ink = _COLOUR.fullmatch(known.get("color", ""))
        fill = _COLOUR.fullmatch(known.get("background-color", ""))
        font = known.get("font-name", "")
        struck = known.get("text-line-through-style", "none") != "none"
        struck |= known.get("text-line-through-type", "none") != "none"
        return face._replace(
            ink=ink[1] if ink else face.ink,
            fill=fill[1] if fill else face.fill,
            size=points(known.get("font-size", ""), face.size),
            font=self._fonts.get(font, font) or known.get("font-family", face.font),
            struck=struck,
            repeated=known.get("repeat-content") == "true",
            code=self._code(known.get("data-style-name", "")) or face.code,
        )

    def _code(self, name: str) -> str:
        """A number format as a code."""
        style = self._formats.get(name)
        if style is None:
            return ""
        numbers = []
        for each in style:
            if local(each.tag) == "map" and (
                found := _CONDITION.fullmatch(said(each, "condition").strip())
            ):
                sign = "<>" if found[1] == "!=" else found[1]
                of = self._formats.get(said(each, "apply-style-name"))
                numbers.append(f"[{sign}{found[2]}]{_section(of) if of is not None else ''}")
        own = _section(style)
        if local(style.tag) != "text-style":
            return ";".join([*numbers, own])
        if not numbers:
            return own if own != "@" else "General"
        numbers += numbers[-1:] * (_SECTIONS - len(numbers))
        return ";".join([*numbers[:_SECTIONS], own])


def _section(style: Element) -> str:
    parts = []
    for each in style:
        kind, text = local(each.tag), each.text or ""
        if kind == "text":
            parts.append("%" if text == "%" else '"' + text.replace('"', '"\\""') + '"')
        elif kind == "text-content":
            parts.append("@")
        elif kind == "number":
            parts.append(_digits(each))
        elif kind == "scientific-number":
            parts.append(_digits(each) + "E+0")
        elif kind == "text-properties":
            colour = _COLOUR.fullmatch(said(each, "color"))
            parts.append("[White]" if colour and is_pale(colour[1], "FFFFFF") else "")
        elif kind == "fill-character":
            parts.append("*" + (text[:1] or " "))
        elif kind == "currency-symbol":
            parts.append(f'"{text}"')
        elif kind != "map":
            parts.append("yyyy")  # of a date, a time or a fraction it is not told what shows
    return "".join(parts)


def _digits(each: Element) -> str:
    decimals, least = said(each, "decimal-places"), said(each, "min-integer-digits")
    inside = [child for child in each if local(child.tag) == "embedded-text"]
    factor = said(each, "display-factor")
    scale = "," * ((len(factor.partition(".")[0]) - 1) // 3) if factor else ""
    if not decimals and not scale and not inside:
        return "General"
    count = min(int(least), 30) if least.isdecimal() else 1
    whole = "0" * count or "#"
    for text in sorted(inside, key=lambda child: said(child, "position")):
        at = said(text, "position")
        place = max(len(whole) - int(at), 0) if at.isdecimal() else len(whole)
        whole = f'{whole[:place]}"{text.text or ""}"{whole[place:]}'
    least = said(each, "min-decimal-places")
    places = min(int(decimals), 30) if decimals.isdecimal() else 0
    kept = min(int(least), places) if least.isdecimal() else places
    return whole + scale + ("." + "0" * kept + "#" * (places - kept) if places else "")


@lru_cache(maxsize=4)  # the forms of a round agree in both, unless they were edited
def styles_of(head: bytes, common: bytes) -> Styles:
    """The styles in the file of styles, and those that stand before the sheets."""
    root = re.search(rb"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)[\s>]", head)
    content = parse(head + b"</%b>" % root[1]) if root else Element("nothing")
    return Styles([parse(common), content])

"""How the cell formats of .xlsx are drawn: number format, font, fill; colours through the theme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from svcq_excel.workbooks.veils import Face, drawn, is_pale
from svcq_excel.workbooks.zip_parts import parse

BUILT_IN = {
    **dict(enumerate(("General", "0", "0.00", "#,##0", "#,##0.00"))),
    **dict.fromkeys((5, 6, 37, 38), "#,##0;(#,##0)"),
    **dict.fromkeys((7, 8, 39, 40), "#,##0.00;(#,##0.00)"),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    **dict.fromkeys((12, 13), "# ?/?"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-";@'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-";@'),
    48: "##0.0E+0",
    49: "@",
}
"""Without what only makes room. All others up to 163 are dates and times."""
_DATE = "yyyy/m/d"

_THEME = (
    *("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D"),
    *("9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080"),
)
"""In the order of the numbers that cells give: the window's ground comes before its ink."""
_IN_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink")
INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    * 2
    + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333 000000 FFFFFF"
).split()
"""ECMA-376 part 1, 18.8.27; also the palette of .xls."""
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_OFF = {"0", "false", "none"}
T = TypeVar("T")
_MOST_RUNS = 500  # faces that are remembered


class Colours:
    """What a workbook's colours are."""

    def __init__(self, styles: Element, theme: bytes) -> None:
        self._runs: dict[tuple[bytes, bytes, Face], Face] = {}
        self.theme, self.indexed = list(_THEME), list(INDEXED)
        for scheme in parse(theme).iterfind(".//{*}clrScheme") if theme else ():
            for i, name in enumerate(_IN_THEME):
                for colour in scheme.iterfind(f"{{*}}{name}/*"):
                    known = colour.get("lastClr") or colour.get("val") or ""
                    if found := _RGB.fullmatch(known):
                        self.theme[i] = found[1]
        for i, own in enumerate(styles.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")):
            if i < len(self.indexed) and (found := _RGB.fullmatch(own.get("rgb", ""))):
                self.indexed[i] = found[1]

    def of(self, said: Element | None, otherwise: str) -> str:
        if said is None:
            return otherwise
        rgb, theme = _RGB.fullmatch(said.get("rgb", "")), said.get("theme", "")
        at, tint = said.get("indexed", ""), said.get("tint", "")
        if theme.isdecimal() and int(theme) < len(self.theme):
            colour = self.theme[int(theme)]
        elif at.isdecimal() and int(at) < len(self.indexed):
            colour = self.indexed[int(at)]
        else:
            colour = rgb[1] if rgb else otherwise
        return _tinted(colour, tint) if tint else colour

    def fill(self, said: Element | None, otherwise: str = "FFFFFF") -> str:
        """The ground; of a pattern in two colours, that between its lines."""
        if said is None:
            return otherwise
        pattern = said.find("{*}patternFill")
        if pattern is None:
            return self.of(said.find("{*}gradientFill/{*}stop/{*}color"), otherwise)
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return otherwise
        back, front = pattern.find("{*}bgColor"), pattern.find("{*}fgColor")
        return self.of(
            front if kind == "solid" else back, "000000" if kind == "solid" else "FFFFFF"
        )

    def font(self, said: Element | None, face: Face) -> Face:
        """The face in a font, or in that of a part of a text."""
        if said is None:
            return face
        name = _find(said, "name", "rFont")
        charset = said.find("{*}charset")
        size = said.find("{*}sz")
        font = name.get("val", "") if name is not None else face.font
        if charset is not None and charset.get("val") == "2":
            font = f"{font} (Symbol)" if "symbol" not in font.lower() else font
        return face._replace(
            ink=self.of(said.find("{*}color"), face.ink),
            size=_number(size.get("val", "")) if size is not None else face.size,
            font=font,
            struck=is_on(said.find("{*}strike")),
        )

    def face_of_run(self, prefix: bytes, said: bytes, face: Face) -> Face:
        """The face of a part of a text; most are written in few fonts."""
        key = prefix, said, face
        if key not in self._runs:
            space = b' xmlns:%b="x"' % prefix[:-1] if prefix else b""
            font = parse(b"<r%b>%b</r>" % (space, said)).find("{*}rPr")
            found = self.font(font, face)._replace(code="General")
            if len(self._runs) >= _MOST_RUNS:
                return found
            self._runs[key] = found
        return self._runs[key]


class Looks(NamedTuple):
    """The formats of a workbook."""

    special: Mapping[int, Face]
    """By cell format, the faces that may show something else than stands there."""
    hiding: frozenset[int]
    """The conditional formats that may."""
    faces: Sequence[Face]
    colours: Colours

    def of(self, format: int) -> Face:
        return self.faces[format] if format < len(self.faces) else Face()


@lru_cache(maxsize=16)  # the forms of a round agree in both, unless a program saved them anew
def looks_of(styles: bytes, theme: bytes) -> Looks:
    root = parse(styles)
    colours = Colours(root, theme)
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [colours.font(each, Face()) for each in root.iterfind("{*}fonts/{*}font")]
    fills = [colours.fill(each) for each in root.iterfind("{*}fills/{*}fill")]
    found = []
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        id, alignment = xf.get("numFmtId", "0"), xf.find("{*}alignment")
        face = _at(fonts, xf.get("fontId"), Face())
        found.append(
            face._replace(
                code=codes.get(id) or BUILT_IN.get(int(id) if id.isdecimal() else 0, _DATE),
                fill=_at(fills, xf.get("fillId"), "FFFFFF"),
                repeated=alignment is not None and alignment.get("horizontal") == "fill",
            )
        )
    conditional = enumerate(root.iterfind("{*}dxfs/{*}dxf"))
    hiding = frozenset(i for i, dxf in conditional if _hides(dxf, colours))
    special = {i: face for i, face in enumerate(found) if not face.plain}
    return Looks(special, hiding, tuple(found), colours)


def _hides(dxf: Element, colours: Colours) -> bool:
    """Whether a conditional format of any kind may hide or change what is seen."""
    face = colours.font(dxf.find("{*}font"), Face())
    said = dxf.find("{*}fill")
    if said is not None:
        pattern = said.find("{*}patternFill")
        # In these a solid fill is the default, and its colour the one behind.
        ground = pattern.find("{*}bgColor") if pattern is not None else None
        front = pattern.find("{*}fgColor") if pattern is not None else None
        face = face._replace(fill=colours.of(ground if ground is not None else front, face.fill))
    return dxf.find("{*}numFmt") is not None or any(drawn(face)) or is_pale(face.ink, face.fill)


def _find(parent: Element, *names: str) -> Element | None:
    found = (parent.find(f"{{*}}{name}") for name in names)
    return next((each for each in found if each is not None), None)


def is_on(said: Element | None) -> bool:
    return said is not None and said.get("val", "1") not in _OFF


def _at(things: Sequence[T], at: str | None, otherwise: T) -> T:
    number = int(at) if at and at.isdecimal() else 0
    return things[number] if number < len(things) else otherwise


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return Face().size


def _tinted(colour: str, tint: str) -> str:
    """Lighter or darker, as ECMA-376 part 1, 18.8.19 counts it."""
    by = max(-1.0, min(1.0, _number(tint)))
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    hue, light, saturation = rgb_to_hls(*parts)
    light = light * (1 + by) if by < 0 else light * (1 - by) + by
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, saturation))

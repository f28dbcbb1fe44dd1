"""The marks that an SVG chart is made of: rectangles with patterns, signs, lines, texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from svcq_excel.text.visible import visible

DASHES = ("8 3", "2 3", "10 3 2 3", "5 5")
_PATTERNS = 4
_INK = "currentColor"
_SIGN = 5
_HALO = 'stroke="var(--ground,#fff)" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
"""Of what a text covers: the page's ground, as its style names it."""


def patterns(key: str) -> Iterator[str]:
    """Four that differ in grey: filled, striped, dotted, empty."""
    tile = f'patternUnits="userSpaceOnUse" width="6" height="6" color="{_INK}"'
    inks = (
        f'<rect width="6" height="6" fill="{_INK}" fill-opacity=".45"/>',
        f'<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="{_INK}" stroke-width="1.5"/>',
        f'<circle cx="2" cy="2" r="1.2" fill="{_INK}"/>',
        "",
    )
    for at, ink in enumerate(inks):
        yield f'<pattern id="{key}-p{at}" {tile}>{ink}</pattern>'


def rectangle(x: float, y: float, wide: float, high: float, pattern: int, key: str) -> str:
    return (
        f'<rect x="{px(x)}" y="{px(y)}" width="{px(wide)}" height="{px(high)}" '
        f'fill="url(#{key}-p{pattern % _PATTERNS})" stroke="{_INK}"/>'
    )


def upright(x: float, top: float, bottom: float, dashes: str = "", opacity: str = "1") -> str:
    dashed = f' stroke-width="1.5" stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{px(x)}" x2="{px(x)}" y1="{px(top)}" y2="{px(bottom)}" stroke="{_INK}" '
        f'stroke-opacity="{opacity}"{dashed}/>'
    )


def flat(y: float, left: float, right: float) -> str:
    return (
        f'<line x1="{px(left)}" x2="{px(right)}" y1="{px(y)}" y2="{px(y)}" stroke="{_INK}" '
        'stroke-width="2"/>'
    )


def way(points: Sequence[tuple[float, float]], which: int) -> str:
    """A line from point to point, with dashes of its own."""
    along = " ".join(f"{px(x)},{px(y)}" for x, y in points)
    dashes = ("", *DASHES)[which % 5]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{along}" fill="none" stroke="{_INK}" stroke-width="1.5"{dashed}/>'


def sign(which: int, x: float, y: float) -> str:
    """The lowest points left, the highest right, what is between them is a square on its edge;
    of lines there are two more."""
    left, right, above, below = x - _SIGN, x + _SIGN, y - _SIGN, y + _SIGN
    corners = (
        ((right, above), (right, below), (left, y)),
        ((left, y), (x, above), (right, y), (x, below)),
        ((left, above), (left, below), (right, y)),
        ((left, above), (right, above), (right, below), (left, below)),
        ((x, above), (right, below), (left, below)),
    )[which % 5]
    points = " ".join(f"{px(a)},{px(b)}" for a, b in corners)
    fill = _INK if which == 1 else "var(--ground,#fff)"
    return f'<polygon points="{points}" fill="{fill}" stroke="{_INK}" stroke-width="1.5"/>'


def said(text: str, x: float, foot: float, anchor: str = "start") -> str:
    """A text that was fitted; it is read over whatever it covers."""
    return f'<text x="{px(x)}" y="{px(foot)}" text-anchor="{anchor}" {_HALO}>{escape(text)}</text>'


def escaped(text: str) -> str:
    """Whatever it holds, it is text."""
    return escape(visible(text))


def px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

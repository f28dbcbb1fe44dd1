"""A small picture shows what the page shows, as near as its few colours allow."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from tests.gallery.small_png import LEVELS, small_png

Colour = tuple[int, int, int]
MANY = st.integers(0, 255)


def colours_of(png: bytes, width: int) -> list[Colour]:
    """The pixels of a picture, read by what the format says."""
    palette = png[png.index(b"PLTE") + 4 : png.index(b"IDAT") - 8]
    rows = zlib.decompress(png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8])
    places = [place for at, place in enumerate(rows) if at % (width + 1)]
    return [(palette[3 * at], palette[3 * at + 1], palette[3 * at + 2]) for at in places]


def ppm(pixels: list[Colour], width: int) -> bytes:
    head = b"P6\n%d %d\n255\n" % (width, len(pixels) // width)
    return head + bytes(value for colour in pixels for value in colour)


@given(st.lists(st.tuples(MANY, MANY, MANY), min_size=6, max_size=6))
def test_a_picture_of_few_colours_is_as_it_was(pixels: list[Colour]) -> None:
    assert colours_of(small_png(ppm(pixels, 3)), 3) == pixels


@given(st.lists(st.tuples(MANY, MANY, MANY), min_size=80, max_size=80))
def test_what_is_rare_gets_the_nearest_level_and_what_fills_cells_stays(
    rare: list[Colour],
) -> None:
    filled = [(231, 243, 228), (255, 248, 220)] * 2
    shown = colours_of(small_png(ppm([*rare, *filled], 4)), 4)
    assert shown[80:] == filled
    for colour, seen in zip(rare, shown, strict=False):
        for value, level in zip(colour, seen, strict=True):
            assert value == level or abs(value - level) == min(abs(value - x) for x in LEVELS)

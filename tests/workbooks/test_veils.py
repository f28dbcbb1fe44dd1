"""What a sheet as a whole hides, asked of all cells at once and of each."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from svcq_excel.workbooks.areas import Area, CellPlace, Merges
from svcq_excel.workbooks.veils import Frame, Veil, veils_in

_AT = st.integers(0, 6)
_AREAS: st.SearchStrategy[Area] = st.builds(
    lambda top, left, rows, columns: (top, top + rows, left, left + columns),
    *(_AT, _AT, st.integers(0, 30), st.integers(0, 30)),
)
_FEW = st.lists(_AREAS, max_size=2)
_SIZES = st.dictionaries(_AT, st.sampled_from([0.0, 5.0]), max_size=2)
_FRAMES = st.builds(
    Frame,
    merges=st.one_of(st.builds(Merges, _FEW), st.just(Merges(None))),
    heights=_SIZES,
    widths=_SIZES,
    hidden_rows=st.frozensets(_AT, max_size=1),
    hides_zeros=st.booleans(),
    covers=st.lists(st.tuples(_AREAS, st.just("圖案")), max_size=1),
    printed=st.none() | _FEW,
    conditional=st.lists(_AREAS, max_size=1),
)
_CELLS = st.dictionaries(st.tuples(_AT, _AT), st.sampled_from([0, 90.0, "甲"]), max_size=6)
_CLEAN = Frame(Merges([]), {}, {})


def one_by_one(cells: dict[CellPlace, object], frame: Frame) -> Iterator[Veil]:
    for place, value in cells.items():
        yield from (Veil(*place, why, said) for why, said in frame.veils(place, value))


@given(_CELLS, _FRAMES)
@example({(1, 1): 90.0}, _CLEAN._replace(merges=Merges([(0, 5, 0, 5)])))
@example({(1, 1): 90.0}, _CLEAN._replace(merges=Merges([(0, 400, 0, 5)])))  # a large one
@example({(1, 1): 90.0}, _CLEAN._replace(merges=Merges(None)))
@example({(1, 1): 90.0}, _CLEAN._replace(heights={1: 0.0}))
@example({(1, 1): 90.0}, _CLEAN._replace(widths={1: 0.0}))
@example({(1, 1): 0}, _CLEAN._replace(hides_zeros=True))
@example({(1, 1): 90.0}, _CLEAN._replace(covers=[((1, 1, 1, 1), "圖案")]))
@example({(1, 1): 90.0}, _CLEAN._replace(conditional=[(1, 1, 1, 1)]))
@example({(1, 1): 90.0, (3, 3): 1.0}, _CLEAN._replace(printed=[(0, 2, 0, 6)]))
@example({(1, 1): 90.0, (3, 3): 1.0}, _CLEAN._replace(printed=[(0, 6, 0, 2)]))
@example({(1, 1): 90.0, (3, 3): 1.0}, _CLEAN._replace(printed=[(1, 1, 1, 1), (3, 3, 3, 3)]))
def test_what_is_known_of_all_cells_at_once_is_so_of_each(
    cells: dict[CellPlace, object], frame: Frame
) -> None:
    assert [*veils_in(cells, frame, {})] == [*one_by_one(cells, frame)]


def test_cells_of_a_plain_sheet_are_known_at_once() -> None:
    cells = {(1, 1): 90.0, (3, 3): "甲"}
    assert _CLEAN._replace(printed=[(0, 3, 1, 3)]).veils_nothing(cells)
    assert not _CLEAN._replace(printed=[(0, 2, 1, 3)]).veils_nothing(cells)

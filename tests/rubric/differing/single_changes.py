"""Any one change of a rubric, and words that must stand in the sentence that tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from svcq_excel.rubric.model import Band, Growth, Measure, Node, Rubric
from svcq_excel.rubric.node import Part

Changed = tuple[Rubric, str]
P = TypeVar("P", bound=Part)
ANEW = "全新的字樣"


def everywhere(nodes: tuple[Node, ...], edit: Callable[[Node], Node | None]) -> tuple[Node, ...]:
    """The same nodes, each as `edit` makes it; None is left out. Inner nodes come first."""
    found = []
    for node in nodes:
        made = edit(node)
        if made is not None:
            below = everywhere(made.children, edit)
            found.append(made if below == made.children else changed(made, children=below))
    return tuple(found)


def changed(part: P, **fields: object) -> P:
    """A part with other fields; what it had worked out is forgotten."""
    values = {name: getattr(part, name) for name in type(part).model_fields}
    made = type(part).model_construct(**values | fields)
    assert isinstance(made, type(part))
    return made


def with_node(rubric: Rubric, node: Node, made: Node | None) -> Rubric:
    tree = everywhere(rubric.tree, lambda each: made if each is node else each)
    return changed(rubric, tree=tree)


def _of_a_node(node: Node) -> Iterator[tuple[Node, str]]:
    yield changed(node, name=ANEW), ANEW
    yield changed(node, id="Zz9"), "代號"
    yield changed(node, label=ANEW), "表上字樣"
    yield changed(node, cap=node.cap + 1), "配分"
    yield changed(node, text=f"{node.text or ''}{ANEW}"), ANEW
    yield changed(node, notice=f"{ANEW}{node.notice or ''}"), ANEW
    if node.text:
        yield changed(node, text=None), node.name[:5]
    if node.is_leaf:
        yield changed(node, due=(2, 11)), "2月、11月"
        yield from _of_figures(node)
        yield from _of_bands(node)


def _of_figures(node: Node) -> Iterator[tuple[Node, str]]:
    if node.growth:
        yield changed(node, growth=None), "成長率"
        yield changed(node, growth=changed(node.growth, of=ANEW)), ANEW
    else:
        yield changed(node, growth=Growth(label=ANEW, of="件數", unit="件")), ANEW
    if node.measure:
        for field in ("label", "unit"):
            if not (field == "unit" and node.bands):  # it stands at each band's limit, too
                yield changed(node, measure=changed(node.measure, **{field: ANEW})), ANEW
        yield changed(node, measure=changed(node.measure, max=Decimal(777))), "777"
    elif not node.bands:
        yield changed(node, measure=Measure(label=ANEW, unit="件")), ANEW


def _of_bands(node: Node) -> Iterator[tuple[Node, str]]:
    bands = node.bands
    for at, band in enumerate(bands):
        others = bands[:at], bands[at + 1 :]
        yield changed(node, bands=(*others[0], *others[1])), f"刪除級距 {band.label}"
        for made, said in (
            (changed(band, min=band.min + Decimal("0.25")), "改為"),
            (changed(band, max=band.max + 200), "改為"),
            (changed(band, text=f"{band.text}{ANEW}"), ANEW),
            (changed(band, measure_min=Decimal(555)), "555"),
        ):
            yield changed(node, bands=(*others[0], made, *others[1])), said
    more = Band(min=Decimal(5000), max=Decimal(5001), text=ANEW)
    yield changed(node, bands=(more, *bands)), "增列級距 5000-5001分"


def _of_places(rubric: Rubric) -> Iterator[Changed]:
    for node in [each for _, each in rubric.walk()]:
        beside = next(
            (up.children for _, up in rubric.walk() if any(c is node for c in up.children)),
            rubric.tree,
        )
        if len(beside) > 1:
            yield with_node(rubric, node, None), "刪除「"
        more = Node(id="Zz9", name=ANEW, cap=Decimal(3))
        if node.children:
            bigger = changed(node, children=(*node.children, more))
            yield with_node(rubric, node, bigger), f"增列「{ANEW}」"
            first, *rest = node.children
            if rest:
                turned = changed(node, children=(*rest, first))
                yield with_node(rubric, node, turned), "順序"
    yield changed(rubric, tree=(more, *rubric.tree)), f"增列「{ANEW}」"
    if len(rubric.tree) > 1:
        first, *rest = rubric.tree
        yield changed(rubric, tree=(*rest, first)), "順序"
        if len(first.children) > 1:
            child, *left = first.children
            into = changed(rest[0], children=(*rest[0].children, child))
            moved = (changed(first, children=tuple(left)), into, *rest[1:])
            yield changed(rubric, tree=moved), f"「{child.name[:5]}"


def _of_the_whole(rubric: Rubric) -> Iterator[Changed]:
    for field in (
        *("id", "title", "agency", "form_title", "table_title", "form_label", "table_label"),
        *("unit_table_title", "text_title", "unit_label", "comments", "grade_line", "item_level"),
    ):
        yield changed(rubric, **{field: "another"}), "another"
    yield changed(rubric, form_direction="portrait"), "直式"
    yield changed(rubric, year=99), "99 年度"
    yield changed(rubric, step=Decimal("0.25")), "0.25 分"
    yield changed(rubric, levels=(*rubric.levels, ANEW)), ANEW
    if "hq" in rubric.kinds:
        yield changed(rubric, kinds={"self": rubric.kinds["self"]}), "主辦機關考核"
    yield changed(rubric, sums={**rubric.sums, ANEW: "小計"}), ANEW
    for field in ("notes", "signatures", "unread"):
        yield changed(rubric, **{field: (*getattr(rubric, field), ANEW)}), ANEW


def single_changes(rubric: Rubric) -> Iterator[Changed]:
    """All of them, lazily."""
    yield from _of_the_whole(rubric)
    yield from _of_places(rubric)
    for _, node in rubric.walk():
        for made, said in _of_a_node(node):
            yield with_node(rubric, node, made), said

"""The source documents, where they stand beside the checkout, and what is held against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from svcq_excel.rubric.model import Node, Rubric, number

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def seed(number: str) -> str:
    """The whole source, line by line as it was extracted."""
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the source documents are not beside this checkout")
    return found[0].read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    """Without white space and table marks, which extraction brought."""
    return re.sub(r"\s|<[^>]*>", "", text)


def letters(text: str) -> list[str]:
    """The runs of letters that are left of a source; 200分 and the like aside."""
    return re.findall(r"[^\W\d]+", re.sub(r"[0-9]+分", "|", text))


def texts_of(rubric: Rubric) -> set[str]:
    """Every wording of the tree, line by line."""
    found = {text for _, node in rubric.walk() for text in of_node(node)}
    return {squeezed(line) for text in found for line in text.splitlines()} - {""}


def of_node(node: Node) -> Iterator[str]:
    yield from (node.name, node.printed, node.text or "", node.notice or "")
    yield from (band.text for band in node.bands)
    if node.measure:
        yield node.measure.label


def out_of_order(rubric: Rubric, source: str) -> list[str]:
    """The nodes of which wording with cap, or text, is not where the source has it."""
    rest, astray = source, []
    for id, node in rubric.nodes.items():
        for text in filter(None, (f"{node.printed}({number(node.cap)}分)", node.text)):
            before, found, after = rest.partition(squeezed(text))
            if not found:
                astray.append(f"{id}: {text}")
            rest = after or before
    return astray

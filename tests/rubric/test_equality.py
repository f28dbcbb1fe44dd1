"""Two readings of one definition are equal, whatever has been asked of them meanwhile."""

from __future__ import annotations

from svcq_excel.rubric.shipped import load


def test_a_rubric_loaded_twice_is_equal_after_its_derived_values_were_used() -> None:
    one, other = load("wra-105"), load("wra-105")
    assert one.leaves and one.above and one.nodes and one.items and other.nodes
    assert all(node.leaves for _, node in one.walk())
    assert one == other and hash(one) == hash(other)
    assert all(a == b for (_, a), (_, b) in zip(one.walk(), other.walk(), strict=True))

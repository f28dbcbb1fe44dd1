"""A short run of the fuzz: no file stops the round, and what is accepted has the scores entered."""

from __future__ import annotations

import pytest

from tests.faults.forms import FAMILIES, Family, form, unit
from tests.fuzz.mutations import mutated
from tests.fuzz.reading import fuzzed

SEED, MUTATIONS = 20160731, 300


@pytest.mark.parametrize("family", FAMILIES)
def test_mutated_forms_are_all_told_and_none_is_accepted_with_other_scores(family: Family) -> None:
    tally = fuzzed(family, SEED, range(MUTATIONS), lambda text: None)
    assert not tally.wrong
    assert not tally.hangs
    assert sum(tally.fates.values()) >= MUTATIONS


@pytest.mark.parametrize("family", FAMILIES)
def test_a_mutation_is_the_same_again_and_differs_from_the_form(family: Family) -> None:
    sound = form(family, unit(0))
    once, again = ([mutated(sound, family, SEED, n) for n in range(200)] for _ in range(2))
    assert once == again
    same = sum(data == sound for data, _ in once)
    assert same < 10, "most mutations change something"

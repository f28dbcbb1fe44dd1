"""`make audit`: many rounds, and the four assessments, counted again by the second voice."""

from __future__ import annotations

import argparse
import sys

from tests.audit.comparing import Comparison
from tests.audit.program import made_of
from tests.audit.rounds import SHIPPED, made, of_shipped
from tests.audit.second_voice import Round
from tests.results.demos import DEMOS
from tests.results.test_every_number import (
    test_every_number_of_the_demo_is_what_another_voice_counts as recount_demo,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    named: dict[str, Round] = {f"round {at}": made(at) for at in _seeds(given)}
    named |= {f"{id} {at}": of_shipped(id, at) for id in SHIPPED for at in (1, 2, 3)}
    faults, counted = 0, 0
    for name, whole in named.items():
        comparison = Comparison(whole, made_of(whole))
        for fault in comparison.told():
            faults += 1
            print(f"{name}: {fault}")
        counted += comparison.count
    for id in DEMOS:
        recount_demo(id)
    print(f"{len(named)} rounds and {len(DEMOS)} demos, {counted:,} numbers, {faults} differ")
    return 1 if faults else 0


def _seeds(given: argparse.Namespace) -> range:
    return range(given.seed, given.seed + given.rounds)


if __name__ == "__main__":
    sys.exit(main())

"""Mutates filled forms, reads them all, and says what became of them: `make fuzz`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from tests.faults.forms import FAMILIES, Family
from tests.fuzz.reading import Tally, fuzzed, mutation

_KEPT = Path(__file__).parents[2] / "out" / "fuzz"
_MOST_STUMBLES = 10


def main() -> None:
    """Ends with 1 where a form was accepted as what it is not."""
    asked = _asked()
    started = monotonic()
    numbers = [asked.number] if asked.number is not None else range(asked.mutations)
    if asked.number is not None:
        print(f"kept: {_kept(asked.formats[0], asked.seed, asked.number)}")
    tallies = [fuzzed(family, asked.seed, numbers, _say) for family in asked.formats]
    print("\n".join(_table(tallies)))
    print(f"{monotonic() - started:.0f} s")
    wrong = [each for tally in tallies for each in tally.wrong]
    for each in wrong:
        print(f"accepted as what it is not: {each}")
    sys.exit(bool(wrong))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--mutations", type=int, default=20_000, help="of each format")
    parser.add_argument("--seed", type=int, default=1, help="others give other mutations")
    parser.add_argument("--formats", nargs="+", choices=FAMILIES, default=list(FAMILIES))
    parser.add_argument("--only", metavar="FORMAT:N", help="one mutation, which is kept too")
    asked = parser.parse_args()
    asked.number = None
    if asked.only:
        family, _, number = asked.only.partition(":")
        if family not in FAMILIES or not number.isdecimal():
            parser.error(f"--only {asked.only}: not like xls:1234")
        asked.formats, asked.number = [family], int(number)
    return asked


def _kept(family: Family, seed: int, number: int) -> Path:
    """The file of a mutation, to look at."""
    path = _KEPT / f"{seed}-{number}.{family}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mutation(family, seed, number)[0])
    return path


def _table(tallies: Sequence[Tally]) -> Iterator[str]:
    """A column for each format; below it, what this program's readers stumbled over."""
    yield _row("", [tally.family for tally in tallies])
    for fate in sorted({fate for tally in tallies for fate in tally.fates}):
        yield _row(fate, [f"{tally.fates[fate]:,}" for tally in tallies])
    yield _row("crashes", [f"{tally.crashes:,}" for tally in tallies])
    yield _row("panics", [f"{tally.panics:,}" for tally in tallies])
    yield _row("hangs", [f"{tally.hangs:,}" for tally in tallies])
    yield _row("slowest (s)", [f"{tally.slowest:.1f}" for tally in tallies])
    yield _row("wrongly accepted", [f"{len(tally.wrong):,}" for tally in tallies])
    for tally in tallies:
        for said, times in tally.stumbles.most_common(_MOST_STUMBLES):
            yield f"{tally.family}: {times:,} × {said}"


def _row(head: str, cells: Iterable[str]) -> str:
    return f"{head:32}" + "".join(f"{cell:>10}" for cell in cells)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""A round as the second voice reads it: what came, what it is called, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.audit.program import Place
from tests.audit.second_voice import Round, accounts, counted, items, leaves_of, mean, middle

Expected = Iterator[tuple[Place, Fraction]]
_WORDS = {"hq": "本署", "committee": "委員", "self": "自評"}
_ORDER = ("hq", "committee", "self")


class Recount:
    def __init__(self, whole: Round) -> None:
        self.whole, self.plan = whole, whole.definition
        self.accounts = accounts(whole)
        came = {kind for kind, _ in whole.forms}
        self.kinds = [kind for kind in _ORDER if kind in came]
        self.words = {**_WORDS, **self.plan["kinds"]}
        self.words["committee"] = self.plan["kinds"].get("committee", "考核小組")
        self.leaves = [leaf for top in self.plan["tree"] for leaf in leaves_of(top)]
        self.items = items(self.plan)

    def totals(self) -> dict[str, dict[str, Fraction]]:
        """By unit, what each of the committee gave, also where a form is to be corrected."""
        found = {
            code: {
                key: sum(scores.values(), Fraction(0))
                for key, scores in counted(self.whole, kind, code).items()
            }
            for kind, code in self.whole.forms
            if kind == "committee"
        }
        return {code: given for code, given in found.items() if given}

    def levels(self) -> dict[str, Fraction]:
        """How far each of the committee lies from the middle of all, on average, in the
        order in which they came."""
        given = [*self.totals().values()]
        apart: dict[str, list[Fraction]] = {key: [] for each in given for key in each}
        for each in given:
            if len(each) > 1:
                centre = middle([*each.values()])
                for key, total in each.items():
                    apart[key].append(total - centre)
        return {key: mean(distances) for key, distances in apart.items() if distances}

"""The unit that a form means whose marks are gone: its code or its name, looked up in the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from svcq_excel.form.facts import FormFacts
from svcq_excel.plan.roster import fold
from svcq_excel.plan.units import Unit


def identified(facts: FormFacts, units: Mapping[str, Unit]) -> FormFacts:
    """The facts with the code as the list spells it, where there is one unit that can be meant.

    A code that was copied on may have lost its zeros, and one that was deleted leaves the name.
    Where no code but a name stands, the name must be one unit's only.
    """
    identity = facts.identity
    if not facts.recovered or identity.unit in units:
        return facts
    if identity.unit:
        codes = [code for code in units if fold(code) == fold(identity.unit)]
    else:
        wanted = fold(identity.unit_name)
        codes = [unit.code for unit in units.values() if wanted and fold(unit.name) == wanted]
    if len(codes) != 1:
        return facts
    return replace(facts, identity=replace(identity, unit=codes[0]))

"""The unit and the assessor that a form's marks mean, as the lists spell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from svcq_excel.form.facts import FormFacts
from svcq_excel.plan.assessors import Assessor, known_as
from svcq_excel.plan.units import Unit
from svcq_excel.text.folding import fold


def identified(
    facts: FormFacts, units: Mapping[str, Unit], assessors: Sequence[Assessor] = ()
) -> FormFacts:
    """The facts with unit and assessor as the lists spell them, where one each can be meant."""
    identity = facts.identity
    key = known_as(identity.assessor, assessors)
    if key != identity.assessor:
        facts = replace(facts, identity=replace(identity, assessor=key))
    return _of_a_unit(facts, units)


def _of_a_unit(facts: FormFacts, units: Mapping[str, Unit]) -> FormFacts:
    """The facts of a form whose marks are gone, by its code or its name.

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

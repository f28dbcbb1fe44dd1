"""Whether the marks of a form fit the seal on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import under_seal
from svcq_excel.seal_key import SealKey, is_seal

Sealing = Literal["", "fits", "missing", "broken", "another"]
"""Nothing where no key is known to the plan; `another` where another folder's key made the seal."""


def sealing_of(facts: FormFacts, key: SealKey | None) -> Sealing:
    """One seal that fits what the form counts as is enough: its other place may be damaged."""
    if not key:
        return ""
    if not facts.seals:
        return "missing"
    identity = facts.identity
    # As the lists spell it, and as the form itself does.
    said = [identity]
    said += [replace(identity, unit=m.unit, assessor=m.assessor) for m in facts.marks[:1]]
    if any(key.fits(seal, under_seal(each)) for seal in facts.seals for each in said):
        return "fits"
    others = [is_seal(seal) and not key.made(seal) for seal in facts.seals]
    return "another" if all(others) else "broken"

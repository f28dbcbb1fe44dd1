"""Whether a form is the one that was issued to its unit, by the seal of the folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import OTHER_UNIT, SEAL_KEY, same
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.rules.assessors import FORMS
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import Identity, sealed
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.seal_key import SealKey

FROM_ANOTHER_FOLDER = "這份表件是其他年度（或其他考核資料夾）所發"


def _sealed_for_another(facts: FormFacts) -> FormFacts:
    theirs = replace(facts.identity, unit=OTHER_UNIT.code, unit_name=OTHER_UNIT.name)
    return replace(facts, seals=(sealed(theirs, SEAL_KEY).seal,))


def _without_seal(facts: FormFacts) -> FormFacts:
    return replace(facts, seals=())


class SealBroken(FormRule):
    code = "seal-broken"
    severity = "error"
    title = "表件的防偽碼與所載單位不符"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric", "identity-conflict", "unknown-assessor")
    bad = _sealed_for_another
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if form.sealing == "broken":
            identity = form.facts.identity
            said = shorten(f"{identity.unit} {identity.unit_name}")
            found = f"表上為「{said}」，與表件的防偽碼不符"
            if owner := _issued_to(form):
                found += f"；防偽碼是發給「{shorten(owner)}」的"
            todo = "這份不計入；請向單位查明，並請其以寄發給該單位的原表件重新填寫"
            yield self.violation(found, "", todo)


class SealMissing(FormRule):
    """Retyped, or from before the folder had a key: who it is of is judged as without seals."""

    code = "seal-missing"
    severity = "notice"
    title = "表件沒有防偽碼"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric",)
    bad = _without_seal
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if form.sealing == "missing":
            found = "表件沒有寄發時的防偽碼，可能經重新繕打，或不是由這個考核資料夾產製"
            yield self.violation(found, "", "請留意是否確為該單位所送；無誤者不必處理")


def _issued_to(form: CheckedForm) -> str:
    """The unit of the list to which the form was issued for this round, if it was to one."""
    identity = form.facts.identity
    if not form.seal_key:
        return ""
    listed = (each.key for each in form.assessors)
    kinds = dict.fromkeys([identity.assessor, "self", "hq", *listed])
    bare = replace(identity, unit="", unit_name="", assessor="")
    issued = _issued(form.seal_key, bare, tuple(form.units), tuple(kinds))
    found = (issued[seal.upper()] for seal in form.facts.seals if seal.upper() in issued)
    code, assessor = next(found, ("", ""))
    if not code:
        return ""
    kind = f"（{form.rubric.kind_word(assessor_kind(assessor))}）"
    return f"{code} {form.units[code].name}{kind if assessor != identity.assessor else ''}"


@lru_cache(maxsize=4)  # where one form is passed on, others may be
def _issued(
    key: SealKey, form: Identity, units: tuple[str, ...], assessors: tuple[str, ...]
) -> dict[str, tuple[str, str]]:
    """By its seal, whose form it is: unit and assessor."""
    return {
        sealed(replace(form, unit=unit, assessor=assessor), key).seal: (unit, assessor)
        for assessor in assessors
        for unit in units
    }

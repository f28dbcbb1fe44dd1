"""Whose form it is, and for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import marked, same, stamped
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.rules.assessors import FORMS, assessor_conflict
from svcq_excel.checks.rules.seals import FROM_ANOTHER_FOLDER
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts, Mark
from svcq_excel.form.identity import Identity
from svcq_excel.plan.rounds import round_key
from svcq_excel.plan.units import Unit
from svcq_excel.text.folding import fold


class OtherRubric(FormRule):
    code = "other-rubric"
    severity = "error"
    title = "不是本次考核的表件"
    clause = FORMS
    of_entries = False
    bad = stamped(rubric="wra-104")
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        identity = form.facts.identity
        todo = "請改用本次考核的表件填寫"
        if identity.rubric and identity.rubric != form.rubric.id:
            found = f"這是「{shorten(identity.rubric)}」{shorten(identity.round)}的表件"
            yield self.violation(found, f"本次考核為「{form.rubric.id}」", todo)
        elif form.round and not _is_round(identity.round, form.round):
            found = f"這是{shorten(identity.round)}的表件"
            yield self.violation(found, f"本次考核為{form.round}", todo)
        elif form.sealing == "another":
            yield self.violation(FROM_ANOTHER_FOLDER, "", todo)


def _is_round(said: str, round: str) -> bool:
    """Whether a form says that round, or none."""
    return said in {"", round} or round_key(said) == round_key(round)


class RubricRevised(FormRule):
    code = "rubric-revised"
    severity = "warning"
    title = "表件依較早版本的評分表定義產製"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric",)
    bad = stamped(digest="0" * 16)
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        digest = form.facts.identity.digest
        if digest and digest != form.rubric.digest:
            found = "表件產製後，評分表定義曾經修改"
            yield self.violation(found, "", "請確認修改處不影響本表，必要時重新寄發表件")


class IdentityConflict(FormRule):
    code = "identity-conflict"
    severity = "error"
    title = "表件標示的單位或考核人員前後不一"
    clause = FORMS
    warned_of = "借用其他單位的表件，只改了編號或名稱。"
    of_entries = False
    requires = ("other-rubric",)
    bad = marked("表首", "A02", "第二河川局")
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        marks = form.facts.marks
        codes = {mark.unit for mark in marks if mark.unit}
        todo = "請確認是哪個單位的表件，並以該單位的表件重新填寫"
        # A code that was copied on may have lost its zeros.
        if len({fold(code) for code in codes}) > 1 or _of_others(form):
            said = "；".join(f"{m.where}為「{_called(m)}」" for m in marks)
            yield self.violation(f"單位標示不一致：{said}", "", todo)
        elif told := assessor_conflict(form):
            yield self.violation(told, "", "請確認是誰的考核表，並以原表件重新填寫")
        elif other := _named_otherwise(form):
            found = f"表上的單位為「{_called(form.facts.identity)}」"
            listed = f"名單上這是「{shorten(f'{other.code} {other.name}')}」的名稱"
            yield self.violation(found, listed, todo)


class NameDiffers(FormRule):
    """A program garbled a name, or somebody added to it; the code says whose form it is."""

    code = "name-differs"
    severity = "warning"
    title = "單位名稱的標示不一"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric", "identity-conflict")
    bad = marked("表首", "A01", "第一河川局（含各工務課）")
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        marks = [mark for mark in form.facts.marks if mark.unit_name]
        if len({_bare(mark) for mark in marks}) > 1:
            said = "；".join(f"{m.where}為「{shorten(m.unit_name)}」" for m in marks)
            code = shorten(form.facts.identity.unit)
            todo = f"各處編號都是「{code}」，依編號認定；請確認是該單位的表件"
            yield self.violation(f"單位名稱標示不一：{said}", "", todo)


class UnknownUnit(FormRule):
    code = "unknown-unit"
    severity = "error"
    title = "單位不在名單內"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric", "identity-conflict")
    bad = stamped(unit="Z99", unit_name="不存在的單位")
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        identity = form.facts.identity
        if not identity.unit:
            name = (
                f"只有名稱「{shorten(identity.unit_name)}」" if identity.unit_name else "名稱也沒有"
            )
            found = f"表上沒有單位的編號，{name}，無法認定是哪個單位的表件"
            yield self.violation(found, "", "請在主辦單位寄發的表件上填寫後重新寄送")
        elif identity.unit not in form.units:
            found = f"單位「{_called(identity)}」不在受考核單位名單內"
            yield self.violation(found, "", "請確認名單是否完整，或表件是否寄錯")


def _without_hidden_sheet(facts: FormFacts) -> FormFacts:
    return replace(facts, recovered="隱藏工作表已不在，依檔案摘要資訊認定單位")


class IdentityRecovered(FormRule):
    code = "identity-recovered"
    severity = "warning"
    title = "表件的標記或鍵值不全，依其餘內容認定"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric",)
    bad = _without_hidden_sheet
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if told := form.facts.recovered:
            yield self.violation(told, "", "請確認是該單位本次考核的表件，必要時請以原表件重填")


def _named_otherwise(form: CheckedForm) -> Unit | None:
    """The unit of the list whose name the form bears beside another unit's code."""
    identity = form.facts.identity
    own, name = form.units.get(identity.unit), fold(identity.unit_name)
    if own is None or fold(own.name) == name:
        return None
    return next((unit for unit in form.units.values() if fold(unit.name) == name), None)


def _of_others(form: CheckedForm) -> bool:
    """Whether marks that differ name other units of the list, as on a form that was passed on."""
    names = {_bare(mark) for mark in form.facts.marks if mark.unit_name}
    if len(names) < 2:
        return False
    own = form.units.get(form.facts.identity.unit)
    others = {fold(unit.name) for unit in form.units.values() if unit is not own}
    return not others.isdisjoint(map(fold, names))


def _bare(mark: Mark) -> str:
    return "".join(mark.unit_name.split())


def _called(unit: Identity | Mark) -> str:
    return shorten(f"{unit.unit} {unit.unit_name}")

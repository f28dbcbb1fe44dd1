"""Whose form it is, and for what."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.examples import marked, same, stamped
from svcq_excel.checks.form import Form
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Mark
from svcq_excel.form.identity import Identity

_FORMS = "收件作業：須使用主辦單位寄發給該單位的表件"


class OtherRubric(FormRule):
    code = "other-rubric"
    severity = "error"
    title = "不是本次考核的表件"
    clause = _FORMS
    of_entries = False
    bad = stamped(rubric="wra-104")
    good = same

    def find(self, form: Form) -> Iterator[Violation]:
        identity = form.facts.identity
        todo = "請改用本次考核的表件填寫"
        if identity.rubric and identity.rubric != form.rubric.id:
            found = f"這是「{shorten(identity.rubric)}」{shorten(identity.round)}的表件"
            yield self.violation(found, f"本次考核為「{form.rubric.id}」", todo)
        elif form.round and identity.round and identity.round != form.round:
            found = f"這是{shorten(identity.round)}的表件"
            yield self.violation(found, f"本次考核為{form.round}", todo)


class RubricRevised(FormRule):
    code = "rubric-revised"
    severity = "warning"
    title = "表件依較早版本的評分表定義產製"
    clause = _FORMS
    of_entries = False
    requires = ("other-rubric",)
    bad = stamped(digest="0" * 16)
    good = same

    def find(self, form: Form) -> Iterator[Violation]:
        digest = form.facts.identity.digest
        if digest and digest != form.rubric.digest:
            found = "表件產製後，評分表定義曾經修改"
            yield self.violation(found, "", "請確認修改處不影響本表，必要時重新寄發表件")


class IdentityConflict(FormRule):
    code = "identity-conflict"
    severity = "error"
    title = "表件標示的單位前後不一"
    clause = _FORMS
    warned_of = "借用其他單位的表件，只改了編號或名稱。"
    of_entries = False
    requires = ("other-rubric",)
    bad = marked("表首", "A02", "第二河川局")
    good = same

    def find(self, form: Form) -> Iterator[Violation]:
        marks = form.facts.marks
        codes = {mark.unit for mark in marks if mark.unit}
        names = {"".join(mark.unit_name.split()) for mark in marks if mark.unit_name}
        if len(codes) > 1 or len(names) > 1:
            said = "；".join(f"{m.where}為「{_called(m)}」" for m in marks)
            todo = "請確認是哪個單位的表件，並以該單位的表件重新填寫"
            yield self.violation(f"單位標示不一致：{said}", "", todo)


class UnknownUnit(FormRule):
    code = "unknown-unit"
    severity = "error"
    title = "單位不在名單內"
    clause = _FORMS
    of_entries = False
    requires = ("other-rubric", "identity-conflict")
    bad = stamped(unit="Z99", unit_name="不存在的單位")
    good = same

    def find(self, form: Form) -> Iterator[Violation]:
        identity = form.facts.identity
        if identity.unit not in form.units:
            found = f"單位「{_called(identity)}」不在受考核單位名單內"
            yield self.violation(found, "", "請確認名單是否完整，或表件是否寄錯")


def _called(unit: Identity | Mark) -> str:
    return shorten(f"{unit.unit} {unit.unit_name}")

"""Who filled a form in: its marks, its title, the name on it and the list have to agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from svcq_excel.checks.answers import CheckedForm, text_of
from svcq_excel.checks.examples import same
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.reading.head import kinds_named
from svcq_excel.plan.assessors import Assessor, assessor_kind
from svcq_excel.text.folding import fold

FORMS = "收件作業：須使用主辦單位寄發給該單位的表件"


def assessor_conflict(form: CheckedForm) -> str:
    """In words, where what the form says of who filled it in does not agree; else ""."""
    marks = [mark for mark in form.facts.marks if mark.assessor]
    if len({fold(mark.assessor) for mark in marks}) > 1:
        said = "；".join(f"{mark.where}為「{shorten(mark.assessor)}」" for mark in marks)
        return f"考核人員標示不一致：{said}"
    return _titled_otherwise(form) or _signed_by_another(form)


def _titled_otherwise(form: CheckedForm) -> str:
    """What the marks give out as another's assessment, the title has to call so."""
    facts, rubric = form.facts, form.rubric
    kind = assessor_kind(facts.identity.assessor)
    named = kinds_named(facts.title, rubric)
    if not facts.identity.assessor or named is None or named == {kind}:
        return ""
    if kind == "self" and (kind in named or not named):
        return ""  # nobody gains by a note beside the title, or by a title that is gone
    word = rubric.kind_word(kind)
    if not named:
        return f"標示為「{word}」的表件，標題卻沒有「{word}」字樣"
    said = "、".join(f"「{rubric.kind_word(each)}」" for each in sorted(named))
    return f"標示為「{word}」的表件，標題卻是{said}"


def _signed_by_another(form: CheckedForm) -> str:
    """Whether the name in 考核人員 is that of another member than the marks say."""
    own, signed = _listed(form), fold(text_of(form.facts.assessor))
    if own is None or not signed or _names(signed, own):
        return ""
    others = [each for each in _members(form) if each is not own and _names(signed, each)]
    if not others:
        return ""
    called = f"{own.key} {own.name}" if own.key != own.name else own.name
    return f"標示為考核人員「{called}」的表件，考核人員欄卻是「{others[0].name}」"


def _names(signed: str, member: Assessor) -> bool:
    return fold(member.name) in signed


def _members(form: CheckedForm) -> list[Assessor]:
    return [each for each in form.assessors if each.kind == "committee"]


def _listed(form: CheckedForm) -> Assessor | None:
    key = form.facts.identity.assessor
    return next((each for each in _members(form) if each.key == key), None)


def _without_assessor(facts: FormFacts) -> FormFacts:
    return replace(facts, identity=replace(facts.identity, assessor=""))


class UnknownAssessor(FormRule):
    """The visible head names the kind of assessment, but no member of a committee; not every
    rubric has forms of every kind; and a member is one whom the list has assess the unit."""

    code = "unknown-assessor"
    severity = "error"
    title = "無法認定是誰的考核表"
    clause = FORMS
    of_entries = False
    requires = ("other-rubric",)
    bad = _without_assessor
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        key = form.facts.identity.assessor
        if not key:
            found = "表件的標記已不在，由表首無法認定是自行考核、主辦機關考核或哪一位考核人員的表件"
            yield self.violation(found, "", "請在主辦單位寄發的表件上填寫後重新寄送")
            return
        kind = assessor_kind(key)
        if not form.rubric.assesses_by(kind):
            found = f"表件的考核類別是「{form.rubric.kind_word(kind)}」"
            words = "、".join(f"「{word}」" for word in form.rubric.kinds.values())
            yield self.violation(found, f"本次考核只有{words}", "請改用本次考核的表件填寫")
        elif kind == "committee" and _members(form):
            yield from self._unexpected(form, _listed(form))

    def _unexpected(self, form: CheckedForm, member: Assessor | None) -> Iterator[Violation]:
        identity = form.facts.identity
        unit = form.units.get(identity.unit)
        if member is None:
            found = f"考核人員「{shorten(identity.assessor)}」不在考核人員名單內"
            todo = "請確認名單是否完整，或這是誰填的表件；未確認前不計入"
            yield self.violation(found, "", todo)
        elif unit and not member.assesses(unit):
            found = f"考核人員「{shorten(member.called)}」依名單不考核「{shorten(unit.name)}」"
            share = "、".join(map(shorten, member.units)) or shorten(member.group)
            todo = "請確認名單是否正確，或表件是否填錯單位；未確認前不計入"
            yield self.violation(found, f"名單上其考核者為{share}", todo)

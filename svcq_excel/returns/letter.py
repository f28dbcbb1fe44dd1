"""補正通知 as an office writes it: to whom, by when, whither, and what has to be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from svcq_excel.checks.answers import text_of
from svcq_excel.checks.catalogue import form_rules
from svcq_excel.checks.violation import Violation
from svcq_excel.form.entered import EntryPlace
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import CorrectionMark, Identity
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.prefilled import Correction, Notice
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.plan.plan import Contact, Plan
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.roc_dates import TAIPEI, parse_deadline, roc

_WEEKDAYS = "一二三四五六日"


def notice_of(
    plan: Plan,
    identity: Identity,
    facts: FormFacts,
    violations: Sequence[Violation],
    deadline: str,
    mark: CorrectionMark,
) -> Notice:
    """The letter that goes with a correction form; what the office asks itself stays out of it."""
    rubric, number = plan.rubric_of(identity.unit), mark.correction
    corrections = tuple(sorted(_corrections(rubric, violations), key=lambda each: not each.must))
    again = f"（第 {number} 次）" if number > 1 else ""
    return Notice(
        title=f"{rubric.agency}　補正通知{again}",
        addressee=_addressee(identity, facts),
        subject=_subject(rubric, identity, corrections, deadline),
        explanations=tuple(_explanations(plan, identity, corrections, deadline, number)),
        corrections=corrections,
        answers=mark,
    )


def _corrections(rubric: Rubric, violations: Sequence[Violation]) -> Iterator[Correction]:
    """Errors, and such warnings as the unit can answer: others concern how the form came, or speak
    of other units."""
    asked = {rule.code: rule.asked_anew for rule in form_rules() if rule.of_entries}
    for violation in violations:
        must = violation.severity == "error"
        if must or (violation.severity == "warning" and violation.code in asked):
            found = "，".join(part for part in (violation.found, violation.allowed) if part)
            todo = asked.get(violation.code) or violation.todo
            place = _place(rubric, violation)
            yield Correction(place, violation.criterion_name, found, todo, must)


def _place(rubric: Rubric, violation: Violation) -> EntryPlace | None:
    """The entry concerned; of a leaf as a whole, where its score or status is entered."""
    leaf, entry = violation.criterion or "", violation.entry
    if leaf in rubric.leaf_by_id:
        return leaf, entry or lay_out(rubric).main
    return (leaf, entry) if entry else None


def _addressee(identity: Identity, facts: FormFacts) -> str:
    if assessor_kind(identity.assessor) == "self":
        return f"{identity.unit_name}（編號 {identity.unit}）"
    member = identity.assessor if assessor_kind(identity.assessor) == "committee" else ""
    return f"考核人員 {text_of(facts.assessor) or member}".strip()


def _subject(
    rubric: Rubric, identity: Identity, corrections: Sequence[Correction], deadline: str
) -> str:
    kind = assessor_kind(identity.assessor)
    title = rubric.title_of_form(kind)
    round = "" if identity.round in title else identity.round
    unit = f"{identity.unit} {identity.unit_name}"
    whose = "貴單位所送" if kind == "self" else f"台端考核「{unit}」所填"
    must = sum(each.must for each in corrections)
    counts = f"有 {must} 項須補正"
    if asked := len(corrections) - must:
        counts += f"、{asked} 項請確認"
    when = until(deadline)
    by = f"請於{when}前" if when else f"請依補正期限（{deadline}）" if deadline else "請儘速"
    return f"{whose}{round}「{title}」{counts}，{by}補正並寄回{rubric.agency}，請查照。"


def _explanations(
    plan: Plan,
    identity: Identity,
    corrections: Sequence[Correction],
    deadline: str,
    number: int,
) -> Iterator[str]:
    rubric, when = plan.rubric, until(deadline)
    yield f"依「{rubric.title}」辦理，考核期別為{identity.round}。"
    if number > 1:
        yield f"本次為第 {number} 次補正通知，取代先前的通知；先前寄發的補正表件請勿再使用。"
    listed = "應補正事項如下表，點選「位置」欄即可跳到該儲存格"
    asked = "；標示「請確認」者，無誤即不必更改" if not all(c.must for c in corrections) else ""
    yield f"{listed}{asked}。"
    yield (
        "本檔「評分表」已帶入原填內容，只須更正淡紅色的儲存格（游標移到儲存格上會顯示說明），"
        "更正後直接存檔。"
    )
    by = f"於{when}前" if when else ""
    address = f"（{plan.contact.email}）" if plan.contact.email else ""
    yield (
        f"請{by}將本檔原件以電子郵件寄回{rubric.agency}{address}，勿轉為 PDF 或掃描檔；"
        "本檔將取代前次所送表件。"
    )
    yield _contact(rubric.agency, plan.contact)


def _contact(agency: str, contact: Contact) -> str:
    if not (contact.name or contact.phone):
        return f"如有疑問，請洽{agency}承辦人員。"
    phone = f"，電話 {contact.phone}" if contact.phone else ""
    return f"如有疑問，請洽{agency}{contact.name}{phone}。"


def until(deadline: str) -> str:
    """The moment as a letter says it, 105年7月31日（星期日）17時; "" where none can be read."""
    due = parse_deadline(deadline)
    if due is None:
        return ""
    there = due.astimezone(TAIPEI)
    clock = f"{there.hour}時" + (f"{there.minute}分" if there.minute or there.second else "")
    clock += f"{there.second}秒" if there.second else ""
    whole_day = there.time() == time.max
    weekday = _WEEKDAYS[there.weekday()]
    return f"{roc(there.date())}（星期{weekday}）{'' if whole_day else clock}"

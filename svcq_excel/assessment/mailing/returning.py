"""退請補正: the correction form, and in the letter itself what has to be corrected."""

from __future__ import annotations

from collections import defaultdict

from svcq_excel.assessment.mailing.post import Post, Unwritten, Writer, listed
from svcq_excel.form.writing.prefilled import Correction
from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.returns.correcting import Returned, SentBack

_OF_ASSESSORS = "考核人員的表件有 {} 份須補正，不寄給受考核單位；請另行通知考核人員"


def sent_back(writer: Writer, sent: SentBack) -> Post:
    """To units about their own forms; what an assessor has to correct is not theirs to know."""
    by_unit: defaultdict[str, list[Returned]] = defaultdict(list)
    for form in sent.forms:
        by_unit[form.unit.code].append(form)
    made: list[Letter | Unwritten] = []
    theirs = sum(not _is_own(form.assessor) for form in sent.forms)
    notes = [_OF_ASSESSORS.format(theirs)] if theirs else []
    reasons = {each.unit: each.reason for each in sent.without if _is_own(each.assessor)}
    for unit in writer.plan.units:
        own = [form for form in by_unit[unit.code] if _is_own(form.assessor)]
        if not own:
            if unit.code in reasons:
                made.append(Unwritten(unit, reasons[unit.code]))
            continue
        told = [_told(each) for form in own for each in form.corrections]
        matter = " ".join(f"{form.number}:{form.answers}" for form in own)
        attached = [Attachment(form.path.name, form.path) for form in own]
        made.append(writer.letter(unit, {"應補正事項": listed(told)}, attached, matter))
    return Post.of(made, notes)


def _is_own(assessor: str) -> bool:
    return assessor_kind(assessor) == "self"


def _told(each: Correction) -> str:
    asked = "" if each.must else "請確認："
    name = f"「{each.name}」" if each.name else ""
    return f"{asked}{name}{each.found}；{each.todo}。"

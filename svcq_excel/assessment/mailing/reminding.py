"""催請繳交: units that have not handed in what they fill in themselves, or not corrected it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from svcq_excel.assessment.mailing.post import Post, Unwritten, Writer, listed
from svcq_excel.assessment.standing import UnitStanding
from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.letters.templates import in_chinese
from svcq_excel.plan.kind_words import called
from svcq_excel.results.model import Outcome

_OF_ASSESSORS = "另有 {} 個單位的考核人員尚未完成評分，不寄給受考核單位；請另行通知考核人員"


def reminded(
    writer: Writer,
    outcome: Outcome,
    standing: Sequence[UnitStanding],
    blank_forms: Mapping[str, Sequence[Path]],
    earlier: Mapping[str, int],
) -> Post:
    """`blank_forms` go again to who handed in nothing; `earlier` says how often a unit was reminded
    before. Who is asked to assess others is no unit, and gets none of these."""
    made: list[Letter | Unwritten] = []
    lacking = sum(each.kind != "self" and each.status != "accepted" for each in standing)
    notes = [_OF_ASSESSORS.format(lacking)] if lacking else []
    for each in (one for one in standing if one.kind == "self"):
        unit = each.unit
        if each.status == "accepted":
            continue
        missing = each.status == "missing"
        files = blank_forms.get(unit.code, ()) if missing else ()
        fields = {
            "未完成事項": listed([_undone(writer, outcome, each)]),
            "催繳次數": f"第{in_chinese(earlier.get(unit.code, 0) + 1)}次",
        }
        attached = [Attachment(path.name, path) for path in files]
        if not missing:
            fields["期限前"] = writer.corrected_by
        if each.late:
            fields["期限前"] = "儘速"
        made.append(writer.letter(unit, fields, attached, each.status))
    return Post.of(made, notes)


def _undone(writer: Writer, outcome: Outcome, each: UnitStanding) -> str:
    """What the unit has to do, as one writes to it; what else came is the office's to know."""
    form = outcome.form_word
    results = (one for one in outcome.of_unit[each.unit.code] if one.kind == each.kind)
    came = [file for result in results for file in outcome.files_of(result)]
    what = form if outcome.rubric.is_checklist else f"{called(outcome.rubric, each.kind)}{form}"
    if each.status != "missing":
        said = "已收到，惟有應補正事項，尚未收到補正後的表件"
    elif came and all(file.status == "blank" for file in came):
        said = f"所送{form}尚未填寫"
    elif came or outcome.likely_of(each.unit):
        said = "所送檔案無法採用，請重新填寫寄送"
    else:
        said = "尚未收到"
    due = writer.due_of(missing=each.status == "missing") if each.late else ""
    return f"{what}：{said}" + (f"（已逾期限：{due}）" if due else "")

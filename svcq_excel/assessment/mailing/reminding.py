"""催請繳交: units that have not handed in what they fill in themselves, or not corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from svcq_excel.assessment.mailing.announcing import NO_ADDRESS
from svcq_excel.assessment.mailing.post import Post, Unwritten, Writer, listed
from svcq_excel.assessment.standing import UnitStanding
from svcq_excel.letters.letter import Attachment
from svcq_excel.letters.templates import in_chinese


def reminded(
    writer: Writer,
    standing: Iterable[UnitStanding],
    blank_forms: Mapping[str, Sequence[Path]],
    earlier: Mapping[str, int],
) -> Post:
    """`blank_forms` go again to who handed in nothing; `earlier` says how often a unit was reminded
    before. Who is asked to assess others is no unit, and gets none of these."""
    letters, without = [], []
    for each in (one for one in standing if one.kind == "self"):
        unit = each.unit
        if each.status == "accepted":
            continue
        missing = each.status == "missing"
        files = blank_forms.get(unit.code, ()) if missing else ()
        fields = {
            "未完成事項": listed([f"{each.kind_word}考核：{each.word}。{each.remark}"]),
            "催繳次數": f"第{in_chinese(earlier.get(unit.code, 0) + 1)}次",
        }
        attached = [Attachment(path.name, path) for path in files]
        if not missing:
            fields["期限前"] = writer.corrected_by
        letter = writer.letter(unit, fields, attached, each.status)
        if letter.to:
            letters.append(letter)
        else:
            without.append(Unwritten(unit, NO_ADDRESS))
    return Post(tuple(letters), tuple(without))

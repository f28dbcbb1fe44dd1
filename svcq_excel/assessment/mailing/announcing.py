"""發送表件: each unit gets the blank forms and outlines that it is to fill in itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from svcq_excel.assessment.mailing.post import Post, Unwritten, Writer
from svcq_excel.letters.letter import Attachment, Letter

NOTHING = "沒有要由這個單位填寫的表件"
_OF_ASSESSORS = "另有由考核人員填寫的表件 {} 份，不寄給受考核單位；請另行轉交考核人員"


def announced(writer: Writer, files: Iterable[tuple[str, Path]], of_assessors: int = 0) -> Post:
    """`files` are the units' own, by their codes; besides, so many are the assessors'."""
    own: defaultdict[str, list[Path]] = defaultdict(list)
    for code, path in files:
        own[code].append(path)
    made: list[Letter | Unwritten] = []
    notes = [_OF_ASSESSORS.format(of_assessors)] if of_assessors else []
    for unit in writer.plan.units:
        if not own[unit.code]:
            made.append(Unwritten(unit, NOTHING))
            continue
        attached = [Attachment(path.name, path) for path in own[unit.code]]
        made.append(writer.letter(unit, {}, attached))
    return Post.of(made, notes)

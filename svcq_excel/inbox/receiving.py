"""One file of the inbox: opened and read into facts, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from svcq_excel.form.facts import OWN_OUTPUT, FormFacts, Unreadable
from svcq_excel.form.reader import read_form
from svcq_excel.inbox.files import Found
from svcq_excel.inbox.opening import MAX_COLUMNS, MAX_ROWS, OpenedWorkbook, guarded, open_workbook
from svcq_excel.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Received:
    """A file and what was in it; `content` is None for a file that is never a form."""

    found: Found
    content: FormFacts | Unreadable | None


def receive(found: Found, rubric: Rubric) -> Received:
    if found.ignored:
        return Received(found, None)
    opened = open_workbook(found.path)
    if not isinstance(opened, OpenedWorkbook):
        return Received(found, opened)
    content = guarded(lambda: read_form(opened, rubric))
    if isinstance(content, Unreadable) and content.code == OWN_OUTPUT:
        return Received(replace(found, ignored=content.found), None)
    if opened.too_large and isinstance(content, FormFacts) and _formless(content, rubric):
        where = "、".join(f"「{name}」" for name in opened.too_large)
        reach = f"工作表{where}超過 {MAX_ROWS} 列或 {MAX_COLUMNS} 欄"
        return Received(found, Unreadable("unsafe-file", reach))
    return Received(found, content)


def _formless(facts: FormFacts, rubric: Rubric) -> bool:
    """Whether marks of this assessment were found, but no form sheet."""
    return not facts.is_form and facts.identity.rubric == rubric.id

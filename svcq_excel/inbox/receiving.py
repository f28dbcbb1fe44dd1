"""One file of the inbox: opened and read into facts, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from svcq_excel.form.facts import OWN_OUTPUT, FormFacts, Unreadable
from svcq_excel.form.reader import read_form
from svcq_excel.inbox.files import Found
from svcq_excel.inbox.opening import OpenedWorkbook, guarded, open_workbook
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
    return Received(found, content)

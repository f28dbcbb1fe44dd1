"""繳交情形: whether each unit's form and documents came, in which files, and what is left."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.results.model import UNIT_STATUS_WORDS, FileResult, Outcome, UnitResult
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import count, heading, units_by_status
from svcq_excel.rubric.model import Document
from svcq_excel.text.roc_dates import roc
from svcq_excel.text.visible import visible

_COLUMNS = (
    ListColumn("編號", 60, "centred"),
    ListColumn("受考核單位名稱", 160),
    ListColumn("考核人員", 80, "centred"),
    ListColumn("情形", 80, "centred", STATUS_TONES),
    ListColumn(SEVERITY_WORDS["error"], 64, "centred"),
    ListColumn(SEVERITY_WORDS["warning"], 64, "centred"),
    ListColumn("檔案", 240),
    ListColumn(OPEN, 50, "link"),
)
_REMARK = ListColumn("說明", 212)


def write_hand_ins(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: the units in their order, and how many of them are where."""
    documents = [ListColumn(each.name, 120) for each in outcome.rubric.documents]
    columns = [*_COLUMNS, *documents, _REMARK]
    sheet = Sheet(book, name, widths(columns))
    sheet.title(heading(outcome, "繳交情形"))
    contents = [_contents(outcome, result) for result in outcome.units]
    filtered(sheet, columns, contents, 2, units_by_status(outcome))


def _contents(outcome: Outcome, result: UnitResult) -> Sequence[Content]:
    unit = result.unit
    files = outcome.files_of(result)
    found = [violation for file in files for violation in file.violations]
    return (
        unit.code,
        unit.name,
        outcome.rubric.kind_word(result.kind),
        UNIT_STATUS_WORDS[result.status],
        count(found, "error"),
        count(found, "warning"),
        "\n".join(visible(file.path) for file in files),
        file_link(files[0]) if len(files) == 1 else None,
        *(_document(outcome, result, document) for document in outcome.rubric.documents),
        _remark(outcome.form_word, result, files),
    )


def _document(outcome: Outcome, result: UnitResult, document: Document) -> str:
    """What the form says of a document, and what came."""
    said = dict.fromkeys(form.documents.get(document.id, "") for form in result.forms)
    came = [each for each in outcome.documents_of(result.unit) if each.document == document]
    received = "；".join(each.length or "已收到" for each in came)
    return f"表填：{'、'.join(filter(None, said)) or '－'}\n收件：{received or '－'}"


def _remark(form: str, result: UnitResult, files: Sequence[FileResult]) -> str:
    if result.status == "needs-correction":
        return f"{form}有應更正事項，請補正後重送"
    if result.status == "missing":
        return "收到的檔案無法採用，請重送" if files else f"尚未收到{form}"
    who = "、".join(result.assessors)
    when = roc(result.assessed) if result.assessed else ""
    return "，".join(part for part in (who, when) if part)

"""A file that looks like a unit's form but cannot be read as one: a scan, a table in Word."""

from __future__ import annotations

from pathlib import PurePath

from svcq_excel.checks.naming import labels_of, unit_named
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit

_PAPERS = {
    "PDF": {".pdf"},
    "文書檔": {".doc", ".docx", ".odt", ".rtf", ".wps", ".pages"},
    "圖片": {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".webp"},
}
_BY_SUFFIX = {suffix: word for word, suffixes in _PAPERS.items() for suffix in suffixes}
_FORMS = ("評分", "考核", "檢核", "自評", "評核", "彙整表", "附表")


def paper_of(name: str) -> str:
    """What a file is that people may hand in for a form: PDF, 文書檔, 圖片; "" for any other."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), "")


def whose_form(received: Received, plan: Plan) -> Unit | None:
    """The unit whose form a file seems to be that cannot be read as one.

    A workbook tells it by its name or by what it lies in; a paper by its name, and by what it lies
    in only where its name says that it is a form: mails bring many papers.
    """
    reading, name = received.reading, received.name
    labels = labels_of(received)
    if reading.ignored and not paper_of(name):
        return None
    if reading.ignored and not any(word in name for word in _FORMS):
        return unit_named([next(labels)], plan.units)
    return unit_named(labels, plan.units)


def seems(received: Received, unit: Unit, what: str) -> str:
    """In words for people, what was received; `what` is what a form of the assessment is called."""
    paper = paper_of(received.name)
    return f"收到{_spaced(paper)}，可能是「{unit.code} {unit.name}」的{what}，但無法讀取"


def _spaced(word: str) -> str:
    return f" {word}" if word.isascii() else word

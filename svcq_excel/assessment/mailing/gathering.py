"""The letters of each occasion in a folder or with what a call names: one call each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from svcq_excel import pipeline
from svcq_excel.assessment.mailing.announcing import announced
from svcq_excel.assessment.mailing.notifying import Telling, notified
from svcq_excel.assessment.mailing.post import Post, Writer
from svcq_excel.assessment.mailing.reminding import reminded
from svcq_excel.assessment.mailing.returning import sent_back
from svcq_excel.assessment.standing import unit_standings
from svcq_excel.issuing.issuing import issued_of, list_anew, outlines_of
from svcq_excel.letters.journal import Sent
from svcq_excel.letters.letter import Attachment
from svcq_excel.plan.assessors import SELF
from svcq_excel.results.accounts.books import write_account
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.text.file_names import safe_file_name

Progress = Callable[[int, int], None]


def announce(
    writer: Writer,
    forms: Path,
    progress: Progress,
    drafts: Sequence[Path] = (),
    looks_only: bool = False,
) -> Post:
    """The blank forms are made where they are not there yet, but for letters that are only looked
    at. Raises DefinitionError where one there holds something else, and OutputBlockedError."""
    own, of_assessors = _files(writer, forms, progress, drafts, looks_only)
    return announced(writer, own, of_assessors)


def remind(
    writer: Writer,
    inbox: Sequence[Path],
    forms: Path | None,
    output: Path,
    earlier: Sequence[Sent],
    now: datetime,
    progress: Progress,
    drafts: Sequence[Path] = (),
    looks_only: bool = False,
) -> Post:
    """`forms` is where blank forms lie, which go again to who handed in nothing."""
    outcome = pipeline.assess(writer.plan, inbox, output, progress)
    blank: defaultdict[str, list[Path]] = defaultdict(list)
    if forms is not None:
        for code, path in _files(writer, forms, progress, drafts, looks_only)[0]:
            blank[code].append(path)
    before = Counter(each.unit for each in earlier if _is_of(each, writer, outcome.round))
    standing = unit_standings(writer.plan, outcome, now)
    return reminded(writer, outcome, standing, blank, before)


def return_(
    writer: Writer, inbox: Sequence[Path], forms: Path, apart: bool, progress: Progress
) -> Post:
    """Correction forms are made where they are not there yet."""
    sent = pipeline.send_back(writer.plan, inbox, forms, "", progress, apart)
    return sent_back(writer, sent)


def notify(
    writer: Writer, inbox: Sequence[Path], telling: Telling, output: Path, progress: Progress
) -> Post:
    outcome = pipeline.assess(writer.plan, inbox, output, progress)

    def sheet(own: Outcome, result: UnitResult) -> Attachment:
        code = result.unit.code
        name = safe_file_name(code, result.unit.name, "成績說明", suffix=".xlsx")
        return Attachment(name, partial(write_account, own, code, telling.ranks))

    return notified(writer, outcome, telling, sheet)


def list_drafts(writer: Writer, forms: Path, drafts: Sequence[Path]) -> None:
    """Leads the index of the blank forms to the drafts. Raises OutputBlockedError."""
    plan = writer.plan
    list_anew(plan, plan.assessors or (SELF,), forms, plan.formats or ("xlsx",), drafts)


def _files(
    writer: Writer, forms: Path, progress: Progress, drafts: Sequence[Path], looks_only: bool
) -> tuple[list[tuple[str, Path]], int]:
    """The blank forms and outlines that units fill in themselves, by their codes, and how many
    forms are others' to fill in."""
    plan = writer.plan
    who, formats = plan.assessors or (SELF,), plan.formats or ("xlsx",)
    if looks_only:
        issued = issued_of(plan, who, forms, formats)
    else:
        issued = pipeline.issue(plan, who, forms, progress, formats, drafts=drafts)
    own = [(form.unit.code, form.path) for form in issued if form.assessor.kind == "self"]
    others = len(issued) - len(own)
    own += [(each.unit.code, each.path) for each in outlines_of(plan, who, forms)]
    return own, others


def _is_of(sent: Sent, writer: Writer, round: str) -> bool:
    return sent.occasion == writer.occasion and sent.round == round and sent.state == "sent"

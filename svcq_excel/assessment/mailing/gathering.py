"""The letters of each occasion in a folder or with what a call names: one call each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from svcq_excel import pipeline
from svcq_excel.assessment.mailing.announcing import announced
from svcq_excel.assessment.mailing.notifying import Telling, notified
from svcq_excel.assessment.mailing.post import Post, Writer
from svcq_excel.assessment.mailing.reminding import reminded
from svcq_excel.assessment.mailing.returning import sent_back
from svcq_excel.assessment.standing import unit_standings
from svcq_excel.issuing.issuing import outlines_of
from svcq_excel.letters.journal import Sent
from svcq_excel.letters.letter import Attachment
from svcq_excel.plan.assessors import SELF
from svcq_excel.results.accounts.books import write_account
from svcq_excel.results.model import UnitResult
from svcq_excel.text.file_names import safe_file_name

Progress = Callable[[int, int], None]


def announce(writer: Writer, forms: Path, progress: Progress) -> Post:
    """The blank forms are made where they are not there yet. Raises DefinitionError where one
    there holds something else, and OutputBlockedError."""
    return announced(writer, _own_files(writer, forms, progress))


def remind(
    writer: Writer,
    inbox: Sequence[Path],
    forms: Path | None,
    output: Path,
    earlier: Sequence[Sent],
    now: datetime,
    progress: Progress,
) -> Post:
    """`forms` is where blank forms lie, which go again to who handed in nothing."""
    outcome = pipeline.assess(writer.plan, inbox, output, progress)
    blank: defaultdict[str, list[Path]] = defaultdict(list)
    if forms is not None:
        for code, path in _own_files(writer, forms, progress):
            blank[code].append(path)
    before = Counter(each.unit for each in earlier if _is_of(each, writer, outcome.round))
    return reminded(writer, unit_standings(writer.plan, outcome, now), blank, before)


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

    def sheet(result: UnitResult) -> Attachment:
        name = safe_file_name(result.unit.code, result.unit.name, "成績說明", suffix=".xlsx")
        return Attachment(name, write_account(outcome, result.unit.code))

    return notified(writer, outcome, telling, sheet)


def _own_files(writer: Writer, forms: Path, progress: Progress) -> Iterator[tuple[str, Path]]:
    """The blank forms and outlines that units fill in themselves, by their codes."""
    plan = writer.plan
    who = plan.assessors or (SELF,)
    issued = pipeline.issue(plan, who, forms, progress, plan.formats or ("xlsx",))
    for form in issued:
        if form.assessor.kind == "self":
            yield form.unit.code, form.path
    for outline in outlines_of(plan, who, forms):
        yield outline.unit.code, outline.path


def _is_of(sent: Sent, writer: Writer, round: str) -> bool:
    return sent.occasion == writer.occasion and sent.round == round and sent.state == "sent"

"""定案: a result is frozen with all that it follows from, and stays till somebody says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from svcq_excel import pipeline
from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking.archive import write_archive
from svcq_excel.assessment.locking.contents import Contents, contents_of, within
from svcq_excel.assessment.locking.journal import JOURNAL, read_journal
from svcq_excel.assessment.locking.manifest import Frozen, Manifest, programs
from svcq_excel.assessment.locking.verifying import differences_of
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.lockings import Locking
from svcq_excel.placing import Placing
from svcq_excel.plan.plan import Plan
from svcq_excel.rerun import Outputs, digest_of
from svcq_excel.results import data_files
from svcq_excel.text.file_names import safe_file_name

_SHOWN = 5
"""Differences that are told; with one alone nothing can be frozen."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Locked:
    """A result that is frozen, by this call or by an earlier one."""

    locking: Locking
    path: Path
    """Where its archive lies."""
    new: bool


@dataclass(frozen=True, slots=True)
class _Result:
    """What is to be frozen."""

    number: int
    round: str
    outputs: tuple[str, ...]
    before: Locking | None


def lock(folder: Folder, plan: Plan, progress: Progress = lambda done, of: None) -> Locked:
    """Freezes the result of the plan's round; `folder` has the places of that.

    Raises DefinitionError where the result is not what the inbox and the plan give now, or cannot
    be frozen, and OutputBlockedError.
    """
    journal, outputs = read_journal(folder), _outputs(folder, plan)
    if not folder.statistics.is_file():
        said = "還沒有可以定案的結果"
        raise DefinitionError([Problem(str(folder.statistics), said, "請先以 svcq merge 彙整")])
    names = tuple(within(folder, path) for path in outputs)
    if standing := journal.standing(names):
        return Locked(standing[-1], folder.archive / standing[-1].archive, new=False)
    round = plan.round or _round_of(folder, plan, progress)
    before = journal.of_round(round)
    last = before[-1] if before else None
    contents = contents_of(folder, _inputs(folder, plan))
    folder.archive.mkdir(exist_ok=True)
    tried = (
        _frozen(folder, plan, contents, _Result(number, round, names, last), progress)
        for number in count(last.number + 1 if last else 1)
    )
    locking = next(filter(None, tried))
    return Locked(locking, folder.archive / locking.archive, new=True)


def _frozen(
    folder: Folder, plan: Plan, contents: Contents, result: _Result, progress: Progress
) -> Locking | None:
    """The result frozen under its number; None where another archive has that, which is missing
    in the journal."""
    archive = folder.archive / safe_file_name(result.round, suffix=f"_第{result.number}次定案.zip")
    told = partial(_manifest, folder, plan, contents, result)
    with Placing() as placing:
        write = partial(write_archive, files=contents.files, told=told)
        beside = placing.add_streamed(archive, write)
        digest = digest_of(beside)
        # The same may be there already, of a run that was cut short.
        if archive.exists() and digest_of(archive) != digest:
            return None
        if different := differences_of(beside, progress):
            raise DefinitionError(_not_the_same(folder.statistics, different))
        said = result.number, result.round, archive.name, digest
        locking = Locking(*said, datetime.now(UTC), result.outputs)
        journal = read_journal(folder).with_one_more(locking)
        placing.add(folder.archive / JOURNAL, journal.as_bytes())
        placing.place()
    return locking


def _outputs(folder: Folder, plan: Plan) -> list[Path]:
    """What `merge` writes in the folder, and can be worked out again everywhere."""
    alike = replace(plan, copies=plan.copies.alike)
    return [*Outputs.of_merge(folder.statistics, alike).paths, *_tables(folder)]


def _tables(folder: Folder) -> list[Path]:
    """The tables for programs, where `merge` was asked for them."""
    for found in sorted(folder.results.rglob("units.csv")):
        made = [each for each in data_files.paths(found.parent) if each.suffix == ".csv"]
        if all(each.is_file() for each in made):
            return made
    return []


def _inputs(folder: Folder, plan: Plan) -> tuple[Path, ...]:
    from svcq_excel.plan.decisions import decisions_beside

    beside = None if plan.decisions else decisions_beside(folder.results)
    return (*plan.inputs, *filter(None, [beside]))


def _round_of(folder: Folder, plan: Plan, progress: Progress) -> str:
    """As the forms tell."""
    return pipeline.assess(plan, folder.inbox, folder.statistics, progress).round


def _manifest(
    folder: Folder,
    plan: Plan,
    contents: Contents,
    result: _Result,
    files: tuple[Frozen, ...],
) -> Manifest:
    program, writer = programs()
    tables = _tables(folder)
    rubric = plan.checklist or plan.rubric
    made = datetime.fromtimestamp(folder.statistics.stat().st_mtime, UTC)
    return Manifest(
        number=result.number,
        round=result.round,
        asked=plan.round,
        rubric=rubric.id,
        digest=rubric.digest,
        program=program,
        writer=writer,
        as_of=made.isoformat(),
        plan=within(folder, folder.plan_workbook),
        statistics=within(folder, folder.statistics),
        data=within(folder, tables[0].parent) if tables else None,
        outputs=result.outputs,
        replaces=result.before.sha256 if result.before else "",
        reason=result.before.reason if result.before else "",
        folders=contents.folders,
        files=files,
    )


def _not_the_same(table: Path, different: list[str]) -> Iterable[Problem]:
    fix = (
        "請先執行 svcq merge 再定案；彙整時另加了選項的，請把那些值寫在考核計畫內，不加選項重新彙整"
    )
    for said in different[:_SHOWN]:
        yield Problem(str(table), f"結果與依目前的收件及考核計畫重新計算的不同：{said}", fix)

"""Works a frozen result out again from its archive, and says whether it is the same."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel import pipeline
from svcq_excel.assessment.folder import Folder, folder_at
from svcq_excel.assessment.locking.archive import ArchiveError, unpacked
from svcq_excel.assessment.locking.comparing import differences
from svcq_excel.assessment.locking.contents import verify_inside, within
from svcq_excel.assessment.locking.journal import Journal, read_journal
from svcq_excel.assessment.locking.manifest import Manifest, programs
from svcq_excel.assessment.planned import planned_in
from svcq_excel.definition import DefinitionError, Problem, RoundError
from svcq_excel.inbox.handed_in_when import as_of
from svcq_excel.lockings import Locking
from svcq_excel.output import OutputBlockedError, reason_of
from svcq_excel.plan.copies import EVERY
from svcq_excel.plan.decisions import NAME as DECISIONS
from svcq_excel.plan.decisions import decisions_beside
from svcq_excel.plan.plan_workbook import read_plan_workbook
from svcq_excel.plan.rounds import round_key
from svcq_excel.plan.sources import Sources
from svcq_excel.rerun import digest_of
from svcq_excel.results.copies.files import paths_of
from svcq_excel.rubric.shipped import path_of

Progress = Callable[[int, int], None]

_OF_NAMES = {
    errno.ENAMETOOLONG,
    errno.EINVAL,
    errno.EILSEQ,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.ENOENT,
}
"""What the names in an archive bring about, and not the machine."""


def differences_of(archive: Path, progress: Progress = lambda done, of: None) -> list[str]:
    """What is not as it was frozen, and what comes out otherwise, in words; nothing where all that
    is worked out again is the same."""
    return _examined(archive, progress)[1]


def _examined(archive: Path, progress: Progress) -> tuple[Manifest | None, list[str]]:
    with TemporaryDirectory(prefix="svcq-") as name:
        top = Path(name) / "考核資料夾"
        top.mkdir()
        try:
            manifest, told = unpacked(archive, top)
        except ArchiveError as error:
            return None, [str(error)]
        except OSError as error:
            if error.errno not in _OF_NAMES:
                raise
            return None, [f"封存檔無法解開：{reason_of(error)}"]
        return manifest, [*told, *_worked_out(top, manifest, progress)]


def differences_in(folder: Folder, progress: Progress = lambda done, of: None) -> list[str]:
    """The same of every result of a folder that is frozen last of its place, and what lies
    otherwise in the folder than it was frozen.

    Raises DefinitionError where nothing is frozen.
    """
    journal = read_journal(folder)
    if not journal.lockings:
        fix = "請先以 svcq lock 定案，或指定封存檔"
        raise DefinitionError([Problem(str(folder.archive), "還沒有定案的結果", fix)])
    told = list[str]()
    for each in _last(journal):
        archive = folder.archive / each.archive
        if not archive.is_file():
            told.append(f"「{each.archive}」已不在「{folder.archive.name}」資料夾內")
            continue
        if digest_of(archive) != each.sha256:
            told.append(f"「{each.archive}」在定案後被更動，與定案紀錄的 SHA-256 不符")
        manifest, apart = _examined(archive, progress)
        told += apart
        is_last = each == journal.lockings[-1] and each.stands
        if manifest and is_last and _is_current(folder, each):
            told += _lies_otherwise(folder, manifest)
    return told


def _is_current(folder: Folder, each: Locking) -> bool:
    """Whether the folder has not gone on to another round since."""
    try:
        sources = planned_in(folder, Sources())
    except DefinitionError:
        return True  # that the plan was changed is what is to be told
    several = len(sources.rounds or ()) > 1
    return not several or round_key(sources.round or "") == round_key(each.round)


def _last(journal: Journal) -> list[Locking]:
    """The last one of each place."""
    return list({each.outputs[:1]: each for each in journal.lockings}.values())


def _worked_out(top: Path, manifest: Manifest, progress: Progress) -> Iterator[str]:
    folder = folder_at(top)
    if folder is None or not (top / manifest.plan).is_file():
        yield "封存檔內沒有考核計畫，無法重新計算"
        return
    was = {name: _taken(top / name) for name in manifest.outputs}
    try:
        _work_out(folder, manifest, progress)
    except DefinitionError as error:
        for problem in error.problems:
            yield f"無法重新計算：{str(problem).replace(f'{top}{os.sep}', '').rstrip('。')}"
        return
    except RoundError as error:
        yield f"無法重新計算：{error}"
        return
    except (OutputBlockedError, OSError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        if not isinstance(cause, OSError) or cause.errno not in _OF_NAMES:
            raise
        yield f"無法重新計算：{reason_of(cause)}"
        return
    same_writer = manifest.writer == programs()[1]
    apart = [
        said
        for name, data in was.items()
        for said in differences(name, data, _taken(top / name), same_writer)
    ]
    if apart and manifest.program != programs()[0]:
        yield f"封存時的程式為 {manifest.program} 版，現在是 {programs()[0]} 版，計算方式可能不同"
    yield from apart


def _work_out(folder: Folder, manifest: Manifest, progress: Progress) -> None:
    """Merges again, as the folder's `merge` did then."""
    said = read_plan_workbook(folder.plan_workbook)
    for named in filter(None, (said.rubric, *(said.previous or ()))):
        verify_inside(folder, path_of(str(named)))
    sources = planned_in(folder, Sources(round=manifest.asked))
    plan = sources.read().read_from(folder.plan_workbook)
    table = folder.path / manifest.statistics
    lockings = read_journal(folder).at(manifest.outputs)
    plan = replace(plan, lockings=lockings, copies=plan.copies.alike)
    data = folder.path / manifest.data if manifest.data else None
    folder.inbox.mkdir(exist_ok=True)
    with as_of(manifest.moment):
        pipeline.merge(plan, folder.inbox, table, progress, fresh=True, data=data)


def _taken(path: Path) -> bytes | None:
    """What a file holds, which is not there any more after; None where it is not."""
    try:
        data = path.read_bytes()
        path.unlink()
    except OSError:
        return None
    return data


def _lies_otherwise(folder: Folder, manifest: Manifest) -> Iterator[str]:
    """What was changed in the folder itself since the result was frozen, copies of it too; what
    else lies beside the result comes and goes."""
    table = folder.path / manifest.statistics
    results, copies = table.parent, paths_of(table, EVERY)
    for each in manifest.files:
        path = folder.path / each.path
        is_beside = path.parent == results and path.stem != DECISIONS
        if is_beside and each.path not in manifest.outputs and path not in copies:
            continue
        try:
            changed = digest_of(path) != each.sha256
        except OSError:
            yield f"資料夾內的「{each.path}」已不在"
            continue
        if changed and not each.path.startswith(folder.archive.name):
            yield f"資料夾內的「{each.path}」在定案後被更動"
    known = manifest.by_path
    came = [*sorted(folder.inbox.rglob("*")), *filter(None, [decisions_beside(results)])]
    for path in came:
        if path.is_file() and (name := within(folder, path)) not in known:
            yield f"資料夾內的「{name}」是定案後加入的"

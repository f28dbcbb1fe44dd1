"""What belongs into the archive of a result: all that it is worked out from, and itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking.journal import journal_path
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.placing import WORKING
from svcq_excel.rubric.shipped import folder as shipped_folder
from svcq_excel.store import FOLDER as MEMORY

_OPEN_ELSEWHERE = ("~$", ".~lock.")
"""How the files begin by which office programs say that one is open."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Files by their paths within the folder, each with when it was changed where that counts; and
    folders in which nothing lies."""

    files: Mapping[str, tuple[Path, str]]
    folders: tuple[str, ...]


def contents_of(folder: Folder, inputs: Iterable[Path]) -> Contents:
    """What is to be frozen; `inputs` are the files that the plan was read from.

    Raises DefinitionError where that cannot be put into an archive.
    """
    problems = list[Problem]()
    files: dict[str, tuple[Path, str]] = {}
    root = Path(os.path.realpath(folder.path))
    for path in (folder.plan_workbook, *inputs):
        real = Path(os.path.realpath(path))
        if real.is_relative_to(root):
            files[_within(real, root)] = real, ""
        elif not real.is_relative_to(os.path.realpath(shipped_folder())):
            problems.append(_outside(path))
    folders = list[str]()
    for path in _walked(folder.inbox, problems):
        name = _within(Path(os.path.realpath(path)), root)
        if path.is_dir():
            folders.append(name)
        else:
            files[name] = path, str(path.stat().st_mtime_ns)
    for path in _walked(folder.results, problems):
        if path.is_file() and not _is_passing(path, folder.results):
            files[_within(Path(os.path.realpath(path)), root)] = path, ""
    if journal_path(folder).is_file():
        files[_within(Path(os.path.realpath(journal_path(folder))), root)] = (
            journal_path(folder),
            "",
        )
    problems += [_nameless(name) for name in (*files, *folders) if not _is_spelled(name)]
    if problems:
        raise DefinitionError(problems)
    return Contents(dict(sorted(files.items())), tuple(sorted(folders)))


def verify_inside(folder: Folder, path: Path) -> None:
    """That a file which a stranger's plan names lies in the folder, or ships; by its name alone, so
    that nothing elsewhere is asked whether it is there. Raises DefinitionError."""
    there = Path(os.path.normpath(path.absolute()))
    if not any(there.is_relative_to(each.absolute()) for each in (folder.path, shipped_folder())):
        raise DefinitionError([_outside(path)])


def within(folder: Folder, path: Path) -> str:
    """A path in the folder, with / between folders; "" of one that lies elsewhere."""
    root, real = os.path.realpath(folder.path), Path(os.path.realpath(path))
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else ""


def _within(real: Path, root: Path) -> str:
    return real.relative_to(root).as_posix()


def _walked(top: Path, problems: list[Problem]) -> Iterator[Path]:
    """Files, and folders in which nothing lies; of what no archive can hold it is told."""

    def closed(error: OSError) -> None:
        said = Path(error.filename or top)
        problems.append(Problem(str(said), "資料夾無法開啟", "請確認讀取權限後再定案"))

    for at, names, files in os.walk(top, onerror=closed):
        names.sort()
        here = Path(at)
        for path in [here / name for name in (*names, *sorted(files))]:
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                problems.append(_no_file(path))
            elif path.is_file():
                yield path
        if not names and not files and here != top:
            yield here


def _is_passing(path: Path, top: Path) -> bool:
    """Whether it is no result: what runs remember, what is still being written."""
    parts = path.relative_to(top).parts
    return MEMORY in parts or path.name.startswith((WORKING, *_OPEN_ELSEWHERE))


def _is_spelled(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\\" not in name and "\0" not in name


def _outside(path: Path) -> Problem:
    fix = "請把該檔放進考核資料夾，並改填其路徑，重新彙整後再定案"
    return Problem(str(path), "考核計畫用到考核資料夾以外的檔案，封存後無從重新計算", fix)


def _no_file(path: Path) -> Problem:
    fix = "請改放檔案本身，或移出收件資料夾，重新彙整後再定案"
    return Problem(str(path), "是連結或特殊檔案，無法封存", fix)


def _nameless(name: str) -> Problem:
    said = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return Problem(said, "檔名有其他系統不能使用的字元，無法封存", "請改名，重新彙整後再定案")

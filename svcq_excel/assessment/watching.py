"""Arrivals as they come: an assessment is looked at again whenever something has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.next_steps import STEPS
from svcq_excel.assessment.standing import Standing, UnitStanding
from svcq_excel.inbox.finding import find

Seen = tuple[object, ...]


def arrivals(
    look: Callable[[], Standing], seen: Callable[[], Seen], pause: Callable[[], None]
) -> Iterator[tuple[Standing, list[str]]]:
    """Where it stands now, and then again with what changed in words, if anybody would see it.

    A file on its way into the inbox is left alone until it has stayed the same for a pause.
    """
    before = seen()
    now = look()
    yield now, []
    while True:
        pause()
        there = seen()
        if there == before:
            continue
        while there != (settled := _after(pause, seen)):
            there = settled
        before, was, now = there, now, look()
        if told := list(changes(was, now)):
            yield now, told


def _after(pause: Callable[[], None], seen: Callable[[], Seen]) -> Seen:
    pause()
    return seen()


def changes(was: Standing, now: Standing) -> Iterator[str]:
    """Unit by unit; nothing where nobody would see a difference."""
    earlier = {(each.unit.code, each.kind): each for each in was.units}
    for each in now.units:
        before = earlier.get((each.unit.code, each.kind))
        if before != each:
            yield _changed(before, each, now.kinds > 1)
    if was.unusable != now.unusable:
        yield f"無法採用而不知是哪個單位的檔案：{was.unusable} 個 → {now.unusable} 個"
    if was.step != now.step:
        yield f"目前步驟：{STEPS[now.step]}"
    yield from (str(each) for each in now.problems if each not in was.problems)


def _changed(before: UnitStanding | None, each: UnitStanding, with_kind: bool) -> str:
    kind = f"（{each.kind_word}）" if with_kind else ""
    late = f"　{each.lateness}" if each.late else ""
    turned = f"{before.word} → {each.word}" if before and before.word != each.word else each.word
    said = f"：{each.remark}" if each.status != "accepted" else ""
    return f"{each.unit.code} {each.unit.name}{kind}　{turned}{late}　{each.when}{said}".rstrip()


def seen_in(folder: Folder) -> Seen:
    """What tells that something came, went or changed: names, sizes and times, no contents."""
    found = find((folder.inbox,)) if folder.inbox.is_dir() else ()
    return tuple(_stamp(path) for path in (folder.plan_workbook, *(each.path for each in found)))


def _stamp(path: Path) -> Seen:
    try:
        stat = path.lstat()
    except OSError:
        return (str(path),)
    return str(path), stat.st_size, stat.st_mtime_ns

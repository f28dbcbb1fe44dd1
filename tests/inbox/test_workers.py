"""Whatever a file does to the process that reads it, that file is told and no other is lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from time import sleep
from zipfile import ZipFile

import pytest

from svcq_excel.inbox.messages import decoded
from svcq_excel.inbox.patience import (
    HUNG,
    LEAST,
    ON_DISK,
    ON_DISK_LEAST,
    ON_DISK_TOGETHER,
    TOGETHER,
    Patience,
    late,
    patience_with_disks,
)
from svcq_excel.inbox.patience import SECONDS as SECONDS_EACH
from svcq_excel.inbox.reading import FileReading
from svcq_excel.inbox.receiving import digest_of
from svcq_excel.inbox.starting import ReadersFailedError
from svcq_excel.inbox.worker import END, OPENED, answers, told_at_end
from svcq_excel.inbox.worker_process import Reader
from svcq_excel.inbox.workers import CRASHED, Workers
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable
from tests.inbox import misbehaving

SECONDS = 1.5
SOUND = b"sound"
_SPAWN = multiprocessing.get_context("spawn")


def archive(*contents: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as zipped:
        for at, data in enumerate(contents):
            zipped.writestr(f"{at}", data)
    return stream.getvalue()


def read(contents: Sequence[bytes], rubric: Rubric, folder: Path) -> list[list[FileReading]]:
    """What is told of each file, each piece of it."""
    paths = [folder / f"{at}" for at in range(len(contents))]
    for path, data in zip(paths, contents, strict=True):
        path.write_bytes(data)
    told: dict[int, list[FileReading]] = {}
    with Workers(rubric, SECONDS, misbehaving.serve) as workers:
        for answer in workers.read(paths):
            assert answer.number not in told
            told[answer.number] = [decoded(message, rubric) for message in answer.messages]
    return [told[at] for at in range(len(contents))]


def sound(reading: FileReading) -> bool:
    return reading.content is None and reading.sha256 == digest_of(SOUND)


@pytest.mark.parametrize(
    ("deed", "said"),
    [(b"HANG", HUNG), (b"WAIT", HUNG), (b"END", CRASHED), (b"ABORT", CRASHED)],
    ids=lambda given: given.decode() if isinstance(given, bytes) else "",
)
def test_only_the_file_at_fault_is_charged(
    deed: bytes, said: Unreadable, rubric: Rubric, tmp_path: Path
) -> None:
    told = read([SOUND, SOUND, deed, SOUND, SOUND, SOUND, SOUND, SOUND], rubric, tmp_path)
    ((culprit,),) = [each for each in told if not sound(each[0])]
    assert culprit == told[2][0]
    assert culprit.content == said


def test_a_disk_may_take_longer_than_reading_may(rubric: Rubric, tmp_path: Path) -> None:
    told = read([SOUND, b"SLOW", SOUND], rubric, tmp_path)
    assert [each[0].content for each in told] == [None, None, None]


def test_a_file_whose_disk_is_too_slow_is_tried_again_at_the_end_and_charges_no_other(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.inbox.patience.ON_DISK", SECONDS)
    told = read([SOUND, b"SLOW ONCE", b"NEVER", SOUND, b"WAIT", SOUND], rubric, tmp_path)
    contents = [each[0].content for each in told]
    assert contents == [None, None, late(2 * SECONDS), None, HUNG, None]
    assert (tmp_path / "1.tried").exists()


def test_the_more_a_disk_is_waited_for_in_vain_the_less_the_next_time() -> None:
    disks = patience_with_disks()
    given = []
    for _ in range(40):
        given.append(disks.allowed)
        disks.spend(given[-1])
    assert given[0] == ON_DISK and given[-1] == ON_DISK_LEAST
    assert sum(each for each in given if each > ON_DISK_LEAST) < ON_DISK_TOGETHER


def test_every_second_file_may_be_at_fault(rubric: Rubric, tmp_path: Path) -> None:
    told = read([SOUND, b"END"] * 6, rubric, tmp_path)
    assert [sound(each[0]) for each in told] == [True, False] * 6


@pytest.mark.skipif(sys.platform == "win32", reason="the system sets no limit on memory")
def test_a_file_that_eats_memory_is_told_and_the_process_goes_on(
    rubric: Rubric, tmp_path: Path
) -> None:
    (first,), (second,) = read([b"EAT", SOUND], rubric, tmp_path)
    assert isinstance(first.content, Unreadable)
    assert first.content.reason == "unsafe"
    assert sound(second)


def test_a_fault_of_our_own_costs_one_file_and_is_named_for_the_log(
    rubric: Rubric, tmp_path: Path
) -> None:
    (first,), (second,) = read([b"FAIL", SOUND], rubric, tmp_path)
    assert isinstance(first.content, Unreadable)
    assert "ZeroDivisionError" in first.fault
    assert first.sha256 == digest_of(b"FAIL")
    assert sound(second)


def test_of_an_archive_only_the_file_at_fault_is_charged(rubric: Rubric, tmp_path: Path) -> None:
    (told,) = read([archive(SOUND, b"END", SOUND, b"HANG", SOUND)], rubric, tmp_path)
    assert [each.inside for each in told] == [(), ("0",), ("1",), ("2",), ("3",), ("4",)]
    assert [each.content for each in told] == [None, None, CRASHED, None, HUNG, None]
    assert sum(map(sound, told)) == 3


def test_an_archive_of_nothing_but_faults_is_given_up_and_says_so(
    rubric: Rubric, tmp_path: Path
) -> None:
    told, (other,) = read([archive(*[b"END"] * 9), SOUND], rubric, tmp_path)
    assert [each.inside for each in told] == [(), ("0",), ("1",), ("2",), ("（其餘內容）",)]
    assert {each.content for each in told[1:]} == {CRASHED}
    assert sound(other)


def test_what_a_file_holds_is_given_up_for_good_and_what_the_machine_did_only_this_time(
    rubric: Rubric, tmp_path: Path
) -> None:
    contents = {"hang": b"HANG", "in": archive(b"HANG", SOUND), "wait": b"WAIT", "sound": SOUND}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    paths = sorted(tmp_path.iterdir())
    with Workers(rubric, SECONDS, misbehaving.serve) as workers:
        given = {paths[each.number].name: each for each in workers.read(paths)}
    digests = {name: each.digest for name, each in given.items()}
    assert digests["sound"] == digest_of(SOUND)
    assert digests["hang"] == digests["wait"] == ""
    assert {name for name, each in given.items() if each.given_up} == {"hang", "in"}


def test_files_that_are_slow_together_are_given_up_together(rubric: Rubric, tmp_path: Path) -> None:
    (told, (other,)) = read([archive(*[b"WORK"] * 40), SOUND], rubric, tmp_path)
    assert told[-1].inside == ("（其餘內容）",)
    assert told[-1].content == HUNG
    assert 3 <= len(told) < 40
    assert sound(other)


def test_the_more_files_are_given_up_the_less_time_the_next_one_gets() -> None:
    patience = Patience()
    given = []
    for _ in range(40):
        given.append(patience.allowed)
        patience.spend(given[-1])
    assert given == sorted(given, reverse=True)
    assert given[0] <= SECONDS_EACH
    assert given[-1] == LEAST
    assert sum(each for each in given if each > LEAST) < TOGETHER


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be killed there so")
@pytest.mark.parametrize("deed", ["HANG", "WAIT"])
def test_a_reader_ends_soon_after_the_run_that_started_it(
    deed: str, rubric: Rubric, tmp_path: Path
) -> None:
    (tmp_path / "who").write_bytes(b"WHO")
    (tmp_path / "file").write_text(deed, encoding="ascii")
    run = _SPAWN.Process(target=_read_by_a_worker, args=(tmp_path, rubric))
    run.start()
    pid = int(_once_there(tmp_path / "pid"))
    sleep(0.3)
    os.kill(run.pid or 0, signal.SIGKILL)
    run.join()
    for _ in range(200):
        if not _is_alive(pid):
            return
        sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the reader lives on")


def _read_by_a_worker(folder: Path, rubric: Rubric) -> None:
    with Workers(rubric, 60, misbehaving.serve) as workers:
        for answer in workers.read([folder / "who", folder / "file"]):
            reading = decoded(answer.messages[0], rubric)
            (folder / "pid").write_text(reading.fault, encoding="ascii")


def _once_there(path: Path) -> str:
    for _ in range(400):
        if path.exists() and (text := path.read_text(encoding="ascii")):
            return text
        sleep(0.05)
    raise AssertionError(f"{path} is not there")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and ") Z " in state.read_text(encoding="utf-8"))


@pytest.mark.parametrize("reader", [misbehaving.never_ready, misbehaving.never_heard])
def test_readers_that_cannot_be_started_are_a_fault_of_the_machine(
    reader: Reader, rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.inbox.workers._SECONDS_TO_START", SECONDS)
    with (
        Workers(rubric, SECONDS, reader) as workers,
        pytest.raises(ReadersFailedError),
    ):
        list(workers.read([tmp_path / "one"]))


def test_time_in_which_nothing_is_asked_is_held_against_no_file(
    rubric: Rubric, tmp_path: Path
) -> None:
    (tmp_path / "one").write_bytes(SOUND)
    with Workers(rubric, SECONDS, misbehaving.serve) as workers:
        for _ in range(2):
            [answer] = workers.read([tmp_path / "one"])
            assert sound(decoded(answer.messages[0], rubric))
            sleep(SECONDS + 0.1)


def test_what_libraries_say_on_the_console_is_not_heard(
    rubric: Rubric, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read([b"TALK"], rubric, tmp_path)
    assert capfd.readouterr() == ("", "")


def test_a_process_is_recycled_after_so_many_files(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.inbox.workers._FILES_EACH", 2)
    told = read([b"WHO"] * 5, rubric, tmp_path)
    processes = [each.fault for (each,) in told]
    assert len(set(processes)) == 3
    assert str(os.getpid()) not in processes


def test_many_files_are_shared_among_the_cores(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.inbox.workers._FILES_FOR_ANOTHER", 5)
    monkeypatch.setattr("svcq_excel.inbox.workers._cores", lambda: 2)
    told = read([b"WHO, IN TIME"] * 60, rubric, tmp_path)
    assert len({each.fault for (each,) in told}) == 2


def test_what_was_read_of_a_plain_file_is_told_with_its_end_and_of_an_archive_as_it_comes(
    rubric: Rubric, tmp_path: Path
) -> None:
    contents = {"plain": b"sound", "within": archive(b"one", b"other"), "none": b""}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    told = {name: list(answers(tmp_path / name, 0, rubric)) for name in contents}
    kinds = {name: b"".join(answer[:1] for answer in each) for name, each in told.items()}
    assert kinds == {"plain": OPENED + END, "within": b"+=?=?=.", "none": OPENED + END}
    ends = {name: told_at_end(each[-1]) for name, each in told.items()}
    assert {name: digest for name, (digest, _) in ends.items()} == {
        name: digest_of(data) for name, data in contents.items()
    }
    assert ends["within"][1] == ()
    (message,) = ends["plain"][1]
    assert decoded(message, rubric).sha256 == digest_of(b"sound")


def test_no_process_is_left_behind(rubric: Rubric, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(SOUND)
    with Workers(rubric, SECONDS, misbehaving.serve) as workers:
        read = workers.read([tmp_path / "one"] * 5)
        next(read)  # and then the run is broken off
        processes = [worker.process for worker in workers._workers]
        assert processes
        (pid,) = [process.pid for process in processes]
    assert pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

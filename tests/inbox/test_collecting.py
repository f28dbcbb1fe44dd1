"""Every file of the inbox comes out once, in order, read by processes or remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox import collecting
from svcq_excel.inbox.collecting import collect
from svcq_excel.inbox.finding import find
from svcq_excel.inbox.memory import Memory
from svcq_excel.inbox.messages import encoded
from svcq_excel.inbox.patience import HUNG
from svcq_excel.inbox.reading import FileReading, Mail
from svcq_excel.inbox.receiving import Received, digest_of
from svcq_excel.inbox.worker_process import WorkerAnswer
from svcq_excel.rubric.model import Rubric
from svcq_excel.store import Store
from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.workbook import Unreadable
from tests.receiving import InProcess


def zipped(**members: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def mailed(**attached: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "承辦人 <a01@example.tw>", "Fri, 01 Jul 2016 09:30:00 +0800"
    mail.set_content("敬請查收")
    for name, data in attached.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


@contextmanager
def memory(folder: Path, rubric: Rubric, fresh: bool = False) -> Iterator[Memory]:
    with closing(Store(folder)) as store:
        yield Memory(store, rubric, fresh)


def collected(inbox: Path, rubric: Rubric, known: Memory) -> list[Received]:
    return list(collect(find([inbox]), rubric, known, lambda done, of: None))


@pytest.fixture
def inbox(xlsx: bytes, ods: bytes, tmp_path: Path) -> Path:
    folder = tmp_path / "收件 夾"
    folder.mkdir()
    contents = {
        "一.xlsx": xlsx,
        "二.ods": ods,
        "三.zip": zipped(**{"內 一.xlsx": xlsx, "說明.pdf": b"%PDF", "內.zip": zipped(甲=ods)}),
        "四.eml": mailed(**{"表.xlsx": xlsx, "包.zip": zipped(乙=b"x")}),
        "五.xlsx": b"",
        "Thumbs.db": b"x",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return folder


LISTED = [
    "Thumbs.db",
    "一.xlsx",
    "三.zip",
    "三.zip!內 一.xlsx",
    "三.zip!說明.pdf",
    "三.zip!內.zip",
    "三.zip!內.zip!甲",
    "二.ods",
    "五.xlsx",
    "四.eml",
    "四.eml!表.xlsx",
    "四.eml!包.zip",
    "四.eml!包.zip!乙",
]


@pytest.mark.processes
def test_every_file_and_every_file_inside_is_listed_in_order(
    inbox: Path, rubric: Rubric, tmp_path: Path, xlsx: bytes
) -> None:
    with memory(tmp_path, rubric) as known:
        received = {each.listed: each for each in collected(inbox, rubric, known)}
    assert [each.removeprefix(f"{inbox}/") for each in received] == LISTED
    forms = {
        name.removeprefix(f"{inbox}/")
        for name, each in received.items()
        if isinstance(each.reading.content, FormFacts)
    }
    assert forms == {"一.xlsx", "三.zip!內 一.xlsx", "三.zip!內.zip!甲", "二.ods", "四.eml!表.xlsx"}
    (mail,) = [each.reading for name, each in received.items() if name.endswith("eml!表.xlsx")]
    assert mail.mails == (Mail(datetime(2016, 7, 1, 9, 30, tzinfo=TAIPEI), "a01@example.tw"),)
    assert (mail.size, mail.sha256) == (len(xlsx), digest_of(xlsx))


class Forbidden(InProcess):
    """Nothing may be read: all of it is known."""

    def read(self, paths: Sequence[Path]) -> Iterator[WorkerAnswer]:
        assert not paths
        return iter(())


def test_what_was_read_before_is_not_read_again(
    inbox: Path, rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with memory(tmp_path, rubric) as known:
        first = collected(inbox, rubric, known)
    (inbox / "五.xlsx").unlink()  # an empty file has nothing to be known by
    (inbox / "一.xlsx").rename(inbox / "零.xlsx")
    monkeypatch.setattr(collecting, "Workers", Forbidden)
    with memory(tmp_path, rubric) as known:
        again = collected(inbox, rubric, known)

    def read(received: Iterable[Received]) -> set[str]:
        return {repr(each.reading) for each in received if each.found.path.name != "五.xlsx"}

    assert read(again) == read(first)


class GivingUp(InProcess):
    """Every file takes too long."""

    def read(self, paths: Sequence[Path]) -> Iterator[WorkerAnswer]:
        message = encoded(FileReading(content=HUNG, fault=HUNG.cause), self._rubric)
        for number in range(len(paths)):
            yield WorkerAnswer(number, [message], "", given_up=True)


def test_what_was_given_up_is_not_tried_again(
    inbox: Path, rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "Workers", GivingUp)
    (inbox / "五.xlsx").unlink()
    with memory(tmp_path, rubric) as known:
        first = collected(inbox, rubric, known)
    monkeypatch.setattr(collecting, "Workers", Forbidden)
    with memory(tmp_path, rubric) as known:
        again = collected(inbox, rubric, known)
    assert [each.reading for each in again] == [each.reading for each in first]
    told = {each.reading.content for each in again if not each.found.ignored}
    assert told == {HUNG}


def test_what_is_remembered_of_a_file_is_not_said_of_one_that_is_called_otherwise(
    xlsx: bytes, rubric: Rubric, tmp_path: Path
) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (inbox / "一.xls").write_bytes(xlsx)
    with memory(tmp_path, rubric) as known:
        (misnamed,) = collected(inbox, rubric, known)
    (inbox / "一.xls").rename(inbox / "一.xlsx")
    with memory(tmp_path, rubric) as known:
        (renamed,) = collected(inbox, rubric, known)
    told = [each.reading.origin.oddities for each in (misnamed, renamed)]
    assert told == [("wrong-extension",), ()]


def test_asked_for_fresh_readings_everything_is_read(
    inbox: Path, rubric: Rubric, tmp_path: Path
) -> None:
    with memory(tmp_path, rubric) as known:
        collected(inbox, rubric, known)
    with memory(tmp_path, rubric) as known:
        assert known.recalls
    with memory(tmp_path, rubric, fresh=True) as known:
        assert not known.recalls
        assert len(collected(inbox, rubric, known)) == len(LISTED)


def test_another_rubric_remembers_nothing_of_this_one(
    inbox: Path, rubric: Rubric, tmp_path: Path
) -> None:
    with memory(tmp_path, rubric) as known:
        collected(inbox, rubric, known)
    other = rubric.model_copy(update={"title": "另一計畫"})
    with memory(tmp_path, other) as known:
        assert not known.recalls


def test_a_remembered_reading_that_is_drivel_costs_one_file_and_no_more(
    inbox: Path, rubric: Rubric, tmp_path: Path, xlsx: bytes
) -> None:
    with memory(tmp_path, rubric) as known:
        known.keep(inbox / "一.xlsx", digest_of(xlsx), [b"drivel"])
    with memory(tmp_path, rubric) as known:
        received = {each.found.path.name: each for each in collected(inbox, rubric, known)}
    assert isinstance(received["一.xlsx"].reading.content, Unreadable)
    assert isinstance(received["二.ods"].reading.content, FormFacts)


def test_progress_is_told_to_the_last_file(inbox: Path, rubric: Rubric, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with memory(tmp_path, rubric) as known:
        found = find([inbox])
        list(collect(found, rubric, known, lambda done, of: told.append((done, of))))
    assert told == [(at, len(found)) for at in range(1, len(found) + 1)]

"""Drafts lie as files, all or none, each with its own unit's attachments and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from svcq_excel.letters.drafts import ARCHIVE, write_drafts
from svcq_excel.letters.letter import Attachment
from svcq_excel.output import OutputBlockedError
from tests.letters.test_sending import letters


def test_each_letter_is_a_file_named_by_its_unit_with_its_own_attachment_alone(
    tmp_path: Path,
) -> None:
    written = write_drafts(letters(3), tmp_path / "信件" / "發送表件")
    assert [path.name for path in written] == [
        f"A0{at}_第{at}河川局_發送表件.eml" for at in (1, 2, 3)
    ]
    for at, path in enumerate(written, start=1):
        message = message_from_bytes(path.read_bytes())
        names = [part.get_filename() for part in message.walk() if part.get_filename()]
        assert names == [f"A0{at}_評分表.xlsx"]
        assert message["To"] == f"a{at}@example.gov.tw"


def test_the_archive_holds_the_same_drafts(tmp_path: Path) -> None:
    written = write_drafts(letters(3), tmp_path, archived=True)
    with ZipFile(tmp_path / ARCHIVE) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {path.name: path.read_bytes() for path in written}


def test_the_same_letters_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_drafts(letters(3), tmp_path / name, archived=True)
    left, right = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"
    )
    assert left == right


def test_attachments_and_names_of_one_letter_are_in_no_other(tmp_path: Path) -> None:
    """The first recipient's name in everybody's letter, attachments that pile up."""
    given = letters(30)
    written = write_drafts(given, tmp_path, archived=True)
    for path, letter in written.items():
        content = path.read_bytes()
        message = message_from_bytes(content)
        assert sum(bool(part.get_filename()) for part in message.walk()) == 1
        subject = str(make_header(decode_header(message["Subject"])))
        assert subject == letter.subject
        strangers = [each.to[0] for each in given if each is not letter]
        assert not [each for each in strangers if each.encode() in content]
    sizes = [path.stat().st_size for path in written]
    assert max(sizes) - min(sizes) < 200


def test_an_archive_of_an_earlier_call_is_gone_and_one_of_somebody_else_s_stays(
    tmp_path: Path,
) -> None:
    write_drafts(letters(3), tmp_path, archived=True)
    write_drafts(letters(2), tmp_path)
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".eml", ".eml"]
    with ZipFile(tmp_path / ARCHIVE, "w") as own:
        own.writestr("我的檔案.txt", "x")
    write_drafts([], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [ARCHIVE]


def test_what_is_attached_is_made_when_its_letter_is_written_and_not_kept(tmp_path: Path) -> None:
    order = list[str]()

    def made(name: str) -> bytes:
        order.append(name)
        return name.encode()

    given = [
        replace(each, attachments=(Attachment("表.xlsx", partial(made, each.unit)),))
        for each in letters(3)
    ]
    assert not order
    written = write_drafts(given, tmp_path)
    assert order == ["A01", "A02", "A03"]
    for path, each in written.items():
        (part,) = (p for p in message_from_bytes(path.read_bytes()).walk() if p.get_filename())
        assert part.get_payload(decode=True) == each.unit.encode()


def test_where_one_draft_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "A03_第3河川局_發送表件.eml").mkdir()
    with pytest.raises(OutputBlockedError):
        write_drafts(letters(3), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["A03_第3河川局_發送表件.eml"]

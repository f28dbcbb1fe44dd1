"""The pages of a document are known where the file says them, and never guessed."""

from __future__ import annotations

import zlib
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.inbox.collecting import collect
from svcq_excel.inbox.document_pages import pages_of
from svcq_excel.inbox.finding import find
from svcq_excel.inbox.memory import Memory
from svcq_excel.inbox.receiving import Received
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.store import Store
from svcq_excel.workbooks.guarding import guarded


def zipped(**members: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


def docx(pages: int) -> bytes:
    return zipped(docProps__app_xml=f"<Properties><Pages>{pages}</Pages></Properties>")


def odt(pages: int) -> bytes:
    return zipped(meta_xml=f'<meta:document-statistic meta:page-count="{pages}"/>')


def pdf(pages: int, packed: bool = False) -> bytes:
    kids = " ".join(f"{3 + i} 0 R" for i in range(pages))
    tree = f"<</Type /Pages /Count {pages} /Kids [{kids}]>>"
    objects = [tree, *["<</Type/Page /Parent 2 0 R>>"] * pages]
    if not packed:
        body = "".join(f"{at} 0 obj\n{each}\nendobj\n" for at, each in enumerate(objects, 2))
        return b"%PDF-1.4\n" + body.encode()
    stream = zlib.compress(" ".join(objects).encode())
    head = f"9 0 obj\n<</Type /ObjStm /N 4 /First 20 /Length {len(stream)}>>\nstream\r\n"
    return b"%PDF-1.5\n" + head.encode() + stream + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx(5), "報告.docx"),
        (odt(5), "報告.ODT"),
        (pdf(5), "報告.pdf"),
        (pdf(5, packed=True), "報告.pdf"),
    ],
    ids=["docx", "odt", "pdf", "pdf with packed objects"],
)
def test_the_pages_of_a_document_are_read(data: bytes, name: str) -> None:
    assert pages_of(data, name) == 5


def test_a_pdf_that_still_holds_pages_it_no_longer_has_tells_nothing() -> None:
    changed = pdf(3) + b"8 0 obj\n<</Type/Page /Parent 2 0 R>>\nendobj\n"
    assert pages_of(changed, "報告.pdf") is None


def test_what_does_not_say_its_pages_has_none() -> None:
    assert pages_of(zipped(docProps__app_xml="<Properties/>"), "報告.docx") is None
    assert pages_of(b"%PDF-1.4 /Encrypt" + pdf(3), "報告.pdf") is None
    assert pages_of(docx(3), "報告.doc") is None


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".docx", ".odt", ".pdf"]))
def test_anything_under_such_a_name_ends_in_a_number_or_none(data: bytes, suffix: str) -> None:
    for whole in (data, b"%PDF-1.5 /Type /ObjStm >> stream\n" + data):
        found = guarded(partial(pages_of, whole, f"x{suffix}"))
        assert not isinstance(found, int) or found > 0


def received(inbox: Path, rubric: Rubric, memory: Path | None = None) -> list[Received]:
    with closing(Store(memory)) as store:
        return list(collect(find([inbox]), rubric, Memory(store, rubric), lambda done, of: None))


def test_a_document_in_the_inbox_stays_ignored_and_has_its_pages(
    tmp_path: Path, rubric: Rubric
) -> None:
    (tmp_path / "甲.docx").write_bytes(docx(4))
    (tmp_path / "乙.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "丙.zip").write_bytes(zipped(報告_pdf=pdf(2).decode("ascii")))
    (tmp_path / "丁.docx").write_bytes(b"no zip at all")
    files = received(tmp_path, rubric)
    assert {each.name: each.reading.pages for each in files} == {
        "甲.docx": 4,
        "乙.pdf": None,
        "丙.zip": None,
        "報告.pdf": 2,
        "丁.docx": None,
    }
    assert all(each.reading.ignored and each.reading.content is None for each in files)


def test_what_is_remembered_of_bytes_does_not_depend_on_a_documents_name(
    tmp_path: Path, rubric: Rubric
) -> None:
    inbox, memory = tmp_path / "收件", tmp_path / "記憶"
    inbox.mkdir()
    (inbox / "表.docx").write_bytes(b"something")
    for _ in range(2):
        (file,) = received(inbox, rubric, memory)
        assert file.reading.ignored
    (inbox / "表.docx").rename(inbox / "表.xlsx")
    (file,) = received(inbox, rubric, memory)
    assert not file.reading.ignored and file.reading.content


def test_of_rubrics_that_ask_for_no_documents_none_is_opened(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").write_bytes(docx(4))
    (file,) = received(tmp_path, load("khb-106"))
    assert file.reading.pages is None

"""However long texts are, the results print them to their end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from svcq_excel.results.workbook import write_statistics
from tests.conftest import Convert
from tests.form.layout.test_pages import text_of
from tests.results.samples import outcome, submission, wra

SENTENCE = "本局已簡化申辦流程，並於每月檢討民眾等候時間；"


def written(length: int, end: str) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - len(end)] + end


@pytest.mark.office
def test_every_text_is_printed_to_its_end(office: Convert, kai: None, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    leaves, items = [leaf.id for leaf in wra().leaves], [item.id for item in wra().items]
    lengths = (40, 150, 400, 900, 3000)
    notes = {leaf: written(n, f"備註{n:04}止") for leaf, n in zip(leaves, lengths, strict=False)}
    remarks = {
        item: {key: written(n, f"{key[0]}{n:04}止") for key in ("strengths", "progress", "remark")}
        for item, n in zip(items, lengths, strict=False)
    }
    comments = written(5000, "評語5000止")
    form = submission("A01", 900, notes=notes, remarks=remarks, comments=comments)
    (tmp_path / "結果.xlsx").write_bytes(write_statistics(outcome([form])))
    (pdf,) = office([tmp_path / "結果.xlsx"], "pdf", tmp_path)
    printed = "".join(text_of(pdf, "-raw").split())
    texts = [*notes.values(), comments, *(t for said in remarks.values() for t in said.values())]
    assert not [text[-7:] for text in texts if text[-7:] not in printed]

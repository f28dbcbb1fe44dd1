"""Drafts as another program takes them apart (ripMIME): every attachment under its own name, byte
for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from svcq_excel.letters.letter import Attachment
from svcq_excel.letters.mime import draft
from tests.letters.test_mime import letter

RIPMIME = shutil.which("ripmime")
NAMES = ("A01_第一河川局_評分表.xlsx", "績效總報告.docx", "A01_form.xlsx", "堃喆𠮷 (1).pdf")


@pytest.mark.skipif(not RIPMIME, reason="ripMIME is not installed")
def test_ripmime_finds_each_attachment_under_its_name(tmp_path: Path) -> None:
    files = {name: name.encode() * 50 for name in NAMES}
    source, out = tmp_path / "draft.eml", tmp_path / "out"
    source.write_bytes(draft(letter(attachments=tuple(map(Attachment, files, files.values())))))
    out.mkdir()
    assert RIPMIME
    utf8 = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([RIPMIME, "-i", str(source), "-d", str(out)], check=True, env=utf8)
    found = {path.name: path.read_bytes() for path in out.iterdir()}
    assert {name: found.get(name) for name in files} == files

"""What is typed into an entry for text stays what was typed: typed in LibreOffice, by a macro."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from svcq_excel.checks.examples import clean_facts
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.styles import FORMATS
from svcq_excel.form.writing.prefilled import carried
from svcq_excel.form.writing.writer import render
from svcq_excel.rubric.model import Rubric
from tests.receiving import content_of

TYPED = ("-改善服務流程", "+886-2-3343", "=改善", "3-5", "-3", "105/7/5", "007", "1E5", "TRUE")

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>"""
_BASIC = """
Sub Main(source As String, target As String, sheet As String, cells As String, texts As String)
  Dim none(0) As New com.sun.star.beans.PropertyValue
  Dim place(0) As New com.sun.star.beans.PropertyValue
  Dim text(0) As New com.sun.star.beans.PropertyValue
  none(0).Name = "ReadOnly" : none(0).Value = False
  place(0).Name = "ToPoint" : text(0).Name = "StringName"
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, none())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = doc.CurrentController.Frame
  doc.CurrentController.setActiveSheet(doc.Sheets.getByName(sheet))
  at = Split(cells, ";") : typed = Split(texts, ";")
  For i = 0 To UBound(at)
    place(0).Value = at(i) : text(0).Value = typed(i)
    dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, place())
    dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, text())
  Next
  text(0).Name = "FilterName" : text(0).Value = "Calc MS Excel 2007 XML"
  doc.storeAsURL(target, text())
  doc.close(True)
End Sub
"""


def typed_in_libreoffice(form: Path, entries: dict[str, str], folder: Path) -> Path:
    """The form after texts were typed into cells of 評分表, by address, and it was saved."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _soffice(profile, "--terminate_after_init")  # which puts its own empty module there
    basic = folder / "profile" / "user" / "basic" / "Standard"
    (basic / "Module1.xba").write_text(_MODULE.format(escape(_BASIC)), encoding="utf-8")
    target = folder / "saved.xlsx"
    texts = ";".join(entries), ";".join(entries.values())
    said = ",".join(f'"{text}"' for text in (form.as_uri(), target.as_uri(), FORM_SHEET, *texts))
    _soffice(profile, "--norestore", f"macro:///Standard.Module1.Main({said})")
    return target


def _soffice(*asked: str) -> None:
    command = ["soffice", "--headless", *asked]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_every_entry_for_text_is_formatted_as_text(rubric: Rubric) -> None:
    for (_, key), _box in lay_out(rubric).entries.items():
        figure = key in {"score", "measure", "this_year", "last_year"}
        assert (FORMATS[key].get("num_format") == "@") is not figure, key
    assert FORMATS["remark"]["num_format"] == FORMATS["done"]["num_format"] == "@"


@pytest.mark.office
def test_what_is_typed_in_libreoffice_stays_what_was_typed(rubric: Rubric, tmp_path: Path) -> None:
    facts = clean_facts(rubric)
    form = tmp_path / "form.xlsx"
    form.write_bytes(render(rubric, facts.identity, "評分表", carried(facts)))
    leaves = [leaf.id for leaf in rubric.leaves[: len(TYPED)]]
    places = [lay_out(rubric).entries[leaf, "note"].address for leaf in leaves]
    saved = typed_in_libreoffice(form, dict(zip(places, TYPED, strict=True)), tmp_path)
    again = content_of(saved, rubric)
    assert isinstance(again, FormFacts)
    notes = [again.entries[leaf][0].note for leaf in leaves]
    assert tuple(note and note.value for note in notes) == TYPED
    assert not any(note and note.formula for note in notes)

"""Stamped forms are what rendering each one would give: sound, equal in content, repeatable."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.form.identity import Identity
from svcq_excel.form.writing.writer import render
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.issuing.zip_mould import Mould, placeholder
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Kind, Rubric
from tests.form.dump import dump
from tests.form.filling import facts_of, identity, load, pairs

NAMES = (
    "第一河川局",
    "A & B <區> \"引號\" '撇號'",
    "]]> &amp; <![CDATA[",
    "𠮷野 堃 喆 煊",
    "{agency} {kind} %s \\1 \\g<0>",
    "=1+1",
    "名" * 500,
    "𠮷" * 500,
    "&" * 500,
)


@pytest.fixture(scope="module")
def stamper(rubric: Rubric) -> Stamper:
    return Stamper(rubric)


def assert_sound(form: bytes) -> None:
    with ZipFile(BytesIO(form)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            if info.compress_type == ZIP_STORED:
                assert info.file_size == info.compress_size


def test_every_stamped_form_of_a_round_is_a_sound_workbook_of_its_own(
    rubric: Rubric, stamper: Stamper, units: tuple[Unit, ...]
) -> None:
    forms = [stamper.stamp(identity(rubric, unit), "self") for unit in units]
    for unit, form in zip(units, forms, strict=True):
        assert_sound(form)
        hidden = pairs(load(form)["_svcq"])
        assert (hidden["unit"], hidden["unit_name"]) == (unit.code, unit.name)
    assert len(set(forms)) == len(units)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_stamped_form_says_what_a_rendered_one_says(
    rubric: Rubric, stamper: Stamper, name: str
) -> None:
    kind: Kind = "hq" if NAMES.index(name) % 2 else "self"
    mine = identity(rubric, Unit("A&<1>", name), assessor=kind)
    stamped = stamper.stamp(mine, kind)
    assert_sound(stamped)
    assert dump(stamped) == dump(render(rubric, mine, rubric.title_of_form(kind)))


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_the_marks_of_a_form_agree_whatever_the_units_name(
    rubric: Rubric, stamper: Stamper, tmp_path: Path, name: str
) -> None:
    mine = identity(rubric, Unit("A01", name))
    (tmp_path / "form.xlsx").write_bytes(stamper.stamp(mine, "self"))
    facts = facts_of(tmp_path / "form.xlsx", rubric)
    assert facts.identity == mine
    assert {mark.unit for mark in facts.marks} == {"A01"}
    assert {mark.unit_name for mark in facts.marks} - {""} == {name}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_stamping_again_gives_the_same_bytes(rubric: Rubric, name: str) -> None:
    mine = identity(rubric, Unit("A01", name))
    first, second = Stamper(rubric), Stamper(rubric)
    expected = first.stamp(mine, "self")
    first.stamp(identity(rubric, Unit("A02", "其他單位")), "hq")
    assert first.stamp(mine, "self") == expected
    assert second.stamp(mine, "self") == expected


def test_nothing_of_the_master_shows_in_a_form(rubric: Rubric, stamper: Stamper) -> None:
    form = stamper.stamp(identity(rubric), "self")
    with ZipFile(BytesIO(form)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    mark = placeholder("unit")[0].encode()
    assert not any(mark in part for part in parts)


def test_a_title_names_the_kind_of_assessment(rubric: Rubric, stamper: Stamper) -> None:
    titles = [
        load(stamper.stamp(identity(rubric, assessor=kind), kind)).properties.title
        for kind in ("self", "hq")
    ]
    assert ["(自行)" in str(titles[0]), "(本署)" in str(titles[1])] == [True, True]


def archive_of(members: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for name, text in members.items():
            target.writestr(name, text)
    return out.getvalue()


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co")), max_size=60)


@settings(max_examples=60)
@given(TEXTS, TEXTS, st.lists(st.sampled_from(["a", "b", "c"]), max_size=5))
def test_a_cast_differs_from_its_mould_only_where_the_placeholders_stood(
    first: str, second: str, order: list[str]
) -> None:
    texts = {"a": first, "b": second, "c": ""}
    plain = "<x>固定</x>"
    holes = "<y>" + "|".join(placeholder(key) for key in order) + "</y>"
    mould = Mould(archive_of({"plain.xml": plain, "a/holes.xml": holes, "holes.xml": holes}))
    cast = mould.cast(texts)
    assert_sound(cast)
    expected = "<y>" + "|".join(escaped(texts[key]) for key in order) + "</y>"
    with ZipFile(BytesIO(cast)) as archive:
        assert archive.read("plain.xml").decode() == plain
        for name in ("a/holes.xml", "holes.xml"):
            assert archive.read(name).decode().rstrip(" ") == expected.rstrip(" ")


def escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def test_what_does_not_fit_into_the_holes_makes_a_longer_copy(
    rubric: Rubric, stamper: Stamper
) -> None:
    mould = Mould(archive_of({"x.xml": f"<x>{placeholder('a')}</x>", "y.xml": "<y/>"}))
    cast = mould.cast({"a": "長" * 100_000})
    assert_sound(cast)
    with ZipFile(BytesIO(cast)) as archive:
        assert archive.read("x.xml").decode() == f"<x>{'長' * 100_000}</x>"
        assert archive.namelist() == ["x.xml", "y.xml"]
    mine = Identity("1", rubric.id, rubric.digest, "期" * 2_000, "A01", "名", "self")
    hidden = pairs(load(stamper.stamp(mine, "self"))["_svcq"])
    assert hidden["round"] == "期" * 2_000


@given(st.integers(0, 70_000))
def test_a_string_of_any_length_fits(length: int) -> None:
    mould = Mould(archive_of({"x.xml": placeholder("a"), "y.xml": "<y/>"}))
    cast = mould.cast({"a": "x" * length})
    assert_sound(cast)
    with ZipFile(BytesIO(cast)) as archive:
        assert archive.read("x.xml").rstrip() == b"x" * length
        assert archive.read("y.xml") == b"<y/>"


def test_copies_are_of_one_length_and_packed() -> None:
    """A form goes by mail: what it says over and over must not lie there in full."""
    text = "<x>" + "固定的文字" * 10_000 + placeholder("a") + "固定的文字" * 10_000 + "</x>"
    mould = Mould(archive_of({"x.xml": text}))
    sizes = {len(mould.cast({"a": name})) for name in ("", "甲", "名" * 300)}
    assert len(sizes) == 1
    assert sizes.pop() < 10_000


def test_a_string_stays_inside_the_attribute_it_stands_in() -> None:
    mould = Mould(archive_of({"x.xml": f'<x name="{placeholder("a")}">{placeholder("a")}</x>'}))
    name = "\"A\" & 'B' <c> ]]>"
    with ZipFile(BytesIO(mould.cast({"a": name}))) as archive:
        element = ElementTree.fromstring(archive.read("x.xml"))
    assert (element.get("name"), element.text) == (name, name)


def test_the_kind_of_document_is_never_packed() -> None:
    mould = Mould(archive_of({"mimetype": "application/x", "x.xml": placeholder("a")}))
    assert b"mimetypeapplication/x" in mould.cast({"a": "甲"})

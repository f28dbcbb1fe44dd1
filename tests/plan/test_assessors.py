"""Assessors: the two that are always there, and a committee read from its list."""

from __future__ import annotations

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.assessors import (
    HQ,
    SELF,
    Assessor,
    assessor_kind,
    read_assessors,
    read_list,
)
from svcq_excel.plan.units import Unit

from .conftest import Cells, Write


@pytest.mark.parametrize(("ref", "assessor"), [("self", SELF), ("hq", HQ)])
def test_the_fixed_assessors_are_named_by_their_key(ref: str, assessor: Assessor) -> None:
    assert read_assessors(ref) == (assessor,)
    assert (assessor.key, assessor.name) == (ref, "")
    assert assessor_kind(ref) == assessor.kind == ref


def test_every_other_key_is_a_member_of_a_committee() -> None:
    assert assessor_kind("委員甲") == "committee"


@pytest.mark.parametrize(
    ("cells", "members"),
    [
        (
            (("考核人員",), ("委員甲",), ("委員乙",)),
            (Assessor("委員甲", "委員甲", "committee"), Assessor("委員乙", "委員乙", "committee")),
        ),
        (
            (
                ("考核小組名單",),
                ("組別", "職稱", "編號", "考核人員"),
                ("", "召集人", "01", "委員甲"),
            ),
            (Assessor("01", "委員甲", "committee"),),
        ),
        (
            (("編號", "考核人員", "組別"), ("1", "委員甲", "第一組"), ("2", "委員乙", "")),
            (
                Assessor("1", "委員甲", "committee", "第一組"),
                Assessor("2", "委員乙", "committee"),
            ),
        ),
    ],
)
def test_members_are_read_in_the_order_of_their_list(
    csv_file: Write, xlsx: Write, cells: Cells, members: tuple[Assessor, ...]
) -> None:
    assert read_assessors(str(csv_file(cells))) == members
    assert read_assessors(str(xlsx(cells))) == members


@pytest.mark.parametrize(
    ("cells", "line", "message"),
    [
        (
            (("考核人員",), ("委員甲",), ("委員甲",)),
            3,
            "考核人員「委員甲」與第 2 列的「委員甲」重複",
        ),
        (
            (("編號", "考核人員"), ("01", "甲"), ("1", "乙")),
            3,
            "編號「1」與第 2 列的「01」只差全形半形、大小寫、空白或開頭的 0",
        ),
        (
            (("編號", "考核人員"), ("01", "甲"), ("", "乙")),
            3,
            "有 1 筆未填編號（此為第一筆），其餘已填",
        ),
        ((("編號", "考核人員"), ("01", "")), 2, "考核人員空白（公式的錯誤值也視為空白）"),
        (
            (("編號", "考核人員"), ("ＨＱ", "甲")),
            2,
            "編號「ＨＱ」是保留字（self 為自行考核，hq 為主辦機關考核）",
        ),
        (
            (("考核人員", "組別"), ("甲", "第1組"), ("乙", "第１組")),
            3,
            "組別「第１組」與第 2 列的「第1組」寫法不一",
        ),
        ((("人員",), ("甲",)), None, "找不到「考核人員」欄；最接近欄名的一列是「人員」"),
    ],
)
def test_faults_of_a_committee_name_their_row(
    csv_file: Write, cells: Cells, line: int | None, message: str
) -> None:
    with pytest.raises(DefinitionError) as error:
        read_assessors(str(csv_file(cells)))
    assert [(x.line, x.message) for x in error.value.problems] == [(line, message)]


def test_a_missing_list_is_told() -> None:
    with pytest.raises(DefinitionError, match="找不到這個檔案"):
        read_assessors("沒有這個檔案.xlsx")


@pytest.mark.parametrize(
    ("group", "unit_group", "assesses"),
    [
        ("", "", True),
        ("", "第一組", True),
        ("第一組", "第一組", True),
        ("第1組", "第１組", True),
        ("第一組", "第二組", False),
        ("第一組", "", False),
    ],
)
def test_a_member_with_a_group_assesses_only_its_units(
    group: str, unit_group: str, assesses: bool
) -> None:
    member = Assessor("1", "甲", "committee", group)
    assert member.assesses(Unit("A01", "第一河川局", unit_group)) is assesses
    assert SELF.assesses(Unit("A01", "第一河川局", unit_group))


UNITS = (
    Unit("A01", "衛生局", "第1組"),
    Unit("A02", "稅務局", "第1組"),
    Unit("B01", "東區區公所", "第2組"),
)


def assessed(path: str) -> dict[str, str]:
    """By key, the codes of the units that each member is to assess."""
    members = read_assessors(path, UNITS)
    return {each.key: " ".join(u.code for u in UNITS if each.assesses(u)) for each in members}


@pytest.mark.parametrize("head", ["受考核單位", "受考核單位編號", "單位代碼", "負責單位"])
@pytest.mark.parametrize("cell", ["A01、B01", "衛生局,東區區公所", "A01\nB01", "ａ01 衛生局；B01"])
def test_a_member_is_given_units_by_codes_or_names(
    xlsx: Write, csv_file: Write, head: str, cell: str
) -> None:
    cells = (("編號", "考核人員", head), ("K1", "甲", cell), ("K2", "乙", ""), ("K3", "丙", "全部"))
    for path in (xlsx(cells), csv_file(cells)):
        assert assessed(str(path)) == {"K1": "A01 B01", "K2": "A01 A02 B01", "K3": "A01 A02 B01"}


def test_a_member_may_have_a_row_for_each_unit(csv_file: Write) -> None:
    rows = (("甲", "A01"), ("乙", "A01"), ("甲", "A02"))
    path = csv_file((("考核人員", "受考核單位"), *rows))
    assert assessed(str(path)) == {"甲": "A01 A02", "乙": "A01"}


def test_a_member_s_own_place_of_work_gives_no_units(csv_file: Write) -> None:
    path = csv_file((("考核人員", "服務單位", "單位"), ("甲", "某大學", "某大學")))
    assert assessed(str(path)) == {"甲": "A01 A02 B01"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("甲", "", "A09"), "受考核單位「A09」不在受考核單位名單內"),
        (("甲", "第2組", "A01"), "受考核單位「A01」不屬於第2組"),
        (("乙", "", ""), "考核人員「乙」與第 2 列的「乙」重複"),
    ],
)
def test_a_share_of_nothing_that_is_there_is_told(
    csv_file: Write, row: tuple[str, ...], message: str
) -> None:
    path = csv_file((("考核人員", "組別", "受考核單位"), ("乙", "", "B01"), row))
    with pytest.raises(DefinitionError) as caught:
        read_assessors(str(path), UNITS)
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [(3, message)]


def test_a_group_without_units_is_told_but_forbids_nothing(csv_file: Write) -> None:
    listed = read_list(str(csv_file((("考核人員", "組別"), ("甲", "第9組")))), UNITS)
    assert [doubt.message for doubt in listed.doubts] == ["組別「第9組」沒有任何受考核單位"]

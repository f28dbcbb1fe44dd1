"""Assessors: the two that are always there, and a committee read from its list."""

from __future__ import annotations

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.assessors import HQ, SELF, Assessor, assessor_kind, read_assessors
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

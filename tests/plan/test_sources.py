"""What a run was given is read in one place: a call goes first, and all that is wrong is told."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from svcq_excel import Sources, define
from svcq_excel.definition import DefinitionError

SAMPLES = Path(__file__).parents[2] / "samples"
UNITS = SAMPLES / "units.csv"

_NOT_IN_YAML = {"clauses", "rounds", "problems", "doubts", "seal_key", "found_results"}


def problems(given: Sources) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        given.read()
    return [str(problem) for problem in caught.value.problems]


def test_what_a_call_gives_goes_before_the_plan_file() -> None:
    call = Sources(round="105年度下半年", deadline="")
    below = Sources("wra-105", UNITS, "105年度上半年", "105年7月31日")
    assert call.over(below) == Sources("wra-105", UNITS, "105年度下半年", "")


def test_a_command_takes_only_what_it_offers() -> None:
    below = Sources("wra-105", UNITS, deadline="105年7月31日", rulings="a.csv")
    assert Sources().over(below, only={"rubric", "units"}) == Sources("wra-105", UNITS)


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = problems(Sources("wra-106", "無.csv", deadline="下週五", decisions="沒有.csv"))
    for said in ("wra-106", "無.csv", "「下週五」不是日期", "沒有.csv"):
        assert sum(said in line for line in told) == 1, said


def test_rulings_and_carried_steps_are_told_beside_a_wrong_deadline() -> None:
    told = problems(Sources("wra-105", UNITS, deadline="下週五", rulings="無.csv", carried=UNITS))
    assert len(told) == 3


@pytest.mark.parametrize("address", ["hq", "hq@wra", "無", " ", "hq@wra.gov.tw; x"])
def test_an_address_of_the_office_that_can_be_none_is_told(address: str) -> None:
    (told,) = problems(Sources("wra-105", UNITS, office_address=address))
    assert "本機關信箱「" in told and "不是電子郵件地址" in told


def test_the_office_is_known_by_its_contact_and_by_the_addresses_given_beside() -> None:
    said = Sources("wra-105", UNITS, email="王 <hq@wra.gov.tw>", office_address="b@c.tw、D@e.tw")
    plan = said.read()
    for own in ("HQ@wra.gov.tw", "b@C.tw", "d@e.tw"):
        assert plan.is_the_office(own)
    for other in ("", "q@wra.gov.tw", "hq@wra.gov.tw.example.com", "b@c.tw; x@y.tw", "d@e.tw、"):
        assert not plan.is_the_office(other)
    assert not Sources("wra-105", UNITS).read().is_the_office("")


def test_without_a_rubric_or_units_it_says_what_to_give() -> None:
    told = problems(Sources())
    assert ["評分表定義" in told[0], "受考核單位名單" in told[1]] == [True, True]


def test_a_plan_comes_from_sources_from_keywords_or_from_a_plan_file(tmp_path: Path) -> None:
    whole = define(Sources("wra-105", UNITS, "105年度上半年", "105年7月31日"))
    assert whole.deadline and whole.round == "105年度上半年"
    more = {"round": "105年度上半年", "deadline": "105年7月31日"}
    assert define("wra-105", str(UNITS), **more) == whole
    text = f"rubric: wra-105\nunits: {UNITS.as_posix()}\nround: 別的\ndeadline: 105年7月31日\n"
    (tmp_path / "計畫.yaml").write_text(text, "utf-8")
    assert define(round="105年度上半年", plan_file=tmp_path / "計畫.yaml") == whole


def test_a_plan_file_knows_every_source(tmp_path: Path) -> None:
    from svcq_excel.plan.plan_file import read_plan_file

    keys = [field.name for field in fields(Sources) if field.name not in _NOT_IN_YAML]
    (tmp_path / "計畫.yaml").write_text("".join(f"{key}: x\n" for key in keys), "utf-8")
    read = read_plan_file(tmp_path / "計畫.yaml")
    assert all(getattr(read, key) for key in keys)

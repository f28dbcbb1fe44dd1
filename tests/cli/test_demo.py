"""`svcq demo`: the chain of each assessment that ships, by its id, into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.cli.demo import ROUNDS
from tests.cli.conftest import Run
from tests.results.reading import opened

FORMS = {"wra-105": 14, "khb-106": 1, "hccg-105": 31, "kpw-102": 4}
"""hccg-105: 16 units check themselves, three members see the five of the first group."""


@pytest.mark.parametrize("id", ROUNDS)
def test_each_assessment_is_shown_from_blank_forms_to_the_last_table(svcq: Run, id: str) -> None:
    ran = svcq("demo", id, "示 範")
    assert ran.code == 0, ran.err
    blank = [path for path in Path("示 範/空白表件").glob("*.xlsx") if id in path.name]
    assert len(blank) == FORMS[id]
    (table,) = Path("示 範").glob("*統計表.xlsx")
    assert "收件紀錄" in opened(table.read_bytes()).sheetnames
    assert ran.out.splitlines()[:2] == [str(Path("示 範/空白表件")), str(table)]


def test_the_checklist_s_next_forms_hold_what_was_open(svcq: Run) -> None:
    assert svcq("demo", "kpw-102", "示 範").code == 0
    held = {}
    for form in Path("示 範/102年12月空白表件").glob("P*.xlsx"):
        sheet = opened(form.read_bytes())["評分表"]
        held[form.name[:2]] = {str(row[0].value) for row in sheet.iter_rows() if row[0].value}
    assert "C1" not in held["P1"], "it is due in June alone, and done"
    assert "C1" in held["P4"], "who has sent nothing has all of it open"


def test_an_id_alone_goes_into_a_folder_of_its_own(svcq: Run) -> None:
    assert svcq("demo", "khb-106").code == 0
    assert Path("out/demo/khb-106/考核結果統計表.xlsx").is_file()


def test_without_an_id_it_is_wra_105(svcq: Run) -> None:
    ran = svcq("demo", "--json", "某處")
    assert ran.document["rubric"] == "wra-105"
    assert ran.document["output"] == str(Path("某處/考核結果統計表.xlsx"))


@pytest.mark.parametrize("words", [("某處", "khb-106"), ("khb-106", "甲", "乙")])
def test_words_that_are_neither_id_nor_folder_are_refused(
    svcq: Run, words: tuple[str, ...]
) -> None:
    ran = svcq("demo", *words)
    assert ran.code == 2
    assert "hccg-105" in ran.err
    assert not list(Path().iterdir())

"""Fields are filled, blank lines left out, numbers made anew; what fields hold is text."""

from __future__ import annotations

import pytest

from svcq_excel.letters.letter import OCCASIONS, Occasion
from svcq_excel.letters.templates import Template, in_chinese
from svcq_excel.letters.wording import FIELDS, SHIPPED


def test_both_brackets_take_a_field_and_other_quotes_stay() -> None:
    made = Template("致「單位」", "「單位」請於{期限}前寄回「評分表」。")
    filled = made.filled({"單位": "第一局", "期限": "7月31日"})
    assert (filled.subject, filled.body) == ("致第一局", "第一局請於7月31日前寄回「評分表」。")


def test_a_line_without_anything_to_say_is_left_out_and_the_rest_is_numbered_anew() -> None:
    made = Template(
        "",
        "說明：\n　　一、總分 {總分}。\n　　二、名次：{名次}。\n　　三、請查照。\n附：\n　　一、表",
    )
    filled = made.filled({"總分": "90", "名次": ""})
    assert filled.body == "說明：\n　　一、總分 90。\n　　二、請查照。\n附：\n　　一、表"


def test_a_list_below_a_number_does_not_begin_the_numbers_again() -> None:
    made = Template("", "說明：\n　　一、如下：\n{列}\n　　一、其次")
    filled = made.filled({"列": "　　　　第一項\n　　　　第二項"})
    assert filled.body.splitlines()[-1] == "　　二、其次"


def test_what_a_field_holds_is_never_a_field() -> None:
    made = Template("{甲}", "{甲}")
    filled = made.filled({"甲": "{乙}「乙」", "乙": "祕密"})
    assert (filled.subject, filled.body) == ("{乙}「乙」", "{乙}「乙」")


def test_a_field_that_is_not_known_is_named_with_what_may_be_meant() -> None:
    made = Template("{受考核單位}", "「繳交期現」及「評分表」請於{不知}")
    found = list(made.unknown(FIELDS["announce"]))
    assert found == [
        ("主旨", "{受考核單位}", "受考核單位名稱"),
        ("內文", "「繳交期現」", "繳交期限"),
        ("內文", "{不知}", ""),
    ]


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_the_texts_that_ship_have_only_fields_that_there_are(occasion: Occasion) -> None:
    assert not list(SHIPPED[occasion].unknown(FIELDS[occasion]))


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_letter_that_ships_has_subject_explanations_and_sender(occasion: Occasion) -> None:
    body = SHIPPED[occasion].filled(FIELDS[occasion]).body
    assert body.startswith("受文者：") and "\n主旨：" in body and "\n說明：\n　　一、" in body
    assert body.endswith("敬啟") and "請查照。" in body


@pytest.mark.parametrize(
    "number, said",
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_paragraphs_are_numbered_as_letters_do(number: int, said: str) -> None:
    assert in_chinese(number) == said

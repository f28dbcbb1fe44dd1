"""What is a leaf on the first level is printed once, and its score counted in no sum beside it."""

from __future__ import annotations

from decimal import Decimal

from svcq_excel.form.layout.grid import Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Node, Rubric


def flat(*leaves: Node) -> Rubric:
    return Rubric(
        format=1,
        id="flat",
        title="小考核",
        agency="水利署",
        year=105,
        levels=("考核項目",),
        item_level="考核項目",
        kinds={"self": "自行"},
        form_title="評分表",
        table_title="統計表",
        tree=leaves,
    )


def test_an_item_that_is_its_own_leaf_is_printed_once_with_its_notice_below() -> None:
    leaf = Node(id="A", name="服務態度", cap=Decimal(40), text="視態度評定", notice="抽測為準")
    boxes = [box for box in lay_out(flat(leaf)).boxes if box.node == leaf]
    printed = [(box.what, box.text) for box in boxes if box.role is Role.LABEL and box.text]
    assert printed == [
        ("leaf_title", "服務態度(40分)："),
        ("notice", "評分注意事項：\n抽測為準"),
        ("criterion", "視態度評定"),
    ]
    assert "section_sum" not in {box.what for box in boxes}
    assert [box.row for box in boxes if box.what == "leaf_title"] == [5]

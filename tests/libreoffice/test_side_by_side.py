"""What LibreOffice leaves to chance comes out the same, whichever sheet it read first."""

from __future__ import annotations

from svcq_excel.libreoffice.side_by_side import (
    pages_in_order,
    styles_in_order,
    validations_at_home,
)


def content(first_read: str) -> str:
    return (
        '<table:content-validations><table:content-validation table:name="val1" '
        'table:condition="of:cell-content-is-in-list([$選擇.$A$3:.$A$9])" '
        f'table:base-cell-address="{first_read}.B3"/></table:content-validations>'
        '<table:table table:name="首頁"><table:table-row/></table:table>'
        '<table:table table:name="選擇"><table:table-cell '
        'table:content-validation-name="val1"/></table:table>'
    )


def test_a_validation_starts_from_the_sheet_it_is_on_whichever_was_read_first() -> None:
    for first_read in ("首頁", "選擇"):
        assert validations_at_home(content(first_read)) == content("選擇")


def styles(*papers: str) -> str:
    laid = "".join(
        f'<style:page-layout style:name="pm{at}"><a fo:page-width="{paper}"/></style:page-layout>'
        for at, paper in enumerate(papers)
    )
    pages = "".join(
        f'<style:master-page style:name="{paper}" style:page-layout-name="pm{at}">'
        "</style:master-page>"
        for at, paper in enumerate(papers)
    )
    return laid + pages


def test_pages_come_in_one_order_whichever_sheet_was_read_first() -> None:
    assert pages_in_order(styles("21cm", "29cm")) == pages_in_order(styles("29cm", "21cm"))


def test_conditional_looks_come_in_one_order_whichever_sheet_was_read_first() -> None:
    looks = [
        '<style:style style:name="ConditionalStyle_5f_1" style:family="table-cell"/>',
        '<style:style style:name="ConditionalStyle_5f_2"><a fo:color="#1e6b2b"/></style:style>',
        '<style:style style:name="ConditionalStyle_5f_3"><a fo:color="#b3261e"/></style:style>',
    ]
    default = '<style:style style:name="Default"><a/></style:style>'
    in_order = f"{default}{''.join(looks)}"
    assert styles_in_order(in_order) == in_order
    assert styles_in_order(f"{default}{looks[2]}{looks[0]}{looks[1]}") == in_order

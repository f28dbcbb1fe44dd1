"""What people do to a definition's workbook: what means the same is read, what is wrong is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from openpyxl.styles import PatternFill

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.sheets.writing import definition_workbook
from svcq_excel.rubric.shipped import load, shipped
from tests.conftest import Convert
from tests.rubric.sheets.edited import PLAN, TREE, Edited


def test_columns_may_stand_in_any_order_and_others_beside_them(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    sheet = book.sheet(TREE)
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    order = sorted(range(len(table[0])), key=lambda at: str(table[0][at]))
    for row, values in enumerate(table, start=1):
        for to, at in enumerate(order, start=3):
            sheet.cell(row, to).value = values[at]
        sheet.cell(row, 1).value = "承辦人註記" if row == 1 else "再查"
        sheet.cell(row, 2).value = None
    assert book.loaded() == book.rubric


def test_rows_may_be_inserted_and_titles_stand_above(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    for name in book.book.sheetnames:
        sheet = book.sheet(name)
        for row in range(sheet.max_row, 1, -2):
            sheet.insert_rows(row)
        sheet.insert_rows(1, 2)
        sheet.cell(1, 1).value = "本表由秘書室修訂"
    assert book.loaded() == book.rubric


def test_full_width_digits_units_and_percentages_are_numbers(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.node("A1.1", "配分", "４０分")
    book.node("A2", "配分", " 40 ")
    book.plan("年度", "１０５")
    row = book.row(TREE, "A1.2") + 1
    assert book.sheet(TREE).cell(row, book.column(TREE, "門檻")).value == 90
    address = book.put(TREE, row, "門檻", 0.9)
    book.sheet(TREE)[address].number_format = "0%"
    book.put(TREE, row + 1, "門檻", "70%")
    assert book.loaded() == book.rubric


def test_a_level_may_be_merged_over_its_rows(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    sheet, column = book.sheet(TREE), book.column(TREE, "層次")
    first = book.row(TREE, "A1.1")
    sheet.merge_cells(None, first, column, first + 2, column)  # the leaf with both its bands
    sheet.cell(book.row(TREE, "A1.2"), column).value = None  # as the leaf above
    assert book.loaded() == book.rubric


def test_the_first_band_may_stand_in_the_row_of_its_item(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    row = book.row(TREE, "A1.2")
    for head in ("級距下限", "級距上限", "評分標準", "門檻"):
        below = book.sheet(TREE).cell(row + 1, book.column(TREE, head)).value
        book.put(TREE, row, head, below)
    book.sheet(TREE).delete_rows(row + 1)
    assert book.loaded() == book.rubric


def test_notes_and_sums_are_no_items(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    sheet = book.sheet(TREE)
    sheet.insert_rows(4)
    book.put(TREE, 4, "層次", "附註")
    book.put(TREE, 4, "名稱", "本項與去年相同")
    assert book.loaded() == book.rubric


def test_a_blank_code_is_given_by_where_the_item_stands(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    for id in ("A", "A1.1", "A1.2", "A2"):
        book.node(id, "代號", None)
    assert list(book.loaded().nodes) == list(book.rubric.nodes)


def test_a_given_code_is_none_that_is_written_anywhere(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.node("A1.1", "代號", "A2x")
    book.node("A2", "代號", "A1.1")
    book.node("A1.2", "代號", None)
    assert list(book.loaded().nodes) == ["A", "A1", "A2x", "A1.2", "A1.1"]
    book.node("A1.1", "代號", None)
    assert len(book.loaded().nodes) == 5


def test_an_item_may_be_called_by_its_name_in_a_clause(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.clause("單項最低分1", "項目", "電話")
    book.clause("單項最低分1", "最低分", 5)
    book.clause("排名", "同分比較", "創新、總分")
    clauses = book.loaded().clauses
    assert [floor.node for floor in clauses.floors] == ["A1.2"]
    assert clauses.ranking.ties == ("A2", "total")


WRONG: dict[str, tuple[Callable[[Edited], str], str]] = {
    "a number that is none": (
        lambda book: book.node("A1", "配分", "六十"),
        "「配分」的「六十」不是數字。請只寫數字。",
    ),
    "a cap that does not add up": (
        lambda book: book.node("A1", "配分", 70),
        "滿分 70 與下一層的合計 60 不符（40 + 20）。請核對原文，更正本層或下一層的「配分」。",
    ),
    "a cap that is missing": (
        lambda book: book.node("A2", "配分", None),
        "缺少「配分」。請補上滿分（配分）。",
    ),
    "a level that is not known": (
        lambda book: book.node("A1.1", "層次", "小項"),
        "層次「小項」不是「計畫」所列的層次。請改為「構面」、「項目」、「細項」、「級距」之一。",
    ),
    "a level left out": (
        lambda book: book.node("A1", "層次", "細項"),
        "「細項」之上缺少「項目」。請在其上補一列「項目」，或更正這一列的層次。",
    ),
    "a way of scoring that is not there": (
        lambda book: book.node("A2", "計分方式", "級距"),
        "計分方式是「級距」，下面沒有級距的列。請補上所缺的內容，或改為「自由給分」。",
    ),
    "a date in a text": (
        lambda book: book.node("A2", "名稱", dt.datetime(2016, 3, 5)),
        "「名稱」的「2016-03-05」成了日期或時間，無法確定原來的寫法。"
        "請將此格設為「文字」格式後重新輸入。",
    ),
    "a text that is missing": (
        lambda book: book.node("A2", "名稱", None),
        "缺少「名稱」。請填寫（名稱，不含編號；統計表以此為欄名）。",
    ),
    "a cap by a formula that nobody worked out": (
        lambda book: book.node("A2", "配分", "=30+30"),
        "「配分」是公式，檔案內沒有其計算結果。請改填內容，或以試算表程式開啟後存檔。",
    ),
    "a standard by such a formula, where nothing need stand": (
        lambda book: book.node("A2", "評分標準", '="每項 "&10&" 分"'),
        "「評分標準」是公式，檔案內沒有其計算結果。請改填內容，或以試算表程式開啟後存檔。",
    ),
    "a clause by such a formula": (
        lambda book: book.clause("期別", "依據", '="參、"&"一"'),
        "「期別：依據」是公式，檔案內沒有其計算結果。請改填內容，或以試算表程式開啟後存檔。",
    ),
    "a year by such a formula": (
        lambda book: book.plan("年度", "=104+1"),
        "「年度」是公式，檔案內沒有其計算結果。請改填內容，或以試算表程式開啟後存檔。",
    ),
    "what belongs to an item in the row of its band": (
        lambda book: book.put("評分項目", book.row("評分項目", "級距", "佳"), "注意事項", "附佐證"),
        "級距的列不填「注意事項」。請移到所屬項目的一列，或刪除。",
    ),
    "a direction that is none": (
        lambda book: book.node("A1.2", "方向", "高"),
        "「方向」的「高」不在可用的值之中。請改為「愈高愈好」、「愈低愈好」之一。",
    ),
    "a year of another calendar": (
        lambda book: book.plan("年度", 2016),
        "「年度」的值「2016」不是民國年度。請寫民國年度的數字，例如 105。",
    ),
    "a title with an unknown blank": (
        lambda book: book.plan("評分表標題", "{機關}評分表"),
        "「評分表標題」中的 {機關} 無從代入。可用 {主辦機關}、{年度}、{考核種類}。",
    ),
    "a code that is not plain": (
        lambda book: book.node("A2", "代號", "甲二"),
        "「代號」的值「甲二」不能作為代號。請以英文字母起首，只用英文字母、數字與「.」「-」「_」。",
    ),
    "a round alone": (
        lambda book: book.clause("期別", "各期名稱", "上半年"),
        "「期別：各期名稱」只有 1 項。請至少寫 2 項。",
    ),
    "a clause without what it is about": (
        lambda book: book.clause("期別", "依據", "參、一").replace("3", "2"),
        "缺少「期別：各期名稱」。請填寫（一年度辦理數次者，各期的名稱，以「、」分開；只辦一次則留白）。",
    ),
    "a kind that nobody assesses": (
        lambda book: book.put("獎懲", 2, "考核種類", "主辦機關考核"),
        "獎懲的考核類別「主辦機關考核」不在「計畫的標題字樣」之中。"
        "「計畫的標題字樣」有：「自行考核」。",
    ),
    "a clause that needs a committee": (
        lambda book: book.clause("排名", "排名方式", "序位法"),
        "序位法須有考核小組評分。"
        "請在「計畫的標題字樣」補上「考核小組考核」，或改寫「排名方式：總分」。",
    ),
    "a tie by what is not there": (
        lambda book: book.clause("排名", "同分比較", "便利"),
        "同分比較的「便利」不在「評分項目」之中。"
        "請改為「評分項目」內的「代號」、「總分」或「獲評第一次數」。",
    ),
    "a share beyond the whole": (
        lambda book: book.plan("提示：滿分無備註", 50),
        "「提示：滿分無備註」的「50」超過 100%。請寫百分比，例如 10%。",
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_told_at_its_cell_in_words_of_the_workbook(fault: str, tmp_path: Path) -> None:
    spoil, expected = WRONG[fault]
    book = Edited(tmp_path)
    address = spoil(book)
    told = book.told()
    places = [each.partition("：")[0].split()[-1] for each in told]
    said = [re.sub("^[^：]*：(〔.*?〕)?", "", each) for each in told]
    assert (address, expected) in zip(places, said, strict=True)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.node("A1.1", "配分", "四十")
    book.put(TREE, book.row(TREE, "A1.2") + 2, "級距上限", 12)
    book.plan("年度", None)
    book.put("等第", 3, "下限", 10)
    book.put("獎懲", 2, "等第", "特優")
    book.clause("複評", "考核種類", "自行考核")
    places = [each.partition("：")[0] for each in book.told()]
    assert places == [
        "「評分項目」 E4",
        "「評分項目」 I9",
        "「計畫」 B4",
        "「等第」 B3",
        "「獎懲」 B2",
        "「條款」 C27",
        "「條款」 C28",
    ]


def test_a_row_of_the_plan_that_is_misspelt_is_told_and_somebodys_own_is_not(
    tmp_path: Path,
) -> None:
    book = Edited(tmp_path)
    sheet = book.sheet(PLAN)
    for item in ("期別", "繳交期限", "秘書室註記"):
        sheet.append([item, "105年7月31日"])
    assert book.loaded() == book.rubric
    sheet.append(["主辦機構", "x"])
    assert book.told() == [
        f"「計畫」 A{sheet.max_row}：不認得項目「主辦機構」。"
        "請改為「主辦機關」；若是自己的註記，請改用別的說法。"
    ]


def test_what_is_no_definition_is_told(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    del book.book[TREE]
    assert book.told() == [
        "：沒有「評分項目」工作表。評分表定義的活頁簿須有「計畫」、「評分項目」工作表；"
        "可由 svcq rubric export 產生一份來修改。"
    ]
    damaged = tmp_path / "壞.xlsx"
    damaged.write_bytes(book.saved().read_bytes()[:-200])
    with pytest.raises(DefinitionError) as caught:
        load(str(damaged))
    assert "另存為 .xlsx 或 .ods" in str(caught.value)


def test_colours_of_ones_own_change_nothing(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    for cell in book.sheet(TREE)[3]:
        cell.fill = PatternFill("solid", start_color="FFCC00")
    assert book.loaded().digest == book.rubric.digest


def test_a_table_that_goes_on_and_on_is_told_before_long(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    sheet = book.sheet(TREE)
    for at in range(3_000):
        sheet.append([None, "細項", f"細項{at}", None, "很多"])
        sheet.append([None, "級距", None, None, None, None, None, None, "低", "高"])
    started = process_time()
    told = book.told()
    assert len(told) > 9_000
    assert process_time() - started < 30


def test_levels_without_end_are_told(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    address = book.plan("層次", "、".join(f"第{at}級" for at in range(3_000)))
    assert f"「計畫」 {address}：「層次」有 3000 層。請至多列 50 層。" in book.told()
    book = Edited(tmp_path)
    for at in range(80):
        book.sheet("附件").append([f"標題{at}" if at else "文件", None, "名稱"])
    assert "標題有 51 層。標題請至多 50 層。" in "".join(book.told())


@pytest.mark.office
def test_saved_by_libreoffice_in_either_format_it_is_the_same(
    office: Convert, tmp_path: Path
) -> None:
    paths = []
    for rubric in shipped():
        paths.append(tmp_path / f"{rubric.id}-定義.xlsx")
        paths[-1].write_bytes(definition_workbook(rubric))
    folder = tmp_path / "saved"
    for path in (*office(paths, "ods", folder), *office(paths, "xlsx", folder)):
        rubric = load(path.stem.removesuffix("-定義"))
        back = load(str(path))
        assert back.model_dump_json() == rubric.model_dump_json()


@pytest.mark.office
def test_libreoffice_says_what_the_caps_lack_as_we_do(office: Convert, tmp_path: Path) -> None:
    book = Edited(tmp_path)
    sheet = book.sheet(TREE)
    check, below = book.column(TREE, "核對"), book.column(TREE, "下層合計")
    book.node("A1.1", "配分", 32.5)  # of A1, 60, it leaves 7.5 to be given
    book.node("A", "配分", 90)  # below it stand 100
    row = book.row(TREE, "A2")
    sheet.insert_rows(row)  # openpyxl moves no formula; the sums look for levels, not for rows
    book.put(TREE, row, "層次", "細項")
    book.put(TREE, row, "配分", 1)
    (saved,) = office([book.saved()], "csv", tmp_path / "first")
    assert saved.is_file()
    (back,) = office([book.saved()], "ods", tmp_path / "back")
    (again,) = office([back], "xlsx", tmp_path / "again")
    import openpyxl

    values = openpyxl.load_workbook(again, data_only=True)[TREE]
    said = {values.cell(at, 1).value: values.cell(at, check).value for at in range(2, 12)}
    assert said["A1"] == "尚差 6.5 分"
    assert said["A"] == "超出 10 分"
    assert values.cell(2, below).value == 100

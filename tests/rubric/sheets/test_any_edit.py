"""Whatever is typed where in a definition's workbook, it is read, or told in words for people."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.sheets.columns import REQUIRED
from svcq_excel.rubric.sheets.marking import marked_copy
from svcq_excel.rubric.sheets.writing import definition_workbook
from svcq_excel.rubric.shipped import examined, load
from tests.rubric.small_rubric import SOUND, write

VALUES = st.sampled_from(
    [
        None,
        "",
        " ",
        "級距",
        "合計",
        "構面",
        "項目",
        "細項",
        "標題1",
        "文件",
        "自行考核",
        "主辦機關考核",
        "序位法",
        "甲、乙",
        "「",
        "{主辦機關}",
        "{",
        "加減分1",
        "單項最低分99999999999999999999",
        "小計字樣：",
        "小計字樣",
        "標題字樣：",
        "A1",
        "=1/0",
        "=A1",
        "#REF!",
        "長" * 20_000,
        0,
        -1,
        0.1,
        40,
        1e12,
        1e300,
        True,
        dt.datetime(2016, 2, 29),
        dt.time(1, 2),
        "12月、13月",
        "１２",
        "_x0007_",
    ]
)
SPOTS = st.tuples(st.sampled_from([*REQUIRED]), st.integers(1, 12), st.integers(1, 21), VALUES)
CUTS = st.tuples(
    st.sampled_from([*REQUIRED]), st.sampled_from(["row", "column", "sheet"]), st.integers(1, 9)
)
NAMES = re.compile("「[^」]*」|{[^}]*}|svcq rubric export|Excel|[.]xlsx|[.]ods")


def sound(folder: Path) -> Rubric:
    return load(str(write(folder, SOUND)))


@given(spots=st.lists(SPOTS, max_size=6), cuts=st.lists(CUTS, max_size=2))
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_it_is_read_or_told(
    spots: list[tuple[str, int, int, object]], cuts: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(BytesIO(definition_workbook(sound(tmp_path))))
    for sheet, row, column, value in spots:
        book[sheet].cell(row, column).value = value  # type: ignore[assignment]
    for sheet, what, at in cuts:
        if sheet not in book.sheetnames:
            continue
        if what == "sheet" and len(book.sheetnames) > 1:
            del book[sheet]
        elif what == "row":
            book[sheet].delete_rows(at)
        else:
            book[sheet].delete_cols(at)
    path = tmp_path / "亂改.xlsx"
    book.save(path)
    try:
        shape, problems = examined(str(path))
    except DefinitionError as error:
        problems = error.problems
    else:
        assert shape.rubric or problems
    for problem in problems:
        assert not re.search("「[a-z_.]{2,}」", str(problem)), str(problem)
        said = NAMES.sub("", str(problem))
        assert not re.search(r"[a-z_]{4,}|[\x02\x03]", said), str(problem)
        assert problem.sheet or "沒有「" in problem.message or "空白" in problem.message
    assert isinstance(marked_copy(path.read_bytes(), problems), bytes)
    if not problems:
        assert load(str(path))


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_told(data: st.DataObject, tmp_path: Path) -> None:
    content = bytearray(definition_workbook(sound(tmp_path)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "損壞.xlsx"
    path.write_bytes(bytes(content[: data.draw(st.integers(1, len(content)))]))
    try:
        load(str(path))
    except DefinitionError as error:
        assert error.problems

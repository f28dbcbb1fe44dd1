"""Whatever a file holds, it is read as it is written, or its writer is told why it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.reader import read_rubric
from svcq_excel.rubric.shipped import load
from tests.rubric.small_rubric import SOUND, spoilt, told, write

NOT_YAML = {
    "an asterisk without quotes": (
        "小計",
        "*小計",
        "第 9 行：「*」開頭的文字在 YAML 是別名，定義檔不用別名。"
        "若「*」是文字的一部分，請以引號括起整段文字。",
    ),
    "an alias": (
        "name: 電話",
        "name: *name",
        "第 35 行：「*」開頭的文字在 YAML 是別名，定義檔不用別名。"
        "若「*」是文字的一部分，請以引號括起整段文字。",
    ),
    "a percent sign without quotes": (
        "name: 電話",
        "name: %電話",
        "第 35 行：文字以 YAML 的特殊符號（如 %、@、`）起首。請以引號括起整段文字。",
    ),
    "a quote without its partner": (
        "name: 電話",
        'name: "電話',
        "第 35 行：引號沒有成對。請補上結尾的引號，或將文字中的引號改為「」。",
    ),
    "a colon within a text": (
        "name: 電話",
        "name: 電話: 禮貌",
        "第 35 行：縮排不齊，或文字中有「: 」（半形冒號加空格）。"
        "請對齊縮排，或以引號括起整段文字。",
    ),
    "a text that a number sign cuts": (
        "name: 電話",
        "name: 電話 #1",
        "第 35 行：〔便民 > 形象 > 電話〕空格之後的「#1」在 YAML 是註解，前面的文字到此為止。"
        "若是文字的一部分，請以引號括起整段文字；若是註解，請移到另一行。",
    ),
    "a text in brackets that a number sign cuts": (
        "text: 佳}",
        "text: 佳 #1}",
        "第 32 行：空格之後的「#1}」在 YAML 是註解，前面的文字到此為止。"
        "若是文字的一部分，請以引號括起整段文字；若是註解，請移到另一行。",
    ),
    "a text that a number sign cuts before a blank": (
        "name: 電話",
        "name: 電話 # 1",
        "第 35 行：〔便民 > 形象 > 電話〕空格之後的「# 1」在 YAML 是註解，前面的文字到此為止。"
        "若是文字的一部分，請以引號括起整段文字；若是註解，請移到另一行。",
    ),
    "a key without a colon": (
        "name: 電話",
        "name 電話",
        "第 35 行：這一行缺少「: 」。請在鍵之後寫半形冒號與一個空格。",
    ),
    "a tab before a key": (
        "            name: 電話",
        "\t\tname: 電話",
        "第 35 行：以定位字元（Tab）縮排。縮排請改用空格。",
    ),
    "a line out of line": (
        "            name: 電話",
        "          name: 電話",
        "第 35 行：縮排不齊。同一層的各行請對齊，下一層請多縮排兩格。",
    ),
    "a control character": (
        "name: 電話",
        "name: 電\x01話",
        "第 35 行：含有看不見的控制字元。請刪除該處的字元後重新輸入。",
    ),
    "two definitions": (
        "tree:",
        "---\ntree:",
        "第 19 行：檔案中有兩份定義（以 --- 分開）。一個檔案請只放一份定義。",
    ),
    "an escape beyond all characters": (
        "name: 電話",
        'name: "\\UFFFFFFFF"',
        "：不合 YAML 的寫法。請核對此處的縮排、冒號、括號與引號。",
    ),
}

NO_DEFINITION = {
    "nothing": (b"", "：檔案沒有內容。請放入評分表定義。"),
    "a remark": ("# 評分表".encode(), "：檔案沒有內容。請放入評分表定義。"),
    "a list": (
        b"- a",
        "第 1 行：內容不是「鍵: 值」。請參照 templates 內的定義檔，由 format: 1 寫起。",
    ),
    "Big5 text": (
        "format: 1\nname: 優".encode("cp950"),
        "第 2 行：不是 UTF-8 編碼的文字檔。請以 UTF-8 編碼另存新檔。",
    ),
    "UTF-16 text": (
        "format: 1".encode("utf-16"),
        "第 1 行：不是 UTF-8 編碼的文字檔。請以 UTF-8 編碼另存新檔。",
    ),
    "endless brackets": (b"[" * 50_000, "：層次多得無法讀取。請核對縮排與括號。"),
    "a big file": (b"a" * 4_000_001, "：檔案太大，不是評分表定義。請指定 YAML 定義檔。"),
}


@pytest.mark.parametrize(("old", "new", "expected"), NOT_YAML.values(), ids=list(NOT_YAML))
def test_a_slip_in_yaml_is_told_with_its_line_and_remedy(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    assert told(spoilt(tmp_path, old, new)) == [expected]


@pytest.mark.parametrize(("content", "expected"), NO_DEFINITION.values(), ids=list(NO_DEFINITION))
def test_a_file_that_is_no_definition_is_told_for_what_it_is(
    content: bytes, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "檔案.yaml"
    path.write_bytes(content)
    assert told(path) == [expected]


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    assert told(tmp_path) == ["：這是資料夾。請指定其中的定義檔。"]
    with pytest.raises(DefinitionError, match="沒有這個檔案"):
        read_rubric(tmp_path / "無.yaml")


def test_words_and_numbers_are_read_as_they_are_written(tmp_path: Path) -> None:
    text = SOUND.replace("name: 電話", "name: no").replace("text: 優良", "text: 2016-09-10")
    rubric = read_rubric(write(tmp_path, text.replace("cap: 60", "cap: 060")))
    phone = rubric.nodes["A1.2"]
    assert (phone.name, phone.bands[0].text) == ("no", "2016-09-10")
    assert rubric.nodes["A1"].cap == 60


def test_a_mark_of_encoding_and_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    plain = read_rubric(write(tmp_path, SOUND))
    windows = tmp_path / "windows.yaml"
    windows.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read_rubric(windows) == plain


def read_or_told(folder: Path, content: bytes) -> None:
    path = folder / "any.yaml"
    path.write_bytes(content)
    try:
        assert isinstance(load(str(path)), Rubric)
    except DefinitionError as error:
        assert error.problems
        assert str(error).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(deadline=None)
@given(content=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_told(folder: Path, content: bytes) -> None:
    read_or_told(folder, content)


LINES = SOUND.splitlines()
ODD = st.text(max_size=8) | st.sampled_from(
    (
        *("", "~", "-1", "1e400", ".nan", "9" * 5000, "0x1F", "12:30"),
        *("[]", "{}", "[[]]", "- a", "? b", "!!int x", "*a", "&a b", "<<: {a: 1}", "|"),
        *("'", '"', "\t", "\x00", "\ufeff", "\u2028", "『", "𠮷"),
    )
)


@settings(deadline=None)
@given(data=st.data())
def test_a_rubric_spoilt_anywhere_is_read_or_told(folder: Path, data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].partition(":")
        odd = data.draw(ODD)
        lines[at : at + 1] = data.draw(
            st.sampled_from(
                [[], [lines[at]] * 2, [f"{key}{colon} {odd}"], [odd], [f"  {lines[at]}"]]
            )
        )
    read_or_told(folder, "\n".join(lines).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("name: 電話 # 原文作服務", "電話"),
        ('name: "電話 #1"', "電話 #1"),
        ("name: '電話 #1' #註", "電話 #1"),
        ("name: 電話#1", "電話#1"),
        ("name: |\n              電話 #1", "電話 #1"),
    ],
)
def test_remarks_stay_remarks_and_what_is_quoted_or_close_is_text(
    tmp_path: Path, written: str, read: str
) -> None:
    assert load(str(spoilt(tmp_path, "name: 電話", written))).leaf_by_id["A1.2"].name == read


def test_a_remark_behind_a_number_cuts_nothing(tmp_path: Path) -> None:
    assert load(str(spoilt(tmp_path, "cap: 60", "cap: 60 #原文作 70")))

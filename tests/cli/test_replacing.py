"""No output takes the place of an input, nor of a file that this program did not write."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from svcq_excel import pipeline
from svcq_excel.definition import DefinitionError
from tests.cli.conftest import SAMPLES, UNITS, Run

READ = ("--rubric", "wra-105", "--units", "名單.csv")
FORM, OTHER = Path("收件/一.xlsx"), Path("收件/二.xlsx")


@pytest.fixture(autouse=True)
def _inbox(svcq: Run) -> None:
    Path("收件").mkdir()
    for number, path in zip("一二", sorted((SAMPLES / "returned").glob("A0*.xlsx")), strict=False):
        shutil.copy(path, f"收件/{number}.xlsx")
    shutil.copy(UNITS, "名單.csv")


def lying(*but: str) -> dict[str, bytes]:
    """All that lies here, and what it holds."""
    files = (path for path in Path().rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files if path.name not in but}


def linked(link: str, to: Path, make: Callable[[Path, Path], None]) -> str:
    Path(link).parent.mkdir(parents=True, exist_ok=True)
    try:
        make(to.absolute(), Path(link).absolute())
    except OSError:
        pytest.skip("this system lets nobody make links")
    return link


def symbolic(to: Path, link: Path) -> None:
    link.symlink_to(to)


def hard(to: Path, link: Path) -> None:
    link.hardlink_to(to)


SPELLINGS: dict[str, Callable[[Path], str]] = {
    "as it is": str,
    "by another way": lambda path: f"./收件/../{path}",
    "from the root": lambda path: str(path.absolute()),
    "by a link": lambda path: linked("結果/表.xlsx", path, symbolic),
    "by a hard link": lambda path: linked("結果/表.xlsx", path, hard),
    "by a folder's link": lambda path: f"{linked('別名', path.parent, symbolic)}/{path.name}",
}


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("more", [(), ("--replace",)], ids=["", "replace"])
def test_no_form_is_lost_to_a_table(
    spelled: Callable[[Path], str], more: tuple[str, ...], svcq: Run
) -> None:
    out = spelled(FORM)
    before = lying()
    ran = svcq("merge", "收件", *READ, "--out", out, *more)
    assert ran.code == 2
    assert out.split("/")[-1] in ran.err and str(FORM) in ran.err and "輸入的檔案" in ran.err
    assert lying() == before and not list(Path().rglob(".svcq"))


INPUTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "units": ("結果.xlsx", ("--units", "結果.xlsx")),
    "decisions": ("結果.xlsx", ("--units", "名單.csv", "--decisions", "結果.xlsx")),
    "rulings": ("結果.xlsx", ("--units", "名單.csv", "--rulings", "結果.xlsx")),
    "assessors": ("結果.xlsx", ("--units", "名單.csv", "--assessors", "結果.xlsx")),
}
TABLES = {
    "units": UNITS,
    "decisions": "檔案,決定,理由,決定人\n一.xlsx,排除,因,王\n",
    "rulings": "編號,複評結果,複評日期\nA01,,\n",
    "assessors": "考核人員\n王大明\n",
}


@pytest.mark.parametrize("which", INPUTS)
def test_no_list_is_lost_to_a_table(which: str, svcq: Run) -> None:
    name, options = INPUTS[which]
    text = TABLES[which]
    Path(name).write_text(Path(UNITS).read_text("utf-8-sig") if text == UNITS else text, "utf-8")
    call = ("merge", "收件", "--rubric", "wra-105", *options, "--out", name)
    before = lying()
    for more in ((), ("--replace",)):
        ran = svcq(*call, *more)
        assert ran.code == 2, ran.err
        assert lying() == before
    assert name in ran.err


def test_a_definition_and_a_plan_file_are_inputs_too(svcq: Run) -> None:
    shutil.copy(Path(pipeline.__file__).parent.parent / "templates" / "wra-105.yaml", "定義.xlsx")
    Path("計畫.xlsx").write_text("rubric: 定義.xlsx\nunits: 名單.csv\n", "utf-8")
    before = lying()
    for out in ("定義.xlsx", "計畫.xlsx"):
        ran = svcq("merge", "收件", "--plan", "計畫.xlsx", "--out", out, "--replace")
        assert (ran.code, lying()) == (2, before)
        with pytest.raises(DefinitionError, match="輸入的檔案"):
            plan = pipeline.define(plan_file="計畫.xlsx")
            pipeline.merge(plan, "收件", out, replace=True)


def test_what_goes_with_a_table_takes_no_place_either(svcq: Run) -> None:
    shutil.copy(FORM, "收件/表_收件紀錄.csv")
    shutil.copy("名單.csv", "資料.csv")
    Path("資料").mkdir()
    shutil.copy("名單.csv", "資料/units.csv")
    before = lying()
    assert svcq("merge", "收件", *READ, "--out", "收件/表.xlsx").code == 2
    units = ("--rubric", "wra-105", "--units", "資料/units.csv")
    assert svcq("merge", "收件", *units, "--out", "表.xlsx", "--data", "資料").code == 2
    shutil.copy(FORM, "收件/檢核結果.xlsx")
    assert svcq("check", "收件", *READ, "--out", "收件").code == 2
    Path("收件/檢核結果.xlsx").unlink()
    assert lying() == before


def test_generate_leaves_its_list_alone_whatever_it_is_called(svcq: Run) -> None:
    shutil.copy("名單.csv", "表件清單.xlsx")
    call = ("generate", "--rubric", "khb-106", "--units", "表件清單.xlsx", "--out", ".")
    before = lying()
    for more in ((), ("--replace",)):
        assert svcq(*call, *more).code == 2
        assert lying() == before


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04 no zip", b"a,b\n1,2\n"])
def test_what_others_wrote_is_only_replaced_where_the_call_says_so(
    content: bytes, svcq: Run
) -> None:
    call = ("merge", "收件", *READ, "--out", "結果/表.xlsx")
    Path("結果").mkdir()
    Path("結果/表.xlsx").write_bytes(content)
    before = lying()
    ran = svcq(*call)
    assert ran.code == 2 and "不是本程式所寫" in ran.err and "--replace" in ran.err
    assert lying() == before
    assert svcq(*call, "--replace").code == 1
    assert svcq(*call).code == 1, "from now on it is ours"


def test_a_form_at_the_place_of_a_table_is_not_ours_to_replace(svcq: Run) -> None:
    Path("結果").mkdir()
    for name in ("表.xlsx", "表_收件紀錄.csv"):
        shutil.copy(FORM, f"結果/{name}")
        before = lying()
        assert svcq("merge", "收件", *READ, "--out", "結果/表.xlsx").code == 2
        assert lying() == before
        Path("結果", name).unlink()


def test_forms_that_are_in_the_way_go_only_where_the_call_says_so(svcq: Run) -> None:
    call = ("generate", "--rubric", "khb-106", "--units", "名單.csv", "--out", "表件")
    assert svcq(*call).code == svcq(*call).code == 0
    form = next(path for path in Path("表件").iterdir() if "清單" not in path.name)
    blank = form.read_bytes()
    form.write_bytes(FORM.read_bytes())
    assert svcq(*call).code == 2 and form.read_bytes() == FORM.read_bytes()
    assert svcq(*call, "--replace").code == 0 and form.read_bytes() == blank


def test_our_own_results_make_place_without_a_word(svcq: Run) -> None:
    """Beside the inbox, in it, and where what was remembered is gone."""
    for out in ("結果/表.xlsx", "收件/表.xlsx", "表.xlsx"):
        call = ("merge", "收件", *READ, "--out", out, "--data", str(Path(out).with_suffix("")))
        assert svcq(*call).code == 1
        shutil.rmtree(Path(out).parent / ".svcq", ignore_errors=True)
        assert svcq(*call, "--deadline", "105年7月1日").code == 1
    check = ("check", "收件", *READ, "--out", "報告")
    assert svcq(*check).code == svcq(*check, "--fresh").code == 1


def test_what_lies_at_the_name_beside_is_no_less_an_input(svcq: Run) -> None:
    """There an output goes whose own place is open elsewhere."""
    shutil.copy(FORM, "收件/表_原檔開啟中另存.xlsx")
    assert svcq("merge", "收件", *READ, "--out", "收件/表.xlsx").code == 2

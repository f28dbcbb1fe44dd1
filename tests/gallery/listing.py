"""What the gallery says of each sheet: a line of pages.txt, and a place on the page of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from pathlib import Path

GALLERY = Path(__file__).parents[2] / "docs" / "gallery"
PAGES, INDEX = GALLERY / "pages.txt", GALLERY / "README.md"
_ACROSS = 3
_INTRODUCTION = """\
# 圖集：內附範例做出來的每一張工作表

四種考核計畫的內附範例，各做出考核計畫、空白表件、補正表件、檢核結果、結果、公告版及各單位的成績說明；每張工作表印出的第一頁在此，圖下註明共幾頁、用什麼紙。
每個單位一張的只列第一個單位。點選圖片可以放大。

（由 `make gallery` 以 LibreOffice 列印範例產生，請勿直接修改。頁數另列於 pages.txt。）
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet on paper."""

    id: str
    workbook: str
    sheet: str
    pages: str
    paper: str
    picture: str
    """Where its picture lies below the gallery; a dash where it has none."""

    @property
    def line(self) -> str:
        return "\t".join(astuple(self))


def lines(version: str, sheets: Iterable[Listed]) -> str:
    """pages.txt: which LibreOffice printed, then a line a sheet, so that a diff reads well."""
    return "".join(f"{line}\n" for line in (version, *(sheet.line for sheet in sheets)))


def listed(text: str) -> tuple[str, list[Listed]]:
    """What pages.txt tells."""
    version, *rows = text.splitlines()
    return version, [Listed(*row.split("\t")) for row in rows]


def index(sheets: Sequence[Listed]) -> str:
    """The page that shows the pictures, by assessment and workbook."""
    return "\n".join([_INTRODUCTION, *_parts(sheets)])


def _parts(sheets: Sequence[Listed]) -> Iterator[str]:
    for id, of_id in groupby(sheets, lambda sheet: sheet.id):
        yield f"## {id}\n"
        for workbook, rows in groupby(of_id, lambda sheet: sheet.workbook):
            yield f"### {id} {workbook}\n"
            cells = [_cell(each) for each in rows if each.picture != NONE]
            yield "|" + " |" * _ACROSS
            yield "|" + " --- |" * _ACROSS
            for start in range(0, len(cells), _ACROSS):
                row = cells[start : start + _ACROSS]
                yield f"| {' | '.join([*row, *[''] * (_ACROSS - len(row))])} |"
            yield ""


NONE = "-"


def _cell(sheet: Listed) -> str:
    picture = f"[![{sheet.sheet}]({sheet.picture})]({sheet.picture})"
    return f"{picture}<br>{sheet.sheet}：{sheet.pages} 頁，{sheet.paper}"

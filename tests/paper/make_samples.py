"""Makes the forms that came back, of all four assessments: `python -m tests.paper.make_samples`.

Every run gives the same scores, texts, faults and dates of saving; into .xls LibreOffice writes
the date of its making, and styles in .ods come in an order of its own.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from svcq_excel.pipeline import define, issue
from svcq_excel.plan.assessors import SELF

from .filled_form import Paper
from .filling import fill
from .rounds import make_rounds
from .saving import convert, dated
from .texts import INVITATION

SAMPLES = Path(__file__).parents[2] / "samples"
ROUND = "105年度上半年"

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _clean(paper: Paper) -> None:
    """Nothing is wrong with this one."""


def _too_high(paper: Paper) -> None:
    paper.enter("A1.1.2", score=110)
    paper.enter("A3.1.1", score=75, band="1-40分")


def _left_open(paper: Paper) -> None:
    paper.enter("A2.3.1", score=None)
    paper.enter("B2.1.1.2", score=None)
    paper.enter("A1.1.1.2", band=None)


def _unsupported(paper: Paper) -> None:
    paper.enter("A2.2.1.2", measure=None)
    paper.enter("A2.2.2", score=48, measure=82)


def _as_texts(paper: Paper) -> None:
    paper.retype("A1.1.1.1", "{}分".format)
    paper.retype("A2.2.2", lambda digits: digits.translate(_FULL_WIDTH))
    paper.retype("B1.2.1", " {} ".format)


def _percent(paper: Paper) -> None:
    paper.enter("A2.2.2", measure="88%")
    paper.enter("B1.1.1.1", measure="100%")


def _total_typed(paper: Paper) -> None:
    paper.type_over_total(774)


def _reworded(paper: Paper) -> None:
    paper.reword("A1.1.1.1", "(120分)", "(130分)")
    paper.reword("B1.1.1.2", "文宣品、出版品。", "文宣品或出版品。")


def _formula(paper: Paper) -> None:
    paper.retype("A3.2.1", lambda digits: f"=20+{int(digits) - 20}")


def _first_try(paper: Paper) -> None:
    paper.enter("A1.1.2", score="良好")
    paper.enter("B2.1.1.1", score=25.5)
    paper.enter("A2.2.2", measure=0.9)
    paper.enter("C1.3", score=-5)


def _rearranged(paper: Paper) -> None:
    paper.rearrange("第三河川局自評", "105年7月11日局務會議修正通過")


@dataclass(frozen=True)
class Return:
    """A form that came back: whose, its total, who signed and when, how it was saved."""

    unit: str
    total: int
    assessor: str
    assessed: str | date
    day: int
    """Of July 2016, when it was saved."""
    to: str
    """The format LibreOffice saved it in; "" for the file as openpyxl saves it, which stands in
    for programs that store no results of formulas."""
    change: Callable[[Paper], None] = _clean
    name: str = ""
    """The file's name where it is not the blank form's."""


RETURNS = (
    Return("A01", 912, "秘書室考核小組", "105年7月5日", 5, "xlsx"),
    Return("A02", 886, "研考小組", date(2016, 7, 8), 8, "ods", _percent),
    Return("A03", 843, "考核小組", "105.7.11", 11, "xlsx", _rearranged, "第三河川局自評(修正版)"),
    Return("A04", 858, "秘書室考核小組", "105/7/8", 8, "xlsx", _too_high),
    Return("A05", 771, "為民服務考核小組", "105年7月6日", 6, "xls", _left_open),
    Return("A06", 826, "秘書室考核小組", "105/7/7", 7, "", _unsupported),
    Return("A07", 861, "服務品質考核小組", "民國105年7月12日", 12, "", _as_texts),
    Return("A08", 886, "秘書室考核小組", date(2016, 7, 6), 7, "xls"),
    Return("A09", 765, "秘書室考核小組", "105.07.08", 8, "xlsx", _total_typed),
    Return("A10", 728, "工務課、秘書室考核小組", "105-7-11", 11, "ods", _reworded),
    Return("A11", 934, "秘書室考核小組", "105年7月4日", 4, "xlsx", _first_try),
    Return("A11", 934, "秘書室考核小組", "105年7月13日", 13, "ods", _clean, "北區水資源局(補正)"),
    Return("A12", 797, "考核小組", "1050708", 8, "xls", _formula),
    Return("A13", 652, "秘書室考核小組", "105/07/12", 12, ""),
)


def make(out: Path) -> None:
    """Writes every file of the inbox into a folder."""
    plan = define("wra-105", SAMPLES / "units.csv", ROUND)
    with TemporaryDirectory() as folder:
        work = Path(folder)
        blank = {form.unit.code: form.path for form in issue(plan, (SELF,), work / "blank")}
        for to in sorted({each.to for each in RETURNS}):
            (work / "filled" / to).mkdir(parents=True, exist_ok=True)
        for each in RETURNS:
            paper = Paper(blank[each.unit], plan.rubric)
            fill(paper, each.unit, each.total, each.assessor, each.assessed)
            each.change(paper)
            paper.save(_filled(work, each, blank))
        for to in sorted({each.to for each in RETURNS if each.to}):
            convert((work / "filled" / to).glob("*.xlsx"), to, work / "saved")
        out.mkdir(parents=True, exist_ok=True)
        for each in RETURNS:
            file = _filled(work, each, blank)
            if each.to:
                file = work / "saved" / f"{file.stem}.{each.to}"
            dated(file, datetime(2016, 7, each.day, 9, 30, tzinfo=UTC), out / file.name)
        oddments(blank["A14"], out)


def _filled(work: Path, form: Return, blank: dict[str, Path]) -> Path:
    return work / "filled" / form.to / f"{form.name or blank[form.unit].stem}.xlsx"


def oddments(blank: Path, out: Path) -> None:
    """What else lies in an inbox: a broken form, a lock file, a document, another workbook."""
    data = blank.read_bytes()
    (out / blank.name).write_bytes(data[: len(data) * 2 // 3])
    (out / f"~${blank.name}").write_bytes(b"\x04user".ljust(165))
    (out / "第一河川局創意服務計畫(附錄1).pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    book = Workbook()
    book.properties.created = datetime(2016, 7, 1)
    for row in INVITATION:
        book.worksheets[0].append(row)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "開會通知.xlsx"
        book.save(file)
        dated(file, datetime(2016, 7, 1, 9, 30, tzinfo=UTC), out / file.name)


def main(arguments: Sequence[str]) -> None:
    """Into samples, or a folder that is named."""
    if not shutil.which("soffice"):
        sys.exit("找不到 LibreOffice（soffice），無法重新產生；samples 內已有現成的檔案")
    out = Path(arguments[0]) if arguments else SAMPLES
    make(out / "returned")
    make_rounds(out)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The forms that came back in the rounds of khb-106, hccg-105 and kpw-102."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from svcq_excel.issuing.issuing import Issued
from svcq_excel.pipeline import define, issue
from svcq_excel.plan.assessors import SELF, Assessor

from .filled_form import Entry, Paper
from .filling import scores
from .saving import convert, dated
from .texts import DONE, IMPROVEMENTS, WISHES

SAMPLES = Path(__file__).parents[2] / "samples"

MEMBERS = ("委員甲", "委員乙", "委員丙")
TOTALS = {
    "A01": (902, 914, 905),
    "A02": (868, 851, 880),
    "A03": (688, 702, 676),
    "A04": (812, 790, 798),  # 800 on average: just 甲
    "A05": (655, 671, 640),
}
"""What the members of the committee gave the first group, in their order."""

GROWTHS: dict[str, dict[str, tuple[Entry, Entry]]] = {
    "A01": {
        "A2.2.1.2": (88.5, 86),
        "A2.2.2": ("91%", "88%"),
        "B2.1.1": (12, 9),
        "B2.1.2": (5210, 4868),
    },
    # None last year, and a figure that is none.
    "A02": {
        "A2.2.1.2": (90, 91),
        "A2.2.2": (85, 80),
        "B2.1.1": (4, 0),
        "B2.1.2": ("約一千件", 870),
    },
}
"""This year's and last year's figures of two 自行檢測, by unit and leaf."""
SELF_TOTALS = {"A01": 935, "A02": 890}

OPEN: dict[str, dict[str, tuple[str, str]]] = {
    "P1": {"E3.2": ("不適用", "")},
    "P2": {
        "A3.2": ("辦理中", "排定7月下旬辦理電話禮貌測試。"),
        "B3.1": ("辦理中", "電子查驗介接中，預定9月上線。"),
        "D3": ("未辦理", ""),
        "E1.4": ("未辦理", ""),
        "E3.2": ("不適用", ""),
    },
    # A status is missing, another is none of the list.
    "P3": {"A6": ("未辦理", ""), "C2.2": ("", "每季檢討一次。"), "D2": ("陸續完成", "")},
}
"""Status and 辦理情形 of what is not done in June, by unit and step; P4 has sent nothing."""


def make_rounds(out: Path) -> None:
    """Writes the inbox of each round into the folder of its assessment."""
    _make(out / "khb-106", "106年度7月至12月", [SELF], _khb, datetime(2018, 1, 12, 10, tzinfo=UTC))
    members = [Assessor(name, name, "committee", "第1組") for name in MEMBERS]
    made = datetime(2016, 10, 6, 9, 30, tzinfo=UTC)
    _make(out / "hccg-105", "105年度", [*members, SELF], _hccg, made, "第1組.zip")
    made = datetime(2013, 6, 25, 16, tzinfo=UTC)
    _make(out / "kpw-102", "102年6月", [SELF], _kpw, made, "102年6月.zip")


def _make(
    folder: Path,
    round: str,
    assessors: Sequence[Assessor],
    fill: Callable[[Paper, Issued], bool],
    at: datetime,
    archive: str = "",
) -> None:
    """The forms that `fill` filled in, saved anew at a time; in an archive where it is named."""
    plan = define(folder.name, SAMPLES / folder.name / "units.csv", round)
    returned = folder / "returned"
    returned.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        work = Path(temporary)
        target = work / "dated" if archive else returned
        for new in {work / "filled", target} - {returned}:
            new.mkdir()
        for form in issue(plan, assessors, work / "blank"):
            paper = Paper(form.path, plan.rubric)
            if fill(paper, form):
                paper.save(work / "filled" / form.path.name)
        convert((work / "filled").iterdir(), "xlsx", work / "saved")
        for file in (work / "saved").iterdir():
            dated(file, at, target / file.name)
        if archive:
            _pack(sorted(target.iterdir()), returned / archive, at)


def _pack(files: Iterable[Path], archive: Path, at: datetime) -> None:
    with ZipFile(archive, "w") as packed:
        for file in files:
            packed.writestr(ZipInfo(file.name, at.timetuple()[:6]), file.read_bytes())


def _khb(paper: Paper, form: Issued) -> bool:
    """The source itself: 95 on every item, nothing to improve."""
    for item in paper.rubric.items:
        paper.enter(item.id, score=95)
        paper.remark(item.id, suggestions="無")
    paper.enter(assessor="考核小組", date="107年1月12日")
    return True


def _hccg(paper: Paper, form: Issued) -> bool:
    unit, who = form.unit.code, form.assessor
    if who is SELF:
        return unit in SELF_TOTALS and _self_check(paper, unit)
    if unit not in TOTALS:
        return False
    total = TOTALS[unit][MEMBERS.index(who.key)]
    chance = _scored(paper, f"{unit} {who.key}", total)
    for item in sorted(chance.sample(sorted(IMPROVEMENTS), 3)):
        strength, suggestion = IMPROVEMENTS[item]
        paper.remark(item, strengths=strength, suggestions=suggestion)
    wish = chance.choice(WISHES)
    paper.enter(assessor=who.name, date="105年10月5日", comments=wish)
    return True


def _self_check(paper: Paper, unit: str) -> bool:
    _scored(paper, unit, SELF_TOTALS[unit])
    for leaf, (this, last) in GROWTHS[unit].items():
        paper.enter(leaf, this_year=this, last_year=last)
    paper.enter(assessor="研考小組", date="105年9月5日")
    return True


def _scored(paper: Paper, seed: str, total: int) -> Random:
    """Scores that add up to a total, and the chance that chose them."""
    chance = Random(seed)
    for leaf, score in scores(paper.rubric, total, chance).items():
        paper.enter(leaf, score=score)
    return chance


def _kpw(paper: Paper, form: Issued) -> bool:
    unit = form.unit.code
    if unit not in OPEN:
        return False
    chance, proofs = Random(unit), 0
    for leaf in paper.rubric.leaves:
        status, done = OPEN[unit].get(leaf.id, ("已完成", DONE[leaf.id]))
        paper.enter(leaf.id, status=status or None, done=done.format(n=chance.randint(3, 90)))
        if status == "已完成":
            proofs += 1
            paper.enter(leaf.id, proof=f"附件{proofs}")
    paper.enter(assessor="秘書室", date="102年6月25日")
    return True

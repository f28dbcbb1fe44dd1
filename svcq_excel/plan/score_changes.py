"""成績調整: scores that were changed by decision, after the visit or an appeal.

One small table, a row a change: 編號, 考核種類, 代號, 原得分, 調整後得分, 理由, 核定人, 日期; of a
committee also 考核人員, whose score it is, and of a year with several rounds 期別.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from unicodedata import normalize

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.kind_words import ALL, kinds_by_word
from svcq_excel.plan.lists.heads import ASSESSOR, CODE
from svcq_excel.plan.lists.list_file import ListSource
from svcq_excel.plan.lists.roster import blanks, verify
from svcq_excel.plan.lists.table import Row, Table, read_table
from svcq_excel.plan.rounds import round_key
from svcq_excel.rubric.model import Kind, Node, Rubric, number
from svcq_excel.text.folding import fold
from svcq_excel.text.roc_dates import parse_date, roc

KIND, LEAF, BEFORE, AFTER = "考核種類", "代號", "原得分", "調整後得分"
ROUND = "期別"
"""Where a year has several: rows of another one are not meant."""
REASON, BY, DAY = "理由", "核定人", "日期"
REQUIRED = (CODE, LEAF, BEFORE, AFTER, REASON, BY, DAY)
_POINTS = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?)分?", re.ASCII)
_WAYS = frozenset(("申復", "申覆", "申訴", "複查", "複核", "覆核", "查證", "訪查", "訪視", "抽查"))
_SHORT = 8
"""A reason that names one of the ways in so many characters says by itself how it came about."""


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One row: whose score of which leaf, what it was and what it is to be, why and by whom."""

    unit: str
    """The unit's code."""
    kind: Kind | None
    """None where what was said is none of the assessment's."""
    leaf: str
    before: Decimal
    after: Decimal
    reason: str
    by: str
    day: date
    source: str
    line: int
    sheet: str = ""
    round: str = ""
    """The one that is meant, "" where the table is of one alone."""
    assessor: str = ""
    """The member of a committee as the row has it, "" where it names none."""
    fault: str = ""
    """Why it cannot be, whatever came in."""

    @property
    def where(self) -> str:
        sheet = f"「{self.sheet}」" if self.sheet else ""
        return f"「{PurePath(self.source).name}」{sheet}第 {self.line} 列"

    def is_of(self, round: str) -> bool:
        return not self.round or round_key(self.round) == round_key(round)

    def problem(self, message: str, fix: str) -> Problem:
        """What is wrong with the row, where nothing of the results can be told to have it."""
        return Problem(PurePath(self.source).name, message, fix, self.line, sheet=self.sheet)

    def told(self, leaf: str = "") -> str:
        """As an official would sign it, of a leaf of this name where it is not named before."""
        own_words = len(self.reason) <= _SHORT and any(way in self.reason for way in _WAYS)
        way = f"經{self.reason.removeprefix('經')}" if own_words else "經核定"
        said = (
            f"維持 {number(self.before)} 分"
            if self.before == self.after
            else f"由 {number(self.before)} 分調整為 {number(self.after)} 分"
        )
        whose = f"（{self.assessor}所評）" if self.assessor else ""
        why = "" if own_words else f"理由：{self.reason}；"
        name = f"「{leaf}」" if leaf else ""
        return f"{name}{whose}{way}{said}（{why}核定人 {self.by}，{roc(self.day)}）"


def read_score_changes(path: ListSource, rubric: Rubric) -> tuple[ScoreChange, ...]:
    """The changes of an .xlsx, .ods, .xls or .csv file, in its order.

    What cannot be understood is told at once: raises DefinitionError with every problem. What can
    be, and cannot be done, is told with the results.
    """
    table = read_table(path, REQUIRED, (KIND, ASSESSOR, ROUND))
    if rubric.is_checklist:
        told = table.problem("檢核表沒有得分可以調整", "請刪除這一列", table.rows[0].number)
        raise DefinitionError([told])
    points = (_no_points(table, column) for column in (BEFORE, AFTER))
    verify(table, *(blanks(table, column) for column in REQUIRED), *points, _no_days(table))
    kinds = _kinds(rubric)
    return tuple(_change(table, row, rubric, kinds) for row in table.rows)


def _change(table: Table, row: Row, rubric: Rubric, kinds: Mapping[str, Kind]) -> ScoreChange:
    code, leaf, before, after, reason, by, day, said, assessor, round = row.texts
    on = parse_date(day)
    assert on  # else it would have been told
    kind = kinds.get(fold(said))
    id = next((each for each in rubric.nodes if fold(each) == fold(leaf)), leaf)
    faults = (
        "" if kind else _no_kind(said, rubric),
        _no_score(rubric, rubric.nodes[id], _points(after))
        if id in rubric.nodes
        else f"評分表沒有代號「{leaf}」的細項",
    )
    return ScoreChange(
        unit=code,
        kind=kind,
        leaf=id,
        before=_points(before),
        after=_points(after),
        reason=reason,
        by=by,
        day=on,
        source=table.file,
        line=row.number,
        sheet=table.sheet,
        round=round,
        assessor=assessor,
        fault=next(filter(None, faults), ""),
    )


def _kinds(rubric: Rubric) -> dict[str, Kind]:
    """What each kind of assessment may be called; what is left out can only be the one there is."""
    own = [kind for kind in ALL if rubric.assesses_by(kind)]
    return kinds_by_word(rubric, own) | ({"": own[0]} if len(own) == 1 else {})


def _no_kind(said: str, rubric: Rubric) -> str:
    words = "、".join(f"「{word}」" for word in rubric.kinds.values())
    if not said:
        return f"未填{KIND}，本次考核有{words}，無法確定是哪一種"
    return f"{KIND}「{said}」不是本次考核的{words}"


def _no_score(rubric: Rubric, leaf: Node, after: Decimal) -> str:
    """Why a node can have no such score."""
    if not leaf.is_leaf:
        return f"「{leaf.name}」的得分是其下各細項的合計，不能直接調整"
    said = f"{AFTER} {number(after)} 分"
    if after > leaf.cap:
        return f"{said}超過「{leaf.name}」的滿分 {number(leaf.cap)} 分"
    if after % rubric.step:
        return f"{said}的小數過細，得分以 {number(rubric.step)} 分為單位"
    if leaf.bands and after and leaf.band_of(after) is None:
        bands = "、".join(band.label for band in leaf.bands)
        return f"{said}不在「{leaf.name}」的任何級距內（{bands}）"
    return ""


def _points(text: str) -> Decimal:
    found = _POINTS.fullmatch(_plain(text))
    assert found  # else it would have been told
    return Decimal(found[1])


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _no_points(table: Table, column: str) -> Iterator[Problem]:
    for row, text in table.column(column):
        if text and not _POINTS.fullmatch(_plain(text)):
            message = f"{column}「{text}」不是分數"
            yield table.problem(message, "請填不小於 0 的數字", row, column)


def _no_days(table: Table) -> Iterator[Problem]:
    for row, day in table.column(DAY):
        if day and parse_date(day) is None:
            yield table.problem(f"{DAY}「{day}」不是日期", "請填如 105年7月20日", row, DAY)

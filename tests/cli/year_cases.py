"""What happens in one year's assessment of each of the four."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.paper.filled_form import Paper
from tests.paper.filling import answer, scores
from tests.plan.planning import Rows

MEMBERS: Rows = [
    ("編號", "考核人員", "組別"),
    ("K1", "王委員", "第1組"),
    ("K2", "李委員", ""),
]


def points(paper: Paper, seed: str, total: int) -> None:
    chance = Random(seed)
    for leaf, score in scores(paper.rubric, total, chance).items():
        answer(paper, paper.rubric.leaf_by_id[leaf], score, chance)
    paper.enter(assessor="研考小組", date="105年7月5日")


def all_95(paper: Paper, seed: str, total: int) -> None:
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, score=95)
    paper.enter(assessor="考核小組", date="106年12月5日")


def steps(paper: Paper, seed: str, total: int) -> None:
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, status="已完成", done="依計畫辦理。", proof="附件1")
    paper.enter(assessor="秘書室", date="102年6月25日")


@dataclass(frozen=True)
class Case:
    round: str
    fill: Callable[[Paper, str, int], None]
    wrong: tuple[str, Any]
    """What is entered once that has to be corrected."""
    base: int = 0
    """The first unit's total; each next one has three points less."""
    matters: Mapping[str, object] = field(default_factory=dict)
    lists: Mapping[str, Rows] = field(default_factory=dict)
    flags: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "wra-105": Case(
        "105年度上半年",
        points,
        ("score", 9999),
        930,
        {"考核種類": "自行"},
        {},
        {"assessors": "self"},
    ),
    "khb-106": Case(
        "106年度7月至12月", all_95, ("score", "良好"), 0, {}, {}, {"assessors": "self"}
    ),
    "hccg-105": Case(
        "105年度", points, ("score", -1), 900, {"考核種類": "考核小組"}, {"考核人員": MEMBERS}
    ),
    "kpw-102": Case("102年6月", steps, ("status", "快好了"), 0, {}, {}, {"assessors": "self"}),
}

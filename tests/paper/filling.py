"""Fills a blank form in plausibly: the same for the same unit and total, whenever it is done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from svcq_excel.rubric.model import Node, Rubric

from .filled_form import Paper
from .texts import NOTES, REMARKS, STRENGTHS, SUGGESTIONS

_SPREAD = 0.07
"""How far a leaf's share of its cap lies from the total's, at most, before sums are evened out."""


def fill(paper: Paper, unit: str, total: int, assessor: str, assessed: str | date) -> None:
    """Every entry that is asked for, without a fault; the scores add up to the total."""
    chance = Random(f"{unit} {total}")
    for leaf, score in scores(paper.rubric, total, chance).items():
        answer(paper, paper.rubric.leaf_by_id[leaf], score, chance)
    paper.enter(assessor=assessor, date=assessed, comments=_comments(chance))
    for leaf in chance.sample(sorted(NOTES), 5):
        paper.enter(leaf, note=chance.choice(NOTES[leaf]))
    for item in sorted(chance.sample(sorted(REMARKS), 4)):
        keys = ("strengths", "weaknesses", "suggestions", "progress")
        paper.remark(item, **dict(zip(keys, REMARKS[item], strict=True)))


def scores(rubric: Rubric, total: int, chance: Random) -> dict[str, int]:
    """A score for every leaf, near the total's share of its cap, so that they add up to it."""
    caps = {leaf.id: int(leaf.cap) for leaf in rubric.leaves}
    share = total / int(rubric.full_score)
    found = {
        leaf: max(1, min(cap, round(cap * (share + chance.uniform(-_SPREAD, _SPREAD)))))
        for leaf, cap in caps.items()
    }
    while missing := total - sum(found.values()):
        leaf, step = chance.choice(sorted(caps)), 1 if missing > 0 else -1
        if 1 <= found[leaf] + step <= caps[leaf]:
            found[leaf] += step
    return found


def answer(paper: Paper, leaf: Node, score: int, chance: Random) -> None:
    """A leaf's score with what supports it: the band it lies in, or a measure that earns it."""
    paper.enter(leaf.id, score=score)
    band = leaf.band_of(Decimal(score))
    if band and leaf.picks_band:
        paper.enter(leaf.id, band=band.label)
    if band and leaf.measure and band.measure_min is not None:
        least = int(band.measure_min)
        most = int(leaf.measure.max) if leaf.measure.max is not None else least + 2
        paper.enter(leaf.id, measure=min(most, least + chance.randint(0, 4)))


def _comments(chance: Random) -> str:
    parts = (("優點：", STRENGTHS), ("建議改進事項：", SUGGESTIONS))
    lines = []
    for title, texts in parts:
        chosen = chance.sample(texts, 2)
        lines += [title, *(f"{i}. {text}" for i, text in enumerate(chosen, 1))]
    return "\n".join(lines)

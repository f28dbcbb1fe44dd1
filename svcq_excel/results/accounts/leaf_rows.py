"""What a unit's sheet says of one leaf: the band and why, the figure behind it, who gave what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from svcq_excel.checks.submission import Submission
from svcq_excel.results.model import UnitResult
from svcq_excel.results.page.sheet import Content, SheetCell
from svcq_excel.results.scoring.grading import METHODS
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Band, Node, Rubric, number


def leaf_cells(rubric: Rubric, result: UnitResult, leaf: Node) -> list[SheetCell]:
    """The row's cells, in the order of the sheet's columns."""
    changed = any(change.leaf == leaf.id for change in result.score_changes)
    return [
        SheetCell(leaf.id, "small_centred"),
        SheetCell(leaf.name, "text"),
        SheetCell(number(leaf.cap), "centred"),
        SheetCell(_bands(leaf, result.forms), "small"),
        SheetCell(_measures(leaf, result.forms), "small_centred"),
        SheetCell(result.leaves.get(leaf.id), "changed_score" if changed else "score"),
        SheetCell("\n".join(_said(rubric, result, leaf)), "small"),
    ]


def _who(form: Submission) -> str:
    return form.called or form.assessor_name or form.assessor


def _together(said: Sequence[tuple[str, str]]) -> str:
    """Texts with whose they are; of a single one, or where all say the same, the text alone."""
    by_text: defaultdict[str, list[str]] = defaultdict(list)
    for who, text in said:
        if text:
            by_text[text].append(who)
    if len(by_text) == 1 and len(next(iter(by_text.values()))) == len(said):
        return next(iter(by_text))
    return "\n".join(f"{'、'.join(who)}：{text}" for text, who in by_text.items())


def _bands(leaf: Node, forms: Sequence[Submission]) -> Content:
    """The band that each score is in, with the text that earns it; of a leaf without bands what
    is looked at."""
    if not leaf.bands:
        return leaf.text
    return _together([(_who(form), _band_text(leaf, form)) for form in forms])


def _band_text(leaf: Node, form: Submission) -> str:
    band = _band_of(leaf, form)
    return f"{band.label}：{band.text}" if band else "未達任何級距"


def _band_of(leaf: Node, form: Submission) -> Band | None:
    """The one that was chosen, where the score that counts is in it; else the score's own."""
    score, entered = form.scores[leaf.id], form.entered.get(leaf.id)
    chosen = leaf.band_labelled(entered.band) if entered else None
    return chosen if chosen and score in chosen else leaf.band_of(score)


def _measures(leaf: Node, forms: Sequence[Submission]) -> str:
    measure = leaf.measure
    if not measure:
        return _together([(_who(form), _growth(leaf, form)) for form in forms])
    figures = [(form, form.entered.get(leaf.id)) for form in forms]
    given = [
        (_who(form), f"{number(entered.measure)}{measure.unit}")
        for form, entered in figures
        if entered and entered.measure is not None
    ]
    return f"{measure.label}\n{_together(given)}" if given else ""


def _growth(leaf: Node, form: Submission) -> str:
    """This year's figure beside last year's, and the rate that they make."""
    growth, figures = leaf.growth, form.growths.get(leaf.id)
    this, last = (each.number for each in figures) if figures else (None, None)
    if not growth or this is None or last is None:
        return ""
    rate = growth.rate(this, last)
    said = f"本年度 {number(this)}{growth.unit}\n上年度 {number(last)}{growth.unit}"
    return said if rate is None else f"{said}\n成長率 {number(rate * 100)}%"


def _said(rubric: Rubric, result: UnitResult, leaf: Node) -> Iterator[str]:
    """Each member's score and what became of them, notes, and what was decided."""
    if len(result.forms) > 1:
        given = "、".join(f"{_who(form)} {number(form.scores[leaf.id])}" for form in result.forms)
        came = result.leaves.get(leaf.id)
        method = METHODS[rubric.clauses.committee.method]
        yield given if came is None else f"{given}；{method} {shown(came)}"
    if note := result.notes.get(leaf.id):
        yield note
    for change in result.score_changes:
        if change.leaf == leaf.id:
            yield change.told()

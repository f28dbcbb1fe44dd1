"""Answers to a leaf as people give them: right, wrong in every way, and at every threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from openpyxl.cell import Cell

from svcq_excel.rubric.model import Node
from svcq_excel.workbooks.workbook import Value
from tests.form.fillings import right_answer


@dataclass(frozen=True)
class Typed:
    """What is put into a cell, and the format that it gets there."""

    value: Value | None = None
    number_format: str = "General"
    is_text: bool = False

    def put_into(self, cell: Cell) -> None:
        cell.value = self.value
        cell.number_format = self.number_format
        if self.is_text:
            cell.data_type = "s"


Row = dict[str, Typed]
Answering = Callable[[Node, Random], Row]

WORDS = ("九十五", "A+", "—", "9/10", "1e2", "約90", "=未定")
ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!")


def right(leaf: Node, chance: Random) -> Row:
    cells = right_answer(leaf, chance.randrange(1000))
    return {key: Typed(value) for (_, key), value in cells.items()}


def at_a_bound(leaf: Node, chance: Random) -> Row:
    """A score at, just over or just under a bound of a band, whatever band was chosen."""
    bounds = [bound for band in leaf.bands for bound in (band.min, band.max)] or [leaf.cap]
    score = float(chance.choice(bounds)) + chance.choice([-1, 0, 1])
    return {**right(leaf, chance), "score": Typed(score)}


def scored(*values: Value | None, is_text: bool = False) -> Answering:
    def answer(leaf: Node, chance: Random) -> Row:
        return {**right(leaf, chance), "score": Typed(chance.choice(values), is_text=is_text)}

    return answer


def above_the_cap(leaf: Node, chance: Random) -> Row:
    return {**right(leaf, chance), "score": Typed(float(leaf.cap) + chance.choice([1, 0.5, 9e9]))}


def between_the_bands(leaf: Node, chance: Random) -> Row:
    low = chance.choice(leaf.bands).min if leaf.bands else leaf.cap
    return {**right(leaf, chance), "score": Typed(float(low) - 0.5)}


def dated(leaf: Node, chance: Random) -> Row:
    return {**right(leaf, chance), "score": Typed(date(2016, 9, 5), "yyyy-mm-dd")}


def with_another_band(leaf: Node, chance: Random) -> Row:
    others = [band.label for band in leaf.bands] + ["0分", "最高級距", " "]
    return {**right(leaf, chance), "band": Typed(chance.choice(others), is_text=True)}


def without_its_ground(leaf: Node, chance: Random) -> Row:
    """Neither a band nor a measure."""
    return {"score": right(leaf, chance)["score"]}


def measured(leaf: Node, chance: Random) -> Row:
    """A measure at, or just beside, a threshold, with a score that may be too high for it."""
    measure = leaf.measure
    found = [measure.limit(band) for band in leaf.bands] if measure else []
    limits = [float(limit) for limit in found if limit is not None]
    figure = chance.choice(limits or [0.0]) + chance.choice([0, 0, 0, -0.5, 0.5, -1, 1])
    score = right(leaf, chance)["score"]
    if leaf.measure and leaf.measure.is_percentage and chance.random() < 0.7:
        return {"score": score, "measure": Typed(round(figure / 100, 6), "0.0%")}
    return {"score": score, "measure": Typed(figure)}


def measured_wrongly(leaf: Node, chance: Random) -> Row:
    figures = [
        Typed(0.88),
        Typed(1),
        Typed(1.2, "0%"),
        Typed(-5),
        Typed(-0.05, "0%"),
        Typed(100_000),
        Typed(chance.choice(WORDS), is_text=True),
        Typed(chance.choice(ERRORS)),
        Typed("=15/17"),
        Typed("=15/17", "0%"),
        Typed("=1/0"),
        Typed(True),
        Typed(0),
    ]
    return {
        "score": chance.choice([Typed(0), right(leaf, chance)["score"]]),
        "measure": chance.choice(figures),
    }


WAYS: tuple[Answering, ...] = (
    right,
    right,
    right,
    at_a_bound,
    scored(None, "", " "),
    scored(0),
    scored(-1, -0.5, -100),
    scored(*WORDS, is_text=True),
    scored(*ERRORS),
    scored("=1+2", "=2.5*2", '=""', "=1/0", '="九十"', "=TRUE()"),
    scored(True, False),
    above_the_cap,
    between_the_bands,
    dated,
    with_another_band,
    without_its_ground,
    measured,
    measured,
    measured_wrongly,
)

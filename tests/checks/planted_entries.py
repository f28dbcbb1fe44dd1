"""Entries as people get them wrong, each with all that may be found in its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from tests.checks.desk import Desk, store
from tests.paper.filled_form import Paper

Change = Callable[[Paper], None]
Plant = Callable[[Desk], object]


def entered(leaf: str, **values: object) -> Plant:
    """A form with other entries in a leaf's row."""

    def plant(desk: Desk) -> None:
        paper = desk.same_paper()
        for key, value in values.items():
            paper.entry(leaf, key).value = value  # type: ignore[assignment]
        desk.hand_in(paper)

    return plant


def percent(leaf: str, measure: float) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.same_paper()
        cell = paper.entry(leaf, "measure")
        cell.value, cell.number_format = measure, "0%"
        desk.hand_in(paper)

    return plant


def counted(leaf: str, formula: str, result: str, kind: str = "n") -> Plant:
    """A form with a formula as a score, and its result beside it as office programs store it."""

    def plant(desk: Desk) -> None:
        paper = desk.same_paper()
        paper.entry(leaf, "score").value = formula
        store(desk.hand_in(paper), paper, leaf, result, kind)

    return plant


def scored(**scores: float | None) -> Plant:
    """A form with other scores; A1_1_2 stands for A1.1.2."""

    def plant(desk: Desk) -> None:
        paper = desk.same_paper()
        for leaf, score in scores.items():
            paper.entry(leaf.replace("_", "."), "score").value = score
        desk.hand_in(paper)

    return plant


def full_marks(desk: Desk) -> None:
    paper = desk.same_paper()
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, score=int(leaf.cap))
    desk.hand_in(paper)


def full_marks_but_for_a_blank(desk: Desk) -> None:
    paper = desk.same_paper()
    for leaf in paper.rubric.leaves[:-1]:
        paper.enter(leaf.id, score=int(leaf.cap))
    paper.enter(paper.rubric.leaves[-1].id, score=None)
    desk.hand_in(paper)


def nothing_reached(desk: Desk) -> None:
    paper = desk.same_paper()
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, score=0)
        if leaf.picks_band:
            paper.enter(leaf.id, band=None)
    desk.hand_in(paper)


def tops_of_bands(desk: Desk) -> None:
    """The most that each chosen band gives, which is the cap only where the band is the highest."""
    paper = desk.same_paper()
    for leaf in paper.rubric.leaves:
        if leaf.bands:
            paper.enter(leaf.id, score=int(leaf.bands[-1].max))
        if leaf.picks_band:
            paper.enter(leaf.id, band=leaf.bands[-1].label)
    desk.hand_in(paper)


_TEXT = "needs-correction C1.1:score-not-a-number"
_READ = "accepted C1.1:score-normalised"

ENTRIES: dict[str, tuple[Plant, str]] = {
    "nothing wrong": (entered("C1.1"), "accepted"),
    "0 without a band": (entered("A1.1.1.1", score=0, band=None), "accepted"),
    "nothing entered": (entered("C1.1", score=None), "needs-correction C1.1:score-missing"),
    "a blank entered": (entered("C1.1", score=" "), "needs-correction C1.1:score-missing"),
    "a zero-width space": (entered("C1.1", score="\u200b"), "needs-correction C1.1:score-missing"),
    "九十五": (entered("C1.1", score="九十五"), _TEXT),
    "a dash": (entered("C1.1", score="—"), _TEXT),
    "1e2 as text": (entered("C1.1", score="1e2"), _TEXT),
    "TRUE": (entered("C1.1", score=True), _TEXT),
    "a date as a score": (entered("C1.1", score=date(2016, 9, 5)), _TEXT),
    "a date and time": (entered("C1.1", score=datetime(2016, 9, 5, 9, 5)), _TEXT),
    "a time": (entered("C1.1", score=time(9, 5)), _TEXT),
    "#REF!": (entered("C1.1", score="#REF!"), _TEXT),
    "1E+30": (entered("C1.1", score=1e30), _TEXT),
    "a formula that failed": (counted("C1.1", "=1/0", "#DIV/0!", "e"), _TEXT),
    "a formula of a text": (counted("C1.1", '="優"', "優", "str"), _TEXT),
    "a formula of a truth value": (counted("C1.1", "=1=1", "1", "b"), _TEXT),
    "a formula never computed": (
        entered("C1.1", score="=20+5"),
        "needs-correction C1.1:score-not-computed",
    ),
    "a formula with its result": (counted("C1.1", "=20+5", "25"), "accepted C1.1:formula-in-score"),
    "a forged result": (counted("C1.1", "=20+2", "25"), "needs-correction C1.1:formula-disagrees"),
    "a forged result that divides by 0": (
        counted("C1.1", "=1/0", "25"),
        "needs-correction C1.1:formula-disagrees",
    ),
    "a result of chance": (
        counted("C1.1", "=20+5*RAND()", "25"),
        "needs-correction C1.1:formula-from-elsewhere",
    ),
    "a result of another file": (
        counted("C1.1", "=[1]S!A1+1", "25"),
        "needs-correction C1.1:formula-from-elsewhere",
    ),
    "a formula that only office programs know": (
        counted("C1.1", '=LEN("1234567890123456789012345")', "25"),
        "accepted C1.1:formula-in-score C1.1:formula-not-checked",
    ),
    "２５": (entered("C1.1", score="２５"), _READ),
    "25分": (entered("C1.1", score="25分"), _READ),
    "25 with blanks": (entered("C1.1", score="\u00a025 \u200b"), _READ),
    "-5": (entered("C1.1", score=-5), "needs-correction C1.1:score-negative"),
    "25.5": (entered("C1.1", score=25.5), "needs-correction C1.1:score-step"),
    "51 of 50": (entered("C1.1", score=51), "needs-correction C1.1:score-above-cap"),
    "a sum above its cap": (
        entered("A1.1.1.1", score=320, band=None),
        "needs-correction A1.1.1:subtotal-above-cap A1.1.1.1:score-above-cap",
    ),
    "between two bands": (
        entered("A1.1.1.1", score=80.5, band=None),
        "needs-correction A1.1.1.1:score-outside-bands A1.1.1.1:score-step",
    ),
    "a band typed otherwise": (
        entered("A1.1.1.1", band="８１～１２０分"),
        "accepted A1.1.1.1:band-normalised",
    ),
    "no band chosen": (entered("A1.1.1.1", band=None), "accepted A1.1.1.1:band-missing"),
    "another band chosen": (
        entered("A1.1.1.1", band="1-40分"),
        "needs-correction A1.1.1.1:band-mismatch",
    ),
    "a band of one's own": (
        entered("A1.1.1.1", band="81-130分"),
        "needs-correction A1.1.1.1:band-mismatch",
    ),
    "a band beside 0": (
        entered("A1.1.1.1", score=0),
        "needs-correction A1.1.1.1:band-mismatch",
    ),
    "no measure": (entered("A2.2.2", measure=None), "needs-correction A2.2.2:measure-missing"),
    "no measure beside 0": (entered("A2.2.2", measure=None, score=0), "accepted"),
    "約九成": (entered("A2.2.2", measure="約九成"), "needs-correction A2.2.2:measure-not-a-number"),
    "0.9 and no percent sign": (
        entered("A2.2.2", measure=0.9),
        "needs-correction A2.2.2:measure-not-a-number",
    ),
    "101%": (entered("A2.2.2", measure=101), "needs-correction A2.2.2:measure-not-a-number"),
    "90% as a cell shows it": (percent("A2.2.2", 0.9), "accepted"),
    "80% and a score for 90%": (
        entered("A2.2.2", measure="80%"),
        "needs-correction A2.2.2:measure-band-mismatch",
    ),
    "below every threshold": (
        entered("A2.2.2", measure=69),
        "needs-correction A2.2.2:measure-band-mismatch",
    ),
    "below every threshold, and 0": (entered("A2.2.2", measure=69, score=0), "accepted"),
    "full marks throughout": (full_marks, "accepted uniform-scores"),
    "0 throughout": (nothing_reached, "accepted uniform-scores"),
    "full marks but for a blank": (
        full_marks_but_for_a_blank,
        "needs-correction D1.3:score-missing",
    ),
    "the most of every band": (tops_of_bands, "accepted all-band-tops"),
    "full marks and no word": (
        scored(
            A1_1_2=100,
            A2_3_1=30,
            B1_2_1=50,
            B2_1_1_1=30,
            B2_1_1_2=10,
            C1_1=50,
            C1_2=30,
            C1_3=20,
            D1_1=30,
            D1_2=40,
            D1_3=30,
        ),
        "accepted full-score-without-note",
    ),
    "six below a bound": (scored(A1_1_2=100, B1_2_1=39), "accepted"),
    "at a bound": (scored(A1_1_2=100, B1_2_1=45), "accepted"),
    "below a bound but for a blank": (
        scored(A1_1_2=100, B1_2_1=44, C1_1=None),
        "needs-correction C1.1:score-missing",
    ),
    "February 30": (entered("", date="105年2月30日"), "needs-correction date-invalid"),
    "a month": (entered("", date="105年7月"), "accepted"),
    "a date with its weekday and a time": (
        entered("", date="105年7月5日（星期二）上午10:00"),
        "accepted",
    ),
    "a range of dates": (entered("", date="105年7月5日至7日"), "accepted date-range"),
    "a date as text": (entered("", date="105.7.8"), "accepted"),
    "a date": (entered("", date=date(2016, 7, 8)), "accepted"),
}

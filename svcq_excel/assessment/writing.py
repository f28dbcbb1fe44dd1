"""Writes the plan workbook of a new assessment: its definition, what is to decide, its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

import xlsxwriter

from svcq_excel.assessment.likeness import CarriedList, Likeness
from svcq_excel.assessment.list_sheets import (
    CARRIED,
    DECISION_LIST,
    LETTER_LIST,
    ListSheet,
    change_list,
    ruling_list,
)
from svcq_excel.assessment.results_before import BEFORE
from svcq_excel.letters.letter import OCCASIONS
from svcq_excel.letters.wording import FIELDS, SHIPPED
from svcq_excel.new_workbook import new_workbook
from svcq_excel.plan.forms_meant import FORMATS_IN_WORDS, kinds_in_words
from svcq_excel.plan.kind_words import called
from svcq_excel.plan.matters import (
    CORRECTED_BY,
    DEADLINE,
    MATTERS,
    NO,
    OF_LETTERS,
    ROUND,
    RUBRIC,
    THIS_ROUND,
    YES,
    Mailing,
)
from svcq_excel.plan.plan_workbook import LETTERS
from svcq_excel.plan.rounds import PlannedRound, round_key
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.sheets.items import is_of_a_definition
from svcq_excel.rubric.sheets.pages.item_sheets import PlanRow
from svcq_excel.rubric.sheets.pages.looks import BAND
from svcq_excel.rubric.sheets.pages.page import Page
from svcq_excel.rubric.sheets.writing import definition_sheets
from svcq_excel.seal_key import SealKey, lay_key
from svcq_excel.text.made_on import made_on

_EMPTY_ROWS = 2
_LETTER_CHOICES = {
    "security": ("STARTTLS", "TLS", "不加密"),
    "ranks": (YES, NO),
    "members": (YES, NO),
}
_ABOUT = {matter.name: matter.note for matter in MATTERS}
_FIELDS = {matter.name: matter.field for matter in MATTERS}


def plan_workbook(like: Likeness, round: str | None, key: SealKey) -> bytes:
    """The bytes of 考核計畫.xlsx; but for the key, equal input gives equal bytes."""
    rubric, stream = like.rubric, BytesIO()
    with new_workbook(stream) as book:
        made = made_on(rubric.year)
        book.set_properties({"title": rubric.title, "author": rubric.agency, "created": made})

        def write_lists() -> None:
            for sheet in CARRIED:
                _write(book, sheet, like.lists.get(sheet.name))

        definition_sheets(book, rubric, tuple(_rows(like, round)), write_lists)
        _write(book, LETTER_LIST, _letters(like), 0)
        for sheet in _decided(rubric):
            _write(book, sheet)
        lay_key(book, key)
    return stream.getvalue()


def _decided(rubric: Rubric) -> Sequence[ListSheet]:
    adjustments = tuple(each.name for each in rubric.clauses.adjustments)
    kinds = tuple(called(rubric, kind) for kind in rubric.kinds)
    return (DECISION_LIST, ruling_list(adjustments), change_list(kinds))


def _rows(like: Likeness, round: str | None) -> Iterator[PlanRow]:
    """The rows of 計畫 that are no part of its definition, in the order of MATTERS."""
    rounds, this = _meant(like, round)
    for matter in MATTERS:
        if matter.name == ROUND:
            yield from _of_rounds(rounds, like.said)
        elif matter.name == THIS_ROUND and len(rounds) > 1:
            yield PlanRow(THIS_ROUND, this, matter.note, tuple(each.name for each in rounds))
        elif is_of_a_definition(matter.name):
            continue
        elif matter.name not in {RUBRIC, ROUND, DEADLINE, CORRECTED_BY, THIS_ROUND}:
            yield _of_all(matter.name, like)


def _meant(like: Likeness, round: str | None) -> tuple[Sequence[PlannedRound], str]:
    """The rounds of the new plan, and the one that it begins with."""
    rounds = like.rounds
    if round is None:
        return rounds, like.said.round or rounds[0].name
    mine = next((each for each in rounds if round_key(each.name) == round_key(round)), None)
    return (rounds, mine.name) if mine else ((PlannedRound(round),), round)


def _of_rounds(rounds: Sequence[PlannedRound], said: Sources) -> Iterator[PlanRow]:
    mark = "承自前次考核計畫，請更正為本次的期限。"
    for each in rounds:
        yield PlanRow(ROUND, each.name, _ABOUT[ROUND])
        for name, value in ((DEADLINE, each.deadline), (CORRECTED_BY, each.correction_deadline)):
            yield PlanRow(name, value, _ABOUT[name], mark=mark if value else "")


def _of_all(name: str, like: Likeness) -> PlanRow:
    rubric, field = like.rubric, _FIELDS[name]
    if field.startswith(OF_LETTERS):
        return _of_letters(name, field.removeprefix(OF_LETTERS), like.said.mailing)
    if field == "previous":
        return PlanRow(name, "、".join(f"{BEFORE}/{each}" for each in like.results), _ABOUT[name])
    value = getattr(like.said, field)
    if field == "kinds":
        value = value or kinds_in_words(rubric)
        return PlanRow(name, value, f"{_ABOUT[name]}本考核有{kinds_in_words(rubric)}。")
    if field == "format":
        choices = tuple(FORMATS_IN_WORDS.values())
        return PlanRow(name, value or choices[0], _ABOUT[name], choices)
    if field == "public":
        return PlanRow(name, value, _ABOUT[name], (YES, NO))
    return PlanRow(name, value, _ABOUT[name])


def _of_letters(name: str, field: str, said: Mailing | None) -> PlanRow:
    value = getattr(said, field) if said else None
    mark = "承自前次考核計畫，請更正為本次的期限。" if field == "appeal_by" and value else ""
    return PlanRow(name, value, _ABOUT[name], _LETTER_CHOICES.get(field, ()), mark=mark)


def _letters(like: Likeness) -> CarriedList:
    """The texts of letters: the earlier plan's, or those that ship; and what fields each has."""
    earlier = like.lists.get(LETTERS)
    rows = earlier.rows if earlier else ()
    own = {row[0]: row[1:3] for row in rows}
    heads = tuple(column.head for column in LETTER_LIST.columns)
    made = []
    for occasion, word in OCCASIONS.items():
        text = SHIPPED[occasion]
        subject, body = own.get(word, (text.subject, text.body))
        fields = "\n".join(f"{{{name}}}　{about}" for name, about in FIELDS[occasion].items())
        made.append((word, subject, body, fields))
    return CarriedList(heads, tuple(made))


def _write(
    book: xlsxwriter.Workbook,
    sheet: ListSheet,
    carried: CarriedList | None = None,
    empty: int = _EMPTY_ROWS,
) -> None:
    own = [(each.head, each.about, each.width) for each in sheet.columns]
    more = [(head, "", 16.0) for head in carried.heads[len(own) :]] if carried else []
    page = Page(book, sheet.name, [*own, *more], frozen=1)
    rows: Sequence[Sequence[str]] = carried.rows if carried else ()
    for row in (*rows, *[[""] * len(own + more)] * empty):
        page.next_row()
        for at, text in enumerate(row):
            page.put(at, text, BAND)
    for at, column in enumerate(sheet.columns):
        if column.choices:
            page.offer(at, column.choices)
    page.finish()

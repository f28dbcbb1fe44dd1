"""Which of several sheets that are forms is meant, and which others look like one, reworded or not.

A sheet looks like the form whose heads it prints, or whose table says mostly the same, letter by
letter, so that changing some words in each of its texts is not enough to hide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from unicodedata import normalize

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.grid import Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.keyed_sheet import Keyed
from svcq_excel.form.reading.table_body import Body
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.node import STATUSES
from svcq_excel.rubric.once_a_form import OnceAForm
from svcq_excel.workbooks.bounds import MAX_TEXT_ROWS
from svcq_excel.workbooks.workbook import Rows, Value

_TRIED = 5
"""Of several forms so many are looked into for entries."""
_ALIKE = 0.5
"""The share of heads, of rows with an answer, of what the texts say, that makes a sheet alike."""
_ENOUGH = 60
"""With fewer pairs of letters a form says too little to be known by them."""
_LONGEST_ANSWER, _LONGEST_HEAD = 8, 20


def meant(forms: Sequence[Keyed], shown: Iterable[str], rubric: Rubric) -> Keyed:
    """The form that is read: one that is shown before one that is not, the one called 評分表 before
    others, but one that was filled in before a blank one."""
    if len(forms) == 1:
        return forms[0]
    seen = {*shown}
    ordered = sorted(forms, key=lambda each: (each.name not in seen, each.name != FORM_SHEET))
    return next((each for each in ordered[:_TRIED] if is_filled(each, rubric)), ordered[0])


def is_filled(form: Keyed, rubric: Rubric) -> bool:
    """Whether an answer stands in any leaf's row."""
    entries = Body(rubric, form).entries().values()
    return any(not entry.score.blank for several in entries for entry in several)


def looks_like_form(rows: Rows, rubric: Rubric) -> bool:
    """Whether a person takes a sheet for this rubric's form."""
    looks = _looks_of(rubric)
    rows = rows[:MAX_TEXT_ROWS]
    heads = looks.main in map(letters, _short_texts(chain.from_iterable(rows)))
    if heads and any(map(looks.are_heads, rows)):
        return True
    answers = _ALIKE * len(rubric.leaves)
    if len(rows) < answers or len(looks.pairs) < _ENOUGH:
        return False
    if sum(any(map(_is_answer, values)) for values in rows) < answers:
        return False
    if any("優點" in values for values in rows):
        return False  # the remarks speak of the same items
    said = _pairs(value for values in rows for value in values if isinstance(value, str))
    return len(looks.pairs & said) >= _ALIKE * len(looks.pairs)


def holds_answers(rows: Rows) -> bool:
    """Whether anything like an answer stands on a sheet."""
    return any(_is_answer(value) for values in rows[:MAX_TEXT_ROWS] for value in values)


def letters(value: Value) -> str:
    """A text without blanks and signs, which a copy may have otherwise."""
    return _letters(value) if isinstance(value, str) else ""


@lru_cache(maxsize=2048)  # the forms of a round have most texts in common
def _letters(value: str) -> str:
    if value.isalnum() and not value.isascii():
        return normalize("NFKC", value).casefold()
    return "".join(c for c in normalize("NFKC", value).casefold() if c.isalnum())


@dataclass(frozen=True, slots=True)
class _Looks:
    """What a rubric's table says."""

    main: str
    titles: frozenset[str]
    """Of all columns."""
    pairs: frozenset[str]
    """Every two letters that follow each other in its texts."""

    def are_heads(self, values: Sequence[Value]) -> bool:
        said = {*map(letters, _short_texts(values))}
        return self.main in said and len(said & self.titles) > _ALIKE * len(self.titles)


@OnceAForm
def _looks_of(rubric: Rubric) -> _Looks:
    layout = lay_out(rubric)
    titles = {column.key: letters(column.title) for column in layout.columns if column.title}
    texts = (box.text for box in layout.boxes if box.role is Role.LABEL and box.node)
    return _Looks(titles[layout.main], frozenset(titles.values()), frozenset(_pairs(texts)))


def _pairs(texts: Iterable[str]) -> Set[str]:
    return frozenset(pair for text in texts for pair in _neighbours(letters(text)))


def _neighbours(text: str) -> Iterator[str]:
    return (a + b for a, b in pairwise(text))


def _short_texts(values: Iterable[Value]) -> set[str]:
    """Those that may be a head."""
    return {v for v in values if isinstance(v, str) and 0 < len(v) <= _LONGEST_HEAD}


def _is_answer(value: Value) -> bool:
    if isinstance(value, str):
        short = 0 < len(value) <= _LONGEST_ANSWER
        return short and (any(map(str.isdigit, value)) or any(s in value for s in STATUSES))
    return True

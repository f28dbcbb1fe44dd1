"""Which forms an assessment has: 考核種類 and 表件格式, in the words of offices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from svcq_excel.definition import DefinitionError, problem_of
from svcq_excel.plan.assessors import HQ, SELF, Assessor, verify_kinds
from svcq_excel.plan.kind_words import ALL, called, kinds_by_word
from svcq_excel.plan.matters import listed_words
from svcq_excel.rubric.model import Direction, Kind, Rubric
from svcq_excel.rubric.sheets.wording import DIRECTION_WORDS
from svcq_excel.text.folding import fold

Format = Literal["xlsx", "ods"]

FORMATS: dict[str, tuple[Format, ...]] = {
    "xlsx": ("xlsx",),
    "ods": ("ods",),
    "both": ("xlsx", "ods"),
}
"""By the word of a call."""

FORMATS_IN_WORDS = {"xlsx": "Excel 活頁簿", "ods": "開放文件格式", "both": "兩種都要"}
"""How a plan workbook says them."""

_FORMATS_TOO: dict[str, Sequence[str]] = {
    "xlsx": ("Excel", ".xlsx", "Excel活頁簿（.xlsx）", "Excel 2007", "微軟格式"),
    "ods": ("ODF", ".ods", "開放文件格式（.ods）", "開放文件", "LibreOffice", "ODF試算表"),
    "both": ("兩種", "兩者", "都要", "兩種都", "xlsx、ods", "xlsx及ods", "Excel及ODF"),
}

_DIRECTIONS: dict[Direction, Sequence[str]] = {
    "portrait": ("portrait", DIRECTION_WORDS["portrait"], "直向", "直印", "縱向"),
    "landscape": ("landscape", DIRECTION_WORDS["landscape"], "橫向", "橫印"),
}


def assessors_meant(
    rubric: Rubric, said: str | None, listed: Sequence[Assessor] | None
) -> tuple[Assessor, ...]:
    """Who fills in a form each: those of the kinds that were said, or else those on the list."""
    if not said:
        verify_kinds(rubric, listed or ())
        return tuple(listed or ())
    kinds, strange = _kinds_said(said, rubric)
    strange += tuple(called(rubric, kind) for kind in kinds if not rubric.assesses_by(kind))
    if strange:
        message = f"考核種類「{'、'.join(strange)}」不是本考核所有"
        fix = f"請填{kinds_in_words(rubric)}，數種以頓號分開"
        raise DefinitionError([problem_of(said, "考核種類", message, fix)])
    if "committee" in kinds and not listed:
        message = f"考核種類有「{called(rubric, 'committee')}」，但沒有考核人員名單"
        fix = "請在「考核人員」填寫名單，或由考核種類中刪除"
        raise DefinitionError([problem_of(said, "考核種類", message, fix)])
    return _issued_by(kinds, listed or ())


def formats_meant(said: str | None) -> tuple[Format, ...]:
    formats = _formats_said(said) if said else ()
    if formats is None:
        message, fix = (
            f"表件格式「{said}」無法辨識",
            f"請填{'、'.join(FORMATS_IN_WORDS.values())}其中之一",
        )
        raise DefinitionError([problem_of(said, "表件格式", message, fix)])
    return formats


def on_paper(rubric: Rubric, said: str) -> Rubric:
    """The rubric, its forms printed upright or across as 表件方向 says."""
    known = {fold(word): each for each, words in _DIRECTIONS.items() for word in words}
    direction = known.get(fold(said))
    if direction is None:
        message = f"表件方向「{said}」無法辨識"
        raise DefinitionError([problem_of(said, "表件方向", message, "請填直式或橫式")])
    return rubric.on_paper(direction)


def _kinds_said(text: str, rubric: Rubric) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """The kinds that a text names, in the rubric's order, and the words that name none."""
    known = kinds_by_word(rubric, ALL)
    words = listed_words(text)
    named = {known[fold(word)] for word in words if fold(word) in known}
    strange = tuple(word for word in words if fold(word) not in known)
    order = (*rubric.kinds, *(kind for kind in ALL if kind not in rubric.kinds))
    return tuple(kind for kind in order if kind in named), strange


def kinds_in_words(rubric: Rubric) -> str:
    """All kinds that a rubric has, as a plan workbook says them."""
    kinds: Sequence[Kind] = (*rubric.kinds,) or ("self",)
    return "、".join(called(rubric, kind) for kind in kinds)


def _issued_by(kinds: Sequence[Kind], members: Sequence[Assessor]) -> tuple[Assessor, ...]:
    """Who fills in a form each, where an assessment is of these kinds."""
    by_kind: dict[Kind, Sequence[Assessor]] = {
        "self": (SELF,),
        "hq": (HQ,),
        "committee": tuple(members),
    }
    return tuple(each for kind in kinds for each in by_kind[kind])


def _formats_said(text: str) -> tuple[Format, ...] | None:
    """The formats that a text means; None where it means none."""
    known = {
        fold(word): formats
        for key, formats in FORMATS.items()
        for word in (key, FORMATS_IN_WORDS[key], *_FORMATS_TOO[key])
    }
    return known.get(fold(text))

"""另存格式, 公告版, 公告內容: what is to be made beside the statistics workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from svcq_excel.definition import DefinitionError, Problem, problem_of
from svcq_excel.plan.matters import ANNOUNCED, COPIES, PUBLIC, is_yes, listed_words
from svcq_excel.text.folding import fold

CopyFormat = Literal["pdf", "ods", "html"]
Announced = Literal["items", "total", "grade", "rank", "reward", "leaves"]

FORMATS_IN_WORDS: dict[CopyFormat, str] = {"pdf": "PDF", "ods": "ODF", "html": "HTML"}
"""How a plan workbook says them, in the order in which they are made."""

_FORMATS_TOO: dict[CopyFormat, Sequence[str]] = {
    "pdf": (".pdf", "PDF檔"),
    "ods": ("ods", ".ods", "開放文件格式", "開放文件", "ODF試算表"),
    "html": (".html", "網頁", "網頁檔"),
}
ANNOUNCED_IN_WORDS: dict[Announced, str] = {
    "items": "各項得分",
    "total": "總分",
    "grade": "等第",
    "rank": "名次",
    "reward": "獎懲",
    "leaves": "細項得分",
}
_ANNOUNCED_TOO: dict[Announced, Sequence[str]] = {
    "items": ("項目得分", "考核項目得分", "各項目得分", "項目"),
    "total": ("成績", "得分", "分數"),
    "grade": ("等級",),
    "rank": ("排名",),
    "reward": ("獎勵", "獎懲情形"),
    "leaves": ("細項", "各細項得分"),
}
USUALLY: tuple[Announced, ...] = ("items", "total", "grade", "rank")
"""What is published where nobody says: what stands in 附表2, and the ranks."""

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Copies:
    """As it was said; the statistics workbook itself is always made.

    Which of them are made changes nothing in any: results that were made with fewer are equal.
    """

    formats: tuple[CopyFormat, ...] = field(default=(), compare=False, repr=False)
    public: bool = field(default=False, compare=False, repr=False)
    """Whether a 公告版 is made, in every format."""
    announced: tuple[Announced, ...] = USUALLY
    """What that tells of each unit, in the order of their words."""
    converted: bool = field(default=True, compare=False, repr=False)
    """Whether other programs are asked for what they make; else only what needs none is made."""

    @property
    def alike(self) -> Copies:
        """Those that come out alike on every computer."""
        return replace(self, converted=False)


NONE = Copies()
EVERY = Copies(tuple(FORMATS_IN_WORDS), public=True)


def copies_meant(formats: str | None, public: str | None, announced: str | None) -> Copies:
    """Raises DefinitionError with all that is not understood."""
    problems: list[Problem] = []
    known = _spelled(FORMATS_IN_WORDS, _FORMATS_TOO)
    wanted = _named(formats, known, FORMATS_IN_WORDS, COPIES, problems)
    tells = _spelled(ANNOUNCED_IN_WORDS, _ANNOUNCED_TOO)
    told = _named(announced, tells, ANNOUNCED_IN_WORDS, ANNOUNCED, problems)
    try:
        is_public = is_yes(public, PUBLIC)
    except DefinitionError as error:
        problems.extend(error.problems)
    if problems:
        raise DefinitionError(problems)
    return Copies(
        tuple(each for each in FORMATS_IN_WORDS if each in wanted),
        is_public,
        tuple(each for each in ANNOUNCED_IN_WORDS if each in told) or USUALLY,
    )


def _spelled(words: Mapping[T, str], more: Mapping[T, Sequence[str]]) -> dict[str, T]:
    return {
        fold(str(spelling)): key
        for key, word in words.items()
        for spelling in (key, word, *more[key])
    }


def _named(
    said: str | None,
    known: Mapping[str, T],
    words: Mapping[T, str],
    called: str,
    problems: list[Problem],
) -> set[T]:
    """What a row names of what is known."""
    named = listed_words(said or "")
    if strange := [word for word in named if fold(word) not in known]:
        message = f"{called}「{'、'.join(strange)}」無法辨識"
        fix = f"請填{'、'.join(words.values())}，數種以頓號分開"
        problems.append(problem_of(said, called, message, fix))
    return {known[fold(word)] for word in named if fold(word) in known}

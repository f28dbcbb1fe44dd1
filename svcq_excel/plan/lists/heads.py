"""Which columns a list has: heads as offices write them, in one row or in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

Rows = Sequence[Sequence[object]]

CODE, NAME, GROUP = "編號", "受考核單位名稱", "組別"
EMAIL, CONTACT, PHONE, ASSESSOR = "電子郵件", "承辦人", "電話", "考核人員"
ASSESSOR_CODE, ASSESSES = "考核人員編號", "受考核單位"

_UNIT = ("受考核", "受評", "受評核", "受考評", "受考", "受評鑑", "受檢", "受檢核", "被考核")
_UNIT_NAMES = [
    f"{unit}{body}{end}" for unit in _UNIT for body in ("單位", "機關") for end in ("名稱", "")
]
_CODES = ("編號", "代碼", "代號", "編碼")
_UNIT_CODES = [
    f"{unit}{end}"
    for unit in ("", *(f"{unit}{body}" for unit in (*_UNIT, "") for body in ("單位", "機關")))
    for end in _CODES
]
_ASSESSORS = ("考核委員", "評核委員", "評審委員", "委員", "考核小組委員", "評核人員")

SPELLINGS: dict[str, Sequence[str]] = {
    CODE: (*_UNIT_CODES, "局處代碼", "學校代碼", "code"),
    NAME: (
        *_UNIT_NAMES,
        *("單位名稱", "單位全銜", "機關名稱", "機關全銜", "機關單位名稱", "單位機關名稱"),
        *("機關/單位名稱", "單位/機關名稱", "局處名稱", "學校名稱"),
        *("單位", "單位別", "機關", "機關別", "名稱", "全銜"),
    ),
    GROUP: ("分組", "考核組別", "評核組別", "受考核組別", "分組別", "類組", "組"),
    EMAIL: (
        *("電子信箱", "電子郵件信箱", "電子郵件地址", "電子郵箱", "e-mail", "email", "mail"),
        *("e-mail信箱", "email信箱", "e-mailaddress", "emailaddress", "電郵", "電子郵件帳號"),
        *("承辦人電子郵件", "承辦人電子信箱", "承辦人e-mail", "承辦人email", "承辦人信箱"),
        *("聯絡人電子郵件", "聯絡人電子信箱", "聯絡人e-mail", "聯絡人email", "聯絡人信箱"),
        *("聯絡電子郵件", "聯絡電子信箱", "聯絡信箱", "公務信箱", "公務電子信箱", "信箱"),
    ),
    CONTACT: (
        *("聯絡人", "承辦人員", "承辦人姓名", "聯絡人姓名", "聯絡人員", "業務承辦人", "承辦同仁"),
        *("聯繫人", "聯絡窗口", "業務窗口", "承辦窗口", "窗口", "經辦人", "承辦", "承辦人職稱姓名"),
    ),
    PHONE: (
        *("聯絡電話", "聯繫電話", "承辦人電話", "聯絡人電話", "承辦人聯絡電話", "公務電話"),
        *("電話號碼", "辦公室電話", "單位電話", "機關電話", "電話及分機", "電話分機", "電話/分機"),
        *("tel", "手機", "行動電話", "分機"),
    ),
    ASSESSOR: (
        *("考核委員", "評核委員", "評審委員", "委員", "委員姓名", "考核人員姓名", "考核委員姓名"),
        *("考核小組委員", "評核人員", "姓名"),
    ),
    ASSESSOR_CODE: (
        *_CODES,
        *(f"{who}{end}" for who in ("考核人員", *_ASSESSORS) for end in _CODES),
    ),
    # 單位 alone may be where the person works.
    ASSESSES: (
        *(text for text in (*_UNIT_CODES, *_UNIT_NAMES) if text not in _CODES),
        *("負責單位", "負責考核單位", "分配單位"),
    ),
}
"""Other heads of a column, those meant most surely first."""

_NAMED_ONCE = {CODE, NAME, ASSESSOR, ASSESSOR_CODE}
"""Of other columns that may be meant, such as two of 聯絡人, the first is taken."""

# As typed on phones, on computers from elsewhere, and by who writes 連絡.
_VARIANTS = str.maketrans("别组连络号编码单称电邮话机关系", "別組連絡號編碼單稱電郵話機關系")
_ASIDE = re.compile(r"(?<=.)\((?:[^()]*\)$|(?:構|單位|機關|學校|所)\))")
"""單位名稱(全銜), 機關(單位)名稱."""
_MARKS = "*※★#:.、"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a list's head stands and which of its columns is which."""

    row: int
    """Its first row, from 0."""
    height: int
    columns: dict[str, int]
    called: dict[str, str]
    """What the list itself calls them."""
    repeated: tuple[str, ...]
    """What stands twice, by the name asked for."""
    others: dict[str, str]
    """Of those asked for, another column that may have been meant."""

    @property
    def below(self) -> int:
        return self.row + self.height

    def stands_again_in(self, row: Sequence[object], rows: Rows) -> bool:
        """Whether a row below repeats it, as lists do that were printed page by page."""
        own = rows[self.row : self.below]
        said = [[_cell(each, at).strip() for at in self.columns.values()] for each in (row, *own)]
        return any(said[0]) and said[0] in said[1:]

    def has(self, required: Sequence[str]) -> bool:
        return self.columns.keys() >= {*required}

    def tells_more_than(self, other: Head, required: Sequence[str]) -> bool:
        """Another is enough where what stands above it is a title."""
        enough = other.has(required) and len(self.repeated) >= len(other.repeated)
        return not enough or len(self.columns) > len(other.columns)


def find_head(rows: Rows, required: Sequence[str], wanted: Sequence[str]) -> Head | None:
    """The first row, or pair of rows, that has all required columns."""
    for at in range(len(rows)):
        one = _head(rows, at, 1, wanted)
        two = _head(rows, at, 2, wanted) if at + 1 < len(rows) else one
        if one.has(required):
            return two if _goes_on(rows, one, two, required) else one
        if two.has(required) and two.tells_more_than(_head(rows, at + 1, 1, wanted), required):
            return two
    return None


def shown_heading(value: object) -> str:
    """A head for people: widths, blanks and invisible characters do not count."""
    text = normalize("NFKC", str(value)[:40])
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def known_in(row: Sequence[object], required: Sequence[str]) -> list[str]:
    """Which of the required columns a row names."""
    found = _head([row], 0, 1, required).columns
    return [name for name in required if name in found]


def _goes_on(rows: Rows, one: Head, two: Head, required: Sequence[str]) -> bool:
    """Whether the row below a head belongs to it: it names columns, and no entry."""
    below = rows[two.row + 1] if two.row + 1 < len(rows) else ()
    is_entry = any(_cell(below, one.columns[name]).strip() for name in required)
    return not is_entry and len(two.columns) > len(one.columns)


def _head(rows: Rows, at: int, height: int, wanted: Sequence[str]) -> Head:
    named = list(_candidates(rows[at], rows[at + 1] if height == 2 else ()))
    columns, called, repeated, others = {}, {}, [], {}
    for name in wanted:
        meant, ranked = _meant(name), []
        for column, candidates in enumerate(named):
            known = ((place, _folded(text)) for place, text in enumerate(candidates))
            if ranks := [(place, meant[text]) for place, text in known if text in meant]:
                ranked.append((min(ranks), column))
        ranked.sort()
        if not ranked:
            continue
        (rank, column), *rest = ranked
        columns[name], called[name] = column, named[column][0]
        if rest and rest[0][0] == rank and (name in _NAMED_ONCE or not rank[1]):
            repeated.append(name)
        elif rest and rank[1]:
            others[name] = named[rest[0][1]][0]
    return Head(at, height, columns, called, tuple(repeated), others)


def _candidates(upper: Sequence[object], lower: Sequence[object]) -> Iterator[list[str]]:
    """What each column may be called: of two rows both together first, then the lower alone.

    Merged over several columns, what stands above has its text in the first.
    """
    above = ""
    for column in range(max(len(upper), len(lower))):
        over, under = shown_heading(_cell(upper, column)), shown_heading(_cell(lower, column))
        above = over or above
        if under:
            yield [above + under, under]
        else:
            yield [over]


def _cell(row: Sequence[object], column: int) -> str:
    return str(row[column]) if column < len(row) else ""


@lru_cache
def _meant(name: str) -> dict[str, int]:
    """The heads that a column may have, with how surely it is meant."""
    spellings = dict.fromkeys(map(_folded, (name, *SPELLINGS.get(name, ()))))
    return {spelling: at for at, spelling in enumerate(spellings)}


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Equal for heads that people take for the same: E-mail, e－mail（必填）; 連絡人, 聯絡人."""
    bare = shown_heading(text).casefold().strip(_MARKS)
    return _ASIDE.sub("", bare).strip(_MARKS).translate(_VARIANTS).replace("連絡", "聯絡")

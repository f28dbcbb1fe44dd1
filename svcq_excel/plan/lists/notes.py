"""What stands in a list and is no entry of it: sums, notes, and who made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

_SUM = r"(?:合計|總計|小計|共計|總數|總和|累計|合共|總共|以上(?:共計?|合計)?|計|共)"
_NUMBER = r"(?:[0-9,.]+|[〇零一二三四五六七八九十百]+)"
_COUNTED = r"(?:個?(?:單位|機關|所屬機關|所屬單位|學校|組|所|人|名|筆|家|位))?"
_SUMS = re.compile(
    rf"(?:合計|總計|小計|共計|總數|總和|累計|合共|總共|計|(?i:sub|grand)?(?i:total))(?:[:(]?{_NUMBER}{_COUNTED}\)?)?:?"
    rf"|[^,。:]{{1,12}}(?:合計|小計|總計|共計)(?:[:(]?{_NUMBER}{_COUNTED}\)?)?"
    rf"|{_SUM}:?{_NUMBER}{_COUNTED}"
)
_NOTE = r"(?:備註|備考|附註|附記|註記|註|說明|附則|注意事項|填表說明|填寫說明|資料來源|參考資料)"
_MADE = (
    r"(?:製表|製作|造冊|填表|填報|列印|更新|資料|修正|彙整|承辦|聯絡|審核|覆核|核章|主管|單位主管|機關首長|主計|人事)"
    r"(?:人員?|單位|機關|日期|時間|者)?"
)
_NOTES = re.compile(
    rf"{_NOTE}(?:{_NUMBER})?[:.、)].*|{_NOTE}|※.*|\*.{{6,}}|\(?以下(?:空白|無資料).*"
    rf"|{_MADE}[:].*|(?:製表|列印|造冊|更新|填表|修正)(?:人員?|單位|日期|時間)?|核章"
    r"|第[0-9]+頁.*|-[0-9]+-|(?i:P\.?S\.?|note)[:.].*",
    re.DOTALL,
)
_HAN = re.compile("[\u3400-\u9fff]")
_SENTENCE, _LONG = re.compile("[。;:!?]"), 25
"""What no code and no name has, and how long no code is: notes are sentences."""


class Entry(NamedTuple):
    """A row below a list's head."""

    number: int
    texts: tuple[str, ...]
    """What stands in the columns asked for."""
    filled: tuple[str, ...]
    """All that stands in it."""


def asides(rows: Sequence[Entry], has_codes: bool) -> list[Entry]:
    """The rows that are no entries; with codes, the first two columns are a code and a name."""
    notes = [row for row in rows if _is_aside(row)]
    if has_codes:
        notes += _signatures([row for row in rows if row not in notes])
    return sorted(notes)


def _is_aside(row: Entry) -> bool:
    bare = _bare(row.filled[0])
    return bool(
        not any(row.texts)
        or not re.search(r"\w", "".join(row.filled))
        or _SUMS.fullmatch(bare)
        or _NOTES.fullmatch(bare)
        or any(_SUMS.fullmatch(_bare(text)) for text in row.texts[:2])
        or (len(row.filled) == 1 and _SENTENCE.search(bare))
        or (len(row.filled) == 1 and len(bare) >= _LONG and not any(row.texts[1:]))
    )


def _signatures(rows: Sequence[Entry]) -> Sequence[Entry]:
    """Last of all, what has no name, and in place of a code words where no code has any: the
    line for signatures, a date of issue."""
    named = [at for at, row in enumerate(rows) if row.texts[1]]
    last = named[-1] + 1 if named else 0
    if any(_HAN.search(row.texts[0]) for row in rows[:last]):
        return ()
    return [row for row in rows[last:] if _HAN.search(row.texts[0])]


def _bare(text: str) -> str:
    bare = "".join(normalize("NFKC", text).split())
    return bare[1:-1] if re.fullmatch(r"\(.+\)|\[.+\]", bare) else bare

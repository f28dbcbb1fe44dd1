"""What stands in a list and is no entry of it: sums, notes, and who made it."""

from __future__ import annotations

import re
from unicodedata import normalize

_SUM = r"(?:合計|總計|小計|共計|總數|總和|累計|合共|總共|以上(?:共計?|合計)?|計|共)"
_NUMBER = r"(?:[0-9,.]+|[〇零一二三四五六七八九十百]+)"
_COUNTED = r"(?:個?(?:單位|機關|所屬機關|所屬單位|學校|組|所|人|名|筆|家|位))?"
_SUMS = re.compile(
    rf"(?:合計|總計|小計|共計|總數|總和|累計|合共|總共)(?:[:(]?{_NUMBER}{_COUNTED}\)?)?:?"
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
    r"|第[0-9]+頁.*|-[0-9]+-",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[。;:!?]|.{25,}", re.DOTALL)
"""What no code and no name has: notes are sentences."""


def is_sum(text: str) -> bool:
    """Whether a text says how many or how much there is of all."""
    return bool(_SUMS.fullmatch(_bare(text)))


def is_note(text: str, alone: bool) -> bool:
    """Whether a row that begins with this text is no entry; `alone`: it holds nothing else."""
    bare = _bare(text)
    said = _SUMS.fullmatch(bare) or _NOTES.fullmatch(bare)
    return bool(said or (alone and _SENTENCE.search(bare)))


def _bare(text: str) -> str:
    bare = "".join(normalize("NFKC", text).split())
    return bare[1:-1] if re.fullmatch(r"\(.+\)|\[.+\]", bare) else bare

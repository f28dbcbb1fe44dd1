"""What names of files tell: which never are forms; and how they are shown, whatever is in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath, PurePosixPath

from svcq_excel.text.unseen import CONTROLS, HALVES, LINE_ENDS, TURNING

LINK = "只是連結，請改放檔案本身"

_LEFTOVERS = {"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"}
_DOCUMENTS = {
    "PDF 文件": {".pdf"},
    "文書檔": {".doc", ".docx", ".odt", ".rtf", ".txt", ".md", ".wps"},
    "簡報檔": {".ppt", ".pptx", ".odp"},
    "圖片": {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"},
    "捷徑": {".lnk", ".url"},
    "影音檔": {".mp3", ".mp4", ".mov", ".wav"},
    "電子簽章": {".p7s"},
    "資料檔": {".parquet"},
    "行事曆或名片": {".ics", ".vcf"},
}
_BY_SUFFIX = {suffix: word for word, suffixes in _DOCUMENTS.items() for suffix in suffixes}

_UNSEEN = re.compile(f"[{CONTROLS}{LINE_ENDS}{TURNING}{HALVES}]")
_LONGEST = 255


def never_a_form(path: PurePath) -> str:
    """Why a file of this name is never a form; "" where it may be one."""
    name = path.name.lower()
    if name.startswith(("~$", ".~")):
        return "試算表開啟中的暫存檔"
    if name in _LEFTOVERS or name.startswith("._") or "__MACOSX" in path.parts:
        return "作業系統的暫存檔"
    if what := _BY_SUFFIX.get(path.suffix.lower()):
        return f"{what}，不是試算表"
    return ""


def guessed(raw: bytes) -> str:
    """Text whose encoding nobody says, as this country's programs write it.

    No byte is lost: those that are no text become halves of characters, which `shown` spells out.
    """
    for encoding in ("utf-8", "cp950"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            pass
    return raw.decode("utf-8", "surrogateescape")


def shown(name: str) -> str:
    """A name as people see it, on one line: what cannot be seen is spelled out."""
    text = _UNSEEN.sub(_spelled, name).strip() or "（無檔名）"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 51]}…{text[-50:]}"


def _spelled(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def told_apart(names: Iterable[str]) -> Iterator[str]:
    """The names in order, each once: the second 名.xlsx becomes 名 (2).xlsx."""
    times = Counter[str]()
    taken = set[str]()
    for name in names:
        unique = name
        while unique in taken:
            times[name] += 1
            suffix = PurePosixPath(name).suffix
            unique = f"{name.removesuffix(suffix)} ({times[name] + 1}){suffix}"
        taken.add(unique)
        yield unique

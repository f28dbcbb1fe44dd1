"""防偽碼的金鑰: the forms of one folder are sealed with it; the plan workbook has it, twice."""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.workbooks.workbook import Workbook

if TYPE_CHECKING:
    import xlsxwriter

HIDDEN_SHEET, PROPERTY, ROW = "_svcq", "svcq_seal_key", "seal_key"
"""Where it stands in the plan workbook: in the row of a hidden sheet, and in a property."""

_SECRET, _CHECK, _NAME, _SEAL = 32, 3, 5, 15  # bytes; of a multiple of five base32 needs no padding
_IN_THE_FILE = "檔案摘要資訊的自訂屬性"


@dataclass(frozen=True)
class SealKey:
    """What only the folder's own plan workbook knows; it shows itself by its name alone."""

    secret: bytes = field(repr=False)
    name: str = field(init=False, compare=False)
    """What tells it from other folders' keys; it says nothing of the secret."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _spelled(self._of("name")[:_NAME]))

    @classmethod
    def new(cls) -> SealKey:
        return cls(secrets.token_bytes(_SECRET))

    @classmethod
    def of(cls, text: str) -> SealKey | None:
        """The key that is spelled so; None of a text that is damaged."""
        try:
            said = b32decode(text.strip(), casefold=True)
        except (NotBase32, ValueError):
            return None
        secret, check = said[:_SECRET], said[_SECRET:]
        whole = len(secret) == _SECRET and check == sha256(secret).digest()[:_CHECK]
        return cls(secret) if whole else None

    @cached_property
    def text(self) -> str:
        """How it is spelled where it is kept; a letter that is lost or changed is noticed."""
        return _spelled(self.secret + sha256(self.secret).digest()[:_CHECK])

    def seal(self, parts: Iterable[str]) -> str:
        """The seal on these texts: the key's name, and what only the key can make of them."""
        return f"{self.name}-{_spelled(self._of('seal', *parts)[:_SEAL])}"

    def fits(self, seal: str, parts: Iterable[str]) -> bool:
        return hmac.compare_digest(seal.upper().encode(), self.seal(parts).encode())

    def made(self, seal: str) -> bool:
        """Whether a seal says that this key made it."""
        return seal.upper().partition("-")[0] == self.name

    def _of(self, *parts: str) -> bytes:
        # As JSON, so that no two lists of texts are one.
        return hmac.digest(self.secret, json.dumps(["svcq", *parts]).encode("ascii"), sha256)


def is_seal(text: str) -> bool:
    """Whether a text is a seal, whoever made it, and none that is cut off."""
    name, _, rest = text.partition("-")
    return all(
        len(part) == length * 8 // 5 and part.isascii() and part.isalnum()
        for part, length in ((name, _NAME), (rest, _SEAL))
    )


def lay_key(book: xlsxwriter.Workbook, key: SealKey) -> None:
    """Puts it into a plan workbook that is being written, after all its other sheets."""
    book.set_custom_property(PROPERTY, key.text, "text")
    sheet = book.add_worksheet(HIDDEN_SHEET)
    sheet.set_column(0, 1, 20)
    sheet.write_string(0, 0, ROW)
    sheet.write_string(0, 1, key.text)
    sheet.protect("")
    sheet.hide()


def key_in(book: Workbook, file: str) -> SealKey | None:
    """The key of a plan workbook; None where it has none. Where one of its places is damaged, the
    other serves.

    Raises DefinitionError where the two disagree, or neither can be read.
    """
    said = {}
    if text := book.closer.properties().get(PROPERTY, "").strip():
        said["", ""] = text
    rows = book.rows(HIDDEN_SHEET) if HIDDEN_SHEET in book.sheet_names else ()
    for number, row in enumerate(rows, 1):
        if len(row) > 1 and row[0] == ROW and (text := str(row[1]).strip()):
            said[HIDDEN_SHEET, f"B{number}"] = text
    keys = {place: key for place, text in said.items() if (key := SealKey.of(text))}
    if len(set(keys.values())) < 2 and (keys or not said):
        return next(iter(keys.values()), None)
    sheet, cell = max(said)
    where = "" if sheet else f"（{_IN_THE_FILE}「{PROPERTY}」）"
    message = f"表件防偽碼的金鑰{where}已損壞，無法讀取"
    if keys:
        message = f"表件防偽碼的金鑰與{_IN_THE_FILE}「{PROPERTY}」所載不同"
    fix = (
        "這是程式放的，請勿更改；請改用備份的考核計畫，"
        f"或取消隱藏工作表「{HIDDEN_SHEET}」，由備份貼回這一格及該屬性"
    )
    raise DefinitionError([Problem(file, message, fix, sheet=sheet, cell=cell)])


def _spelled(data: bytes) -> str:
    return b32encode(data).decode("ascii")

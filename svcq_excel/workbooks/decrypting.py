"""Workbooks that are encrypted, but with the password that every Excel tries by itself.

Excel encrypts with it when the structure of a workbook is locked in the old formats, without
having asked anyone for a password.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO

from svcq_excel.workbooks.bounds import MAX_KEY_ROUNDS
from svcq_excel.workbooks.ole.storage import SIGNATURE, stream

_BUILT_IN = "VelvetSweatshop"
_ROUNDS = re.compile(rb'spinCount="(\d{1,20})"')


def decrypted(data: bytes, most: int) -> bytes | None:
    """The file without its encryption; None where that takes a password, or more bytes."""
    rounds = _ROUNDS.search(stream(data, "EncryptionInfo"))
    if rounds and int(rounds[1]) > MAX_KEY_ROUNDS:
        return None
    from msoffcrypto import OfficeFile

    plain = BytesIO()
    with suppress(Exception):  # whatever it stumbles over, a password may open the file
        encrypted = OfficeFile(BytesIO(data))
        encrypted.load_key(password=_BUILT_IN)
        encrypted.decrypt(plain)
    file = plain.getvalue()
    return file if file.startswith((b"PK", SIGNATURE)) and len(file) <= most else None

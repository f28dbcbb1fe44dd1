"""聯絡人: who answers for the organiser, as letters and notices name them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """聯絡人, 聯絡電話, 聯絡電子郵件; what was not given is ""."""

    name: str = ""
    phone: str = ""
    email: str = ""


NOBODY = Contact()

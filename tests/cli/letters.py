"""Drafts of a folder as their unit reads them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from svcq_excel.assessment.folder import Folder


def read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def drafts(folder: Folder, occasion: str) -> dict[str, EmailMessage]:
    """By the unit's code."""
    paths = sorted((folder.letters / occasion).glob("*.eml"))
    return {path.name.partition("_")[0]: read(path) for path in paths}


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return "\n".join(str(body.get_content()).splitlines())  # a mail ends them in CRLF


def names_in(message: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in message.iter_attachments()]


def everything_in(message: EmailMessage) -> str:
    """Heads, text, and every cell of what is attached."""
    said = [text_of(message), *(str(value) for value in message.values())]
    for part in message.iter_attachments():
        said.append(str(part.get_filename()))
        if str(part.get_filename()).endswith(".xlsx"):
            book = load_workbook(BytesIO(part.get_payload(decode=True)))  # type: ignore[arg-type]
            cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
            said += [str(value) for value in cells if value]
    return "\n".join(said)

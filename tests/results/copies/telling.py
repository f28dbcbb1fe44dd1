"""All that a copy tells, anywhere in its bytes; and all that a result knows."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pydantic import BaseModel

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_HEX = re.compile(rb"<FEFF([0-9A-F]+)>")


def told_in(name: str, data: bytes) -> str:
    """Names and contents of all parts, as they stand there and as programs understand them."""
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as archive:
            parts = [name, archive.comment.decode("latin-1"), *archive.namelist()]
            parts += [archive.read(each).decode("utf-8", "replace") for each in archive.namelist()]
        whole = "\n".join(parts)
        return "\n".join((whole, unescape(whole), re.sub("<[^>]*>", "", whole)))
    if data.startswith(b"%PDF"):
        return "\n".join((name, *_of_pdf(data)))
    return f"{name}\n{data.decode('utf-8')}"


def _of_pdf(data: bytes) -> Iterator[str]:
    yield data.decode("latin-1")
    for stream in _STREAM.findall(data):
        try:
            yield zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue
    for found in _HEX.findall(data):
        yield bytes.fromhex(found.decode()).decode("utf-16-be")
    for program, *more in (["pdftotext", "-raw", "-", "-"], ["pdfinfo", "-"]):
        if path := shutil.which(program):
            ran = subprocess.run([path, *more], input=data, capture_output=True, check=True)
            said = ran.stdout.decode("utf-8")
            yield said
            yield re.sub(r"\s", "", said)


def texts_of(value: object) -> Iterator[str]:
    """Every text that hangs on a value, however deep; of definitions none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Path):
        yield value.as_posix()
    elif isinstance(value, BaseModel):
        return
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts_of(key)
            yield from texts_of(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for each in value:
            yield from texts_of(each)

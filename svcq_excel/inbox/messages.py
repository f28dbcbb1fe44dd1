"""A reading as a line of JSON and back: what passes between processes and into the memory."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import datetime
from typing import Any
from zlib import compress, decompress

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.reading.facts_json import from_json, tagged, to_json, untagged
from svcq_excel.inbox.reading import FileReading, Mail
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.origin import Origin
from svcq_excel.workbooks.workbook import Unreadable

MAX_MESSAGE = 16 * 1024 * 1024
"""Bytes; more than any form's facts take."""

# What is said is a tree; to look for circles in it takes a fifth of the time.
_ENCODER = json.JSONEncoder(
    default=tagged, check_circular=False, ensure_ascii=False, separators=(",", ":")
)
_TAGGED = re.compile(rb'\{"(?:datetime|date|time|days)":')
"""Only where one stands in it is a message looked through for `tagged` values, which takes time; in
a text its quotes would be escaped."""
_PLAIN = ("size", "sha256", "ignored", "fault", "pages")
_QUICKLY = 1


class BadMessageError(ValueError):
    """What was to be a reading is none."""


def encoded(reading: FileReading, rubric: Rubric) -> bytes:
    origin = reading.origin
    said: dict[str, Any] = {
        "inside": reading.inside,
        "mails": [[_written(mail.sent), mail.sender] for mail in reading.mails],
        "origin": [origin.program, _written(origin.saved), origin.oddities],
        "modified": _written(reading.modified),
        **{key: getattr(reading, key) for key in _PLAIN},
    }
    if isinstance(reading.content, FormFacts):
        said["facts"] = to_json(reading.content, rubric)
    elif reading.content:
        said["unreadable"] = [getattr(reading.content, f.name) for f in fields(Unreadable)]
    # Undecodable names of files come as lone surrogates.
    return _ENCODER.encode(said).encode("utf-8", "surrogatepass")


def decoded(message: bytes, rubric: Rubric) -> FileReading:
    """The reading again. Raises BadMessageError."""
    try:
        hook = untagged if _TAGGED.search(message) else None
        said = json.loads(message.decode("utf-8", "surrogatepass"), object_hook=hook)
        program, saved, oddities = said["origin"]
        content: FormFacts | Unreadable | None = None
        if "facts" in said:
            content = from_json(said["facts"], rubric)
        elif "unreadable" in said:
            content = Unreadable(*said["unreadable"])
        return FileReading(
            inside=tuple(said["inside"]),
            content=content,
            origin=Origin(program, _moment(saved), tuple(oddities)),
            mails=tuple(Mail(_moment(sent), sender) for sent, sender in said["mails"]),
            modified=_moment(said["modified"]),
            **{key: said[key] for key in _PLAIN},
        )
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadMessageError(str(error)) from error


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)


def packed(message: bytes) -> bytes:
    """As it is held for as long as a round is worked on."""
    return compress(message, _QUICKLY)


def unpacked(held: bytes) -> bytes:
    return decompress(held)

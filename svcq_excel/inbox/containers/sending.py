"""Who sent a mail and when, as its heads say: what is not said clearly is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from svcq_excel.inbox.names import shown
from svcq_excel.inbox.reading import Mail
from svcq_excel.text.roc_dates import TAIPEI

_LONGEST = 2_000
"""Characters of a head; nobody has so long a name."""
_UNIVERSAL = "-0000"  # RFC 5322 3.3: the time is UTC, and of the place nothing is known
_NAMES = re.compile(r'"(?:[^"\\]|\\.)*"(?!@)|=\?[^?]*\?[^?]*\?[^?]*\?=')
"""What is quoted or encoded: names, in which an address may stand as in any text."""
_COMMENT = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_BETWEEN = re.compile(r"[\s,;:]+")
_AROUND = "<>'\""


def sending(mail: Message) -> Mail:
    """Of a mail whose heads say two things, neither."""
    return Mail(sent(_all(mail, "Date")), senders(_all(mail, "From")))


def sent(dates: Iterable[str]) -> datetime | None:
    """The moment that heads Date tell; where one names no zone, the clock is this country's."""
    moments = set(map(_moment, dates))
    return moments.pop() if len(moments) == 1 else None


def senders(heads: Iterable[str]) -> str:
    """The address in a head From, never one in the name before it; "" where there is none.

    Several addresses are told together, and so are none of these.
    """
    found = dict.fromkeys(each for head in heads for each in _addresses(head))
    return shown("; ".join(found)) if found else ""


def _all(mail: Message, head: str) -> list[str]:
    return [str(each) for each in mail.get_all(head, [])]


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date[:_LONGEST])
    except (ValueError, TypeError, OverflowError):
        return None
    zone = UTC if _UNIVERSAL in date else TAIPEI
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _addresses(head: str) -> list[str]:
    if len(head) > _LONGEST:
        return []
    plain = _NAMES.sub(" ", head)
    while (bare := _COMMENT.sub(" ", plain)) != plain:
        plain = bare
    where = " ".join(_IN_BRACKETS.findall(plain)) or plain
    pieces = (piece.strip(_AROUND) for piece in _BETWEEN.split(where))
    # A route, as <@relay.tw:wang@wra.gov.tw> has one, is no sender.
    return [each for each in pieces if "@" in each and not each.startswith("@")]

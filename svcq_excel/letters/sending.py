"""Sends letters one after the other, each exactly once: what a server refuses for a while is tried
again, what it refuses for good holds up nothing, and what may have arrived is not sent again."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from svcq_excel.letters.account import Account
from svcq_excel.letters.journal import Journal, Sent
from svcq_excel.letters.letter import Letter
from svcq_excel.letters.mime import outgoing
from svcq_excel.letters.smtp import CannotConnectError, LostError, Server, UnknownError

PAUSES = (2.0, 10.0, 30.0)
"""Seconds before a letter is tried again that was refused for a while, or lost on the way."""

Fate = Literal["sent", "sent before", "refused", "unclear", "without address", "too large"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a letter in this run."""

    letter: Letter
    fate: Fate
    at: datetime | None = None
    said: str = ""
    """The server's own words."""
    refused: tuple[tuple[str, str], ...] = ()
    """Recipients that it refused while it took the letter for others."""


@dataclass
class Sender:
    """From whom, over which account, how fast, and by which clock."""

    account: Account
    address: str
    per_minute: int = 30
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    sleep: Callable[[float], None] = time.sleep
    _server: Server | None = field(default=None, init=False)

    def send(
        self, letters: Iterable[Letter], journal: Journal, again: Collection[str] = ()
    ) -> Iterator[Delivery]:
        """Each letter's fate as soon as it is known; `again` are units that shall get theirs
        although they may have it. Raises CannotConnectError and OutputBlockedError."""
        try:
            pause = 0.0
            for letter in letters:
                before = journal.last(letter.key)
                if before and letter.unit not in again and before.state in ("sent", "begun"):
                    yield _known(letter, before)
                elif not letter.to:
                    yield Delivery(letter, "without address")
                else:
                    if pause:
                        self.sleep(pause)
                    pause = 60 / self.per_minute
                    yield self._sent(letter, journal)
        finally:
            self._leave()

    def _sent(self, letter: Letter, journal: Journal) -> Delivery:
        said = ""
        for pause in (0.0, *PAUSES):
            if pause:
                self.sleep(pause)
            server, at = self._connected(), self.now()
            content = outgoing(letter, self.address, at, journal.times_sent(letter.key))
            if server.most_bytes and len(content) > server.most_bytes:
                return Delivery(letter, "too large", said=_megabytes(server.most_bytes))
            number = journal.begin(letter, at)
            try:
                answer = server.hand_over(self.address, (*letter.to, *letter.cc), content)
            except LostError as error:
                journal.end(number, "failed", str(error))
                self._leave()
                said = str(error)
                continue
            except UnknownError as error:
                self._leave()
                return Delivery(letter, "unclear", at, str(error))
            if answer.taken:
                journal.end(number, "sent", "; ".join(words for _, words in answer.refused))
                return Delivery(letter, "sent", at, refused=answer.refused)
            journal.end(number, "refused", answer.said)
            said = answer.said
            if not answer.for_a_while:
                break
        return Delivery(letter, "refused", said=said)

    def _connected(self) -> Server:
        if self._server is None:
            tried = 0
            while self._server is None:
                try:
                    self._server = Server(self.account)
                except CannotConnectError:
                    if tried == len(PAUSES):
                        raise
                    self.sleep(PAUSES[tried])
                    tried += 1
        return self._server

    def _leave(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


def _known(letter: Letter, before: Sent) -> Delivery:
    fate: Fate = "sent before" if before.state == "sent" else "unclear"
    return Delivery(letter, fate, before.at, before.said)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"

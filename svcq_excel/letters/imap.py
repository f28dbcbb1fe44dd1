"""Lays drafts into the account's folder of drafts, where its owner looks at them and sends them."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress

from svcq_excel.letters.account import Account, password_of
from svcq_excel.letters.letter import Letter
from svcq_excel.letters.mime import DRAFT_MARK, draft
from svcq_excel.letters.smtp import CannotConnectError

_SECONDS = 60.0
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.+)')
_USUAL = (b"Drafts", b"INBOX.Drafts", b"[Gmail]/Drafts", b"&g0l6P1NE-", b"&g0l6Pw-")
"""As servers call it that do not say which folder it is; the last are 草稿匣 and 草稿."""


def lay_drafts(letters: Iterable[Letter], account: Account) -> Iterator[tuple[Letter, bool]]:
    """Each letter, and whether it was laid there now; one that lies there is left alone.

    Raises CannotConnectError.
    """
    server = _connected(account)
    try:
        folder = _drafts_of(server, account)
        status, _ = server.select(folder.decode("ascii", "replace"))
        if status != "OK":
            raise CannotConnectError(f"無法開啟郵件伺服器 {account.host} 上的草稿匣")
        for letter in letters:
            yield letter, _laid(server, folder.decode("ascii", "replace"), letter)
    except (imaplib.IMAP4.error, OSError) as error:
        raise CannotConnectError(
            f"郵件伺服器 {account.host} 未能收下草稿（{error}）；"
            "已放入的草稿不會重複放入，請再試一次"
        ) from error
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            server.logout()


def _laid(server: imaplib.IMAP4, folder: str, letter: Letter) -> bool:
    _, found = server.uid("SEARCH", "UNDELETED", "HEADER", DRAFT_MARK, letter.key)
    if found and found[0]:
        return False
    status, said = server.append(folder, r"(\Draft \Seen)", "", draft(letter))
    if status != "OK":
        raise imaplib.IMAP4.error(str(said))
    return True


def _drafts_of(server: imaplib.IMAP4, account: Account) -> bytes:
    """The folder as the server spells it, by its own mark (RFC 6154) or else by its name."""
    _, lines = server.list()
    listed = [found for line in lines if isinstance(line, bytes) and (found := _LISTED.match(line))]
    for found in listed:
        if rb"\drafts" in found["flags"].lower().split():
            return found["name"]
    names = {found["name"].strip(b'"').lower(): found["name"] for found in listed}
    for usual in _USUAL:
        if usual.lower() in names:
            return names[usual.lower()]
    said = f"郵件伺服器 {account.host} 上找不到草稿匣，請先在郵件程式建立「草稿」"
    raise CannotConnectError(said)


def _connected(account: Account) -> imaplib.IMAP4:
    password = password_of(account)
    try:
        with ExitStack() as undone:
            server = _reached(account)
            undone.callback(server.shutdown)
            if account.security == "starttls":
                server.starttls(account.context())
            server.login(account.user, password)
            undone.pop_all()
            return server
    except ssl.SSLCertVerificationError as error:
        said = f"的憑證無法確認（{error.verify_message}），未放入任何草稿；請洽資訊單位"
        raise CannotConnectError(f"郵件伺服器 {account.host} {said}") from error
    except imaplib.IMAP4.abort as error:
        said = f"與郵件伺服器 {account.host} 的連線中斷（{error}），請稍後再試"
        raise CannotConnectError(said) from error
    except imaplib.IMAP4.error as error:
        said = f"不接受帳號「{account.user}」登入（{error}）"
        raise CannotConnectError(f"郵件伺服器 {account.host} {said}") from error
    except OSError as error:
        said = f"無法連線至郵件伺服器 {account.host}:{account.at_port}（{error}），請核對主機及網路"
        raise CannotConnectError(said) from error


def _reached(account: Account) -> imaplib.IMAP4:
    at = account.host, account.at_port
    if account.security == "tls":
        return imaplib.IMAP4_SSL(*at, ssl_context=account.context(), timeout=_SECONDS)
    return imaplib.IMAP4(*at, timeout=_SECONDS)

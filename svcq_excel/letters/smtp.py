"""One letter over SMTP, step by step, so that it is known whether a server may have taken it."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from svcq_excel.letters.account import Account, password_of

_SECONDS = 60.0
_GOOD = range(200, 300)
_FOR_A_WHILE = range(400, 500)
_GO_ON = 354
_END = b".\r\n"
_PERIOD = re.compile(rb"(?m)^\.")
"""One that begins a line stands twice on the way, or would end the letter (RFC 5321, 4.5.2)."""


class CannotConnectError(Exception):
    """The server is not to be had, or does not let us in; in words for people."""


class LostError(Exception):
    """The connection broke before the server could have taken the letter."""


class UnknownError(Exception):
    """It broke after the letter's last byte and before the answer: it may have arrived."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said of a letter."""

    taken: bool
    refused: tuple[tuple[str, str], ...] = ()
    """Recipients that it refused, with its words."""
    said: str = ""
    """Its words, where it refused the letter."""
    for_a_while: bool = False
    """Whether it may take later what it refused now."""


class Server:
    """A connection to the account's server. Raises CannotConnectError."""

    def __init__(self, account: Account) -> None:
        self._smtp = _connected(account)
        size = self._smtp.esmtp_features.get("size", "")
        self.most_bytes = int(size) if size.isdecimal() and int(size) else None
        """The largest letter that it takes, where it says so."""

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()

    def hand_over(self, sender: str, recipients: Sequence[str], content: bytes) -> Answer:
        """Raises LostError and UnknownError."""
        try:
            code, said = self._smtp.mail(
                sender, [f"size={len(content)}"] if self.most_bytes else []
            )
            if code not in _GOOD:
                return self._refused(code, said)
            answers = [(each, *self._smtp.rcpt(each)) for each in recipients]
            refused = [(who, code, said) for who, code, said in answers if code not in _GOOD]
            in_words = tuple((who, _words(said)) for who, _, said in refused)
            if len(refused) == len(recipients):
                later = all(code in _FOR_A_WHILE for _, code, _ in refused)
                self._smtp.rset()
                return Answer(False, in_words, "; ".join(words for _, words in in_words), later)
            code, said = self._smtp.docmd("DATA")
            if code != _GO_ON:
                return self._refused(code, said)
            body = _PERIOD.sub(b"..", content)
            self._smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        except (OSError, smtplib.SMTPException) as error:
            raise LostError(str(error)) from error
        try:
            self._smtp.send(_END)
            code, said = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise UnknownError(str(error)) from error
        if code in _GOOD:
            return Answer(True, in_words)
        return Answer(False, in_words, _words(said), code in _FOR_A_WHILE)

    def _refused(self, code: int, said: bytes) -> Answer:
        if code == -1:
            raise LostError(_words(said))
        self._smtp.rset()
        return Answer(False, (), f"{code} {_words(said)}", code in _FOR_A_WHILE)


def _connected(account: Account) -> smtplib.SMTP:
    password = password_of(account) if account.user else ""
    try:
        with ExitStack() as undone:
            smtp = _reached(account)
            undone.callback(smtp.close)
            if account.security == "starttls":
                smtp.starttls(context=account.context())
            smtp.ehlo_or_helo_if_needed()
            if account.user:
                smtp.login(account.user, password)
            undone.pop_all()
            return smtp
    except ssl.SSLCertVerificationError as error:
        raise CannotConnectError(
            f"郵件伺服器 {account.host} 的憑證無法確認（{error.verify_message}），未寄出任何信件；"
            "請洽資訊單位"
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        raise CannotConnectError(
            f"郵件伺服器不接受帳號「{account.user}」的密碼（{_words(error.smtp_error)}）"
        ) from error
    except UnicodeEncodeError as error:
        said = f"帳號「{account.user}」或其密碼含有中文或全形字元，郵件伺服器無法辨識，請改用英數字"
        raise CannotConnectError(said) from error
    except smtplib.SMTPNotSupportedError as error:
        raise CannotConnectError(
            f"郵件伺服器 {account.host} 不支援所要求的加密或登入方式，請核對安全性設定及連接埠"
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise CannotConnectError(
            f"無法連線至郵件伺服器 {account.host}:{account.at_port}（{error}），請核對主機、"
            "連接埠及網路"
        ) from error


def _reached(account: Account) -> smtplib.SMTP:
    at = account.host, account.at_port
    if account.security == "tls":
        return smtplib.SMTP_SSL(*at, timeout=_SECONDS, context=account.context())
    return smtplib.SMTP(*at, timeout=_SECONDS)


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said

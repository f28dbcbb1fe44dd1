"""The account that letters are sent from, or whose folder of drafts they are laid into."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from svcq_excel.definition import DefinitionError, Problem

Security = Literal["starttls", "tls", "none"]

SMTP_PASSWORD, IMAP_PASSWORD = "SVCQ_SMTP_PASSWORD", "SVCQ_IMAP_PASSWORD"
_PORTS = {("smtp", "starttls"): 587, ("smtp", "tls"): 465, ("smtp", "none"): 25}
_PORTS |= {("imap", "starttls"): 143, ("imap", "tls"): 993, ("imap", "none"): 143}


@dataclass(frozen=True, slots=True)
class Account:
    """A server and who one is there; the password is not kept here (see `password_of`)."""

    protocol: Literal["smtp", "imap"]
    host: str
    security: Security = "starttls"
    user: str = ""
    port: int | None = None
    authorities: str | None = None
    """A file of certificates of an office's own authority, trusted beside the system's."""

    @property
    def at_port(self) -> int:
        return self.port or _PORTS[self.protocol, self.security]

    def context(self) -> ssl.SSLContext:
        """Certificates are checked always: a wrong one is no reason to go on without."""
        context = ssl.create_default_context()
        if self.authorities:
            context.load_verify_locations(self.authorities)
        return context


def password_of(account: Account) -> str:
    """From the environment or the keyring of the system: never from a file of ours or a call.

    Raises DefinitionError where there is none.
    """
    variable = SMTP_PASSWORD if account.protocol == "smtp" else IMAP_PASSWORD
    if found := os.environ.get(variable) or _kept(account):
        return found
    fix = (
        f"請將密碼存入系統的認證管理員（服務名稱 svcq:{account.host}，帳號 {account.user}），"
        f"或設定環境變數 {variable}"
    )
    problem = Problem(account.host, f"找不到帳號「{account.user}」的密碼", fix)
    raise DefinitionError([problem])


def _kept(account: Account) -> str | None:
    try:
        keyring: Any = import_module("keyring")
        return str(keyring.get_password(f"svcq:{account.host}", account.user) or "")
    except Exception:  # not installed, or it has no store here: whoever asks says what to do
        return None

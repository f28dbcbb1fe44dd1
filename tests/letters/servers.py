"""A mail server on loopback that answers as it is told, step by step."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answers = Callable[[str, str, int], str | None]
"""By step (MAIL, RCPT, DATA), what is said, and how often before: an answer, "cut", "take and cut",
or None to go on."""


@dataclass
class Taken:
    sender: str
    recipients: list[str]
    content: bytes


@dataclass
class Office:
    """What such a server did; `answers` may be changed between letters."""

    answers: Answers = lambda step, what, before: None
    taken: list[Taken] = field(default_factory=list)
    asked: dict[tuple[str, str], int] = field(default_factory=dict)

    def _said(self, server: Any, step: str, what: str) -> str | None:
        before = self.asked.get((step, what), 0)
        self.asked[step, what] = before + 1
        answer = self.answers(step, what, before)
        if answer and answer.endswith("cut"):
            server.transport.abort()
        return answer

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := self._said(server, "MAIL", address):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := self._said(server, "RCPT", address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        answer = self._said(server, "DATA", envelope.rcpt_tos[0])
        if answer in (None, "take and cut"):
            self.taken.append(Taken(envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return answer or "250 OK"


def served(office: Office, context: ssl.SSLContext | None = None, **more: Any) -> Controller:
    """A running server; whoever started it stops it."""
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=bool(context) and more.pop("strict", False),
        decode_data=False,
        **more,
    )
    controller.start()
    return controller


def free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def port_of(controller: Controller) -> int:
    assert controller.server is not None
    sockets = getattr(controller.server, "sockets")  # noqa: B009
    return int(sockets[0].getsockname()[1])


def accepting(user: str, password: str) -> Callable[..., AuthResult]:
    def authenticated(
        server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = data == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=good, handled=good)

    return authenticated


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A context of a server with a certificate of its own, and the file that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    authority = folder / "authority.pem"
    authority.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context, authority

"""A mail server of somebody else's, on loopback, that answers as it is told to."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Ear:
    """Hears mail. `cut` names where it breaks the line (recipient, or mail: once it has that); `late` keeps its last
    answer back, in seconds; `most` is after how many mails it parts; `no` says what it answers to single recipients.
    `only_sender` is the one that it lets send, where it is set; `says_so` at which step, and `to_foreign` how;
    `account` is whom it lets in alone, with what password."""

    port: int = 0
    to_recipient: str = "250 OK"
    to_mail: str = "250 2.0.0 Taken as 4711"
    to_quit: str = "221 Bye"
    cut: str = ""
    late: float = 0
    most: int = 1000
    only_sender: str = ""
    says_so: str = "to_sender"
    to_foreign: str = "553 5.7.1 Sender address rejected: not owned by user"
    account: tuple[bytes, bytes] | None = None
    no: dict[str, str] = field(default_factory=dict)
    heard: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    lines: list[Session] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        with self.lock:
            if not any(session is line for line in self.lines):
                self.lines.append(session)
        session.taken = getattr(session, "taken", 0) + 1
        if session.taken > self.most:
            return "421 4.7.0 Enough for one line"
        if refusal := self.refuses(address, "to_sender"):
            return refusal
        envelope.mail_from = address
        return "250 OK"

    def refuses(self, sender: str | None, step: str) -> str:
        foreign = self.only_sender and step == self.says_so and sender != self.only_sender
        return self.to_foreign if foreign else ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.cut == "recipient":
            server.transport.abort()
        if refusal := self.refuses(envelope.mail_from, "to_recipient"):
            return refusal
        answer = self.no.get(address, self.to_recipient)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if refusal := self.refuses(envelope.mail_from, "to_mail"):
            return refusal
        if self.to_mail.startswith("2"):
            assert isinstance(envelope.content, bytes)
            mail = BytesParser(policy=default).parsebytes(envelope.content)
            with self.lock:
                self.heard.append((envelope.mail_from or "", list(envelope.rcpt_tos), mail))
                self.raw.append(envelope.content)
        if self.cut == "mail":
            server.transport.abort()
        await asyncio.sleep(self.late)
        return self.to_mail

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.to_quit

    def lets_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, who: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=(who.login, who.password) == self.account, handled=False)


@contextmanager
def open_ear(port: int = 0, *, tls: Path | None = None, at_once: bool = False, **named: Any) -> Iterator[Ear]:
    """Opened; `tls` names a certificate with its key: then it wants STARTTLS first, or TLS `at_once`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
        ear = Ear(port=probe.getsockname()[1], **named)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if tls else None
    if context and tls:
        context.load_cert_chain(tls)
    how: dict[str, Any] = (
        {"ssl_context": context} if at_once else {"tls_context": context, "require_starttls": bool(tls)}
    )
    if ear.account:  # over TLS from the start, the server does not know that it is safe to ask
        how |= {"authenticator": ear.lets_in, "auth_required": True, "auth_require_tls": bool(tls) and not at_once}
    controller = Controller(ear, hostname="127.0.0.1", port=ear.port, server_hostname="ear.example", **how)
    controller.start()
    try:
        yield ear
    finally:
        controller.stop()

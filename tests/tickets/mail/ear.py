"""A mail server of somebody else's, on loopback, that answers as it is told to."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Ear:
    """Hears mail. `cut` breaks the line once it has the mail; `late` keeps its last answer back, in seconds."""

    port: int = 0
    to_recipient: str = "250 OK"
    to_mail: str = "250 2.0.0 Taken as 4711"
    to_quit: str = "221 Bye"
    cut: bool = False
    late: float = 0
    heard: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.to_mail.startswith("2"):
            assert isinstance(envelope.content, bytes)
            mail = BytesParser(policy=default).parsebytes(envelope.content)
            with self.lock:
                self.heard.append((envelope.mail_from or "", list(envelope.rcpt_tos), mail))
        if self.cut:
            server.transport.abort()
        await asyncio.sleep(self.late)
        return self.to_mail

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.to_quit


@contextmanager
def open_ear() -> Iterator[Ear]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        ear = Ear(port=probe.getsockname()[1])
    controller = Controller(ear, hostname="127.0.0.1", port=ear.port, server_hostname="ear.example")
    controller.start()
    try:
        yield ear
    finally:
        controller.stop()

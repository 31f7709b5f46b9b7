"""The SMTP listener: 250 only once the bytes are committed, 4yz while they cannot be, 550 for whom we do not know."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone

from tickets.mail.intake import take_in
from tickets.mail.mailboxes import mailbox_at
from tickets.mail.reading.limits import MOST_BYTES
from tickets.mail.senders import NOBODY
from tickets.mail.smtp.data_command import InPieces
from tickets.mail.store import store
from tickets.models import Mailbox

MOST_RECIPIENTS = 50
LATER = "451 4.3.0 We cannot keep your mail right now, please try again later"
log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")


class Handler:
    """What aiosmtpd asks of us; databases are spoken to from two threads of our own."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(2, thread_name_prefix="smtp")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            known = await self.aside(lambda: mailbox_at(address))
        except DatabaseError:
            return LATER
        if known is None:
            return "550 5.1.1 There is no such mailbox here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        try:
            return await self.aside(lambda: accept(raw, envelope.mail_from or NOBODY, list(envelope.rcpt_tos)))
        except Exception as error:  # whatever it was, the sender keeps the mail
            log.error("smtp_not_stored", error=type(error).__name__)
            return LATER

    async def aside(self, act: Callable[[], Answer]) -> Answer:
        def on_a_fresh_connection() -> Answer:
            close_old_connections()
            return act()

        return await asyncio.get_running_loop().run_in_executor(self.threads, on_a_fresh_connection)


def accept(raw: bytes, envelope_from: str, recipients: list[str]) -> str:
    """Keep the mail once for each mailbox it is for, read it, and answer 250. `envelope_from` empty: nobody named it.

    Raises DatabaseError, or LookupError where a mailbox was taken away meanwhile: then nothing is kept half. A mail
    that is stored is ours, whatever happens while it is read: a worker reads it again.
    """
    now = timezone.now()
    with transaction.atomic():
        stored = [
            store(raw, box, now=now, envelope_from=envelope_from, envelope_to=own)
            for box, own in by_mailbox(recipients).items()
        ]
    for row in [row for row, is_new in stored if is_new]:
        try:
            take_in(row, now=now)
        except DatabaseError:
            log.warning("smtp_read_later", raw_mail=row.pk)
    return "250 2.0.0 Kept"


def by_mailbox(recipients: list[str]) -> dict[Mailbox, list[str]]:
    """The recipients of each mailbox; raises LookupError for one that there is not."""
    boxes: dict[Mailbox, list[str]] = {}
    for recipient in recipients:
        box = mailbox_at(recipient)
        if box is None:
            raise LookupError(recipient)
        boxes.setdefault(box, []).append(recipient)
    return boxes


class Door(Controller):
    def factory(self) -> SMTP:
        return InPieces(self.handler, **self.SMTP_kwargs)


def options() -> dict[str, Any]:
    """What every listener takes and offers: STARTTLS where a certificate is set."""
    return {
        "data_size_limit": MOST_BYTES,
        "enable_SMTPUTF8": True,
        "ident": "Kintsugi",
        # Named once: aiosmtpd would else ask the name service at each connection, and everybody would wait for it.
        "server_hostname": socket.getfqdn(),
        "tls_context": tls_context(),
    }


def tls_context() -> ssl.SSLContext | None:
    """Of SMTP_TLS_CERT, with its chain, and SMTP_TLS_KEY; raises ImproperlyConfigured where they cannot be used."""
    if not settings.SMTP_TLS_CERT:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(settings.SMTP_TLS_CERT, settings.SMTP_TLS_KEY or None)
    except OSError as error:
        raise ImproperlyConfigured(f"SMTP_TLS_CERT and SMTP_TLS_KEY cannot be used ({error}).") from error
    return context


class Listener:
    """An SMTP server on its own thread. `start` raises OSError where the port is taken."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.handler, door = self.parts()
        self.controller = door(self.handler, hostname=host, port=port, **options())

    def parts(self) -> tuple[Handler, type[Controller]]:
        return Handler(), Door

    def start(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((self.host, self.port))
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()
        self.handler.threads.shutdown(wait=False)

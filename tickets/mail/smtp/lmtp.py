"""The LMTP listener (RFC 2033): like SMTP, but each recipient gets an answer of its own after the mail."""

from pathlib import Path
from typing import Any

import structlog
from aiosmtpd.controller import Controller, UnixSocketController
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from tickets.mail.mailboxes import mailbox_at
from tickets.mail.senders import NOBODY
from tickets.mail.smtp.data_command import InPieces
from tickets.mail.smtp.listener import LATER, Handler, Listener, accept, options

MAIL_FOLLOWS = "354"
EVERYBODY = 0o666  # whoever may enter the socket's folder may hand mail over
log = structlog.get_logger(__name__)


class LocalHandler(Handler):
    """Keeps the mail for each mailbox by itself: one that cannot have it now does not hold up the others."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        sender, recipients = envelope.mail_from or NOBODY, list(envelope.rcpt_tos)
        return "\r\n".join(await self.aside(lambda: accept_each(raw, sender, recipients)))


def accept_each(raw: bytes, envelope_from: str, recipients: list[str]) -> list[str]:
    """The answer to each recipient, in their order."""
    answers: dict[str, str] = {}
    for recipient in recipients:
        if recipient not in answers:
            own = [one for one in recipients if mailbox_at(one) == mailbox_at(recipient)]
            answers |= dict.fromkeys(own, _answer(raw, envelope_from, own))
    return [answers[recipient] for recipient in recipients]


def _answer(raw: bytes, envelope_from: str, recipients: list[str]) -> str:
    try:
        return accept(raw, envelope_from, recipients)
    except Exception as error:  # whatever it was, the sender keeps the mail for these
        log.error("lmtp_not_stored", error=type(error).__name__)
        return LATER


class Local(InPieces, LMTP):
    """aiosmtpd's LMTP answers once after the mail, where RFC 2033 §4.2 asks for an answer a recipient."""

    recipients = 0
    has_mail = False

    async def smtp_DATA(self, arg: str) -> None:
        self.recipients = len(self.envelope.rcpt_tos) if self.envelope else 0
        await super().smtp_DATA(arg)

    async def push(self, status: Any) -> None:
        told = [status]
        if self.has_mail:
            said = str(status).split("\r\n")
            told = said if len(said) == self.recipients else said[:1] * self.recipients
        for answer in told:
            await super().push(answer)
        self.has_mail = isinstance(status, str) and status.startswith(MAIL_FOLLOWS)


class Port(Controller):
    def factory(self) -> SMTP:
        return Local(self.handler, **self.SMTP_kwargs)


class Socket(UnixSocketController):
    def factory(self) -> SMTP:
        return Local(self.handler, **self.SMTP_kwargs)


class LmtpListener(Listener):
    """An LMTP server on a port of its own."""

    def parts(self) -> tuple[Handler, type[Controller]]:
        return LocalHandler(), Port


class LmtpSocket:
    """The same on a socket of this machine. `start` raises OSError where the path cannot be had."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.handler = LocalHandler()
        self.controller = Socket(self.handler, unix_socket=path, **options())

    def start(self) -> None:
        self.path.unlink(missing_ok=True)  # what a process that was killed left behind
        self.controller.start()
        self.path.chmod(EVERYBODY)

    def stop(self) -> None:
        self.controller.stop()
        self.handler.threads.shutdown(wait=False)
        self.path.unlink(missing_ok=True)

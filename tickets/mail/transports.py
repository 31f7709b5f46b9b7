"""How a mail leaves: through an SMTP server, or as a file where none is set."""

import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

SECONDS = 30


class Refused(Exception):
    """The server said no; `permanent` as RFC 5321 §4.2.1 has it (5yz, not 4yz)."""

    def __init__(self, answer: str, permanent: bool) -> None:
        super().__init__(answer)
        self.permanent = permanent


class Unknown(Exception):
    """The connection broke after the mail was handed over and before the answer: it may have left."""


@dataclass(frozen=True)
class Parcel:
    """A mail with its envelope. `name` is the same for every try."""

    mail: EmailMessage
    envelope_from: str
    recipient: str
    name: str


def deliver(parcel: Parcel, handing_over: Callable[[], None]) -> str:
    """Send the mail; answers what the server said. Calls `handing_over` when only the last answer is missing.

    Raises Refused, or Unknown where the answer to the mail itself never came, or OSError where nobody answers at all.
    """
    if settings.EMAIL_URL:
        return _by_smtp(parcel, handing_over)
    return _to_file(parcel)


def _to_file(parcel: Parcel) -> str:
    """A file of its own name, moved into place whole: writing it twice is writing it once."""
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    begun = folder / f".{parcel.name}.{os.getpid()}.part"
    begun.write_bytes(parcel.mail.as_bytes())
    begun.replace(folder / f"{parcel.name}.eml")
    return "Kept as a file"


def _by_smtp(parcel: Parcel, handing_over: Callable[[], None]) -> str:
    server = _connect()
    try:
        return _hand(server, parcel, handing_over)
    finally:
        # What is said at parting changes nothing: a server that answers QUIT badly, or late, has the mail all the same.
        with suppress(OSError):
            server.quit()
        server.close()


def _hand(server: smtplib.SMTP, parcel: Parcel, handing_over: Callable[[], None]) -> str:
    try:
        server.ehlo_or_helo_if_needed()
        _expect(server.mail(parcel.envelope_from), {250})
        _expect(server.rcpt(parcel.recipient), {250, 251})
    except smtplib.SMTPServerDisconnected as broken:
        raise ConnectionError(str(broken)) from broken
    handing_over()
    try:
        code, answer = server.data(parcel.mail.as_bytes())
    except smtplib.SMTPDataError as no:
        raise _refused(no.smtp_code, no.smtp_error) from no
    except (smtplib.SMTPServerDisconnected, OSError) as broken:
        raise Unknown("The connection broke before the server's answer came.") from broken
    _expect((code, answer), {250})
    return f"{code} {_text(answer)}"


def _connect() -> smtplib.SMTP:
    """EMAIL_URL as smtp:// or smtps://user:password@host:port/?tls=1."""
    url = urlsplit(settings.EMAIL_URL)
    host, query = url.hostname or "localhost", dict(parse_qsl(url.query))
    context = ssl.create_default_context()
    try:
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=SECONDS)
        if query.get("tls") == "1":
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except smtplib.SMTPResponseException as no:
        raise Refused(f"{no.smtp_code} {_text(no.smtp_error)}", permanent=False) from no
    except smtplib.SMTPException as no:
        raise ConnectionError(str(no)) from no
    return server


def _expect(answer: tuple[int, bytes], good: set[int]) -> None:
    if answer[0] not in good:
        raise _refused(*answer)


def _refused(code: int, answer: bytes | str) -> Refused:
    return Refused(f"{code} {_text(answer)}", permanent=500 <= code < 600)


def _text(answer: bytes | str) -> str:
    return (answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer).replace("\n", " ")[:400]

"""How mail leaves: over one line to an SMTP server that several mails share, or as files where no server is set."""

import os
import re
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from tickets.mail.sending.connecting import SECONDS, Away, connect, in_words

LAST_SECONDS = 300  # for the answer to the mail itself: a server may look through it first (RFC 5321 §4.5.3.2.6)
LINE_END = re.compile(rb"\r\n|\n|\r")


class Refused(Exception):
    """The server said no to this mail; `permanent` as RFC 5321 §4.2.1 has it (5yz, not 4yz)."""

    def __init__(self, answer: str, permanent: bool) -> None:
        super().__init__(answer)
        self.permanent = permanent


class Broken(Exception):
    """The line broke before the mail was handed over whole: it has not left."""


class Unknown(Exception):
    """The line broke after the mail was handed over and before the answer: it may have left."""


@dataclass(frozen=True)
class Parcel:
    """A mail as its bytes, with its envelope. `name` is the same for every try."""

    content: bytes
    envelope_from: str
    recipient: str
    name: str


class Way(Protocol):
    """Where mail leaves by."""

    def deliver(self, parcel: Parcel, handing_over: Callable[[], None]) -> str:
        """Send the mail; answers what the server said. Calls `handing_over` when only the mail itself is missing.

        Raises Refused, Broken, Unknown or Away, and whatever `handing_over` raises; then the mail has not left.
        """

    def close(self) -> None:
        """Part from the server, whatever it says to that."""


@contextmanager
def open_way() -> Iterator[Way]:
    """The way by which mail leaves here, for as long as several mails need it."""
    way: Way = Line() if settings.EMAIL_URL else Folder()
    try:
        yield way
    finally:
        way.close()


class Folder:
    """Each mail is a file of its own name, moved into place whole: writing it twice is writing it once."""

    def deliver(self, parcel: Parcel, handing_over: Callable[[], None]) -> str:
        folder = Path(settings.OUTBOX_DIR)
        begun = folder / f".{parcel.name}.{os.getpid()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            begun.write_bytes(parcel.content)
            begun.replace(folder / f"{parcel.name}.eml")
        except OSError as full:
            raise Away(f"The folder for outgoing mail cannot be written to ({full.strerror}).") from full
        return "Kept as a file"

    def close(self) -> None:
        """There is nothing to part from."""


class Line:
    """A line to the server of EMAIL_URL: opened for the first mail, kept for those that follow."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def deliver(self, parcel: Parcel, handing_over: Callable[[], None]) -> str:
        if self._server is not None:
            # Many servers part after some number of mails. That says nothing of this one, which gets a new line.
            with suppress(Broken):
                return self._hand(self._server, parcel, handing_over)
        self._server = connect()
        return self._hand(self._server, parcel, handing_over)

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            # What is said at parting changes nothing: a server that answers QUIT badly, or late, has the mail anyway.
            with suppress(OSError):
                server.quit()
            server.close()

    def _drop(self, server: smtplib.SMTP) -> None:
        server.close()
        self._server = None

    def _hand(self, server: smtplib.SMTP, parcel: Parcel, handing_over: Callable[[], None]) -> str:
        try:
            self._address(server, parcel)
        except OSError as broken:
            self._drop(server)
            raise Broken(f"The mail server broke off ({broken}).") from broken
        try:
            handing_over()
        except BaseException:
            self._drop(server)  # the server waits for a mail that does not come now
            raise
        return self._content(server, parcel.content)

    def _address(self, server: smtplib.SMTP, parcel: Parcel) -> None:
        """The envelope, up to the server's word that it wants the mail (354)."""
        try:
            self._expect(server, server.mail(parcel.envelope_from, _options(server, parcel)), 250)
            self._expect(server, server.rcpt(parcel.recipient), 250, 251)
            self._expect(server, server.docmd("DATA"), 354)
        except smtplib.SMTPNotSupportedError as cannot:
            raise Refused("Our mail server does not take addresses with such letters (SMTPUTF8).", True) from cannot

    def _content(self, server: smtplib.SMTP, content: bytes) -> str:
        try:
            server.send(_stuffed(content))
        except OSError as broken:  # without its last line, a mail is none (RFC 5321 §4.1.1.4)
            self._drop(server)
            raise Broken(f"The mail server broke off ({broken}).") from broken
        try:
            _wait_at_most(server, LAST_SECONDS)
            code, answer = server.docmd(".")
            _wait_at_most(server, SECONDS)
        except OSError as broken:
            self._drop(server)
            raise Unknown("The connection broke before the server's answer came.") from broken
        if not 200 <= code < 600:  # no answer that SMTP knows
            self._drop(server)
            raise Unknown("The server's answer could not be understood.")
        self._expect(server, (code, answer), 250)
        return f"{code} {in_words(answer)}"

    def _expect(self, server: smtplib.SMTP, answer: tuple[int, bytes], *good: int) -> None:
        """Raises Refused for any other answer, and Broken for 421, with which a server parts (RFC 5321 §3.8)."""
        code, said = answer
        if code in good:
            return
        if code == 421:
            self._drop(server)
            raise Broken(f"{code} {in_words(said)}")
        with suppress(OSError):
            server.rset()
        raise Refused(f"{code} {in_words(said)}", permanent=500 <= code < 600)


def _options(server: smtplib.SMTP, parcel: Parcel) -> list[str]:
    """The mail's size, so that a server can refuse it unseen (RFC 1870); and letters beyond ASCII (RFC 6531)."""
    size = [f"SIZE={len(parcel.content)}"] if server.has_extn("size") else []
    return [*size, "BODY=8BITMIME", "SMTPUTF8"] if not parcel.recipient.isascii() else size


def _stuffed(content: bytes) -> bytes:
    """The bytes as SMTP carries them: lines end in CRLF, and a dot that begins one is doubled (RFC 5321 §4.5.2)."""
    lines = LINE_END.sub(b"\r\n", content)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def _wait_at_most(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock:
        server.sock.settimeout(seconds)

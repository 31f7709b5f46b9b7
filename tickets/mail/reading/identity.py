"""Reads who a mail is from, whom it was sent to, and which mails it answers."""

import hashlib
import re

from tickets.mail.reading import limits
from tickets.mail.reading.addresses import read_all
from tickets.mail.reading.charsets import storable
from tickets.mail.reading.headers import Headers
from tickets.mail.received import Address

RECIPIENT_HEADERS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
BRACKETED_ID = re.compile(r"<([^<>\s]{1,900})>")
BARE_ID = re.compile(r"[^<>\s,;\"]+@[^<>\s,;\"]+")
NOBODY = Address("", "")
MADE_UP = "@missing-message-id.invalid"  # ends the ids that we give to mail which has none


def read_sender(headers: Headers) -> Address:
    """The first valid address of From, else of Sender (RFC 5322 §3.6.2), else of Reply-To and the envelope."""
    for name in ("from", "sender", "reply-to", "return-path", "x-envelope-from"):
        if found := read_all(headers.raw(name)):
            return found[0]
    return Address(headers.text("from")[: limits.NAME_CHARACTERS], "")


def read_technical_sender(headers: Headers) -> Address:
    """Who put the mail in, where it differs from the author (RFC 5322 §3.6.2)."""
    return next(iter(read_all(headers.raw("sender"))), NOBODY)


def read_recipients(headers: Headers) -> tuple[str, ...]:
    """Every address of every recipient header in lower case, each once, To first."""
    found = [one.email.lower() for name in RECIPIENT_HEADERS for one in read_all(headers.raw(name))]
    return tuple(dict.fromkeys(found))


def read_list(headers: Headers, name: str) -> tuple[Address, ...]:
    return read_all(headers.raw(name))


def read_message_id(headers: Headers, raw: bytes) -> str:
    """The Message-ID without brackets; one made from the bytes when it is missing, equal for an equal mail."""
    found = read_ids(headers.first("message-id"))
    if found:
        return found[0]
    bare = storable("".join(headers.first("message-id").split()).strip("<>"))[: limits.MESSAGE_ID_CHARACTERS]
    return bare or f"{hashlib.sha256(raw).hexdigest()}{MADE_UP}"


def read_ids(value: str) -> tuple[str, ...]:
    """Message-IDs of a header in their order; programs fold them, put commas between, or forget the brackets."""
    found = BRACKETED_ID.findall(value) or BARE_ID.findall(value)
    return tuple(dict.fromkeys(storable(one)[: limits.MESSAGE_ID_CHARACTERS] for one in found))


def read_references(headers: Headers) -> tuple[str, ...]:
    """References, oldest first, the newest 100."""
    return read_ids(" ".join(headers.raw("references")))[-limits.REFERENCES :]
